"""Key figures: what was lacking, what is lacking, what was promised."""

from __future__ import annotations

import streamlit as st

from i18n import Translator
from planning.vocabulary import Gap
from services.assess import Assessment
from services.track import TargetReport
from ui.theme import colour_of, text


def show_key_figures(
    baseline: Assessment, now: Assessment, targets: tuple[TargetReport, ...], words: Translator
) -> None:
    """Show the figures above the map.

    Parameters
    ----------
    baseline, now : Assessment
        The register's first day and the day shown.
    targets : tuple of TargetReport
        At the day shown.
    words : Translator
    """
    cards = [_change(gap, baseline, now, words) for gap in (Gap.MOBILE, Gap.FIBRE)]
    cards += [_promise(report, words) for report in targets]
    st.html(f'<div class="gp-figures" data-testid="key-figures">{"".join(cards)}</div>')
    st.caption(words("figure-computed"))


def _change(gap: Gap, baseline: Assessment, now: Assessment, words: Translator) -> str:
    before, after = baseline.counts[gap].lacking, now.counts[gap].lacking
    if baseline.as_of == now.as_of:
        figure, dates = words.number(after), words.date(now.as_of)
    else:
        figure = f"<small>{words.number(before)} →</small> {words.number(after)}"
        dates = f"{words.date(baseline.as_of)} → {words.date(now.as_of)}"
    unknown = now.counts[gap].unknown
    if unknown:
        dates += f" · {words('figure-unknown', count=unknown)}"
    recounted = now.recounted_since(baseline, gap)
    if recounted:
        dates += f" · ⚠ {words('figure-recounted', count=recounted)}"
    return _card(gap, words(f"gap-{gap}"), figure, dates)


def _promise(report: TargetReport, words: Translator) -> str:
    progress = report.progress
    target = progress.target
    figure = f"{words.number(progress.achieved)}/{words.number(target.required)}"
    if target.required != progress.cohort_size:
        figure += f" <small>{text(words('figure-of', count=progress.cohort_size))}</small>"
    day = words("figure-deadline", date=target.deadline)
    return _card(target.gap, words(f"figure-target-{target.gap}"), figure, day)


def _card(gap: Gap, title: str, figure: str, detail: str) -> str:
    return (
        f'<div class="gp-figure" style="--c:{colour_of(gap)}"><div class="t">{text(title)}</div>'
        f'<div class="n">{figure}</div><div class="d">{text(detail)}</div></div>'
    )
