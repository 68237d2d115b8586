"""The sentences of a report, in the form in which the office itself reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from geo.display import display_text
from geo.report.content import Gauge
from geo.symbology import BAND_COLOURS, BAND_SIGNS
from i18n import Translator
from planning.columns import each_row
from planning.targets import Band
from planning.vocabulary import Gap, Lane, Target
from services.report_values import PlanNote, Report, TargetLine

NAME_LENGTH: Final = 44
"""Characters of a name in print; a longer one ends in an ellipsis."""
_NAMED_POWERLESS: Final = 4
"""Villages without power that are named on the first page."""
_ORDER: Final = (Lane.POWER_FIRST, Lane.FUND, Lane.OPERATOR, Lane.UNKNOWN)
_NEUTRAL: Final = "#8C949C"


def say_name(value: object) -> str:
    """Return the display copy of a name, cut to what a cell of print has room for."""
    return display_text(value, NAME_LENGTH)


def target_name(target: Target, words: Translator) -> str:
    """Return what a target is about, and where if not in the whole province."""
    gap = words(f"gap-short-{target.gap}")
    if target.area is None:
        return gap
    return words("report-gauge-area", gap=gap, area=say_name(target.area.name))


def gauge_of(line: TargetLine, words: Translator) -> Gauge:
    """Return a target as its gauge."""
    progress, target = line.progress, line.progress.target
    band = say_band(line, words)
    count = f"{progress.achieved}/{target.required}"
    title, percent = target_name(target, words), words.percent(progress.share)
    return Gauge(
        title=title,
        count=count,
        percent=percent,
        share=progress.share,
        planned_share=line.planned / target.required if line.planned and target.required else None,
        sign="○" if line.band is None else BAND_SIGNS[line.band],
        colour=_NEUTRAL if line.band is None else BAND_COLOURS[line.band],
        band=band,
        about=words(
            "report-gauge-deadline", date=target.deadline, forecast=_short_forecast(line, words)
        ),
        alt=words("report-gauge-alt", title=title, count=count, percent=percent, band=band),
    )


def say_band(line: TargetLine, words: Translator) -> str:
    """Say how a target stands, and against what that is measured."""
    if line.band is None:
        as_of, cohort_on = line.progress.as_of, line.progress.target.cohort_on
        if as_of < cohort_on:
            return words("report-gauge-later", date=cohort_on)
        return words("band-not_due")
    band = words(f"band-{line.band}")
    if line.planned is None or line.band is Band.MET:
        return band
    return words("report-gauge-planned", band=band, planned=line.planned)


def say_expected(line: TargetLine, words: Translator) -> str:
    """Say what a forecast expects at the deadline, or that there is none."""
    forecast = line.forecast
    if forecast is None:
        return words("report-outlook-none")
    return words(
        "report-outlook",
        expected=forecast.expected,
        required=line.progress.target.required,
        low=forecast.low,
        high=forecast.high,
        probability=words.percent(forecast.probability, 0),
    )


def say_target(line: TargetLine, words: Translator) -> str:
    """Say the office's own sentence of a target: done, planned, expected, left, why, what now."""
    progress, target = line.progress, line.progress.target
    values: dict[str, Any] = {
        "date": progress.as_of,
        "target": target_name(target, words),
        "achieved": progress.achieved,
        "required": target.required,
        "share": words.percent(progress.share),
        "deadline": target.deadline,
        "lacking": line.lacking,
        "powerless": line.without_power,
    }
    if progress.achieved >= target.required:
        return words("report-target-met", **values)
    lanes = [lane for lane in _ORDER if line.lanes[lane]]
    causes = [words(f"report-cause-{lane}", count=line.lanes[lane]) for lane in lanes]
    return words(
        "report-target-open",
        **values,
        expected=say_expected(line, words),
        causes=_listed(causes) or words("report-cause-none"),
        asks=_listed(words(f"report-ask-{lane}") for lane in lanes) or words("report-ask-none"),
    )


