"""The points of a Shapefile: ``.shp`` and its index ``.shx``.

Source: ESRI Shapefile Technical Description (July 1998), pages 3-7 and 23-24.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

import numpy as np

from geo.export.arrow import known_degrees
from geo.export.content import Position

_CODE: Final = 9994
_VERSION: Final = 1000
_NULL: Final = 0
_POINT: Final = 1
_HEADER_WORDS: Final = 50
_PREFIX_WORDS: Final = 4
"""Number and length before each shape; all lengths count 16-bit words."""
_NULL_WORDS: Final = 2
_POINT_WORDS: Final = 10
_RECORD: Final = np.dtype(
    [("number", ">i4"), ("words", ">i4"), ("type", "<i4"), ("x", "<f8"), ("y", "<f8")]
)
_INDEX: Final = np.dtype([("offset", ">i4"), ("words", ">i4")])


def encode_points(positions: Sequence[Position]) -> tuple[bytes, bytes]:
    """Return the shapes of a list and the index to them.

    Parameters
    ----------
    positions : sequence of Position, length n
        A missing position becomes a null shape.

    Returns
    -------
    (bytes, bytes)
        Contents of ``.shp`` and ``.shx``.
    """
    known = np.array([position is not None for position in positions], dtype=np.bool_)
    degrees = known_degrees(positions)
    records = np.zeros(len(positions), dtype=_RECORD)
    records["number"] = np.arange(1, len(positions) + 1)
    records["words"] = np.where(known, _POINT_WORDS, _NULL_WORDS)
    records["type"] = np.where(known, _POINT, _NULL)
    records["x"][known], records["y"][known] = degrees.T

    whole = records["words"].astype(np.int64) + _PREFIX_WORDS
    index = np.zeros(len(positions), dtype=_INDEX)
    index["offset"] = _HEADER_WORDS + np.cumsum(whole) - whole
    index["words"] = records["words"]

    # A null shape ends after its type.
    held = np.arange(_RECORD.itemsize) < 2 * whole[:, np.newaxis]
    shapes = records.view(np.uint8).reshape(len(positions), _RECORD.itemsize)[held].tobytes()
    return _header(shapes, degrees) + shapes, _header(index.tobytes(), degrees) + index.tobytes()


def _header(body: bytes, degrees: np.ndarray) -> bytes:
    words = _HEADER_WORDS + len(body) // 2
    bounds = [*degrees.min(axis=0), *degrees.max(axis=0)] if len(degrees) else [0.0] * 4
    return struct.pack(">i20xi", _CODE, words) + struct.pack("<ii4d32x", _VERSION, _POINT, *bounds)
