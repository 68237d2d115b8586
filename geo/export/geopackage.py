"""GeoPackage: typed columns, a style QGIS applies by itself, and the notes as a table.

Everything goes through GDAL with a stated Arrow schema, and no SQL is written here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyogrio

from geo.export.arrow import arrow_columns, arrow_points
from geo.export.content import Cell, Content
from geo.export.layer import LAYER_NAME
from geo.export.qml import qgis_style

_GEOMETRY: Final = "geom"


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
    columns = {**arrow_columns(content), _GEOMETRY: arrow_points(content.positions)}
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
