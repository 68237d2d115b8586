"""Where masts could stand, and how they are linked to the network."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.geodesy import geodesic_m
from geo.terrain.backhaul import band_hz, find_backhaul
from geo.terrain.candidates import (
    CandidateKind,
    HeightSearch,
    find_candidates,
    find_heights,
    places_between,
)
from geo.terrain.dem import Dem
from geo.terrain.sight import pairs_in_reach
from planning.columns import FloatArray
from planning.optimise.mast_certificate import check_masts
from planning.optimise.masts import cover_all
from services.province import shipped_province
from tests.unit.geo.terrain.dem_building import CELL_DEGREES, NORTH, WEST, grid_dem, mountains


def cell(column: float, row: float) -> list[float]:
    return [WEST + (column + 0.5) * CELL_DEGREES, NORTH - (row + 0.5) * CELL_DEGREES]


def cones(*summits: tuple[int, int, float]) -> Dem:
    row, column = np.mgrid[:300, :300]
    heights = np.zeros((300, 300))
    for c, r, top in summits:
        heights = np.maximum(heights, top - 3.0 * np.hypot(column - c, row - r))
    return grid_dem(heights)


def test_summits_near_a_village_are_candidates_and_the_plain_is_not() -> None:
    dem = cones((120, 100, 200.0), (180, 150, 90.0), (290, 290, 300.0))
    found = find_heights(dem, np.array([cell(150, 130)]), 3000.0)
    assert found == pytest.approx(np.array([cell(120, 100), cell(180, 150)]))


def test_a_level_summit_is_one_place() -> None:
    dem = cones((120, 100, 200.0))
    dem = Dem(np.minimum(dem.heights, np.float32(190.0)), dem.affine, dem.crs)
    assert len(find_heights(dem, np.array([cell(118, 100)]), 3000.0)) == 1


def test_only_the_highest_are_kept_and_never_one_beyond_the_radius() -> None:
    dem = grid_dem(mountains(300, 300))
    village = np.array([cell(150, 150)])
    search = HeightSearch(apart_m=100.0, rise_m=1.0, most=7)
    few, many = (
        find_heights(dem, village, 3000.0, HeightSearch(search.apart_m, search.rise_m, most))
        for most in (7, 500)
    )
    assert len(few) == 7 < len(many)
    assert (geodesic_m(*many.T, *np.repeat(village, len(many), axis=0).T) <= 3000.0).all()
    assert dem.sample(few).min() >= np.sort(dem.sample(many))[-7] - 1e-3


def test_unknown_ground_and_the_edge_of_the_grid_hold_no_summit() -> None:
    holed = cones((120, 100, 200.0)).heights.copy()
    holed[90:110, 110:130] = np.nan
    dem = grid_dem(holed)
    found = find_heights(dem, np.array([cell(120, 100), [float("nan")] * 2]), 2000.0)
    assert np.isfinite(dem.sample(found)).all()
    far = np.array([[WEST - 3.0, NORTH]])
    assert len(find_heights(dem, far, 2000.0)) == 0


def test_candidates_are_stations_in_reach_the_villages_and_heights() -> None:
    dem = cones((120, 100, 200.0))
    villages = np.array([cell(150, 100), [np.nan, np.nan], cell(100, 90)])
    stations = np.array([cell(290, 290), cell(160, 110)])
    found = find_candidates(villages, stations=stations, radius_m=3000.0, dem=dem)
    assert found.kind.tolist() == [
        CandidateKind.STATION, CandidateKind.VILLAGE, CandidateKind.VILLAGE, CandidateKind.HEIGHT,
    ]  # fmt: skip
    assert found.source.tolist() == [1, 0, 2, -1]
    assert found.height_m[3] == pytest.approx(200.0, abs=0.1)
    bare = find_candidates(villages, stations=stations, radius_m=3000.0)
    assert bare.kind.tolist() == [*found.kind.tolist()[:3], *[CandidateKind.BETWEEN] * 3]
    assert np.isnan(bare.height_m).all()


def test_without_stations_the_villages_remain() -> None:
    found = find_candidates(np.array([cell(5, 5)]), stations=np.empty((0, 2)), radius_m=3000.0)
    assert found.kind.tolist() == [CandidateKind.VILLAGE]


def test_one_mast_between_three_villages_is_found_without_heights() -> None:
    # Sides of 4.5 km: the middle is 2.6 km from each corner, every corner too far from the others.
    geod = Geod(ellps="WGS84")
    corners = [geod.fwd(103.9, 22.3, azimuth, 2600.0)[:2] for azimuth in (0.0, 120.0, 240.0)]
    villages = np.array(corners)
    found = find_candidates(villages, stations=np.empty((0, 2)), radius_m=3000.0)
    assert found.kind.tolist().count(CandidateKind.BETWEEN) == 9
    pairs = pairs_in_reach(found.lonlat, villages, 3000.0)
    covers = pairs.matrix(np.ones(len(pairs.mast), dtype=np.bool_))
    assert covers[:3].sum() == 3
    plan = cover_all(covers, np.ones(len(covers)))
    assert plan.cost == 1.0


def test_two_villages_at_one_place_or_too_far_apart_have_none_between() -> None:
    assert len(places_between(np.array([cell(0, 0), cell(0, 0)]), 3000.0)) == 0
    assert len(places_between(np.array([cell(0, 0), cell(300, 0)]), 3000.0)) == 0


def test_the_six_villages_of_the_target_take_six_masts_at_3_km_and_five_at_5() -> None:
    province = shipped_province()
    target = next(t for t in province.targets if t.target_id == "no-signal-2024")
    cohort = province.cohort(target.gap, target.cohort_on).to_numpy()
    villages = shapely.get_coordinates(province.villages.geometry[cohort].to_numpy())
    assert len(villages) == 6
    masts = {}
    for radius in (3000.0, 5000.0):
        # No station is passed: each of them gives a signal, and yet these villages have none.
        sites = find_candidates(villages, stations=np.empty((0, 2)), radius_m=radius)
        pairs = pairs_in_reach(sites.lonlat, villages, radius)
        covers = pairs.matrix(np.ones(len(pairs.mast), dtype=np.bool_))
        plan = cover_all(covers, np.ones(len(covers)))
        check_masts(plan, covers, np.ones(len(covers)), every_village=True)
        masts[radius] = len(plan.sites)
    print(f"no-signal-2024, masts by radius in metres: {masts}")
    assert masts == {3000.0: 6, 5000.0: 5}


def east(column: float) -> FloatArray:
    return np.array([cell(column, 20)])


def test_without_heights_the_nearest_station_within_30_km_is_the_other_end() -> None:
    sites = np.concatenate((east(0), east(3000)))
    stations = np.concatenate((east(400), east(100), [[np.nan, np.nan]]))
    found = find_backhaul(sites, stations)
    assert found.station.tolist() == [1, -1]
    assert found.length_m[0] == pytest.approx(float(geodesic_m(*sites[0], *stations[1])))
    assert np.isnan(found.length_m[1])
    assert not found.checked


def test_with_heights_a_ridge_turns_the_link_to_a_farther_station() -> None:
    heights = np.zeros((40, 500))
    heights[:, 50] = 100.0
    dem = grid_dem(heights)
    sites = east(100)
    stations = np.concatenate((east(20), east(300)))
    found = find_backhaul(sites, stations, dem=dem)
    assert found.station.tolist() == [1]
    assert found.checked
    assert find_backhaul(sites, stations[:1], dem=dem).station.tolist() == [-1]
    assert find_backhaul(sites, stations[:1]).station.tolist() == [0]


def test_bands_go_down_as_links_grow() -> None:
    metres = np.array([1.0, 10_000.0, 10_001.0, 20_001.0, 90_000.0])
    assert band_hz(metres).tolist() == [18e9, 18e9, 15e9, 8e9, 8e9]
