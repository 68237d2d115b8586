"""Rank intervals against a plain ranking of every draw."""

from __future__ import annotations

import numpy as np
import pytest

from planning import robustness
from planning.rank_tally import CountedRanks, TailRanks, tail_length
from planning.ranking import rank_villages
from planning.robustness import draw_weights, rank_intervals
from planning.scoring import filled, weighted_total
from planning.vocabulary import Weights

WEIGHTS = Weights(0.4, 0.3, 0.3)


def some_villages(n: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray, list[str]]:
    rng = np.random.default_rng(seed)
    parts = rng.integers(0, 5, (n, 3)) / 4.0
    parts[rng.random((n, 3)) < 0.1] = np.nan
    return parts, rng.integers(0, 3, n).astype(float), [f"v{i:03d}" for i in rng.permutation(n)]


def test_intervals_equal_those_of_ranking_every_draw() -> None:
    parts, people, ids = some_villages(40)
    found = rank_intervals(parts, WEIGHTS, people, ids, k=7, seed=5, draws=301)
    drawn = draw_weights(WEIGHTS, draws=301, concentration=30.0, seed=5)
    ranks = np.array(
        [rank_villages(weighted_total(filled(parts), tuple(w)), people, ids) for w in drawn]
    )
    nominal = rank_villages(weighted_total(filled(parts), WEIGHTS.shares()), people, ids)
    low = np.percentile(ranks, 5, axis=0, method="lower")
    high = np.percentile(ranks, 95, axis=0, method="higher")
    np.testing.assert_array_equal(found.low, np.minimum(low, nominal))
    np.testing.assert_array_equal(found.high, np.maximum(high, nominal))
    np.testing.assert_allclose(found.top_share, (ranks <= 7).mean(axis=0))


def test_the_answer_does_not_depend_on_the_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    parts, people, ids = some_villages(30)
    whole = rank_intervals(parts, WEIGHTS, people, ids, k=5, seed=1, draws=200)
    monkeypatch.setattr(robustness, "_BATCH_CELLS", 70)
    pieces = rank_intervals(parts, WEIGHTS, people, ids, k=5, seed=1, draws=200)
    np.testing.assert_array_equal(whole.low, pieces.low)
    np.testing.assert_array_equal(whole.high, pieces.high)
    np.testing.assert_array_equal(whole.top_share, pieces.top_share)


@pytest.mark.parametrize("draws", [1, 2, 19, 21, 22, 100, 999])
def test_counting_and_keeping_tails_agree(draws: int) -> None:
    rng = np.random.default_rng(draws)
    orders = np.array([rng.permutation(11) for _ in range(draws)])
    counted, tails = CountedRanks(11, draws), TailRanks(11, draws)
    for start in range(0, draws, 8):
        counted.add(orders[start : start + 8])
        tails.add(orders[start : start + 8])
    ranks = np.argsort(orders, axis=1) + 1
    for tally in (counted, tails):
        low, high = tally.percentiles()
        np.testing.assert_array_equal(low, np.percentile(ranks, 5, axis=0, method="lower"))
        np.testing.assert_array_equal(high, np.percentile(ranks, 95, axis=0, method="higher"))


def test_ten_thousand_draws_leave_five_hundred_in_each_tail() -> None:
    assert tail_length(10_000) == 500


def test_draws_are_weightings_around_the_chosen_one() -> None:
    drawn = draw_weights(WEIGHTS, draws=20_000, concentration=30.0, seed=2)
    np.testing.assert_allclose(drawn.sum(axis=1), 1.0)
    np.testing.assert_allclose(drawn.mean(axis=0), [0.4, 0.3, 0.3], atol=0.003)
    np.testing.assert_allclose(
        drawn.std(axis=0), np.sqrt([0.24, 0.21, 0.21]) / np.sqrt(31), rtol=0.03
    )


def test_a_weight_of_zero_stays_zero() -> None:
    drawn = draw_weights(Weights(0.6, 0.4, 0.0), draws=100, concentration=30.0, seed=2)
    assert (drawn[:, 2] == 0.0).all()
    assert drawn[:, 0].std() > 0.0


def test_all_weight_on_one_criterion_never_varies() -> None:
    parts, people, ids = some_villages(20)
    weights = Weights(0.0, 1.0, 0.0)
    found = rank_intervals(parts, weights, people, ids, k=5, seed=1, draws=50)
    nominal = rank_villages(weighted_total(filled(parts), weights.shares()), people, ids)
    np.testing.assert_array_equal(found.low, nominal)
    np.testing.assert_array_equal(found.high, nominal)
    np.testing.assert_array_equal(found.top_share, nominal <= 5)


def test_a_village_best_in_everything_is_always_first() -> None:
    parts = np.array([[0.9, 0.9, 0.9], [0.1, 0.5, 0.2], [0.3, 0.1, 0.8]])
    found = rank_intervals(parts, WEIGHTS, [1, 1, 1], ["a", "b", "c"], k=1, seed=0, draws=500)
    assert (found.low[0], found.high[0], found.top_share[0]) == (1, 1, 1.0)


def test_lists_longer_than_the_gap_hold_everybody() -> None:
    parts, people, ids = some_villages(6)
    assert rank_intervals(parts, WEIGHTS, people, ids, k=99, seed=0, draws=9).top_share.min() == 1.0
    assert rank_intervals(parts, WEIGHTS, people, ids, k=0, seed=0, draws=9).top_share.max() == 0.0
