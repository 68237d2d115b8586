"""GeoPackages as QGIS and GDAL write them, and as they should not be."""

from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.intake.geopackage import read_geopackage
from geo.intake.table import LayerInfo, RawTable, ReadOptions
from planning.errors import DataError
from tests.unit.geo.intake.map_building import GRID_WKT, geopackage

NONE = ReadOptions()


def read(folder: Path, content: bytes, options: ReadOptions = NONE) -> RawTable:
    path = folder / "thôn số 1? #2 100%.gpkg"
    path.write_bytes(content)
    return read_geopackage(path, options)


def frame(**columns: Any) -> gpd.GeoDataFrame:
    points = shapely.points([[440_000, 2_480_000], [441_000, 2_481_000]])
    return gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:9208")


def test_every_type_comes_back_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "thon.gpkg"
    written = frame(**{
        "Tên thôn": ["Nậm Chảy", None],
        "Số hộ": pd.array([41, None], dtype="Int64"),
        "Tỷ lệ": [99.6, np.nan],
        "Lúc": [datetime(2024, 3, 14, 10, 30), None],  # noqa: DTZ001
        "Có điện": [True, False],
    })  # fmt: skip
    written.to_file(path, layer="thon")
    table = read_geopackage(path, NONE)
    assert table.names == ["Tên thôn", "Số hộ", "Tỷ lệ", "Lúc", "Có điện"]
    name, households, share, time, grid = table.columns
    assert name.texts.iloc[0] == "Nậm Chảy"
    assert name.texts.isna().tolist() == [False, True]
    for column, value in ((households, 41.0), (share, 99.6)):
        assert column.numbers is not None
        np.testing.assert_array_equal(column.numbers, [value, np.nan])
    assert time.days is not None
    assert time.days.astype(str).tolist() == ["2024-03-14T10:30:00", "NaT"]
    assert time.texts.isna().all()
    assert grid.texts.tolist() == ["TRUE", "FALSE"]
    assert table.crs_wkt == "EPSG:9208"
    assert table.geometry is not None
    assert table.geometry[1].wkt == "POINT (441000 2481000)"


def test_the_first_layer_with_geometry_is_read_unless_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "thon.gpkg"
    pd.DataFrame({"a": [1, 2, 3]}).pipe(gpd.GeoDataFrame).to_file(path, layer="Ghi chú")
    frame(ten=["a", "b"]).to_file(path, layer="thon", mode="a")
    table = read_geopackage(path, NONE)
    assert table.layer == "thon"
    assert table.layers == (LayerInfo("Ghi chú", 3), LayerInfo("thon", 2))
    notes = read_geopackage(path, ReadOptions(layer="Ghi chú"))
    assert notes.geometry is None
    assert notes.crs_wkt is None
    assert notes.columns[0].numbers is not None
    assert notes.columns[0].numbers.tolist() == [1, 2, 3]
    with pytest.raises(DataError) as refused:
        read_geopackage(path, ReadOptions(layer='thon"; DROP TABLE thon; --'))
    assert refused.value.key == "error-intake-map-layer"
    assert refused.value.values["expected"] == "Ghi chú, thon"


