"""The shipped cost book, and files that are not sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.cost_book import read_cost_book
from i18n import LANGUAGES, translator
from i18n.refusals import say_faults, say_refusal
from planning.costs import UNITS, Cost, Currency, Mark
from planning.errors import DataError
from planning.optimise.technology_question import Counting, Technology
from planning.technology_costs import Power

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = ROOT / "data" / "costs.toml"


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_book_is_sound() -> None:
    book = read_cost_book(SHIPPED)
    assert book.value(Cost.LEO_TERMINAL) == 800
    assert book.vnd(Cost.FIBRE_NEW_POLES) == 4345 * 25_400
    assert book[Cost.FIBRE_NEW_POLES].source


def test_no_estimate_claims_a_source() -> None:
    for parameter in read_cost_book(SHIPPED):
        if parameter.mark is Mark.ESTIMATE:
            assert not parameter.source, parameter.key
            assert not parameter.url, parameter.key
            assert parameter.range_mark is Mark.ESTIMATE, parameter.key


def test_the_reference_says_what_the_book_says() -> None:
    page = (ROOT / "docs" / "reference" / "costs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|([^|]*)\|([^|]*)\|", page, re.MULTILINE)
    words = translator("en")
    expected = [
        (
            str(p.key),
            words(f"cost-unit-{p.unit}", currency=str(p.currency)),
            f"{p.low:,g} / {p.base:,g} / {p.high:,g}"
            if p.high < 1e6
            else " / ".join(f"{value / 1e6:,g} m" for value in (p.low, p.base, p.high)),
            str(p.mark) if p.mark is p.range_mark else f"{p.mark}; range {p.range_mark}",
        )
        for p in read_cost_book(SHIPPED)
    ]
    assert [(k, *(cell.strip() for cell in cells)) for k, *cells in rows] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_unit_and_mark_can_be_said(language: str) -> None:
    words = translator(language)
    for parameter in read_cost_book(SHIPPED):
        assert words(parameter.message)
    for unit in UNITS.values():
        assert words(f"cost-unit-{unit}", currency="VND")
    for mark in Mark:
        assert words(f"cost-mark-{mark}")
    for said in (*Technology, *Counting, *Power):
        assert words(said.message)


def test_all_faults_are_told_at_once_in_both_languages(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        gold = 3
        horizon = 5
        [fibre_buried]
        low = "many"
        base = 2
        high = 1e400
        unit = "money_per_km"
        currency = "EUR"
        mark = "sure"
        range_mark = "sourced"
        colour = "red"
        [fibre_opex]
        low = 0.1
        base = 0.2
        high = 5
        unit = "share_per_year"
        currency = "VND"
        mark = "sourced"
        range_mark = "sourced"
        """,
    )
    with pytest.raises(DataError) as refused:
        read_cost_book(file)
    found = {(f.key, f.column, f.values.get("field")) for f in refused.value.faults}
    assert {
        ("cost-fault-unknown", "gold", None),
        ("cost-fault-table", "horizon", None),
        ("cost-fault-value", "fibre_buried", "low"),
        ("cost-fault-value", "fibre_buried", "currency"),
        ("cost-fault-value", "fibre_buried", "mark"),
        ("cost-fault-field", "fibre_buried", None),
        ("cost-fault-share", "fibre_opex", None),
        ("cost-fault-value", "fibre_opex", "currency"),
        ("cost-fault-value", "fibre_opex", "source"),
        ("cost-fault-missing", "usd_rate", None),
    } <= found
    assert len(refused.value.faults) == 9 + len(Cost) - 3
    for language in LANGUAGES:
        words = translator(language)
        assert "mine.toml" in say_refusal(refused.value, words)
        assert all(say_faults(refused.value, words))


@pytest.mark.parametrize("text", ["[a", "a = " + "[" * 5000, "\ufeff[[[", "x = 'Ω\udcff'"])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DataError):
        read_cost_book(file)
    with pytest.raises(DataError):
        read_cost_book(tmp_path / "absent.toml")


def test_a_users_file_names_only_what_differs(tmp_path: Path) -> None:
    shipped = read_cost_book(SHIPPED)
    file = written(
        tmp_path,
        "[fibre_new_poles]\nbase = 95e6\ncurrency = 'VND'\nsource = 'Báo giá 2026'\n"
        "[leo_service]\nlow = 20\nbase = 30\nhigh = 40\n",
    )
    book = read_cost_book(file, over=shipped)
    quote = book[Cost.FIBRE_NEW_POLES]
    assert (quote.low, quote.base, quote.high) == (95e6, 95e6, 95e6)
    assert (quote.currency, quote.mark, quote.source) == (
        Currency.VND,
        Mark.GIVEN,
        "Báo giá 2026",
    )
    assert book.vnd(Cost.FIBRE_NEW_POLES) == 95e6
    assert book.vnd(Cost.LEO_SERVICE) == 30 * 25_400
    assert book[Cost.MOBILE_SITE] == shipped[Cost.MOBILE_SITE]


def test_values_of_any_kind_are_faults_and_never_a_crash(tmp_path: Path) -> None:
    kinds = ("[1]", "{ a = 1 }", "true", "2024-01-01", "'text'", f"1{'0' * 400}", "nan", "-0.5")
    fields = ("low", "base", "unit", "currency", "mark", "range_mark", "source", "url")
    for kind in kinds:
        for field in fields:
            file = written(tmp_path, f"[horizon]\n{field} = {kind}\n")
            if (field, kind) in {("source", "'text'"), ("url", "'text'")}:
                continue
            with pytest.raises(DataError):
                read_cost_book(file, over=read_cost_book(SHIPPED))
