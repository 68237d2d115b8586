"""How much dearer a metre of cable is on a slope.

::

    effort = 1 + a x mean of min(|grade|, cap)      a = 1.5, cap = 0.6

over the length of an edge, where a grade is the rise between two places on it over the distance
between them. Level ground costs 1, a road that climbs at 10 % costs 1.15, and ground as steep as a
ladder never more than 1.9. No published price for slope in these mountains is known: factor and cap
are estimates of this product, to be replaced by quotes. See docs/explanation/masts.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.geodesy import FloatArray, geodesic_between_m, to_ecef
from geo.terrain.dem import Dem

_Shapes = NDArray[np.object_]
_CHUNK_SHAPES: Final = 1 << 14


@dataclass(frozen=True, slots=True)
class SlopeCost:
    """How slope makes cable dearer.

    Attributes
    ----------
    factor : float
        Additional share of the plain cost for each unit of grade; 0 leaves slope out.
    cap : float
        Grade from which ground is no dearer: what is steeper is gone around.
    step_m : float
        Longest distance between the places a grade is taken from. Finer than the elevation model
        or its error allows, grades would be noise: 5 m of error over 30 m looks like 17 %.
    """

    factor: float = 1.5
    cap: float = 0.6
    step_m: float = 100.0


DEFAULT_SLOPE: Final = SlopeCost()


def effort_along(dem: Dem, shapes: _Shapes, slope: SlopeCost = DEFAULT_SLOPE) -> FloatArray:
    """Return how many times the plain cost a metre costs along each line.

    Parameters
    ----------
    dem : Dem
    shapes : ndarray of LineString, shape (m,)
        EPSG:4326.
    slope : SlopeCost

    Returns
    -------
    ndarray of float, shape (m,)
        At least 1. Stretches whose ground is not known are left out; a line without any known
        stretch is plain, 1.
    """
    grades = [
        mean_grades(dem, shapes[start : start + _CHUNK_SHAPES], slope)
        for start in range(0, len(shapes), _CHUNK_SHAPES)
    ]
    grade = np.concatenate([*grades, np.empty(0)])
    return np.asarray(1.0 + slope.factor * np.nan_to_num(grade, nan=0.0))


def mean_grades(dem: Dem, shapes: _Shapes, slope: SlopeCost = DEFAULT_SLOPE) -> FloatArray:
    """Return the mean absolute grade of each line, each stretch capped.

    Parameters
    ----------
    dem, shapes, slope
        As in :func:`effort_along`.

    Returns
    -------
    ndarray of float, shape (m,)
        Rise over run; NaN where no stretch is known.
    """
    pieces = np.maximum(np.ceil(line_lengths_m(shapes) / slope.step_m), 1).astype(np.int64)
    owner = np.repeat(np.arange(len(shapes)), pieces + 1)
    first = np.cumsum(pieces + 1) - (pieces + 1)
    share = (np.arange(len(owner)) - first[owner]) / pieces[owner]
    places: Any = shapely.line_interpolate_point(shapes[owner], share, normalized=True)
    lonlat = shapely.get_coordinates(places)
    height, point = dem.sample(lonlat), to_ecef(*lonlat.T)
    inner = owner[1:] == owner[:-1]
    run = geodesic_between_m(point[1:], point[:-1])[inner]
    rise = np.abs(np.diff(height))[inner]
    of = owner[1:][inner]
    known = np.isfinite(rise) & (run > 0)
    capped = np.minimum(rise[known], slope.cap * run[known])
    total = np.bincount(of[known], weights=run[known], minlength=len(shapes))
    climbed = np.bincount(of[known], weights=capped, minlength=len(shapes))
    grade = np.full(len(shapes), np.nan)
    np.divide(climbed, total, out=grade, where=total > 0)
    return grade


def line_lengths_m(shapes: _Shapes) -> FloatArray:
    """Return geodesic lengths of lines, metres.

    Parameters
    ----------
    shapes : ndarray of LineString, shape (m,)
        EPSG:4326.
    """
    lonlat, owner = shapely.get_coordinates(shapes, return_index=True)
    point = to_ecef(*lonlat.T)
    inner = owner[1:] == owner[:-1]
    run = geodesic_between_m(point[1:], point[:-1])
    length = np.zeros(len(shapes))
    np.add.at(length, owner[1:][inner], run[inner])
    return length
