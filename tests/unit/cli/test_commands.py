"""The command line as a person or a script meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cli import main as entry
from i18n import translator
from tests.commands import Ran

VALUES = (
    "got",
    "expected",
    "option",
    "file",
    "path",
    "suffix",
    "date",
    "first",
    "village_id",
    "needed",
)
"""Names of the values that refusals carry."""


def lacking(ran: Ran) -> list[int]:
    return [ran.json["gaps"][gap]["lacking"] for gap in ("mobile", "no_signal", "fibre")]


def test_assess_counts_14_6_and_225_in_march(run: Any) -> None:
    ran = run("assess", "--as-of", "2024-03-14", "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    assert lacking(ran) == [14, 6, 225]
    assert ran.json["illustrative"] is True
    assert len(ran.json["by_district"]) == 9


def test_assess_counts_6_and_56_by_the_middle_of_the_year(run: Any) -> None:
    assert lacking(run("assess", "--as-of", "2024-06-30", "--format", "json")) == [6, 6, 56]
    assert lacking(run("assess", "--format", "json")) == [6, 6, 56]


def test_targets_stand_at_0_of_6_and_0_of_28_with_their_deadline(run: Any) -> None:
    ran = run("targets", "--format", "json")
    signal, fibre = ran.json["targets"]
    assert (signal["achieved"], signal["required"], signal["cohort_computed"]) == (0, 6, 6)
    assert (fibre["achieved"], fibre["required"], fibre["cohort_computed"]) == (0, 28, 56)
    assert fibre["deadline"] == "2024-12-31"
    assert fibre["published_result"] is None
    pairs = {f["figure_id"]: (f["published"], f["computed"]) for f in ran.json["published"]}
    assert pairs["fibre-2024-03"] == (225, 225)
    assert pairs["mobile-2022-11"] == (40, None)


def test_targets_in_words_say_what_is_not_published(run: Any) -> None:
    vietnamese, english = run("targets"), run("targets", "--lang", "en")
    assert "0/28 (0,0\N{NO-BREAK SPACE}%)" in vietnamese.out
    assert "Chưa công bố" in vietnamese.out
    assert "31/12/2024" in vietnamese.out
    assert "Not published" in english.out
    assert "0/28 (0.0%)" in english.out


def test_targets_stand_beside_their_plan_and_what_to_expect(run: Any) -> None:
    ran = run("targets", "--as-of", "2024-10-01", "--format", "json")
    signal, fibre = ran.json["targets"]
    assert (signal["planned_to_date"], fibre["planned_to_date"]) == (3, 14)
    assert (fibre["band"], fibre["stage"]) == ("under_50", "open")
    assert fibre["expected_low"] <= fibre["expected"] <= fibre["expected_high"]
    figures = {f["figure_id"]: f for f in ran.json["published"]}
    assert figures["fibre-2024-06"]["state"] == "same"
    assert figures["fibre-2024-06"]["computed_on"] == "2024-06-30"
    assert figures["result-fibre-2024"]["state"] == "not_published"
    assert "ước thực hiện cả năm" in run("targets").out


def test_a_forecast_is_told_in_all_forms(run: Any, tmp_path: Path) -> None:
    ran = run("forecast", "--target", "no-signal-2024", "--format", "json")
    (signal,) = ran.json["forecasts"]
    assert (signal["target_id"], signal["p90"], signal["achieved"]) == ("no-signal-2024", 1, 0)
    assert sum(signal["law"]) == pytest.approx(1.0, abs=1e-5)
    assert len(signal["villages"]) == 6
    assert {one["lever"] for one in signal["remedies"]} == {"bring_forward", "raise", "crews"}
    rows = run("forecast", "--target", "no-signal-2024", "--format", "csv").out.splitlines()
    assert len(rows) == 2
    assert rows[1].endswith(",true")
    told = run("forecast", "--target", "no-signal-2024").out
    assert "ước thực hiện cả năm 0/6 thôn" in told
    assert "không phải số liệu công bố" in told
    own = tmp_path / "own.toml"
    own.write_text('[crews]\nlow = 9\nbase = 9\nhigh = 9\nunit = "crews"\nbasis = "assumption"\n')
    assert run("forecast", "--target", "no-signal-2024", "--assumptions", own).status == 0
    own.write_text("[crews]\n")
    refused = run("forecast", "--assumptions", own)
    assert refused.status == 1
    assert "[crews]" in refused.err


def test_after_the_deadline_a_forecast_says_that_no_result_is_published(run: Any) -> None:
    told = run("forecast", "--as-of", "2025-06-01", "--lang", "en").out
    assert "Result: not published" in told
    assert run("forecast", "--target", "nothing").status == 1


def test_rank_writes_28_rows_to_a_workbook(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "priority.xlsx"
    ran = run("rank", "--gap", "fibre", "--top", "28", "--out", str(out))
    assert ran.status == 0
    assert "28" in ran.out
    sheet = openpyxl.load_workbook(out).worksheets[0]
    ids = [c.value for row in sheet.iter_rows() for c in row if str(c.value).startswith("LC-")]
    listed = [value for value in dict.fromkeys(ids) if value is not None]
    ranked = run("rank", "--gap", "fibre", "--top", "28", "--format", "json").json
    assert [v["village_id"] for v in ranked["villages"]] == [
        value for value in listed if value in {v["village_id"] for v in ranked["villages"]}
    ]
    assert sheet.auto_filter.ref


def test_rank_in_csv_and_json_agree(run: Any) -> None:
    as_json = run("rank", "--top", "5", "--format", "json").json["villages"]
    as_csv = list(csv.DictReader(io.StringIO(run("rank", "--top", "5", "--format", "csv").out)))
    assert [row["village_id"] for row in as_csv] == [row["village_id"] for row in as_json]
    assert float(as_csv[0]["total"]) == as_json[0]["total"]
    assert {row["illustrative"] for row in as_csv} == {"true"}


def test_rank_counts_the_whole_gap_whatever_the_top(run: Any) -> None:
    ran = run("rank", "--gap", "no-signal", "--top", "2", "--format", "json").json
    assert (ran["gap"], ran["villages_in_gap"], len(ran["villages"])) == ("no_signal", 6, 2)


def test_weights_are_used_in_proportion(run: Any) -> None:
    ran = run("rank", "--weights", "distance=2,population=1,minority=1", "--format", "json").json
    assert ran["weights"] == {"distance": 0.5, "population": 0.25, "minority": 0.25}


def test_a_preset_may_be_written_with_a_hyphen(run: Any) -> None:
    ran = run("rank", "--preset", "most-isolated", "--format", "json").json
    assert ran["direction"] == "far"


def test_show_tells_rank_history_and_nearest_points(run: Any) -> None:
    first = run("rank", "--top", "1", "--format", "json").json["villages"][0]["village_id"]
    ran = run("show", first, "--format", "json").json
    assert ran["village"]["village_id"] == first
    assert ran["ranks"]["fibre"]["rank"] == 1
    assert ran["gaps"]["fibre"] == "lacking"
    assert {row["gap"] for row in ran["nearest"]} == {"no_signal", "mobile", "fibre"}
    assert ran["history"][0]["observed_on"] == "2024-06-30"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["rank", "--gap", "water"], "error-choice"),
        (["rank", "--weights", "distance=x"], "error-weights"),
        (["rank", "--weights", "distance=0"], "error-weights"),
        (["rank", "--weights", "height=1"], "error-weights"),
        (["rank", "--weights", "distance=nan"], "error-weights"),
        (["rank", "--preset", "fair"], "error-preset"),
        (["rank", "--out", "list.docx"], "error-export-format"),
        (["rank", "--out", "no/such/folder/list.csv"], "error-export-write"),
        (["rank", "--top", "0"], "error-number"),
        (["rank", "--route-factor", "0.5"], "error-number"),
        (["assess", "--as-of", "14/03/2024"], "error-date"),
        (["assess", "--as-of", "2020-01-01"], "error-too-early"),
        (["assess", "--villages", "nothing.geojson"], "error-file-unreadable"),
        (["assess", "--villages", "nothing.docx"], "error-file-kind"),
        (["assess", "--format", "yaml"], "error-choice"),
        (["assess", "--lang", "fr"], "error-choice"),
        (["assess", "--observations", "seen.csv"], "error-option-alone"),
        (["rank", "--sites", "sites.geojson"], "error-option-alone"),
        (["show", "LC-0"], "error-village-unknown"),
    ],
)
def test_every_refusal_is_one_sentence_in_the_users_language(
    run: Any, arguments: list[str], key: str, language: str
) -> None:
    if "--lang" not in arguments:
        arguments = [*arguments, "--lang", language]
    else:
        language = "vi"
    ran = run(*arguments)
    sentence = translator(language)(key, **dict.fromkeys(VALUES, "…"))
    beginning = sentence.partition("…")[0]
    assert ran.status == 1
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert beginning.strip() in ran.err
    assert "Traceback" not in ran.err


def test_a_command_that_is_not_understood_ends_with_2(run: Any) -> None:
    ran = run("rank", "--gaps", "fibre")
    assert ran.status == 2
    assert "gap-planner --help" in ran.err


@pytest.mark.parametrize("language", ["vi", "en"])
def test_help_speaks_the_language_and_names_every_command(run: Any, language: str) -> None:
    ran = run("--help", "--lang", language) if language == "vi" else run("--lang=en", "--help")
    for command in ("assess", "rank", "targets", "show", "app"):
        assert command in ran.out + ran.err


def test_the_unexpected_gives_a_number_and_keeps_the_details_out_of_sight(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(entry, "build", broken)
    ran = run("assess")
    assert ran.status == 70
    assert "Traceback" not in ran.err
    assert "secret" not in ran.err
    details = Path(ran.err.split()[-1])
    assert "ZeroDivisionError: secret" in details.read_text(encoding="utf-8")
    details.unlink()


def test_names_from_a_file_do_not_steer_the_terminal(run: Any, tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "properties": {
            "village_id": "a",
            "main_group": "x",
            "commune": "=1+1",
            "name": "\x1b[31mred\x1b]0;title\x07 [bold]x[/bold]",
            "mobile_state": "no_signal",
            "mobile_observed_on": "2024-01-01",
            "fixed_state": "none",
            "fixed_observed_on": "2024-01-01",
        },
        "geometry": {"type": "Point", "coordinates": [104.0, 22.3]},
    }
    file = tmp_path / "hostile.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    ran = run("rank", "--villages", str(file), "--gap", "fibre")
    assert ran.status == 0, ran.err
    assert "'=1+1" in run("rank", "--villages", str(file), "--format", "csv").out
    assert "\x1b[31m" not in ran.out
    assert "[bold]x[/bold]" in ran.out
