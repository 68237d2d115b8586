"""Put a report into words: everything its writers need, in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Final

import numpy as np

from geo.display import display_text
from geo.report.content import Letterhead, MapContent, ReportContent, ReportTable, Section
from geo.report.numbering import annex_number
from i18n import Translator
from services.report_tables import (
    area_table,
    cut_for_print,
    power_table,
    priority_table,
    target_table,
)
from services.report_values import Report
from services.report_words import (
    gap_counts,
    gauge_of,
    say_difficulties,
    say_name,
    say_plan,
    say_target,
    say_without_power,
)

_GAUGES: Final = 2
"""Targets with a gauge and a sentence on the first page; more do not fit beside the map."""
_KIND_OF_PROVINCE: Final = re.compile(r"^tỉnh\s+", re.IGNORECASE)
"""Said already by the name of its People's Committee."""
_AREAS: Final = ("district", "unit", "commune")


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues the report; empty texts take what is usual for a province.

    Attributes
    ----------
    superior, issuer, signatory : str
    dated : date or None
        Day of issue; ``None`` leaves it to be written by hand.
    """

    superior: str = ""
    issuer: str = ""
    signatory: str = ""
    dated: date | None = None


def report_content(
    report: Report, words: Translator, office: Office | None = None
) -> ReportContent:
    """Return a report in words.

    Parameters
    ----------
    report : Report
    words : Translator
    office : Office, optional

    Returns
    -------
    ReportContent
    """
    areas = {
        "district": report.by_district, "unit": report.by_unit, "commune": report.by_commune,
    }  # fmt: skip
    lists = [area_table(report, area, words) for area in _AREAS if len(areas[area])]
    if len(report.without_power):
        lists.append(power_table(report, words))
    annex_title = words("report-annex")
    power_annex = f"{annex_title} {annex_number(len(lists) - 1)}"
    shown = report.targets[:_GAUGES]
    further = len(report.targets) - len(shown)
    return ReportContent(
        language=words.language,
        as_of=report.as_of,
        letterhead=_letterhead(report, words, office or Office()),
        kind=words("report-kind"),
        subject=words("report-subject", province=say_name(report.province), date=report.as_of),
        illustrative=words("illustrative") if report.illustrative else "",
        illustrative_note=words("report-invented") if report.illustrative else "",
        targets_heading=words("report-targets"),
        gauges=tuple(gauge_of(line, words) for line in shown),
        further_targets=_further(report, further, words),
        figures=gap_counts(report, words),
        map=_map(report, words),
        priorities=priority_table(report, words),
        sections=_sections(report, power_annex, words),
        annex_title=annex_title,
        annexes=tuple(cut_for_print(table, words) for table in lists),
        foot=_foot(report, words),
        page=words("report-page"),
        sheets=_sheets(report, lists, words),
        facts=_facts(report, words),
        facts_title=words("report-facts"),
    )


def _letterhead(report: Report, words: Translator, office: Office) -> Letterhead:
    province = _KIND_OF_PROVINCE.sub("", say_name(report.province))
    dated = office.dated
    return Letterhead(
        superior=display_text(office.superior, 80) or words("report-superior", province=province),
        issuer=display_text(office.issuer, 80) or words("report-issuer"),
        number=words("report-number-open" if office.issuer else "report-number"),
        country=words("report-country"),
        motto=words("report-motto"),
        place_and_date=words("report-undated", province=province)
        if dated is None
        else words(
            "report-dated",
            province=province,
            # Days before the tenth and the first two months are written with a nought.
            day=f"{dated.day:02d}",
            month=f"{dated.month:02d}" if dated.month < 3 else str(dated.month),
            year=str(dated.year),
        ),
        recipients_title=words("report-recipients"),
        recipients=tuple(
            words(key)
            for key in (
                "report-recipient-chairman",
                "report-recipient-deputies",
                "report-recipient-file",
            )
        ),
        signatory=(display_text(office.signatory, 60) or words("report-signatory"),),
    )


def _further(report: Report, further: int, words: Translator) -> str:
    if not report.targets:
        return words("report-no-targets")
    return words("report-further-targets", count=further) if further > 0 else ""


def _map(report: Report, words: Translator) -> MapContent:
    drawn = report.gap_map
    counts = {
        name: int((drawn.mobile == name).sum()) for name in ("no_signal", "no_mobile", "unknown")
    } | {"no_fibre": int(drawn.fibre.sum())}
    shown = ["no_signal", "no_mobile", "no_fibre", *(["unknown"] if counts["unknown"] else [])]
    legend = tuple(
        (name, words(f"report-legend-{name}", count=words.number(counts[name]))) for name in shown
    )
    is_outlined = report.gap_map.is_outlined
    note = words(f"report-map-note-{'boundaries' if is_outlined else 'villages'}")
    if drawn.unplaced:
        note += " " + words("report-map-unplaced", count=drawn.unplaced)
    return MapContent(
        ground=drawn.ground,
        lon=drawn.lon,
        lat=drawn.lat,
        mobile=np.asarray(drawn.mobile),
        fibre=drawn.fibre,
        legend=legend,
        unit="km",
        north=words("report-map-north"),
        alt=words("report-map-alt", legend="; ".join(said for _, said in legend)),
        note=note,
    )


def _sections(report: Report, power_annex: str, words: Translator) -> tuple[Section, ...]:
    conclusions = [say_target(line, words) for line in report.targets[:_GAUGES]]
    if report.plan is not None:
        conclusions.append(say_plan(report.plan, words))
    sections = [
        Section(words("report-power"), (say_without_power(report, power_annex, words),)),
        Section(words("report-difficulties"), (say_difficulties(report, words),)),
        Section(words("report-conclusions"), tuple(conclusions) or (words("report-no-targets"),)),
    ]
    return tuple(sections)


def _foot(report: Report, words: Translator) -> tuple[str, ...]:
    observed = (
        words("report-foot-no-observation")
        if report.observed_on is None
        else words.date(report.observed_on)
    )
    plan, head = report.plan, report.record_head
    return (
        words(
            "report-foot-data", date=report.as_of, observed=observed, hash=report.data_hash
        ),
        words("report-foot-no-plan") if plan is None
        else words("report-foot-plan", hash=plan.plan_hash),
        words("report-foot-record", head=head) if head else words("report-foot-no-record"),
    )  # fmt: skip


def _facts(report: Report, words: Translator) -> tuple[tuple[str, str], ...]:
    facts = [
        (words("note-data"), display_text(report.province)),
        (words("note-as-of"), words.date(report.as_of)),
        (words("note-source"), display_text(report.source, 500)),
        (words("note-hash"), report.data_hash),
        (
            words("report-fact-plan"),
            report.plan.plan_hash if report.plan else words("report-no-plan"),
        ),
        (words("report-fact-record"), report.record_head or words("report-no-record")),
        (words("report-fact-weights"), words(f"preset-{report.weights}")),
        (words("note-software"), f"gap-planner {version('gap-planner')}"),
    ]
    if report.illustrative:
        facts.insert(1, (words("note-warning"), words("illustrative-long")))
    return tuple(facts)


def _sheets(report: Report, lists: list[ReportTable], words: Translator) -> tuple[ReportTable, ...]:
    return (target_table(report, words), priority_table(report, words, top=None), *lists)
