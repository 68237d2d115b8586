"""The nearest site against brute force, above all where a careless search goes wrong."""

from __future__ import annotations

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from pyproj import Geod

from geo import nearest as module
from geo.geodesy import geodesic_m, to_ecef
from geo.nearest import TIE_M, Nearest, nearest

EARTH = Geod(ellps="WGS84")


def brute_force(
    lon: np.ndarray, lat: np.ndarray, site_lon: np.ndarray, site_lat: np.ndarray
) -> Nearest:
    index, distance = [], []
    for x, y in zip(lon, lat, strict=True):
        length = geodesic_m(
            np.full(len(site_lon), x), np.full(len(site_lon), y), site_lon, site_lat
        )
        first = int(np.flatnonzero(length <= length.min() + TIE_M)[0])
        index.append(first)
        distance.append(length[first])
    return Nearest(np.array(index), np.array(distance))


def assert_same(found: Nearest, expected: Nearest) -> None:
    np.testing.assert_array_equal(found.index, expected.index)
    np.testing.assert_allclose(found.distance_m, expected.distance_m, rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "west", "east", "south", "north"),
    [
        ("one province", 103.5, 104.6, 21.8, 22.9),
        ("the whole earth", -180.0, 180.0, -90.0, 90.0),
        ("north pole", -180.0, 180.0, 89.0, 90.0),
        ("south pole", -180.0, 180.0, -90.0, -89.9),
        ("date line", 179.0, 181.0, -20.0, -15.0),
        ("equator", -0.01, 0.01, -0.01, 0.01),
    ],
)
def test_agrees_with_brute_force(
    name: str, west: float, east: float, south: float, north: float
) -> None:
    rng = np.random.default_rng(len(name))
    lon, site_lon = rng.uniform(west, east, 300), rng.uniform(west, east, 120)
    lat, site_lat = rng.uniform(south, north, 300), rng.uniform(south, north, 120)
    lon = np.where(lon > 180, lon - 360, lon)
    site_lon = np.where(site_lon > 180, site_lon - 360, site_lon)
    assert_same(nearest(lon, lat, site_lon, site_lat), brute_force(lon, lat, site_lon, site_lat))


def test_distances_are_those_of_geographiclib() -> None:
    rng = np.random.default_rng(4)
    lon, lat = rng.uniform(102, 110, 200), rng.uniform(8, 23, 200)
    site_lon, site_lat = rng.uniform(102, 110, 50), rng.uniform(8, 23, 50)
    found = nearest(lon, lat, site_lon, site_lat)
    for i, j in enumerate(found.index):
        exact = Geodesic.WGS84.Inverse(lat[i], lon[i], site_lat[j], site_lon[j])["s12"]
        assert abs(found.distance_m[i] - exact) < 1e-6


