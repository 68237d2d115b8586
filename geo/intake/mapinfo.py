"""MapInfo tables, packed as one ZIP archive.

The geometry file is the one format here that is left to GDAL. What it gets to see is prepared:
files under names of our own, a header written here, and a data file whose counts were compared
with its size.
"""

from __future__ import annotations

import tempfile
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
from numpy.typing import NDArray
from pyogrio.errors import (
    CRSError,
    DataLayerError,
    DataSourceError,
    FeatureError,
    FieldError,
    GeometryError,
)

from geo.intake.archive_members import MapMembers, choose_map, find_maps
from geo.intake.archives import Archive, open_archive
from geo.intake.assembly import (
    clean_name,
    column_of_days,
    column_of_numbers,
    column_of_texts,
)
from geo.intake.byte_texts import DecodedColumns, decode_columns, finish
from geo.intake.crs import safe_crs, unread_crs
from geo.intake.dbf import read_dbf
from geo.intake.limits import MAX_ROWS
from geo.intake.tab_header import TabHeader, read_tab_header, write_tab_header
from geo.intake.table import LayerInfo, RawColumn, RawTable, ReadOptions
from geo.intake.well_known_binary import decode_wkb
from planning.errors import DataError, Fault, Severity

_HEADER_LIMIT: Final = 2**20
_BLOCK: Final = 512
_MAP_MAGIC: Final = 42_424_242
_MAP_MAGIC_AT: Final = 0x100
_GDAL_FAULTS: Final = (
    CRSError,
    DataLayerError,
    DataSourceError,
    FeatureError,
    FieldError,
    GeometryError,
    ValueError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True, eq=False)
class _Content:
    """What GDAL read: coordinate system, well-known binary and the cells of each column."""

    crs: str
    geometry: NDArray[np.object_] | None
    cells: list[NDArray[Any]]


def read_mapinfo(path: Path, options: ReadOptions) -> RawTable:
    """Read a native MapInfo table from a ZIP archive, in whatever folder of it it lies.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        ``layer`` names the table if there are several, ``encoding`` that of its texts.

    Returns
    -------
    RawTable
        Rows count records from 1. MapInfo cannot leave a number empty, so a column of numbers
        with zeros carries a fault that says so.

    Raises
    ------
    DataError
        If the archive is unsound, holds no or several tables and none was named, or the table is
        not native (a view, a seamless table, a raster or a link to another file) or damaged.
    """
    with open_archive(path) as archive:
        maps = find_maps(archive.names, ".tab")
        found = choose_map(maps, options.layer, path.name)
        header = read_tab_header(archive.read(found.members[".tab"], _HEADER_LIMIT), path.name)
        with tempfile.TemporaryDirectory() as folder:
            table = _lay_out(archive, found, header, Path(folder), path.name)
            content = _read(table, len(header.fields), path.name)
    decoded = decode_columns(
        _text_cells(content),
        [field.name for field in header.fields],
        chosen=options.encoding,
        stated=header.charset,
        file=path.name,
    )
    raw = replace(
        _table(content, decoded),
        layer=found.title,
        layers=tuple(LayerInfo(each.title) for each in maps) if len(maps) > 1 else (),
    )
    return finish(raw, options.encoding, file=path.name, sure=decoded.sure)


def _lay_out(
    archive: Archive, found: MapMembers, header: TabHeader, folder: Path, file: str
) -> Path:
    """Write the parts under fixed names, the header anew, and check what can be checked."""
    if ".dat" not in found.members:
        raise DataError("error-intake-map-member", file=file, member=f"{found.title}.dat")
    wanted = [".dat"] + [".map", ".id"] * ({".map", ".id"} <= set(found.members))
    for suffix in wanted:
        archive.extract(found.members[suffix], folder / f"table{suffix}")
    rows = _check_data(folder / "table.dat", len(header.fields), file)
    if ".map" in wanted:
        _check_geometry(folder, rows, file)
    table = folder / "table.tab"
    table.write_bytes(write_tab_header(header))
    return table


