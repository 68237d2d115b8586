"""Well-known binary, walked through before it is decoded (OGC 06-103r4, clause 8).

The decoder calls itself for each collection within a collection and trusts that there are not
too many: 20,000 of them, 180 kB, end the process. So whatever is more than a point is measured
first: every count against the bytes that are there, every collection against a depth.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import shapely

from geo.intake.shapes import broken_geometry, keep_placed, place_points, unread_kind
from geo.intake.table import Geometries
from planning.columns import IntArray
from planning.errors import Fault

_MAX_DEPTH: Final = 8
_POINT, _LINE, _POLYGON, _FIRST_MULTI, _LAST_MULTI = 1, 2, 3, 4, 7
_HAS_Z, _HAS_M, _HAS_SRID = 0x8000_0000, 0x4000_0000, 0x2000_0000
_COUNT: Final = 4
_NUMBER: Final = 8
_LITTLE_ENDIAN: Final = 1
_PLAIN_POINT: Final = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])


CURVED_KINDS: Final[Mapping[int, str]] = {
    8: "CIRCULARSTRING",
    9: "COMPOUNDCURVE",
    10: "CURVEPOLYGON",
    11: "MULTICURVE",
    12: "MULTISURFACE",
    13: "CURVE",
    14: "SURFACE",
    15: "POLYHEDRALSURFACE",
    16: "TIN",
    17: "TRIANGLE",
}
"""Kinds of geometry that are not read: what is read here has straight edges and lies flat."""


class _UnsoundError(ValueError):
    """A geometry holds less than it says, or too much in one another."""


class _CurvedError(_UnsoundError):
    """A geometry is, or holds, one of the kinds that are not read; names it."""


def decode_wkb(blobs: Sequence[bytes | None], rows: IntArray) -> tuple[Geometries, list[Fault]]:
    """Decode well-known binary, ``None`` where there is none.

    Parameters
    ----------
    blobs : sequence of bytes or None, length n
    rows : ndarray of int, shape (n,)
        What a fault calls the row.

    Returns
    -------
    geometry : ndarray of geometries or None, shape (n,)
    faults : list of Fault
        Rows whose geometry is empty, broken or lies nowhere.
    """
    geometry = np.full(len(blobs), None, dtype=object)
    like_points = [at for at, blob in enumerate(blobs) if _is_like_point(blob)]
    block = np.frombuffer(b"".join(_at(blobs, like_points)), _PLAIN_POINT)
    plain = (block["order"] == _LITTLE_ENDIAN) & (block["kind"] == _POINT)
    at, block = np.array(like_points, dtype=np.int64)[plain], block[plain]
    geometry[at], faults = place_points(block["x"], block["y"], rows[at])
    settled = set(at.tolist())
    others = [row for row, blob in enumerate(blobs) if blob is not None and row not in settled]
    geometry[others], more = _decode_others(_at(blobs, others), rows[others])
    return geometry, faults + more


def _find_flaw(blob: bytes, row: int) -> Fault | None:
    """Return why a geometry is not to be decoded, if so.

    It has to hold what it says, not be nested more than eight deep, and have straight edges.
    """
    try:
        _walk(blob, 0, 0)
    except _CurvedError as error:
        return unread_kind(row, str(error))
    except (_UnsoundError, struct.error, IndexError):
        return broken_geometry(row, blob[:20].hex())
    return None


def _is_like_point(blob: bytes | None) -> bool:
    return blob is not None and len(blob) == _PLAIN_POINT.itemsize


def _at(blobs: Sequence[Any], rows: Sequence[int]) -> list[Any]:
    return [blobs[row] for row in rows]


def _decode_others(blobs: Sequence[bytes], rows: IntArray) -> tuple[Geometries, list[Fault]]:
    flaws = [_find_flaw(blob, row) for blob, row in zip(blobs, rows.tolist(), strict=True)]
    sound = [blob if flaw is None else None for blob, flaw in zip(blobs, flaws, strict=True)]
    binary = np.fromiter(sound, dtype=object, count=len(sound))
    with np.errstate(all="ignore"):
        geometry = shapely.from_wkb(binary, on_invalid="ignore")
    faults = [
        flaws[at] or broken_geometry(int(rows[at]), blobs[at][:20].hex())
        for at in np.flatnonzero(shapely.is_missing(geometry)).tolist()
    ]
    placed, astray = keep_placed(geometry, rows)
    return placed, faults + astray


def _walk(blob: bytes, at: int, depth: int) -> int:
    """Return where the geometry that begins at ``at`` ends."""
    order = "<" if blob[at] == _LITTLE_ENDIAN else ">"
    (code,) = struct.unpack_from(f"{order}I", blob, at + 1)
    kind, width = _kind_and_width(code)
    at += 1 + _COUNT + (_COUNT if code & _HAS_SRID else 0)
    if kind == _POINT:
        return _within(blob, at + width)
    if kind in CURVED_KINDS:
        raise _CurvedError(CURVED_KINDS[kind])
    count = _count(blob, at, order)
    at += _COUNT
    if kind == _LINE:
        return _within(blob, at + count * width)
    if kind == _POLYGON:
        for _ in range(count):
            at = _within(blob, at + _COUNT + _count(blob, at, order) * width)
        return at
    if not _FIRST_MULTI <= kind <= _LAST_MULTI or depth >= _MAX_DEPTH:
        raise _UnsoundError(kind)
    for _ in range(count):
        at = _walk(blob, at, depth + 1)
    return at


def _kind_and_width(code: int) -> tuple[int, int]:
    """Return the kind of geometry and the bytes of one position, of ISO or PostGIS codes."""
    dimensions, kind = divmod(code & 0x1FFF_FFFF, 1_000)
    has_z = bool(code & _HAS_Z) or dimensions in {1, 3}
    has_m = bool(code & _HAS_M) or dimensions in {2, 3}
    return kind, _NUMBER * (2 + has_z + has_m)


def _count(blob: bytes, at: int, order: str) -> int:
    (count,) = struct.unpack_from(f"{order}I", blob, at)
    return int(count)


def _within(blob: bytes, end: int) -> int:
    if end > len(blob):
        raise _UnsoundError(end)
    return end
