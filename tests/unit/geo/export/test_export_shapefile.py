from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapefile
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from geo.export import Column, ColumnKind, ExportTable, to_bytes
from geo.export.dbase import MAX_TEXT_BYTES, cut_text, dbase_column, encode_dbase, row_bytes
from geo.export.field_names import field_names
from planning.errors import PlannerError

MakeTable = Callable[..., ExportTable]


def members_of(table: ExportTable) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(to_bytes(table, ".zip"))) as archive:
        assert archive.testzip() is None
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        return {name: archive.read(name) for name in archive.namelist()}


def reader_of(table: ExportTable) -> Any:
    members = members_of(table)
    parts = {part: io.BytesIO(members[f"priority_list.{part}"]) for part in ("shp", "shx", "dbf")}
    return shapefile.Reader(**parts, encoding=members["priority_list.cpg"].decode())


def rows_of(data: bytes, separator: str = ";") -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=separator))


def test_the_archive_has_all_that_a_map_program_and_a_person_need(table: ExportTable) -> None:
    members = members_of(table)
    assert list(members) == [
        "priority_list.shp",
        "priority_list.shx",
        "priority_list.dbf",
        "priority_list.cpg",
        "priority_list.prj",
        "fields.csv",
        "notes.csv",
    ]
    assert members["priority_list.cpg"] == b"UTF-8"
    assert CRS.from_wkt(members["priority_list.prj"].decode()).to_epsg(min_confidence=20) == 4326


def test_fields_have_short_names_and_fitting_types(table: ExportTable) -> None:
    fields = [(f.name, f.field_type, f.size, f.decimal) for f in reader_of(table).fields[1:]]
    assert fields == [
        ("rank", "N", 9, 0),
        ("name", "C", 32, 0),
        ("commu_code", "C", 32, 0),
        ("map_class", "C", 32, 0),
        ("lane", "C", 32, 0),
        ("people", "N", 9, 0),
        ("change", "N", 24, 15),
        ("mino_share", "N", 24, 6),
        ("border", "L", 1, 0),
        ("observe_on", "D", 8, 0),
        ("route_km", "N", 24, 3),
        ("total", "N", 24, 6),
    ]


def test_an_independent_reader_finds_each_value_and_each_gap(table: ExportTable) -> None:
    reader = reader_of(table)
    assert [list(record) for record in reader.records()] == [
        [
            1,
            "Y Tý – thôn 3",
            "02701",
            "no_fibre",
            "fund",
            1568,
            -12.5,
            0.6621,
            True,
            date(2024, 6, 30),
            12.346,
            0.876543,
        ],
        [
            2,
            '=HYPERLINK("http://x.example")',
            "02701",
            "no_signal",
            "operator",
            240,
            None,
            1.0,
            False,
            date(2024, 3, 14),
            3.0,
            0.5,
        ],
        [3, "<b>A & B</b>", "02674", "no_fibre", "fund", 0, 0.25, 0.0, None, None, 0.0, 0.0],
        [4, "", "02674", "no_mobile", "", None, None, None, True, date(2024, 6, 30), None, None],
    ]
    shapes = reader.shapes()
    assert [shape.shapeType for shape in shapes] == [1, 1, 1, 0]
    assert tuple(shapes[0].points[0]) == (103.6123457, 22.6543211)
    assert tuple(reader.bbox) == (103.6123457, 22.0, 104.0, 22.6543211)


def test_the_index_points_at_each_shape_also_after_one_that_is_missing(
    table: ExportTable, make_table: MakeTable
) -> None:
    shuffled = make_table(frame=table.frame.iloc[[3, 0, 3, 1]].reset_index(drop=True))
    members = members_of(shuffled)
    shapes, index = members["priority_list.shp"], members["priority_list.shx"]
    words = [int.from_bytes(index[at : at + 4]) for at in range(100, len(index), 8)]
    assert words == [50, 56, 70, 76]
    assert [int.from_bytes(shapes[2 * at : 2 * at + 4]) for at in words] == [1, 2, 3, 4]
    for data in (shapes, index):
        assert 2 * int.from_bytes(data[24:28]) == len(data)


def test_gdal_agrees_that_missing_is_missing(table: ExportTable, tmp_path: Path) -> None:
    path = tmp_path / "list.shp.zip"
    path.write_bytes(to_bytes(table, ".zip"))
    meta, arrow = pyogrio.read_arrow(path)
    found = arrow.to_pydict()
    assert meta["crs"] == "EPSG:4326"
    assert meta["geometry_type"] == "Point"
    assert found["people"] == [1568, 240, 0, None]
    assert found["change"] == [-12.5, None, 0.25, None]
    assert found["border"] == [True, False, None, True]
    assert found["observe_on"][2] is None
    assert found["name"][3] is None
    assert found["wkb_geometry"][3] is None


def test_an_empty_list_is_a_layer_without_features(
    empty_table: ExportTable, tmp_path: Path
) -> None:
    assert len(reader_of(empty_table)) == 0
    path = tmp_path / "list.shp.zip"
    path.write_bytes(to_bytes(empty_table, ".zip"))
    assert pyogrio.read_info(path)["features"] == 0


@pytest.mark.parametrize(
    "number", [1.42857142857143e-13, 142857142857.143, 1e300, -2.2250738585072e-308, 0.1]
)
def test_a_number_reads_back_to_the_last_digit(
    number: float, table: ExportTable, make_table: MakeTable, tmp_path: Path
) -> None:
    hostile = make_table(frame=table.frame.assign(change=number))
    assert reader_of(hostile).record(0)["change"] == number
    path = tmp_path / "list.shp.zip"
    path.write_bytes(to_bytes(hostile, ".zip"))
    assert pyogrio.read_arrow(path)[1]["change"].to_pylist() == [number] * 4


