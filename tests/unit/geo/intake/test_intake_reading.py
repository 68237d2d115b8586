"""Whole files through the child process and back."""

from __future__ import annotations

import io
import os
from datetime import date, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from geo.intake.limits import Limits
from geo.intake.sandbox import read_foreign
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError, Severity
from tests.unit.geo.intake.archive_building import (
    ODS_ROWS,
    SHEET_SPACE,
    ods,
    xlsx,
)

_CSV = "STT;Thôn;Xã;Số hộ\n1;Nậm Chảy;Y Tý;22,5\n2;Bản Phố;NA;none\n"

_AFTERNOON = datetime.fromisoformat("2024-03-02T14:00:00")


def _read(tmp_path: Path, name: str, content: bytes, **options: object) -> RawTable:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return read_foreign(path, ReadOptions(**options), name=name)  # type: ignore[arg-type]


def _texts(table: RawTable, at: int) -> list[object]:
    return [text if isinstance(text, str) else None for text in table.columns[at].texts]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_delimited_file_is_read_as_texts_only(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    text = _CSV.replace("22,5", '"22,5"').replace(";", separator)
    table = _read(tmp_path, "thon.csv", text.encode(encoding))
    assert list(table.names) == ["STT", "Thôn", "Xã", "Số hộ"]
    assert table.rows.tolist() == [2, 3]
    assert _texts(table, 2) == ["Y Tý", "NA"]
    assert _texts(table, 3) == ["22,5", "none"]
    assert table.separator == separator
    assert table.encoding == encoding.removesuffix("-sig")
    assert table.faults == ()
    assert all(column.numbers is None for column in table.columns)


def test_decomposed_letters_and_white_space_are_tidied(tmp_path: Path) -> None:
    table = _read(tmp_path, "a.csv", "Tho\u0302n,Xã\n  Na\u0323\u0302m  Chảy ,Y Tý\n".encode())
    assert list(table.names) == ["Thôn", "Xã"]
    assert _texts(table, 0) == ["Nậm  Chảy"]


def test_decimal_commas_do_not_separate_where_semicolons_do(tmp_path: Path) -> None:
    text = "Thôn;Kinh độ;Vĩ độ\n" + "Ao;103,65;22,55\n" * 50
    table = _read(tmp_path, "a.csv", text.encode())
    assert (table.separator, len(table.columns), len(table)) == (";", 3, 50)


def test_ragged_rows_are_faults_with_the_row_a_person_sees(tmp_path: Path) -> None:
    text = 'Danh sách thôn\n\nThôn;Xã;Số hộ\nAo;"Y\nTý";1\nPhố;Y Tý\nCao;Y;Tý;3\n;;\nSơn;Y Tý;4\n'
    table = _read(tmp_path, "a.csv", text.encode())
    assert table.header_rows == (3,)
    assert table.rows.tolist() == [4, 5, 8]
    assert _texts(table, 0) == ["Ao", "Phố", "Sơn"]
    assert [(f.key, f.row, f.got, f.expected, f.severity) for f in table.faults] == [
        ("fault-row-short", 5, "2", "3", Severity.WARNING),
        ("fault-row-long", 6, "4", "3", Severity.ERROR),
    ]


def test_a_byte_that_does_not_decode_is_a_fault_of_its_row(tmp_path: Path) -> None:
    content = _CSV.encode() * 5 + b"3;\xff\xfe;Y;4\n"
    table = _read(tmp_path, "a.csv", content)
    found = [fault for fault in table.faults if fault.key == "fault-undecodable"]
    assert [(fault.row, fault.column) for fault in found] == [(16, "Thôn")]


def test_legacy_text_waits_for_a_person(tmp_path: Path) -> None:
    content = "STT;Th«n;X·;Sè hé\n1;NËm Ch¶y;B¸t X¸t;30\n2;B¶n Phè;B¸t X¸t;3\n".encode("cp1252")
    asked = _read(tmp_path, "a.csv", content)
    assert _texts(asked, 1) == ["NËm Ch¶y", "B¶n Phè"]
    assert {fault.key for fault in asked.faults} == {"fault-legacy-text"}
    assert asked.faults[0].values["sample_after"] == "Nậm Chảy"
    told = _read(tmp_path, "a.csv", content, encoding="tcvn3")
    assert list(told.names) == ["STT", "Thôn", "Xã", "Số hộ"]
    assert _texts(told, 1) == ["Nậm Chảy", "Bản Phố"]
    assert (told.encoding, told.faults) == ("tcvn3", ())


def test_a_workbook_keeps_what_each_cell_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã", "Thôn", "Số hộ", "Ngày", "Có điện", "Lỗi"])
    sheet.append(["00123", "Nậm Chảy", 30, date(2024, 3, 1), True, "#N/A"])
    sheet.append(["00124", "Bản Phố", 2.5, _AFTERNOON, False, 1])
    book.create_sheet("Khác")
    table = _read(tmp_path, "a.xlsx", _saved(book))
    assert _texts(table, 0) == ["00123", "00124"]
    assert table.columns[2].numbers is not None
    assert table.columns[2].numbers.tolist() == [30.0, 2.5]
    assert table.columns[3].days is not None
    assert table.columns[3].days.astype(str).tolist() == [
        "2024-03-01T00:00:00",
        "2024-03-02T14:00:00",
    ]
    assert _texts(table, 4) == ["TRUE", "FALSE"]
    assert [(f.key, f.row, f.column) for f in table.faults] == [("fault-cell-error", 2, "Lỗi")]
    assert (table.layer, [layer.name for layer in table.layers]) == ("Sheet", ["Sheet", "Khác"])


def test_the_first_visible_sheet_that_is_a_list_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.title, hidden.sheet_state = "Ẩn", "hidden"
    cover, listed = book.create_sheet("Bìa"), book.create_sheet("Danh sách")
    cover.append(["BÁO CÁO"])
    for name, sheet in (("ẩn", hidden), ("thật", listed)):
        sheet.append(["STT", "Thôn", "Xã"])
        for row in range(3):
            sheet.append([row, f"{name} {row}", "Y Tý"])
    content = _saved(book)
    assert _texts(_read(tmp_path, "a.xlsx", content), 1) == ["thật 0", "thật 1", "thật 2"]
    assert _texts(_read(tmp_path, "a.xlsx", content, layer="Ẩn"), 1)[0] == "ẩn 0"
    with pytest.raises(DataError) as refusal:
        _read(tmp_path, "a.xlsx", content, layer="khác")
    assert refusal.value.values["expected"] == "Ẩn, Bìa, Danh sách"


def test_formatted_but_empty_cells_far_away_do_no_harm(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    from tests.unit.geo.intake.archive_building import PLAIN_ROWS  # noqa: PLC0415

    table = _read(tmp_path, "a.xlsx", xlsx(PLAIN_ROWS + far))
    assert _texts(table, 1) == ["Nậm Chảy", "Bản Phố"]


def test_a_workbook_written_in_an_unusual_way_is_still_read(tmp_path: Path) -> None:
    cells = ("STT", "Thôn"), ("1", "Ao"), ("2", "Phố")
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
        for row in cells
    )
    sheet = f'<worksheet xmlns="{SHEET_SPACE}"><sheetData>{rows}</sheetData></worksheet>'
    table = _read(tmp_path, "a.xlsx", xlsx(sheet=sheet))
    assert list(table.names) == ["STT", "Thôn"]
    assert _texts(table, 1) == ["Ao", "Phố"]


def test_an_open_document_is_read_with_repeats_and_merged_cells(tmp_path: Path) -> None:
    merged = ODS_ROWS.replace(
        '<table:table-cell office:value-type="string"><text:p>Y Tý</text:p></table:table-cell>',
        '<table:table-cell office:value-type="string" table:number-rows-spanned="2">'
        "<text:p>Y Tý</text:p></table:table-cell>",
        1,
    ).replace(
        '<table:table-cell office:value-type="string"><text:p>Y Tý</text:p></table:table-cell>',
        "<table:covered-table-cell/>",
        1,
    )
    numbers = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="3"/>'
        '<table:table-cell office:value-type="string"><text:p>Nậm<text:s text:c="2"/>Mạ'
        "<office:annotation><text:p>ghi chú</text:p></office:annotation></text:p>"
        '</table:table-cell><table:table-cell office:value-type="date"'
        ' office:date-value="2024-03-01"/><table:table-cell calcext:value-type="error"'
        ' office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
    )
    table = _read(tmp_path, "a.ods", ods(merged + numbers))
    assert _texts(table, 1) == ["Nậm Chảy", "Phố", "Nậm  Mạ"]
    assert _texts(table, 2) == ["Y Tý", "Y Tý", None]
    assert table.metadata == {"merged_filled": "1"}
    assert table.columns[0].numbers is not None
    assert table.columns[0].numbers[2] == 3.0
    assert table.columns[2].days is not None
    assert str(table.columns[2].days[2]) == "2024-03-01T00:00:00"
    assert [(f.row, f.column, f.got) for f in table.faults] == [(4, "Số hộ", "#DIV/0!")]


