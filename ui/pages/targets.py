"""Targets: what was promised, what is achieved, and which figures are whose."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from services.forecast_words import say_plan
from services.province import Province
from services.track import Agreement, TargetReport
from ui import cache
from ui.components.filters import choose_target_day
from ui.components.gauge import show_gauge
from ui.components.report_downloads import show_report_downloads
from ui.components.target_chart import show_target_chart
from ui.components.target_form import show_target_forms
from ui.components.target_outlook import show_outlook, show_village_chances
from ui.components.target_plan import choose_kept_plan
from ui.frame import framed, open_province, show_header

_IN_A_ROW = 3


@framed
def show_targets_page(words: Translator) -> None:
    """Show the page."""
    province = open_province(words)
    show_header(words("page-targets"), province, words)
    day = choose_target_day(province, datetime.now().astimezone().date(), words)
    reports = cache.targets(province.data_hash, day, province)
    if not reports:
        st.info(words("cli-no-targets"), icon=":material/flag:")
        show_target_forms(province, words)
        show_report_downloads(province, day, words)
        return
    for first in range(0, len(reports), _IN_A_ROW):
        row = reports[first : first + _IN_A_ROW]
        for report, column in zip(row, st.columns(min(len(reports), _IN_A_ROW)), strict=False):
            with column, st.container(border=True):
                _show_target(report, words)
    show_target_forms(province, words)
    _show_forecasts(province, reports, words)
    _show_areas(reports, words)
    show_report_downloads(province, day, words)
    _show_published(province, words)
    st.caption(words("print-hint"))


def _show_target(report: TargetReport, words: Translator) -> None:
    progress = report.progress
    target = progress.target
    st.markdown(f"### {_title(report, words)}")
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
    lines.insert(1, say_plan(progress, words))
    result = words("result-not-published") if target.result is None else words.number(target.result)
    lines.append(f"{words('cli-published-result')}: **{result}**")
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.caption(f"{words('cli-source')}: {escape_markdown(target.source, 300)}")


def _title(report: TargetReport, words: Translator) -> str:
    target = report.progress.target
    title = words(f"figure-target-{target.gap}")
    return title if target.area is None else f"{title} – {escape_markdown(target.area.name, 60)}"


def _show_forecasts(
    province: Province, reports: tuple[TargetReport, ...], words: Translator
) -> None:
    st.markdown(f"#### {words('forecast-title')}")
    for report in reports:
        progress = report.progress
        with st.container(border=True):
            said, drawn = st.columns([1, 1], gap="medium")
            with drawn:
                plan_key = choose_kept_plan(province, progress.target, words)
            key = (province.data_hash, progress.target.target_id, progress.as_of, plan_key)
            expected = cache.forecast(*key, province)
            chart = cache.target_chart(*key, words.language, province)
            with said:
                st.markdown(f"##### {_title(report, words)}")
                show_outlook(expected, words)
            with drawn:
                show_target_chart(chart, words)
            if len(expected.villages):
                with st.expander(words("forecast-villages-title")):
                    show_village_chances(expected, words)
    st.caption(words("forecast-assumed"))


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
    shown = figures[figures["computed"].notna() | (figures["state"] == Agreement.NOT_PUBLISHED)]
    if shown["computed"].notna().sum() == 0:
        st.info(words("published-none"), icon=":material/menu_book:")
        return
    language = words.language
    st.table(
        pd.DataFrame(
            {
                words("cli-date"): [words.date(day.date()) for day in shown["as_of"]],
                words("cli-gap"): [words(f"gap-{gap}") for gap in shown["gap"]],
                words("cli-published"): [
                    "–" if pd.isna(v) else words.number(v) for v in shown["value"]
                ],
                words("data-mark"): [words(f"mark-{mark}") for mark in shown["mark"]],
                words("cli-computed"): [
                    "–" if pd.isna(v) else words.number(int(v)) for v in shown["computed"]
                ],
                words("published-agreement"): [
                    words(f"published-{state}") for state in shown["state"]
                ],
                words("published-observed"): [
                    "–" if pd.isna(day) else words.date(day.date()) for day in shown["observed_on"]
                ],
                words("published-precision"): [
                    words(f"precision-{precision}") for precision in shown["as_of_precision"]
                ],
                words("published-definition"): _texts(shown[f"definition_{language}"]),
                words("published-ours"): _texts(shown[f"computed_definition_{language}"]),
                words("cli-source"): _texts(shown["source"]),
            }
        ).set_index(words("cli-date"))
    )
    st.info(words("series-break-note"), icon=":material/call_split:")


def _texts(column: pd.Series) -> list[str]:
    return ["–" if pd.isna(one) or not one else display_text(one, 120) for one in column]
