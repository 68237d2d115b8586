"""A list of four villages with one of everything that makes a file difficult."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from geo.export import Column, ColumnKind, ExportTable
from tests.export_wording import WORDING

COLUMNS = (
    Column("rank", "Hạng", ColumnKind.INTEGER, "Thứ tự trong danh sách"),
    Column("name", "Thôn", ColumnKind.TEXT, "Tên thôn"),
    Column("commune_code", "Mã xã", ColumnKind.TEXT),
    Column("map_class", "Khoảng trống", ColumnKind.CHOICE),
    Column(
        "lane",
        "Nhóm giải pháp",
        ColumnKind.CHOICE,
        choices={"fund": "Quỹ viễn thông", "operator": "Doanh nghiệp"},
    ),
    Column("people", "Số khẩu", ColumnKind.INTEGER),
    Column("change", "Thay đổi", ColumnKind.NUMBER),
    Column("minority_share", "Tỷ lệ DTTS", ColumnKind.SHARE),
    Column("border", "Biên giới", ColumnKind.BOOLEAN),
    Column("observed_on", "Ngày quan sát", ColumnKind.DATE),
    Column("route_km", "Km tuyến", ColumnKind.KM),
    Column("total", "Điểm ưu tiên", ColumnKind.SCORE, "Tổng có trọng số"),
)


def four_villages() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "rank": [1, 2, 3, 4],
            "name": ["Y Tý – thôn 3", '=HYPERLINK("http://x.example")', "<b>A & B</b>", None],
            "commune_code": ["02701", "02701", "02674", "02674"],
            "map_class": ["no_fibre", "no_signal", "no_fibre", "no_mobile"],
            "lane": ["fund", "operator", "fund", None],
            "people": pd.array([1568, 240, 0, None], dtype="Int64"),
            "change": [-12.5, float("inf"), 0.25, float("nan")],
            "minority_share": [0.6621, 1.0, 0.0, None],
            "border": pd.array([True, False, None, True], dtype="boolean"),
            "observed_on": [date(2024, 6, 30), date(2024, 3, 14), None, date(2024, 6, 30)],
            "route_km": [12.34567, 3.0, 0.0004, None],
            "total": [0.87654321, 0.5, 0.0, None],
            "unused": ["x", "x", "x", "x"],
        },
        geometry=[
            Point(103.612345678, 22.654321098),
            Point(103.97, 22.486),
            Point(104, 22),
            None,
        ],
        crs="EPSG:4326",
    )


def build_table(**changes: Any) -> ExportTable:
    table = ExportTable(
        title="Danh sách ưu tiên – Chưa có cáp quang",
        subtitle="Tính đến ngày 30/06/2024",
        frame=four_villages(),
        columns=COLUMNS,
        notes=(("Tính đến ngày", "30/06/2024"), ("Mã dữ liệu", "ab12")),
        metadata={"as_of": "2024-06-30", "weight_distance": 0.4},
        class_key="map_class",
        class_labels={
            "no_signal": "Không có sóng",
            "no_mobile": "Chưa có băng rộng di động",
            "no_fibre": "Chưa có cáp quang",
        },
        wording=WORDING,
        language="vi",
        illustrative="Dữ liệu minh hoạ",
    )
    return replace(table, **changes)


@pytest.fixture
def make_table() -> Callable[..., ExportTable]:
    """Build the list, with fields of the table replaced as named."""
    return build_table


@pytest.fixture
def table() -> ExportTable:
    return build_table()


@pytest.fixture
def empty_table() -> ExportTable:
    return build_table(frame=four_villages().iloc[:0])