@pytest.mark.parametrize("envelope", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("order", [0, 1])
def test_every_header_variant_and_byte_order_is_read(
    envelope: int, order: int, tmp_path: Path
) -> None:
    size = (0, 32, 48, 48, 64)[envelope]
    blob = b"GP\x00" + bytes([envelope << 1 | order]) + bytes(4 + size)
    blob += shapely.to_wkb(shapely.Point(103.9, 22.3), byte_order=order)
    table = read(tmp_path, geopackage(f"UPDATE thon SET geom = x'{blob.hex()}'"))
    assert table.geometry is not None
    assert table.geometry[0].wkt == "POINT (103.9 22.3)"


def test_polygons_heights_and_empty_geometries(tmp_path: Path) -> None:
    square = shapely.box(0, 0, 1, 1)
    tall = shapely.from_wkt("POINT Z (1 2 3)")
    changes = "".join(
        f"INSERT INTO thon(geom) VALUES (x'47500001E6100000{shapely.to_wkb(shape, hex=True)}');"
        for shape in (square, tall, shapely.Point())
    ) + "INSERT INTO thon(geom) VALUES (x'47500011E6100000');"  # fmt: skip
    table = read(tmp_path, geopackage(changes))
    assert table.geometry is not None
    assert table.geometry[1].equals(square)
    assert table.geometry[2].wkt == "POINT (1 2)"
    assert table.geometry[3] is None
    assert [(fault.key, fault.row) for fault in table.faults] == [
        ("fault-intake-map-empty", 4),
        ("fault-intake-map-empty", 5),
    ]


def test_a_broken_geometry_costs_only_its_own_row(tmp_path: Path) -> None:
    wkb = struct.pack("<BII", 1, 7, 1) * 20_000
    changes = f"INSERT INTO thon(ten, geom) VALUES ('b', x'4750000100000000{wkb.hex()}')"
    table = read(tmp_path, geopackage(changes))
    assert [(fault.key, fault.row) for fault in table.faults] == [("fault-intake-map-geometry", 2)]
    assert table.columns[0].texts.tolist() == ["Thôn", "b"]
    assert table.geometry is not None
    assert table.geometry[0].wkt == "POINT (1 2)"


@pytest.mark.parametrize(
    "kind", ["POLYGON", "CURVEPOLYGON", "CompoundCurve", "MULTISURFACE", "TIN", "BLOB(100)"]
)
def test_a_further_geometry_of_any_kind_is_left_out_and_said(kind: str, tmp_path: Path) -> None:
    blob = "47500001E6100000" + shapely.to_wkb(shapely.Point(1, 2), hex=True)
    changes = f"ALTER TABLE thon ADD COLUMN g2 {kind}; UPDATE thon SET g2 = x'{blob}';"
    table = read(tmp_path, geopackage(changes))
    assert table.names == ["ten"]
    assert [(fault.key, fault.column) for fault in table.faults] == [
        ("fault-intake-map-left-out", "g2")
    ]


def test_a_curve_is_named_and_costs_only_its_own_row(tmp_path: Path) -> None:
    arc = struct.pack("<BII6d", 1, 8, 3, 0, 0, 1, 1, 2, 0)
    both = struct.pack("<BII", 1, 7, 2) + shapely.to_wkb(shapely.Point(1, 2)) + arc
    changes = "ALTER TABLE thon RENAME TO t; CREATE TABLE thon (geom CURVE, ten TEXT);" + "".join(
        f"INSERT INTO thon VALUES (x'4750000100000000{wkb.hex()}', 'a');"
        for wkb in (shapely.to_wkb(shapely.LineString([(0, 0), (1, 1)])), arc, both)
    )
    table = read(tmp_path, geopackage(changes))
    assert table.geometry is not None
    assert [shape and shape.wkt for shape in table.geometry] == [
        "LINESTRING (0 0, 1 1)",
        None,
        None,
    ]
    assert [(fault.key, fault.row, fault.got) for fault in table.faults] == [
        ("fault-intake-map-kind", 2, "CIRCULARSTRING"),
        ("fault-intake-map-kind", 3, "CIRCULARSTRING"),
    ]


def test_an_ordinary_view_is_a_layer(tmp_path: Path) -> None:
    view = "ALTER TABLE thon RENAME TO t; CREATE VIEW thon AS SELECT geom, upper(ten) AS ten FROM t"
    assert read(tmp_path, geopackage(view)).columns[0].texts.tolist() == ["THôN"]


def test_computed_and_binary_columns_are_left_out_and_said(tmp_path: Path) -> None:
    changes = "ALTER TABLE thon ADD COLUMN tong TEXT AS (1 + 1); ALTER TABLE thon ADD anh BLOB;"
    table = read(tmp_path, geopackage(changes))
    assert table.names == ["ten"]
    assert [(fault.key, fault.column) for fault in table.faults] == [
        ("fault-intake-map-left-out", "tong"),
        ("fault-intake-map-left-out", "anh"),
    ]


def test_a_day_that_does_not_exist_stays_the_text_it_is(tmp_path: Path) -> None:
    changes = (
        "ALTER TABLE thon ADD COLUMN ngay DATE; UPDATE thon SET ngay = '2024-02-30';"
        "INSERT INTO thon(ngay) VALUES ('2024-02-29'), ('2024-02-29T23:30:00+07:00'), (NULL);"
    )
    column = read(tmp_path, geopackage(changes)).columns[1]
    assert column.days is not None
    assert column.days.astype(str).tolist() == [
        "NaT", "2024-02-29T00:00:00", "2024-02-29T23:30:00", "NaT",
    ]  # fmt: skip
    assert column.texts.iloc[0] == "2024-02-30"
    assert column.texts.isna().tolist() == [False, True, True, True]


def test_a_definition_is_used_where_there_is_no_code(tmp_path: Path) -> None:
    change = "UPDATE gpkg_spatial_ref_sys SET organization = 'NONE', definition = "
    grid = f"{change}'{GRID_WKT % 'x'}'"
    table = read(tmp_path, geopackage(grid))
    assert table.crs_wkt is None
    assert [fault.key for fault in table.faults] == ["fault-intake-map-crs"]
    undefined = read(tmp_path, geopackage("UPDATE gpkg_geometry_columns SET srs_id = -1"))
    assert (undefined.crs_wkt, undefined.faults) == (None, ())


def test_text_that_is_not_utf_8_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    changes = "INSERT INTO thon(ten) VALUES (CAST(x'ff4142' AS TEXT))"
    table = read(tmp_path, geopackage(changes))
    assert table.columns[0].texts.tolist() == ["Thôn", "\N{REPLACEMENT CHARACTER}AB"]
    assert [(fault.key, fault.row) for fault in table.faults] == [("fault-undecodable", 2)]
