"""Where a mast could stand: at existing stations, in the villages, on heights around them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod
from scipy.ndimage import label, maximum_filter, minimum_filter

from geo.geodesy import FloatArray
from geo.nearest import nearest
from geo.terrain.dem import Dem
from geo.terrain.sight import pairs_in_reach
from planning.columns import IntArray


class CandidateKind(StrEnum):
    """What a candidate site is."""

    STATION = "station"
    VILLAGE = "village"
    HEIGHT = "height"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Places a mast could stand.

    Attributes
    ----------
    lonlat : ndarray of float, shape (s, 2)
        Degrees, EPSG:4326.
    kind : ndarray of str, shape (s,)
        Values of :class:`CandidateKind`: stations first, then villages, then heights or, without
        an elevation model, places between villages.
    source : ndarray of int, shape (s,)
        Position among the stations or villages given; -1 for other places.
    height_m : ndarray of float, shape (s,)
        Of the ground; NaN where not known.
    """

    lonlat: FloatArray
    kind: NDArray[np.str_]
    source: IntArray
    height_m: FloatArray


@dataclass(frozen=True, slots=True)
class HeightSearch:
    """Which high points are worth a mast.

    Attributes
    ----------
    apart_m : float
        A high point is the highest within this distance.
    rise_m : float
        It stands at least this much above the lowest ground within ``apart_m``, so that a plain
        has none.
    most : int
        How many are kept for each village, the highest.
    """

    apart_m: float = 400.0
    rise_m: float = 20.0
    most: int = 30


_INSIDE: Final = 1e-3

DEFAULT_SEARCH: Final = HeightSearch()


def find_candidates(
    lacking: FloatArray,
    *,
    stations: FloatArray,
    radius_m: float,
    dem: Dem | None = None,
    search: HeightSearch = DEFAULT_SEARCH,
) -> Candidates:
    """List the sites from which villages could be reached.

    Parameters
    ----------
    lacking : ndarray of float, shape (v, 2)
        Villages to reach, degrees, EPSG:4326; each with coordinates is a candidate too.
    stations : ndarray of float, shape (b, 2)
        Existing stations that may be upgraded. One that already gives what a village lacks proves,
        by its being near, that nearness alone does not help: pass it only if sight decides.
    radius_m : float
        Stations and high points farther from every village are left out.
    dem : Dem, optional
        Without it there are no high points, but :func:`places_between`.
    search : HeightSearch

    Returns
    -------
    Candidates
    """
    known = np.flatnonzero(np.isfinite(lacking).all(axis=1))
    near = nearest(*stations.T, *lacking[known].T, workers=1).distance_m <= radius_m
    used = np.flatnonzero(near)
    if dem is not None:
        others = find_heights(dem, lacking[known], radius_m, search)
    else:
        others = places_between(lacking[known], radius_m)
    lonlat = np.concatenate((stations[used], lacking[known], others))
    other = CandidateKind.BETWEEN if dem is None else CandidateKind.HEIGHT
    kinds = [CandidateKind.STATION, CandidateKind.VILLAGE, other]
    counts = [len(used), len(known), len(others)]
    return Candidates(
        lonlat,
        np.repeat(np.array([str(kind) for kind in kinds]), counts),
        np.concatenate((used, known, np.full(len(others), -1))),
        np.full(len(lonlat), np.nan) if dem is None else dem.sample(lonlat),
    )


