"""The plan page in a real browser: ask, watch, read the map, follow a way out, take it along."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, Serve, Visit
from hostile_names import HOSTILE_NAMES, hostile_village, write_register
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]
WORK_MS = 120_000
VILLAGE = "LC-03043-005"


@pytest.fixture(scope="session")
def plan_app(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on the shipped province."""
    state = tmp_path_factory.mktemp("state")
    return serve(ROOT / "ui" / "server.py", {"GAP_PLANNER_STATE": str(state)})


@pytest.fixture(scope="session")
def hostile_plan_app(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on a register whose every name tries to do something, half of it with fibre."""
    folder = tmp_path_factory.mktemp("hostile")
    write_register(
        folder,
        [
            hostile_village(
                i,
                f"H-{i:02d}{'-F' if has_fibre else ''}",
                north=0.01 * has_fibre,
                specially_difficult=True,
                fixed_state="fibre" if has_fibre else "none",
            )
            for i in range(len(HOSTILE_NAMES))
            for has_fibre in (False, True)
        ],
    )
    state = tmp_path_factory.mktemp("state")
    environment = {"GAP_PLANNER_DATA": str(folder), "GAP_PLANNER_STATE": str(state)}
    return serve(ROOT / "ui" / "server.py", environment)


def legend_of(visit: Visit) -> dict[str, int]:
    """Return the legend's counts by label."""
    rows = visit.map.frame.locator(".gp-legend li").all_inner_texts()
    pairs = (re.fullmatch(r"(.+?)\s+([\d.,]+)", " ".join(row.split())) for row in rows)
    return {pair.group(1): int(re.sub(r"\D", "", pair.group(2))) for pair in pairs if pair}


def wait_for_plan(page: Page) -> None:
    expect(page.get_by_test_id("plan-figures")).to_be_visible(timeout=WORK_MS)
    # What was there before is greyed out until the run that replaces it has ended.
    expect(page.get_by_test_id("plan-working")).to_have_count(0)
    page.locator("[data-test-script-state='notRunning']").first.wait_for()


def test_a_plan_is_made_watched_and_drawn_and_its_legend_counts_what_the_figures_say(
    visit: Visiting, plan_app: str
) -> None:
    seen = visit(f"{plan_app}/plan")
    expect(seen.page.get_by_text("Chưa có phương án")).to_be_visible()
    seen.page.get_by_role("button", name="Lập phương án").click()
    expect(seen.page.get_by_test_id("plan-working")).to_be_visible(timeout=5_000)
    wait_for_plan(seen.page)
    figures = seen.page.get_by_test_id("plan-figures")
    expect(figures).to_contain_text("28/56")
    expect(figures).to_contain_text("Tối ưu đã chứng minh")
    expect(figures).to_contain_text("5,83 tỷ đồng")
    legend = legend_of(seen)
    assert legend["Thôn trong phương án"] == 28
    assert legend["Thôn chưa được chọn"] == 28
    links = sum(count for label, count in legend.items() if label.startswith("Tuyến"))
    expect(figures).to_contain_text(f"{links} tuyến")
    seen.map.wait_for("() => map.gapPlanner.routes.drawn.length > 0")
    assert seen.map.ask("() => map.gapPlanner.routes.drawn.length") == links
    kinds = seen.map.ask("() => map.gapPlanner.shownVillages.map((glyph) => glyph.classes[0])")
    assert sorted(set(kinds)) == ["left_out", "planned"]
    assert kinds.count("planned") == 28


def test_whoever_gets_the_address_sees_the_plan_without_a_press(
    visit: Visiting, plan_app: str
) -> None:
    seen = visit(f"{plan_app}/plan?lang=en&connect=29&planned=1")
    wait_for_plan(seen.page)
    expect(seen.page.get_by_test_id("plan-figures")).to_contain_text("29/56")


def test_a_village_and_a_link_say_what_they_are_and_a_click_says_why(
    visit: Visiting, plan_app: str
) -> None:
    seen = visit(f"{plan_app}/plan?lang=en&planned=1")
    wait_for_plan(seen.page)
    assert "in the plan" in seen.map.tooltip_of(VILLAGE)
    fetched = [path for path in seen.fetched if "/layers/" in path]
    seen.map.click(VILLAGE)
    panel = seen.page.locator(".st-key-plan_panel")
    expect(panel).to_contain_text("without it the best plan is worse by VND")
    expect(panel).to_contain_text("In its place if it is refused")
    assert f"village={VILLAGE}" in seen.page.url
    # A click sends words, not layers.
    assert [path for path in seen.fetched if "/layers/" in path] == fetched
    x, y = seen.map.ask(
        """() => {
            const one = map.gapPlanner.routes.drawn.reduce((a, b) =>
                (a.line[0].distanceTo(a.line[1]) > b.line[0].distanceTo(b.line[1]) ? a : b));
            const middle = L.latLng((one.line[0].lat + one.line[1].lat) / 2,
                                    (one.line[0].lng + one.line[1].lng) / 2);
            map.setView(middle, 13, { animate: false });
            const at = map.latLngToContainerPoint(middle);
            return [at.x, at.y];
        }"""
    )
    box = seen.map.element.bounding_box()
    assert box is not None
    seen.page.mouse.move(box["x"] + x - 1, box["y"] + y)
    seen.page.mouse.move(box["x"] + x, box["y"] + y)
    tooltip = seen.map.frame.locator(".gp-tooltip-route")
    expect(tooltip).to_contain_text("km")
    expect(tooltip).to_contain_text("serves")


def test_the_legend_switches_a_quarter_off(visit: Visiting, plan_app: str) -> None:
    seen = visit(f"{plan_app}/plan?planned=1")
    wait_for_plan(seen.page)
    seen.map.wait_for("() => map.gapPlanner.routes.drawn.length === 28")
    later = legend_of(seen)["Tuyến quý 4/2024"]
    seen.map.frame.locator(".gp-legend li").filter(has_text="Tuyến quý 4/2024").click()
    assert seen.map.ask("() => map.gapPlanner.routes.drawn.length") == 28 - later


def test_an_impossible_question_offers_ways_out_and_one_press_takes_one(
    visit: Visiting, plan_app: str
) -> None:
    seen = visit(f"{plan_app}/plan?connect=50&planned=1")
    conflict = seen.page.locator(".st-key-plan_conflict")
    expect(conflict).to_contain_text("nhiều nhất được 42", timeout=WORK_MS)
    conflict.get_by_role("button", name="Dùng giá trị này").first.click()
    expect(conflict).to_have_count(0, timeout=WORK_MS)
    wait_for_plan(seen.page)
    expect(seen.page.get_by_test_id("plan-figures")).to_contain_text("42/56")
    # The address follows once the browser has heard of it.
    expect(seen.page).to_have_url(re.compile(r"connect=42\b"))


def test_others_work_on_while_a_plan_is_being_made(visit: Visiting, plan_app: str) -> None:
    seen = visit(f"{plan_app}/plan?connect=41")
    seen.page.get_by_role("button", name="Lập phương án").click()
    expect(seen.page.get_by_test_id("plan-working")).to_be_visible(timeout=5_000)
    other = visit(f"{plan_app}/targets")
    expect(other.page.get_by_text("đạt 0/28 thôn")).to_be_visible(timeout=10_000)
    seen.page.get_by_role("button", name="Dừng").click()
    expect(seen.page.get_by_text("Đã dừng theo yêu cầu")).to_be_visible()
    expect(seen.page.get_by_test_id("plan-working")).to_have_count(0)


def test_the_plan_is_taken_along_in_every_form(
    visit: Visiting, plan_app: str, tmp_path: Path
) -> None:
    seen = visit(f"{plan_app}/plan?planned=1")
    wait_for_plan(seen.page)
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Excel").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "phuong-an-fibre-2024.xlsx"
    assert len(openpyxl.load_workbook(file).sheetnames) >= 5
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="ZIP").click()
    archive = tmp_path / "all.zip"
    download.value.save_as(archive)
    with zipfile.ZipFile(archive) as content:
        assert set(content.namelist()) == {
            "plan.geojson", "plan.gpkg", "plan.kmz", "plan.xlsx", "certificate.json", "ofds.json",
        }  # fmt: skip
        assert json.loads(content.read("certificate.json"))["holds"] is True


