from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from geo.export import Column, ColumnKind, ExportTable, to_bytes, write_table
from geo.export.cells import MAX_CELL_UNITS, fitting_text, page_header, sheet_names
from geo.export.sheet_looks import HEADER_ROW

MakeTable = Callable[..., ExportTable]


def sheets_of(table: ExportTable) -> tuple[Worksheet, Worksheet]:
    workbook = openpyxl.load_workbook(io.BytesIO(to_bytes(table, ".xlsx")))
    first, second = workbook.worksheets
    return first, second


def test_title_subtitle_and_label_stand_above_the_list(table: ExportTable) -> None:
    sheet, _ = sheets_of(table)
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        "Danh sách ưu tiên – Chưa có cáp quang",
        "Tính đến ngày 30/06/2024",
        "Dữ liệu minh hoạ",
    ]


def test_the_list_cell_by_cell(table: ExportTable) -> None:
    sheet, _ = sheets_of(table)
    rows = [
        tuple(value.date() if isinstance(value, datetime) else value for value in row)
        for row in sheet.iter_rows(min_row=HEADER_ROW, values_only=True)
    ]
    assert rows == [
        (
            *(column.label for column in table.columns),
            "Kinh độ",
            "Vĩ độ",
        ),
        (
            1,
            "Y Tý – thôn 3",
            "02701",
            "Chưa có cáp quang",
            "Quỹ viễn thông",
            1568,
            -12.5,
            0.6621,
            "Có",
            date(2024, 6, 30),
            12.346,
            0.876543,
            103.6123457,
            22.6543211,
        ),
        (
            2,
            '=HYPERLINK("http://x.example")',
            "02701",
            "Không có sóng",
            "Doanh nghiệp",
            240,
            None,
            1,
            "Không",
            date(2024, 3, 14),
            3,
            0.5,
            103.97,
            22.486,
        ),
        (
            3,
            "<b>A & B</b>",
            "02674",
            "Chưa có cáp quang",
            "Quỹ viễn thông",
            0,
            0.25,
            0,
            None,
            None,
            0,
            0,
            104,
            22,
        ),
        (
            4,
            None,
            "02674",
            "Chưa có băng rộng di động",
            None,
            None,
            None,
            None,
            "Có",
            date(2024, 6, 30),
            None,
            None,
            None,
            None,
        ),
    ]


def test_no_formula_and_no_link_is_anywhere(table: ExportTable) -> None:
    for sheet in sheets_of(table):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None


def test_a_text_stays_a_text_when_somebody_edits_it(table: ExportTable) -> None:
    sheet, _ = sheets_of(table)
    assert sheet.cell(HEADER_ROW + 2, 2).quotePrefix
    assert not sheet.cell(HEADER_ROW + 2, 1).quotePrefix


def test_the_filter_covers_the_list_and_nothing_else(
    table: ExportTable, empty_table: ExportTable
) -> None:
    assert sheets_of(table)[0].auto_filter.ref == "A4:N8"
    assert sheets_of(empty_table)[0].auto_filter.ref == "A4:N4"


def test_the_header_is_frozen_and_repeated_on_a4_landscape(table: ExportTable) -> None:
    sheet, _ = sheets_of(table)
    assert sheet.freeze_panes == "C5"  # the village stays in sight
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    assert header.right is not None
    assert footer.center is not None
    assert header.right.text == "Dữ liệu minh hoạ"
    assert footer.center.text == "Trang &P/&N"


def test_a_narrow_list_is_printed_one_page_wide(table: ExportTable, make_table: MakeTable) -> None:
    sheet, _ = sheets_of(make_table(columns=table.columns[:8]))
    assert sheet.page_setup.fitToWidth in {None, 1}  # 1 is the default of the format


def test_a_wide_list_is_printed_over_several_pages_and_stays_readable(
    table: ExportTable, make_table: MakeTable
) -> None:
    # The rank takes 11 characters, 13 texts 32 each, two coordinates 13 each: 453. Rank and name,
    # 43, are on every page; the other 410 at 200 - 43 = 157 a page make three pages.
    wide = tuple(Column(f"w{i}", "x", ColumnKind.TEXT) for i in range(11))
    frame = table.frame.assign(**{c.key: "w" * 40 for c in wide}, name="w" * 40)
    columns = (*table.columns[:2], *wide[:9], table.columns[3], *wide[9:])
    frame["map_class"] = "no_fibre"
    labels = {"no_fibre": "w" * 40}
    sheet, _ = sheets_of(make_table(frame=frame, columns=columns, class_labels=labels))
    assert sheet.page_setup.fitToWidth == 3


