"""Stated probabilities hold: on histories drawn from the model within sampling error, on others
better than the naive pace. ``python -m benchmarks.forecast`` measures more of them.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from benchmarks.forecast.calibration import Record, measure
from benchmarks.forecast.histories import START, World, draw_case, draw_history, longer
from tests.unit.planning.forecast.assumed import BOOK

FREE = BOOK.with_base(crews=1000.0)
AUGUST = date(2024, 8, 15)


@pytest.fixture(scope="module")
def own() -> Record:
    return measure(FREE, World(FREE), START, histories=100, villages=8, seed=11)


@pytest.fixture(scope="module")
def later() -> Record:
    return measure(FREE, World(FREE), AUGUST, histories=100, villages=8, seed=12)


def test_stated_probabilities_hold_within_sampling_error(own: Record, later: Record) -> None:
    for record in (own, later):
        assert abs(record.bias) < 3.0
        assert abs(record.coverage_bias) < 3.0
        for _, _, count, errors in record.bins([0.0, 0.2, 0.5, 0.8, 1.01]):
            assert count < 8 or abs(errors) < 3.5
        # The score is that of a forecast which holds: its spread is known.
        chances = record.stated
        spread = np.sqrt(np.sum(chances * (1 - chances) * (1 - 2 * chances) ** 2)) / len(chances)
        assert abs(record.brier - record.brier_expected) < 4.0 * spread


def test_the_forecast_scores_better_than_the_pace_so_far(own: Record, later: Record) -> None:
    assert own.brier < own.brier_naive
    assert later.brier < later.brier_naive


def test_even_where_stages_take_longer_than_assumed_it_beats_the_pace() -> None:
    world = World(longer(FREE, 1.3))
    record = measure(FREE, world, AUGUST, histories=60, villages=10, seed=13)
    assert record.bias > 0.0
    assert record.brier < record.brier_naive


def test_a_forecast_of_shorter_stages_is_seen_not_to_hold() -> None:
    # The check itself must be able to fail.
    rash = longer(FREE, 0.5)
    record = measure(rash, World(FREE), START, histories=100, villages=8, seed=11)
    assert record.bias > 4.0


def test_histories_go_through_the_stages_in_order_and_are_the_same_again() -> None:
    case = draw_case(np.random.default_rng(3), 6)
    one, other = (
        draw_history(np.random.default_rng(4), case, World(BOOK, queue=True)) for _ in range(2)
    )
    assert one.equals(other)
    for _, village in one.groupby("village_id"):
        assert village["since"].is_monotonic_increasing
        assert village["status"].iloc[-1] == "accepted"
