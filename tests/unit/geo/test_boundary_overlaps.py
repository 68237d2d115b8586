"""Overlaps are told patch by patch, gaps by their size; compared with brute force."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.boundary_overlaps import Patch, areas_km2, find_gaps, find_overlaps

CELL_KM2 = 123.09


def cell(x: float, y: float, wide: float = 1, high: float = 1) -> shapely.Polygon:
    return shapely.box(x / 10, y / 10, (x + wide) / 10, (y + high) / 10)


def shapes(*polygons: BaseGeometry) -> NDArray[np.object_]:
    return np.array(polygons, dtype=object)


def sizes(patches: list[Patch]) -> dict[tuple[int, ...], float]:
    return {patch.areas: round(patch.area_km2 / CELL_KM2, 2) for patch in patches}


def test_neighbours_that_share_an_edge_do_not_overlap() -> None:
    patches, slivers = find_overlaps(shapes(cell(0, 0), cell(1, 0), cell(0, 1), cell(1, 1)))
    assert patches == []
    assert slivers.count == 0


def test_two_and_three_claims_on_connected_ground_are_told_apart() -> None:
    patches, _ = find_overlaps(shapes(cell(0, 0, 3, 3), cell(2, 0, 3, 3), cell(2, 2, 1, 3)))
    # A and B share a strip of three cells; C claims its uppermost cell too.
    assert sizes(patches) == {(0, 1): 2.0, (0, 1, 2): 1.0}


def test_an_area_inside_another_and_one_that_stands_twice_are_found() -> None:
    patches, _ = find_overlaps(shapes(cell(0, 0, 3, 3), cell(1, 1), cell(5, 0), cell(5, 0)))
    assert sizes(patches) == {(0, 1): 1.0, (2, 3): 1.0}


def test_the_same_areas_overlapping_in_two_places_are_one_patch() -> None:
    comb_shape = shapely.union_all([cell(0, 0, 5, 1), cell(0, 1), cell(4, 1)])
    patches, _ = find_overlaps(shapes(comb_shape, cell(0, 1, 5, 2)))
    assert sizes(patches) == {(0, 1): 2.0}


def test_slivers_are_counted_together() -> None:
    thin = 0.0002 / 100  # two tenths of a metre
    patches, slivers = find_overlaps(shapes(cell(0, 0), cell(1 - 10 * thin, 0)))
    assert patches == []
    assert slivers.count == 1
    assert slivers.area_km2 == pytest.approx(CELL_KM2 * 10 * thin, rel=0.01)


def test_patches_add_up_to_what_all_pairs_share() -> None:
    rng = np.random.default_rng(3)
    corner, size = rng.uniform(0, 10, (30, 2)), rng.uniform(0.5, 4, (30, 2))
    boxes = shapes(*(cell(*c, *s) for c, s in zip(corner, size, strict=True)))
    patches, _ = find_overlaps(boxes)
    by_pairs = sum(
        areas_km2([shapely.intersection(one, other)])[0] for one, other in combinations(boxes, 2)
    )
    counted = sum(comb(len(patch.areas), 2) * patch.area_km2 for patch in patches)
    assert counted == pytest.approx(by_pairs, rel=1e-5)  # but for slivers
    once = shapely.union_all(boxes)
    double = areas_km2(boxes).sum() - areas_km2([once])[0]
    assert sum((len(p.areas) - 1) * p.area_km2 for p in patches) == pytest.approx(double, rel=1e-5)


def test_only_land_enclosed_by_areas_is_a_gap_unless_the_whole_is_known() -> None:
    ring = shapes(shapely.difference(cell(0, 0, 3, 3), cell(1, 1)))
    gaps, _ = find_gaps(ring)
    assert sizes(gaps) == {(): 1.0}
    gaps, _ = find_gaps(ring, cell(0, 0, 4, 3))
    assert [round(gap.area_km2 / CELL_KM2, 2) for gap in gaps] == [3.0, 1.0]


def test_areas_are_those_of_the_ellipsoid() -> None:
    # Between two parallels on the ellipsoid, Snyder (1987), eq. 3-12: q(22.5°) - q(22.4°).
    e2 = 0.00669437999014
    e = np.sqrt(e2)

    def q(lat: float) -> float:
        sine = np.sin(np.radians(lat))
        log = np.log((1 - e * sine) / (1 + e * sine)) / (2 * e)
        return float((1 - e2) * (sine / (1 - e2 * sine**2) - log))

    expected = 6378.137**2 * np.radians(0.1) * (q(22.5) - q(22.4)) / 2
    assert areas_km2([shapely.box(104, 22.4, 104.1, 22.5)])[0] == pytest.approx(expected, rel=1e-5)
