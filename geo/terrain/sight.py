"""Line of sight over the ground, with room for the first Fresnel zone.

With ``d1`` and ``d2`` the metres to the two ends, ``D = d1 + d2``, ground ``h``, antennas ``za``
and ``zb`` above the sea and wavelength ``λ``::

    line          za + (zb - za) d1 / D
    earth bulge   d1 d2 / (2 k R)          k = 4/3, R = 6,371 km
    first zone    sqrt(λ d1 d2 / D)
    clearance     (line - h - bulge) / first zone       least of all places between the ends

A path is clear if that least clearance reaches the share asked for. The default of 0.6 is the usual
rule of radio planning, since an edge that leaves so much free takes practically nothing from the
signal (knife-edge diffraction); k = 4/3 is the usual standard atmosphere. Ground between the places
looked at is not seen, and neither are trees and houses unless the elevation model holds them. See
docs/explanation/masts.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from geo.geodesy import FloatArray, from_ecef, geodesic_between_m, to_ecef
from geo.terrain.dem import Dem
from planning.columns import BoolArray, IntArray

EARTH_RADIUS_M: Final = 6_371_000.0
LIGHT_M_PER_S: Final = 299_792_458.0
_CHUNK_PLACES: Final = 1 << 20
_COARSEST_M: Final = 100.0
_FINEST_M: Final = 5.0


@dataclass(frozen=True, slots=True)
class RadioPath:
    """What a path is judged by.

    Attributes
    ----------
    frequency_hz : float
        900 MHz by default: of the usual bands of access the one that bends best around ridges.
    mast_m, other_m : float
        Antennas above the ground at the two ends. Over level ground the least clearance is
        ``2 sqrt(mast other / (λ D))``: at 3 km 0.71 from 42 m to 3 m, under the eaves of a house,
        but 0.50 to 1.5 m, a phone in the hand, so that level ground itself would fail.
    share : float
        Of the first Fresnel zone that must be free; 0 asks for sight alone.
    k : float
        Effective earth radius over the true one.
    """

    frequency_hz: float = 900e6
    mast_m: float = 42.0
    other_m: float = 3.0
    share: float = 0.6
    k: float = 4.0 / 3.0


ACCESS: Final = RadioPath()
"""From a mast to the phones of a village."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Which masts are looked at from which villages.

    Attributes
    ----------
    mast, village : ndarray of int, shape (p,)
        Ascending by mast, then by village.
    distance_m : ndarray of float, shape (p,)
        Geodesic metres.
    n_masts, n_villages : int
    """

    mast: IntArray
    village: IntArray
    distance_m: FloatArray
    n_masts: int
    n_villages: int

    def matrix(self, chosen: BoolArray) -> BoolArray:
        """Return pairs as a table of masts by villages, false where there is no pair."""
        table = np.zeros((self.n_masts, self.n_villages), dtype=np.bool_)
        table[self.mast[chosen], self.village[chosen]] = True
        return table

    def distances(self) -> FloatArray:
        """Return distances as a table of masts by villages, infinite where there is no pair."""
        table = np.full((self.n_masts, self.n_villages), np.inf)
        table[self.mast, self.village] = self.distance_m
        return table


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What the masts see.

    Attributes
    ----------
    clear : ndarray of bool, shape (masts, villages)
        Sight with the clearance asked for; false beyond the radius and where the ground is unknown.
    worst : ndarray of float, shape (masts, villages)
        Least clearance as a multiple of the first Fresnel zone's radius: negative behind a ridge,
        0 where it is grazed, infinite between ends nearer than the spacing of the ground. NaN
        beyond the radius and where the ground is unknown.
    unknown : int
        Pairs within the radius whose ground is not all known.
    """

    clear: BoolArray
    worst: FloatArray
    unknown: int


def pairs_in_reach(masts: FloatArray, villages: FloatArray, radius_m: float) -> Pairs:
    """Find all pairs of a mast and a village at most a radius apart.

    Parameters
    ----------
    masts, villages : ndarray of float, shape (m, 2) and (v, 2)
        Degrees, EPSG:4326. A place without coordinates has no pair.
    radius_m : float
        Geodesic metres; infinite for all pairs.

    Returns
    -------
    Pairs
    """
    known = [np.flatnonzero(np.isfinite(places).all(axis=1)) for places in (masts, villages)]
    ends = [to_ecef(*places[rows].T) for places, rows in zip((masts, villages), known, strict=True)]
    # A chord is never longer than its geodesic: no pair within the radius escapes.
    near = cKDTree(ends[0]).query_ball_tree(cKDTree(ends[1]), radius_m) if len(ends[0]) else []
    one = np.repeat(np.arange(len(near)), [len(each) for each in near])
    other = np.array([at for each in near for at in sorted(each)], dtype=np.int64)
    length = geodesic_between_m(ends[0][one], ends[1][other])
    kept = length <= radius_m
    mast, village = known[0][one[kept]], known[1][other[kept]]
    return Pairs(mast, village, length[kept], len(masts), len(villages))


