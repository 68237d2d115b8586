"""The walk of two people who record the same village: evidence, conflict, resolution, undo."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page, expect

VILLAGE: Final = "LC-02689-003"
OTHER: Final = "LC-02689-009"
WORK_MS: Final = 120_000


def photograph() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "JPEG")
    return content.getvalue()


def settle(page: Page) -> None:
    page.locator("[data-test-script-state='notRunning']").first.wait_for()


def fill_observation(page: Page, state: str, evidence: str, note: str) -> None:
    panel = page.get_by_role("tabpanel").filter(has_text="Loại minh chứng")
    expect(panel).to_be_visible()
    for label, value in (("Tình trạng", state), ("Loại minh chứng", evidence)):
        panel.get_by_role("combobox", name=label).click()
        page.get_by_role("option", name=value, exact=True).click()
    panel.get_by_label("Ghi chú").fill(note)


def record_and_resolve(first: Page, second: Page) -> None:
    """Walk with two pages that show the village on the Updates page, nothing recorded yet.

    The first records an acceptance with a scan; the second, who looked before, something else. It
    meets the conflict, records its own over it, takes the first's scan out of the history and then
    takes its own entry back: the acceptance stands.
    """
    for page in (first, second):
        expect(page.get_by_role("heading", name="Việc cần làm")).to_be_visible(timeout=WORK_MS)
        expect(page.get_by_role("tab", name="Quan sát")).to_be_visible()
    fill_observation(first, "Có cáp quang", "Biên bản nghiệm thu", "Đã nghiệm thu đợt 1")
    panel = first.get_by_role("tabpanel").filter(has_text="Loại minh chứng")
    panel.locator("input[type=file]").set_input_files(
        {"name": "biên bản.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    settle(first)
    first.get_by_role("button", name="Ghi nhận").first.click()
    expect(first.get_by_text("Đã ghi nhận 1 mục")).to_be_visible(timeout=WORK_MS)

    # The other looked before and submits after: nothing of either is lost.
    fill_observation(second, "Có băng rộng cố định khác, chưa có cáp quang", "Khảo sát", "Đo lại")
    second.get_by_role("button", name="Ghi nhận").first.click()
    expect(second.get_by_text("Có người ghi nhận trước bạn")).to_be_visible(timeout=WORK_MS)
    table = second.get_by_role("table")
    expect(table).to_contain_text("Đã nghiệm thu đợt 1")
    expect(table).to_contain_text("Đo lại")
    second.get_by_text("Ghi của tôi lên trên").click()
    second.get_by_role("button", name="Xong, ghi nhận theo lựa chọn").click()
    expect(second.get_by_text("Đã ghi nhận 1 mục")).to_be_visible(timeout=WORK_MS)

    # Both stand in the history; the first one's evidence can be taken out again.
    settle(second)
    second.get_by_role("tab", name="Lịch sử").click()
    with second.expect_download() as taken:
        second.get_by_role("button", name="Tải minh chứng biên bản.jpg").click()
    assert Path(taken.value.path()).read_bytes() == photograph()

    second.get_by_role("button", name="Hoàn tác mục 4").click()
    expect(second.get_by_text("Đã hoàn tác mục 4")).to_be_visible(timeout=WORK_MS)
