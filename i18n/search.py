"""Search that ignores accents, case and punctuation: ``y ty`` finds ``Y Tý``."""

from __future__ import annotations

import unicodedata

import pandas as pd

_D_WITH_STROKE = str.maketrans("đĐ", "dD")


def fold(text: str) -> str:
    """Return the words of a text without accents, in lower case, one space apart.

    >>> fold("Đồng  Tuyển – tổ 4")
    'dong tuyen to 4'
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_D_WITH_STROKE))
    letters = (c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).lower().split())


def fold_columns(columns: list[pd.Series]) -> pd.Series:
    """Return one searchable text a row from several text columns; missing values are blank."""
    whole = columns[0].fillna("").astype(str)
    for column in columns[1:]:
        whole = whole + " " + column.fillna("").astype(str)
    return " " + whole.map(fold)


def matches(searchable: pd.Series, query: str) -> pd.Series:
    """Tell which rows hold every word of the query as the beginning of a word, in any order."""
    found = pd.Series(data=True, index=searchable.index)
    for word in fold(query).split():
        found &= searchable.str.contains(" " + word, regex=False)
    return found
