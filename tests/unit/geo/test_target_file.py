"""The file of targets: what it may say, what is refused, and that writing is reading back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from geo.target_file import read_targets, targets_toml, write_targets
from i18n import LANGUAGES, translator
from i18n.refusals import say_faults, say_refusal
from planning.errors import DataError
from planning.vocabulary import Area, AreaKind, Milestone, Target

WHOLE = """
[[target]]
target_id = "bac-ha-2025"
gap = "fibre"
cohort_on = 2025-01-01
cohort_size = 12
required = 9
deadline = 2025-12-31
source = "a decision"
[target.area]
kind = "district"
code = "085"
name = "Bắc Hà"
[[target.milestone]]
due_on = 2025-06-30
count = 3
[[target.milestone]]
due_on = 2025-09-30
count = 6
"""


def read(tmp_path: Path, text: str) -> tuple[Target, ...]:
    file = tmp_path / "targets.toml"
    file.write_text(text, encoding="utf-8")
    return read_targets(file)


def test_a_target_may_have_an_area_and_milestones(tmp_path: Path) -> None:
    (target,) = read(tmp_path, WHOLE)
    assert target.area == Area(AreaKind.DISTRICT, "085", "Bắc Hà")
    assert target.milestones == (
        Milestone(date(2025, 6, 30), 3),
        Milestone(date(2025, 9, 30), 6),
    )
    assert target.result is None


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("due_on = 2025-09-30", "due_on = 2026-09-30", "milestone-day"),
        ("due_on = 2025-06-30", "due_on = 2025-01-01", "milestone-day"),
        ("count = 6", "count = 3", "milestone-rise"),
        ("count = 6", "count = 2", "milestone-rise"),
        ("count = 6", "count = 10", "milestone-more"),
        ("count = 3", "count = 0", "milestone-count"),
        ("due_on = 2025-06-30", "due_on = 2025-09-30", "milestone-order"),
        ("due_on = 2025-09-30", "due_on = 2025-12-31", "milestone-last"),
        ("cohort_size = 12", "cohort_size = 0", "cohort"),
        ("required = 9", "required = 0", "required"),
        ("required = 9", "required = 13", "more"),
        ("deadline = 2025-12-31", "deadline = 2025-01-01", "deadline"),
        ('target_id = "bac-ha-2025"', 'target_id = " "', "id"),
        ('source = "a decision"', 'source = "x"\nresult = -1', "result"),
    ],
)
def test_nonsense_is_refused_with_a_sentence_that_names_the_target(
    tmp_path: Path, was: str, becomes: str, fault: str
) -> None:
    with pytest.raises(DataError) as refused:
        read(tmp_path, WHOLE.replace(was, becomes, 1))
    assert refused.value.key == "error-targets"
    assert f"fault-target-{fault}" in [one.key for one in refused.value.faults]
    for language in LANGUAGES:
        words = translator(language)
        assert "targets.toml" in say_refusal(refused.value, words)
        said = " ".join(say_faults(refused.value, words))
        assert fault == "id" or "bac-ha-2025" in said
        assert "{" not in said


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = WHOLE.replace("cohort_size = 12", "cohort_size = 5").replace("count = 6", "count = 20")
    with pytest.raises(DataError) as refused:
        read(tmp_path, text + WHOLE)
    keys = [one.key.removeprefix("fault-target-") for one in refused.value.faults]
    assert keys == ["more", "milestone-more", "twice"]


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("required = 9", "required = true"),
        WHOLE.replace("required = 9", 'required = "9"'),
        WHOLE.replace("deadline = 2025-12-31", "deadline = 2025-12-31T10:00:00"),
        WHOLE.replace("deadline = 2025-12-31", ""),
        WHOLE.replace('gap = "fibre"', 'gap = "satellite"'),
        WHOLE.replace('kind = "district"', 'kind = "continent"'),
        WHOLE.replace("count = 3", ""),
        "target = 3",
        "target = [3]",
        WHOLE.replace("[target.area]", "[target.other]") + "area = 3",
    ],
)
def test_what_is_missing_or_of_the_wrong_kind_is_refused(tmp_path: Path, text: str) -> None:
    if "target.other" in text:
        text = text.replace("area = 3", "").replace("[target.other]", "area = 3\n[target.other]")
    with pytest.raises(DataError, match="error-target-invalid"):
        read(tmp_path, text)


def test_what_is_not_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="error-file-unreadable"):
        read(tmp_path, "[[target")
    with pytest.raises(DataError, match="error-file-unreadable"):
        read_targets(tmp_path / "none.toml")


def test_what_could_not_be_read_back_is_not_written(tmp_path: Path) -> None:
    (target,) = read(tmp_path, WHOLE)
    file = tmp_path / "out.toml"
    with pytest.raises(DataError, match="error-targets"):
        write_targets(file, [target, target])
    assert not file.exists()


def test_the_file_written_is_plain_toml(tmp_path: Path) -> None:
    text = targets_toml(read(tmp_path, WHOLE)).decode()
    assert re.search(r"^\[\[target\]\]$", text, re.MULTILINE)
    assert "deadline = 2025-12-31" in text
