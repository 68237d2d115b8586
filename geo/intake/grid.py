"""Cells as they lie on a sheet, before rows and headings are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.intake.table import RawColumn
from planning.columns import BoolArray, IntArray

_ROWS_AT_ONCE: Final = 4096
_EXACT: Final = 1e15
"""Below this a float holds every whole number."""
_WORDS: Final = {True: "TRUE", False: "FALSE"}


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range: first and last row and column, all counted from 0 and included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds an error of the spreadsheet, such as ``#N/A``; counted from 0."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """All cells of a sheet or delimited file.

    Attributes
    ----------
    columns : tuple of RawColumn
        Without names, all of length n; the first is column A.
    rows : ndarray of int, shape (n,)
        Row of each in the file, counted from 1.
    merges : tuple of Merge
    errors : tuple of CellError
    """

    columns: tuple[RawColumn, ...]
    rows: IntArray
    merges: tuple[Merge, ...] = ()
    errors: tuple[CellError, ...] = ()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def filled(self) -> BoolArray:
        """Return which cells hold something, shape (n rows, m columns)."""
        if not self.columns:
            return np.zeros((len(self), 0), dtype=bool)
        return np.column_stack([_filled(column) for column in self.columns])

    def take(self, positions: IntArray) -> Grid:
        """Return the rows at these positions, in this order."""
        return Grid(
            tuple(take_rows(column, positions) for column in self.columns),
            self.rows[positions],
            self.merges,
            self.errors,
        )

    def shown(self, position: int) -> list[str]:
        """Return the cells of one row as texts, empty ones as ``""``."""
        return self.shown_rows(np.array([position]))[0]

    def shown_rows(self, positions: IntArray) -> list[list[str]]:
        """Return the cells of several rows as texts: whole numbers without decimals."""
        columns = [_shown(take_rows(column, positions)) for column in self.columns]
        return [list(cells) for cells in zip(*columns, strict=True)]


def take_rows(column: RawColumn, positions: IntArray) -> RawColumn:
    """Return the cells of a column at these positions; an unbroken run is not copied."""
    rest: slice | IntArray = positions
    texts = column.texts
    if len(positions) and (np.diff(positions) == 1).all():
        rest = slice(int(positions[0]), int(positions[-1]) + 1)
        texts = texts.iloc[rest]
    else:
        texts = texts.take(positions)
    return RawColumn(
        column.name,
        texts.reset_index(drop=True),
        None if column.numbers is None else column.numbers[rest],
        None if column.days is None else column.days[rest],
    )


def tidy(texts: pa.Array, *, composed: bool = False) -> pa.Array:
    """Return texts in NFC without white space around them; what is empty then is missing.

    Parameters
    ----------
    texts : pyarrow Array of large_string
    composed : bool
        Whether they are known to be NFC already.
    """
    if composed:
        return _trimmed(texts)
    coded = texts.dictionary_encode()
    return _trimmed(pc.utf8_normalize(coded.dictionary, form="NFC")).take(coded.indices)


def text_series(texts: pa.Array) -> pd.Series:
    """Return Arrow texts as a pandas column without copying."""
    return pd.Series(pd.array(texts, dtype="str"))


def _trimmed(texts: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.large_string()), trimmed)


def _shown(column: RawColumn) -> list[str]:
    shown: list[str] = column.texts.fillna("").to_list()
    if column.numbers is not None:
        for at in np.flatnonzero(~np.isnan(column.numbers)):
            number = float(column.numbers[at])
            whole = number.is_integer() and abs(number) < _EXACT
            shown[at] = str(int(number)) if whole else repr(number)
    if column.days is not None:
        for at in np.flatnonzero(~np.isnat(column.days)):
            shown[at] = str(column.days[at])[:10]
    return shown


def _filled(column: RawColumn) -> BoolArray:
    filled: BoolArray = column.texts.notna().to_numpy()
    if column.numbers is not None:
        filled = filled | ~np.isnan(column.numbers)
    if column.days is not None:
        filled = filled | ~np.isnat(column.days)
    return filled
