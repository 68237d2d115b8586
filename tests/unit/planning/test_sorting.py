"""The quick stable order against the plain one, above all where keys crowd together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.ranking import score_units
from planning.scoring import weighted_total
from planning.sorting import order_totals, stable_order

KEY = st.integers(-(2**62) + 1, 2**62 - 1)


def assert_is_the_stable_order(keys: np.ndarray) -> None:
    np.testing.assert_array_equal(stable_order(keys), np.argsort(keys, kind="stable"))


@settings(deadline=None)  # the first call may wait for the compiler
@given(st.lists(KEY | st.integers(-3, 3), max_size=90))
def test_any_keys_come_in_the_stable_order(keys: list[int]) -> None:
    assert_is_the_stable_order(np.array(keys, dtype=np.int64))


@pytest.mark.parametrize("n", [0, 1, 2, 25, 5000])
def test_equal_keys_keep_their_order(n: int) -> None:
    assert_is_the_stable_order(np.full(n, 7, dtype=np.int64))


def test_one_key_far_away_crowds_all_others_into_one_bucket() -> None:
    keys = np.random.default_rng(1).integers(0, 1000, 3000)
    keys[1500] = 2**61
    assert_is_the_stable_order(keys)


def test_scores_in_units_come_in_the_stable_order() -> None:
    keys = np.random.default_rng(2).integers(-(10**12), 10**12, 20_000)
    keys[::3] = keys[0]
    assert_is_the_stable_order(keys)


def test_totals_are_ordered_as_they_are_rounded_one_weighting_at_a_time() -> None:
    rng = np.random.default_rng(3)
    parts = rng.integers(0, 40, (500, 3)) / 39.0
    drawn = rng.dirichlet([12.0, 9.0, 9.0], 30)
    found = order_totals(np.ascontiguousarray(parts.T * 1e12), drawn)
    for order, weights in zip(found, drawn, strict=True):
        units = score_units(weighted_total(parts, tuple(weights)))
        np.testing.assert_array_equal(order, np.argsort(-units, kind="stable"))