def _check_data(path: Path, fields: int, file: str) -> int:
    """Return the number of records after comparing what the data file states with its size."""
    data = path.read_bytes()
    table = read_dbf(data, file)
    count = int.from_bytes(data[4:8], "little")
    if count != len(table.records) or len(table.fields) != fields:
        raise DataError("error-intake-map-tab-damaged", file=file)
    if count == 0:
        raise DataError("error-intake-map-no-rows", file=file)
    return count


def _check_geometry(folder: Path, rows: int, file: str) -> None:
    """Compare the index, one entry per record, and the blocks it points to with their sizes."""
    geometry = (folder / "table.map").read_bytes()
    magic = int.from_bytes(geometry[_MAP_MAGIC_AT : _MAP_MAGIC_AT + 4], "little")
    index = np.fromfile(folder / "table.id", "<u4")
    if magic != _MAP_MAGIC or len(index) < rows or (index[:rows] >= len(geometry)).any():
        raise DataError("error-intake-map-tab-damaged", file=file)


def _read(table: Path, fields: int, file: str) -> _Content:
    try:
        with warnings.catch_warnings():
            # GDAL's remarks in English would reach a terminal and nobody else.
            warnings.simplefilter("ignore")
            meta, _, wkb, cells = pyogrio.raw.read(
                table, encoding="ISO-8859-1", force_2d=True, max_features=MAX_ROWS
            )
    except _GDAL_FAULTS as error:
        raise DataError("error-intake-map-tab-damaged", file=file) from error
    if len(cells) != fields or not len(cells[0]):
        raise DataError("error-intake-map-tab-damaged", file=file)
    return _Content(str(meta.get("crs") or ""), wkb, list(cells))


def _table(content: _Content, decoded: DecodedColumns) -> RawTable:
    rows = np.arange(1, len(content.cells[0]) + 1, dtype=np.int64)
    wkb = content.geometry
    geometry, faults = (None, []) if wkb is None else decode_wkb(wkb.tolist(), rows)
    crs = safe_crs(content.crs)
    if content.crs and crs is None:
        faults.append(unread_crs(content.crs))
    columns = _columns(content.cells, decoded)
    return RawTable(
        columns=columns,
        rows=rows,
        geometry=geometry,
        crs_wkt=crs,
        format="tab",
        encoding=decoded.encoding,
        faults=(*faults, *_zero_faults(columns)),
    )


def _text_cells(content: _Content) -> list[NDArray[np.bytes_]]:
    return [_bytes(values) for values in content.cells if _is_text(values)]


def _is_text(values: NDArray[Any]) -> bool:
    return values.dtype.kind in "Ob"


def _bytes(values: NDArray[Any]) -> NDArray[np.bytes_]:
    if values.dtype == np.bool_:
        return np.where(values, b"TRUE", b"FALSE")
    cells = [b"" if value is None else str(value).encode("latin-1", "replace") for value in values]
    return np.array(cells, dtype=np.bytes_)


def _columns(cells: list[NDArray[Any]], decoded: DecodedColumns) -> tuple[RawColumn, ...]:
    texts = iter(decoded.texts)
    columns = []
    for values, name in zip(cells, decoded.names, strict=True):
        if _is_text(values):
            columns.append(column_of_texts(clean_name(name), next(texts)))
        elif np.issubdtype(values.dtype, np.datetime64):
            columns.append(column_of_days(name, values))
        else:
            columns.append(column_of_numbers(name, values.astype(np.float64)))
    return tuple(columns)


def _zero_faults(columns: tuple[RawColumn, ...]) -> list[Fault]:
    return [
        Fault(
            "fault-intake-map-zeros",
            column=column.name,
            values={"count": int((column.numbers == 0).sum())},
            severity=Severity.WARNING,
            remedy="remedy-intake-map-zeros",
        )
        for column in columns
        if column.numbers is not None and (column.numbers == 0).any()
    ]
