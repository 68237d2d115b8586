"""GeoPackage: typed columns, a style QGIS applies by itself, and the notes as a table.

Everything goes through GDAL with a stated Arrow schema, so that a column without any value keeps
its type and no SQL is written here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyogrio
import shapely

from geo.export.content import Cell, Content, Position
from geo.export.layer import LAYER_NAME
from geo.export.qml import qgis_style
from geo.export.table import ColumnKind

_GEOMETRY: Final = "geom"
_TYPES: Final[Mapping[ColumnKind, pa.DataType]] = {
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


def encode_geopackage(content: Content) -> bytes:
    """Return the list as a GeoPackage.

    Layers: ``priority_list`` (points, EPSG:4326, stored values under their stable keys),
    ``notes`` (label and value in the reader's language) and ``layer_styles``, where QGIS looks
    for a default style. The metadata is also written as GeoPackage metadata of the layer.

    Parameters
    ----------
    content : Content

    Returns
    -------
    bytes
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.gpkg"
        _write_list(content, path)
        _write_table(path, "notes", _notes(content), "fid")
        _write_table(path, "layer_styles", _styles(content), "id")
        return path.read_bytes()


def _write_list(content: Content, path: Path) -> None:
    columns = {c.key: pa.array(content.stored[c.key], _TYPES[c.kind]) for c in content.columns}
    columns[_GEOMETRY] = pa.array(_well_known_binary(content.positions), pa.binary())
    described = " · ".join(filter(None, (content.illustrative, content.subtitle)))
    pyogrio.write_arrow(
        pa.table(columns),
        path,
        layer=LAYER_NAME,
        driver="GPKG",
        geometry_name=_GEOMETRY,
        geometry_type="Point",
        crs="EPSG:4326",
        layer_metadata={key: str(value) for key, value in content.metadata.items()},
        layer_options={"IDENTIFIER": content.title, "DESCRIPTION": described},
    )


def _write_table(path: Path, layer: str, columns: Mapping[str, pa.Array], fid: str) -> None:
    pyogrio.write_arrow(
        pa.table(columns), path, layer=layer, driver="GPKG", layer_options={"FID": fid}
    )


def _notes(content: Content) -> dict[str, pa.Array]:
    labels, values = zip(*content.notes, strict=True) if content.notes else ((), ())
    return {"label": _texts(labels), "value": _texts(values)}


def _styles(content: Content) -> dict[str, pa.Array]:
    # The columns QGIS creates itself when a user saves a style into a GeoPackage.
    return {
        "f_table_catalog": _texts([""]),
        "f_table_schema": _texts([""]),
        "f_table_name": _texts([LAYER_NAME]),
        "f_geometry_column": _texts([_GEOMETRY]),
        "styleName": _texts([LAYER_NAME]),
        "styleQML": _texts([qgis_style(content)]),
        "styleSLD": _texts([""]),
        "useAsDefault": pa.array([True], pa.bool_()),
        "description": _texts([content.title]),
        "owner": _texts([""]),
        "ui": _texts([None]),
        "update_time": pa.array([None], pa.timestamp("ms")),
    }


def _texts(values: Sequence[Cell]) -> pa.Array:
    return pa.array(values, pa.string())


def _well_known_binary(positions: Sequence[Position]) -> list[bytes | None]:
    return [None if p is None else shapely.to_wkb(shapely.Point(p)) for p in positions]
