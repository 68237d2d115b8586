"""Words of a closed vocabulary, yes and no, as lists write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from geo.intake.table import RawColumn
from geo.register.dictionary import Field
from geo.register.numbers import NOT_KNOWN
from planning.columns import IntArray, map_distinct
from planning.errors import Fault, Severity
from planning.folding import fold

YES: Final = frozenset({
    "x", "co", "da co", "dung", "true", "yes", "y", "1", "v", "thuoc dien", "co song", "✓",
})  # fmt: skip
"""Folded words for yes; a check mark folds to nothing and is kept as it is."""

NO: Final = frozenset({
    "khong", "khong co", "chua", "chua co", "sai", "false", "no", "n", "0", "o", "khong thuoc dien",
    "khong co song", "chua co song", "none",
})  # fmt: skip
"""Folded words for no."""

_MARKS: Final = frozenset({"✓", "✔", "☑", "√"})
_CLOSE: Final = 80.0
"""Similarity from which a word of the vocabulary is proposed for a strange one."""
MOST_SUGGESTIONS: Final = 1000
"""Different strange words of a column for which a similar one is looked up."""


@dataclass(frozen=True, slots=True, eq=False)
class WordReading:
    """A column read as words.

    Attributes
    ----------
    words : Series, length n
        ``str`` for a choice, nullable ``boolean`` for yes and no; missing where the cell is
        empty, says that nothing is known, or is at fault.
    faults : tuple of Fault
    blank_undecided : bool
        Whether a yes/no column knows only yes: then empty cells may mean no, which only the
        people who filled it in can say.
    """

    words: pd.Series
    faults: tuple[Fault, ...]
    blank_undecided: bool = False


def read_choice(column: RawColumn, rows: IntArray, field: Field) -> WordReading:
    """Read a column of words of a field's vocabulary.

    Parameters
    ----------
    column : RawColumn
    rows : ndarray of int, shape (n,)
        Row numbers for the faults.
    field : Field
        Of kind ``choice``.
    """
    cells = cell_texts(column)
    values = map_distinct(cells, lambda text: field.words.get(fold(text)), "str")
    faults = _strange(column, rows, cells, values.isna(), field)
    return WordReading(values, tuple(faults))


def read_flag(
    column: RawColumn, rows: IntArray, field: Field, *, blank_means_no: bool = False
) -> WordReading:
    """Read a column of yes and no, or of marks such as ``x``.

    Parameters
    ----------
    column, rows, field
        As in :func:`read_choice`.
    blank_means_no : bool
        Decided by a person: an empty cell says no.
    """
    cells = cell_texts(column)
    values = map_distinct(cells, _yes_or_no, "boolean")
    faults = _strange(column, rows, cells, values.isna(), field)
    only_yes = bool(cells.isna().any()) and bool(values.any()) and not bool((~values).any())
    if blank_means_no:
        values = values.mask(cells.isna(), other=False)
    elif only_yes:
        faults.append(
            Fault(
                "fault-blank-undecided",
                column=column.name,
                got=str(cells.dropna().iloc[0]),
                expected="expected-yes-no",
                values={"count": int(cells.isna().sum())},
                severity=Severity.WARNING,
                remedy="remedy-blank",
            )
        )
    return WordReading(values, tuple(faults), only_yes)


def read_presence(column: RawColumn, *, blank_means_no: bool = False) -> WordReading:
    """Read a column that says whether something is there, often by naming who provides it.

    Every word but those for no and "not known" is a yes: ``x``, ``có``, ``Viettel, VNPT``.
    """
    cells = cell_texts(column)
    values = map_distinct(cells, _is_there, "boolean")
    only_yes = bool(cells.isna().any()) and bool(values.any()) and not bool((~values).any())
    if blank_means_no:
        values = values.mask(cells.isna(), other=False)
    return WordReading(values, (), only_yes)


def cell_texts(column: RawColumn) -> pd.Series:
    """Return every cell as text: ``1`` for the number 1, dates in ISO 8601."""
    cells = column.texts
    if column.numbers is not None:
        there = ~np.isnan(column.numbers)
        written = pd.Series([f"{n:.15g}" for n in column.numbers[there]], dtype="str")
        cells = cells.copy()
        cells.iloc[np.flatnonzero(there)] = written.to_numpy()
    if column.days is not None:
        there = ~np.isnat(column.days)
        cells = cells.copy()
        cells.iloc[np.flatnonzero(there)] = column.days[there].astype("datetime64[D]").astype(str)
    return cells


def _yes_or_no(text: str) -> bool | None:
    folded = fold(text)
    if text in _MARKS or folded in YES:
        return True
    return False if folded in NO else None


def _is_there(text: str) -> bool | None:
    return None if _says_unknown(text) else fold(text) not in NO or text in _MARKS


def _says_unknown(text: str) -> bool:
    folded = fold(text)
    # "Chưa có" is no news about a number, but a plain no about a service.
    return (not folded and text not in _MARKS) or folded in NOT_KNOWN - NO


def _strange(
    column: RawColumn, rows: IntArray, cells: pd.Series, unread: pd.Series, field: Field
) -> list[Fault]:
    at = np.flatnonzero((unread & cells.notna()).to_numpy())
    strange = cells.iloc[at].to_numpy(dtype=object)
    suggested = _suggestions(dict.fromkeys(strange), field)
    expected = _said(field)
    return [
        Fault(
            "fault-value",
            row=row,
            column=column.name,
            got=got,
            expected=expected,
            values={"suggestion": suggested[got] or "–"},
            remedy="remedy-word-similar" if suggested[got] else "remedy-word",
        )
        for row, got in zip(rows[at].tolist(), strange, strict=True)
        if got in suggested
    ]


def _said(field: Field) -> str:
    if not field.examples:
        return "expected-yes-no"
    return ", ".join(words[0] for words in field.examples.values() if words[0] != "unknown")


def _suggestions(strange: Iterable[str], field: Field) -> dict[str, str | None]:
    """Return the word proposed for each strange text, if any; without those that say unknown."""
    spoken = {fold(word): word for words in field.examples.values() for word in words}
    suggested: dict[str, str | None] = {}
    for got in strange:
        if _says_unknown(got):
            continue
        found = None
        if len(suggested) < MOST_SUGGESTIONS:
            found = process.extractOne(
                fold(got), spoken.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE
            )
        suggested[got] = spoken[found[0]] if found else None
    return suggested
