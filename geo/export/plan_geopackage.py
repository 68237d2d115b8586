"""A plan as a GeoPackage: villages, links and masts in the colours of the map, tables beside them.

Everything goes through GDAL with a stated Arrow schema, and no SQL is written here.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyogrio
import shapely

from geo.export.arrow import TYPES
from geo.export.content import Cell
from geo.export.geopackage import (
    GEOMETRY,
    LayerStyle,
    note_columns,
    style_columns,
    write_attributes,
)
from geo.export.plan_content import LINKS, REASONS, SITES, VILLAGES, PlanContent, PlanTable
from geo.export.qml import Category, line_category, marker_category, style_document
from geo.symbology import ROUTES, SYMBOLS, MapClass, RouteClass

_TYPES: Final[Mapping[str, str]] = {VILLAGES: "Point", LINKS: "LineString", SITES: "Point"}
_DASHES: Final = ("solid", "dash", "dash dot", "dash dot dot", "dot")
"""QGIS's own pen styles, for classes that our table draws more and more broken."""


def encode_plan_geopackage(content: PlanContent) -> bytes:
    """Return a plan as a GeoPackage.

    Layers: ``villages`` (points), ``links`` (lines) and, with masts, ``sites`` (points), all in
    EPSG:4326 with stored values under their stable keys; every other table, such as ``waves``,
    without geometry (what ``reasons`` says is in ``villages``); ``notes`` in the reader's
    language; ``layer_styles``, where QGIS looks for the default style of a layer.

    Parameters
    ----------
    content : PlanContent

    Returns
    -------
    bytes
        The same for the same content.
    """
    with tempfile.TemporaryDirectory() as folder, _dated(content.written_on):
        path = Path(folder) / "plan.gpkg"
        for table in content.tables.values():
            if table.shapes is not None:
                _write_layer(table, content, path)
            elif table.key != REASONS:
                write_attributes(path, table.key, _columns(table), "fid")
        write_attributes(path, "notes", note_columns(content.notes), "fid")
        write_attributes(path, "layer_styles", style_columns(list(_styles(content))), "id")
        return path.read_bytes()


def _write_layer(table: PlanTable, content: PlanContent, path: Path) -> None:
    shapes = shapely.to_wkb(table.shapes, flavor="iso", byte_order=1)
    described = " · ".join(filter(None, (content.illustrative, table.about)))
    pyogrio.write_arrow(
        pa.table({**_columns(table), GEOMETRY: pa.array(shapes, pa.binary())}),
        path,
        layer=table.key,
        driver="GPKG",
        geometry_name=GEOMETRY,
        geometry_type=_TYPES[table.key],
        crs="EPSG:4326",
        layer_metadata={key: _said(value) for key, value in content.metadata.items()},
        layer_options={"IDENTIFIER": table.title, "DESCRIPTION": described},
    )


def _columns(table: PlanTable) -> dict[str, pa.Array]:
    return {c.key: pa.array(table.stored[c.key], TYPES[c.kind]) for c in table.columns}


def _said(value: Cell) -> str:
    return "" if value is None else str(value)


def _styles(content: PlanContent) -> Iterator[LayerStyle]:
    villages, links = content.tables[VILLAGES], content.tables[LINKS]
    yield LayerStyle(
        VILLAGES,
        villages.title,
        style_document(villages.columns, "status", _village_categories(content)),
    )
    yield LayerStyle(
        LINKS, links.title, style_document(links.columns, "wave", list(_wave_categories(content)))
    )
    if SITES in content.tables:
        sites = content.tables[SITES]
        label = content.classes[MapClass.PLANNED_SITE]
        # No column tells masts apart: the empty category is QGIS's "all other values".
        every = marker_category("", label, SYMBOLS[MapClass.PLANNED_SITE])
        yield LayerStyle(SITES, sites.title, style_document(sites.columns, "site_id", [every]))


def _village_categories(content: PlanContent) -> list[Category]:
    columns = content.tables[VILLAGES].columns
    labels = next(column.choices for column in columns if column.key == "status")
    return [
        marker_category(status, labels[status], SYMBOLS[member])
        for status, member in content.statuses.items()
    ]


def _wave_categories(content: PlanContent) -> Iterator[Category]:
    named = [(wave, content.waves[wave], drawn) for wave, drawn in content.wave_classes().items()]
    for value, label, drawn in [*named, ("", content.no_wave, RouteClass.NEVER)]:
        stroke = ROUTES[drawn]
        dash = _DASHES[min(list(RouteClass).index(drawn), len(_DASHES) - 1)]
        yield line_category(value, label, stroke.light, stroke.width_px, dash)


@contextmanager
def _dated(day: date) -> Iterator[None]:
    """Let GDAL write a given day in place of the clock's (GDAL, GPKG driver, OGR_CURRENT_DATE)."""
    name = "OGR_CURRENT_DATE"
    before = pyogrio.get_gdal_config_option(name)
    pyogrio.set_gdal_config_options({name: f"{day.isoformat()}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({name: before})
