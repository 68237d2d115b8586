"""The plan page without a browser: it explains itself, plans, says why not, keeps and compares."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from streamlit.testing.v1 import AppTest

from i18n import translator
from planning.vocabulary import Gap
from services import scenarios
from services.province import shipped_province
from services.shelf import shelf_here

SCRIPT = """
from ui.frame import choose_language
from ui.pages.plan import show_plan_page
show_plan_page(choose_language())
"""
PATIENCE_S = 150


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAP_PLANNER_STATE", str(tmp_path))
    monkeypatch.setenv("GAP_PLANNER_TILES", "none")


def opened(language: str = "vi", **parameters: str) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    app.query_params["lang"] = language
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    blocks = [*app.markdown, *app.caption, *app.info, *app.error, *app.warning, *app.success]
    texts = [str(block.value) for block in blocks]
    html = [str(block.proto.body) for block in app.get("html")]
    tables = [table.value.to_string() for table in [*app.table, *app.dataframe]]
    # Words of files are escaped, so that they stay words.
    return "\n".join(texts + html + tables).replace("\\", "")


def html_of(app: AppTest, name: str) -> str:
    bodies = [str(block.proto.body) for block in app.get("html")]
    return "\n".join(body for body in bodies if f'data-testid="{name}"' in body)


def press(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if button.key == key).click().run()
    return app


def waited(app: AppTest, is_there: Callable[[AppTest], bool]) -> AppTest:
    """Run the page again, as the browser does every half second, until something is there."""
    limit = time.monotonic() + PATIENCE_S
    while not is_there(app):
        assert not app.exception
        assert time.monotonic() < limit, said(app)
        time.sleep(0.3)
        app.run()
    return app


def has_figures(app: AppTest) -> bool:
    return bool(html_of(app, "plan-figures"))


def planned(language: str = "vi", **parameters: str) -> AppTest:
    app = waited(opened(language, planned="1", **parameters), has_figures)
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize("language", ["vi", "en"])
def test_before_any_plan_the_page_says_what_it_does_and_that_the_data_is_illustrative(
    language: str,
) -> None:
    app = opened(language)
    words = translator(language)
    assert not app.exception
    assert not app.error
    assert words("planpage-empty") in said(app)
    assert words("illustrative") in said(app)
    assert [n.value for n in app.number_input if n.label == words("planpage-connect", most=56)] == [
        28
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_target_is_planned_at_the_press_of_a_button_with_its_proof(language: str) -> None:
    app = waited(press(opened(language), "plan_run"), has_figures)
    words = translator(language)
    assert not app.exception
    figures = html_of(app, "plan-figures")
    assert f">{words.number(28)}<small>/{words.number(56)}</small>" in figures
    assert words("planpage-proven") in figures
    assert words.number(7294) in figures
    cost = {"vi": "5,83 tỷ đồng", "en": "VND 5.83 billion"}
    assert cost[language] in figures
    assert words("illustrative") in said(app)
    # A link carries the question and that it was asked.
    assert app.query_params["planned"] == "1"


def test_simpler_ways_stand_beside_the_plan_with_what_they_cost_more() -> None:
    ways = html_of(planned(), "plan-ways")
    assert "Phương án này" in ways
    assert "Theo thứ hạng" in ways
    assert "đắt hơn 5,1\N{NO-BREAK SPACE}%" in ways


def test_the_question_in_the_address_is_the_question_asked() -> None:
    app = planned("en", connect="30", least_minority="60", cost_case="high")
    figures = html_of(app, "plan-figures")
    assert ">30<small>/56</small>" in figures
    assert "high case" in figures
    assert "At least 60.0% ethnic minorities" in said(app)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"target": "<script>", "connect": "many", "start": "yesterday", "budget": "nan"},
        {
            "decided": "LC-99999-999~<img src=x>",
            "excluded": "' OR 1=1",
            "why": "::~:",
            "costs": "a:b",
        },
        {"least_of_district": "082:-3~x:y", "least_districts": "082~nowhere", "reach": "9999999"},
    ],
)
def test_nonsense_in_the_address_is_ignored(nonsense: dict[str, str]) -> None:
    app = opened(**nonsense)
    assert not app.exception
    assert not app.error
    assert "<img" not in said(app)


def test_where_no_plan_is_possible_the_limits_are_named_and_one_press_gives_way() -> None:
    app = planned("vi", connect="50")
    text = said(app)
    assert "yêu cầu 50, nhiều nhất được 42" in text
    assert "14 thôn đang chờ điện lưới" in text
    # Never an empty map: the nearest plan is shown, and said to be it.
    assert ">42<small>/56</small>" in html_of(app, "plan-figures")
    assert translator("vi")("planpage-conflict-shown") in text
    press(app, "plan_way_0")
    words = translator("vi")
    waited(app, lambda a: words("planpage-conflict") not in said(a) and has_figures(a))
    label = words("planpage-connect", most=56)
    assert [n.value for n in app.number_input if n.label == label] == [42]


def test_villages_waiting_for_power_can_be_let_in_by_one_press() -> None:
    app = planned("en", connect="50")
    press(app, "plan_way_1")
    waited(app, lambda a: ">50<small>/56</small>" in html_of(a, "plan-figures"))
    assert app.query_params["power_first"] == "allowed"


def test_a_village_that_is_refused_is_out_and_its_reason_is_said() -> None:
    app = planned(
        "en",
        excluded="LC-03043-005",
        why="LC-03043-005:to be <b>resettled</b>",
        village="LC-03043-005",
    )
    text = said(app)
    assert "Left out" in text
    assert "resettled" in text
    assert not [block for block in app.get("html") if "<b>resettled" in str(block.proto.body)]


def test_work_can_be_stopped_and_the_page_stands() -> None:
    app = press(opened("en", connect="31"), "plan_run")
    assert html_of(app, "plan-working")
    press(app, "plan_cancel_plan")
    assert not app.exception
    assert translator("en")("planpage-cancelled") in said(app)
    assert not html_of(app, "plan-working")


def test_another_question_leaves_the_old_plan_in_sight_and_says_that_it_is_old() -> None:
    app = planned("en", connect="27")
    next(n for n in app.number_input if n.value == 27).set_value(33).run()
    assert translator("en")("planpage-changed") in said(app)
    assert ">27<small>/56</small>" in html_of(app, "plan-figures")


def test_a_budget_brings_as_many_people_as_it_can() -> None:
    app = planned("vi", ask="budget", budget="3", aim="people")
    assert "4.814" in html_of(app, "plan-figures")
    assert translator("vi")("planpage-ways-budget") in said(app)


def test_a_start_after_the_deadline_is_explained_and_cannot_be_planned() -> None:
    app = opened("vi", start="2025-01-02", deadline="2024-12-31", planned="1")
    assert translator("vi")("planpage-dates") in said(app)
    assert [b.disabled for b in app.button if b.key == "plan_run"] == [True]


def test_masts_are_planned_for_villages_without_signal() -> None:
    app = planned("vi", target="no-signal-2024", power_first="allowed")
    assert ">6<small>/6</small>" in html_of(app, "plan-figures")
    assert translator("vi")("planpage-figure-masts") in html_of(app, "plan-figures")


def tab(app: AppTest, position: int) -> AppTest:
    """Open a tab, which the testing tool cannot press."""
    language = "en" if "lang" in app.query_params else "vi"
    words = translator(language)
    names = ("map", "waves", "villages", "curve", "firmness", "compare")
    app.session_state[f"plan_tabs_{language}"] = words(f"planpage-tab-{names[position]}")
    return app.run()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_village_has_its_reason_and_every_quarter_its_line(language: str) -> None:
    app = planned(language)
    words = translator(language)
    tab(app, 2)
    table = next(t.value for t in app.dataframe if "reason" in t.value)
    assert len(table) == 56
    assert (table["in"] == words("planpage-in")).sum() == 28
    assert table["reason"].str.len().min() > 5
    tab(app, 1)
    assert words("planpage-wave", year="2024", number="3") in said(app)


def test_the_curve_names_the_price_of_the_next_village() -> None:
    app = tab(planned("vi"), 3)
    press(app, "plan_curve_run")
    waited(app, lambda a: "thôn thứ 29 thêm **286 triệu đồng**" in said(a))
    assert not app.error


def test_two_plans_are_kept_and_compared_village_by_village() -> None:
    for count in ("28", "30"):
        app = tab(planned("en", connect=count), 5)
        press(app, "plan_save")
        assert not app.exception
    assert len(scenarios.list_saved()) == 2
    assert (shelf_here().home / "scenarios").is_dir()
    app.run()
    text = said(app)
    assert re.search(r"Villages\s+28\s+30\s+\+2", text)
    (table,) = (t.value for t in app.dataframe if "where" in t.value)
    assert (table["where"] == "only B").sum() == 2
    assert set(table["where"]) <= {"only B", "only A", "both"}


def dropped(app: AppTest, name: str, content: bytes, language: str = "vi") -> AppTest:
    label = translator(language)("planpage-roads")
    next(u for u in app.file_uploader if u.label == label).upload(name, content).run()
    return app


def test_cable_follows_the_roads_of_a_file() -> None:
    province = shipped_province()
    points = province.villages.geometry.to_numpy()
    fibre = province.sites[province.sites["kind"] == "fibre_point"].geometry.to_numpy()
    lacking = province.cohort(Gap.FIBRE, province.latest).to_numpy()
    roads = [
        [[point.x, point.y], [near.x, near.y]]
        for point in points[lacking]
        for near in fibre[shapely.distance(fibre, point).argsort()[:3]]
    ]
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for line in roads
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    app = press(dropped(opened("vi"), "đường.geojson", content), "plan_run")
    waited(app, has_figures)
    assert not app.error
    assert ">28<small>/56</small>" in html_of(app, "plan-figures")
    notes = translator("vi")("plan-note-straight")
    assert notes not in said(app)


@pytest.mark.parametrize("content", [b"", b"not a map", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_map_of_roads_is_refused_in_a_sentence(content: bytes) -> None:
    app = press(dropped(opened("en"), "roads.geojson", content, "en"), "plan_run")
    waited(app, lambda a: len(a.error) > 0)
    assert not app.exception
    assert len(app.error) == 1
    assert "roads.geojson" in str(app.error[0].value).replace("\\", "")
    assert not html_of(app, "plan-figures")
