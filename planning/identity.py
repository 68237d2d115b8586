"""Keys of villages: owned by the product, given once, never used again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pandas as pd

_NO_AREA: Final = "0"
_DIGITS: Final = 3


def new_ids(areas: pd.Series, taken: Iterable[str]) -> pd.Series:
    """Give every village a key that nobody has or had.

    Parameters
    ----------
    areas : Series of str, length n
        Code of the commune or unit of each village, missing if not known: it only makes the key
        readable, and a village keeps its key when the code changes.
    taken : iterable of str
        Keys that are or were in use.

    Returns
    -------
    Series of str, length n, with the index of ``areas``
        ``V-<area>-<number>``, numbered in the given order from the highest number taken on.

    Examples
    --------
    >>> new_ids(pd.Series(["02701", "02701", None]), ["V-02701-007"]).tolist()
    ['V-02701-008', 'V-02701-009', 'V-0-001']
    """
    highest: defaultdict[str, int] = defaultdict(int)
    for key in taken:
        prefix, _, last = key.rpartition("-")
        if last.isdecimal():
            highest[prefix] = max(highest[prefix], int(last))
    prefixes = pd.Series([f"V-{area}" for area in areas.fillna(_NO_AREA)], areas.index, dtype="str")
    before = prefixes.map(lambda prefix: highest[prefix]).astype(int)
    number = prefixes.groupby(prefixes).cumcount() + 1 + before
    keys: pd.Series = prefixes.str.cat(number.astype("str").str.zfill(_DIGITS), sep="-")
    return keys
