"""Coloured areas, and villages known only by their commune's centre, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from math import dist
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, MapOnPage, Serve, Visit
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

Visiting = Callable[..., Visit]

CENTRED = [f"C-{i:02d}" for i in range(12)]
"""Villages on one spot, the centre of the first unit; the first three lack fibre."""
HOSTILE = "<img src=x onerror=alert(1)>"


def village(village_id: str, unit: str, lon: float, lat: float, **properties: Any) -> Any:
    own = {
        "village_id": village_id,
        "name": f"Bản {village_id}",
        "unit_code": unit,
        "unit": f"Xã {unit}",
        "commune_code": unit,
        "commune": f"Xã {unit}",
        "district_code": "080",
        "district": "Huyện Đông",
        "people": 100,
        "minority_share": 0.5,
        "grid_power": "grid",
        "position_basis": "surveyed",
        "mobile_state": "broadband",
        "mobile_observed_on": "2024-03-14",
        "fixed_state": "fibre",
        "fixed_observed_on": "2024-03-14",
        **properties,
    }
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "properties": own, "geometry": point}


def unit(code: str, name: str, west: float, south: float) -> Any:
    ring = [[west, south], [west + 0.2, south], [west + 0.2, south + 0.2], [west, south + 0.2]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, "level": "unit"},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }


def write(path: Path, features: list[Any]) -> None:
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection), encoding="utf-8")


@pytest.fixture(scope="session")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on four units: a quarter lacks fibre, none does, nothing is known, nobody lives."""
    folder = tmp_path_factory.mktemp("areas")
    centred = [
        village(
            village_id,
            "00001",
            104.1,
            22.1,
            position_basis="commune_centre",
            fixed_state="none" if i < 3 else "fibre",
        )
        for i, village_id in enumerate(CENTRED)
    ]
    surveyed = [village(f"S-{i}", "00002", 104.25 + i / 50, 22.15) for i in range(6)]
    unknown = [village("U-0", "00003", 104.1, 22.3, fixed_state="unknown")]
    write(folder / "villages.geojson", [*centred, *surveyed, *unknown])
    write(
        folder / "boundaries.geojson",
        [
            unit("00001", "Xã Y Tý", 104.0, 22.0),
            unit("00002", HOSTILE, 104.2, 22.0),
            unit("00003", "Xã A Lù", 104.0, 22.2),
            unit("00004", "Xã Trống", 104.2, 22.2),
        ],
    )
    state = tmp_path_factory.mktemp("state")
    return serve(
        ROOT / "ui" / "server.py",
        {"GAP_PLANNER_DATA": str(folder), "GAP_PLANNER_STATE": str(state)},
    )


def legend_row(seen: MapOnPage, label: str) -> Locator:
    return seen.frame.locator(".gp-legend li").filter(has_text=label)


def places(seen: MapOnPage) -> list[tuple[float, float]]:
    return [seen.place_of(village_id) for village_id in CENTRED]


def test_villages_on_one_spot_stand_apart_and_each_can_be_clicked(
    visit: Visiting, address: str
) -> None:
    page = visit(address)
    apart = places(page.map)
    assert min(dist(one, other) for one, other in combinations(apart, 2)) > 6
    for village_id in (CENTRED[0], CENTRED[5], CENTRED[11]):
        page.map.click(village_id)
        expect(page.page.get_by_role("heading", name=f"Bản {village_id}")).to_be_visible()


def test_each_takes_the_clicks_on_its_own_place_only(visit: Visiting, address: str) -> None:
    seen = visit(address).map
    for zoom in (7, 9, 11, 14):
        owners = seen.ask(
            """([ids, zoom]) => {
                map.setView([22.1, 104.1], zoom, {animate: false});
                const glyphs = map.gapPlanner.group.getLayers().filter((one) => one.atCentre);
                return ids.map((id) => {
                    const at = glyphs.find((glyph) => glyph.id === id)._point;
                    return glyphs.filter((glyph) => glyph._containsPoint(at)).map((g) => g.id);
                });
            }""",
            [CENTRED, zoom],
        )
        assert owners == [[village_id] for village_id in CENTRED]


def test_they_are_spread_around_their_true_spot_and_the_same_way_every_time(
    visit: Visiting, address: str
) -> None:
    first, again = places(visit(address).map), places(visit(address).map)
    assert first == again
    seen = visit(address).map
    spots = seen.ask(
        """() => map.gapPlanner.group.getLayers().filter((glyph) => glyph.atCentre)
            .map((glyph) => glyph.spot()).map(({lng, lat}) => [lng, lat])"""
    )
    assert spots == [[104.1, 22.1]] * 12


def test_the_tooltip_and_the_legend_say_that_only_the_commune_is_known(
    visit: Visiting, address: str
) -> None:
    page = visit(address)
    assert "Vị trí là trung tâm xã" in page.map.tooltip_of(CENTRED[4])
    assert "Vị trí là trung tâm xã" not in page.map.tooltip_of("S-1")
    row = legend_row(page.map, "Vị trí là trung tâm xã")
    expect(row.locator(".gp-row-count")).to_have_text("12")
    row.get_by_role("checkbox").uncheck()
    page.map.expect_drawn({f"S-{i}" for i in range(6)} | {"U-0"})


