"""Shapefiles, MapInfo tables and truncated map files nobody should have to open."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from tests.unit.geo.intake.archive_building import zipped
from tests.unit.geo.intake.hostile_files import READ, Canary, HostileFile
from tests.unit.geo.intake.map_building import (
    GRID_WKT,
    KML,
    MARK,
    collection,
    dbf,
    feature,
    geopackage,
    hostile,
    parquet,
    shp,
    shp_point,
)

TAB = (
    '!table\n!version 300\n!charset Neutral\n\nDefinition Table\n  Type NATIVE Charset "Neutral"\n'
)
TAB_FIELDS = "  Fields 1\n    TEN Char (10) ;\n"


def hostile_archives(canary: Canary) -> Iterator[HostileFile]:
    """Make every file of this part of the corpus."""
    for make in (_shapefiles, _tables_of_shapefiles, _mapinfo, _truncated):
        yield from make(canary)


def _shapefiles(canary: Canary) -> Iterator[HostileFile]:
    good = {"a.shp": shp(shp_point()), "a.dbf": dbf(b"Thon")}
    two = good | {"b.shp": shp(shp_point()), "b.dbf": dbf(b"Ban")}
    yield hostile("two.zip", zipped(two), "map-several")
    yield hostile("no-table.zip", zipped({"a.shp": shp(shp_point())}), "map-member")
    for name, content, *expected in (
        ("length", shp(shp_point(), words=2**31 - 1), "map-shp-count"),
        ("negative", shp(shp_point(), words=-5), "map-shp-count"),
        ("magic", b"\x00" * 200, "map-shp"),
        ("short", b"\x00\x00\x27\x0a", "map-shp"),
        ("nan", shp(shp_point(math.nan, math.inf)), READ),
        ("far", shp(shp_point(1e308, 1e308)), READ),
        ("kind", shp(struct.pack("<idd", 99, 1, 1)), READ),
        ("parts", shp(struct.pack("<i4dii", 5, 0, 0, 1, 1, 2**31 - 1, 2**31 - 1)), READ),
        ("points", shp(struct.pack("<i4dii", 5, 0, 0, 1, 1, 1, 2**30) + bytes(8)), READ),
        ("part-start", shp(struct.pack("<i4diii", 5, 0, 0, 1, 1, 1, 1, 77) + bytes(16)), READ),
        ("multipoint", shp(struct.pack("<i4di", 8, 0, 0, 1, 1, 2**31 - 1)), READ),
        ("two-records", shp(shp_point(), shp_point()), "map-shp-count"),
    ):
        yield hostile(f"shp-{name}.zip", zipped(good | {"a.shp": content}), *expected)
    grid = (GRID_WKT % canary.path).encode()
    yield hostile("prj-grid.zip", zipped(good | {"a.prj": grid}), READ)
    path = str(canary.path).encode()
    yield hostile("prj-path.zip", zipped(good | {"a.prj": path, "a.cpg": path}), READ)
    yield hostile("prj-long.zip", zipped(good | {"a.prj": b"GEOGCS[" * 100_000}), READ, "zip-size")


def _tables_of_shapefiles(_canary: Canary) -> Iterator[HostileFile]:
    good = {"a.shp": shp(shp_point()), "a.dbf": dbf(b"Thon")}
    for name, content, *expected in (
        ("count", dbf(b"Thon", count=2**32 - 1), READ),
        ("width-zero", dbf(b"Thon", width=0), "map-dbf"),
        ("width-large", dbf(b"Thon", width=65_535), "map-shp-count"),
        ("cut", dbf(b"Thon")[:40], "map-dbf"),
        ("none", b"", "map-dbf"),
        ("digits", dbf(b"1e308", kind=b"N"), READ),
        ("digits-wrong", dbf(b"--1..2", kind=b"N"), READ),
        ("day", dbf(b"20240230", kind=b"D"), READ),
        ("kind", dbf(b"Thon", kind=b"\xff"), READ),
        ("name", dbf(b"Thon", name=b"\xff\xfe=1+1|cmd"), READ),
        ("bytes", dbf(bytes(range(246, 256))), READ),
        ("deleted", dbf(b"Thon").replace(b" Thon", b"*Thon"), "map-no-rows"),
    ):
        yield hostile(f"dbf-{name}.zip", zipped(good | {"a.dbf": content}), *expected)


def _mapinfo(canary: Canary) -> Iterator[HostileFile]:
    data = dbf(b"Thon")
    for name, header in {
        "dbf": TAB.replace("NATIVE", "DBF") + TAB_FIELDS,
        "path": f'!table\nDefinition Table\n  File "{canary.path}"\n  Type NATIVE\n' + TAB_FIELDS,
        "view": '!table\n!version 100\nOpen Table "a" Hide\ncreate view x as Select * From a\n',
        "seamless": TAB
        + TAB_FIELDS
        + 'begin_metadata\n"\\IsSeamless" = "TRUE"\nend_metadata\n x\n',
        "raster": f'!table\nDefinition Table\n  File "{canary.path}"\n  Type "RASTER"\n',
        "linked": TAB.replace("NATIVE", "LINKED") + TAB_FIELDS,
        "odbc": TAB.replace("Type NATIVE", f'Type "ODBC" "{canary.address}"') + TAB_FIELDS,
        "fields": TAB + "  Fields 9999\n    TEN Char (10) ;\n",
        "size": TAB + "  Fields 1\n    TEN Char (99999) ;\n",
        "empty": "",
        "vrt": f"<OGRVRTDataSource><SrcDataSource>{canary.path}</SrcDataSource></OGRVRTDataSource>",
    }.items():
        parts = {"a.tab": header.encode(), "a.dat": data}
        yield hostile(f"tab-{name}.zip", zipped(parts), "map-tab")
    good = {"a.tab": (TAB + TAB_FIELDS).encode(), "a.dat": data}
    yield hostile("tab-two.zip", zipped(good | {"b.tab": b"x", "b.dat": data}), "map-several")
    yield hostile("tab-no-data.zip", zipped({"a.tab": good["a.tab"]}), "map-member")
    damaged = "map-tab-damaged"
    yield hostile("dat-count.zip", zipped(good | {"a.dat": dbf(b"x", count=2**31)}), damaged)
    yield hostile("dat-width.zip", zipped(good | {"a.dat": dbf(b"x", width=0)}), "map-dbf")
    noise = {"a.map": bytes(range(256)) * 8, "a.id": b"\xff" * 4}
    yield hostile("map-noise.zip", zipped(good | noise), damaged)
    magic = bytearray(1024)
    magic[0x100:0x104] = struct.pack("<I", 42_424_242)
    lying = {"a.map": bytes(magic), "a.id": struct.pack("<I", 2**31)}
    yield hostile("map-index.zip", zipped(good | lying), damaged)
    yield hostile(
        "map-zeros.zip", zipped(good | {"a.map": bytes(magic), "a.id": bytes(4)}), damaged, READ
    )


def _truncated(_canary: Canary) -> Iterator[HostileFile]:
    table = pa.table({"ten": ["Thôn"] * 9})
    parts = {"a.shp": shp(shp_point()), "a.dbf": dbf(b"Thon")}
    makes: Mapping[str, Callable[[], bytes]] = {
        "geojson": lambda: collection(feature(), feature()).encode(),
        "kml": (KML % (MARK % "1,2")).encode,
        "kmz": lambda: zipped({"doc.kml": (KML % (MARK % "1,2")).encode()}),
        "gpkg": geopackage,
        "zip": lambda: zipped(parts),
        "parquet": lambda: parquet(table),
    }
    keys = {
        "geojson": ("map-json-cut",),
        "kml": ("map-xml",),
        "kmz": ("zip-damaged",),
        "gpkg": ("map-gpkg",),
        "zip": ("zip-damaged",),
        "parquet": ("map-parquet",),
    }
    for suffix, make in makes.items():
        content = make()
        yield hostile(f"cut-map.{suffix}", content[: len(content) * 2 // 3], *keys[suffix])
