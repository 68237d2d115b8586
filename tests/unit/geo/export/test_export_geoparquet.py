from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pytest
from pyarrow import parquet
from pyproj import CRS

from geo.export import ExportTable, to_bytes

MakeTable = Callable[..., ExportTable]


def arrow_of(table: ExportTable) -> pa.Table:
    return parquet.read_table(io.BytesIO(to_bytes(table, ".parquet")))


def geo_of(table: ExportTable) -> dict[str, Any]:
    geo: dict[str, Any] = json.loads(arrow_of(table).schema.metadata[b"geo"])
    return geo


def test_columns_keep_their_types_under_stable_keys(table: ExportTable) -> None:
    schema = arrow_of(table).schema
    assert {field.name: str(field.type) for field in schema} == {
        "rank": "int64",
        "name": "string",
        "commune_code": "string",
        "map_class": "string",
        "lane": "string",
        "people": "int64",
        "change": "double",
        "minority_share": "double",
        "border": "bool",
        "observed_on": "date32[day]",
        "route_km": "double",
        "total": "double",
        "geometry": "binary",
    }


def test_values_are_stored_ones_and_missing_is_null(table: ExportTable) -> None:
    found = arrow_of(table).to_pydict()
    assert found["lane"] == ["fund", "operator", "fund", None]
    assert found["people"] == [1568, 240, 0, None]
    assert found["border"] == [True, False, None, True]
    assert found["observed_on"] == [
        date(2024, 6, 30),
        date(2024, 3, 14),
        None,
        date(2024, 6, 30),
    ]
    assert found["geometry"][3] is None


def test_the_geo_metadata_states_version_encoding_system_and_bounds(table: ExportTable) -> None:
    geo = geo_of(table)
    column = geo["columns"]["geometry"]
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["Point"])
    assert CRS.from_json_dict(column["crs"]) == CRS("OGC:CRS84")
    assert column["bbox"] == [103.6123457, 22.0, 104.0, 22.6543211]


def test_a_list_without_a_position_has_no_bounds(
    table: ExportTable, make_table: MakeTable, empty_table: ExportTable
) -> None:
    nowhere = make_table(frame=table.frame.set_geometry([None] * 4, crs="EPSG:4326"))
    for without in (nowhere, empty_table):
        assert "bbox" not in geo_of(without)["columns"]["geometry"]


def test_the_schema_carries_the_evidence_and_the_readers_words(table: ExportTable) -> None:
    schema = arrow_of(table).schema
    metadata = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert metadata["name"] == "priority_list"
    assert json.loads(metadata["metadata"]) == {
        "title": "Danh sách ưu tiên – Chưa có cáp quang",
        "subtitle": "Tính đến ngày 30/06/2024",
        "language": "vi",
        "data_status": "Dữ liệu minh hoạ",
        "as_of": "2024-06-30",
        "weight_distance": 0.4,
    }
    assert json.loads(metadata["notes"])[0] == ["Tình trạng dữ liệu", "Dữ liệu minh hoạ"]
    assert "pandas" not in metadata
    lane = {k.decode(): v.decode() for k, v in schema.field("lane").metadata.items()}
    assert lane["label"] == "Nhóm giải pháp"
    assert json.loads(lane["choices"]) == {"fund": "Quỹ viễn thông", "operator": "Doanh nghiệp"}
    total = {k.decode(): v.decode() for k, v in schema.field("total").metadata.items()}
    assert total["description"] == "Tổng có trọng số"


@pytest.mark.filterwarnings("error")
def test_geopandas_reads_the_list_as_a_map(table: ExportTable) -> None:
    frame = gpd.read_parquet(io.BytesIO(to_bytes(table, ".parquet")))
    assert frame.crs == CRS("OGC:CRS84")
    assert frame.index.tolist() == [0, 1, 2, 3]
    assert frame.geometry.iloc[0].coords[0] == (103.6123457, 22.6543211)
    assert frame.geometry.iloc[3] is None
