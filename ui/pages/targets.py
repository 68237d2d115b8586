"""Targets: what was promised, what is achieved, and which figures are whose."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from services.province import Province
from services.track import TargetReport
from ui import cache
from ui.components.filters import choose_day
from ui.components.gauge import show_gauge
from ui.components.report_downloads import show_report_downloads
from ui.frame import framed, open_province, show_header


@framed
def show_targets_page(words: Translator) -> None:
    """Show the page."""
    province = open_province(words)
    show_header(words("page-targets"), province, words)
    day = choose_day(province, words)
    reports = cache.targets(province.data_hash, day, province)
    if not reports:
        st.info(words("cli-no-targets"), icon=":material/flag:")
        show_report_downloads(province, day, words)
        return
    for report, column in zip(reports, st.columns(len(reports)), strict=True):
        with column, st.container(border=True):
            _show_target(report, words)
    _show_areas(reports, words)
    show_report_downloads(province, day, words)
    _show_published(province, words)
    st.caption(words("print-hint"))


def _show_target(report: TargetReport, words: Translator) -> None:
    progress = report.progress
    target = progress.target
    st.markdown(f"### {words(f'figure-target-{target.gap}')}")
    show_gauge(progress, words)
    lines = [
        words(
            "target-sentence",
            date=progress.as_of,
            achieved=progress.achieved,
            required=target.required,
            share=words.percent(progress.share),
            cohort=progress.cohort_size,
            remaining=progress.remaining,
        ),
        words(
            "target-deadline",
            date=target.deadline,
            days=progress.days_left,
            **{"from": progress.as_of},
        )
        if progress.days_left >= 0
        else words("target-overdue", date=target.deadline, days=-progress.days_left),
    ]
    if progress.unknown:
        lines.append(words("target-unknown", count=progress.unknown))
    if progress.as_of < target.cohort_on:
        lines.append(words("target-later", date=target.cohort_on))
    if progress.cohort_size != target.cohort_size:
        lines.append(
            words(
                "target-cohort-differs", published=target.cohort_size, computed=progress.cohort_size
            )
        )
    result = words("result-not-published") if target.result is None else words.number(target.result)
    lines.append(f"{words('cli-published-result')}: **{result}**")
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.caption(f"{words('cli-source')}: {escape_markdown(target.source, 300)}")


def _show_areas(reports: tuple[TargetReport, ...], words: Translator) -> None:
    st.markdown(f"#### {words('target-by-area')}")
    st.caption(words("target-by-area-note"))
    for tab, area in zip(
        st.tabs([words("field-district"), words("field-unit")]), ("district", "unit"), strict=True
    ):
        with tab:
            for report, column in zip(reports, st.columns(len(reports)), strict=True):
                with column:
                    _show_area(report, area, words)


def _show_area(report: TargetReport, area: str, words: Translator) -> None:
    st.markdown(f"**{words(f'figure-target-{report.progress.target.gap}')}**")
    table = report.by_district if area == "district" else report.by_unit
    st.table(
        pd.DataFrame(
            {
                words(f"field-{area}"): [
                    words("unknown") if pd.isna(name) else display_text(name, 60)
                    for name in table[area]
                ],
                words("cli-cohort"): table["cohort"],
                words("cli-achieved"): table["achieved"],
                words("target-still-lacking"): table["remaining"],
            }
        ).set_index(words(f"field-{area}"))
    )


def _show_published(province: Province, words: Translator) -> None:
    st.markdown(f"#### {words('cli-published-title')}")
    figures = cache.published(province.data_hash, province)
    comparable = figures[figures["computed"].notna()]
    if comparable.empty:
        st.info(words("published-none"), icon=":material/menu_book:")
        return
    st.table(
        pd.DataFrame(
            {
                words("cli-date"): [words.date(day.date()) for day in comparable["as_of"]],
                words("cli-gap"): [words(f"gap-{gap}") for gap in comparable["gap"]],
                words("cli-published"): [words.number(v) for v in comparable["value"]],
                words("data-mark"): [words(f"mark-{mark}") for mark in comparable["mark"]],
                words("cli-computed"): [words.number(int(v)) for v in comparable["computed"]],
                words("published-observed"): [
                    words.date(day.date()) for day in comparable["observed_on"]
                ],
                words("published-precision"): [
                    words(f"precision-{precision}") for precision in comparable["as_of_precision"]
                ],
                words("cli-source"): [display_text(s, 120) for s in comparable["source"]],
            }
        ).set_index(words("cli-date"))
    )
    st.info(words("series-break-note"), icon=":material/call_split:")
