"""Exact distances on the WGS84 ellipsoid, along the surface and straight through it.

Positions are longitudes and latitudes in degrees (EPSG:4326) or *earth-centred* metres: points
``(x, y, z)`` of EPSG:4978 on the ellipsoid itself (height 0). The straight line between two
earth-centred points is their *chord*; the shortest way along the surface is the *geodesic*.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

FloatArray = NDArray[np.float64]

EQUATOR_RADIUS_M: Final = 6_378_137.0
FLATTENING: Final = 1.0 / 298.257223563
POLE_RADIUS_M: Final = EQUATOR_RADIUS_M * (1.0 - FLATTENING)
ECCENTRICITY_SQUARED: Final = FLATTENING * (2.0 - FLATTENING)
SHARPEST_RADIUS_M: Final = POLE_RADIUS_M**2 / EQUATOR_RADIUS_M
"""Smallest radius of curvature of the ellipsoid: that of a meridian where it meets the equator."""
SERIES_LIMIT_M: Final = 100_000.0
"""Lengths up to this are computed from the chord by a series, to less than 1 micrometre."""

_AXES_RATIO_SQUARED: Final = (EQUATOR_RADIUS_M / POLE_RADIUS_M) ** 2
_DIAMETER_SQUARED: Final = 4.0 * EQUATOR_RADIUS_M**2
_BOUND_LIMIT_M: Final = 12_000_000.0
_TINY: Final = 1e-300
_BLOCK: Final = 1 << 14


def to_ecef(lon: ArrayLike, lat: ArrayLike) -> FloatArray:
    """Return positions as earth-centred metres (EPSG:4978, height 0).

    Parameters
    ----------
    lon, lat : array-like, shape (n,)
        Degrees, EPSG:4326.

    Returns
    -------
    ndarray, shape (n, 3)
    """
    longitude, latitude = np.radians(lon), np.radians(lat)
    sine = np.sin(latitude)
    normal = EQUATOR_RADIUS_M / np.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
    from_axis = normal * np.cos(latitude)
    points = np.empty((*np.shape(sine), 3))
    np.multiply(from_axis, np.cos(longitude), out=points[..., 0])
    np.multiply(from_axis, np.sin(longitude), out=points[..., 1])
    np.multiply(normal * (1.0 - ECCENTRICITY_SQUARED), sine, out=points[..., 2])
    return points


def from_ecef(points: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return longitudes and latitudes in degrees of earth-centred points at height 0.

    Parameters
    ----------
    points : ndarray, shape (n, 3)
        Metres, EPSG:4978, on the ellipsoid.

    Returns
    -------
    tuple of ndarray, each of shape (n,)
    """
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    latitude = np.arctan2(z, (1.0 - ECCENTRICITY_SQUARED) * np.hypot(x, y))
    return np.degrees(np.arctan2(y, x)), np.degrees(latitude)


def geodesic_m(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> FloatArray:
    """Return geodesic lengths between positions, row by row.

    Parameters
    ----------
    lon1, lat1, lon2, lat2 : array-like, shape (n,)
        Degrees, EPSG:4326.

    Returns
    -------
    ndarray, shape (n,)
        Metres, to 15 nanometres (Karney 2013, "Algorithms for geodesics", J. Geodesy 87, 43-55,
        as implemented in PROJ).
    """
    start_lon, start_lat, end_lon, end_lat = (
        np.asarray(column, dtype=np.float64) for column in (lon1, lat1, lon2, lat2)
    )
    _, _, length = Geod(ellps="WGS84").inv(start_lon, start_lat, end_lon, end_lat)
    return np.asarray(length, dtype=np.float64)


def geodesic_between_m(points: FloatArray, others: FloatArray) -> FloatArray:
    """Return geodesic lengths between earth-centred points, row by row.

    Parameters
    ----------
    points, others : ndarray, shape (n, 3)
        Metres, EPSG:4978, on the ellipsoid.

    Returns
    -------
    ndarray, shape (n,)
        Metres; up to 100 km by the series below, beyond by :func:`geodesic_m`.

    Notes
    -----
    A geodesic of length ``s`` whose curvature halfway is ``k`` has a chord of
    ``(2 / k) sin(k s / 2)`` and terms of ``s**5`` that vanish on a sphere; the largest of them on
    WGS84 is ``2.6e-32 s**5`` (0.3 micrometres at 100 km). With ``D = diag(1/a², 1/a², 1/b²)``, the
    unit vector ``u`` along the chord and the sum ``m`` of its ends, the curvature of the surface
    along the chord is ``k = (u·Du) sqrt(m·Dm) / |Dm|``: no angle, no azimuth, no trigonometry.
    Derived in docs/explanation/scoring.md.
    """
    length = np.empty(len(points))
    for start in range(0, len(points), _BLOCK):
        rows = slice(start, start + _BLOCK)
        length[rows] = _series_length(points[rows], others[rows])
    far = np.flatnonzero(length > SERIES_LIMIT_M)
    if far.size:
        length[far] = geodesic_m(*from_ecef(points[far]), *from_ecef(others[far]))
    return length


def _series_length(points: FloatArray, others: FloatArray) -> FloatArray:
    """Return the lengths of arcs that bend as the surface does halfway."""
    x, y, z = (points[:, axis] - others[:, axis] for axis in range(3))
    vertical = z * z
    square = x * x + y * y + vertical
    # u·Du, times a² and the squared chord; m·Dm follows, because both ends lie on the surface.
    along = square + (_AXES_RATIO_SQUARED - 1.0) * vertical
    x, y, z = (points[:, axis] + others[:, axis] for axis in range(3))
    normal = x * x + y * y + _AXES_RATIO_SQUARED**2 * (z * z)
    # The squared sine of half the arc: (k × chord / 2)². Two equal points have none.
    bend = along * (along / np.maximum(square, _TINY)) * (_DIAMETER_SQUARED - along)
    bend /= _DIAMETER_SQUARED * normal
    # arcsin(x) / x, as a series in x².
    stretch = 1.0 + bend * (1.0 / 6.0 + bend * (3.0 / 40.0 + bend * (5.0 / 112.0)))
    return np.asarray(np.sqrt(square) * stretch)


def longest_geodesic_m(chord_m: FloatArray) -> FloatArray:
    """Return a length that no geodesic with the given chord exceeds.

    Parameters
    ----------
    chord_m : ndarray, shape (n,)
        Metres.

    Returns
    -------
    ndarray, shape (n,)
        ``2 r arcsin(c / 2r)`` with the sharpest radius of curvature ``r`` of the ellipsoid:
        of all arcs that bend no more than a circle, none spans its chord by a longer way than
        the circle does (Schur's comparison theorem). Infinite for chords beyond 12,000 km, where
        the way around may leave the half circle for which this holds.
    """
    half_angle = np.arcsin(np.minimum(chord_m / (2.0 * SHARPEST_RADIUS_M), 1.0))
    return np.where(chord_m > _BOUND_LIMIT_M, np.inf, 2.0 * SHARPEST_RADIUS_M * half_angle)
