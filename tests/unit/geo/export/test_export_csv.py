from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from geo.export import ExportTable, to_bytes
from geo.formulas import guard_formula, unguard_formula

MakeTable = Callable[..., ExportTable]


def lines_of(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").split("\r\n")


def test_a_vietnamese_list_line_by_line(table: ExportTable) -> None:
    data = to_bytes(table, ".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert lines_of(data) == [
        (
            "Hạng,Thôn,Mã xã,Khoảng trống,Nhóm giải pháp,Số khẩu,Thay đổi,Tỷ lệ DTTS,Biên giới,"
            "Ngày quan sát (dd/mm/yyyy),Km tuyến,Điểm ưu tiên,Kinh độ,Vĩ độ,"
            "Tình trạng dữ liệu,Tính đến ngày,Mã dữ liệu"
        ),
        (
            "1,Y Tý – thôn 3,02701,Chưa có cáp quang,Quỹ viễn thông,1568,-12.5,0.6621,Có,"
            "30/06/2024,12.346,0.876543,103.6123457,22.6543211,Dữ liệu minh hoạ,30/06/2024,ab12"
        ),
        (
            '2,"\'=HYPERLINK(""http://x.example"")",02701,Không có sóng,'
            "Doanh nghiệp,240,,1.0,Không,14/03/2024,3.0,0.5,103.97,22.486,"
            "Dữ liệu minh hoạ,30/06/2024,ab12"
        ),
        (
            "3,<b>A & B</b>,02674,Chưa có cáp quang,Quỹ viễn thông,0,0.25,0.0,,"
            ",0.0,0.0,104.0,22.0,Dữ liệu minh hoạ,30/06/2024,ab12"
        ),
        (
            "4,,02674,Chưa có băng rộng di động,,,,,Có,30/06/2024,,,,,"
            "Dữ liệu minh hoạ,30/06/2024,ab12"
        ),
        "",
    ]


def test_with_semicolons_a_vietnamese_number_has_a_decimal_comma(table: ExportTable) -> None:
    row = lines_of(to_bytes(table, ".csv", separator=";"))[1].split(";")
    assert row[5:9] == ["1568", "-12,5", "0,6621", "Có"]
    assert row[12:14] == ["103,6123457", "22,6543211"]


def test_an_english_list_has_points_and_iso_dates(make_table: MakeTable) -> None:
    for separator in (",", ";"):
        data = to_bytes(make_table(language="en"), ".csv", separator=separator)
        row = lines_of(data)[1].split(separator)
        assert (row[6], row[9]) == ("-12.5", "2024-06-30")


def test_a_list_without_rows_is_its_header(empty_table: ExportTable) -> None:
    assert len(lines_of(to_bytes(empty_table, ".csv"))) == 2


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\tx", "\nx", "＝1", "'=1"])
def test_what_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guard_formula(text) == "'" + text
    assert unguard_formula("'" + text) == text


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("thôn 3;=1+1", "thôn 3;'=1+1"),
        ("thôn 3,-4", "thôn 3,'-4"),
        ("hai\n=1+1", "hai\n'=1+1"),
        ('x;"=1+1"', 'x;\'"=1+1"'),
        ("\t=1", "'\t'=1"),
    ],
)
def test_what_becomes_a_field_under_another_separator_is_guarded_too(
    text: str, guarded: str
) -> None:
    assert guard_formula(text) == guarded
    assert unguard_formula(guarded) == text


def test_a_file_with_commas_runs_nothing_where_a_spreadsheet_breaks_it_at_semicolons(
    table: ExportTable, make_table: MakeTable
) -> None:
    hostile = table.frame.assign(name=["x;=1+1;y", 'x";"=2+2";"', "x\n=3", "x;\n;+84"])
    text = to_bytes(make_table(frame=hostile), ".csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert any("=1+1" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("text", ["", "Y Tý", "'quoted'", "a=b", "3-4", "''", "a; b\n\nc"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert guard_formula(text) == text == unguard_formula(text)


def test_headings_and_notes_are_guarded_too(make_table: MakeTable) -> None:
    lines = lines_of(to_bytes(make_table(notes=(("=1+1", "@x"),)), ".csv"))
    assert lines[0].endswith(",'=1+1")
    assert lines[1].endswith(",'@x")
