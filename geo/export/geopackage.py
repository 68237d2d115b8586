"""GeoPackage: typed columns, a style QGIS applies by itself, and the notes as a table.

Everything goes through GDAL with a stated Arrow schema, and no SQL is written here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyogrio

from geo.export.arrow import arrow_columns, arrow_points
from geo.export.content import Cell, Content
from geo.export.layer import LAYER_NAME
from geo.export.qml import qgis_style

GEOMETRY: Final = "geom"
"""Name of the geometry column of every layer."""


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
        write_attributes(path, "notes", note_columns(content.notes), "fid")
        style = LayerStyle(LAYER_NAME, content.title, qgis_style(content))
        write_attributes(path, "layer_styles", style_columns([style]), "id")
        return path.read_bytes()


def _write_list(content: Content, path: Path) -> None:
    columns = {**arrow_columns(content), GEOMETRY: arrow_points(content.positions)}
    described = " · ".join(filter(None, (content.illustrative, content.subtitle)))
    pyogrio.write_arrow(
        pa.table(columns),
        path,
        layer=LAYER_NAME,
        driver="GPKG",
        geometry_name=GEOMETRY,
        geometry_type="Point",
        crs="EPSG:4326",
        layer_metadata={key: str(value) for key, value in content.metadata.items()},
        layer_options={"IDENTIFIER": content.title, "DESCRIPTION": described},
    )


def write_attributes(path: Path, layer: str, columns: Mapping[str, pa.Array], fid: str) -> None:
    """Add a table without geometry to a GeoPackage.

    Parameters
    ----------
    path : Path
    layer : str
        Name of the table.
    columns : mapping of str to pyarrow.Array
    fid : str
        Name of the key that GDAL adds.
    """
    pyogrio.write_arrow(
        pa.table(columns), path, layer=layer, driver="GPKG", layer_options={"FID": fid}
    )


def note_columns(notes: Sequence[tuple[str, str]]) -> dict[str, pa.Array]:
    """Return notes as the columns ``label`` and ``value``."""
    labels, values = zip(*notes, strict=True) if notes else ((), ())
    return {"label": _texts(labels), "value": _texts(values)}


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """The default look of a layer: its name, what the style is called, a QML document."""

    layer: str
    description: str
    qml: str


def style_columns(styles: Sequence[LayerStyle]) -> dict[str, pa.Array]:
    """Return styles as the columns QGIS creates itself when a user saves one in a GeoPackage.

    Parameters
    ----------
    styles : sequence of LayerStyle
        Of layers whose geometry is called ``geom``.

    Returns
    -------
    dict of str to pyarrow.Array
        Of the table ``layer_styles``.
    """
    n = len(styles)
    names = _texts([style.layer for style in styles])
    blank = _texts([""] * n)
    return {
        "f_table_catalog": blank,
        "f_table_schema": blank,
        "f_table_name": names,
        "f_geometry_column": _texts([GEOMETRY] * n),
        "styleName": names,
        "styleQML": _texts([style.qml for style in styles]),
        "styleSLD": blank,
        "useAsDefault": pa.array([True] * n, pa.bool_()),
        "description": _texts([style.description for style in styles]),
        "owner": blank,
        "ui": _texts([None] * n),
        "update_time": pa.array([None] * n, pa.timestamp("ms")),
    }


def _texts(values: Sequence[Cell]) -> pa.Array:
    return pa.array(values, pa.string())
