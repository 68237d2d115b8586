"""What must hold of rank intervals and turning points for every list."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from planning.ranking import rank_villages
from planning.robustness import rank_intervals
from planning.scoring import filled, weighted_total
from planning.tipping import find_tipping_points, move_weight
from planning.vocabulary import Weights

STEPS = st.integers(0, 10).map(lambda step: step / 10)
WEIGHTS = (
    st.tuples(*[st.integers(0, 20)] * 3).filter(any).map(lambda w: Weights(*(float(x) for x in w)))
)
NUDGE = 1e-6


class Case(NamedTuple):
    parts: np.ndarray
    weights: Weights
    people: np.ndarray
    ids: list[str]
    k: int

    def in_list(self, weights: Weights) -> np.ndarray:
        total = weighted_total(filled(self.parts), weights.shares())
        in_list: np.ndarray = rank_villages(total, self.people, self.ids) <= self.k
        return in_list


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Lists with coarse scores, so that ties, equal villages and triple crossings abound."""
    n = draw(st.integers(1, 9))
    scores = st.one_of(STEPS, STEPS, STEPS, st.just(float("nan")))
    return Case(
        parts=draw(npst.arrays(np.float64, (n, 3), elements=scores)),
        weights=draw(WEIGHTS),
        people=draw(npst.arrays(np.float64, n, elements=st.integers(0, 2).map(float))),
        ids=[f"v{i}" for i in draw(st.permutations(range(n)))],
        k=draw(st.integers(0, n + 1)),
    )


@given(cases(), st.integers(0, 3))
def test_intervals_hold_the_rank_and_stay_on_the_list(case: Case, seed: int) -> None:
    found = rank_intervals(
        case.parts, case.weights, case.people, case.ids, k=case.k, seed=seed, draws=60
    )
    total = weighted_total(filled(case.parts), case.weights.shares())
    rank = rank_villages(total, case.people, case.ids)
    assert (found.low <= rank).all()
    assert (rank <= found.high).all()
    assert (found.low >= 1).all()
    assert (found.high <= len(rank)).all()
    assert found.top_share.sum() == pytest.approx(min(case.k, len(rank)))


@given(cases())
def test_membership_turns_just_beyond_the_turning_point_and_not_before(case: Case) -> None:
    found = find_tipping_points(case.parts, case.weights, case.people, case.ids, k=case.k)
    for j in range(3):
        now = found.shares[j]
        for threshold, outward in ((found.above, 1.0), (found.below, -1.0)):
            for i in np.flatnonzero(~np.isnan(threshold[:, j])):
                at = threshold[i, j]
                beyond = min(max(at + outward * NUDGE, 0.0), 1.0)
                assert case.in_list(move_weight(found.shares, j, beyond))[i] != found.selected[i]
                before = at - outward * NUDGE
                if (before - now) * outward > 0.0:
                    assert (
                        case.in_list(move_weight(found.shares, j, before))[i] == found.selected[i]
                    )


@given(cases())
def test_a_fine_grid_of_weights_finds_no_other_turning_point(case: Case) -> None:
    found = find_tipping_points(case.parts, case.weights, case.people, case.ids, k=case.k)
    for j in range(3):
        now = found.shares[j]
        below = np.where(np.isnan(found.below[:, j]), -np.inf, found.below[:, j])
        above = np.where(np.isnan(found.above[:, j]), np.inf, found.above[:, j])
        # Odd steps that no coarse score can tie on, and both ends, where ties count.
        for value in (0.0, *(np.arange(23) + 0.41) / 23, 1.0):
            if abs(value - now) < NUDGE:
                continue
            in_list = case.in_list(move_weight(found.shares, j, float(value)))
            inside = (below + NUDGE < value) & (value < above - NUDGE)
            np.testing.assert_array_equal(in_list[inside], found.selected[inside])


@given(cases())
def test_the_smallest_change_is_the_nearer_of_both(case: Case) -> None:
    found = find_tipping_points(case.parts, case.weights, case.people, case.ids, k=case.k)
    now = np.array(found.shares)
    distance = np.fmin(now - found.below, found.above - now)
    np.testing.assert_array_equal(np.abs(found.change), distance)
