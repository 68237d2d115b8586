"""Geometries as a GeoPackage stores them: a small header, then well-known binary.

Layout: OGC 12-128r19, clause 2.1.3. Plain points, which is what villages are, are read as a
block of bytes; every other geometry one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from geo.intake.shapes import broken_geometry, empty_geometry, place_points
from geo.intake.table import Geometries
from geo.intake.well_known_binary import decode_wkb
from planning.columns import IntArray
from planning.errors import Fault

_HEADER: Final = 8
_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)
_EMPTY: Final = 0b0001_0000
_PLAIN_POINT: Final = np.dtype(
    {
        "names": ["magic", "flags", "order", "kind", "x", "y"],
        "formats": ["S2", "u1", "u1", "<u4", "<f8", "<f8"],
        "offsets": [0, 3, 8, 9, 13, 21],
        "itemsize": 29,
    }
)
_LITTLE_ENDIAN: Final = 1
_POINT: Final = 1


def decode_blobs(blobs: Sequence[object], rows: IntArray) -> tuple[Geometries, list[Fault]]:
    """Decode a column of GeoPackage geometries.

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
    like_points = [row for row, blob in enumerate(blobs) if _is_like_point(blob)]
    header = np.frombuffer(b"".join(map(bytes, _at(blobs, like_points))), _PLAIN_POINT)
    plain = (
        (header["magic"] == b"GP")
        & (header["flags"] & ~np.uint8(1) == 0)
        & (header["order"] == _LITTLE_ENDIAN)
        & (header["kind"] == _POINT)
    )
    at, header = np.array(like_points, dtype=np.int64)[plain], header[plain]
    geometry[at], faults = place_points(header["x"], header["y"], rows[at])
    settled = set(at.tolist())
    others = [row for row, blob in enumerate(blobs) if blob is not None and row not in settled]
    rest, more = _others(_at(blobs, others), rows[others])
    geometry[others] = rest
    return geometry, faults + more


def _is_like_point(blob: object) -> bool:
    return type(blob) is bytes and len(blob) == _PLAIN_POINT.itemsize


def _at(blobs: Sequence[Any], rows: Sequence[int]) -> list[Any]:
    return [blobs[row] for row in rows]


def _others(blobs: Sequence[object], rows: IntArray) -> tuple[Geometries, list[Fault]]:
    faults = []
    binary: list[bytes | None] = []
    for blob, row in zip(blobs, rows.tolist(), strict=True):
        well_known = _without_header(blob)
        binary.append(well_known or None)
        if well_known is None:
            got = blob[:20].hex() if isinstance(blob, bytes) else str(blob)
            faults.append(broken_geometry(row, got))
        elif not well_known:
            faults.append(empty_geometry(row))
    geometry, more = decode_wkb(binary, rows)
    return geometry, faults + more


def _without_header(blob: object) -> bytes | None:
    """Return the well-known binary, nothing for an empty geometry, ``None`` for a broken one."""
    if not isinstance(blob, bytes) or len(blob) < _HEADER or blob[:2] != b"GP":
        return None
    flags = blob[3]
    envelope = (flags >> 1) & 0b111
    if envelope >= len(_ENVELOPE_BYTES):
        return None
    if flags & _EMPTY:
        return b""
    return blob[_HEADER + _ENVELOPE_BYTES[envelope] :] or None
