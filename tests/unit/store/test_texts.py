"""Text as it is recorded."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import StoreError
from store.texts import MOST_LINE, MOST_NOTE, is_name, many_lines, one_line, sound


def test_a_line_is_one_line_and_nothing_is_none() -> None:
    assert one_line("  Nậm \n Pung\t2 ", "name") == "Nậm Pung 2"
    assert one_line("a\u2028b\u00a0c", "name") == "a b c"
    for nothing in (None, "", " \n\t "):
        assert one_line(nothing, "name") is None
        assert many_lines(nothing, "note") is None


def test_a_note_keeps_its_lines() -> None:
    assert many_lines(" một  hai \r\n\n ba\x0b ", "note") == "một hai\n\nba"


def test_text_too_long_says_by_how_much() -> None:
    assert one_line("x" * MOST_LINE, "source") == "x" * MOST_LINE
    assert many_lines("x" * MOST_NOTE, "note") == "x" * MOST_NOTE
    with pytest.raises(StoreError) as told:
        one_line("x" * (MOST_LINE + 1), "source")
    assert (told.value.key, told.value.values) == (
        "error-store-long",
        {"field": "source", "got": 501, "most": 500},
    )


def test_a_name_is_short_and_has_letters_only() -> None:
    assert is_name("hùng@lao-cai.example", 200)
    assert is_name("x" * 200, 200)
    for wrong in ("", "x" * 201, "a\nb", "a\tb", "a\x00b", "a\ud800", "\ue000"):
        assert not is_name(wrong, 200), repr(wrong)


@given(st.text(st.characters()))
def test_any_text_can_be_kept_by_every_database(text: str) -> None:
    kept = sound(text)
    assert sound(kept) == kept
    assert "\x00" not in kept
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode()
