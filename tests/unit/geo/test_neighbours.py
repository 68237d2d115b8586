"""Neighbours within a radius against brute force."""

from __future__ import annotations

import numpy as np
import pytest

from geo.geodesy import geodesic_m
from geo.neighbours import pairs_within


@pytest.mark.parametrize("radius_m", [0.0, 3e3, 10e3, 150e3])
def test_agrees_with_brute_force(radius_m: float) -> None:
    rng = np.random.default_rng(2)
    lon, lat = rng.uniform(103.5, 104.6, 120), rng.uniform(21.8, 22.9, 120)
    found = pairs_within(lon, lat, radius_m)
    for i in range(120):
        length = geodesic_m(np.full(120, lon[i]), np.full(120, lat[i]), lon, lat)
        row = slice(found.indptr[i], found.indptr[i + 1])
        np.testing.assert_array_equal(found.indices[row], np.flatnonzero(length <= radius_m))
        np.testing.assert_allclose(
            found.distance_m[row], length[length <= radius_m], rtol=0, atol=1e-6
        )


def test_a_point_is_its_own_neighbour_and_duplicates_are_neighbours_at_no_distance() -> None:
    found = pairs_within([104.0, 104.0, 106.0], [22.0, 22.0, 22.0], 10_000.0)
    assert found.indptr.tolist() == [0, 2, 4, 5]
    assert found.indices.tolist() == [0, 1, 0, 1, 2]
    assert found.distance_m.tolist() == [0.0] * 5


def test_distance_is_the_same_in_both_directions() -> None:
    rng = np.random.default_rng(3)
    found = pairs_within(rng.uniform(104, 104.2, 40), rng.uniform(22, 22.2, 40), 8e3)
    table = np.full((40, 40), np.nan)
    rows = np.repeat(np.arange(40), np.diff(found.indptr))
    table[rows, found.indices] = found.distance_m
    np.testing.assert_array_equal(table, table.T)


def test_a_point_without_coordinates_has_no_neighbour() -> None:
    found = pairs_within([104.0, np.nan, 104.0], [22.0, 22.0, 22.0], 1.0)
    assert found.indptr.tolist() == [0, 2, 2, 4]
    assert found.indices.tolist() == [0, 2, 0, 2]


def test_neighbours_across_the_date_line() -> None:
    found = pairs_within([179.99, -179.99], [0.0, 0.0], 3_000.0)
    assert found.indices.tolist() == [0, 1, 0, 1]


def test_nobody_has_no_neighbours() -> None:
    found = pairs_within([], [], 10.0)
    assert found.indptr.tolist() == [0]
    assert found.indices.size == 0
