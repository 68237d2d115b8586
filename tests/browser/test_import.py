"""The guided import in a real browser: an office's own workbook, from the drop to the map."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, Serve, Visit
from playwright.sync_api import Locator, Page, expect
from pyproj import Transformer

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]

HEADINGS = (
    "STT", "Tên thôn, bản", "Xã", "Huyện", "Số hộ", "Số khẩu", "Điện lưới", "Sóng di động",
    "Cáp quang", "Toạ độ VN-2000 / X", "Toạ độ VN-2000 / Y",
)  # fmt: skip
VILLAGES = (
    ("Thôn Phìn Hồ", 45, 210, "Có", "4G", "Chưa", 103.62, 22.63),
    ("Thôn Lao Chải", 60, 300, "Có", "Trắng sóng", "Chưa", 103.60, 22.66),
    ("Bản Mới", 38, 170, "mai mốt", "Lõm sóng", "Có", 103.63, 22.61),  # no word for power
    ("Thôn Sim San", "bốn mươi", 200, "Chưa", "4G", "Chưa", 103.58, 22.64),  # no number
    ("Thôn Choản Thèn", 51, 240, "Có", "4G", "Chưa", 105.90, 21.00),  # in Hà Nội
)
ROWS_AT_FAULT = ("5", "6", "7")


@pytest.fixture
def office_list(tmp_path: Path) -> Path:
    """A workbook as an office has it: a title, Vietnamese headings, VN-2000 with X to the north."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH THÔN CHƯA CÓ CÁP QUANG"])
    sheet.append(list(HEADINGS))
    project = Transformer.from_crs("EPSG:4326", "EPSG:9208", always_xy=True)
    for number, (name, households, people, *words, lon, lat) in enumerate(VILLAGES, start=1):
        east, north = project.transform(lon, lat)
        row = [number, name, "Y Tý", "Bát Xát", households, people, *words]
        sheet.append([*row, round(north, 2), round(east, 2)])
    path = tmp_path / "danh-sach.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="session")
