"""Targets measured by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from planning.targets import Band, assess_target, band_of
from planning.vocabulary import Gap, Target

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