def test_every_tab_opens_in_english_without_an_error(visit: Visiting, plan_app: str) -> None:
    seen = visit(f"{plan_app}/plan?lang=en&planned=1")
    wait_for_plan(seen.page)
    for name in ("By quarter", "Village by village", "Cost curve", "Firmness", "Save and compare"):
        seen.page.get_by_role("tab", name=name).click()
        seen.page.locator("[data-test-script-state='notRunning']").first.wait_for()
        assert seen.page.get_by_test_id("stException").count() == 0
    seen.page.get_by_role("tab", name="Cost curve").click()
    seen.page.get_by_role("button", name="Trace the cost curve").click()
    expect(seen.page.get_by_text("village 29 adds")).to_be_visible(timeout=WORK_MS)
    expect(seen.page.locator("[data-testid=stVegaLiteChart] svg")).to_have_count(2)


def test_the_page_fits_a_phone(visit: Visiting, plan_app: str) -> None:
    seen = visit(
        f"{plan_app}/plan?planned=1", viewport={"width": 390, "height": 844}, has_touch=True
    )
    wait_for_plan(seen.page)
    seen.page.wait_for_timeout(1500)
    assert seen.page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_hostile_names_do_nothing_on_the_plan(visit: Visiting, hostile_plan_app: str) -> None:
    seen = visit(f"{hostile_plan_app}/plan?planned=1&excluded=H-01&why=H-01:<img src=x>")
    wait_for_plan(seen.page)
    for village in ("H-00", "H-01", "H-04", "H-13"):
        seen.map.tooltip_of(village)
        seen.map.click(village)
        expect(seen.page).to_have_url(re.compile(f"village={village}"))
        expect(seen.page.locator(".st-key-plan_panel")).to_contain_text(village)
    for position in (1, 2, 5):
        seen.page.get_by_role("tab").nth(position).click()
        seen.page.locator("[data-test-script-state='notRunning']").first.wait_for()
    seen.page.get_by_role("button", name="Lưu kịch bản").click()
    expect(seen.page.get_by_text("Đã lưu")).to_be_visible()
    assert seen.page.get_by_test_id("stException").count() == 0
