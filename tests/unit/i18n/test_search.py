"""Search without accents."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest

from i18n.search import fold, fold_columns, matches


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Y Tý", "y ty"),
        ("Đồng  Tuyển", "dong tuyen"),
        ("THẨM DƯƠNG", "tham duong"),
        (unicodedata.normalize("NFD", "Hoà Mạc"), "hoa mac"),
        ("Hòa Mạc", "hoa mac"),
        ("ơ ư ă â ê ô", "o u a a e o"),
        ("Y Tý – thôn 3", "y ty thon 3"),
    ],
)
def test_accents_case_and_spaces_do_not_matter(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_every_word_must_be_found_in_any_order() -> None:
    text = fold_columns(
        [pd.Series(["Y Tý – thôn 3", "A Lù – thôn 3", None]), pd.Series(["Bát Xát"] * 3)]
    )
    assert matches(text, "thon ty").tolist() == [True, False, False]
    assert matches(text, "bat xat").tolist() == [True, True, True]
    assert matches(text, "  ").tolist() == [True, True, True]


def test_words_match_from_their_beginning() -> None:
    text = fold_columns([pd.Series(["thôn 3", "thôn 13", "thôn 30", "LC-02701-003"])])
    assert matches(text, "thon 3").tolist() == [True, False, True, False]
    assert matches(text, "02701").tolist() == [False, False, False, True]


def test_the_query_is_literal_text_and_no_pattern() -> None:
    text = fold_columns([pd.Series(["thôn 3 (cũ)", "thôn 34"])])
    assert matches(text, "(cu)").tolist() == [True, False]
    assert matches(text, "t.on [34]").tolist() == [False, False]
