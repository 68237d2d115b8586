"""Line of sight: level ground, one knife edge and the earth's bulge, reckoned by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo.geodesy import geodesic_m
from geo.terrain import sight
from geo.terrain.dem import Dem
from geo.terrain.sight import (
    RadioPath,
    clearances,
    earth_bulge_m,
    first_zone_m,
    pairs_in_reach,
    see,
)
from planning.columns import FloatArray
from tests.unit.geo.terrain.dem_building import CELL_DEGREES, NORTH, WEST, grid_dem, mountains

WAVE_900 = 299_792_458.0 / 900e6


def plain(metres: float = 0.0, *, rows: int = 400, columns: int = 400) -> Dem:
    return grid_dem(np.full((rows, columns), metres))


def middle() -> FloatArray:
    return np.array([[WEST + 200 * CELL_DEGREES, NORTH - 200 * CELL_DEGREES]])


def east_of(place: FloatArray, metres: float) -> FloatArray:
    lon, lat, _ = Geod(ellps="WGS84").fwd(place[0, 0], place[0, 1], 90.0, metres)
    return np.array([[lon, lat]])


def columns_east(place: FloatArray, columns: float) -> FloatArray:
    return np.asarray(place + np.array([columns * CELL_DEGREES, 0.0]))


def test_the_first_zone_at_900_mhz_half_way_of_3_km_is_15_8_m() -> None:
    half = np.array([1500.0])
    assert first_zone_m(half, half, 900e6)[0] == pytest.approx(math.sqrt(WAVE_900 * 750))
    assert first_zone_m(half, half, 900e6)[0] == pytest.approx(15.806, abs=1e-3)


def test_the_earth_bulges_13_2_m_half_way_of_30_km() -> None:
    half = np.array([15_000.0])
    # 15,000² / (2 x 4/3 x 6,371,000) = 225e6 / 16,989,333.
    assert earth_bulge_m(half, half)[0] == pytest.approx(13.2436, abs=1e-3)
    assert earth_bulge_m(half, half, k=1.0)[0] == pytest.approx(17.6581, abs=1e-3)


def test_level_ground_is_clear_by_the_hand_reckoned_share() -> None:
    mast, village = middle(), east_of(middle(), 3000.0)
    legs = 101
    d = np.arange(1, legs) / legs * 3000.0
    free = 42.0 + (3.0 - 42.0) * d / 3000.0 - d * (3000.0 - d) / (2 * 4 / 3 * 6_371_000.0)
    by_hand = (free / np.sqrt(WAVE_900 * d * (3000.0 - d) / 3000.0)).min()
    # 2 sqrt(42 x 3 / (λ 3000)) = 0.7102 on a flat earth, a little less on a round one.
    assert by_hand == pytest.approx(0.7061, abs=1e-4)
    found = clearances(plain(), mast, village, step_m=29.9)
    assert found[0] == pytest.approx(by_hand, abs=1e-6)


def test_a_phone_in_the_hand_loses_level_ground_at_3_km() -> None:
    mast, village = middle(), east_of(middle(), 3000.0)
    low = clearances(plain(), mast, village, path=RadioPath(other_m=1.5))
    # 2 sqrt(42 x 1.5 / (λ 3000)) = 0.5022 on a flat earth.
    assert low[0] == pytest.approx(0.4995, abs=1e-3)


def knife(height: float) -> Dem:
    """Return a plain with a wall of one cell's breadth 150 cells east of its first column."""
    heights = np.zeros((400, 400))
    heights[:, 249] = height
    return grid_dem(heights)


@pytest.mark.parametrize(("height", "seen"), [(0.0, True), (5.0, True), (25.0, False)])
def test_one_ridge_hides_what_it_stands_in_front_of(height: float, seen: bool) -> None:
    mast = middle()
    village = columns_east(mast, 100)
    found = see(knife(height), mast, village, radius_m=3000.0)
    assert found.clear.tolist() == [[seen]]


def test_the_clearance_over_a_knife_edge_is_that_of_the_edge() -> None:
    mast = middle()
    village = columns_east(mast, 99)
    length = float(geodesic_m(*mast[0], *village[0]))
    # Places every cell; the edge in the middle of column 249 is met 49.5 of 99 cells on.
    edge = columns_east(mast, 49.5)
    d1 = float(geodesic_m(*mast[0], *edge[0]))
    d2 = length - d1
    line = 42.0 + (3.0 - 42.0) * d1 / length
    zone = math.sqrt(WAVE_900 * d1 * d2 / length)
    bulge = d1 * d2 / (2 * 4 / 3 * 6_371_000.0)
    found = clearances(knife(60.0), mast, village, step_m=length / 197.9)
    assert found[0] == pytest.approx((line - 60.0 - bulge) / zone, rel=1e-3)
    assert found[0] < 0


