"""A table as a file holds it, before anybody asks what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from planning.errors import Fault

if TYPE_CHECKING:
    # The child that reads files starts in a fraction of the time without them.
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from planning.columns import FloatArray, IntArray

Geometries: TypeAlias = "NDArray[np.object_]"


@dataclass(frozen=True, slots=True, eq=False)
class RawColumn:
    """One column of a file, each cell kept as the kind of value the file says it is.

    A cell is in at most one of the three; in none of them it is empty. A number that a file
    stores as text is a text here: how it reads is decided later, from the whole column.

    Attributes
    ----------
    name : str
        Heading as written, NFC, white space collapsed; levels of a two-row heading are joined by
        `` / ``. May be empty or occur twice.
    texts : Series of str, length n
        Text cells, NFC and stripped, booleans as ``TRUE`` and ``FALSE``; missing elsewhere.
    numbers : ndarray of float, shape (n,), or None
        Number cells, NaN elsewhere; ``None`` if the column has none.
    days : ndarray of datetime64[s], shape (n,), or None
        Date cells, NaT elsewhere; ``None`` if the column has none.
    """

    name: str
    texts: pd.Series
    numbers: FloatArray | None = None
    days: NDArray[np.datetime64] | None = None

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.texts)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person may decide about the reading of a file; ``None`` leaves it to the file.

    Attributes
    ----------
    layer : str or None
        Sheet of a workbook, layer of a GeoPackage or KML, or member of an archive.
    encoding : str or None
        A name of :data:`geo.intake.encodings.ENCODINGS`.
    header_row : int or None
        Row of the (last line of the) heading, as a person counts from 1.
    """

    layer: str | None = None
    encoding: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """A sheet or layer that could be read, and how many rows it seems to have."""

    name: str
    rows: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """One table of a foreign file.

    Attributes
    ----------
    columns : tuple of RawColumn
        In file order, all of length n.
    rows : ndarray of int, shape (n,)
        Row of each in the file, as a person who opens it counts: the header of a plain CSV or
        sheet is row 1, so its first village is row 2; features of a map file count from 1.
    geometry : ndarray of shapely geometries, shape (n,), or None
        In the units of ``crs_wkt``, x (longitude) first; ``None`` where a row has none. ``None``
        as a whole if the file is a plain table.
    crs_wkt : str or None
        Coordinate system as the file states it; ``None`` if it states none.
    format : str
        ``csv``, ``xlsx``, ``xls``, ``ods``, ``geojson``, ``gpkg``, ``shp``, ``tab``, ``kml``,
        ``kmz`` or ``parquet``.
    layer : str or None
        The sheet or layer that was read.
    layers : tuple of LayerInfo
        All there are; empty where the format has only one.
    encoding : str or None
        Encoding of its text, where that was a question: a name of
        :data:`geo.intake.encodings.ENCODINGS`.
    separator : str or None
        Between the fields of a delimited file.
    header_rows : tuple of int
        Rows that make the heading, as in ``rows``; empty for map files.
    set_aside : tuple of (int, str, str)
        Rows that are no villages: row, why (``title``, ``numbering``, ``total``, ``section`` or
        ``note``) and what stands there. They are reported, never silently dropped.
    faults : tuple of Fault
        What was found while reading, such as a text that does not decode.
    metadata : mapping
        Further facts of the file, such as the label of illustrative data.
    """

    columns: tuple[RawColumn, ...]
    rows: IntArray
    geometry: Geometries | None = None
    crs_wkt: str | None = None
    format: str = "csv"
    layer: str | None = None
    layers: tuple[LayerInfo, ...] = ()
    encoding: str | None = None
    separator: str | None = None
    header_rows: tuple[int, ...] = ()
    set_aside: tuple[tuple[int, str, str], ...] = ()
    faults: tuple[Fault, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    @property
    def names(self) -> Sequence[str]:
        """Headings in file order."""
        return [column.name for column in self.columns]
