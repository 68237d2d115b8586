"""Scores against figures worked out by hand (the example of docs/explanation/scoring.md)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from planning.columns import Column
from planning.ranking import rank_villages
from planning.scoring import (
    Scores,
    ScoreScale,
    correlate_scores,
    measure_scale,
    score_distance,
    score_population,
    score_villages,
)
from planning.vocabulary import Direction, Weights

BALANCED = Weights(0.4, 0.3, 0.3)


def five_villages(
    direction: Direction = Direction.NEAR, people: Column = (99, 999, 0, 9, 99)
) -> Scores:
    return score_villages(
        [1000.0, 2000.0, 3000.0, 4000.0, 14000.0],
        people,
        [1.0, 0.5, 0.8, 0.0, 1.0],
        [0.75, 0.5, 0.0, 0.2, 0.0],
        weights=BALANCED,
        direction=direction,
    )


def test_the_cap_is_the_95th_percentile_that_a_spreadsheet_gives() -> None:
    # PERCENTILE.INC of 1, 2, 3, 4, 14 km: position 1 + 0.95 × 4 = 4.8, so 4 + 0.8 × 10 km.
    assert five_villages().scale.distance_cap_m == pytest.approx(12000.0)


def test_near_villages_score_high_by_default() -> None:
    expected = [1 - 1 / 12, 1 - 2 / 12, 1 - 3 / 12, 1 - 4 / 12, 0.0]
    np.testing.assert_allclose(five_villages().parts[:, 0], expected)


def test_far_villages_score_high_when_asked() -> None:
    expected = [1 / 12, 2 / 12, 3 / 12, 4 / 12, 1.0]
    np.testing.assert_allclose(five_villages(Direction.FAR).parts[:, 0], expected)


def test_population_counts_on_a_logarithmic_scale() -> None:
    # log 100 / log 1000 = 2/3, log 1 = 0, log 10 / log 1000 = 1/3.
    np.testing.assert_allclose(five_villages().parts[:, 1], [2 / 3, 1.0, 0.0, 1 / 3, 2 / 3])


def test_minority_score_is_the_share_times_the_shortfall_of_access() -> None:
    np.testing.assert_allclose(five_villages().parts[:, 2], [0.25, 0.25, 0.8, 0.0, 1.0])


def test_the_total_is_a_plain_weighted_sum() -> None:
    total = five_villages().total
    assert total[0] == pytest.approx(0.4 * 11 / 12 + 0.3 * 2 / 3 + 0.3 * 0.25, abs=1e-12)
    assert total[4] == pytest.approx(0.3 * 2 / 3 + 0.3, abs=1e-12)


def test_the_example_of_the_scoring_page_is_right() -> None:
    total = five_villages().total
    np.testing.assert_allclose(total, [0.6417, 0.7083, 0.54, 0.3667, 0.5], atol=5e-5)
    rank = rank_villages(total, [99, 999, 0, 9, 99], ["v1", "v2", "v3", "v4", "v5"])
    assert rank.tolist() == [2, 1, 3, 5, 4]


def test_points_of_a_village_sum_to_its_total() -> None:
    frame = five_villages().to_frame()
    points = frame[["distance_points", "population_points", "minority_points"]].sum(axis=1)
    np.testing.assert_allclose(points, frame["total"], atol=1e-12)


def test_weights_count_in_proportion() -> None:
    whole = score_villages([1.0, 2.0], [3, 4], [0.5, 1], [0, 1], weights=Weights(4, 3, 3))
    parts = score_villages([1.0, 2.0], [3, 4], [0.5, 1], [0, 1], weights=BALANCED)
    np.testing.assert_array_equal(whole.total, parts.total)


def test_a_missing_part_counts_half_and_gives_an_interval() -> None:
    people = pd.Series([99, 999, 0, None, 99], dtype="Int64")
    scores = five_villages(people=people)
    assert math.isnan(scores.parts[3, 1])
    assert scores.incomplete.tolist() == [False, False, False, True, False]
    assert scores.total[3] == pytest.approx(0.4 * 8 / 12 + 0.3 * 0.5, abs=1e-12)
    assert scores.total_low[3] == pytest.approx(0.4 * 8 / 12, abs=1e-12)
    assert scores.total_high[3] == pytest.approx(0.4 * 8 / 12 + 0.3, abs=1e-12)
    assert scores.total_low[0] == scores.total[0] == scores.total_high[0]


def test_a_missing_distance_does_not_move_the_cap() -> None:
    scale = measure_scale([1000.0, None, 3000.0], [1, 2, 3])
    assert scale.distance_cap_m == pytest.approx(2900.0)


def test_a_village_alone_at_distance_zero_is_at_the_near_end() -> None:
    zero = np.array([0.0, np.nan])
    np.testing.assert_array_equal(score_distance(zero, 0.0, Direction.NEAR), [1.0, np.nan])
    np.testing.assert_array_equal(score_distance(zero, 0.0, Direction.FAR), [0.0, np.nan])


def test_villages_without_people_score_zero() -> None:
    np.testing.assert_array_equal(score_population(np.array([0.0, 0.0]), 0.0), [0.0, 0.0])


def test_nothing_known_gives_the_middle_and_the_widest_interval() -> None:
    scores = score_villages([None], [None], [None], [None], weights=BALANCED)
    assert (scores.total_low[0], scores.total[0], scores.total_high[0]) == (0.0, 0.5, 1.0)


def test_no_village_gives_no_score() -> None:
    scores = score_villages([], [], [], [], weights=BALANCED)
    assert scores.parts.shape == (0, 3)
    assert scores.to_frame().empty


def test_a_filtered_view_scored_on_the_scale_of_its_cohort_keeps_its_scores() -> None:
    whole = five_villages()
    part = score_villages(
        [1000.0, 2000.0], [99, 999], [1.0, 0.5], [0.75, 0.5], weights=BALANCED, scale=whole.scale
    )
    np.testing.assert_array_equal(part.total, whole.total[:2])


def test_scores_stay_in_the_unit_interval_on_a_foreign_scale() -> None:
    scale = ScoreScale(distance_cap_m=100.0, people_max=9.0)
    scores = score_villages([500.0], [99], [1.0], [0.0], weights=BALANCED, scale=scale)
    assert scores.parts.tolist() == [[0.0, 1.0, 1.0]]


def test_correlation_is_seen_in_ranks_and_in_values() -> None:
    parts = np.array([[0.0, 0.0, 0.5], [0.1, 0.5, 0.4], [1.0, 0.6, 0.3]])
    assert correlate_scores(parts).loc["distance", "population"] == pytest.approx(1.0)
    assert correlate_scores(parts).loc["distance", "minority"] == pytest.approx(-1.0)
    pearson = correlate_scores(parts, "pearson").loc["distance", "population"]
    # By hand: sums of squares 0.606667 and 0.206667, of products 0.246667 (from the means).
    assert pearson == pytest.approx(0.246667 / math.sqrt(0.606667 * 0.206667), abs=2e-5)
