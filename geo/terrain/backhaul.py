"""How a new site is joined to the network: a microwave link to an existing site in sight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geo.geodesy import FloatArray
from geo.terrain.dem import Dem
from geo.terrain.sight import RadioPath, clearances, pairs_in_reach
from planning.columns import IntArray

LONGEST_M: Final = 30_000.0
"""Longest link, as in the Connectivity Planning Platform guide (30 km with line of sight)."""

BANDS: Final = ((10_000.0, 18e9), (20_000.0, 15e9), (45_000.0, 8e9))
"""Longest link in metres of each band in hertz (github.com/edwardoughton/e3nb)."""

MAST_M: Final = 42.0


@dataclass(frozen=True, slots=True, eq=False)
class Backhaul:
    """The link of each candidate site.

    Attributes
    ----------
    station : ndarray of int, shape (s,)
        Position of the site at the other end; -1 where none can be reached.
    length_m : ndarray of float, shape (s,)
        NaN where there is none.
    checked : bool
        Whether sight was looked at; without an elevation model only the distance is.
    """

    station: IntArray
    length_m: FloatArray
    checked: bool


def find_backhaul(
    sites: FloatArray,
    stations: FloatArray,
    *,
    dem: Dem | None = None,
    longest_m: float = LONGEST_M,
    mast_m: float = MAST_M,
    share: float = 0.6,
    most: int = 40,
) -> Backhaul:
    """Join each site to the nearest existing one within reach that it sees.

    Parameters
    ----------
    sites, stations : ndarray of float, shape (s, 2) and (b, 2)
        Degrees, EPSG:4326.
    dem : Dem, optional
        Without it the nearest station within ``longest_m`` is taken.
    longest_m : float
    mast_m : float
        Antenna above the ground at both ends.
    share : float
        Of the first Fresnel zone that must be free.
    most : int
        How many stations, the nearest, are looked at from each site.

    Returns
    -------
    Backhaul
    """
    pairs = pairs_in_reach(sites, stations, longest_m)
    order = np.lexsort((pairs.village, pairs.distance_m, pairs.mast))
    mast, other, length = pairs.mast[order], pairs.village[order], pairs.distance_m[order]
    first = np.searchsorted(mast, np.arange(len(sites)))
    if dem is not None:
        kept = np.arange(len(mast)) - first[mast] < most
        mast, other, length = mast[kept], other[kept], length[kept]
        path = RadioPath(mast_m=mast_m, other_m=mast_m, share=share)
        clear = _clear(dem, sites[mast], stations[other], length, path)
        mast, other, length = mast[clear], other[clear], length[clear]
    station = np.full(len(sites), -1, dtype=np.int64)
    metres = np.full(len(sites), np.nan)
    joined, nearest_of = np.unique(mast, return_index=True)
    station[joined], metres[joined] = other[nearest_of], length[nearest_of]
    return Backhaul(station, metres, dem is not None)


def band_hz(length_m: FloatArray) -> FloatArray:
    """Return the frequency of a link by its length: the highest whose reach it keeps within.

    Parameters
    ----------
    length_m : ndarray of float, shape (n,)

    Returns
    -------
    ndarray of float, shape (n,)
        Hertz; the lowest band also beyond its reach.
    """
    reach, bands = (np.array(column) for column in zip(*BANDS, strict=True))
    return np.asarray(bands[np.minimum(np.searchsorted(reach, length_m), len(bands) - 1)])


def _clear(
    dem: Dem, ones: FloatArray, others: FloatArray, length: FloatArray, path: RadioPath
) -> IntArray:
    frequency = band_hz(length)
    clear = np.zeros(len(length), dtype=np.bool_)
    for band in np.unique(frequency):
        rows = np.flatnonzero(frequency == band)
        on_band = replace(path, frequency_hz=float(band))
        clear[rows] = clearances(dem, ones[rows], others[rows], path=on_band) >= path.share
    return np.flatnonzero(clear)