def places_between(villages: FloatArray, radius_m: float) -> FloatArray:
    """Return places from which several villages are within a radius.

    If any place reaches some villages, one of the points where two of their circles meet does
    (Church 1984, "The planar maximal covering location problem", *J. Regional Science* 24); so
    these are enough to find the fewest masts by distance alone. Halves of the ways between
    villages are added, which lie safer inside.

    Parameters
    ----------
    villages : ndarray of float, shape (n, 2)
        Degrees, EPSG:4326.
    radius_m : float

    Returns
    -------
    ndarray of float, shape (p, 2)
        Where to look for a site, not a surveyed one.
    """
    # A metre in a thousand inside, so that rounding leaves both villages within the radius.
    reach = radius_m * (1.0 - _INSIDE)
    pairs = pairs_in_reach(villages, villages, 2.0 * reach)
    once = (pairs.mast < pairs.village) & (pairs.distance_m > 0)
    one, length = villages[pairs.mast[once]], pairs.distance_m[once]
    other = villages[pairs.village[once]]
    geod = Geod(ellps="WGS84")
    ahead, _, _ = geod.inv(*one.T, *other.T)
    lon, lat, back = geod.fwd(one[:, 0], one[:, 1], ahead, length / 2.0)
    aside = np.sqrt(np.maximum(reach**2 - (length / 2.0) ** 2, 0.0))
    places = [np.column_stack((lon, lat))]
    for turn in (-90.0, 90.0):
        east, north, _ = geod.fwd(lon, lat, np.asarray(back) + turn, aside)
        places.append(np.column_stack((east, north)))
    return np.concatenate(places)


def find_heights(
    dem: Dem, around: FloatArray, radius_m: float, search: HeightSearch = DEFAULT_SEARCH
) -> FloatArray:
    """Return the high points of the ground near any of some places.

    Parameters
    ----------
    dem : Dem
    around : ndarray of float, shape (n, 2)
        Degrees, EPSG:4326.
    radius_m : float
    search : HeightSearch

    Returns
    -------
    ndarray of float, shape (p, 2)
        Middles of cells, degrees, EPSG:4326, from the top of the grid to its bottom.
    """
    reach = int(np.ceil(radius_m / dem.spacing_m))
    apart = max(round(search.apart_m / dem.spacing_m), 1)
    rows, columns = dem.heights.shape
    found: set[tuple[int, int]] = set()
    for column, row in np.column_stack(dem.cells(around)):
        if not (np.isfinite(column) and np.isfinite(row)):
            continue
        # A margin, so that what is higher just outside the window is seen.
        top, left = int(row) - reach - apart, int(column) - reach - apart
        bottom, right = int(row) + reach + apart + 1, int(column) + reach + apart + 1
        top, left = max(top, 0), max(left, 0)
        bottom, right = min(bottom, rows), min(right, columns)
        if top >= bottom or left >= right:
            continue
        at = _peaks(dem.heights[top:bottom, left:right], apart, search.rise_m)
        at += np.array([top, left])
        found.update(_within(dem, at, (column, row), radius_m, search.most))
    cells = np.array(sorted(found), dtype=np.float64).reshape(-1, 2)
    return np.column_stack(dem.positions(cells[:, 1], cells[:, 0]))


def _peaks(heights: NDArray[np.float32], apart: int, rise_m: float) -> IntArray:
    """Return row and column of cells highest within a square, one of each level summit."""
    known = np.isfinite(heights)
    lowest = minimum_filter(np.where(known, heights, np.inf), 2 * apart + 1, mode="nearest")
    filled = np.where(known, heights, -np.inf)
    summit = known & (filled == maximum_filter(filled, 2 * apart + 1, mode="nearest"))
    summit &= filled - lowest >= rise_m
    group, _ = label(summit, structure=np.ones((3, 3), dtype=np.int64))
    at = np.argwhere(summit)
    _, first = np.unique(group[summit], return_index=True)
    return at[np.sort(first)]


def _within(
    dem: Dem, at: IntArray, centre: tuple[float, float], radius_m: float, most: int
) -> list[tuple[int, int]]:
    """Return the highest of some cells that lie within the radius of a centre."""
    if not len(at):
        return []
    lon, lat = dem.positions(at[:, 1].astype(np.float64), at[:, 0].astype(np.float64))
    own = dem.positions(np.array([centre[0]]), np.array([centre[1]]))
    near = at[nearest(lon, lat, *own, workers=1).distance_m <= radius_m]
    order = np.argsort(-dem.heights[near[:, 0], near[:, 1]], kind="stable")[:most]
    return [(int(row), int(column)) for row, column in near[order]]
