"""Where roads meet: vertices they share, crossings, and ends that touch another road.

The work is bounded whatever the file holds: lines are looked at in parts of at most
:data:`PART_SEGMENTS` segments, and a file in which more than :data:`MOST_PAIRS` pairs of parts
overlap or that has more than :data:`MOST_CROSSINGS` crossings is refused as no network of roads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.intake.table import Geometries
from geo.networks.polylines import Cuts, Polylines, cut_at, split
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import DataError

TOUCH_M: Final = 0.5
"""An end this near to a road lies on it: a straight segment of 10 km strays as far between the
plane and longitude and latitude."""
PART_SEGMENTS: Final = 64
_ROUNDING_M: Final = 0.001
"""What lies on a line may miss it by so much once both are on the plane."""
MOST_PAIRS: Final = 8_000_000
MOST_CROSSINGS: Final = 500_000
_BATCH: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Lines in parts that are quick to search.

    Attributes
    ----------
    lines : Polylines
        The whole lines.
    pieces : Polylines
        The parts.
    parent : ndarray of int, shape (p,)
        Line of each part.
    shapes : ndarray of LineString, shape (p,)
        On the plane.
    tree : STRtree
        Over ``shapes``.
    base : ndarray, shape (p,)
        Measure of the start of each part along the whole lines.
    ends : ndarray of int, shape (p, 2)
        A number for each different place a part starts or ends at.
    """

    lines: Polylines
    pieces: Polylines
    parent: IntArray
    shapes: Geometries
    tree: shapely.STRtree
    base: FloatArray
    ends: IntArray

    @classmethod
    def of(cls, lines: Polylines, shared: BoolArray) -> Parts:
        """Divide lines at vertices that are shared, and long ones besides."""
        within = np.arange(len(lines.measure)) - lines.starts[lines.owners]
        wanted = shared | (within % PART_SEGMENTS == 0)
        pieces, parent = split(lines, cut_at(lines, lines.measure[wanted]))
        shapes = pieces.plane_shapes()
        along = pieces.measure[pieces.ends] - pieces.measure[pieces.starts]
        before = np.cumsum(along) - along
        first = np.searchsorted(parent, parent)
        base = lines.measure[lines.starts[parent]] + before - before[first]
        corners = pieces.lonlat[np.column_stack((pieces.starts, pieces.ends)).ravel()]
        return cls(
            lines, pieces, parent, shapes, shapely.STRtree(shapes), base,
            number_places(corners).reshape(-1, 2),
        )  # fmt: skip

    def measure(self, piece: IntArray, points: Geometries) -> FloatArray:
        """Return how far along the whole lines the nearest points of pieces lie."""
        along = shapely.line_locate_point(self.shapes[piece], points)
        return np.asarray(self.base[piece] + along)


def number_places(lonlat: FloatArray) -> IntArray:
    """Return a number for each position, the same for the same one, counted as they come."""
    numbers, _ = pd.factorize(lonlat[:, 0] + 1j * lonlat[:, 1])
    return numbers.astype(np.int64)


def shared_vertices(lines: Polylines) -> BoolArray:
    """Tell which vertices occur more than once, in one line or in several."""
    numbers = number_places(lines.lonlat)
    shared: BoolArray = np.bincount(numbers)[numbers] > 1
    return shared


def crossings(parts: Parts, level: IntArray) -> Cuts:
    """Find where lines of one level cross without sharing a vertex.

    Parameters
    ----------
    parts : Parts
    level : ndarray of int, shape (n,)
        Of each whole line.

    Returns
    -------
    Cuts
        Along the whole lines, two for each place: one for either line.

    Raises
    ------
    DataError
        If too many parts meet.
    """
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    bounds = shapely.bounds(parts.shapes)
    reach = np.array([-_ROUNDING_M, -_ROUNDING_M, _ROUNDING_M, _ROUNDING_M])
    for left, right in _pairs(parts, np.asarray(shapely.box(*(bounds + reach).T))):
        keep = (left < right) & (level[parts.parent[left]] == level[parts.parent[right]])
        one, other = left[keep], right[keep]
        share = (parts.ends[one][:, :, None] == parts.ends[other][:, None, :]).any(axis=(1, 2))
        low = np.maximum(bounds[one, :2], bounds[other, :2])
        high = np.minimum(bounds[one, 2:], bounds[other, 2:])
        # Neighbours meet at their common end; only where they overlap may they meet again.
        worth = ~share | ((high - low) > TOUCH_M).all(axis=1)
        pairs.append(np.column_stack((one[worth], other[worth])))
    one, other = np.concatenate(pairs).T
    meeting = shapely.dwithin(parts.shapes[one], parts.shapes[other], _ROUNDING_M)
    one, other = one[meeting], other[meeting]
    metres, pair = _common_points(parts.shapes[one], parts.shapes[other])
    one, other = one[pair], other[pair]
    points = np.asarray(shapely.points(metres))
    sides = [(piece, parts.measure(piece, points)) for piece in (one, other)]
    _, lonlat, metres = parts.lines.at(sides[0][1])
    for piece, _ in sides:
        lonlat, metres = _at_an_end(parts, piece, lonlat, metres)
    apart = np.ones(len(one), dtype=np.bool_)
    apart[_is_common_end(parts, one, other, metres)] = False
    measure = np.concatenate([along[apart] for _, along in sides])
    return Cuts(measure, np.tile(lonlat[apart], (2, 1)), np.tile(metres[apart], (2, 1)))


