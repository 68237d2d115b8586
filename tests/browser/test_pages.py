"""The whole app in a real browser: what a planner and a leader do, with the cable out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from conftest import ROOT, Serve, Visit
from hostile_names import HOSTILE_NAMES, hostile_village, write_register
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]


@pytest.fixture(scope="session")
def app(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on the shipped province, as `gap-planner app` starts it."""
    state = tmp_path_factory.mktemp("state")
    return serve(ROOT / "ui" / "server.py", {"GAP_PLANNER_STATE": str(state)})


@pytest.fixture(scope="session")
def hostile_app(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on a register whose every name tries to do something."""
    folder = tmp_path_factory.mktemp("hostile")
    write_register(
        folder,
        [
            hostile_village(
                i,
                f"H-{i:02d}",
                main_group=name,
                mobile_state="no_signal" if i % 2 else "broadband",
            )
            for i, name in enumerate(HOSTILE_NAMES)
        ],
    )
    state = tmp_path_factory.mktemp("state")
    environment = {"GAP_PLANNER_DATA": str(folder), "GAP_PLANNER_STATE": str(state)}
    return serve(ROOT / "ui" / "server.py", environment)


def legend_of(visit: Visit) -> dict[str, str]:
    """Return the legend's counts by label."""
    rows = visit.map.frame.locator(".gp-legend li").all_inner_texts()
    pairs = (re.fullmatch(r"(.+?)\s+([\d.,]+)", " ".join(row.split())) for row in rows)
    return {pair.group(1): pair.group(2) for pair in pairs if pair}


def figures_of(page: Page) -> Locator:
    return page.get_by_test_id("key-figures")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_scale_is_not_under_the_attribution(visit: Visiting, app: str, width: int) -> None:
    seen = visit(f"{app}/?lang=en", viewport={"width": width, "height": 900})
    scale, credit = (
        seen.map.frame.locator(f".leaflet-control-{name}").bounding_box()
        for name in ("scale", "attribution")
    )
    assert scale is not None
    assert credit is not None
    beside = scale["x"] + scale["width"] <= credit["x"]
    above = scale["y"] + scale["height"] <= credit["y"]
    assert beside or above


def test_the_map_opens_with_the_published_figures_and_a_legend_that_equals_them(
    visit: Visiting, app: str
) -> None:
    seen = visit(app)
    expect(figures_of(seen.page)).to_contain_text("14 → 6")
    expect(figures_of(seen.page)).to_contain_text("225 → 56")
    expect(figures_of(seen.page)).to_contain_text("0/6")
    expect(figures_of(seen.page)).to_contain_text("0/28")
    expect(figures_of(seen.page)).to_contain_text("169 thôn do rà soát lại, không phải xây dựng")
    assert len(seen.map.drawn_ids()) == 1568
    counts = legend_of(seen)
    assert counts["Chưa có băng rộng di động"] == "6"
    assert counts["Không có sóng điện thoại"] == "6"
    assert counts["Chưa có cáp quang"] == "56"
    # Villages connected since stay in sight: 6 + 8 and 56 + 169.
    assert counts["Ghi nhận có băng rộng di động sau 14/03/2024"] == "8"
    assert counts["Ghi nhận có cáp quang sau 14/03/2024"] == "169"
    expect(seen.page.get_by_text("Dữ liệu minh hoạ").first).to_be_visible()


def test_with_online_tiles_set_and_no_network_the_map_draws_all_the_same(
    visit: Visiting, serve: Serve, tmp_path_factory: pytest.TempPathFactory
) -> None:
    state = str(tmp_path_factory.mktemp("state"))
    address = serve(
        ROOT / "ui" / "server.py", {"GAP_PLANNER_STATE": state, "GAP_PLANNER_TILES": ""}
    )
    seen = visit(address)
    assert len(seen.map.drawn_ids()) == 1568
    expect(seen.map.frame.locator(".gp-legend")).to_contain_text("56")
    assert {urlsplit(tile).hostname for tile in seen.foreign} == {"tile.openstreetmap.org"}
    # The tiles were asked for and refused, as meant here; anything else would still be a fault.
    assert all("ERR_FAILED" in error for error in seen.errors)
    seen.foreign.clear()
    seen.errors.clear()


def test_one_click_goes_back_to_march(visit: Visiting, app: str) -> None:
    seen = visit(app)
    seen.page.get_by_role("radio", name="14/03/2024").click()
    expect(figures_of(seen.page)).not_to_contain_text("→")
    expect(figures_of(seen.page)).to_contain_text("225")
    expect(seen.map.frame.locator(".gp-legend")).to_contain_text("225")
    assert legend_of(seen)["Chưa có băng rộng di động"] == "14"
    assert "as_of=2024-03-14" in seen.page.url


def test_a_click_on_a_village_opens_its_card(visit: Visiting, app: str) -> None:
    seen = visit(f"{app}/?gap=no_signal")
    village = min(seen.map.drawn_ids())
    seen.map.click(village)
    card = seen.page.locator(".st-key-card")
    expect(card).to_contain_text("Trắng sóng")
    expect(card).to_contain_text("hạng")
    expect(card).to_contain_text("Điểm gần nhất đã có dịch vụ")
    expect(seen.page).to_have_url(re.compile(f"village={village}"))
    card.get_by_role("button").first.click()
    expect(card).to_have_count(0)


def test_filters_move_map_list_and_legend_together(visit: Visiting, app: str) -> None:
    seen = visit(f"{app}/?gap=fibre&district=082")
    expect(seen.page.get_by_text("21 trong 1.568 thôn")).to_be_visible()
    assert len(seen.map.drawn_ids()) == 21
    assert legend_of(seen)["Chưa có cáp quang"] == "21"


def test_search_ignores_accents(visit: Visiting, app: str) -> None:
    seen = visit(app)
    assert len(seen.map.drawn_ids()) == 1568
    box = seen.page.get_by_label("Tìm thôn, xã, huyện")
    box.fill("y ty thon 3")
    box.press("Enter")
    expect(seen.page.get_by_text("2 trong 1.568 thôn")).to_be_visible()
    assert "LC-02701-003" in seen.map.drawn_ids()
    box.fill("khong co thon nay")
    box.press("Enter")
    expect(seen.page.get_by_text("Không có thôn nào khớp")).to_be_visible()


def test_a_view_is_restored_from_its_address_in_a_new_tab(visit: Visiting, app: str) -> None:
    first = visit(f"{app}/?lang=en&gap=fibre&district=089&as_of=2024-03-14")
    expect(first.page.get_by_text("of 1,568 villages")).to_be_visible()
    title = first.page.get_by_text("of 1,568 villages").inner_text()
    village = min(first.map.drawn_ids())
    first.map.click(village)
    expect(first.page).to_have_url(re.compile(f"village={village}"))
    second = visit(first.page.url)
    expect(second.page.get_by_text(title)).to_be_visible()
    expect(second.page.locator(".st-key-card")).to_contain_text(village[-3:].lstrip("0"))
    assert second.map.drawn_ids() == first.map.drawn_ids()


def test_choices_survive_a_change_of_language_and_of_page(visit: Visiting, app: str) -> None:
    seen = visit(f"{app}/?district=082&as_of=2024-03-14")
    expect(seen.page.get_by_text("233 trong 1.568 thôn")).to_be_visible()
    seen.page.get_by_role("radio", name="English").click()
    expect(seen.page.get_by_text("233 of 1,568 villages")).to_be_visible()
    seen.page.get_by_role("link", name="Priorities").click()
    expect(seen.page.get_by_text("67 of 225 villages with this gap")).to_be_visible()
    assert "district=082" in seen.page.url
    assert "lang=en" in seen.page.url


def test_a_drawn_area_selects_the_villages_inside(visit: Visiting, app: str) -> None:
    seen = visit(app)
    assert len(seen.map.drawn_ids()) == 1568
    seen.map.frame.locator(".leaflet-draw-draw-rectangle").click()
    box = seen.map.element.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.page.mouse.move(x + 60, y + 60, steps=5)
    seen.page.mouse.up()
    expect(seen.page).to_have_url(re.compile("area="))
    expect(seen.page.get_by_text("1.568 trong 1.568 thôn")).to_have_count(0)
    drawn = seen.map.drawn_ids()
    assert 0 < len(drawn) < 1568
    # Whoever gets the link sees the same villages, and the area they lie in.
    again = visit(seen.page.url)
    assert again.map.drawn_ids() == drawn
    assert again.map.ask("() => map.gapPlanner.drawn.getLayers().length") == 1
    seen.page.get_by_role("button", name="Bỏ vùng đã khoanh").click()
    expect(seen.page.get_by_text("1.568 trong 1.568 thôn")).to_be_visible()


def test_a_filter_sends_a_few_kilobytes_and_fetches_nothing(visit: Visiting, app: str) -> None:
    seen = visit(app)
    assert len(seen.map.drawn_ids()) == 1568
    before = [path for path in seen.fetched if "/layers/" in path]
    box = seen.page.get_by_label("Tìm thôn, xã, huyện")
    box.fill("sa pa")
    box.press("Enter")
    expect(seen.page.get_by_text("1.568 trong 1.568 thôn")).to_have_count(0)
    assert 0 < len(seen.map.drawn_ids()) < 1568
    assert [path for path in seen.fetched if "/layers/" in path] == before


def test_the_ranked_list_downloads_as_a_workbook_that_agrees(
    visit: Visiting, app: str, tmp_path: Path
) -> None:
    seen = visit(f"{app}/priorities")
    expect(seen.page.get_by_text("56 trong 56 thôn có khoảng trống này")).to_be_visible()
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Excel").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "danh-sach-uu-tien-fibre-2024-06-30.xlsx"
    sheet = openpyxl.load_workbook(file).worksheets[0]
    ranks = [row[0].value for row in sheet.iter_rows(min_row=5) if row[0].value is not None]
    assert ranks == list(range(1, 57))
    assert any("Dữ liệu minh hoạ" in str(c.value) for r in sheet.iter_rows(max_row=4) for c in r)


def test_a_preset_changes_the_weights_in_the_address(visit: Visiting, app: str) -> None:
    seen = visit(f"{app}/priorities?lang=en")
    seen.page.get_by_role("button", name="Equity").click()
    expect(seen.page.get_by_text("Distance 0.15 · Population 0.15").first).to_be_visible()
    assert "w_minority=70" in seen.page.url


def test_a_leader_reads_the_targets(visit: Visiting, app: str) -> None:
    seen = visit(f"{app}/targets")
    expect(seen.page.get_by_text("đạt 0/28 thôn (")).to_be_visible()
    expect(seen.page.get_by_text("ước thực hiện cả năm 3/28 thôn")).to_be_visible()
    expect(seen.page.get_by_text("Khởi công ngay 44 trong 56 thôn")).to_be_visible()
    expect(seen.page.locator("[data-testid=stVegaLiteChart]")).to_have_count(2)
    expect(seen.page.get_by_text("Chưa công bố").first).to_be_visible()
    expect(seen.page.get_by_text("169 thôn chuyển sang")).to_be_visible()


@pytest.mark.parametrize("page", ["", "priorities", "targets", "data"])
def test_every_page_fits_a_phone(visit: Visiting, app: str, page: str) -> None:
    seen = visit(f"{app}/{page}", viewport={"width": 390, "height": 844}, has_touch=True)
    expect(seen.page.get_by_text("Dữ liệu minh hoạ").first).to_be_visible()
    seen.page.wait_for_timeout(1500)
    width = seen.page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= 390


@pytest.mark.parametrize("page", ["", "priorities", "targets", "data"])
def test_hostile_names_do_nothing_on_any_page(visit: Visiting, hostile_app: str, page: str) -> None:
    seen = visit(f"{hostile_app}/{page}")
    seen.page.wait_for_timeout(2500)
    assert seen.page.get_by_test_id("stException").count() == 0


def test_hostile_names_do_nothing_on_map_card_list_and_filters(
    visit: Visiting, hostile_app: str
) -> None:
    seen = visit(hostile_app)
    for i in range(len(HOSTILE_NAMES)):
        village = f"H-{i:02d}"
        seen.map.tooltip_of(village)
        seen.map.click(village)
        expect(seen.page).to_have_url(re.compile(f"village={village}"))
        card = seen.page.locator(".st-key-card")
        expect(card).to_be_visible()
    seen.page.locator(".st-key-card").get_by_text("Thông tin thôn").click()
    seen.page.get_by_label("Huyện (trước 1/7/2025)").first.click()
    seen.page.wait_for_timeout(500)
    seen.page.keyboard.press("Escape")
