"""Every page runs in both languages and says the published figures; no browser needed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from services import scenarios
from tests.rollout_plan import small_plan

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("map", "priorities", "targets", "updates", "data")


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAP_PLANNER_STATE", str(tmp_path))
    monkeypatch.setenv("GAP_PLANNER_TILES", "none")


def opened(page: str, **parameters: str) -> AppTest:
    script = f"""
import streamlit as st
from ui.frame import choose_language
from ui.pages.{page} import show_{page}_page
show_{page}_page(choose_language())
"""
    app = AppTest.from_string(script, default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    blocks = [*app.markdown, *app.caption, *app.info, *app.error, *app.warning]
    texts = [str(block.value) for block in blocks]
    html = [str(block.proto.body) for block in app.get("html")]
    tables = [table.value.to_string() for table in [*app.table, *app.dataframe]]
    return "\n".join(texts + html + tables)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_and_says_that_the_data_is_illustrative(page: str, language: str) -> None:
    app = opened(page, lang=language)
    assert not app.exception
    assert not app.error
    assert ("Dữ liệu minh hoạ" if language == "vi" else "Illustrative data") in said(app)


def test_the_map_page_shows_the_key_figures_with_their_dates() -> None:
    words = said(opened("map"))
    for figure in ("14 →</small> 6", "225 →</small> 56", "0/6", "0/28", "14/03/2024 → 30/06/2024"):
        assert figure in words


def test_the_day_in_the_address_is_the_day_shown() -> None:
    words = said(opened("map", as_of="2024-03-14"))
    assert ">225</div>" in words
    assert "1.568" in words


def test_a_filter_in_the_address_is_applied_and_an_impossible_one_is_ignored() -> None:
    assert "**56 trong 1.568 thôn**" in said(opened("map", gap="fibre"))
    assert "**1.568 trong 1.568 thôn**" in said(opened("map", gap="<script>", as_of="yesterday"))


def test_a_search_without_accents_finds_the_commune() -> None:
    assert "Y Tý – thôn 3" in said(opened("map", q="y ty"))


def test_a_filter_that_nothing_passes_explains_itself() -> None:
    assert "Không có thôn nào khớp" in said(opened("map", q="khong co thon nay"))


def test_a_village_in_the_address_opens_its_card() -> None:
    words = said(opened("map", village="LC-02701-003"))
    assert "Y Tý – thôn 3" in words
    assert "Rà soát lại" in words


@pytest.mark.parametrize("stranger", ["LC-99999-999", "<img src=x>", "' OR 1=1 --"])
def test_a_village_that_does_not_exist_is_refused_politely_or_ignored(stranger: str) -> None:
    app = opened("map", village=stranger)
    assert not app.exception
    assert "<img" not in said(app)


def test_targets_show_published_beside_computed_and_what_is_not_published() -> None:
    words = said(opened("targets"))
    assert "Chưa công bố" in words
    assert "đạt 0/28 thôn" in words
    assert "169 thôn" in words


def test_targets_say_what_to_expect_and_what_would_make_them_safe() -> None:
    app = opened("targets")
    words = said(app)
    assert not app.exception
    assert "đạt 0/28 thôn, 0,0\N{NO-BREAK SPACE}% kế hoạch; ước thực hiện cả năm 3/28 thôn" in words
    assert "Chưa đến hạn" in words
    assert "Thay đổi nhỏ nhất để chắc chắn hoàn thành" in words
    assert "không phải số liệu công bố" in words
    assert len(app.get("vega_lite_chart")) == 2


@pytest.mark.parametrize(
    ("language", "sentence"), [("vi", "Kết quả: chưa công bố"), ("en", "Result: not published")]
)
def test_after_the_deadline_the_page_looks_back(language: str, sentence: str) -> None:
    app = opened("targets", as_of="2025-01-15", lang=language)
    assert not app.exception
    assert sentence in said(app)
    assert ("15/01/2025" if language == "vi" else "15 Jan 2025") in said(app)


@pytest.mark.parametrize("day", ["yesterday", "1999-01-01", "9999-12-31", "<script>"])
def test_a_day_that_cannot_be_is_ignored_on_the_targets_page(day: str) -> None:
    app = opened("targets", as_of=day)
    assert not app.exception
    assert "30/06/2024" in said(app)


def test_a_preset_moves_the_sliders() -> None:
    app = opened("priorities", lang="en")
    next(button for button in app.button if button.label == "Equity").click().run()
    assert [slider.value for slider in app.slider][:3] == [15, 15, 70]
    assert not app.exception


def test_weights_in_the_address_are_the_weights_used() -> None:
    app = opened("priorities", lang="en", w_distance="100", w_population="0", w_minority="0")
    assert "Distance 1.00 · Population 0.00" in said(app)


def test_all_weights_at_nought_are_explained() -> None:
    app = opened("priorities", w_distance="0", w_population="0", w_minority="0")
    assert any("bằng 0" in str(warning.value) for warning in app.warning)


def test_an_unexpected_fault_gives_an_incident_and_no_traceback() -> None:
    script = """
from i18n import translator
from ui.frame import framed

@framed
def broken(words):
    raise ZeroDivisionError("secret")

broken(translator("vi"))
"""
    app = AppTest.from_string(script).run()
    assert not app.exception
    assert "Mã sự cố" in str(app.error[0].value)
    assert "secret" not in str(app.error[0].value)


def test_a_kept_plan_can_be_the_plan_a_target_goes_by() -> None:
    scenarios.save("Đợt 1", small_plan(province="Lào Cai"), datetime(2024, 7, 1, tzinfo=UTC))
    app = opened("targets", as_of="2024-06-30")
    (choice,) = [box for box in app.selectbox if "phương án" in box.label]
    assert len(choice.options) == 2
    choice.select_index(1).run()
    assert not app.exception
    assert not app.error