def test_a_large_integer_widens_its_field(table: ExportTable, make_table: MakeTable) -> None:
    reader = reader_of(make_table(frame=table.frame.assign(people=-(2**53))))
    assert reader.record(0)["people"] == -(2**53)
    assert [f.size for f in reader.fields if f.name == "people"] == [17]


def test_a_long_text_is_cut_between_characters_and_the_dictionary_says_so(
    table: ExportTable, make_table: MakeTable
) -> None:
    hostile = make_table(frame=table.frame.assign(name=["ấ" * 100, "ấ" * 84, "x" * 255, "x" * 254]))
    assert [record["name"] for record in reader_of(hostile).records()] == [
        "ấ" * 84,
        "ấ" * 84,
        "x" * 254,
        "x" * 254,
    ]
    rows = {row[1]: row for row in rows_of(members_of(hostile)["fields.csv"])}
    assert rows["name"][-1] == "2"
    assert rows["commune_code"][-1] == ""


@given(text=st.text())
def test_a_cut_text_is_a_beginning_that_fits_and_no_shorter_than_needed(text: str) -> None:
    text = text.encode(errors="ignore").decode() * 9
    cut = cut_text(text)
    assert text.startswith(cut)
    assert len(cut.encode()) <= MAX_TEXT_BYTES
    assert cut == text or len(text[: len(cut) + 1].encode()) > MAX_TEXT_BYTES


def test_the_dictionary_explains_each_field(table: ExportTable) -> None:
    heading, *rows = rows_of(members_of(table)["fields.csv"])
    assert heading == [
        "Tên trường",
        "Tên cố định",
        "Cột",
        "Ý nghĩa",
        "Giá trị được chọn",
        "Số giá trị bị cắt",
    ]
    assert [row[0] for row in rows] == [f.name for f in reader_of(table).fields[1:]]
    found = {row[0]: row[1:] for row in rows}
    assert found["rank"] == ["rank", "Hạng", "Thứ tự trong danh sách", "", ""]
    assert found["mino_share"] == ["minority_share", "Tỷ lệ DTTS", "", "", ""]
    assert found["lane"][3] == "fund: Quỹ viễn thông\noperator: Doanh nghiệp"


def test_the_notes_say_what_the_list_is(table: ExportTable, make_table: MakeTable) -> None:
    assert rows_of(members_of(table)["notes.csv"]) == [
        ["Danh sách ưu tiên – Chưa có cáp quang"],
        ["Tính đến ngày 30/06/2024"],
        ["Tình trạng dữ liệu", "Dữ liệu minh hoạ"],
        ["Tính đến ngày", "30/06/2024"],
        ["Mã dữ liệu", "ab12"],
    ]
    english = members_of(make_table(language="en"))["notes.csv"]
    assert rows_of(english, ",")[2] == ["Tình trạng dữ liệu", "Dữ liệu minh hoạ"]


def test_no_formula_hides_in_the_tables_for_people(
    table: ExportTable, make_table: MakeTable
) -> None:
    columns = (
        replace(table.columns[0], label="=1+1", description="@x"),
        *table.columns[1:4],
        replace(table.columns[4], choices={"fund": "=2", "operator": "+84"}),
    )
    hostile = make_table(columns=columns, title="=3", notes=(("-x", "＝4"),))
    members = members_of(hostile)
    for name in ("fields.csv", "notes.csv"):
        for row in rows_of(members[name]):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "＝"))]


def test_field_names_are_short_readable_and_different() -> None:
    keys = ["distance_km", "distance_score", "distance_scores", "dist_score", "specially_difficult"]
    assert field_names(keys) == (
        "distanc_km",
        "dist_scor2",
        "dist_scor3",
        "dist_score",
        "spec_diffi",
    )


@given(
    st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,62}", fullmatch=True), unique=True, max_size=40)
    | st.integers(1, 120).map(lambda n: [f"a_long_column_{i}" for i in range(n)])
)
def test_field_names_fit_and_never_clash(keys: list[str]) -> None:
    names = field_names(keys)
    assert len(set(names)) == len(keys)
    assert all(1 <= len(name) <= 10 for name in names)
    assert [n for n in names if n in keys] == [k for k in keys if len(k) <= 10]


def test_a_list_that_no_shapefile_holds_is_refused(
    table: ExportTable, make_table: MakeTable
) -> None:
    wide = tuple(Column(f"w{i}", "x", ColumnKind.TEXT) for i in range(260))
    frame = table.frame.assign(**{column.key: "x" * 254 for column in wide})
    with pytest.raises(PlannerError, match="error-export-columns"):
        to_bytes(make_table(frame=frame, columns=(*table.columns, *wide)), ".zip")


def test_the_header_of_the_table_states_its_own_lengths() -> None:
    columns = [
        dbase_column("a", ColumnKind.INTEGER, [1, None]),
        dbase_column("b", ColumnKind.TEXT, ["x", None]),
    ]
    data = encode_dbase(columns, 2)
    assert row_bytes(columns) == 1 + 9 + 32
    assert len(data) == 32 * 3 + 1 + 2 * 42 + 1
    assert int.from_bytes(data[8:10], "little") == 97
    assert int.from_bytes(data[10:12], "little") == 42
    assert data[97:107] == b"         1"
