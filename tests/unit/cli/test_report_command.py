"""``gap-planner report`` writes the chairman's page in the form its suffix names."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from services.rollout_certificate import FORM


def first_page(file: Path) -> str:
    return " ".join(PdfReader(io.BytesIO(file.read_bytes())).pages[0].extract_text().split())


def test_the_report_of_june_is_written_and_said_to_be_illustrative(
    run: Any, tmp_path: Path
) -> None:
    file = tmp_path / "bao-cao.pdf"
    ran = run("report", "--as-of", "2024-06-30", "--lang", "vi", "--out", file)
    assert (ran.status, ran.err) == (0, "")
    assert "Dữ liệu minh hoạ" in ran.out
    assert str(file) in ran.out
    assert "đạt 0/28 thôn" in first_page(file)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx", ".PDF"])
def test_the_suffix_decides_the_form(run: Any, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"report{suffix}"
    assert run("report", "--lang", "en", "--out", file).status == 0
    start = file.read_bytes()[:4]
    assert start == (b"%PDF" if suffix.lower() == ".pdf" else b"PK\x03\x04")


def test_office_day_of_issue_and_list_can_be_chosen(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    ran = run(
        "report", "--lang", "vi", "--out", file, "--gap", "no-signal", "--issuer", "Sở TT và TT",
        "--superior", "UBND tỉnh X", "--signatory", "Phó Giám đốc", "--dated", "2024-07-05",
    )  # fmt: skip
    assert ran.status == 0
    page = first_page(file)
    for said in ("SỞ TT VÀ TT", "UBND TỈNH X", "PHÓ GIÁM ĐỐC", "ngày 05 tháng 7 năm 2024"):
        assert said in page
    assert "6 thôn ưu tiên hàng đầu: Sóng điện thoại (trong 6 thôn" in page


def test_a_plan_is_named_by_its_hash_at_the_foot(run: Any, tmp_path: Path) -> None:
    figures = {"villages": 28, "km": 98.5, "cost_vnd": 1.25e10, "proven": True}
    plan = {"form": FORM, "plan_hash": "feedc0de", "data_hash": "", "holds": True}
    content = json.dumps({**plan, "figures": figures})
    (tmp_path / "certificate.json").write_text(content, encoding="utf-8")
    file = tmp_path / "report.xlsx"
    assert run("report", "--lang", "en", "--out", file, "--plan", tmp_path).status == 0
    assert "Plan hash: feedc0de" in openpyxl.load_workbook(file).worksheets[0]["A2"].value


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "report.odt"), ".pdf, .docx, .xlsx"),
        (("--out", "report"), ".pdf, .docx, .xlsx"),
        (("--out", "nowhere/at/all/report.xlsx"), "nowhere/at/all"),
        (("--out", "report.pdf", "--as-of", "30/06/2024"), "30/06/2024"),
        (("--out", "report.pdf", "--gap", "roads"), "roads"),
        (("--out", "report.pdf", "--plan", "no-such-folder"), "certificate.json"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_nothing_is_written(
    run: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("report", "--lang", "en", *arguments)
    assert ran.status == 1
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert list(tmp_path.glob("report*")) == []


def test_without_a_file_to_write_the_command_is_not_understood(run: Any) -> None:
    assert run("report", "--lang", "en").status == 2
