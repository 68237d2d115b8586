"""What st_folium sends to the browser: small, constant where it must be, and all of it ours."""

import base64
import json
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit_folium

from geo.boundary_columns import AreaLevel
from geo.symbology import SHADE_COLOURS, SYMBOLS, MapClass, ShadeClass
from i18n import LANGUAGES, translator
from planning.vocabulary import Gap
from ui.components.area_legend import shade_legend
from ui.map.base import MapAssets, OfflineMap, Tiles
from ui.map.layers import LegendEntry, PlannerLayers, Villages, clicked_id
from ui.map.script import WORDS, map_script, map_style

ASSETS = MapAssets("/app/static", "0123", "layers/" + "0" * 40 + ".js", "layers/" + "1" * 40)
LAYER = "layers/" + "2" * 40 + ".json"
GAP_MAP = tuple(MapClass)[:9]
"""The classes of the gap map; the others belong to the import."""
BOUNDS = (103.5, 21.8, 104.6, 22.9)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the component would send, without a browser at the other end."""
    message: dict[str, Any] = {}

    def component(**arguments: Any) -> Any:
        message.update(arguments)
        return arguments["default"]

    monkeypatch.setattr(streamlit_folium, "_component_func", component)
    return message


def draw(villages: Villages, language: str = "vi", **options: Any) -> None:
    streamlit_folium.st_folium(
        OfflineMap(assets=ASSETS, bounds=BOUNDS, name="main", language=language),
        key="map",
        returned_objects=["last_object_clicked_tooltip"],
        feature_group_to_add=PlannerLayers(base="/app/static", villages=villages, **options),
    )


def content(sent: dict[str, Any]) -> dict[str, Any]:
    (found,) = re.findall(r"GapPlanner\.show\(\s*\w+, \w+, (\{.*\})\);", sent["feature_group"])
    value: dict[str, Any] = json.loads(found)
    return value


def test_the_map_is_the_same_when_only_the_layers_change(sent: dict[str, Any]) -> None:
    draw(Villages(LAYER))
    first = {name: sent[name] for name in ("key", "script", "header", "html", "js_links")}
    draw(Villages(LAYER, selected="LC-1", ranked=["LC-2"]), theme="dark", focus="LC-1", fit="x")
    assert {name: sent[name] for name in first} == first


def test_another_language_builds_the_map_anew(sent: dict[str, Any]) -> None:
    draw(Villages(LAYER))
    first = sent["key"]
    draw(Villages(LAYER), language="en")
    assert sent["key"] != first


def test_a_rerun_sends_at_most_four_kilobytes(sent: dict[str, Any]) -> None:
    visible = np.random.default_rng(0).random(1_568) < 0.5
    legend = [LegendEntry(name, "Chưa có băng rộng di động", 1_568) for name in GAP_MAP]
    draw(
        Villages(LAYER, visible, "LC-02701-003", [f"LC-02701-{i:03d}" for i in range(10)]),
        sites=LAYER,
        backdrop=LAYER,
        legend=legend,
    )
    assert len(json.dumps(sent, default=str)) <= 4_096


def test_coloured_areas_add_an_address_and_their_legend_and_stay_small(
    sent: dict[str, Any],
) -> None:
    rates = pd.DataFrame({"shade": [*ShadeClass]})
    rows = shade_legend(rates, AreaLevel.UNIT, Gap.FIBRE, translator("vi"))
    legend = [LegendEntry(name, "Chưa có băng rộng di động", 1_568) for name in GAP_MAP]
    draw(Villages(LAYER), areas=LAYER, legend=[*legend, *rows])
    assert content(sent)["areas"] == LAYER
    title, *steps = content(sent)["legend"][len(GAP_MAP) :]
    assert title[0] == "areas"
    assert title[3] == [step[0] for step in steps] == [str(shade) for shade in ShadeClass]
    assert len(json.dumps(sent, default=str)) <= 5_120


def test_every_address_is_on_this_server(sent: dict[str, Any]) -> None:
    draw(Villages(LAYER))
    for url in sent["js_links"] + sent["css_links"]:
        assert url.startswith("/app/static/")
    assert "//" not in json.dumps([sent["script"], sent["header"], sent["feature_group"]])


def test_tiles_are_named_only_when_an_administrator_wants_them() -> None:
    tiles = Tiles("https://tiles.example/{z}/{x}/{y}.png", "<b>©</b> Example", 17)
    settings = json.loads(OfflineMap(assets=ASSETS, bounds=BOUNDS, name="m", tiles=tiles).settings)
    assert settings["tiles"] == {
        "url": "https://tiles.example/{z}/{x}/{y}.png",
        "attribution": "<b>©</b> Example",
        "maxZoom": 17,
    }
    without = json.loads(OfflineMap(assets=ASSETS, bounds=BOUNDS, name="m").settings)
    assert without["tiles"] is None
    assert without["bounds"] == [[21.8, 103.5], [22.9, 104.6]]


def test_visible_villages_are_one_bit_each(sent: dict[str, Any]) -> None:
    visible = np.array([True, False, False, True, False, False, False, False, True])
    draw(Villages(LAYER, visible))
    assert base64.b64decode(content(sent)["visible"]) == bytes([0b00001001, 0b00000001])
    draw(Villages(LAYER, np.ones(9, dtype=bool)))
    assert content(sent)["visible"] is None
    draw(Villages(LAYER, np.zeros(9, dtype=bool)))
    assert base64.b64decode(content(sent)["visible"]) == bytes(2)


def test_a_legend_row_switches_its_classes(sent: dict[str, Any]) -> None:
    both = (MapClass.NO_MOBILE, MapClass.NO_SIGNAL)
    draw(
        Villages(LAYER),
        legend=[
            LegendEntry(MapClass.NO_MOBILE, "Chưa có", 14, classes=both),
            LegendEntry(MapClass.NO_SIGNAL, "Trắng sóng", 6, part=True),
            LegendEntry(MapClass.FIBRE_POINT, "Điểm", shown=False),
        ],
    )
    assert content(sent)["legend"] == [
        ["no_mobile", "Chưa có", 14, ["no_mobile", "no_signal"], 0, 1],
        ["no_signal", "Trắng sóng", 6, ["no_signal"], 1, 1],
        ["fibre_point", "Điểm", None, ["fibre_point"], 0, 0],
    ]


@pytest.mark.parametrize(
    ("returned", "clicked"),
    [
        ({"last_object_clicked_tooltip": "Y Tý – thôn 3 (ghi chú) (LC-02701-003)"}, "LC-02701-003"),
        ({"last_object_clicked_tooltip": "Y Tý\n(LC-02701-003) "}, "LC-02701-003"),
        ({"last_object_clicked_tooltip": "(LC-1) Y Tý"}, None),
        ({"last_object_clicked_tooltip": "(" + "x" * 65 + ")"}, None),
        ({"last_object_clicked_tooltip": None}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_click_names_the_last_id_in_the_tooltip(
    returned: dict[str, Any] | None, clicked: str | None
) -> None:
    assert clicked_id(returned) == clicked


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_holds_every_word_and_symbol(language: str) -> None:
    say = translator(language)
    words = {word: say("mapview-" + word.replace("_", "-")) for word in WORDS}
    assert "{n}" in words["people"]
    head, _, code = map_script(words, language).decode().partition(";\n")
    table = json.loads(head.removeprefix("window.GapPlannerTable = "))
    assert table["words"] == words
    assert table["symbols"].keys() == set(SYMBOLS)
    assert table["shades"] == SHADE_COLOURS
    assert "GapPlanner.createMap = createMap" in code
    assert map_style().startswith(b"/*")


def test_a_missing_word_is_noticed() -> None:
    with pytest.raises(KeyError, match="map"):
        map_script({}, "vi")
