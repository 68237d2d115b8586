"""``gap-planner record``: what is recorded on the command line is what every command then says."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image

VILLAGE = "LC-02689-003"
YEAR_END = ("--as-of", "2024-12-31", "--format", "json")


def fibre_target(run: Any) -> dict[str, Any]:
    found: dict[str, Any] = run("targets", *YEAR_END).json["targets"][1]
    return found


def test_an_acceptance_counts_until_it_is_undone(run: Any, tmp_path: Path) -> None:
    assert "Chưa ghi nhận gì" in run("record", "history").out
    scan = tmp_path / "biên bản.png"
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    scan.write_bytes(content.getvalue())
    recorded = run(
        "record", "observe", VILLAGE, "--service", "fixed", "--state", "fibre", "--on",
        "2024-09-01", "--evidence", "acceptance", "--source", "=BB số 12", "--attach", scan,
    )  # fmt: skip
    assert (recorded.status, recorded.err) == (0, "")
    assert fibre_target(run)["achieved"] == 1
    history = run("record", "history", "--village", VILLAGE, "--format", "json").json
    entry = history["entries"][0]
    assert (entry["kind"], entry["fields"]["source"]) == ("observation.recorded", "=BB số 12")
    assert len(entry["fields"]["attachment"]) == 64
    assert run("record", "undo", entry["seq"]).status == 0
    assert fibre_target(run)["achieved"] == 0
    again = run("record", "undo", entry["seq"])
    assert again.status == 1
    assert "đã được hoàn tác" in again.err


def test_work_and_queue_agree(run: Any) -> None:
    run(
        "record",
        "work",
        VILLAGE,
        "--service",
        "fixed",
        "--status",
        "on_air",
        "--since",
        "2024-08-01",
    )
    queue = run("record", "queue", "--as-of", "2024-09-01", "--lang", "en").out
    row = next(line for line in queue.splitlines() if VILLAGE in line)
    assert "On air" in row
    assert "Accept" in row


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("observe", "LC-0", "--service", "fixed", "--state", "fibre"), "LC-0"),
        (("observe", VILLAGE, "--service", "fixed", "--state", "broadband"), "--state"),
        (("observe", VILLAGE, "--service", "fixed", "--state", "fibre", "--on", "2199-01-01"),
         "01/01/2199"),
        (("work", VILLAGE, "--service", "fixed", "--status", "done"), "--status"),
        (("undo", "7"), "7"),
        (("target", "new", "--gap", "fibre"), "--required"),
        (("target", "new", "--gap", "fibre", "--required", "1", "--deadline", "2025-01-01",
          "--area", "district:999"), "999"),
        (("target", "fibre-2024", "--required", "57"), "57"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_a_sentence_and_records_nothing(
    run: Any, arguments: tuple[str, ...], said: str
) -> None:
    refused = run("record", *arguments)
    assert refused.status == 1
    assert said in refused.err
    assert "Traceback" not in refused.err
    assert run("record", "history", "--format", "json").json["entries"] in ([], None) or all(
        entry["kind"] == "register.seeded"
        for entry in run("record", "history", "--format", "json").json["entries"]
    )


def test_a_sheet_filled_in_by_an_office_is_recorded_once(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "cập nhật.xlsx"
    assert run("record", "sheet", "--out", path, "--as-of", "2024-06-30").status == 0
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[2]}
    for row in (3, 4):
        sheet.cell(row, at["MỚI: tình trạng"], "Có cáp quang")
        sheet.cell(row, at["MỚI: ngày quan sát"], datetime(2024, 9, row))  # noqa: DTZ001
        sheet.cell(row, at["MỚI: loại minh chứng"], "Biên bản nghiệm thu")
    book.save(path)
    assert "2 mục" in run("record", "apply", path).out
    assert fibre_target(run)["achieved"] == 2
    assert "không ghi trùng" in run("record", "apply", path).out
    assert fibre_target(run)["achieved"] == 2


def test_a_target_of_a_district_stands_beside_the_provinces(run: Any) -> None:
    run(
        "record", "target", "bat-xat-2025", "--gap", "fibre", "--required", "12", "--deadline",
        "2025-12-31", "--area", "district:082", "--milestone", "2025-06-30=6",
    )  # fmt: skip
    targets = run("targets", "--as-of", "2025-06-30", "--format", "json").json["targets"]
    own = targets[-1]
    assert (own["target_id"], own["cohort_computed"], own["required"]) == ("bat-xat-2025", 21, 12)
    assert own["planned_to_date"] == 6
    run("record", "target", "bat-xat-2025", "--drop")
    left = run("targets", "--format", "json").json["targets"]
    assert [one["target_id"] for one in left] == ["no-signal-2024", "fibre-2024"]


def test_a_published_result_is_said_as_published(run: Any) -> None:
    run("record", "target", "fibre-2024", "--result", "30")
    assert fibre_target(run)["published_result"] == 30