def test_each_kind_has_its_number_format(table: ExportTable) -> None:
    sheet, _ = sheets_of(table)
    row = {c.key: sheet.cell(HEADER_ROW + 1, i) for i, c in enumerate(table.columns, start=1)}
    formats = {key: cell.number_format for key, cell in row.items()}
    assert formats["people"] == "#,##0"
    assert formats["minority_share"] == "0.0%"
    assert formats["observed_on"] == "dd/mm/yyyy"
    assert formats["route_km"] == "#,##0.0"
    assert formats["total"] == "0.000"
    assert formats["name"] == formats["commune_code"] == "@"


def test_the_class_shows_its_symbol_and_colour_but_holds_its_label(table: ExportTable) -> None:
    sheet, _ = sheets_of(table)
    cell = sheet.cell(HEADER_ROW + 2, 4)
    assert cell.value == "Không có sóng"
    assert cell.number_format == '"▲ "@'
    assert cell.border.left is not None
    assert cell.border.left.color is not None
    assert cell.border.left.color.rgb == "FFD55E00"


def test_the_notes_sheet_says_where_the_list_comes_from(table: ExportTable) -> None:
    _, notes = sheets_of(table)
    rows = [
        tuple(value for value in row if value is not None)
        for row in notes.iter_rows(values_only=True)
    ]
    assert rows[:6] == [
        ("Danh sách ưu tiên – Chưa có cáp quang",),
        ("Tính đến ngày 30/06/2024",),
        ("Dữ liệu minh hoạ",),
        (),
        ("Tình trạng dữ liệu", "Dữ liệu minh hoạ"),
        ("Tính đến ngày", "30/06/2024"),
    ]
    assert ("▲", "Không có sóng") in rows
    assert ("■", "Chưa có cáp quang") in rows
    assert ("Cột", "Tên cố định", "Ý nghĩa") in rows
    assert ("Điểm ưu tiên", "total", "Tổng có trọng số") in rows


def test_choices_have_a_drop_down_list_of_their_words(table: ExportTable) -> None:
    sheet, notes = sheets_of(table)
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    # The lane and the border, but not the class, whose symbol would not change with the word.
    assert sorted(rules) == ["E5:E8", "I5:I8"]
    offered = {}
    for cells, rule in rules.items():
        assert (rule.type, rule.allow_blank, rule.showErrorMessage) == ("list", True, True)
        assert rule.error == "Hãy chọn một giá trị trong danh sách."
        sheet_name, _, place = str(rule.formula1).rpartition("!")
        assert sheet_name == "'Ghi chú'"
        offered[cells] = [row[0].value for row in notes[place.replace("$", "")]]
    assert offered == {"E5:E8": ["Quỹ viễn thông", "Doanh nghiệp"], "I5:I8": ["Có", "Không"]}


def test_a_word_with_a_comma_or_a_sheet_with_an_apostrophe_is_no_trouble_to_a_drop_down(
    table: ExportTable, make_table: MakeTable
) -> None:
    words = {str(n): f'=từ {n}, "dài" ' + "ô" * 90 for n in range(4)}
    columns = tuple(replace(c, choices=words) if c.key == "lane" else c for c in table.columns)
    wording = replace(table.wording, notes_sheet="Ghi'chú", choose="!" * 300)
    frame = table.frame.assign(lane=["0", "1", "2", "3"])
    sheet, notes = sheets_of(make_table(columns=columns, wording=wording, frame=frame))
    rule = sheet.data_validations.dataValidation[0]
    name, _, place = str(rule.formula1).rpartition("!")
    assert name == "'Ghi''chú'"
    assert [row[0].value for row in notes[place.replace("$", "")]] == list(words.values())
    assert rule.error == "!" * 255


def test_a_list_without_rows_has_no_drop_down(empty_table: ExportTable) -> None:
    assert not sheets_of(empty_table)[0].data_validations.dataValidation


