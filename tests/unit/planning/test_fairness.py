"""The fairness line, by hand."""

from __future__ import annotations

import math

import pytest

from planning.fairness import compare_shares


def test_shares_are_counted_in_people() -> None:
    line = compare_shares([True, False, True], [100, 300, 100], [1.0, 0.5, 0.0])
    assert line.selected.minority_share == pytest.approx(0.5)
    assert line.gap.minority_share == pytest.approx(250 / 500)
    assert line.difference == pytest.approx(0.0)
    assert (line.selected.villages, line.gap.villages) == (2, 3)


def test_villages_with_missing_figures_are_left_out_and_counted() -> None:
    line = compare_shares([True, True, False], [100, None, 50], [0.2, 1.0, None])
    assert (line.selected.villages, line.selected.counted) == (2, 1)
    assert (line.gap.villages, line.gap.counted) == (3, 1)
    assert line.gap.minority_share == pytest.approx(0.2)


def test_an_empty_choice_has_no_share() -> None:
    line = compare_shares([False], [10], [0.5])
    assert math.isnan(line.selected.minority_share)
    assert math.isnan(line.difference)
