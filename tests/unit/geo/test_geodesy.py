"""Distances against GeographicLib's own implementation, and the bound the search rests on."""

from __future__ import annotations

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from pyproj import Geod

from geo.geodesy import (
    POLE_RADIUS_M,
    SHARPEST_RADIUS_M,
    from_ecef,
    geodesic_between_m,
    geodesic_m,
    longest_geodesic_m,
    to_ecef,
)


def pairs(n: int, length_m: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of positions a given geodesic apart, anywhere on earth and in any direction."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(-180, 180, n), np.degrees(np.arcsin(rng.uniform(-1, 1, n)))
    lon2, lat2, _ = Geod(ellps="WGS84").fwd(lon, lat, rng.uniform(0, 360, n), np.full(n, length_m))
    return np.column_stack((lon, lat)), np.column_stack((lon2, lat2))


def test_corners_of_the_earth_in_earth_centred_metres() -> None:
    points = to_ecef([0.0, 90.0, 180.0, 77.0], [0.0, 0.0, 0.0, 90.0])
    expected = [
        [6378137.0, 0, 0],
        [0, 6378137.0, 0],
        [-6378137.0, 0, 0],
        [0, 0, 6356752.314245179],
    ]
    np.testing.assert_allclose(points, expected, atol=1e-8)


def test_positions_survive_the_way_there_and_back() -> None:
    rng = np.random.default_rng(0)
    lon, lat = rng.uniform(-180, 180, 1000), rng.uniform(-90, 90, 1000)
    back_lon, back_lat = from_ecef(to_ecef(lon, lat))
    np.testing.assert_allclose(back_lon, lat * 0 + lon, atol=1e-9)
    np.testing.assert_allclose(back_lat, lat, atol=1e-13)


def test_a_quarter_of_a_meridian() -> None:
    assert geodesic_m([0.0], [0.0], [0.0], [90.0])[0] == pytest.approx(10001965.729, abs=1e-3)


@pytest.mark.parametrize("length_m", [0.001, 1.0, 500.0, 20e3, 99e3, 101e3, 2e6, 1.9e7])
def test_chords_become_geodesics_to_a_micrometre(length_m: float) -> None:
    one, other = pairs(300, length_m, seed=int(length_m))
    found = geodesic_between_m(to_ecef(*one.T), to_ecef(*other.T))
    exact = [
        Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"]
        for a, b in zip(one, other, strict=True)
    ]
    assert np.abs(found - exact).max() < 1e-6


def test_the_error_of_the_series_stays_below_its_stated_law() -> None:
    # At its worst, north to south across the equator: 2.6e-32 s^5.
    half = np.degrees(49_500.0 / SHARPEST_RADIUS_M)
    points, others = to_ecef([105.0], [-half]), to_ecef([105.0], [half])
    exact = geodesic_m([105.0], [-half], [105.0], [half])[0]
    error = abs(geodesic_between_m(points, others)[0] - exact)
    assert 1e-7 < error < 2.7e-32 * exact**5


def test_a_point_is_at_no_distance_from_itself() -> None:
    points = to_ecef([103.97, -180.0, 0.0], [22.486, 0.0, 90.0])
    assert geodesic_between_m(points, points).tolist() == [0.0, 0.0, 0.0]


def test_no_point_gives_no_distance() -> None:
    assert geodesic_between_m(np.empty((0, 3)), np.empty((0, 3))).shape == (0,)


@pytest.mark.parametrize("length_m", [1.0, 1e3, 1e4, 1e5, 1e6, 5e6, 1e7, 1.5e7, 1.99e7, 2.0e7])
def test_no_geodesic_is_shorter_than_its_chord_or_longer_than_the_bound(length_m: float) -> None:
    one, other = pairs(2000, length_m, seed=1)
    chord = np.linalg.norm(to_ecef(*one.T) - to_ecef(*other.T), axis=1)
    length = geodesic_m(*one.T, *other.T)
    assert (length >= chord - 1e-8).all()
    assert (length <= longest_geodesic_m(chord) + 1e-8).all()


def test_the_bound_is_reached_where_the_earth_bends_most() -> None:
    step = np.degrees(5000.0 / SHARPEST_RADIUS_M)
    chord = np.linalg.norm(to_ecef([0.0], [-step]) - to_ecef([0.0], [step]), axis=1)
    slack = longest_geodesic_m(chord) - geodesic_m([0.0], [-step], [0.0], [step])
    assert 0.0 <= slack[0] + 1e-8 < 2e-8 + 1e-8


def test_opposite_points_have_no_bound() -> None:
    assert longest_geodesic_m(np.array([2.0 * POLE_RADIUS_M]))[0] == np.inf
