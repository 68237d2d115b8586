"""The record in a real browser: a planner's path and the leadership's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, Serve, Visit
from playwright.sync_api import expect
from record_walk import OTHER, VILLAGE, WORK_MS, record_and_resolve

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]


@pytest.fixture(scope="module")
def record_app(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on the shipped province, nothing recorded yet."""
    state = tmp_path_factory.mktemp("record")
    return serve(ROOT / "ui" / "server.py", {"GAP_PLANNER_STATE": str(state)})


def test_a_planner_records_with_evidence_meets_a_conflict_resolves_it_and_sees_it_on_the_map(
    visit: Visiting, record_app: str
) -> None:
    address = f"{record_app}/updates?village={VILLAGE}"
    record_and_resolve(visit(address).page, visit(address).page)
    seen = visit(f"{record_app}/?gap=fibre")
    shown = set(seen.map.ask("() => map.gapPlanner.shownVillages.map((glyph) => glyph.id)"))
    assert VILLAGE not in shown
    assert OTHER in shown


def test_a_sheet_goes_out_comes_back_and_counts(
    visit: Visiting, record_app: str, tmp_path: Path
) -> None:
    page = visit(f"{record_app}/updates?as_of=2024-06-30").page
    page.get_by_text("Cập nhật hàng loạt bằng Excel").click(timeout=WORK_MS)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải bảng cập nhật").click()
    taken.value.save_as(tmp_path / "tải về.xlsx")
    book = openpyxl.load_workbook(tmp_path / "tải về.xlsx")
    sheet: Any = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[2]}
    row = next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == OTHER)
    sheet.cell(row, headings["MỚI: công việc"], "Đang thi công")
    sheet.cell(row, headings["MỚI: công việc từ ngày"], datetime(2024, 8, 1))  # noqa: DTZ001
    filled = tmp_path / "điền.xlsx"
    book.save(filled)
    page.locator("input[type=file]").first.set_input_files(filled)
    expect(page.get_by_text("0 quan sát, 1 tiến độ")).to_be_visible(timeout=WORK_MS)
    page.get_by_role("button", name="Ghi nhận 1 mục").click()
    expect(page.get_by_text("Đã ghi nhận 1 mục")).to_be_visible(timeout=WORK_MS)


def test_the_leadership_opens_the_targets_at_a_day_and_takes_the_report(
    visit: Visiting, record_app: str
) -> None:
    page = visit(record_app).page
    page.get_by_role("link", name="Chỉ tiêu").click(timeout=WORK_MS)
    expect(page.get_by_role("heading", name="Chỉ tiêu · Lào Cai")).to_be_visible(timeout=WORK_MS)
    expect(page.get_by_text("Tính đến ngày").first).to_be_visible()
    page.get_by_role("radio", name="30/06/2024").or_(
        page.get_by_role("button", name="30/06/2024")
    ).first.click()
    expect(page.get_by_text("đạt 0/28 thôn").first).to_be_visible(timeout=WORK_MS)
    expect(page).to_have_url(re.compile("as_of=2024-06-30"))
    page.get_by_role("button", name="Lập báo cáo").click()
    with page.expect_download(timeout=WORK_MS) as taken:
        page.get_by_role("button", name="PDF").click(timeout=WORK_MS)
    content = Path(taken.value.path()).read_bytes()
    assert content.startswith(b"%PDF-")
    assert len(content) > 20_000
