"""``gap-planner plan`` as a person or a script meets it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.plan_question import parse_money
from i18n import translator
from planning.errors import PlannerError

ROOT = Path(__file__).resolve().parents[3]
TARGET = ("plan", "--target", "fibre-2024")


def test_28_villages_are_written_in_every_form_and_said_in_a_line(run: Any, tmp_path: Path) -> None:
    ran = run(*TARGET, "--connect", "28", "--out", str(tmp_path / "plan"), "--lang", "en")
    assert (ran.status, ran.err) == (0, "")
    label, line, written = ran.out.strip().splitlines()
    assert label == translator("en")("illustrative-long")
    assert line.startswith("28 villages · 7,294 people · 98.0% ethnic minority · 49.6 km")
    assert "VND 5.83 billion · proven best · plan 749e4ed2b86d" in line
    files = {file.name for file in (tmp_path / "plan").iterdir()}
    assert files == {
        "plan.geojson", "plan.gpkg", "plan.kmz", "plan.xlsx", "certificate.json", "ofds.json",
    }  # fmt: skip
    assert all(name in written for name in files)
    certificate = json.loads((tmp_path / "plan" / "certificate.json").read_text())
    assert certificate["illustrative"] is True
    assert certificate["holds"] is True
    assert len(certificate["villages"]) == 28
    assert sum(edge["cost_vnd"] for edge in certificate["edges"]) == pytest.approx(
        certificate["figures"]["cost_vnd"], abs=10.0
    )


def test_the_same_command_writes_the_same_certificate_but_for_the_seconds(
    run: Any, tmp_path: Path
) -> None:
    texts = []
    for name in ("one", "other"):
        run(*TARGET, "--connect", "20", "--out", str(tmp_path / name))
        text = (tmp_path / name / "certificate.json").read_text(encoding="utf-8")
        texts.append(re.sub(r'"seconds":\s*[\d.e-]+', '"seconds": 0', text))
    assert texts[0] == texts[1]


def test_without_a_number_the_targets_missing_villages_are_asked_for(run: Any) -> None:
    found = run(*TARGET, "--format", "json").json
    assert found["question"]["connect"] == 28
    assert found["figures"]["villages"] == 28
    assert found["question"]["deadline"] == "2024-12-31"
    assert found["question"]["start"] == "2024-07-01"


def test_what_cannot_be_done_ends_with_1_and_names_the_limits(run: Any, tmp_path: Path) -> None:
    out = tmp_path / "plan"
    ran = run(*TARGET, "--connect", "50", "--out", str(out), "--lang", "en")
    assert (ran.status, ran.out) == (1, "")
    assert "50 asked for, at most 42" in ran.err
    assert "14 villages wait for grid power" in ran.err
    assert "42 villages" in ran.err
    assert not out.exists()


def test_what_cannot_be_done_is_told_to_programs_as_well(run: Any) -> None:
    ran = run(*TARGET, "--connect", "50", "--format", "json")
    assert ran.status == 1
    assert ran.json["answers_question"] is False
    (quota, power) = ran.json["conflict"]["lines"]
    assert (quota["asked"], quota["nearest"], quota["is_enough"]) == (50, 42, True)
    assert power["message"] == "conflict-power"


def test_villages_are_locked_and_excluded_with_a_reason(run: Any) -> None:
    first = run(*TARGET, "--connect", "3", "--format", "json").json
    inside = [v["village_id"] for v in first["villages"] if v["is_connected"]]
    outside = next(
        v["village_id"]
        for v in first["villages"]
        if not v["is_connected"] and v["reason"] == "reason-left-out"
    )
    again = run(
        *TARGET, "--connect", "3", "--lock", outside, "--exclude", f"{inside[0]}=đang di dời",
        "--format", "json",
    ).json  # fmt: skip
    now = {v["village_id"]: v for v in again["villages"]}
    assert now[outside]["is_connected"]
    assert not now[inside[0]]["is_connected"]
    assert now[inside[0]]["reason"] == "plan-reason-excluded-why"
    assert again["question"]["excluded"] == {inside[0]: "đang di dời"}


def test_a_condition_is_kept_and_its_price_shown(run: Any) -> None:
    ran = run(*TARGET, "--min-minority-share", "0.985", "--lang", "en")
    assert ran.status == 0
    assert 'Price of "at least 98.5% ethnic minority": VND' in ran.out
    assert "does not keep the side conditions" in ran.out


def test_the_price_of_the_29th_village_is_the_step_of_the_curve(run: Any) -> None:
    ran = run(*TARGET, "--connect", "28", "--frontier", "--lang", "en")
    found = run(*TARGET, "--connect", "28", "--frontier", "--format", "json").json["frontier"]
    costs = {row["k"]: row["cost_vnd"] for row in found}
    assert len(costs) == 42
    assert all(row["proven"] for row in found)
    step = costs[29] - costs[28]
    assert step == pytest.approx(285.8e6, rel=1e-3)
    assert "Price of village number 29: VND 286 million." in ran.out


def test_a_curve_is_written_beside_the_plan(run: Any, tmp_path: Path) -> None:
    run(*TARGET, "--connect", "2", "--frontier", "--out", str(tmp_path / "plan"))
    with (tmp_path / "plan" / "frontier.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["k"] for row in rows[:2]] == ["1", "2"]
    assert {row["illustrative"] for row in rows} == {"true"}


def test_masts_clear_all_six_villages_without_a_signal(run: Any) -> None:
    found = run("plan", "--target", "no-signal-2024", "--technology", "masts", "--format", "json")
    assert found.status == 0
    assert found.json["figures"]["villages"] == 6
    assert len(found.json["sites"]) == 6
    assert {check["check"] for check in found.json["checks"]} == {"mix", "set-cover"}


def test_a_mix_counts_any_broadband_and_says_so(run: Any) -> None:
    ran = run(*TARGET, "--connect", "5", "--technology", "mix", "--lang", "en")
    assert ran.status == 0
    assert translator("en")("counting-any_broadband") in ran.out
    assert translator("en")("plan-note-lifetime") in ran.out


def test_every_unit_cost_is_printed_with_its_source_and_how_it_is_known(run: Any) -> None:
    out = run(*TARGET, "--connect", "1", "--lang", "en").out
    assert "4,345 USD/km" in out
    assert "derived from a published source" in out
    assert "expansionSMAv0" in out
    assert "estimate, to be replaced by local quotes" in out
    assert translator("en")("plan-note-costs") in out


def test_csv_holds_the_villages_and_the_label(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*TARGET, "--format", "csv").out)))
    assert len(rows) == 56
    assert sum(row["is_connected"] == "True" for row in rows) == 28
    assert {row["illustrative"] for row in rows} == {"true"}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12e9", 12e9),
        ("12000000000", 12e9),
        ("12.000.000.000", 12e9),
        ("12,000,000,000", 12e9),
        ("12 tỷ", 12e9),
        ("12,5 tỷ đồng", 12.5e9),
        ("1.5 tỉ", 1.5e9),
        ("850 triệu", 850e6),
        ("2bn", 2e9),
        ("12 VND", 12),
    ],
)
def test_money_is_read_as_people_write_it(text: str, amount: float) -> None:
    assert parse_money(text) == pytest.approx(amount)


@pytest.mark.parametrize("text", ["", "tỷ", "12 quả", "-3 tỷ", "nan", "1e99", "1,2,3 tỷ", "inf"])
def test_what_is_no_sum_of_money_is_refused(text: str) -> None:
    with pytest.raises(PlannerError, match="error-plan-money"):
        parse_money(text)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["--target", "water"], "error-plan-target"),
        (["--technology", "balloon"], "error-choice"),
        (["--technology", "masts", "--target", "fibre-2024"], "error-plan-masts-only"),
        (["--budget", "much"], "error-plan-money"),
        (["--aim", "fame"], "error-choice"),
        (["--min-per-district", "082"], "error-plan-pair"),
        (["--min-per-district", "999=1"], "error-plan-district"),
        (["--min-minority-share", "70"], "error-number"),
        (["--connect", "-1"], "error-number"),
        (["--gap", "1"], "error-number"),
        (["--time-limit", "0"], "error-number"),
        (["--robustness", "-1"], "error-number"),
        (["--route-factor", "0.5"], "error-number"),
        (["--lock", "LC-0"], "error-plan-not-lacking"),
        (["--deadline", "2024-01-01"], "error-plan-dates"),
        (["--start", "soon"], "error-date"),
        (["--power-first", "never"], "error-choice"),
        (["--cost-case", "cheap"], "error-choice"),
        (["--cost-file", "no-such.toml"], "error-file-unreadable"),
        (["--roads", "no-such.gpkg"], None),
        (["--dem", "no-such.tif"], "error-terrain-missing"),
        (["--format", "yaml"], "error-choice"),
    ],
)
def test_every_refusal_is_a_sentence_in_the_users_language(
    run: Any, arguments: list[str], key: str | None, language: str
) -> None:
    ran = run("plan", *arguments, "--lang", language)
    assert (ran.status, ran.out) == (1, "")
    assert "Traceback" not in ran.err
    assert ran.err.strip()
    if key is not None:
        # The sentence up to its first value tells it from every other.
        names = ("got", "expected", "option", "village_id", "start", "deadline", "file")
        sentence = translator(language)(key, **dict.fromkeys(names, "…"))
        assert sentence.partition("…")[0].strip() in ran.err


def test_standard_output_is_json_and_nothing_else_whatever_the_libraries_print() -> None:
    # A fresh process, since the solver greets once: with a budget and an order it is called twice.
    code = "from cli.main import main; main()"
    asked = [*TARGET, "--budget", "1e9", "--gap", "0.3", "--time-limit", "10", "--format", "json"]
    ran = subprocess.run(
        [sys.executable, "-c", code, *asked],
        cwd=ROOT,
        env=os.environ | {"GAP_PLANNER_LANG": "vi"},
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    assert json.loads(ran.stdout)["figures"]["cost_vnd"] <= 1e9
    assert ran.stderr == ""


def leaves(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield path


def test_every_json_key_of_a_plan_is_documented_and_no_other(run: Any) -> None:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    section = re.search(r"^## plan\n(.*?)(?=^## )", page, re.DOTALL | re.MULTILINE)
    assert section is not None
    cells = [line.split("|")[1] for line in section.group(1).splitlines() if "| `" in line[:4]]
    documented = {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}
    documents = [
        run(*TARGET, "--min-minority-share", "0.98", "--frontier", "--robustness", "2",
            "--connect", "5", "--format", "json").json,
        run("plan", "--target", "no-signal-2024", "--format", "json").json,
        run(*TARGET, "--connect", "50", "--format", "json").json,
    ]  # fmt: skip
    found = {key for document in documents for key in leaves(document)} - {"conflict", "order"}
    found = {"question.*" if key.startswith("question.") else key for key in found}
    found = {re.sub(r"\.values\..*", "", key) for key in found if ".values" not in key}
    # The three lists of limits have the same keys, told once; empty ones show none.
    of_limits = re.compile(r"conflict\.(lines|further|given_way)\[\]\.?.*")
    assert {key for key in found if not of_limits.match(key)} == {
        key for key in documented if not of_limits.match(key) and key != "conflict"
    }
    told = {key.rpartition(".")[2] for key in documented if of_limits.match(key)}
    assert {key.rpartition(".")[2] for key in found if "conflict.lines[]." in key} <= told


def test_a_written_plan_is_planned_again_from_a_later_day(run: Any, tmp_path: Path) -> None:
    assert run(*TARGET, "--connect", "3", "--out", tmp_path / "plan").status == 0
    again = run("replan", tmp_path / "plan", "--format", "json").json
    assert again["plan_hash"]
    assert (again["built"], again["decided"], again["spent_vnd"]) == ([], [], 0)
    assert again["from_here_vnd"] == again["stay_vnd"] == again["hindsight_vnd"] > 0
    assert (again["saving_vnd"], again["regret_vnd"], again["proven"]) == (0, 0, True)
    told = run("replan", tmp_path / "plan", "--as-of", "2024-10-01", "--lang", "en").out
    assert "Staying with the original plan costs no more." in told
    rows = run("replan", tmp_path / "plan", "--format", "csv").out.splitlines()
    assert len(rows) == 1 + len(again["villages"])
    early = run("replan", tmp_path / "plan", "--as-of", "2024-03-14")
    assert early.status == 1
    assert "14/03/2024" in early.err
    unknown = run("replan", "nowhere")
    assert (unknown.status, unknown.out) == (1, "")
    assert "nowhere" in unknown.err