def touches(parts: Parts, level: IntArray, ends: IntArray, reach: FloatArray) -> Touches:
    """Find the lines that ends of other lines lie on or beside.

    Parameters
    ----------
    parts : Parts
    level : ndarray of int, shape (n,)
        Of each whole line.
    ends : ndarray of int, shape (k,)
        Vertices of ``parts.lines``, each the first or last of its line.
    reach : ndarray, shape (k,)
        How far from a line each may be, metres.

    Raises
    ------
    DataError
        If too many lines are near.
    """
    points = np.asarray(shapely.points(parts.lines.metres[ends]))
    line = parts.lines.owners[ends]
    is_last = ends == parts.lines.ends[line]
    first_part = np.searchsorted(parts.parent, line)
    last_part = np.searchsorted(parts.parent, line, side="right") - 1
    code = np.where(is_last, parts.ends[last_part, 1], parts.ends[first_part, 0])
    found = [np.zeros((0, 2), dtype=np.int64)]
    for end, piece in _pairs(parts, points, predicate="dwithin", distance=reach):
        parent = parts.parent[piece]
        keep = (parts.ends[piece] != code[end][:, None]).all(axis=1)
        keep &= (parent != line[end]) & (level[parent] == level[line[end]])
        found.append(np.column_stack((end[keep], piece[keep])))
    end, piece = np.concatenate(found).T
    distance = np.asarray(shapely.distance(points[end], parts.shapes[piece]))
    measure = parts.measure(piece, points[end])
    order = np.lexsort((measure, distance, end))
    return Touches(end[order], measure[order], distance[order])


@dataclass(frozen=True, slots=True, eq=False)
class Touches:
    """Ends and the lines they touch, the nearest line of each end first.

    Attributes
    ----------
    end : ndarray of int, shape (q,)
        Positions among the ends asked for, ascending.
    measure : ndarray, shape (q,)
        Along the whole lines, where the nearest point lies.
    distance_m : ndarray, shape (q,)
    """

    end: IntArray
    measure: FloatArray
    distance_m: FloatArray


def _common_points(one: Geometries, other: Geometries) -> tuple[FloatArray, IntArray]:
    """Return the points pairs of lines have in common and the pair of each, if not too many."""
    points, pairs = [np.zeros((0, 2))], [np.zeros(0, dtype=np.int64)]
    count = 0
    for start in range(0, len(one), _BATCH):
        rows = slice(start, start + _BATCH)
        met = shapely.intersection(one[rows], other[rows])
        # A bend that lies on the other line may miss it by rounding.
        missed = shapely.is_empty(met)
        if missed.any():
            between = shapely.shortest_line(one[rows][missed], other[rows][missed])
            met[missed] = shapely.get_point(between, 0)
        found, pair = shapely.get_coordinates(met, return_index=True)
        points.append(found)
        pairs.append(pair.astype(np.int64) + start)
        count += len(found)
        if count > MOST_CROSSINGS:
            raise DataError("error-roads-too-dense", limit=MOST_CROSSINGS)
    return np.concatenate(points), np.concatenate(pairs)


def _pairs(
    parts: Parts, shapes: Geometries, *, distance: FloatArray | None = None, **query: Any
) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield pairs of a shape and a part that answer a query, some at a time, and not too many."""
    count = 0
    for start in range(0, len(shapes), _BATCH):
        rows = slice(start, start + _BATCH)
        near = query if distance is None else {**query, "distance": distance[rows]}
        one, part = parts.tree.query(shapes[rows], **near)
        count += len(one)
        if count > MOST_PAIRS:
            raise DataError("error-roads-too-dense", limit=MOST_PAIRS)
        yield one.astype(np.int64) + start, part.astype(np.int64)


def _at_an_end(
    parts: Parts, piece: IntArray, lonlat: FloatArray, metres: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return places moved to an end of their piece if they all but lie there."""
    for end in (parts.pieces.starts[piece], parts.pieces.ends[piece]):
        there = np.hypot(*(parts.pieces.metres[end] - metres).T) <= TOUCH_M
        lonlat = np.where(there[:, None], parts.pieces.lonlat[end], lonlat)
        metres = np.where(there[:, None], parts.pieces.metres[end], metres)
    return lonlat, metres


def _is_common_end(parts: Parts, one: IntArray, other: IntArray, metres: FloatArray) -> BoolArray:
    at_end = []
    for piece in (one, other):
        ends = np.column_stack((parts.pieces.starts[piece], parts.pieces.ends[piece]))
        at_end.append((parts.pieces.metres[ends] == metres[:, None, :]).all(axis=2).any(axis=1))
    common: BoolArray = at_end[0] & at_end[1]
    return common