def say_plan(plan: PlanNote, words: Translator) -> str:
    """Say what the attached plan comes to and how far it can be trusted."""
    proof = ["report-plan-proven" if plan.proven else "report-plan-open"]
    if not plan.holds:
        proof.append("report-plan-broken")
    if not plan.is_of_this_data:
        proof.append("report-plan-other-data")
    return words(
        "report-plan",
        # Whole at the foot; here what the command line shows.
        hash=plan.plan_hash[:12],
        villages=plan.villages,
        km=words.number(plan.km, 1),
        cost=words.number(plan.cost_vnd / 1e9, 1),
        proof=_listed(words(key) for key in proof),
    )


def say_without_power(report: Report, annex: str, words: Translator) -> str:
    """Say which villages with a gap the grid does not reach; the rest stands in an annex."""
    waiting = report.without_power
    if waiting.empty:
        return words("report-power-none")
    names = "; ".join(_village(row, words) for row in each_row(waiting.head(_NAMED_POWERLESS)))
    more = len(waiting) - _NAMED_POWERLESS
    if more <= 0:
        return words("report-power-some", count=len(waiting), names=names)
    return words("report-power-more", count=len(waiting), names=names, more=more, annex=annex)


def say_difficulties(report: Report, words: Translator) -> str:
    """Say in a paragraph what the figures show to stand in the way."""
    said = [*_distances(report, words), *_works(report, words)]
    if report.recounted:
        since = report.first_day
        said.append(words("report-difficulty-recounted", count=report.recounted, since=since))
    unknown = max(count.unknown for count in report.counts.values())
    if unknown:
        said.append(words("report-difficulty-unknown", count=unknown))
    if not said:
        return words("report-difficulty-none")
    paragraph = "; ".join(said) + "."
    return paragraph[:1].upper() + paragraph[1:]


def _distances(report: Report, words: Translator) -> Iterable[str]:
    ranked = report.priorities
    far = ranked["distance_km"].dropna()
    if not far.empty:
        yield words(
            "report-difficulty-far",
            gap=words(f"report-thing-{report.priority_gap}"),
            middle=words.number(float(far.median()), 1),
            farthest=words.number(float(far.max()), 1),
        )
    special = int(ranked["specially_difficult"].fillna(value=False).sum()) if len(ranked) else 0
    if special:
        yield words("report-difficulty-special", count=special, all=len(ranked))


def _works(report: Report, words: Translator) -> Iterable[str]:
    lacking = sum(line.lacking for line in report.targets)
    if not lacking:
        return
    if not report.has_works:
        yield words("report-difficulty-no-works")
        return
    suspended = sum(line.suspended for line in report.targets)
    unassigned = lacking - suspended - sum(line.assigned for line in report.targets)
    if suspended:
        yield words("report-difficulty-suspended", count=suspended)
    if unassigned > 0:
        yield words("report-difficulty-unassigned", count=unassigned)


def _village(row: Any, words: Translator) -> str:
    name = say_name(row.name) or say_name(row.village_id)
    commune = "" if pd.isna(row.commune) else say_name(row.commune)
    # Many villages are called after their commune: said once is enough.
    is_said = not commune or commune.partition(" ")[2] in name
    return name if is_said else words("report-village", name=name, commune=commune)


def _short_forecast(line: TargetLine, words: Translator) -> str:
    forecast = line.forecast
    if forecast is None:
        return words("report-gauge-no-forecast")
    return words(
        "report-gauge-forecast",
        expected=forecast.expected,
        low=forecast.low,
        high=forecast.high,
    )


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def gap_counts(report: Report, words: Translator) -> tuple[tuple[str, str], ...]:
    """Return the state at the day as label and value, a line a gap."""
    lines = []
    for gap in Gap:
        count = report.counts[gap]
        share = words.percent(count.lacking / count.total if count.total else 0.0)
        value = words(
            "report-figure-count",
            count=words.number(count.lacking),
            villages=words.number(report.villages),
            share=share,
        )
        lines.append((words(f"report-figure-{gap}"), value))
    waiting = words("report-figure-villages", count=words.number(len(report.without_power)))
    lines.append((words("report-figure-without-power"), waiting))
    unknown = [report.counts[gap].unknown for gap in (Gap.MOBILE, Gap.FIBRE)]
    if any(unknown):
        said = " / ".join(words.number(one) for one in unknown)
        lines.append((words("report-figure-unknown"), said))
    return tuple(lines)
