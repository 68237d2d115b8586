"""Search that ignores accents, case and punctuation: ``y ty`` finds ``Y Tý``."""

from __future__ import annotations

import pandas as pd

from planning.folding import fold

__all__ = ["fold", "fold_columns", "matches"]


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