def ring(lon: float, lat: float, radii_m: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sites around a point, in as many directions as there are distances."""
    azimuth = np.linspace(0, 360, len(radii_m), endpoint=False)
    site_lon, site_lat, _ = EARTH.fwd(
        np.full(len(radii_m), lon), np.full(len(radii_m), lat), azimuth, radii_m
    )
    return site_lon, site_lat


@pytest.mark.parametrize(
    ("lat", "radius_m"),
    [
        (0.0, 30e3),
        (0.0, 100e3),
        (0.0, 1000e3),
        (22.4, 30e3),
        (22.4, 100e3),
        (60.0, 100e3),
        (60.0, 1000e3),
        (89.5, 1000e3),
    ],
)
def test_a_site_nearer_by_a_hair_wins_though_its_chord_is_longer(
    lat: float, radius_m: float
) -> None:
    # The same geodesic has the longest chord where the earth bends least: along the parallel of
    # a low latitude, for instance. There stands the winner, nearer by half of what chords differ.
    radii = np.full(72, radius_m)
    site_lon, site_lat = ring(104.0, lat, radii)
    chord = np.linalg.norm(to_ecef(site_lon, site_lat) - to_ecef([104.0], [lat]), axis=1)
    spread = chord.max() - chord.min()
    assert spread > 1e-5
    winner = int(chord.argmax())
    radii[winner] -= spread / 2
    site_lon, site_lat = ring(104.0, lat, radii)
    found = nearest([104.0], [lat], site_lon, site_lat)
    assert found.index[0] == winner
    assert found.distance_m[0] == pytest.approx(radii[winner], abs=1e-6)


def test_close_runners_up_at_a_hundred_kilometres() -> None:
    rng = np.random.default_rng(8)
    for _ in range(30):
        lon, lat = rng.uniform(100, 110), rng.uniform(-60, 60)
        site_lon, site_lat = ring(lon, lat, 100e3 + rng.uniform(0, 0.02, 50))
        at = np.array([lon]), np.array([lat])
        assert_same(nearest(*at, site_lon, site_lat), brute_force(*at, site_lon, site_lat))


def test_ties_go_to_the_lowest_site() -> None:
    # Four sites mirrored in the equator and the meridian, in every order.
    site_lon, site_lat = np.array([1.0, -1.0, 1.0, -1.0]), np.array([1.0, 1.0, -1.0, -1.0])
    for shift in range(4):
        found = nearest([0.0], [0.0], np.roll(site_lon, shift), np.roll(site_lat, shift))
        assert found.index[0] == 0


def test_a_lattice_full_of_ties_agrees_with_brute_force() -> None:
    x, y = (grid.ravel() for grid in np.meshgrid(np.arange(-3.0, 4.0), np.arange(-3.0, 4.0)))
    assert_same(nearest(x + 0.5, y * 0.0, x, y), brute_force(x + 0.5, y * 0.0, x, y))


def test_sites_in_one_place_tie_for_the_lowest() -> None:
    site_lon, site_lat = [105.0, 104.0, 104.0, 104.0], [22.0, 22.0, 22.0, 22.0]
    assert nearest([104.1], [22.0], site_lon, site_lat).index.tolist() == [1]


def test_a_point_is_not_its_own_nearest_site() -> None:
    lon, lat = np.array([104.0, 104.1, 104.3]), np.full(3, 22.0)
    found = nearest(lon, lat, lon, lat, same_as=[0, 1, 2])
    assert found.index.tolist() == [1, 0, 1]
    assert nearest(lon, lat, lon, lat).index.tolist() == [0, 1, 2]
    assert nearest(lon, lat, lon, lat, same_as=[0, -1, 2]).index.tolist() == [1, 1, 1]


def test_another_site_in_the_same_place_still_counts() -> None:
    lon, lat = [104.0, 104.0, 104.0, 105.0], [22.0] * 4
    found = nearest(lon, lat, lon, lat, same_as=[0, 1, 2, 3])
    assert found.index.tolist() == [1, 0, 0, 0]
    assert found.distance_m[:3].tolist() == [0.0, 0.0, 0.0]


def test_excluding_itself_agrees_with_brute_force() -> None:
    rng = np.random.default_rng(5)
    lon, lat = rng.integers(0, 9, 60) / 10, rng.integers(0, 9, 60) / 10
    found = nearest(lon, lat, lon, lat, same_as=np.arange(60))
    for i in range(60):
        others = np.delete(np.arange(60), i)
        expected = brute_force(lon[i : i + 1], lat[i : i + 1], lon[others], lat[others])
        assert found.index[i] == others[expected.index[0]]


def test_no_site_is_an_answer() -> None:
    for found in (
        nearest([104.0], [22.0], [], []),
        nearest([104.0], [22.0], [np.nan], [22.0]),
        nearest([104.0], [22.0], [104.0], [22.0], same_as=[0]),
    ):
        assert found.index.tolist() == [-1]
        assert np.isnan(found.distance_m).all()


def test_missing_coordinates_are_an_answer() -> None:
    found = nearest([np.nan, 104.0, 104.0], [22.0, np.nan, 22.0], [np.nan, 104.0], [22.0, 22.0])
    assert found.index.tolist() == [-1, -1, 1]
    assert np.isnan(found.distance_m).tolist() == [True, True, False]


def test_no_point_is_no_answer() -> None:
    assert nearest([], [], [104.0], [22.0]).index.shape == (0,)


def test_sites_on_the_other_side_of_the_earth_agree_with_brute_force() -> None:
    # Near the antipode chords hardly differ, and the shortest way may lead over the pole.
    rng = np.random.default_rng(6)
    site_lon, site_lat = 180.0 + rng.uniform(-1, 1, 80), rng.uniform(-1, 1, 80)
    lon, lat = rng.uniform(-0.5, 0.5, 20), rng.uniform(-0.5, 0.5, 20)
    assert_same(nearest(lon, lat, site_lon, site_lat), brute_force(lon, lat, site_lon, site_lat))


def test_a_pole_has_every_longitude() -> None:
    found = nearest([0.0, 123.0], [90.0, -90.0], [77.0, -20.0], [90.0, -90.0])
    assert found.index.tolist() == [0, 1]
    np.testing.assert_allclose(found.distance_m, 0.0, atol=1e-8)


def test_the_answer_does_not_depend_on_order_blocks_or_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(9)
    lon, lat = rng.uniform(103, 105, 500), rng.uniform(21, 23, 500)
    site_lon, site_lat = rng.uniform(103, 105, 90), rng.uniform(21, 23, 90)
    whole = nearest(lon, lat, site_lon, site_lat, workers=1)
    monkeypatch.setattr(module, "_BLOCK", 64)
    monkeypatch.setattr(module, "_BATCH_CANDIDATES", 5)
    shuffled = rng.permutation(500)
    pieces = nearest(lon[shuffled], lat[shuffled], site_lon, site_lat)
    np.testing.assert_array_equal(pieces.index, whole.index[shuffled])
    np.testing.assert_array_equal(pieces.distance_m, whole.distance_m[shuffled])
