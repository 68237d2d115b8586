from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest

from geo.export import ExportTable, write_table
from geo.export.content import content_of
from geo.export.qml import qgis_style

MakeTable = Callable[..., ExportTable]


@pytest.fixture
def path(table: ExportTable, tmp_path: Path) -> Path:
    target = tmp_path / "list.gpkg"
    write_table(table, target)
    return target


def style_of(table: ExportTable) -> ET.Element:
    return ET.fromstring(qgis_style(content_of(table)))  # noqa: S314  (our own output)


def rows_of(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def test_layers_are_listed_as_what_they_are(path: Path) -> None:
    assert rows_of(path, "SELECT table_name, data_type FROM gpkg_contents") == [
        ("priority_list", "features"),
        ("notes", "attributes"),
        ("layer_styles", "attributes"),
    ]


def test_columns_keep_their_types(path: Path) -> None:
    types = dict(rows_of(path, "SELECT name, type FROM pragma_table_info('priority_list')"))
    assert types == {
        "fid": "INTEGER",
        "geom": "POINT",
        "rank": "INTEGER",
        "name": "TEXT",
        "commune_code": "TEXT",
        "map_class": "TEXT",
        "lane": "TEXT",
        "people": "INTEGER",
        "change": "REAL",
        "minority_share": "REAL",
        "border": "BOOLEAN",
        "observed_on": "DATE",
        "route_km": "REAL",
        "total": "REAL",
    }


def test_types_do_not_depend_on_there_being_values(
    empty_table: ExportTable, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "empty.gpkg"
    write_table(empty_table, other)
    query = "SELECT name, type FROM pragma_table_info('priority_list')"
    assert rows_of(other, query) == rows_of(path, query)
    assert rows_of(other, "SELECT count(*) FROM priority_list") == [(0,)]


def test_rows_are_stored_values_and_nulls(path: Path) -> None:
    assert rows_of(
        path,
        "SELECT rank, name, lane, people, change, minority_share, border, observed_on, total "
        "FROM priority_list WHERE fid IN (1, 4) ORDER BY fid",
    ) == [
        (1, "Y Tý – thôn 3", "fund", 1568, -12.5, 0.6621, 1, "2024-06-30", 0.876543),
        (4, None, None, None, None, None, 1, "2024-06-30", None),
    ]


def test_points_are_in_wgs84_and_may_be_missing(path: Path) -> None:
    frame = gpd.read_file(path, layer="priority_list")
    assert frame.crs.to_epsg() == 4326
    assert (frame.geometry.x[0], frame.geometry.y[0]) == (103.6123457, 22.6543211)
    assert frame.geometry[3] is None


def test_the_evidence_is_a_table_and_metadata(path: Path) -> None:
    assert rows_of(path, "SELECT label, value FROM notes") == [
        ("Tình trạng dữ liệu", "Dữ liệu minh hoạ"),
        ("Tính đến ngày", "30/06/2024"),
        ("Mã dữ liệu", "ab12"),
    ]
    metadata = pyogrio.read_info(path, layer="priority_list")["layer_metadata"]
    assert metadata["as_of"] == "2024-06-30"
    assert metadata["data_status"] == "Dữ liệu minh hoạ"
    identity = rows_of(
        path,
        "SELECT identifier, description FROM gpkg_contents WHERE table_name = 'priority_list'",
    )
    assert identity == [
        (
            "Danh sách ưu tiên – Chưa có cáp quang",
            "Dữ liệu minh hoạ · Tính đến ngày 30/06/2024",
        )
    ]


def test_qgis_finds_one_default_style_for_the_layer(path: Path, table: ExportTable) -> None:
    # The condition QGIS itself uses to look for the default style of a layer in a GeoPackage.
    found = rows_of(
        path,
        "SELECT styleQML FROM layer_styles WHERE f_table_schema = '' "
        "AND f_table_name = 'priority_list' AND f_geometry_column = 'geom' "
        "ORDER BY CASE WHEN useAsDefault THEN 1 ELSE 2 END, update_time DESC LIMIT 1",
    )
    assert found == [(qgis_style(content_of(table)),)]


def test_the_style_has_a_marker_for_each_class(table: ExportTable) -> None:
    style = style_of(table)
    renderer = style.find("renderer-v2")
    assert renderer is not None
    assert renderer.get("attr") == "map_class"
    categories = [(c.get("value"), c.get("symbol"), c.get("label")) for c in renderer[0]]
    assert categories == [
        ("no_signal", "0", "Không có sóng"),
        ("no_mobile", "1", "Chưa có băng rộng di động"),
        ("no_fibre", "2", "Chưa có cáp quang"),
    ]
    markers = [
        {option.get("name"): option.get("value") for option in symbol.iterfind("layer/Option/*")}
        for symbol in renderer[1]
    ]
    assert [(m["name"], m["color"], m["size"]) for m in markers] == [
        ("triangle", "213,94,0,255", "15"),
        ("diamond", "230,159,0,255", "14"),
        ("square", "0,114,178,255", "11"),
    ]


def test_a_hollow_symbol_has_no_fill(table: ExportTable, make_table: MakeTable) -> None:
    frame = table.frame.assign(map_class="unknown")
    labels = {"unknown": "Chưa có số liệu"}
    style = qgis_style(content_of(make_table(frame=frame, class_labels=labels)))
    assert 'name="color" value="255,255,255,0"' in style
    assert 'name="outline_color" value="204,121,167,255"' in style


def test_the_style_gives_headings_and_choices_in_the_readers_words(table: ExportTable) -> None:
    style = style_of(table)
    aliases = {alias.get("field"): alias.get("name") for alias in style.iterfind("aliases/alias")}
    assert aliases["people"] == "Số khẩu"
    lane = style.find("fieldConfiguration/field[@name='lane']")
    assert lane is not None
    choices = {o.get("name"): o.get("value") for o in lane.iterfind(".//Option[@type='QString']")}
    assert choices == {"Quỹ viễn thông": "fund", "Doanh nghiệp": "operator"}


def test_hostile_labels_stay_inside_the_style(make_table: MakeTable) -> None:
    hostile = '"/><script>&\x00]]>'
    labels = dict.fromkeys(("no_signal", "no_mobile", "no_fibre"), hostile)
    style = style_of(make_table(class_labels=labels))
    category = style.find("renderer-v2/categories/category")
    assert category is not None
    assert category.get("label") == hostile.replace("\x00", "")
