"""What a GeoPackage says about its layers: names, fields, coordinate systems (OGC 12-128r19)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.intake.crs import safe_crs, unread_crs
from geo.intake.locked_sqlite import quoted
from planning.errors import DataError, Fault

_READABLE: Final = ("features", "attributes", "aspatial")
_NOT_LAYERS: Final = frozenset({"layer_styles", "qgis_projects"})
_RESERVED: Final = ("gpkg_", "sqlite_", "rtree_")
_KEYS_OF_STORAGE: Final = frozenset({"fid", "ogc_fid"})
_UNDEFINED_SRS: Final = frozenset({-1, 0})
_MAX_LAYERS: Final = 100


@dataclass(frozen=True, slots=True)
class GpkgLayer:
    """A layer: its table, title, number of rows, geometry column and coordinate system.

    ``rows`` is ``None`` for a view, whose rows would have to be computed.
    """

    table: str
    title: str
    rows: int | None
    geometry: str | None
    srs: int | None


@dataclass(frozen=True, slots=True)
class GpkgField:
    """A column of a layer: name, declared type, how hidden it is, and whether it is the key."""

    name: str
    kind: str
    hidden: int
    is_key: bool


def list_layers(connection: sqlite3.Connection, file: str) -> list[GpkgLayer]:
    """Return the layers of a file in its order, without those of other programs.

    Raises
    ------
    DataError
        If it has none.
    """
    tables = {
        name: kind
        for name, kind in connection.execute("SELECT name, type FROM sqlite_master")
        if kind in {"table", "view"}
    }
    if "gpkg_contents" not in tables:
        raise DataError("error-intake-map-gpkg-contents", file=file)
    geometries = {}
    if "gpkg_geometry_columns" in tables:
        query = "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns"
        geometries = {table: (column, srs) for table, column, srs in connection.execute(query)}
    contents = connection.execute("SELECT table_name, identifier, data_type FROM gpkg_contents")
    found = []
    for table, title, kind in contents.fetchmany(_MAX_LAYERS):
        if kind in _READABLE and table in tables and _is_layer_name(table):
            column, srs = geometries.get(table, (None, None))
            rows = _row_count(connection, table) if tables[table] == "table" else None
            found.append(GpkgLayer(table, str(title or table), rows, column, srs))
    if not found:
        raise DataError("error-intake-map-gpkg-contents", file=file)
    return found


def choose_layer(layers: Sequence[GpkgLayer], wanted: str | None, file: str) -> GpkgLayer:
    """Return the layer a person named by table or title, else the first with geometry.

    Raises
    ------
    DataError
        If there is no layer of that name.
    """
    if wanted is None:
        return next((layer for layer in layers if layer.geometry is not None), layers[0])
    for layer in layers:
        if wanted in {layer.table, layer.title}:
            return layer
    names = ", ".join(layer.table for layer in layers)
    raise DataError("error-intake-map-layer", file=file, got=wanted, expected=names)


def list_fields(connection: sqlite3.Connection, table: str) -> list[GpkgField]:
    """Return the columns of a table, computed ones included, the key of the storage left out."""
    rows = connection.execute(f"PRAGMA table_xinfo({quoted(table)})")
    fields = [
        GpkgField(name, str(kind).upper(), hidden, bool(is_key))
        for _, name, kind, _, _, is_key, hidden in rows
    ]
    return [f for f in fields if not (f.is_key and f.name.lower() in _KEYS_OF_STORAGE)]


def find_geometry(fields: Sequence[GpkgField], layer: GpkgLayer) -> str | None:
    """Return the geometry column as the table writes it; SQL does not mind case."""
    wanted = str(layer.geometry).lower()
    if layer.geometry is None:
        return None
    return next((f.name for f in fields if f.name.lower() == wanted and not f.hidden), None)


def layer_crs(connection: sqlite3.Connection, layer: GpkgLayer) -> tuple[str | None, list[Fault]]:
    """Return the layer's coordinate system: by its code, else by its definition."""
    if layer.geometry is None or layer.srs in _UNDEFINED_SRS:
        return None, []
    query = (
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys "
        "WHERE srs_id = ?"
    )
    described = connection.execute(query, (layer.srs,)).fetchone()
    organization, code, definition = described or ("", layer.srs, "")
    crs = safe_crs(f"{organization}:{code}") or safe_crs(str(definition))
    if crs is None:
        return None, [unread_crs(str(definition) if described else str(layer.srs))]
    return crs, []


def _is_layer_name(table: object) -> bool:
    return (
        isinstance(table, str)
        and table not in _NOT_LAYERS
        and not table.lower().startswith(_RESERVED)
    )


def _row_count(connection: sqlite3.Connection, table: str) -> int:
    count: int = connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0]  # noqa: S608
    return count
