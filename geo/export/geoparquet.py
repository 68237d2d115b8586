"""GeoParquet: typed columns for Python, R, DuckDB and QGIS, with the evidence in the schema.

Source: OGC GeoParquet 1.1.0, "File Metadata" and "Column Metadata".
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet
from pyproj import CRS

from geo.export.arrow import arrow_columns, arrow_points, known_degrees
from geo.export.content import Content
from geo.export.layer import LAYER_NAME
from geo.export.table import Column

_GEOMETRY: Final = "geometry"
_VERSION: Final = "1.1.0"
_CRS: Final = "OGC:CRS84"


def encode_geoparquet(content: Content) -> bytes:
    """Return the list as a GeoParquet file, stored values under their stable keys.

    The metadata of the schema has ``geo`` (version 1.1.0: WKB points in OGC:CRS84 and their
    bounds), ``name``, and as JSON ``metadata`` and ``notes`` (label and value in the reader's
    language). Each field has the reader's ``label``, its ``description`` and, for choices, the
    labels of stored values.

    Parameters
    ----------
    content : Content

    Returns
    -------
    bytes
        The same for the same content. A missing value or position is null.
    """
    columns = {**arrow_columns(content), _GEOMETRY: arrow_points(content.positions)}
    described = {column.key: _field_metadata(column) for column in content.columns}
    fields = [pa.field(k, v.type, metadata=described.get(k)) for k, v in columns.items()]
    schema = pa.schema(fields, metadata=_schema_metadata(content))
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns, schema=schema), buffer)
    return buffer.getvalue()


def _schema_metadata(content: Content) -> dict[str, str]:
    return {
        "geo": _json(_geo(content)),
        "name": LAYER_NAME,
        "metadata": _json(content.metadata),
        "notes": _json(content.notes),
    }


def _geo(content: Content) -> dict[str, Any]:
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "crs": CRS.from_user_input(_CRS).to_json_dict(),
    }
    degrees = known_degrees(content.positions)
    if len(degrees):
        column["bbox"] = [*degrees.min(axis=0).tolist(), *degrees.max(axis=0).tolist()]
    return {"version": _VERSION, "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}


def _field_metadata(column: Column) -> Mapping[str, str]:
    metadata = {"label": column.label, "description": column.description}
    return {**metadata, "choices": _json(column.choices)} if column.choices else metadata


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
