"""Access against sums worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from planning.access import gaussian_weight, measure_access

HALFWAY = (np.exp(-0.125) - np.exp(-0.5)) / (1 - np.exp(-0.5))
# Village 0 sees itself and village 1 at 5 km; village 1 sees both; village 2 is alone.
INDPTR = np.array([0, 2, 4, 5])
INDICES = np.array([0, 1, 0, 1, 2])
DISTANCE_M = np.array([0.0, 5000.0, 5000.0, 0.0, 0.0])


def access(people: list[float | None], served: list[float | None]) -> list[float]:
    return list(measure_access(INDPTR, INDICES, DISTANCE_M, people, served))


def test_weight_is_one_here_and_zero_at_the_edge() -> None:
    weight = gaussian_weight(np.array([0.0, 5000.0, 10_000.0, 20_000.0]), 10_000.0)
    np.testing.assert_allclose(weight, [1.0, HALFWAY, 0.0, 0.0], atol=1e-15)
    assert pytest.approx(0.7014, abs=1e-4) == HALFWAY


def test_access_is_the_weighted_share_of_people_who_have_the_service() -> None:
    found = access([100, 300, 50], [0, 1, 1])
    first = 300 * HALFWAY / (100 + 300 * HALFWAY)
    second = 300 / (100 * HALFWAY + 300)
    assert found == pytest.approx([first, second, 1.0])


def test_unknown_people_or_states_count_neither_way() -> None:
    assert access([100, None, 50], [0, 1, None])[0] == 0.0
    assert access([100, 300, 50], [None, 1, 1])[:2] == pytest.approx([1.0, 1.0])


def test_nobody_to_count_is_not_known() -> None:
    assert np.isnan(access([100, 300, None], [0, 1, 1])[2])
    assert np.isnan(access([100, 300, 0], [0, 1, 1])[2])


def test_a_village_without_coordinates_has_no_access_figure() -> None:
    found = measure_access(
        np.array([0, 1, 1, 2]), np.array([0, 2]), np.zeros(2), [10, 10, 10], [1, 1, 0]
    )
    np.testing.assert_array_equal(found, [1.0, np.nan, 0.0])
