"""Targets measured by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from planning.targets import Band, assess_target, band_of, plan_line, planned_to_date
from planning.vocabulary import Gap, Milestone, Target

FIBRE = Target("fibre-2024", Gap.FIBRE, date(2024, 6, 30), 56, 28, date(2024, 12, 31), "the source")


@pytest.mark.parametrize(
    ("achieved", "required", "band"),
    [
        (28, 28, Band.MET),
        (30, 28, Band.MET),
        (0, 0, Band.MET),
        (23, 28, Band.OVER_80),
        (8, 10, Band.FROM_50_TO_80),
        (14, 28, Band.FROM_50_TO_80),
        (13, 28, Band.UNDER_50),
        (0, 6, Band.UNDER_50),
    ],
)
def test_bands_are_the_provinces_own(achieved: int, required: int, band: Band) -> None:
    assert band_of(achieved, required) is band


def test_only_villages_of_the_cohort_count_and_unknown_counts_neither_way() -> None:
    cohort = np.array([True, True, True, True, False])
    status = np.array(["served", "lacking", "unknown", "served", "served"])
    progress = assess_target(FIBRE, cohort, status, date(2024, 12, 1))
    assert (progress.cohort_size, progress.achieved, progress.unknown) == (4, 2, 1)
    assert progress.remaining == 26
    assert progress.share == pytest.approx(2 / 28)
    assert progress.days_left == 30
    assert progress.band is Band.UNDER_50


def test_days_left_are_negative_once_the_deadline_has_passed() -> None:
    empty = np.array([], dtype=bool)
    progress = assess_target(FIBRE, empty, np.array([], dtype=str), date(2026, 1, 1))
    assert progress.days_left == -366
    assert progress.remaining == 28


STEPPED = replace(FIBRE, milestones=(Milestone(date(2024, 9, 30), 8),))
"""92 days to 8 villages, then 92 days to 28."""


@pytest.mark.parametrize(
    ("day", "exact", "due"),
    [
        (date(2024, 6, 30), Fraction(0), 0),
        (date(2024, 7, 1), Fraction(8, 92), 0),
        (date(2024, 7, 11), Fraction(88, 92), 0),
        (date(2024, 7, 12), Fraction(96, 92), 1),
        (date(2024, 9, 30), Fraction(8), 8),
        (date(2024, 10, 1), 8 + Fraction(20, 92), 8),
        (date(2024, 11, 15), Fraction(18), 18),
        (date(2024, 12, 31), Fraction(28), 28),
        (date(2026, 1, 1), Fraction(28), 28),
        (date(2024, 1, 1), Fraction(0), 0),
    ],
)
def test_the_plan_to_date_is_a_line_through_the_milestones(
    day: date, exact: Fraction, due: int
) -> None:
    assert plan_line(STEPPED, day) == exact
    assert planned_to_date(STEPPED, day) == due


def test_without_milestones_the_plan_is_one_line_to_the_deadline() -> None:
    assert plan_line(FIBRE, date(2024, 9, 30)) == Fraction(28, 2)
    assert plan_line(FIBRE, date(2024, 8, 1)) == Fraction(28 * 32, 184)


@pytest.mark.parametrize(
    ("achieved", "planned", "band"),
    [
        (0, 0, Band.NOT_DUE),
        (3, 0, Band.NOT_DUE),
        (28, 0, Band.MET),
        (1, 1, Band.MET),
        (0, 1, Band.UNDER_50),
        (5, 10, Band.FROM_50_TO_80),
        (8, 10, Band.FROM_50_TO_80),
        (9, 10, Band.OVER_80),
        (12, 10, Band.MET),
    ],
)
def test_the_band_is_measured_against_what_is_due(achieved: int, planned: int, band: Band) -> None:
    assert band_of(achieved, planned, 28) is band


def test_a_village_is_not_behind_a_plan_that_asks_for_none_yet() -> None:
    cohort = np.ones(4, dtype=bool)
    status = np.array(["served", "served", "served", "lacking"])
    early = assess_target(STEPPED, cohort, status, date(2024, 7, 5))
    assert (early.planned_to_date, early.band, early.share_of_plan) == (0, Band.NOT_DUE, None)
    later = assess_target(STEPPED, cohort, status, date(2024, 8, 30))
    assert (later.planned_to_date, later.band) == (5, Band.FROM_50_TO_80)
    assert later.share_of_plan == pytest.approx(3 / 5)
    assert not later.is_past
