"""Cells as they lie on a sheet, before rows and headings are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.intake.columns import is_filled, take_rows
from geo.intake.table import RawColumn
from planning.columns import BoolArray, IntArray

_EXACT: Final = 1e15
"""Below this a float holds every whole number."""


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
        return np.column_stack([is_filled(column) for column in self.columns])

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
