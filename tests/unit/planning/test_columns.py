"""Each different text of a column is asked once; letters folded one by one make the whole."""

import unicodedata

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from planning.columns import map_distinct
from planning.folding import fold


def test_each_different_text_is_asked_once_and_missing_ones_are_not() -> None:
    asked: list[str] = []

    def meaning(text: str) -> bool | None:
        asked.append(text)
        return {"có": True, "không": False}.get(text)

    texts = pd.Series(["có", None, "không", "có", "?"], index=[7, 8, 9, 10, 11], dtype="str")
    meant = map_distinct(texts, meaning, "boolean")
    assert asked == ["có", "không", "?"]
    assert meant.index.tolist() == [7, 8, 9, 10, 11]
    assert meant.dropna().tolist() == [True, False, True]
    assert meant.isna().tolist() == [False, True, False, False, True]


def test_a_column_without_any_text_means_nothing() -> None:
    nothing = pd.Series([None, None], dtype="str")
    assert map_distinct(nothing, str.upper, "str").isna().all()
    assert map_distinct(nothing.iloc[:0], str.upper, "str").empty


@given(st.text())
def test_folding_letter_by_letter_is_folding_the_whole(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text.translate(str.maketrans("đĐ", "dD")))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = "".join(letter if letter.isalnum() else " " for letter in plain).lower().split()
    assert fold(text) == " ".join(words)
