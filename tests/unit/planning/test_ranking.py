"""Strict ranks and their tie rule."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planning.ranking import rank_villages


def test_the_highest_total_comes_first() -> None:
    assert rank_villages(np.array([0.2, 0.9, 0.5]), [1, 1, 1], ["a", "b", "c"]).tolist() == [
        3,
        1,
        2,
    ]


def test_ties_go_to_more_people_then_to_the_lower_id() -> None:
    rank = rank_villages(np.full(4, 0.5), [10, 20, 20, 10], ["b", "d", "c", "a"])
    assert rank.tolist() == [4, 2, 1, 3]


def test_unknown_people_lose_ties() -> None:
    people = pd.Series([None, 0, None], dtype="Int64")
    assert rank_villages(np.full(3, 0.5), people, ["a", "b", "c"]).tolist() == [2, 1, 3]


def test_totals_that_differ_by_rounding_are_tied() -> None:
    total = np.array([0.1 + 0.2, 0.3])
    assert total[0] != total[1]
    assert rank_villages(total, [1, 2], ["a", "b"]).tolist() == [2, 1]


def test_totals_that_differ_by_a_real_unit_are_not_tied() -> None:
    assert rank_villages(np.array([0.3, 0.3 + 2e-12]), [2, 1], ["a", "b"]).tolist() == [2, 1]


def test_repeated_ids_and_missing_totals_are_refused() -> None:
    with pytest.raises(ValueError, match="unique"):
        rank_villages(np.array([0.1, 0.2]), [1, 1], ["a", "a"])
    with pytest.raises(ValueError, match="finite"):
        rank_villages(np.array([0.1, np.nan]), [1, 1], ["a", "b"])


def test_no_village_has_no_rank() -> None:
    assert rank_villages(np.array([]), [], []).tolist() == []
