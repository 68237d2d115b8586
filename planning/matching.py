"""Which village of a new list is which village of the register.

A village keeps its key through a new spelling, a new name and a new commune. So keys are compared
first, then names within an area, then former names, then places. Every step takes only pairs that
are one to one among what is left; a merely similar name is proposed and never taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

from planning.columns import IntArray, map_distinct
from planning.folding import compose, fold

SAME_PLACE_M: Final = 100.0
"""Two surveyed points of one village seldom differ by more; two villages are rarely nearer."""

ALIAS_SEPARATOR: Final = ";"
"""Between the other names of a village."""

SIMILAR: Final = 75.0
"""Least similarity (Levenshtein, 0 to 100) of two names for the pair to be proposed."""

MOST_COMPARED: Final = 4_000_000
"""Pairs of names left in one area beyond which none is proposed: it is no area of neighbours."""

_BETWEEN: Final = "\x1f"
_KIND: Final = re.compile(
    r"^(?:thon ban|thon|ban|to dan pho|tdp|to|lang|xom|ap|khu pho|khu|khoi|buon)"
    r"(?: so)? (?=\S)"
)

Pairs = Sequence[tuple[int, int]]
"""Rows of the new list with rows of the register."""


class MatchBasis(StrEnum):
    """Why two entries are one village."""

    CONFIRMED = "confirmed"
    KEY = "key"
    NAME = "name"
    ALIAS = "alias"
    PLACE = "place"


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Pairs of a new list and the register.

    Attributes
    ----------
    old_row : ndarray of int, shape (n,)
        Row of the register for each row of the new list, -1 for none.
    basis : ndarray of str, shape (n,)
        Values of :class:`MatchBasis`, empty for none.
    similar : DataFrame
        Proposals for a person to confirm, best first: ``new_row``, ``old_row``, ``similarity``.
        Neither row is matched, and each occurs once; none from an area with more than
        :data:`MOST_COMPARED` pairs.
    """

    old_row: IntArray
    basis: npt.NDArray[np.object_]
    similar: pd.DataFrame


def name_key(name: str) -> str:
    """Return a name without its kind, case and accents.

    Examples
    --------
    >>> name_key("Thôn Phìn Hồ"), name_key("PHÌN HỒ"), name_key("Thôn 3")
    ('phin ho', 'phin ho', '3')
    """
    return _KIND.sub("", fold(name))


def match_villages(
    new: pd.DataFrame, old: pd.DataFrame, *, near: Pairs = (), confirmed: Pairs = ()
) -> Matches:
    """Match the villages of a new list with those of the register.

    Parameters
    ----------
    new, old : DataFrame
        Columns ``village_id`` and ``name``; any of ``commune_code``, ``unit_code``, ``commune``
        (names are compared within these areas only) and ``aliases``, the other names of a
        village with :data:`ALIAS_SEPARATOR` between them.
    near : sequence of (int, int)
        Pairs of rows within :data:`SAME_PLACE_M` of each other, each the other's nearest.
    confirmed : sequence of (int, int)
        Pairs of rows a person said are one village.

    Returns
    -------
    Matches
    """
    old_row = np.full(len(new), -1, dtype=np.int64)
    basis = np.full(len(new), "", dtype=object)

    def take(pairs: pd.DataFrame, why: MatchBasis) -> None:
        free = (old_row[pairs["new"]] < 0) & ~np.isin(pairs["old"], old_row)
        kept = pairs[free].drop_duplicates("new").drop_duplicates("old")
        old_row[kept["new"]] = kept["old"]
        basis[kept["new"]] = str(why)

    def match(left: pd.Series, right: pd.Series, why: MatchBasis) -> None:
        mine = left[old_row[left.index] < 0]
        take(_one_to_one(mine, right[~np.isin(right.index, old_row)]), why)

    take(_frame(confirmed), MatchBasis.CONFIRMED)
    match(_keys(new, "village_id"), _keys(old, "village_id"), MatchBasis.KEY)
    areas = _areas(new, old)
    for area in areas:
        for key in (compose, name_key):
            match(_named(new, area, key), _named(old, area, key), MatchBasis.NAME)
    for area in areas:
        match(_named(new, area), _other_names(old, area), MatchBasis.ALIAS)
        match(_other_names(new, area), _named(old, area), MatchBasis.ALIAS)
    take(_frame(near), MatchBasis.PLACE)
    return Matches(old_row, basis, _similar(new, old, old_row, areas[-1]))


