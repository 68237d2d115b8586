"""Small map files made by hand, sound or with one thing wrong, for the tests of the intake."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from tests.unit.geo.intake.hostile_files import READ, HostileFile

POINT = {"type": "Point", "coordinates": [103.9, 22.3]}
KML = "<kml xmlns='http://www.opengis.net/kml/2.2'><Document>%s</Document></kml>"
MARK = "<Placemark><name>Thôn</name><Point><coordinates>%s</coordinates></Point></Placemark>"
GRID_WKT = (
    'PROJCS["x",GEOGCS["x",DATUM["x",SPHEROID["x",6378137,298.25]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],UNIT["metre",1],'
    'EXTENSION["PROJ4","+proj=tmerc +ellps=WGS84 +nadgrids=%s +units=m"]]'
)


def feature(geometry: object = POINT, **properties: object) -> dict[str, Any]:
    """Return a GeoJSON feature as Python values."""
    return {"type": "Feature", "properties": {"ten": "Thôn", **properties}, "geometry": geometry}


def collection(*features: object, **members: object) -> str:
    """Return the text of a FeatureCollection."""
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)})


def geopackage(statements: str = "", wkb: bytes | None = None) -> bytes:
    """Return a small GeoPackage after running SQL of somebody's own on it."""
    blob = b"GP\x00\x01" + struct.pack("<i", 4326) + (wkb or shapely.to_wkb(shapely.Point(1, 2)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        connection = sqlite3.connect(path)
        connection.executescript(
            """
            CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INT);
            CREATE TABLE gpkg_spatial_ref_sys
                (srs_id INT, organization TEXT, organization_coordsys_id INT, definition TEXT);
            INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326, '');
            INSERT INTO gpkg_contents VALUES ('thon', 'features', 'thon');
            INSERT INTO gpkg_geometry_columns VALUES ('thon', 'geom', 4326);
            CREATE TABLE thon (fid INTEGER PRIMARY KEY, geom BLOB, ten TEXT);
            """
        )
        connection.execute("INSERT INTO thon VALUES (1, ?, 'Thôn')", (blob,))
        connection.executescript(statements)
        connection.commit()
        connection.close()
        return path.read_bytes()


def shp_point(x: float = 103.9, y: float = 22.3) -> bytes:
    """Return the content of a record with a point."""
    return struct.pack("<idd", 1, x, y)


def shp(*records: bytes, words: int | None = None) -> bytes:
    """Return a geometry file of the given record contents, perhaps with a length that lies."""
    body = b"".join(
        struct.pack(">ii", number, words if words is not None else len(record) // 2) + record
        for number, record in enumerate(records, start=1)
    )
    header = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(body)) // 2)
    return header + struct.pack("<ii8d", 1000, 1, *[0.0] * 8) + body


def dbf(
    *cells: bytes,
    count: int | None = None,
    width: int | None = None,
    name: bytes = b"TEN",
    kind: bytes = b"C",
) -> bytes:
    """Return a table of one field, ten bytes wide, perhaps with a header that lies."""
    field = struct.pack("<11scIBB14x", name, kind, 0, 10, 0)
    records = b"".join(b" " + cell.ljust(10) for cell in cells)
    stated = len(cells) if count is None else count
    size = 11 if width is None else width
    header = struct.pack("<4BIHH20x", 3, 124, 1, 1, stated, 65, size)
    return header + field + b"\r" + records + b"\x1a"


def dbf_of_fields(fields: Sequence[tuple[bytes, bytes, int]], *rows: Sequence[bytes]) -> bytes:
    """Return a table of fields given as name, type and width."""
    width = 1 + sum(size for _, _, size in fields)
    header = struct.pack("<4BIHH20x", 3, 124, 1, 1, len(rows), 33 + 32 * len(fields), width)
    described = b"".join(
        struct.pack("<11sc4xBB14x", name, kind, size, 0) for name, kind, size in fields
    )
    records = b"".join(
        b" " + b"".join(cell.ljust(size) for cell, (_, _, size) in zip(row, fields, strict=True))
        for row in rows
    )
    return header + described + b"\r" + records + b"\x1a"


def parquet(table: pa.Table, geo: object = None, **options: Any) -> bytes:
    """Return a Parquet file, perhaps with ``geo`` metadata."""
    if geo is not None:
        text = geo if isinstance(geo, str) else json.dumps(geo)
        table = table.replace_schema_metadata({"geo": text})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def geo_metadata(**column: object) -> dict[str, Any]:
    """Return ``geo`` metadata of one column ``geometry``."""
    described = {"encoding": "WKB", "geometry_types": ["Point"], **column}
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": described}}


def hostile(name: str, content: bytes | str, *expected: str) -> HostileFile:
    """Return a file of the corpus and the sentences that would be right, or ``read``."""
    keys = (key if key == READ else f"error-intake-{key}" for key in expected)
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    return HostileFile(name, data, frozenset(keys))
