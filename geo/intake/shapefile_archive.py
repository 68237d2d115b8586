"""Shapefiles, packed as one ZIP archive: geometry, table, coordinate system and encoding.

Read from bytes without GDAL, so that nothing beside the archive can be reached and no native
library sees a length that lies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from geo.intake.archive_members import MapMembers, choose_map, find_maps
from geo.intake.archives import Archive, open_archive
from geo.intake.assembly import (
    clean_name,
    column_of_days,
    column_of_numbers,
    column_of_texts,
    left_out,
)
from geo.intake.byte_texts import decode_columns, finish
from geo.intake.crs import safe_crs, unread_crs
from geo.intake.dbf import (
    Bytes,
    DbfField,
    DbfTable,
    days_of,
    is_numeric,
    is_readable,
    numbers_of,
    read_dbf,
)
from geo.intake.shp import read_shp
from geo.intake.table import LayerInfo, RawColumn, RawTable, ReadOptions
from planning.columns import BoolArray
from planning.errors import DataError, Fault

_SMALL: Final = 2**16
_TRUTH: Final = {b"T": "TRUE", b"Y": "TRUE", b"F": "FALSE", b"N": "FALSE"}


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """The columns of a table, how their texts were read, and which fields were left out."""

    columns: tuple[RawColumn, ...]
    encoding: str
    sure: bool
    faults: list[Fault]


def read_shapefile(path: Path, options: ReadOptions) -> RawTable:
    """Read a shapefile from a ZIP archive, in whatever folder of it it lies.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        ``layer`` names the shapefile if there are several, ``encoding`` that of the table.

    Returns
    -------
    RawTable
        Rows count records from 1, deleted ones included, which are left out. Blank numbers and
        dates are missing. Memo and binary fields are left out with a fault.

    Raises
    ------
    DataError
        If the archive is unsound, holds no or several shapefiles and none was named, or a part
        of it contradicts itself.
    """
    with open_archive(path) as archive:
        maps = find_maps(archive.names, ".shp")
        found = choose_map(maps, options.layer, path.name)
        return _read(archive, found, maps, options, path.name)


def _read(
    archive: Archive,
    found: MapMembers,
    maps: tuple[MapMembers, ...],
    options: ReadOptions,
    file: str,
) -> RawTable:
    if ".dbf" not in found.members:
        raise DataError("error-intake-map-member", file=file, member=f"{found.title}.dbf")
    geometry, faults = read_shp(archive.read(found.members[".shp"]), file)
    table = read_dbf(archive.read(found.members[".dbf"]), file)
    if len(geometry) != len(table.records):
        raise DataError(
            "error-intake-map-shp-count", file=file, shapes=len(geometry), rows=len(table.records)
        )
    kept = ~table.deleted
    if not kept.any():
        raise DataError("error-intake-map-no-rows", file=file)
    stated = _small_text(archive, found, ".cpg")
    content = _columns(table, kept, options, stated, file)
    rows = np.flatnonzero(kept).astype(np.int64) + 1
    crs, doubt = _crs(_small_text(archive, found, ".prj"))
    whole = RawTable(
        columns=content.columns,
        rows=rows,
        geometry=geometry[kept],
        crs_wkt=crs,
        format="shp",
        layer=found.title,
        layers=tuple(LayerInfo(each.title) for each in maps) if len(maps) > 1 else (),
        encoding=content.encoding,
        faults=(
            *doubt,
            *content.faults,
            *(fault for fault in faults if kept[(fault.row or 1) - 1]),
        ),
    )
    return finish(whole, options.encoding, file=file, sure=content.sure)


def _small_text(archive: Archive, found: MapMembers, suffix: str) -> str:
    name = found.members.get(suffix)
    # Editors of Windows put a byte order mark first, which no coordinate system begins with.
    return "" if name is None else archive.read(name, _SMALL).decode("utf-8-sig", "replace").strip()


def _crs(stated: str) -> tuple[str | None, list[Fault]]:
    if not stated:
        return None, []
    crs = safe_crs(stated)
    return crs, [] if crs is not None else [unread_crs(stated)]


def _columns(
    table: DbfTable, kept: BoolArray, options: ReadOptions, stated: str, file: str
) -> _Columns:
    fields = [field for field in table.fields if is_readable(field)]
    skipped = [field for field in table.fields if not is_readable(field)]
    texts: list[Bytes] = []
    columns: list[RawColumn | None] = []
    for field in fields:
        values = table.cells(field)[kept]
        column = _plain_column(field, values)
        columns.append(column)
        if column is None:
            texts.append(values)
    decoded = decode_columns(
        texts,
        [field.name for field in (*fields, *skipped)],
        chosen=options.encoding,
        stated=stated,
        file=file,
    )
    rest = iter(decoded.texts)
    names = iter(decoded.names)
    named = tuple(
        replace(
            column_of_texts("", next(rest)) if column is None else column, name=clean_name(name)
        )
        for column, name in zip(columns, islice(names, len(columns)), strict=True)
    )
    return _Columns(named, decoded.encoding, decoded.sure, [left_out(name) for name in names])


def _plain_column(field: DbfField, values: Bytes) -> RawColumn | None:
    """Return the column of a field that is no text, its name still to come."""
    if is_numeric(field):
        numbers = numbers_of(values)
        return None if numbers is None else column_of_numbers("", numbers)
    if field.kind == "D":
        days, odd = days_of(values)
        written = np.where(odd, values, b"")
        return replace(column_of_texts("", _as_ascii(written)), days=column_of_days("", days).days)
    if field.kind == "L":
        known = np.array([_TRUTH.get(cell.upper(), "") for cell in values.tolist()], dtype=object)
        return column_of_texts("", pa.array(known, pa.large_string()))
    return None


def _as_ascii(cells: Bytes) -> pa.Array:
    texts = [cell.decode("ascii", "replace") for cell in cells.tolist()]
    return pa.array(texts, pa.large_string())
