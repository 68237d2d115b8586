"""GeoPackage: one layer of a SQLite file, read without GDAL (OGC 12-128r19)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from geo.intake.assembly import (
    check_size,
    column_of_cells,
    column_of_dated_texts,
    left_out,
)
from geo.intake.byte_texts import finish
from geo.intake.columns import join_columns
from geo.intake.geopackage_blobs import decode_blobs
from geo.intake.geopackage_layers import (
    GpkgField,
    GpkgLayer,
    choose_layer,
    find_geometry,
    layer_crs,
    list_fields,
    list_layers,
)
from geo.intake.limits import MAX_ROWS
from geo.intake.locked_sqlite import open_locked, quoted, read_columns
from geo.intake.table import Geometries, LayerInfo, RawColumn, RawTable, ReadOptions
from geo.intake.well_known_binary import CURVED_KINDS
from planning.errors import DataError, Fault

_GEOMETRY_KINDS: Final = frozenset(
    {
        "GEOMETRY",
        "POINT",
        "LINESTRING",
        "POLYGON",
        "MULTIPOINT",
        "MULTILINESTRING",
        "MULTIPOLYGON",
        "GEOMETRYCOLLECTION",
        "GEOMCOLLECTION",
        *CURVED_KINDS.values(),
    }
)
_TRUTH: Final = {0: False, 1: True}
_FORBIDDEN: Final = ("prohibited", "not authorized", "unsafe use", "no such function")
"""Parts of what SQLite says of SQL that it was told not to run."""


@dataclass(slots=True)
class _Content:
    """Parts of the columns of a layer as they come in, and its geometry."""

    columns: list[list[RawColumn | None]]
    counts: list[int] = field(default_factory=list)
    geometry: list[Geometries] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_geopackage(path: Path, options: ReadOptions) -> RawTable:
    """Read one layer of a GeoPackage.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        ``layer`` is a table's name or title; without one the first layer with geometry is read,
        else the first.

    Returns
    -------
    RawTable
        ``layers`` lists all; rows count features from 1. A declared date becomes a day, a
        declared boolean ``TRUE`` or ``FALSE``. Binary and computed columns are left out with a
        fault.

    Raises
    ------
    DataError
        If the file is no sound GeoPackage, has no such layer or no row, or computes more than
        it may.
    """
    try:
        with open_locked(path) as connection:
            layers = list_layers(connection, path.name)
            layer = choose_layer(layers, options.layer, path.name)
            table = _table(connection, layer, layers, path.name)
    except (sqlite3.Error, UnicodeError) as error:
        # The second when what is damaged stands in what SQLite wants to say about it.
        raise DataError(_reason(error), file=path.name) from error
    return finish(table, options.encoding, file=path.name)


def _reason(error: Exception) -> str:
    text = str(error)
    if "interrupted" in text:
        return "error-intake-map-gpkg-work"
    if any(sign in text for sign in _FORBIDDEN):
        return "error-intake-map-gpkg-computed"
    return "error-intake-map-gpkg"


def _table(
    connection: sqlite3.Connection, layer: GpkgLayer, layers: Sequence[GpkgLayer], file: str
) -> RawTable:
    fields = list_fields(connection, layer.table)
    geometry = find_geometry(fields, layer)
    kept = [each for each in fields if _is_readable(each) and each.name != geometry]
    skipped = [each for each in fields if not _is_readable(each) and each.name != geometry]
    check_size(file, layer.rows or 0, len(fields))
    content = _read(connection, layer, kept, geometry)
    count = sum(content.counts)
    if count == 0:
        raise DataError("error-intake-map-no-rows", file=file)
    check_size(file, count, len(fields))
    crs, doubt = layer_crs(connection, layer)
    return RawTable(
        columns=tuple(join_columns(parts, content.counts) for parts in content.columns),
        rows=np.arange(1, count + 1, dtype=np.int64),
        geometry=np.concatenate(content.geometry) if geometry else None,
        crs_wkt=crs,
        format="gpkg",
        layer=layer.table,
        layers=tuple(LayerInfo(each.table, each.rows) for each in layers),
        faults=(*doubt, *(left_out(each.name) for each in skipped), *content.faults),
        metadata={} if layer.title == layer.table else {"title": layer.title},
    )


def _read(
    connection: sqlite3.Connection,
    layer: GpkgLayer,
    fields: Sequence[GpkgField],
    geometry: str | None,
) -> _Content:
    """Read a layer; what is not UTF-8 in a text is replaced by a mark."""
    names = [quoted(each.name) for each in fields] + [quoted(geometry) if geometry else "NULL"]
    query = f"SELECT {', '.join(names)} FROM {quoted(layer.table)} LIMIT {MAX_ROWS + 1}"  # noqa: S608
    try:
        return _gather(connection, query, fields, has_geometry=geometry is not None)
    except sqlite3.OperationalError as error:
        if "decode to UTF-8" not in str(error):
            raise
    connection.text_factory = _lenient_text
    return _gather(connection, query, fields, has_geometry=geometry is not None)


def _gather(
    connection: sqlite3.Connection, query: str, fields: Sequence[GpkgField], *, has_geometry: bool
) -> _Content:
    content = _Content(columns=[[] for _ in fields])
    first_row = 1
    for *cells, blobs in read_columns(connection, query):
        for parts, each, values in zip(content.columns, fields, cells, strict=True):
            parts.append(_column(each, values))
        rows = np.arange(first_row, first_row + len(blobs), dtype=np.int64)
        if has_geometry:
            geometry, faults = decode_blobs(blobs, rows)
            content.geometry.append(geometry)
            content.faults.extend(faults)
        content.counts.append(len(blobs))
        first_row += len(blobs)
    return content


def _is_readable(each: GpkgField) -> bool:
    # A type may be followed by a size: BLOB(100).
    kind = each.kind.partition("(")[0].strip()
    return not each.hidden and kind != "BLOB" and kind not in _GEOMETRY_KINDS


def _lenient_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _column(each: GpkgField, cells: Sequence[Any]) -> RawColumn:
    if each.kind in {"DATE", "DATETIME"}:
        return column_of_dated_texts(each.name, cells)
    if each.kind == "BOOLEAN":
        return column_of_cells(each.name, [_TRUTH.get(cell, cell) for cell in cells])
    return column_of_cells(each.name, cells)
