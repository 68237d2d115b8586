"""GeoParquet, and Parquet without geometry as a plain table (GeoParquet 1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.intake.arrow_columns import (
    MOST_TEXT_BYTES,
    TextTooLongError,
    column_of_arrow,
    is_binary,
    is_text,
)
from geo.intake.assembly import check_size, compact_json, left_out
from geo.intake.byte_texts import finish
from geo.intake.crs import CRS84, safe_projjson, unread_crs
from geo.intake.shapes import place_points
from geo.intake.table import Geometries, RawColumn, RawTable, ReadOptions
from geo.intake.well_known_binary import decode_wkb
from planning.columns import FloatArray, IntArray
from planning.errors import DataError, Fault

_MOST_BYTES: Final = 400 * 2**20
_BATCH: Final = 5_000
_LONGEST_METADATA: Final = 4 * 2**20
_MOST_PARTS: Final = 100_000
_INDEX_OF_PANDAS: Final = "__index_level_"
_UNSTATED: Final = object()
_UNREADABLE: Final = (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError)
"""How Arrow says that values are not what they are to be made, such as times of no known zone."""


@dataclass(frozen=True, slots=True)
class _GeoMetadata:
    """What the ``geo`` metadata say: the geometry column and what else is made from it."""

    column: str | None = None
    encoding: str = "WKB"
    crs: str | None = None
    derived: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = field(default=())


def read_geoparquet(path: Path, options: ReadOptions) -> RawTable:
    """Read a GeoParquet or plain Parquet file.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        ``encoding`` is heeded for a legacy font; there are no layers.

    Returns
    -------
    RawTable
        Rows count from 1. A coordinate system that is not stated is OGC:CRS84, as the format
        wants; one stated as null is unknown. Nested values become compact JSON; binary columns
        are left out with a fault.

    Raises
    ------
    DataError
        If the file is no sound Parquet, its metadata contradict it, or it holds more than fits.
    """
    try:
        with pq.ParquetFile(
            path,
            thrift_string_size_limit=_LONGEST_METADATA,
            thrift_container_size_limit=_MOST_PARTS,
            read_dictionary=_text_columns(path),
        ) as file:
            geo = _geo_metadata(file.schema_arrow, path.name)
            table = _read(file, path.name)
    except (pa.ArrowException, OSError, ValueError, UnicodeError) as error:
        raise DataError("error-intake-map-parquet", file=path.name) from error
    return finish(_table(table, geo, path.name), options.encoding, file=path.name)


def _text_columns(path: Path) -> list[str]:
    """Return the columns of text, which are read as dictionaries.

    One long text repeated for every row is a few bytes in the file and must not become gigabytes
    before anybody can add up its length.
    """
    return [each.name for each in pq.read_schema(path) if is_text(each.type)]


def _read(file: pq.ParquetFile, name: str) -> pa.Table:
    """Read all rows piece by piece, adding up what was read."""
    metadata = file.metadata
    check_size(name, metadata.num_rows, metadata.num_columns)
    groups = range(metadata.num_row_groups)
    stated = sum(metadata.row_group(group).total_byte_size for group in groups)
    if metadata.num_rows == 0:
        raise DataError("error-intake-map-no-rows", file=name)
    if stated > _MOST_BYTES:
        raise DataError("error-intake-map-bytes", file=name, limit=_MOST_BYTES // 2**20)
    batches = []
    size = 0
    for batch in file.iter_batches(_BATCH, use_threads=False):
        size += batch.nbytes
        if size > _MOST_BYTES:
            raise DataError("error-intake-map-bytes", file=name, limit=_MOST_BYTES // 2**20)
        batches.append(batch)
    table = pa.Table.from_batches(batches)
    table.validate()
    return table


def _table(table: pa.Table, geo: _GeoMetadata, file: str) -> RawTable:
    rows = np.arange(1, len(table) + 1, dtype=np.int64)
    columns: list[RawColumn] = []
    faults = list(geo.faults)
    for name, values in zip(table.column_names, table.columns, strict=True):
        if name == geo.column or name in geo.derived or name.startswith(_INDEX_OF_PANDAS):
            continue
        try:
            column = column_of_arrow(name, values)
        except TextTooLongError as error:
            limit = MOST_TEXT_BYTES // 2**20
            raise DataError("error-intake-map-bytes", file=file, limit=limit) from error
        except _UNREADABLE:
            column = None
        if column is None:
            faults.append(left_out(name))
        else:
            columns.append(column)
    geometry, more = _geometry(table, geo, rows, file)
    return RawTable(
        columns=tuple(columns),
        rows=rows,
        geometry=geometry,
        crs_wkt=geo.crs,
        format="parquet",
        faults=(*faults, *more),
    )


def _geometry(
    table: pa.Table, geo: _GeoMetadata, rows: IntArray, file: str
) -> tuple[Geometries | None, list[Fault]]:
    if geo.column is None:
        return None, []
    values = table.column(geo.column).combine_chunks()
    if geo.encoding == "WKB" and is_binary(values.type):
        return decode_wkb(values.to_pylist(), rows)
    if geo.encoding == "point" and pa.types.is_struct(values.type):
        present = values.is_valid().to_numpy(zero_copy_only=False)
        try:
            x, y = (_coordinate(values, axis)[present] for axis in "xy")
        except _UNREADABLE as error:
            raise DataError(
                "error-intake-map-parquet-encoding", file=file, got=str(values.type)[:40]
            ) from error
        geometry = np.full(len(values), None, dtype=object)
        geometry[present], faults = place_points(x, y, rows[present])
        return geometry, faults
    raise DataError("error-intake-map-parquet-encoding", file=file, got=geo.encoding[:40])


def _coordinate(points: pa.StructArray, axis: str) -> FloatArray:
    coordinate: FloatArray = (
        pc.struct_field(points, axis).cast(pa.float64()).to_numpy(zero_copy_only=False)
    )
    return coordinate


def _geo_metadata(schema: pa.Schema, file: str) -> _GeoMetadata:
    """Return what the ``geo`` metadata say, nothing for plain Parquet."""
    written = (schema.metadata or {}).get(b"geo")
    if written is None:
        return _GeoMetadata()
    try:
        geo = orjson.loads(written)
        primary = geo["primary_column"]
        described = geo["columns"][primary]
        encoding = described["encoding"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise DataError("error-intake-map-parquet-geo", file=file) from None
    if not isinstance(encoding, str) or primary not in schema.names:
        raise DataError("error-intake-map-parquet-geo", file=file)
    crs, doubt = _crs(described)
    return _GeoMetadata(primary, encoding, crs, _derived(described), tuple(doubt))


def _crs(described: Mapping[str, Any]) -> tuple[str | None, list[Fault]]:
    stated = described.get("crs", _UNSTATED)
    if stated is _UNSTATED:
        return CRS84, []
    if stated is None:
        return None, []
    crs = safe_projjson(stated) if isinstance(stated, dict) else None
    return crs, [] if crs is not None else [unread_crs(compact_json(stated))]


def _derived(described: Mapping[str, Any]) -> frozenset[str]:
    """Return the columns that only repeat the extent of each geometry."""
    covering = described.get("covering")
    box = covering.get("bbox") if isinstance(covering, dict) else None
    paths = box.values() if isinstance(box, dict) else ()
    return frozenset(
        path[0] for path in paths if isinstance(path, list) and path and isinstance(path[0], str)
    )