def test_an_old_workbook_is_read_with_dates_and_merged_cells(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Thôn")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for at, name in enumerate(("Xã", "Thôn", "Số hộ", "Ngày")):
        sheet.write(0, at, name)
    sheet.write_merge(1, 2, 0, 0, "Y Tý")
    for row, name in ((1, "Nậm Chảy"), (2, "Bản Phố")):
        sheet.write(row, 1, name)
        sheet.write(row, 2, 30 + row)
        sheet.write(row, 3, date(2024, 1, row), day)
    buffer = io.BytesIO()
    book.save(buffer)
    table = _read(tmp_path, "a.xls", buffer.getvalue())
    assert _texts(table, 0) == ["Y Tý", "Y Tý"]
    assert table.columns[2].numbers is not None
    assert table.columns[2].numbers.tolist() == [31.0, 32.0]
    assert table.columns[3].days is not None
    assert table.columns[3].days.astype("datetime64[D]").tolist() == [
        date(2024, 1, 1),
        date(2024, 1, 2),
    ]


def test_progress_rises_from_nothing_to_all(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(_CSV, encoding="utf-8")
    told: list[tuple[str, float]] = []
    read_foreign(path, progress=lambda stage, share: told.append((stage, share)))
    assert [stage for stage, _ in told] == ["copy", "open", "read", "send", "done"]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_too_little_time_or_memory_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_CSV.encode() + b"1;2;3;4\n" * 300_000)
    for limits, key in (
        (Limits(wall_s=0.05), "error-intake-too-slow"),
        (Limits(memory_bytes=60 * 2**20), "error-intake-too-large"),
    ):
        with pytest.raises(DataError) as refusal:
            read_foreign(path, limits=limits)
        assert refusal.value.key == key
        assert refusal.value.values["file"] == "a.csv"


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "rooms"))
    (tmp_path / "rooms").mkdir()
    _read(tmp_path, "a.csv", _CSV.encode())
    assert os.listdir(tmp_path / "rooms") == []  # noqa: PTH208


def _saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_missing_numbers_stay_missing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Thôn", "Số hộ"], ["Ao", 0], ["Phố", None], ["Cao", 3]):
        sheet.append(row)
    numbers = _read(tmp_path, "a.xlsx", _saved(book)).columns[1].numbers
    assert numbers is not None
    np.testing.assert_array_equal(numbers, [0.0, np.nan, 3.0])
