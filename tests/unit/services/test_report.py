"""The figures of the report to the leadership, on the shipped province and by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planning.errors import PlannerError
from planning.targets import Band
from planning.vocabulary import Gap, Lane, Milestone, Target, WorkStatus
from services.report import gather_report
from services.report_plan import read_plan_note
from services.report_values import Report
from services.rollout_certificate import FORM
from tests.unit.services.report_provinces import (
    JUNE,
    MARCH,
    YEAR_END,
    more_targets,
    shipped,
    with_works,
    without_districts,
    without_targets,
)


def lacking(report: Report) -> list[int]:
    return [report.counts[gap].lacking for gap in (Gap.NO_SIGNAL, Gap.MOBILE, Gap.FIBRE)]


def test_by_the_middle_of_2024_the_page_says_0_of_6_and_0_of_28_with_6_and_56_left() -> None:
    report = gather_report(shipped(), JUNE)
    signal, fibre = report.targets
    assert (signal.progress.achieved, signal.progress.target.required) == (0, 6)
    assert (fibre.progress.achieved, fibre.progress.target.required) == (0, 28)
    assert (signal.lacking, fibre.lacking) == (6, 56)
    assert (signal.without_power, fibre.without_power) == (1, 14)
    assert fibre.lanes == {Lane.FUND: 38, Lane.OPERATOR: 4, Lane.POWER_FIRST: 14, Lane.UNKNOWN: 0}
    assert lacking(report) == [6, 6, 56]
    assert report.recounted == 169
    assert (report.observed_on, report.illustrative) == (JUNE, True)
    assert (signal.forecast, fibre.forecast) == (None, None)


def test_in_march_14_lack_broadband_and_225_fibre_and_no_target_can_be_judged() -> None:
    report = gather_report(shipped(), MARCH)
    assert lacking(report) == [6, 14, 225]
    assert [line.band for line in report.targets] == [None, None]
    assert [line.planned for line in report.targets] == [None, None]
    assert report.recounted == 0
    assert (report.gap_map.mobile == "no_signal").sum() == 6
    assert (report.gap_map.mobile == "no_mobile").sum() == 8
    assert report.gap_map.fibre.sum() == 225


def test_before_the_first_observation_nothing_is_said_to_be_observed() -> None:
    report = gather_report(shipped(), date(2024, 3, 13))
    assert report.observed_on is None
    assert lacking(report) == [0, 0, 0]
    assert report.counts[Gap.FIBRE].unknown == 1568
    assert report.priorities.empty


def test_at_the_deadline_the_whole_count_is_planned_and_none_is_below_half() -> None:
    report = gather_report(shipped(), YEAR_END)
    assert [line.planned for line in report.targets] == [6, 28]
    assert [line.band for line in report.targets] == [Band.UNDER_50, Band.UNDER_50]


@pytest.mark.parametrize("area", ["by_district", "by_unit", "by_commune"])
def test_every_area_table_adds_up_to_the_whole_province(area: str) -> None:
    table = getattr(gather_report(shipped(), JUNE), area)
    figures = ["villages", "no_signal", "mobile", "fibre", "without_power"]
    assert table[figures].sum().tolist() == [1568, 6, 6, 56, 14]
    assert table["fibre-2024:cohort"].sum() == 56
    assert table["fibre-2024:achieved"].sum() == 0
    assert table["fibre-2024:lacking"].sum() == 56


def test_there_are_9_old_districts_48_units_and_152_old_communes() -> None:
    report = gather_report(shipped(), JUNE)
    assert (len(report.by_district), len(report.by_unit), len(report.by_commune)) == (9, 48, 152)
    bat_xat = report.by_district.set_index("code").loc["082"]
    assert (bat_xat["villages"], bat_xat["fibre"], bat_xat["no_signal"]) == (233, 21, 2)


def test_a_register_without_districts_has_no_table_of_them() -> None:
    report = gather_report(without_districts(), JUNE)
    assert (len(report.by_district), len(report.by_unit), len(report.by_commune)) == (0, 0, 152)


def test_without_targets_the_largest_gap_is_ranked() -> None:
    report = gather_report(without_targets(), JUNE)
    assert report.targets == ()
    assert (report.priority_gap, len(report.priorities)) == (Gap.FIBRE, 56)


def test_the_target_with_most_to_do_chooses_the_ranking_unless_one_is_asked_for() -> None:
    assert gather_report(shipped(), JUNE).priority_gap is Gap.FIBRE
    report = gather_report(shipped(), JUNE, gap=Gap.NO_SIGNAL)
    assert (report.priority_gap, len(report.priorities)) == (Gap.NO_SIGNAL, 6)


def test_a_target_of_one_district_counts_only_its_villages() -> None:
    *_, district = gather_report(more_targets(), JUNE).targets
    assert district.lacking == 21


def test_villages_without_power_are_those_with_a_gap_that_the_grid_does_not_reach() -> None:
    waiting = gather_report(shipped(), JUNE).without_power
    assert len(waiting) == 14
    assert not (waiting["grid_power"] == "grid").any()
    assert (waiting["mobile"] | waiting["fibre"]).all()
    assert waiting["district"].is_monotonic_increasing


def test_work_is_told_by_what_is_reported_on_or_before_the_day() -> None:
    ids = gather_report(shipped(), JUNE).priorities["village_id"].tolist()
    province = with_works(
        {ids[0]: WorkStatus.SUSPENDED, ids[1]: WorkStatus.BUILDING, ids[2]: WorkStatus.FUNDED}
    )
    _, fibre = gather_report(province, JUNE).targets
    assert (fibre.suspended, fibre.assigned) == (1, 2)
    assert gather_report(province, JUNE).has_works
    assert not gather_report(province, date(2024, 5, 31)).has_works


def target(*milestones: Milestone) -> Target:
    return Target("t", Gap.FIBRE, JUNE, 56, 28, YEAR_END, "here", milestones=tuple(milestones))


@pytest.mark.parametrize(
    ("day", "planned", "band"),
    [
        (JUNE, None, None),
        (date(2024, 9, 30), 10, Band.UNDER_50),
        (date(2024, 11, 30), 20, Band.UNDER_50),
        (YEAR_END, 28, Band.UNDER_50),
        (date(2026, 1, 1), 28, Band.UNDER_50),
    ],
)
def test_a_target_is_held_against_its_plan_to_date(
    day: date, planned: int | None, band: Band | None
) -> None:
    steps = (Milestone(date(2024, 9, 30), 10), Milestone(date(2024, 11, 30), 20))
    (line,) = gather_report(replace(shipped(), targets=(target(*steps),)), day).targets
    assert (line.planned, line.band) == (planned, band)


def certificate(**changes: Any) -> dict[str, Any]:
    figures = {"villages": 28, "km": 98.5, "cost_vnd": 1.25e10, "proven": True}
    whole = {"form": FORM, "plan_hash": "abc123", "data_hash": "d", "holds": True}
    return {**whole, "figures": figures, **changes}


def written(folder: Path, content: object) -> Path:
    (folder / "certificate.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_a_plan_is_read_from_its_certificate_and_compared_with_the_data(tmp_path: Path) -> None:
    folder = written(tmp_path, certificate())
    note = read_plan_note(folder, "d")
    assert (note.plan_hash, note.villages, note.km, note.cost_vnd) == ("abc123", 28, 98.5, 1.25e10)
    assert (note.proven, note.holds, note.is_of_this_data) == (True, True, True)
    assert not read_plan_note(folder, "e").is_of_this_data


@pytest.mark.parametrize(
    "content",
    [
        [],
        "text",
        {},
        certificate(form="other"),
        certificate(plan_hash="#panic()"),
        certificate(plan_hash=7),
        certificate(figures=None),
        certificate(figures={"villages": "many", "km": 1, "cost_vnd": 1}),
        certificate(figures={"villages": True, "km": 1, "cost_vnd": 1}),
        certificate(figures={"villages": 1, "km": float("nan"), "cost_vnd": 1}),
        certificate(figures={"villages": 1, "km": -1, "cost_vnd": 1}),
    ],
)
def test_what_is_no_certificate_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(PlannerError, match="error-report-plan"):
        read_plan_note(written(tmp_path, content), "d")


def test_a_folder_without_certificate_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="error-report-plan-missing"):
        read_plan_note(tmp_path, "d")
    (tmp_path / "certificate.json").write_bytes(b"[" * 100_000)
    with pytest.raises(PlannerError, match="error-report-plan"):
        read_plan_note(tmp_path, "d")
