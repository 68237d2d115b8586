"""The list as Arrow columns, for the formats that keep types: GeoPackage, GeoParquet, Shapefile.

Types are stated and never inferred, so that a column without any value keeps its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import shapely

from geo.export.content import Content, Position
from geo.export.table import ColumnKind

TYPES: Final[Mapping[ColumnKind, pa.DataType]] = {
    ColumnKind.TEXT: pa.string(),
    ColumnKind.CHOICE: pa.string(),
    ColumnKind.INTEGER: pa.int64(),
    ColumnKind.NUMBER: pa.float64(),
    ColumnKind.SHARE: pa.float64(),
    ColumnKind.SCORE: pa.float64(),
    ColumnKind.KM: pa.float64(),
    ColumnKind.DATE: pa.date32(),
    ColumnKind.BOOLEAN: pa.bool_(),
}
"""What a kind of column is in a file with types."""


def arrow_columns(content: Content) -> dict[str, pa.Array]:
    """Return the stored values of each column, by its key and of its kind's type.

    Parameters
    ----------
    content : Content

    Returns
    -------
    dict of str to pyarrow.Array
        In column order; missing values are null.
    """
    return {c.key: pa.array(content.stored[c.key], TYPES[c.kind]) for c in content.columns}


def arrow_points(positions: Sequence[Position]) -> pa.Array:
    """Return positions as well-known binary, null where there is none.

    Parameters
    ----------
    positions : sequence of Position, length n

    Returns
    -------
    pyarrow.Array of binary, length n
        Little-endian ISO WKB points, longitude first, degrees WGS84.
    """
    known = np.array([position is not None for position in positions], dtype=np.bool_)
    shapes = np.full(len(positions), None, dtype=object)
    shapes[known] = shapely.points(known_degrees(positions))
    return pa.array(shapely.to_wkb(shapes, flavor="iso", byte_order=1), pa.binary())


def known_degrees(positions: Sequence[Position]) -> np.ndarray:
    """Return the positions that are known, in order.

    Parameters
    ----------
    positions : sequence of Position

    Returns
    -------
    ndarray of float, shape (k, 2)
        Longitude and latitude, degrees WGS84.
    """
    return np.array([p for p in positions if p is not None], dtype=float).reshape(-1, 2)