def _frame(pairs: Pairs) -> pd.DataFrame:
    rows = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    return pd.DataFrame({"new": rows[:, 0], "old": rows[:, 1]})


def _one_to_one(left: pd.Series, right: pd.Series) -> pd.DataFrame:
    """Pair the keys that belong to a single row on either side."""
    single = [_of_single_rows(keys) for keys in (left, right)]
    joined = single[0].merge(single[1], on="key", suffixes=("_new", "_old"))
    return joined.rename(columns={"row_new": "new", "row_old": "old"})[["new", "old"]]


def _of_single_rows(keys: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame({"key": keys.to_numpy(), "row": keys.index.to_numpy(dtype=np.int64)})
    table = table.drop_duplicates()
    return table[~table["key"].duplicated(keep=False)]


def _areas(new: pd.DataFrame, old: pd.DataFrame) -> list[str]:
    """Return the area columns both sides know, the finest first; an empty name if none."""
    known = [c for c in ("commune_code", "unit_code", "commune") if _has(new, c) and _has(old, c)]
    return known or [""]


def _has(frame: pd.DataFrame, column: str) -> bool:
    return column in frame and bool(frame[column].notna().any())


def _keys(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].reset_index(drop=True).astype("str").dropna()


def _area_of(frame: pd.DataFrame, area: str) -> pd.Series:
    if not area:
        return pd.Series("", index=range(len(frame)), dtype="str")
    values = _keys(frame, area)
    return map_distinct(values, fold, "str") if area == "commune" else values


def _named(frame: pd.DataFrame, area: str, key: Callable[[str], str] = name_key) -> pd.Series:
    return _joined(_area_of(frame, area), map_distinct(_keys(frame, "name"), key, "str"))


def _other_names(frame: pd.DataFrame, area: str) -> pd.Series:
    if not _has(frame, "aliases"):
        return pd.Series(dtype=object)
    names = _keys(frame, "aliases").str.split(ALIAS_SEPARATOR).explode().map(name_key)
    return _joined(_area_of(frame, area), names[names != ""])


def _joined(area: pd.Series, names: pd.Series) -> pd.Series:
    there = names[names.index.isin(area.index)]
    where: pd.Series = area.loc[there.index] + _BETWEEN
    return where + there.astype("str")


def _similar(new: pd.DataFrame, old: pd.DataFrame, old_row: IntArray, area: str) -> pd.DataFrame:
    """Propose the most similar names among what is left of each area, each row once."""
    left, right = _named(new, area), _named(old, area)
    left, right = left[old_row[left.index] < 0], right[~np.isin(right.index, old_row)]
    if left.empty or right.empty:
        return pd.DataFrame(columns=["new_row", "old_row", "similarity"])
    mine, theirs = (keys.str.split(_BETWEEN, expand=True) for keys in (left, right))
    found: list[tuple[int, int, float]] = []
    there = dict(iter(theirs.groupby(0)[1]))
    for place, names in mine.groupby(0)[1]:
        others = there.get(place, names.iloc[:0])
        if len(names) * len(others) > MOST_COMPARED:
            continue
        scores = process.cdist(
            names.tolist(), others.tolist(), scorer=fuzz.ratio, score_cutoff=SIMILAR
        )
        found += [
            (int(names.index[i]), int(others.index[j]), float(scores[i, j]))
            for i, j in zip(*np.nonzero(scores >= SIMILAR), strict=True)
        ]
    table = pd.DataFrame(found, columns=["new_row", "old_row", "similarity"])
    table = table.sort_values("similarity", ascending=False, kind="stable")
    return table.drop_duplicates("new_row").drop_duplicates("old_row").reset_index(drop=True)
