"""One column that holds both coordinates: ``22.335, 103.84``, ``22,335; 103,84``, two angles."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from geo.register.angles import LETTERS, tidy_angles
from planning.columns import BoolArray

LONGEST: Final = 160

_PLAIN: Final = r"[+-]?\d+(?:\.\d+)?"
_WITH_COMMA: Final = r"[+-]?\d+,\d+"
_SIDE: Final = f"[{LETTERS}]"
_SEPARATED: Final = (
    r"^([^;|/]+)[;|/]([^;|/]+)$",
    rf"^([^{LETTERS}]+{_SIDE})[\s,-]*([^{LETTERS}]+{_SIDE})$",
    rf"^({_SIDE}[^{LETTERS}]+?)[\s,-]*({_SIDE}[^{LETTERS}]+)$",
    rf"^({_PLAIN}) ?, ?({_PLAIN})$",
    rf"^({_WITH_COMMA}) ?,? ?({_WITH_COMMA})$",
    r"^([+-]?[\d.,]+) ([+-]?[\d.,]+)$",
    r"^([+-]?\d+ \d+ [\d.,]*\d),? ([+-]?\d+ \d+ [\d.,]*\d)$",
    r"^([+-]?\d+ ?°[^°]*?)[\s,]+([+-]?\d+ ?°[^°]*)$",
)
"""Ways two coordinates stand beside each other, the surest first."""


def split_pairs(texts: pd.Series) -> tuple[pd.Series, pd.Series, BoolArray]:
    """Take the texts of one column apart into the first and the second coordinate.

    Parameters
    ----------
    texts : Series of str, length n

    Returns
    -------
    first, second : Series of str, length n
        Missing where the text is missing or cannot be taken apart.
    unreadable : ndarray of bool, shape (n,)
    """
    bare = texts.str.slice(0, LONGEST + 1).str.replace(r"(?i)^\s*point\s*\(", "(", regex=True)
    bare = bare.str.replace(r"^[\s(\[{]+|[\s)\]}]+$", "", regex=True)
    marked = bare.str.contains(r"[^\d\s.,;+-]", regex=True).fillna(value=False)
    tidy = bare.str.replace(r"\s+", " ", regex=True)
    if marked.any():
        tidy = tidy.where(~marked, tidy_angles(bare.where(marked), LONGEST))
    halves = np.full((len(texts), 2), None, dtype=object)
    left = tidy.str.len().le(LONGEST).fillna(value=False).to_numpy(dtype=np.bool_, copy=True)
    for pattern in _SEPARATED:
        if not left.any():
            break
        at = np.flatnonzero(left)
        parts = tidy.iloc[at].str.extract(pattern)
        found = parts[0].notna().to_numpy()
        for half in (0, 1):
            halves[at[found], half] = parts[half][found].str.strip(" ,").to_numpy(dtype=object)
        left[at[found]] = False
    first, second = (pd.Series(halves[:, half], dtype="str") for half in (0, 1))
    return first, second, texts.notna().to_numpy() & first.isna().to_numpy()
