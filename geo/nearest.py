"""The nearest site to every point, exact on the ellipsoid.

A tree of earth-centred points finds the two shortest chords. Chords and geodesics nearly always
agree on who is nearest; where they might not, every site that could still win is measured:

* a straight line is never longer than the way along the surface, so a site with chord ``c`` is at
  least ``c`` away;
* the winner of the chords, with chord ``c1``, is at most ``longest_geodesic_m(c1)`` away.

So if the second chord is longer than that, the winner is certain. At 10 km the two differ by
1 mm and at 100 km by 1 m, so hardly any point needs the second look, except for true ties.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from geo.geodesy import (
    FloatArray,
    from_ecef,
    geodesic_between_m,
    geodesic_m,
    longest_geodesic_m,
    to_ecef,
)
from geo.locality import locality_order

IntArray = NDArray[np.int64]

TIE_M: Final = 1e-7
"""Geodesics that agree to 0.1 micrometres are equal; both methods are exact to a tenth of it."""
_ROUNDING_M: Final = 1e-6
_WHOLE_EARTH_M: Final = 3e7
_BATCH_CANDIDATES: Final = 1 << 19
_LEAF: Final = 24
_BLOCK: Final = 1 << 15


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The nearest site of each of ``n`` points.

    Attributes
    ----------
    index : ndarray of int64, shape (n,)
        Position of the site; -1 where there is none or the point has no coordinates.
    distance_m : ndarray, shape (n,)
        Geodesic metres on WGS84; NaN where there is no site.
    """

    index: IntArray
    distance_m: FloatArray


