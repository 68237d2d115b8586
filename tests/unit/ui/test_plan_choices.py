"""What stands behind the plan page: names of questions, uploads, ways out of a conflict, money."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from i18n import translator
from i18n.money import say_usd, say_vnd
from planning.vocabulary import Gap
from services.rollout_values import ConflictLine, RolloutQuestion
from ui import state
from ui.components.plan_conflict import lifted, way_out
from ui.components.plan_words import say_conflict, say_difference, say_wave
from ui.recent_plans import RecentAnswers, question_key
from ui.uploads import keep_upload

QUESTION = RolloutQuestion(
    "fibre-2024",
    Gap.FIBRE,
    date(2024, 6, 30),
    date(2024, 7, 1),
    date(2024, 12, 31),
    connect=28,
    decided=("V-1", "V-2"),
    min_per_district={"082": 3, "088": 2},
)


@pytest.mark.parametrize(
    ("amount", "vietnamese", "english"),
    [
        (12_345_000_000, "12,3 tỷ đồng", "VND 12.3 billion"),
        (5_825_762_840, "5,83 tỷ đồng", "VND 5.83 billion"),
        (1_000_000_000, "1 tỷ đồng", "VND 1 billion"),
        (999_600_000, "1 tỷ đồng", "VND 1 billion"),
        (285_833_900, "286 triệu đồng", "VND 286 million"),
        (12_700_000, "12,7 triệu đồng", "VND 12.7 million"),
        (-67_100_000, "-67,1 triệu đồng", "VND -67.1 million"),
        (0, "0 đồng", "VND 0"),
        (1_234_500_000_000, "1.234 tỷ đồng", "VND 1,234 billion"),
    ],
)
def test_money_is_said_with_three_figures(amount: float, vietnamese: str, english: str) -> None:
    assert say_vnd(amount, translator("vi")) == vietnamese
    assert say_vnd(amount, translator("en")) == english


def test_dollars_are_said_to_the_nearest_thousand_only_where_there_are_many() -> None:
    assert say_usd(229_360.7, translator("vi")) == "229.000 USD"
    assert say_usd(4_345.4, translator("en")) == "USD 4,345"


def test_a_difference_is_said_as_dearer_cheaper_or_the_same() -> None:
    words = translator("vi")
    assert say_difference(105.1, 100.0, words) == "đắt hơn 5,1\N{NO-BREAK SPACE}%"
    assert say_difference(172.0, 100.0, words) == "đắt hơn 72\N{NO-BREAK SPACE}%"
    assert say_difference(80.0, 100.0, words) == "rẻ hơn 20\N{NO-BREAK SPACE}%"
    assert say_difference(100.01, 100.0, words) == "bằng giá"
    assert say_difference(1.0, 0.0, words) == "–"


def test_a_quarter_and_what_comes_after_the_deadline_are_said() -> None:
    assert say_wave("2024-Q3", translator("vi")) == "quý 3/2024"
    assert say_wave(None, translator("en")) == "after the deadline"


def test_the_same_question_has_the_same_name_and_another_question_another() -> None:
    key = question_key("hash", QUESTION)
    turned = replace(QUESTION, min_per_district={"088": 2, "082": 3})
    assert question_key("hash", turned) == key
    assert question_key("other", QUESTION) != key
    for change in ({"connect": 29}, {"seed": 1}, {"excluded": {"V-9": ""}}, {"dem": Path("a")}):
        assert question_key("hash", replace(QUESTION, **change)) != key


def test_answers_used_least_lately_go_first() -> None:
    recent: RecentAnswers[int] = RecentAnswers()
    for at in range(24):
        recent.put(str(at), at)
    assert recent.get("0") == 0
    recent.put("24", 24)
    assert recent.get("1") is None
    assert recent.get("0") == 0


def line(kind: str, asked: float | None, nearest: float | None, **values: Any) -> ConflictLine:
    return ConflictLine(f"conflict-{kind}", values, asked, nearest, is_enough=True)


@pytest.mark.parametrize(
    ("given", "choices"),
    [
        (line("quota", 50, 42.0), {state.CONNECT: 42}),
        (line("quota", 50, 0.0), {}),
        (line("budget", 1e9, 5_825_762_841), {state.BUDGET: 5.83}),
        (line("budget", 1e9, 5_830_000_000), {state.BUDGET: 5.83}),
        (line("minority_share", 1.0, 0.9797), {state.LEAST_MINORITY: 97}),
        (line("reach", 1000, 4059.2), {state.REACH: 5}),
        (line("district", 5, 3.0, code="082"), {f"{state.LEAST_OF_DISTRICT}.082": 3}),
        (line("district", 5, 0.0, code="082"), {state.DISTRICTS_ASKED: ["088"]}),
        (line("locked", None, None, village_id="V-1"), {state.DECIDED: ["V-2"]}),
        (line("power", None, None, count=14), {state.POWER_FIRST: "allowed"}),
        (line("condition", 3, 2.0), {}),
    ],
)
def test_the_way_out_is_rounded_to_the_side_on_which_there_is_a_plan(
    given: ConflictLine, choices: dict[str, Any]
) -> None:
    assert way_out(given, QUESTION) == choices


def test_every_condition_that_is_set_can_be_taken_back_and_no_other() -> None:
    assert set(lifted(QUESTION)) == {"districts", "decided", "reach"}
    assert lifted(replace(QUESTION, decided=(), min_per_district={}, reach_m=None)) == {}


def test_a_budget_in_conflict_is_said_as_money() -> None:
    short = ConflictLine("conflict-budget", {"asked": 1e9, "nearest": 5.83e9}, 1e9, 5.83e9)
    said = say_conflict(short, translator("vi"))
    assert "có 1 tỷ đồng, cần ít nhất 5,83 tỷ đồng" in said


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("roads.geojson", "roads.geojson"),
        ("../../etc/passwd", "passwd"),
        ("C:\\tệp đường\\..\\đường 4.gpkg", "đường_4.gpkg"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".tif", "x" * 56 + ".tif"),
    ],
)
def test_an_upload_lies_in_its_own_folder_under_a_harmless_name(
    tmp_path: Path, name: str, kept: str
) -> None:
    path = keep_upload(tmp_path / "uploads", name, b"content")
    assert path.name == kept
    assert path.parent.parent == tmp_path / "uploads"
    assert path.read_bytes() == b"content"
    assert keep_upload(tmp_path / "uploads", name, b"content") == path


def test_only_the_newest_uploads_are_kept(tmp_path: Path) -> None:
    first = keep_upload(tmp_path, "roads.json", b"first")
    os.utime(first.parent, (1, 1))
    for at in range(24):
        keep_upload(tmp_path, "roads.json", str(at).encode())
    assert not first.exists()
    assert len(list(tmp_path.iterdir())) == 24
