"""The layers of a plan: small, safe to show, and looking as the quarter they belong to."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString

from geo.symbology import ROUTES, RadioClass, RouteClass
from ui.map.plan_layers import bounds_of, plan_layer, route_layer, wave_classes

VILLAGES = pd.DataFrame(
    {
        "village_id": ["V-1", "V-2", "V-3"],
        "village": ["Một", "<img src=x onerror=alert(1)>", "Ba"],
        "commune": ["Xã A", "Xã A", None],
        "district": ["Huyện A", "Huyện A", None],
        "people": pd.array([120, None, 3], dtype="Int64"),
        "lon": [103.5, 103.6, np.nan],
        "lat": [22.5, 22.6, np.nan],
        "is_connected": [True, False, False],
    }
)
NO_SITES = pd.DataFrame({"site_id": [], "lon": [], "lat": []})
LINKS = gpd.GeoDataFrame(
    {"link_id": ["L1", "L2"]},
    geometry=[LineString([(103.5, 22.5), (103.512345678, 22.5)]), LineString([(0, 0), (1, 1)])],
    crs="EPSG:4326",
)


def read(content: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(content)
    return value


def test_villages_in_and_out_are_two_classes_and_one_without_a_position_is_left_out() -> None:
    layer = read(plan_layer(VILLAGES, ["a", "b", "c"], NO_SITES, [], []))
    assert layer["id"] == ["V-1", "V-2"]
    assert layer["kind"] == ["planned", "left_out"]
    assert layer["note"] == ["a", "b"]
    assert layer["people"] == [120, None]
    assert [layer["places"][at] for at in layer["place"]] == [["Xã A", "Huyện A"]] * 2


def test_masts_stand_beside_the_villages_in_no_place() -> None:
    sites = pd.DataFrame({"site_id": ["M-1"], "lon": [103.7], "lat": [22.7]})
    layer = read(plan_layer(VILLAGES, [""] * 3, sites, ["Trạm 1"], ["phục vụ 2 thôn"]))
    assert layer["kind"][-1] == "planned_site"
    assert layer["places"][layer["place"][-1]] == []
    assert len({len(layer[name]) for name in ("id", "name", "place", "lon", "lat", "note")}) == 1


def test_a_line_is_one_list_of_degrees_to_about_a_metre() -> None:
    classes = [RouteClass.WAVE_1, RouteClass.NEVER]
    layer = read(route_layer(LINKS, classes, ["A → B", "C"], ["1 km", ""]))
    assert layer["shape"][0] == [103.5, 22.5, 103.51235, 22.5]
    assert layer["wave"] == ["wave_1", "wave_never"]


def test_a_name_longer_than_a_line_is_cut() -> None:
    layer = read(route_layer(LINKS.head(1), [RouteClass.WAVE_1], ["x" * 999], ["y" * 999]))
    assert len(layer["name"][0]) <= 160
    assert len(layer["note"][0]) <= 200


@pytest.mark.parametrize("quarters", [1, 5, 6, 7, 12, 40])
def test_waves_look_different_in_order_however_many_there_are(quarters: int) -> None:
    waves = [f"{2024 + at // 4}-Q{at % 4 + 1}" for at in range(quarters)]
    found = wave_classes([*reversed(waves), None, *waves])
    assert list(found) == waves
    looks = list(RouteClass)
    order = [looks.index(look) for look in found.values()]
    assert order == sorted(order)
    assert RouteClass.NEVER not in found.values()
    if quarters <= 6:
        assert len(set(order)) == quarters


def test_no_two_kinds_of_links_look_the_same_without_colour() -> None:
    strokes = [ROUTES[one] for one in (*RouteClass, *RadioClass)]
    assert len({(stroke.width_px, stroke.dash) for stroke in strokes}) == len(strokes)


def test_bounds_hold_villages_and_links_and_are_none_without_any() -> None:
    assert bounds_of(VILLAGES, LINKS.head(1)) == (103.5, 22.5, 103.6, 22.6)
    assert bounds_of(VILLAGES.tail(1), LINKS.iloc[:0]) is None
