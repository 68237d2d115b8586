"""Every word in both languages, none missing, none idle."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from pathlib import Path

import fluent.syntax as fluent
import pytest
from fluent.syntax import ast

from geo.symbology import MapClass
from i18n import LANGUAGES, translator
from planning import vocabulary
from planning.targets import Band
from planning.vocabulary import Criterion, Gap, GapStatus, Lane

ROOT = Path(__file__).resolve().parents[3]


def messages(language: str) -> dict[str, ast.Message]:
    found: dict[str, ast.Message] = {}
    for file in sorted((ROOT / "i18n" / language).glob("*.ftl")):
        for entry in fluent.parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


def variables(message: ast.Message) -> set[str]:
    return set(re.findall(r"\$(\w+)", fluent.serialize(fluent.ast.Resource([message]))))


def test_both_languages_say_the_same_things_with_the_same_values() -> None:
    vietnamese, english = messages("vi"), messages("en")
    assert set(vietnamese) == set(english)
    for key, message in vietnamese.items():
        assert variables(message) == variables(english[key]), key


def test_every_literal_key_in_the_code_has_a_message() -> None:
    known = set(messages("vi"))
    for package in ("ui", "cli", "services", "geo", "store"):
        for file in sorted((ROOT / package).rglob("*.py")):
            code = file.read_text(encoding="utf-8")
            said = re.findall(r"words\(\s*[\"']([\w-]+[\w])[\"']", code)
            raised = re.findall(
                r'\b(?:PlannerError|DataError|PlanningError|StoreError|Fault)\(\s*"([\w-]+)"', code
            )
            wanted = {*said, *raised}
            assert wanted <= known, f"{file.relative_to(ROOT)}: {sorted(wanted - known)}"


def test_no_message_is_idle() -> None:
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for package in ("ui", "cli", "services", "geo", "store", "planning", "i18n")
        for file in sorted((ROOT / package).rglob("*.py"))
    )
    literal = set(re.findall(r"[\"']([a-z][\w-]+)[\"']", code))
    stems = re.findall(r"f[\"']([a-z][\w-]*-)\{", code) + re.findall(r'"([a-z]+-)" \+', code)
    stems += ["work-", "evidence-"]  # services.record_words chooses between them
    stems += ["kind-", "grid_power-", "position_basis-", "state-mobile-", "state-fixed-"]
    idle = {
        key
        for key in messages("vi")
        if key not in literal and not any(key.startswith(stem) for stem in stems)
    }
    assert not idle


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_every_vocabulary_can_be_said(language: str) -> None:
    words = translator(language)
    families: dict[str, type[StrEnum]] = {
        "gap": Gap,
        "gap-short": Gap,
        "status": GapStatus,
        "lane": Lane,
        "band": Band,
        "criterion": Criterion,
        "state-mobile": vocabulary.MobileState,
        "state-fixed": vocabulary.FixedState,
        "kind": vocabulary.VillageKind,
        "grid_power": vocabulary.GridPower,
        "position_basis": vocabulary.PositionBasis,
        "evidence": vocabulary.Evidence,
        "direction": vocabulary.Direction,
        "site-kind": vocabulary.SiteKind,
        "class": MapClass,
        "work": vocabulary.WorkStatus,
        "role": vocabulary.Role,
    }
    for stem, values in families.items():
        for value in values:
            assert words.has(f"{stem}-{value}"), f"{stem}-{value}"


def test_vietnamese_is_the_default_and_writes_numbers_its_own_way() -> None:
    assert LANGUAGES[0] == "vi"
    words = translator("vi")
    assert words.number(1568) == "1.568"
    assert words.number(22.335, 3) == "22,335"
    assert words.number(-1234.5, 1) == "-1.234,5"
    assert words.percent(0.996) == "99,6\N{NO-BREAK SPACE}%"
    assert words.date(date(2024, 3, 14)) == "14/03/2024"


def test_english_writes_numbers_its_own_way() -> None:
    words = translator("en")
    assert words.number(1568) == "1,568"
    assert words.percent(0.996) == "99.6%"
    assert words.date(date(2024, 3, 14)) == "14 Mar 2024"


def test_an_unknown_key_and_a_missing_value_are_programming_errors() -> None:
    with pytest.raises((KeyError, LookupError)):
        translator("vi")("no-such-message")
    with pytest.raises(KeyError):
        translator("vi")("as-of")
    with pytest.raises(KeyError):
        translator("fr")


def test_all_text_is_nfc() -> None:
    for file in sorted((ROOT / "i18n").rglob("*.ftl")):
        content = file.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", content), file.name