def import_app(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An app of its own: accepting a list changes what everybody sees."""
    state = tmp_path_factory.mktemp("state")
    return serve(ROOT / "ui" / "server.py", {"GAP_PLANNER_STATE": str(state)})


def drop(page: Page, file: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(file)


def fault_rows(page: Page) -> Locator:
    return page.locator(".gp-faults tr.gp-error")


def choose(box: Locator, typed: str) -> None:
    """Choose from a long list as a person does: type, then take what is left."""
    box.click()
    box.page.keyboard.type(typed)
    box.page.get_by_role("option", name=re.compile(re.escape(typed))).first.click()


def settled(page: Page) -> None:
    page.locator("[data-test-script-state='notRunning']").first.wait_for()


@pytest.mark.parametrize(
    ("language", "choose", "limits"),
    [("vi", "Chọn tệp", "Tối đa 25 MB: .csv"), ("en", "Choose a file", "At most 25 MB: .csv")],
)
def test_the_upload_field_speaks_the_users_language(
    visit: Visiting, import_app: str, language: str, choose: str, limits: str
) -> None:
    page = visit(f"{import_app}/import?lang={language}").page
    field = page.get_by_test_id("stFileUploaderDropzone").first
    expect(field.get_by_role("button", name=choose)).to_be_visible()
    expect(field.get_by_text("Upload", exact=True)).to_be_hidden()
    expect(field.get_by_text("per file")).to_be_hidden()
    said = field.get_by_test_id("stFileUploaderDropzoneInstructions").evaluate(
        "element => getComputedStyle(element, '::after').content"
    )
    assert said.strip('"').startswith(limits)
    assert ".geoparquet" in said


def test_an_offices_workbook_in_vn_2000_with_three_faults_is_taken_in(
    visit: Visiting, import_app: str, office_list: Path
) -> None:
    seen = visit(f"{import_app}/import", viewport={"width": 1280, "height": 1400})
    page = seen.page
    drop(page, office_list)

    # Understood as: the title is set aside, every column is recognised.
    expect(page.get_by_text("đọc theo dạng xlsx, 5 dòng")).to_be_visible()
    expect(page.get_by_text("1 dòng không phải thôn")).to_be_visible()
    columns = page.locator(".st-key-import_columns")
    expect(columns.get_by_text("Tên thôn, bản")).to_be_visible()
    assert "–" not in columns.inner_text().split("Ví dụ")[0]

    # Nobody said which system the coordinates are in: asked for, the right zone first.
    choose(page.get_by_role("combobox", name=re.compile("Toạ độ phẳng chưa ghi hệ")), "104-45")
    settled(page)
    expect(page.get_by_text("VN-2000 / TM-3 104-45").first).to_be_visible()
    expect(page.get_by_text("độ chính xác công bố 1 m")).to_be_visible()

    # Nor of which day the states are.
    page.get_by_role("spinbutton", name="day, Số liệu tính đến ngày").click()
    page.keyboard.type("30062024")
    page.get_by_role("heading", name="Đã hiểu là").click()  # closes the calendar
    settled(page)

    # The three faults, each in its row with what to do.
    expect(fault_rows(page)).to_have_count(3)
    assert (
        tuple(row.locator("td").nth(1).inner_text() for row in fault_rows(page).all())
        == ROWS_AT_FAULT
    )
    expect(fault_rows(page).nth(0)).to_contain_text("mai mốt")
    expect(fault_rows(page).nth(1)).to_contain_text("bốn mươi")
    legend = page.locator("iframe[title*='st_folium']").content_frame.locator(".gp-legend li")
    expect(legend.filter(has_text="Dòng có lỗi")).to_contain_text("3")
    expect(page.get_by_role("button", name="Nhận danh sách")).to_be_disabled()
    with page.expect_download() as download:
        page.get_by_role("button", name="Báo cáo lỗi (Excel)").click()
    saved = office_list.with_name("report.xlsx")
    download.value.save_as(saved)
    report = openpyxl.load_workbook(saved).active
    assert report is not None
    assert [row[1].value for row in report.iter_rows(min_row=3) if row[1].value] == [5, 6, 7]

    # The sound rows go in, the others are set aside.
    page.get_by_text("để riêng 3 dòng lỗi").click()
    page.get_by_role("button", name="Nhận danh sách").click()
    expect(page.get_by_text("Đã nhận")).to_contain_text("2 thôn")

    # And the whole product works on the list.
    page.get_by_role("link", name="Bản đồ").click()
    expect(page.get_by_role("heading", name=re.compile("danh-sach"))).to_be_visible()
    expect(page.get_by_text("Dữ liệu minh hoạ")).to_have_count(0)
    drawn = seen.map.ask(
        "() => map.gapPlanner.shownVillages.map((g) => [g.getLatLng().lng, g.getLatLng().lat])"
    )
    assert sorted(([round(x, 4), round(y, 4)] for x, y in drawn)) == [
        [103.60, 22.66],
        [103.62, 22.63],
    ]
    expect(seen.map.frame.locator(".gp-legend")).to_contain_text("Chưa có cáp quang")


def test_a_file_that_is_no_list_gets_one_sentence_in_either_language(
    visit: Visiting, import_app: str, tmp_path: Path
) -> None:
    virtual = tmp_path / "village.geojson"
    virtual.write_text(
        "<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>"
    )
    for language, said in (("vi", "village.geojson"), ("en", "village.geojson")):
        seen = visit(f"{import_app}/import?lang={language}")
        drop(seen.page, virtual)
        alert = seen.page.get_by_role("alert").filter(has_text=said)
        expect(alert).to_have_count(1)
        expect(seen.page.get_by_text("passwd")).to_have_count(0)


def test_a_wrong_column_is_corrected_and_the_mapping_can_be_kept(
    visit: Visiting, import_app: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Tên thôn;Xã;Huyện;Ghi chú;Sóng di động;Ngày cập nhật\n"
        "Thôn Một;Y Tý;Bát Xát;45;4G;30/06/2024\n"
        "Thôn Hai;Y Tý;Bát Xát;1.234;Lõm sóng;30/06/2024\n",
        encoding="utf-8",
    )
    seen = visit(f"{import_app}/import")
    page = seen.page
    drop(page, path)
    expect(page.get_by_text("đọc theo dạng csv, 2 dòng")).to_be_visible()
    boxes = page.locator(".st-key-import_columns").get_by_role("combobox")
    choose(boxes.nth(3), "Số hộ")
    settled(page)
    # 1.234 may be a thousand and some households or one and a bit: asked, not guessed.
    expect(fault_rows(page)).to_have_count(1)
    expect(fault_rows(page)).to_contain_text("1.234")
    choose(boxes.nth(4), "dấu phẩy")
    settled(page)
    expect(fault_rows(page)).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name="Lưu cách ghép cột").click()
    kept = Path(download.value.path()).read_text(encoding="utf-8")
    assert '"Ghi chú" = "households"' in kept
    assert '"Ghi chú" = "comma"' in kept


NEW_UNITS = (
    "Tên thôn;Xã/phường;Hiện trạng sóng di động;4G Viettel;Ngày cập nhật\n"
    "Thôn Một;Xã Y Tý;4G;x;30/09/2025\n"
    "Thôn Hai;Phường Cam Đường;Lõm sóng;;30/09/2025\n"
    "Thôn Ba;Xã Thanh Bình;4G;x;30/09/2025\n"  # there were two: nobody can say which
)


def test_a_list_in_new_units_with_an_unresolved_row_reaches_the_last_step(
    visit: Visiting, import_app: str, tmp_path: Path
) -> None:
    path = tmp_path / "don-vi-moi.csv"
    path.write_text(NEW_UNITS, encoding="utf-8")
    seen = visit(f"{import_app}/import", viewport={"width": 1280, "height": 1400})
    page = seen.page
    drop(page, path)
    expect(page.get_by_role("button", name="Nhận danh sách")).to_be_visible()
    expect(page.get_by_text("Có lỗi ngoài dự kiến")).to_have_count(0)
    legend = page.locator("iframe[title*='st_folium']").content_frame.locator(".gp-legend")
    expect(legend).to_contain_text("Không có lỗi")


def test_the_list_stays_open_while_its_user_looks_at_another_page(
    visit: Visiting, import_app: str, tmp_path: Path
) -> None:
    path = tmp_path / "danh-sach-giu.csv"
    path.write_text(NEW_UNITS, encoding="utf-8")
    seen = visit(f"{import_app}/import")
    page = seen.page
    drop(page, path)
    expect(page.get_by_text("đọc theo dạng csv, 3 dòng")).to_be_visible()
    page.get_by_role("link", name="Chỉ tiêu").click()
    expect(page.get_by_text("đọc theo dạng csv, 3 dòng")).to_have_count(0)
    page.get_by_role("link", name="Nhập dữ liệu").click()
    expect(page.get_by_text("Đang mở lại danh-sach-giu.csv")).to_be_visible()
    expect(page.get_by_text("đọc theo dạng csv, 3 dòng")).to_be_visible()
    page.get_by_role("button", name="Bỏ tệp này").click()
    expect(page.get_by_text("đọc theo dạng csv, 3 dòng")).to_have_count(0)
