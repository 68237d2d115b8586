"""The button on the targets page makes the report once and offers it in three forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from services.province import shipped_province
from ui import cache

SCRIPT = """
from ui.frame import choose_language
from ui.pages.targets import show_targets_page
show_targets_page(choose_language())
"""


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAP_PLANNER_STATE", str(tmp_path))
    monkeypatch.setenv("GAP_PLANNER_TILES", "none")


def opened(**parameters: str) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def labels(app: AppTest) -> list[str]:
    return [str(button.proto.label) for button in app.get("download_button")]


@pytest.mark.parametrize(
    ("language", "done"), [("vi", "Đã lập xong báo cáo"), ("en", "The report is ready")]
)
def test_nothing_is_offered_before_the_report_is_asked_for(language: str, done: str) -> None:
    app = opened(lang=language, as_of="2024-06-30")
    assert labels(app) == []
    app.button(key="make_report").click().run()
    assert not app.exception
    assert not app.error
    assert labels(app) == ["PDF", "Word", "Excel"]
    assert [message.value for message in app.success] == [done]


def test_another_day_takes_the_files_of_the_first_away() -> None:
    app = opened(lang="vi", as_of="2024-06-30")
    app.button(key="make_report").click().run()
    app.query_params["as_of"] = "2024-03-14"
    assert labels(app.run()) == []


def test_a_report_is_made_once_for_the_same_data_day_and_language() -> None:
    province = shipped_province()
    key = (province.data_hash, province.record_head, date(2024, 6, 30))
    first = cache.report_file(*key, "vi", ".pdf", province)
    assert cache.report_file(*key, "vi", ".pdf", province) is first
    assert cache.report_file(*key, "en", ".pdf", province) != first
    assert first.startswith(b"%PDF")
