"""Turning points worked out by hand, and the corner cases of their definition."""

from __future__ import annotations

import numpy as np
import pytest

from planning.ranking import rank_villages
from planning.scoring import weighted_total
from planning.tipping import find_tipping_points, move_weight
from planning.vocabulary import Weights

NAN = np.nan


def test_two_villages_change_places_where_their_lines_cross() -> None:
    # Over the distance weight t, a is t and b is 0.5 (1 - t): they meet at t = 1/3.
    parts = np.array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5]])
    found = find_tipping_points(parts, Weights(0.4, 0.3, 0.3), [1, 1], ["a", "b"], k=1)
    assert found.selected.tolist() == [True, False]
    np.testing.assert_allclose(found.below[:, 0], [1 / 3, 1 / 3])
    np.testing.assert_array_equal(found.above[:, 0], [NAN, NAN])
    np.testing.assert_allclose(found.change[:, 0], [1 / 3 - 0.4, 1 / 3 - 0.4])
    # Over the population weight t, a is (4/7)(1 - t) and b is 0.5 t + (3/14)(1 - t): 5/14 = 6/7 t.
    np.testing.assert_allclose(found.above[:, 1], [5 / 12, 5 / 12])


def test_the_nearer_turning_point_is_the_smallest_change() -> None:
    # Over the distance weight t, a is 0.5 throughout, b is t and c is 0.9 (1 - t): a leads only
    # while t lies between 4/9 and 1/2.
    parts = np.array([[0.5, 0.5, 0.5], [1.0, 0.0, 0.0], [0.0, 0.9, 0.9]])
    found = find_tipping_points(parts, Weights(0.48, 0.26, 0.26), [1, 1, 1], ["a", "b", "c"], k=1)
    assert found.below[0, 0] == pytest.approx(4 / 9)
    assert found.above[0, 0] == pytest.approx(1 / 2)
    assert found.change[0, 0] == pytest.approx(0.02)
    assert found.change[2, 0] == pytest.approx(4 / 9 - 0.48)


def test_a_village_that_leads_everywhere_never_leaves() -> None:
    parts = np.array([[0.9, 0.9, 0.9], [0.1, 0.1, 0.1]])
    found = find_tipping_points(parts, Weights(1, 1, 1), [1, 1], ["a", "b"], k=1)
    assert np.isnan(found.change).all()


def test_equal_villages_stay_in_the_order_of_the_tie_rule() -> None:
    parts = np.array([[0.5, 0.2, 0.1], [0.5, 0.2, 0.1]])
    found = find_tipping_points(parts, Weights(1, 1, 1), [1, 2], ["a", "b"], k=1)
    assert found.selected.tolist() == [False, True]
    assert np.isnan(found.change).all()


def test_reaching_zero_can_turn_a_tie() -> None:
    # Without the distance weight both score 0.5, and b has more people.
    parts = np.array([[0.6, 0.5, 0.5], [0.5, 0.5, 0.5]])
    found = find_tipping_points(parts, Weights(0.4, 0.3, 0.3), [1, 9], ["a", "b"], k=1)
    assert found.below[:, 0].tolist() == [0.0, 0.0]


def test_a_tie_now_turns_at_once() -> None:
    # Equal totals at the current weights: b leads by people, and any more distance lets a pass.
    parts = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]])
    found = find_tipping_points(parts, Weights(0.25, 0.25, 0.5), [1, 9], ["a", "b"], k=1)
    assert found.selected.tolist() == [False, True]
    assert found.above[:, 0].tolist() == [0.25, 0.25]
    assert found.change[:, 0].tolist() == [0.0, 0.0]


def test_lines_that_meet_in_one_point_count_together() -> None:
    # At t = 1/2 village b overtakes a while c falls behind it: a stays second throughout.
    parts = np.array([[0.5, 0.5, 0.5], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0]])
    found = find_tipping_points(parts, Weights(0.4, 0.3, 0.3), [1, 5, 5], ["a", "b", "c"], k=2)
    assert found.selected.tolist() == [True, False, True]
    assert np.isnan(found.above[0, 0])
    np.testing.assert_allclose(found.above[1:, 0], 0.5)


def test_all_weight_on_one_criterion_is_given_up_in_equal_parts() -> None:
    parts = np.array([[1.0, 0.0, 0.0], [0.5, 1.0, 0.5]])
    # b at t is 0.5 t + 0.75 (1 - t), a is t: they meet at t = 0.6.
    found = find_tipping_points(parts, Weights(1.0, 0.0, 0.0), [1, 1], ["a", "b"], k=1)
    np.testing.assert_allclose(found.below[:, 0], [0.6, 0.6])
    assert np.isnan(found.above[:, 0]).all()
    assert move_weight((1.0, 0.0, 0.0), 0, 0.6) == Weights(0.6, 0.2, 0.2)


def test_moving_a_weight_keeps_the_proportion_of_the_others() -> None:
    moved = move_weight((0.4, 0.2, 0.4), 0, 0.7)
    assert moved.shares() == pytest.approx((0.7, 0.1, 0.2))


def test_lists_that_hold_nobody_or_everybody_never_change() -> None:
    parts = np.random.default_rng(0).random((5, 3))
    for k in (0, 5, 9):
        found = find_tipping_points(parts, Weights(1, 1, 1), np.ones(5), list("abcde"), k=k)
        assert np.isnan(found.change).all()


def test_one_village_can_be_asked_about() -> None:
    rng = np.random.default_rng(7)
    parts, ids = rng.random((50, 3)), [f"{i:02d}" for i in range(50)]
    everyone = find_tipping_points(parts, Weights(4, 3, 3), np.ones(50), ids, k=9)
    one = find_tipping_points(
        parts, Weights(4, 3, 3), np.ones(50), ids, k=9, villages=np.array([31])
    )
    np.testing.assert_array_equal(one.change[0], everyone.change[31])


def test_a_missing_part_counts_half() -> None:
    known = np.array([[0.5, 0.2, 0.1], [0.3, 0.4, 0.5]])
    missing = np.array([[NAN, 0.2, 0.1], [0.3, 0.4, NAN]])
    arguments = (Weights(4, 3, 3), [1, 1], ["a", "b"])
    np.testing.assert_array_equal(
        find_tipping_points(known, *arguments, k=1).change,
        find_tipping_points(missing, *arguments, k=1).change,
    )


def test_the_rank_turns_at_the_turning_point() -> None:
    rng = np.random.default_rng(11)
    parts, ids = rng.random((60, 3)), [f"{i:02d}" for i in range(60)]
    people = np.ones(60)
    found = find_tipping_points(parts, Weights(4, 3, 3), people, ids, k=12)
    for j in range(3):
        for i in np.flatnonzero(~np.isnan(found.above[:, j])):
            for side, turned in ((-1e-6, False), (1e-6, True)):
                moved = move_weight(found.shares, j, found.above[i, j] + side)
                rank = rank_villages(weighted_total(parts, moved.shares()), people, ids)
                assert ((rank[i] <= 12) != found.selected[i]) == turned
