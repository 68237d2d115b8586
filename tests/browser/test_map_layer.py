"""The map in a real browser, every other machine out of reach."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Serve, Visit
from hostile_names import HOSTILE_NAMES
from playwright.sync_api import expect

from geo.display import display_text

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The test page, beside a static folder of its own."""
    folder = tmp_path_factory.mktemp("map_app")
    script = shutil.copy(Path(__file__).parent / "apps" / "map_app.py", folder)
    shutil.copytree(ROOT / "static" / "vendor", folder / "static" / "vendor")
    return serve(Path(script), {"HOSTILE_NAMES": json.dumps(HOSTILE_NAMES)})


def test_every_village_is_drawn_and_sites_wait_for_the_legend(
    visit: Visiting, address: str
) -> None:
    seen = visit(address).map
    seen.expect_drawn({f"T-{i:02d}" for i in range(40)})
    painted = seen.ask(
        """() => {
            const canvas = map.getPane("gp-points").querySelector("canvas");
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return pixels.data.filter((value, i) => i % 4 === 3 && value > 0).length;
        }"""
    )
    assert painted > 2_000


def test_a_click_names_the_village_once(visit: Visiting, address: str) -> None:
    page = visit(address)
    page.map.click("T-20")
    expect(page.page.get_by_text("chọn: T-20")).to_be_visible()
    expect(page.page.get_by_text("lần bấm: 1")).to_be_visible()
    # New content makes a new group of the same points; the old one must have let go of them.
    page.page.get_by_text("chỉ Huyện Tây").click()
    page.map.expect_drawn({f"T-{i:02d}" for i in range(1, 40, 2)})
    page.map.click("T-21")
    expect(page.page.get_by_text("chọn: T-21")).to_be_visible()
    expect(page.page.get_by_text("lần bấm: 2")).to_be_visible()


def test_a_filter_hides_villages_fetches_nothing_and_keeps_the_view(
    visit: Visiting, address: str
) -> None:
    page = visit(address)
    view = page.map.ask(
        "() => { map.setZoom(11, {animate: false}); return [map.getZoom(), map.getCenter()]; }"
    )
    fetched = [path for path in page.fetched if "/layers/" in path]
    assert len([path for path in fetched if path.endswith(".json")]) == 3
    page.page.get_by_text("chỉ Huyện Tây").click()
    # Ranked villages stay; the others of the eastern district are gone.
    page.map.expect_drawn({f"T-{i:02d}" for i in range(1, 40, 2)})
    assert page.map.ask("() => [map.getZoom(), map.getCenter()]") == view
    assert [path for path in page.fetched if "/layers/" in path] == fetched


def test_the_legend_counts_and_switches_classes(visit: Visiting, address: str) -> None:
    page = visit(address)
    rows = page.map.frame.locator(".gp-legend li")
    assert [" ".join(text.split()) for text in rows.all_inner_texts()] == [
        "Chưa có di động 6",
        "trắng sóng 3",
        "Chưa có cáp quang 10",
        "Chưa rõ 1",
        f"{HOSTILE_NAMES[0]} 29",
        "Điểm cáp quang 1",
        "Tên huyện, xã",
    ]
    rows.nth(4).get_by_role("checkbox").uncheck()
    page.map.expect_drawn({f"T-{i:02d}" for i in range(11)})
    rows.nth(5).get_by_role("checkbox").check()
    page.map.expect_drawn({"S-1"} | {f"T-{i:02d}" for i in range(11)})
    rows.nth(1).get_by_role("checkbox").uncheck()
    assert rows.nth(0).get_by_role("checkbox").evaluate("(box) => box.indeterminate")
    # T-00 … T-02 lack fibre too and stay as squares until that is switched off as well.
    page.map.expect_drawn({"S-1"} | {f"T-{i:02d}" for i in range(11)})
    rows.nth(2).get_by_role("checkbox").uncheck()
    # T-03 and T-05 are ranked and lack mobile broadband, as does T-04; T-10 is unknown.
    page.map.expect_drawn({"T-03", "T-04", "T-05", "T-10", "S-1"})


def test_the_legend_keeps_the_users_choice_over_a_rerun(visit: Visiting, address: str) -> None:
    page = visit(address)
    page.map.frame.locator(".gp-legend li").nth(4).get_by_role("checkbox").uncheck()
    page.page.get_by_text("chỉ Huyện Tây").click()
    page.map.expect_drawn({f"T-{i:02d}" for i in range(1, 11, 2)})


def test_hostile_names_are_only_text(visit: Visiting, address: str) -> None:
    page = visit(address)
    assert len(HOSTILE_NAMES) >= 12
    for number, name in enumerate(HOSTILE_NAMES):
        tooltip = page.map.tooltip_of(f"T-{number:02d}")
        assert " ".join(display_text(name, 80).split()) in " ".join(tooltip.split())
        page.map.click(f"T-{number:02d}")
        expect(page.page.get_by_text(f"chọn: T-{number:02d}")).to_be_visible()
    for tag in ("script", "iframe", "img:not(.leaflet-tile)", "svg[onload]"):
        assert page.map.frame.locator(f".leaflet-container {tag}").count() == 0


