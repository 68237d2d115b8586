"""GeoPackages and Parquet files nobody should have to open."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping

import pyarrow as pa
import shapely

from tests.unit.geo.intake.hostile_files import READ, Canary, HostileFile
from tests.unit.geo.intake.map_building import (
    GRID_WKT,
    geo_metadata,
    geopackage,
    hostile,
    parquet,
)


def hostile_databases(canary: Canary) -> Iterator[HostileFile]:
    """Make every file of this part of the corpus."""
    for make in (_geopackages, _damaged_geopackages, _parquet):
        yield from make(canary)


def _geopackages(canary: Canary) -> Iterator[HostileFile]:
    view = "ALTER TABLE thon RENAME TO t; CREATE VIEW thon AS "
    endless = (
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS ten FROM r"
    )
    yield hostile("endless-view.gpkg", geopackage(view + endless), "map-gpkg-computed")
    blob = "SELECT hex(randomblob(900000000)) AS ten"
    yield hostile("blob-view.gpkg", geopackage(view + blob), "map-gpkg-computed")
    load = f"SELECT load_extension('{canary.path}') AS ten"
    yield hostile("load-view.gpkg", geopackage(view + load), "map-gpkg-computed", "map-gpkg")
    read = f"SELECT readfile('{canary.path}') AS ten"
    yield hostile("readfile-view.gpkg", geopackage(view + read), "map-gpkg-computed")
    master = "SELECT sql AS ten FROM sqlite_master"
    yield hostile("master-view.gpkg", geopackage(view + master), READ)
    product = "SELECT a.ten FROM t a, t b, t c"
    many = "INSERT INTO thon(ten) WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r"
    many += " WHERE n < 3000) SELECT 'x' FROM r;"
    # 2.7e10 rows, of which only the first are ever asked for.
    yield hostile(
        "product-view.gpkg", geopackage(many + view + product), "map-size", "map-gpkg-work"
    )
    loop = "DROP TABLE gpkg_contents; CREATE VIEW gpkg_contents AS SELECT * FROM gpkg_contents"
    yield hostile("loop-view.gpkg", geopackage(loop), "map-gpkg")
    computed = "ALTER TABLE thon ADD COLUMN x TEXT AS (hex(zeroblob(900000000)))"
    yield hostile("computed-column.gpkg", geopackage(computed), READ)
    trigger = "CREATE TRIGGER x AFTER INSERT ON thon BEGIN DELETE FROM thon; END"
    yield hostile("trigger.gpkg", geopackage(trigger), READ)
    default = "ALTER TABLE thon ADD COLUMN x TEXT DEFAULT 'x'"
    yield hostile("default.gpkg", geopackage(default), READ)
    quotes = 'ALTER TABLE thon RENAME COLUMN ten TO "a"" FROM thon; DROP TABLE thon; --"'
    yield hostile("quotes.gpkg", geopackage(quotes), READ)
    virtual = "DROP TABLE thon; CREATE VIRTUAL TABLE thon USING fts4(ten)"
    yield hostile(
        "virtual.gpkg", geopackage(virtual), "map-no-rows", "map-gpkg", "map-gpkg-computed"
    )
    master_layer = "UPDATE gpkg_contents SET table_name = 'sqlite_master'"
    yield hostile("master-layer.gpkg", geopackage(master_layer), "map-gpkg-contents")
    gone = "DROP TABLE thon"
    yield hostile("gone.gpkg", geopackage(gone), "map-gpkg-contents")
    empty = "DELETE FROM thon"
    yield hostile("empty.gpkg", geopackage(empty), "map-no-rows")
    change = "UPDATE gpkg_spatial_ref_sys SET organization = 'x', definition = "
    grid = f"{change}'{GRID_WKT % canary.path}'"
    yield hostile("grid.gpkg", geopackage(grid), READ)
    wide = "".join(f"ALTER TABLE thon ADD COLUMN c{n} TEXT;" for n in range(1_200))
    yield hostile("wide.gpkg", geopackage(wide), "map-size")
    bytes_as_text = "UPDATE thon SET ten = CAST(x'ff4142' AS TEXT)"
    yield hostile("bytes-as-text.gpkg", geopackage(bytes_as_text), READ)
    for name, wkb in {
        "many-points": struct.pack("<BII", 1, 2, 2**31 - 1),
        "many-rings": struct.pack("<BII", 1, 3, 2**32 - 1),
        "nested": struct.pack("<BII", 1, 7, 1) * 20_000,
        "nan": struct.pack("<BIdd", 1, 1, math.nan, 1.0),
        "cut": b"\x01\x01",
        "kind": struct.pack("<BI", 1, 0xFFFFFFFF),
    }.items():
        yield hostile(f"wkb-{name}.gpkg", geopackage(wkb=wkb), READ)
    for name, header in {"magic": "00", "envelope": "47500011", "short": "4750"}.items():
        change = f"UPDATE thon SET geom = x'{header}'"
        yield hostile(f"header-{name}.gpkg", geopackage(change), READ)
    text = "UPDATE thon SET geom = 'POINT (1 2)'"
    yield hostile("header-text.gpkg", geopackage(text), READ)


def _damaged_geopackages(_canary: Canary) -> Iterator[HostileFile]:
    good = geopackage()
    yield hostile("page-size.gpkg", good[:16] + b"\x00\x07" + good[18:], "map-gpkg")
    yield hostile("wal.gpkg", good[:18] + b"\x02\x02" + good[20:], READ, "map-gpkg")
    yield hostile(
        "schema.gpkg", good.replace(b"CREATE TABLE thon", b"CREATE TAILS thon"), "map-gpkg"
    )
    yield hostile("pages.gpkg", good[:100] + b"\xff" * (len(good) - 100), "map-gpkg")
    plain = good.replace(b"gpkg_contents", b"gpkg_kontents")
    yield hostile("other.gpkg", plain, "map-gpkg-contents")


def _parquet(canary: Canary) -> Iterator[HostileFile]:
    wkb = shapely.to_wkb(shapely.Point(103.9, 22.3))
    plain = pa.table({"ten": ["Thôn"], "geometry": pa.array([wkb], pa.binary())})
    good = parquet(plain, geo_metadata())
    yield hostile("footer.parquet", good[:-8] + b"\xff\xff\xff\x7fPAR1", "map-parquet")
    yield hostile("magic.parquet", b"PAR1" + bytes(100) + b"PAR1", "map-parquet")
    for name, geo in {
        "text": "{",
        "list": [],
        "no-column": {"primary_column": "geometry", "columns": {}},
        "other-column": {"primary_column": "x", "columns": {"x": {"encoding": "WKB"}}},
        "encoding-list": geo_metadata(encoding=["WKB"]),
    }.items():
        yield hostile(f"geo-{name}.parquet", parquet(plain, geo), "map-parquet-geo")
    line = parquet(plain, geo_metadata(encoding="linestring"))
    yield hostile("geo-encoding.parquet", line, "map-parquet-encoding")
    number = parquet(pa.table({"geometry": [1]}), geo_metadata())
    yield hostile("geo-number.parquet", number, "map-parquet-encoding")
    grids: Mapping[str, object] = {
        "path": str(canary.path),
        "type": {"type": "Transformation"},
        "grid": {
            "type": "BoundCRS",
            "source_crs": {"type": "GeographicCRS"},
            "transformation": {"parameters": [{"name": "file", "value": str(canary.path)}]},
        },
    }
    for name, crs in grids.items():
        yield hostile(f"crs-{name}.parquet", parquet(plain, geo_metadata(crs=crs)), READ)
    many = pa.array([struct.pack("<BII", 1, 2, 2**31 - 1)], pa.binary())
    yield hostile("wkb.parquet", parquet(pa.table({"geometry": many}), geo_metadata()), READ)
    long = pa.array(["x" * 1_000_000]).dictionary_encode()
    repeated = pa.DictionaryArray.from_arrays(pa.array([0] * 3_000, pa.int32()), long.dictionary)
    yield hostile(
        "dictionary.parquet", parquet(pa.table({"ten": repeated})), "map-parquet", "map-bytes"
    )
    rows = pa.table({"x": pa.nulls(500_000, pa.int8())})
    yield hostile("rows.parquet", parquet(rows), "map-size")
    wide = pa.table({f"c{column}": [1] for column in range(1_100)})
    yield hostile("wide.parquet", parquet(wide), "map-size")
    yield hostile("empty.parquet", parquet(pa.table({"x": pa.nulls(0, pa.int8())})), "map-no-rows")
    twice = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["ten", "ten"])
    yield hostile("twice.parquet", parquet(twice), READ, "map-parquet")
    odd = pa.table({"t": pa.Array.from_buffers(pa.string(), 1, _buffers(b"\xff\xfe"))})
    yield hostile("bytes-as-text.parquet", parquet(odd), READ)
    nested = pa.table({"ten": [[{"a": [1, {"b": 2}][0]}]], "x": pa.array([b"\x00"], pa.binary())})
    yield hostile("nested.parquet", parquet(nested), READ)


def _buffers(text: bytes) -> list[pa.Buffer | None]:
    return [None, pa.py_buffer(struct.pack("<ii", 0, len(text))), pa.py_buffer(text)]