def nearest(
    lon: ArrayLike,
    lat: ArrayLike,
    site_lon: ArrayLike,
    site_lat: ArrayLike,
    *,
    same_as: ArrayLike | None = None,
    workers: int = -1,
) -> Nearest:
    """Find the nearest site of every point.

    Parameters
    ----------
    lon, lat : array-like, shape (n,)
        Points, degrees, EPSG:4326.
    site_lon, site_lat : array-like, shape (m,)
        Sites, degrees, EPSG:4326; a site without coordinates is never nearest.
    same_as : array-like of int, shape (n,), optional
        Position of the site that is the point itself and so does not count; -1 for none.
    workers : int, default -1
        Threads that share the points between them; -1 for all processors.

    Returns
    -------
    Nearest
        Of sites equally far the one with the lowest position, whatever the order of the points.
    """
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    index = np.full(len(x), -1, dtype=np.int64)
    distance = np.full(len(x), np.nan)
    places = _Places.of(np.asarray(site_lon, np.float64), np.asarray(site_lat, np.float64))
    rows = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if rows.size and len(places.first):
        rows = rows[locality_order(x[rows], y[rows])]
        itself = np.full(len(x), -1) if same_as is None else np.asarray(same_as, dtype=np.int64)
        tree = cKDTree(places.points, leafsize=_LEAF, balanced_tree=False)

        def settle(block: IntArray) -> None:
            points = to_ecef(x[block], y[block])
            index[block], distance[block] = _search(tree, places, points, itself[block])

        blocks = np.split(rows, np.arange(_BLOCK, len(rows), _BLOCK))
        with ThreadPoolExecutor(os.cpu_count() if workers < 0 else workers) as pool:
            list(pool.map(settle, blocks))
    return Nearest(index, distance)


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Where sites are, each place once: sites that share a place tie always and everywhere.

    Attributes
    ----------
    points : ndarray, shape (p, 3)
        Earth-centred metres.
    first, second : ndarray of int64, shape (p,)
        The two lowest sites of each place; the second is -1 where a site is alone.
    place_of : ndarray of int64, shape (m,)
        Place of each site; -1 without coordinates.
    """

    points: FloatArray
    first: IntArray
    second: IntArray
    place_of: IntArray

    @classmethod
    def of(cls, lon: FloatArray, lat: FloatArray) -> _Places:
        """Find the places of sites given by longitude and latitude in degrees."""
        sites = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        codes, _ = pd.factorize(lon[sites] + 1j * lat[sites])
        count = int(codes.max(initial=-1)) + 1
        # Written from the last to the first, so that the lowest site stays.
        first = np.full(count, -1, dtype=np.int64)
        first[codes[::-1]] = sites[::-1]
        more = np.flatnonzero(first[codes] != sites)[::-1]
        second = np.full(count, -1, dtype=np.int64)
        second[codes[more]] = sites[more]
        place_of = np.full(len(lon), -1, dtype=np.int64)
        place_of[sites] = codes
        return cls(to_ecef(lon[first], lat[first]), first, second, place_of)

    def forbidden(self, itself: IntArray) -> IntArray:
        """Return the place a point may not use, -1 for none: its own, unless shared."""
        place = np.where(itself >= 0, self.place_of[itself], -1)
        return np.where(self.second[place] < 0, place, -1)

    def site(self, place: IntArray, itself: IntArray) -> IntArray:
        """Return the lowest site of each place that is not the point itself."""
        return np.where(self.first[place] == itself, self.second[place], self.first[place])


def _search(
    tree: cKDTree, places: _Places, points: FloatArray, itself: IntArray
) -> tuple[IntArray, FloatArray]:
    """Return site and distance of each point, -1 and NaN where no site is left."""
    index = np.full(len(points), -1, dtype=np.int64)
    distance = np.full(len(points), np.nan)
    forbidden = places.forbidden(itself)
    chord, place = _shortest_chords(tree, points, forbidden)
    found = np.flatnonzero(np.isfinite(chord[:, 0]))
    winner = place[found, 0]
    index[found] = places.site(winner, itself[found])
    distance[found] = geodesic_between_m(points[found], places.points[winner])

    reach = np.minimum(longest_geodesic_m(chord[:, 0]) + _ROUNDING_M, _WHOLE_EARTH_M)
    doubtful = np.flatnonzero(np.isfinite(chord[:, 1]) & (chord[:, 1] <= reach))
    for rows in _batches(tree, points, reach, doubtful):
        near = tree.query_ball_point(points[rows], reach[rows])
        owner = np.repeat(np.arange(len(rows)), [len(candidates) for candidates in near])
        candidate = np.concatenate(near).astype(np.int64)
        allowed = candidate != forbidden[rows][owner]
        owner, candidate = owner[allowed], candidate[allowed]
        site = places.site(candidate, itself[rows][owner])
        length = geodesic_m(*from_ecef(points[rows][owner]), *from_ecef(places.points[candidate]))
        chosen = _first_of_the_shortest(owner, site, length)
        index[rows], distance[rows] = site[chosen], length[chosen]
    return index, distance


def _shortest_chords(
    tree: cKDTree, points: FloatArray, forbidden: IntArray
) -> tuple[FloatArray, IntArray]:
    """Return the two shortest chords and their places, each (n, 2); infinite where there is none.

    A forbidden place is never farther than the point itself, so three candidates leave two.
    """
    candidates = 3 if (forbidden >= 0).any() else 2
    chord, place = map(np.asarray, tree.query(points, k=candidates))
    if candidates == 2:
        return chord, place
    chord[place == forbidden[:, None]] = np.inf
    order = np.argsort(chord, axis=1, kind="stable")[:, :2]
    return np.take_along_axis(chord, order, axis=1), np.take_along_axis(place, order, axis=1)


def _batches(
    tree: cKDTree, points: FloatArray, reach: FloatArray, rows: IntArray
) -> Iterator[IntArray]:
    """Split rows so that each batch has a bounded number of candidates, however many tie."""
    if rows.size:
        count = tree.query_ball_point(points[rows], reach[rows], return_length=True)
        batch = np.cumsum(count) // _BATCH_CANDIDATES
        yield from np.split(rows, np.flatnonzero(np.diff(batch)) + 1)


def _first_of_the_shortest(owner: IntArray, site: IntArray, length: FloatArray) -> IntArray:
    """Return, for each owner in turn, where its lowest site among the shortest lengths is."""
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    shortest = np.minimum.reduceat(length, starts)
    tied = np.flatnonzero(length <= shortest[owner] + TIE_M)
    tied = tied[np.lexsort((site[tied], owner[tied]))]
    return tied[np.flatnonzero(np.diff(owner[tied], prepend=-1))]
