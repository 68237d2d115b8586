"""GeoParquet and plain Parquet, column by column."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyproj
import pytest
import shapely

from geo.intake.geoparquet import read_geoparquet
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError
from tests.unit.geo.intake.map_building import geo_metadata, parquet

NONE = ReadOptions()


def read(folder: Path, content: bytes) -> RawTable:
    path = folder / "thon.parquet"
    path.write_bytes(content)
    return read_geoparquet(path, NONE)


def column(folder: Path, values: pa.Array) -> tuple[Any, Any, Any]:
    """Return texts, numbers and days of the only column, ``None`` where there are none."""
    found = read(folder, parquet(pa.table({"x": values}))).columns[0]
    texts = found.texts.astype(object).where(found.texts.notna(), None).tolist()
    numbers = None if found.numbers is None else found.numbers.tolist()
    days = None if found.days is None else found.days.astype(str).tolist()
    return (texts if any(texts) else None), numbers, days


@pytest.mark.parametrize(
    ("values", "texts", "numbers", "days"),
    [
        (pa.array(["  Ba\u0309n ", "", None]), ["Bản", None, None], None, None),
        (pa.array(["a", "a", "b"]).dictionary_encode(), ["a", "a", "b"], None, None),
        (pa.array([True, False, None]), ["TRUE", "FALSE", None], None, None),
        (pa.array([1, 2**40], pa.int64()), None, [1.0, 2.0**40], None),
        (pa.array([2**60], pa.int64()), ["1152921504606846976"], None, None),
        (pa.array([0.1], pa.float32()), None, [0.1], None),
        (pa.array([Decimal("99.60")], pa.decimal128(6, 2)), None, [99.6], None),
        (pa.array([Decimal(10) ** 20], pa.decimal128(30, 0)), ["1" + "0" * 20], None, None),
        (pa.array([date(2024, 3, 14), None]), None, None, ["2024-03-14T00:00:00", "NaT"]),
        (
            pa.array([datetime(2024, 3, 14, 20, tzinfo=UTC)], pa.timestamp("s", "Asia/Bangkok")),
            None, None, ["2024-03-15T03:00:00"],
        ),
        (pa.array([time(7, 30)]), ["07:30:00.000000"], None, None),
        (pa.array([[1, 2]]), ["[1,2]"], None, None),
        (pa.array([{"a": "é"}]), ['{"a":"é"}'], None, None),
        (pa.nulls(2), None, None, None),
    ],
)  # fmt: skip
def test_every_type_of_column(
    values: pa.Array, texts: Any, numbers: Any, days: Any, tmp_path: Path
) -> None:
    assert column(tmp_path, values) == (texts, numbers, days)


def test_a_missing_number_stays_missing(tmp_path: Path) -> None:
    _, numbers, _ = column(tmp_path, pa.array([1, None, 3], pa.int32()))
    np.testing.assert_array_equal(numbers, [1, np.nan, 3])


def test_a_file_of_geopandas_comes_back(tmp_path: Path) -> None:
    points = shapely.points([[440_000, 2_480_000], [441_000, 2_481_000]])
    frame = gpd.GeoDataFrame({"Tên": ["a", "b"]}, geometry=points, crs="EPSG:9208")
    buffer = io.BytesIO()
    frame.to_parquet(buffer, write_covering_bbox=True)
    table = read(tmp_path, buffer.getvalue())
    assert table.names == ["Tên"]
    assert table.crs_wkt is not None
    assert pyproj.CRS(table.crs_wkt).to_epsg() == 9208
    assert table.geometry is not None
    assert [shape.wkt for shape in table.geometry] == [shape.wkt for shape in points]
    assert table.faults == ()


def test_a_system_not_stated_is_degrees_and_one_stated_as_null_is_unknown(tmp_path: Path) -> None:
    wkb = pa.array([shapely.to_wkb(shapely.Point(103.9, 22.3))], pa.binary())
    table = pa.table({"geometry": wkb})
    assert read(tmp_path, parquet(table, geo_metadata())).crs_wkt == "OGC:CRS84"
    unknown = read(tmp_path, parquet(table, geo_metadata(crs=None)))
    assert (unknown.crs_wkt, unknown.faults) == (None, ())


def test_points_in_columns_of_their_own_are_read(tmp_path: Path) -> None:
    points = pa.array([{"x": 103.9, "y": 22.3}, None, {"x": 1e300, "y": 1.0}])
    table = read(tmp_path, parquet(pa.table({"geometry": points}), geo_metadata(encoding="point")))
    assert table.geometry is not None
    assert [shape and shape.wkt for shape in table.geometry] == ["POINT (103.9 22.3)", None, None]
    assert [(fault.key, fault.row) for fault in table.faults] == [
        ("fault-intake-map-coordinate", 3)
    ]


def test_plain_parquet_is_a_plain_table(tmp_path: Path) -> None:
    table = read(tmp_path, parquet(pa.table({"Tên": ["a"], "anh": pa.array([b"x"])})))
    assert table.geometry is None
    assert table.crs_wkt is None
    assert table.names == ["Tên"]
    assert [(fault.key, fault.column) for fault in table.faults] == [
        ("fault-intake-map-left-out", "anh")
    ]


def test_one_long_text_for_many_rows_is_refused_before_it_is_spread_out(tmp_path: Path) -> None:
    words = pa.array(["x" * 1_000_000])
    values = pa.DictionaryArray.from_arrays(pa.array(np.zeros(3_000, np.int32)), words)
    content = parquet(pa.table({"x": values}))
    assert len(content) < 100_000
    with pytest.raises(DataError) as refused:
        read(tmp_path, content)
    assert refused.value.key == "error-intake-map-bytes"


def test_a_column_that_is_not_what_its_type_says_costs_only_itself(tmp_path: Path) -> None:
    times = pa.array([1], pa.timestamp("us", tz="Mars/Base"))
    table = read(tmp_path, parquet(pa.table({"Tên": ["a"], "lúc": times})))
    assert table.names == ["Tên"]
    assert [(fault.key, fault.column) for fault in table.faults] == [
        ("fault-intake-map-left-out", "lúc")
    ]


@pytest.mark.parametrize("points", [[{"x": 1.0}], [{"x": "a", "y": "b"}]])
def test_points_without_coordinates_are_no_points(points: list[Any], tmp_path: Path) -> None:
    table = pa.table({"geometry": pa.array(points)})
    with pytest.raises(DataError) as refused:
        read(tmp_path, parquet(table, geo_metadata(encoding="point")))
    assert refused.value.key == "error-intake-map-parquet-encoding"