def test_30_km_over_level_ground_is_hidden_by_the_earth_alone() -> None:
    # Two masts of 12 m see 2 x sqrt(2 k R 12) = 28.6 km far over a smooth earth.
    dem = grid_dem(np.zeros((100, 1300)), cell=1 / 3600)
    mast = np.array([[WEST + 50 * CELL_DEGREES, NORTH - 50 * CELL_DEGREES]])
    path = RadioPath(mast_m=12.0, other_m=12.0, share=0.0)
    horizon = 2 * math.sqrt(2 * 4 / 3 * 6_371_000.0 * 12.0)
    assert horizon == pytest.approx(28_556, abs=1)
    near, far = east_of(mast, horizon - 300), east_of(mast, horizon + 300)
    assert clearances(dem, mast, near, path=path)[0] > 0
    assert clearances(dem, mast, far, path=path)[0] < 0


def test_unknown_ground_gives_no_sight_and_is_counted() -> None:
    heights = np.zeros((400, 400))
    heights[:, 250] = np.nan
    mast = middle()
    village = columns_east(mast, 100)
    found = see(grid_dem(heights), mast, village, radius_m=3000.0)
    assert not found.clear.any()
    assert np.isnan(found.worst).all()
    assert found.unknown == 1


def test_a_mast_in_the_village_sees_it() -> None:
    found = see(plain(), middle(), middle(), radius_m=3000.0)
    assert found.clear.tolist() == [[True]]
    assert found.worst.tolist() == [[math.inf]]


def test_beyond_the_radius_nothing_is_seen() -> None:
    found = see(plain(), middle(), east_of(middle(), 3000.5), radius_m=3000.0)
    assert found.clear.tolist() == [[False]]
    assert np.isnan(found.worst).all()
    assert found.unknown == 0


def test_pairs_are_those_of_every_distance_measured() -> None:
    rng = np.random.default_rng(5)
    masts, villages = rng.uniform(103.5, 103.7, (40, 2)), rng.uniform(103.5, 103.7, (25, 2))
    masts[:, 1] -= 81.0
    villages[:, 1] -= 81.0
    villages[3] = np.nan
    pairs = pairs_in_reach(masts, villages, 6000.0)
    every = geodesic_m(
        *(masts[:, None] + 0 * villages[None]).reshape(-1, 2).T,
        *np.nan_to_num(villages[None] + 0 * masts[:, None]).reshape(-1, 2).T,
    ).reshape(40, 25)
    every[:, 3] = np.inf
    assert np.array_equal(pairs.matrix(np.ones(len(pairs.mast), dtype=bool)), every <= 6000.0)
    assert pairs.distances()[every <= 6000.0] == pytest.approx(every[every <= 6000.0], abs=1e-6)
    assert len(pairs_in_reach(masts, villages, np.inf).mast) == 40 * 24
    # 100 km along the surface are a metre less through the earth.
    far = east_of(masts[:1], 100_000.5)
    assert len(pairs_in_reach(masts[:1], far, 100_000.0).mast) == 0
    assert len(pairs_in_reach(masts[:1], far, 100_001.0).mast) == 1
    assert len(pairs_in_reach(masts[:0], villages, 6000.0).mast) == 0


def test_a_path_is_judged_the_same_alone_and_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    dem = grid_dem(mountains(300, 300))
    rng = np.random.default_rng(2)
    ones = np.array([WEST, NORTH]) + rng.uniform(0.1, 0.9, (60, 2)) * 299 * CELL_DEGREES * [1, -1]
    others = ones + rng.uniform(-20, 20, (60, 2)) * CELL_DEGREES
    together = clearances(dem, ones, others)
    monkeypatch.setattr(sight, "_CHUNK_PLACES", 50)
    assert np.array_equal(clearances(dem, ones, others), together)
    alone = [clearances(dem, ones[i : i + 1], others[i : i + 1])[0] for i in range(60)]
    assert np.array_equal(together, np.array(alone))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 50), st.floats(10.0, 60.0), st.floats(0.0, 40.0))
def test_a_higher_mast_never_sees_less_and_sight_goes_both_ways(
    seed: int, mast_m: float, more: float
) -> None:
    dem = grid_dem(mountains(120, 120, seed=seed, relief_m=300.0))
    rng = np.random.default_rng(seed)
    ones = np.array([WEST, NORTH]) + rng.uniform(0.1, 0.9, (10, 2)) * 119 * CELL_DEGREES * [1, -1]
    others = ones[::-1].copy()
    low = clearances(dem, ones, others, path=RadioPath(mast_m=mast_m))
    high = clearances(dem, ones, others, path=RadioPath(mast_m=mast_m + more))
    assert (high >= low - 1e-9).all()
    back = clearances(dem, others, ones, path=RadioPath(mast_m=3.0, other_m=mast_m))
    assert back == pytest.approx(low, rel=1e-6, abs=1e-6)
