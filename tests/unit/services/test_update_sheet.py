"""The update sheet comes back as it was meant, with every fault at once."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from i18n import translator
from planning.errors import DataError
from planning.vocabulary import Evidence, Gap, Role, Service, WorkStatus
from services.province import Province, shipped_province
from services.update_sheet import read_update_sheet, write_update_sheet
from services.work_queue import work_queue

DAY = date(2024, 6, 30)
TODAY = date(2024, 10, 1)


@pytest.fixture(scope="module")
def base() -> Province:
    return shipped_province()


@pytest.fixture(params=["vi", "en"])
def book(base: Province, request: pytest.FixtureRequest) -> Any:
    queue = work_queue(base, None, Gap.FIBRE, Role.PLANNER, DAY)
    content = write_update_sheet(
        queue, Gap.FIBRE, base, translator(request.param), register="shipped", as_of=DAY
    )
    workbook: Any = openpyxl.load_workbook(io.BytesIO(content))
    workbook.language = request.param
    return workbook


def heading(book: Any) -> dict[str, int]:
    sheet = book.worksheets[0]
    words = translator(book.language)
    by_label = {cell.value: cell.column for cell in sheet[2]}
    names = ("village_id", "new_state", "new_observed_on", "new_evidence", "new_status",
             "new_since", "note", "seen")  # fmt: skip
    return {name: by_label[words(f"sheet-{name}")] for name in names}


def saved(book: Any, tmp_path: Path) -> Path:
    path = tmp_path / "cập nhật.xlsx"
    book.save(path)
    return path


def test_a_sheet_lists_the_56_villages_and_says_it_is_illustrative(book: Any) -> None:
    sheet = book.worksheets[0]
    assert sheet.max_row == 2 + 56
    assert translator(book.language)("illustrative") in sheet["A1"].value
    assert sheet.column_dimensions["O"].hidden
    assert len(sheet.data_validations.dataValidation) == 5


def test_what_is_filled_in_is_what_is_recorded(book: Any, tmp_path: Path) -> None:
    sheet, at = book.worksheets[0], heading(book)
    words = translator(book.language)
    sheet.cell(3, at["new_state"], words("state-fixed-fibre"))
    sheet.cell(3, at["new_observed_on"], datetime(2024, 9, 2))  # noqa: DTZ001
    sheet.cell(3, at["new_evidence"], words("evidence-acceptance"))
    sheet.cell(3, at["note"], "=HYPERLINK(1)")
    sheet.cell(5, at["new_status"], words("work-building"))
    sheet.cell(5, at["new_since"], "01/09/2024")
    found = read_update_sheet(saved(book, tmp_path), "cập nhật.xlsx", "shipped", TODAY)
    (observed,), (report,) = found.observed, found.reports
    assert observed.village_id == sheet.cell(3, at["village_id"]).value
    assert (observed.service, observed.state, observed.observed_on, observed.evidence) == (
        Service.FIXED, "fibre", date(2024, 9, 2), Evidence.ACCEPTANCE,
    )  # fmt: skip
    assert (observed.seen, observed.source) == (0, "cập nhật.xlsx")
    assert (report.village_id, report.status, report.since, report.seen) == (
        sheet.cell(5, at["village_id"]).value, WorkStatus.BUILDING, date(2024, 9, 1), 0,
    )  # fmt: skip


def test_every_fault_is_named_at_once_and_nothing_is_taken(book: Any, tmp_path: Path) -> None:
    sheet, at = book.worksheets[0], heading(book)
    words = translator(book.language)
    sheet.cell(3, at["new_state"], "cáp đồng")
    sheet.cell(4, at["new_state"], words("state-fixed-fibre"))
    sheet.cell(4, at["new_evidence"], words("evidence-survey"))
    sheet.cell(5, at["new_status"], words("work-building"))
    sheet.cell(5, at["new_since"], "31/02/2024")
    sheet.cell(6, at["new_status"], words("work-building"))
    sheet.cell(6, at["new_since"], "02/10/2024")
    sheet.cell(7, at["note"], "chỉ ghi chú")
    sheet.cell(8, at["new_state"], words("state-fixed-fibre"))
    sheet.cell(8, at["seen"], "shipped|fixed|x|0")
    with pytest.raises(DataError) as refused:
        read_update_sheet(saved(book, tmp_path), "s.xlsx", "shipped", TODAY)
    assert [(fault.row, fault.expected) for fault in refused.value.faults] == [
        (3, "expected-one-of"),
        (4, "expected-date"),
        (5, "expected-date"),
        (6, "expected-past-day"),
        (7, "expected-state-or-status"),
        (8, "expected-seen"),
    ]


@pytest.mark.parametrize(
    ("register", "key"), [("shipped", "error-sheet-empty"), ("other", "error-sheet-register")]
)
def test_an_untouched_sheet_and_one_of_another_register_are_refused(
    book: Any, tmp_path: Path, register: str, key: str
) -> None:
    if register == "other":
        at = heading(book)
        book.worksheets[0].cell(3, at["note"], "x")
    with pytest.raises(DataError) as refused:
        read_update_sheet(saved(book, tmp_path), "s.xlsx", register, TODAY)
    assert refused.value.key == key


def test_another_workbook_is_told_what_it_lacks(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    for row in (["Danh sách"], ["Tên thôn", "Mã thôn"], ["Bản A", "X-1"], ["Bản B", "X-2"]):
        book.active.append(row)
    path = tmp_path / "x.xlsx"
    book.save(path)
    with pytest.raises(DataError) as refused:
        read_update_sheet(path, "x.xlsx", "shipped", TODAY)
    assert refused.value.key == "error-sheet-columns"
    assert "Phiên bản đã xem" in refused.value.values["columns"]