def test_the_notes_sheet_says_what_each_word_is_to_a_program(table: ExportTable) -> None:
    _, notes = sheets_of(table)
    rows = [row[:3] for row in notes.iter_rows(values_only=True)]
    start = rows.index(("Giá trị được chọn", None, None))
    assert rows[start + 1 :] == [
        ("Nhóm giải pháp", "Quỹ viễn thông", "fund"),
        ("Nhóm giải pháp", "Doanh nghiệp", "operator"),
        ("Biên giới", "Có", "true"),
        ("Biên giới", "Không", "false"),
    ]


def test_ready_made_rich_text_in_a_name_is_only_text(
    table: ExportTable, make_table: MakeTable
) -> None:
    # XlsxWriter writes a text of this form into the file without escaping it.
    hostile = "<r><t>x</t></r></si></sst><r></r>"
    frame = table.frame.assign(name=[hostile, "<r></r>", "_x0041_", " a "])
    sheet, _ = sheets_of(make_table(frame=frame))
    assert [sheet.cell(row, 2).value for row in (5, 6)] == [hostile, "<r></r>"]
    raw = zipfile.ZipFile(io.BytesIO(to_bytes(make_table(frame=frame), ".xlsx")))
    strings = raw.read("xl/sharedStrings.xml").decode()
    assert "_x005F_x0041_" in strings
    assert '<t xml:space="preserve"> a </t>' in strings


def test_a_text_longer_than_a_cell_is_cut_visibly(
    table: ExportTable, make_table: MakeTable
) -> None:
    frame = table.frame.assign(name="ô" * 40_000)
    sheet, _ = sheets_of(make_table(frame=frame))
    value = sheet.cell(HEADER_ROW + 1, 2).value
    assert value == "ô" * (MAX_CELL_UNITS - 1) + "…"


def test_cutting_never_splits_a_character_outside_the_basic_plane() -> None:
    cut = fitting_text("🏔" * 20_000)
    assert cut == "🏔" * 16_383 + "…"
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_CELL_UNITS


def test_days_before_the_spreadsheet_calendar_are_texts(
    table: ExportTable, make_table: MakeTable
) -> None:
    frame = table.frame.assign(observed_on=[date(1899, 1, 2), date(1900, 3, 1), None, None])
    sheet, _ = sheets_of(make_table(frame=frame))
    assert sheet.cell(5, 10).value == "1899-01-02"
    first = sheet.cell(6, 10).value
    assert isinstance(first, datetime)
    assert first.date() == date(1900, 3, 1)


@pytest.mark.parametrize(
    ("given", "valid"),
    [
        (("Danh sách", "Ghi chú"), ("Danh sách", "Ghi chú")),
        (("a[b]:c*d?e/f\\g", "'x'"), ("a b  c d e f g", "x")),
        (("", "[]"), ("1", "2")),
        (("Same", "SAME"), ("Same", "SAME 2")),
        (("x" * 40, "y"), ("x" * 30 + "…", "y")),
        (("x" * 40, "x" * 40), ("x" * 30 + "…", "x" * 28 + "… 2")),
    ],
)
def test_sheet_names_are_valid_and_different(
    given: tuple[str, str], valid: tuple[str, str]
) -> None:
    assert sheet_names(*given) == valid


def test_codes_in_a_printed_header_are_harmless_and_its_length_is_bounded() -> None:
    assert page_header("R&D &P", "x") == "&LR&&D &&P&Rx"
    assert len(page_header("&" * 500, "x" * 500, page="y" * 500)) <= 255


def test_pandas_reads_the_list_from_its_header_row(table: ExportTable, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_table(table, path)
    read = pd.read_excel(path, header=HEADER_ROW - 1, engine="openpyxl")
    assert read["Hạng"].tolist() == [1, 2, 3, 4]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_list(table: ExportTable, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_table(table, path)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "fods",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    flat = (tmp_path / "list.fods").read_text(encoding="utf-8")
    filters = flat[flat.index("<table:database-ranges>") :]
    assert (
        'table:target-range-address="&apos;Danh sách&apos;.A4:&apos;Danh sách&apos;.N8"' in filters
    )
    assert 'table:display-filter-buttons="true"' in filters
    assert "table:formula" not in flat