def see(
    dem: Dem,
    masts: FloatArray,
    villages: FloatArray,
    *,
    radius_m: float,
    path: RadioPath = ACCESS,
    step_m: float | None = None,
) -> Sight:
    """Tell which masts have a clear path to which villages within a radius.

    Parameters
    ----------
    dem : Dem
    masts, villages : ndarray of float, shape (m, 2) and (v, 2)
        Degrees, EPSG:4326.
    radius_m : float
    path : RadioPath
    step_m : float, optional
        Longest distance between places looked at; the spacing of the elevation model by default,
        within 5 to 100 m.

    Returns
    -------
    Sight
    """
    pairs = pairs_in_reach(masts, villages, radius_m)
    worst = clearances(dem, masts[pairs.mast], villages[pairs.village], path=path, step_m=step_m)
    table = np.full((pairs.n_masts, pairs.n_villages), np.nan)
    table[pairs.mast, pairs.village] = worst
    return Sight(pairs.matrix(worst >= path.share), table, int(np.isnan(worst).sum()))


def clearances(
    dem: Dem,
    ones: FloatArray,
    others: FloatArray,
    *,
    path: RadioPath = ACCESS,
    step_m: float | None = None,
) -> FloatArray:
    """Return the least clearance of each path as a multiple of the first Fresnel zone's radius.

    Parameters
    ----------
    dem : Dem
    ones, others : ndarray of float, shape (n, 2)
        Ends of the paths, degrees, EPSG:4326; the mast of ``path`` stands at the ``ones``.
    path : RadioPath
    step_m : float, optional
        As in :func:`see`.

    Returns
    -------
    ndarray of float, shape (n,)
        As :attr:`Sight.worst`.
    """
    step = step_m or float(np.clip(dem.spacing_m, _FINEST_M, _COARSEST_M))
    starts, ends = to_ecef(*ones.T), to_ecef(*others.T)
    length = geodesic_between_m(starts, ends)
    from_m = dem.sample(ones) + path.mast_m
    to_m = dem.sample(others) + path.other_m
    legs = np.maximum(np.ceil(length / step), 1).astype(np.int64)
    worst = np.full(len(ones), np.inf)
    for rows in _chunks(legs - 1):
        between = legs[rows] - 1
        owner = np.repeat(np.arange(len(rows)), between)
        first = np.cumsum(between) - between
        share = (np.arange(len(owner)) - first[owner] + 1) / legs[rows][owner]
        at = rows[owner]
        # The straight way through the earth, seen from its centre, is the great circle above it.
        points = starts[at] + share[:, None] * (ends[at] - starts[at])
        ground = dem.sample(np.column_stack(from_ecef(points)))
        d1, d2 = share * length[at], (1.0 - share) * length[at]
        line = from_m[at] + share * (to_m[at] - from_m[at])
        free = (line - ground - earth_bulge_m(d1, d2, path.k)) / first_zone_m(
            d1, d2, path.frequency_hz
        )
        full = between > 0
        if full.any():
            worst[rows[full]] = np.minimum.reduceat(free, first[full])
    worst[np.isnan(from_m) | np.isnan(to_m)] = np.nan
    return worst


def first_zone_m(d1_m: FloatArray, d2_m: FloatArray, frequency_hz: float) -> FloatArray:
    """Return the radius of the first Fresnel zone, metres, at distances from the two ends."""
    wavelength = LIGHT_M_PER_S / frequency_hz
    return np.asarray(np.sqrt(wavelength * d1_m * d2_m / (d1_m + d2_m)))


def earth_bulge_m(d1_m: FloatArray, d2_m: FloatArray, k: float = 4.0 / 3.0) -> FloatArray:
    """Return how far the earth rises above the chord between two ends, metres."""
    return np.asarray(d1_m * d2_m / (2.0 * k * EARTH_RADIUS_M))


def _chunks(places: IntArray) -> Iterator[IntArray]:
    """Split rows so that each part looks at a bounded number of places."""
    if len(places):
        part = np.cumsum(places) // _CHUNK_PLACES
        yield from np.split(np.arange(len(places)), np.flatnonzero(np.diff(part)) + 1)
