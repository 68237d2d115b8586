"""Geometries as a GeoPackage stores them: a small header, then well-known binary.

Layout: OGC 12-128r19, clause 2.1.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeGuard

from geo.intake.shapes import broken_geometry, empty_geometry
from geo.intake.table import Geometries
from geo.intake.well_known_binary import decode_wkb
from planning.columns import IntArray
from planning.errors import Fault

_HEADER: Final = 8
_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)
_EMPTY: Final = 0b0001_0000
_PLAIN: Final = (b"GP\x00\x00", b"GP\x00\x01")
"""How nearly all of them begin: of either byte order, neither empty nor with an envelope."""


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
    binary = [blob[_HEADER:] if _is_plain(blob) else None for blob in blobs]
    faults = []
    for at in [at for at, blob in enumerate(blobs) if binary[at] is None and blob is not None]:
        blob, row = blobs[at], int(rows[at])
        well_known = _without_header(blob)
        binary[at] = well_known or None
        if well_known is None:
            got = blob[:20].hex() if isinstance(blob, bytes) else str(blob)
            faults.append(broken_geometry(row, got))
        elif not well_known:
            faults.append(empty_geometry(row))
    geometry, more = decode_wkb(binary, rows)
    return geometry, sorted(faults + more, key=lambda fault: fault.row or 0)


def _is_plain(blob: object) -> TypeGuard[bytes]:
    return type(blob) is bytes and blob.startswith(_PLAIN)


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