def test_a_found_village_comes_into_view(visit: Visiting, address: str) -> None:
    page = visit(address)
    page.map.ask("() => void map.setView([10, 100], 6)")
    page.page.get_by_label("tìm").fill("T-33")
    page.page.get_by_label("tìm").press("Enter")
    page.map.wait_for("() => map.getZoom() === 13 && !map._animatingZoom")
    centre = page.map.ask("() => [map.getCenter().lat, map.getCenter().lng]")
    assert centre == pytest.approx([22.4, 104.1], abs=1e-3)


def test_a_drawn_rectangle_reaches_the_page_and_is_no_click(visit: Visiting, address: str) -> None:
    page = visit(address)
    page.map.click("T-20")
    expect(page.page.get_by_text("chọn: T-20")).to_be_visible()
    (left, low), (right, high) = page.map.place_of("T-09"), page.map.place_of("T-26")
    page.map.frame.locator(".leaflet-draw-draw-rectangle").click()
    page.page.mouse.move(left - 15, low + 15)
    page.page.mouse.down()
    page.page.mouse.move((left + right) / 2, (low + high) / 2)
    page.page.mouse.move(right + 15, high - 15)
    page.page.mouse.up()
    expect(page.page.get_by_text("vùng: 1")).to_be_visible()
    expect(page.page.get_by_text("chọn: None")).to_be_visible()
    page.map.click("T-18")
    expect(page.page.get_by_text("chọn: T-18")).to_be_visible()


def test_distances_are_written_as_in_vietnamese(visit: Visiting, address: str) -> None:
    page = visit(address)
    start, end = page.map.place_of("T-08"), page.map.place_of("T-12")
    page.map.frame.get_by_role("button", name="Đo khoảng cách").click()
    page.page.mouse.click(*start)
    page.page.mouse.move(*end)
    page.page.mouse.click(*end)
    page.page.mouse.click(*end)
    # 0.4 degrees of longitude at 22.1 degrees north: 41.2 km, within a pixel.
    text = page.map.frame.locator(".polyline-measure-tooltip-end").inner_text()
    found = re.fullmatch(r"(\d+,\d+)\s?km", text.strip())
    assert found is not None
    assert float(found.group(1).replace(",", ".")) == pytest.approx(41.2, abs=0.5)
    expect(page.page.get_by_text("chọn: None")).to_be_visible()


def test_the_map_speaks_to_screen_readers_and_the_keyboard(visit: Visiting, address: str) -> None:
    page = visit(address)
    region = page.map.frame.get_by_role("region", name="Bản đồ các thôn và khoảng trống kết nối")
    expect(region).to_be_visible()
    centre = page.map.ask("() => map.getCenter().lng")
    region.focus()
    page.page.keyboard.press("ArrowRight")
    page.map.wait_for(f"() => map.getCenter().lng > {centre}")
    for name in ("Phóng to", "Thu nhỏ", "Toàn màn hình", "Đo khoảng cách"):
        expect(page.map.frame.get_by_role("button", name=name)).to_be_visible()


def test_a_phone_gets_a_folded_legend_that_opens(visit: Visiting, address: str) -> None:
    page = visit(address, viewport={"width": 390, "height": 800}, has_touch=True)
    title = page.map.frame.get_by_role("button", name="Chú giải")
    expect(title).to_have_attribute("aria-expanded", "false")
    title.click()
    expect(page.map.frame.get_by_text("Chưa có cáp quang")).to_be_visible()
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_dark_theme_reaches_the_map(visit: Visiting, address: str) -> None:
    page = visit(address, color_scheme="dark")
    expect(page.map.frame.locator(".leaflet-container")).to_have_attribute("data-theme", "dark")


def test_a_missing_layer_is_said_and_not_silent(visit: Visiting, address: str) -> None:
    page = visit(address)
    page.page.context.route("**/missing.json", lambda route: route.fulfill(status=404))
    page.map.ask(
        """() => {
            const group = L.featureGroup();
            GapPlanner.show(map, group, {
                base: "", villages: "missing.json", visible: null, selected: null, ranked: [],
                sites: null, backdrop: null, legend: [], theme: "light", focus: null, fit: null,
            });
        }"""
    )
    expect(page.map.frame.get_by_role("alert")).to_contain_text("Không tải được dữ liệu bản đồ")
    page.errors.clear()  # the browser itself logs the 404


def test_the_view_survives_a_reload(visit: Visiting, address: str) -> None:
    page = visit(address)
    page.page.mouse.move(*page.map.place_of("T-20"))
    before = page.map.ask("() => map.getZoom()")
    page.page.mouse.wheel(0, -200)
    page.map.wait_for(
        f"""() => map.getZoom() > {before} && map.getZoom() ===
            (JSON.parse(sessionStorage.getItem(map.gapPlanner.key)) || {{}}).zoom"""
    )
    view = page.map.ask("() => [map.getZoom(), map.getCenter().lng]")
    page.page.reload()
    assert page.map.ask("() => [map.getZoom(), map.getCenter().lng]") == pytest.approx(
        view, abs=1e-3
    )


def test_an_untouched_map_follows_its_frame(visit: Visiting, address: str) -> None:
    page = visit(address)
    wide = page.map.ask("() => map.getZoom()")
    page.page.set_viewport_size({"width": 420, "height": 900})
    page.map.wait_for(f"() => map.getZoom() < {wide}")
    page.map.wait_for("() => map.getBounds().contains([[22, 104], [22.4, 104.7]])")
    page.page.set_viewport_size({"width": 1280, "height": 1000})
    page.map.wait_for(f"() => map.getZoom() === {wide}")
