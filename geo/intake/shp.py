"""The geometry file of a shapefile, read from its bytes (ESRI white paper, July 1998).

Points lie at equal distances and are read as a block; lines and polygons one by one. No length
the file states is trusted beyond the bytes that are there.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.intake.limits import MAX_ROWS
from geo.intake.shapes import broken_geometry, keep_placed
from geo.intake.table import Geometries
from planning.columns import FloatArray
from planning.errors import DataError, Fault

_MAGIC: Final = 9994
_HEADER: Final = 100
_RECORD_HEADER: Final = struct.Struct(">ii")
_WORD: Final = 2
_NULL: Final = 0
_POINTS: Final = frozenset({1, 11, 21})
_LINES: Final = frozenset({3, 13, 23})
_POLYGONS: Final = frozenset({5, 15, 25})
_MULTIPOINTS: Final = frozenset({8, 18, 28})
_POINT_AT: Final = 4
_PARTS_AT: Final = 36
_MULTIPOINT_AT: Final = 36


class _BrokenRecordError(ValueError):
    """A record does not hold what it says."""


def read_shp(data: bytes, file: str) -> tuple[Geometries, list[Fault]]:
    """Read the bytes of a ``.shp``.

    Returns
    -------
    geometry : ndarray of geometries or None, shape (n,)
        In file order, in two dimensions.
    faults : list of Fault
        Rows, counted from 1, whose geometry is broken or lies nowhere.

    Raises
    ------
    DataError
        If it is no geometry file or has more records than can be held.
    """
    if len(data) < _HEADER or int.from_bytes(data[:4], "big") != _MAGIC:
        raise DataError("error-intake-map-shp", file=file)
    spans = _spans(data)
    if len(spans) > MAX_ROWS:
        raise DataError("error-intake-map-size", file=file, rows=len(spans), columns=1)
    geometry, settled = _plain_points(data, spans)
    faults = []
    for row in np.flatnonzero(~settled):
        start, end = spans[row]
        try:
            with np.errstate(all="ignore"):
                geometry[row] = _geometry(data[start:end])
        except (_BrokenRecordError, ShapelyError, ValueError, struct.error):
            faults.append(broken_geometry(int(row) + 1, data[start : start + 20].hex()))
    rows = np.arange(1, len(spans) + 1, dtype=np.int64)
    placed, astray = keep_placed(geometry, rows)
    return placed, faults + astray


def _spans(data: bytes) -> NDArray[np.int64]:
    """Return where the content of each record starts and ends, shape (n, 2)."""
    spans: list[tuple[int, int]] = []
    at = _HEADER
    while at + _RECORD_HEADER.size <= len(data) and len(spans) <= MAX_ROWS:
        _, words = _RECORD_HEADER.unpack_from(data, at)
        start = at + _RECORD_HEADER.size
        end = start + words * _WORD
        if words < _WORD or end > len(data):
            # Everything behind a length that cannot be is lost, and the row counts show it.
            break
        spans.append((start, end))
        at = end
    return np.array(spans, dtype=np.int64).reshape(len(spans), 2)


def _plain_points(data: bytes, spans: NDArray[np.int64]) -> tuple[Geometries, NDArray[np.bool_]]:
    """Read all records that are points at once; tell which rows are settled by that."""
    geometry = np.full(len(spans), None, dtype=object)
    starts = spans[:, 0]
    long_enough = spans[:, 1] - starts >= _POINT_AT + 16
    kinds = _gather(data, starts, "<i4")
    are_points = np.isin(kinds, list(_POINTS)) & long_enough
    at = starts[are_points] + _POINT_AT
    x, y = _gather(data, at, "<f8"), _gather(data, at + 8, "<f8")
    geometry[are_points] = shapely.points(x, y)
    return geometry, are_points | (kinds == _NULL)


def _gather(data: bytes, starts: NDArray[np.int64], kind: str) -> NDArray[np.generic]:
    """Read one number at each of the given places, wherever they are."""
    width = np.dtype(kind).itemsize
    block = np.frombuffer(data, np.uint8)
    return np.ascontiguousarray(block[starts[:, None] + np.arange(width)]).view(kind).reshape(-1)


def _geometry(content: bytes) -> BaseGeometry:
    kind = int.from_bytes(content[:4], "little", signed=True)
    if kind in _MULTIPOINTS:
        (count,) = struct.unpack_from("<i", content, _MULTIPOINT_AT)
        points = shapely.MultiPoint(_positions(content, _MULTIPOINT_AT + 4, count))
        return points.geoms[0] if count == 1 else points
    if kind not in _LINES | _POLYGONS:
        raise _BrokenRecordError(kind)
    parts = _parts(content)
    if kind in _LINES:
        lines = [shapely.LineString(part) for part in parts]
        return lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)
    return _polygon(np.array([shapely.LinearRing(part) for part in parts], dtype=object))


def _parts(content: bytes) -> list[FloatArray]:
    count, points = struct.unpack_from("<ii", content, _PARTS_AT)
    if not (0 < count <= points and 4 * count <= len(content)):
        raise _BrokenRecordError(count)
    starts = np.frombuffer(content, "<i4", count, _PARTS_AT + 8)
    positions = _positions(content, _PARTS_AT + 8 + 4 * count, points)
    if starts[0] != 0 or (np.diff(starts) <= 0).any() or starts[-1] >= points:
        raise _BrokenRecordError(count)
    return np.split(positions, starts[1:])


def _positions(content: bytes, at: int, count: int) -> FloatArray:
    if count < 1 or at + 16 * count > len(content):
        raise _BrokenRecordError(count)
    return np.frombuffer(content, "<f8", 2 * count, at).reshape(count, 2)


def _polygon(rings: Geometries) -> BaseGeometry:
    """Put rings together: clockwise ones are outlines, the others holes in the nearest outline."""
    is_hole = shapely.is_ccw(rings)
    if is_hole.all() or len(rings) == 1:
        is_hole = np.zeros(len(rings), dtype=np.bool_)
    outlines = np.array([shapely.Polygon(ring) for ring in rings[~is_hole]], dtype=object)
    holes = rings[is_hole]
    owners = np.full(len(holes), -1)
    inside = shapely.STRtree(outlines).query(shapely.get_point(holes, 0), predicate="intersects")
    # A ring within several outlines lies in the smallest: an island in a lake has its own ponds.
    for hole, outline in sorted(
        inside.T.tolist(), key=lambda pair: -shapely.area(outlines[pair[1]])
    ):
        owners[hole] = outline
    parts = [
        shapely.Polygon(shapely.get_exterior_ring(outline), holes[owners == number])
        for number, outline in enumerate(outlines)
    ]
    parts += [shapely.Polygon(hole) for hole in holes[owners < 0]]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