def test_areas_are_counted_in_the_legend_as_they_are_coloured(
    visit: Visiting, address: str
) -> None:
    seen = visit(address).map
    rows = seen.frame.locator(".gp-legend .gp-head ~ .gp-part")
    assert [" ".join(text.split()) for text in rows.all_inner_texts()] == [
        "0 % 1",
        "đến 5 % 0",
        "trên 5 đến 15 % 0",
        "trên 15 đến 30 % 1",
        "trên 30 % 0",
        "Chưa có số liệu 1",
        "Không có thôn 1",
    ]
    drawn = "() => map.gapPlanner.areas.drawn.map((area) => area.properties.area)"
    assert seen.ask(drawn) == [0, 1, 2, 3]
    rows.nth(3).get_by_role("checkbox").uncheck()
    assert seen.ask(drawn) == [1, 2, 3]
    title = legend_row(seen, "Tỷ lệ thôn chưa có cáp quang theo xã, phường")
    assert title.get_by_role("checkbox").evaluate("(box) => box.indeterminate")
    title.get_by_role("checkbox").click()
    assert seen.ask(drawn) == [0, 1, 2, 3]
    title.get_by_role("checkbox").click()
    assert seen.ask(drawn) == []


def colour_at(seen: MapOnPage, lon: float, lat: float) -> list[int]:
    colour: list[int] = seen.ask(
        """([lon, lat]) => {
            const canvas = map.getPane("gp-areas").querySelector("canvas");
            const origin = L.DomUtil.getPosition(canvas);
            const at = map.latLngToLayerPoint([lat, lon]).subtract(origin);
            const sharp = canvas.width / parseFloat(canvas.style.width);
            const data = canvas.getContext("2d").getImageData(at.x * sharp, at.y * sharp, 1, 1);
            return [...data.data];
        }""",
        [lon, lat],
    )
    return colour


def test_an_area_has_the_colour_of_its_class_and_an_empty_one_none(
    visit: Visiting, address: str
) -> None:
    seen = visit(address).map
    seen.ask("() => map.gapPlanner.areas.rates.shade.length")
    # A quarter of Y Tý's villages lack fibre: #A58EC9.
    assert colour_at(seen, 104.02, 22.02)[:3] == pytest.approx([0xA5, 0x8E, 0xC9], abs=3)
    assert colour_at(seen, 104.38, 22.02)[:3] == pytest.approx([0xF3, 0xF0, 0xF8], abs=3)
    assert colour_at(seen, 104.38, 22.38) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("at", "name", "said"),
    [
        ((104.03, 22.03), "Xã Y Tý", "25 %: 3/12 thôn chưa có cáp quang"),
        ((104.38, 22.03), HOSTILE, "0 %: 0/6 thôn chưa có cáp quang"),
        ((104.03, 22.38), "Xã A Lù", "1 thôn chưa có số liệu"),
        ((104.38, 22.38), "Xã Trống", "Không có thôn nào trong danh sách"),
    ],
)
def test_an_area_says_its_name_and_figures(
    visit: Visiting, address: str, at: tuple[float, float], name: str, said: str
) -> None:
    page = visit(address)
    seen = page.map
    # Without the legend, which may lie over the corner in question.
    seen.frame.get_by_role("button", name="Chú giải").click()
    seen.element.scroll_into_view_if_needed()
    box = seen.element.bounding_box()
    assert box is not None
    x, y = seen.ask(
        """([lon, lat]) => {
            map.setView([22.2, 104.2], 10, {animate: false});
            const at = map.latLngToContainerPoint([lat, lon]);
            return [at.x, at.y];
        }""",
        list(at),
    )
    page.page.mouse.move(box["x"] + x - 3, box["y"] + y)
    page.page.mouse.move(box["x"] + x, box["y"] + y)
    tooltip = seen.frame.locator(".gp-tooltip-area")
    expect(tooltip).to_contain_text(name)
    expect(tooltip).to_contain_text(said.replace(" %", "\N{NO-BREAK SPACE}%"))


def test_the_corner_says_where_the_outlines_come_from(visit: Visiting, address: str) -> None:
    corner = visit(address).map.frame.locator(".leaflet-control-attribution")
    expect(corner).to_contain_text("ranh giới theo tệp địa giới đã nạp")
    expect(corner).not_to_contain_text("không phải địa giới hành chính")


def test_a_rerun_fetches_no_outline_again(visit: Visiting, address: str) -> None:
    page = visit(address)
    expect(page.map.frame.locator(".gp-legend")).to_be_visible()
    page.map.ask("() => map.gapPlanner.areas.rates.shade.length")
    before = [path for path in page.fetched if path.endswith(".json")]
    assert len(before) == len(set(before))
    page.map.click("S-1")
    expect(page.page.get_by_role("heading", name="Bản S-1")).to_be_visible()
    assert [path for path in page.fetched if path.endswith(".json")] == before
