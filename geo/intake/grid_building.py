"""From rows of Python values, as readers of spreadsheets give them, to a grid of columns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.intake.columns import join_columns, missing_texts, text_series, tidy
from geo.intake.grid import CellError, Grid, Merge
from geo.intake.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, fits
from geo.intake.table import RawColumn
from planning.columns import FloatArray
from planning.errors import DataError

_ROWS_AT_ONCE: Final = 4096
_WORDS: Final = {True: "TRUE", False: "FALSE"}


class GridBuilder:
    """Builds a grid from rows of Python values, a few thousand at a time.

    Parameters
    ----------
    file, sheet : str
        For the sentence of a refusal.
    first_column : int
        Column, counted from 0, of the first value of each row.
    """

    def __init__(self, file: str, sheet: str, first_column: int = 0) -> None:
        self._file = file
        self._sheet = sheet
        self._first_column = first_column
        self._waiting: list[Sequence[Any]] = []
        self._blocks: list[list[RawColumn]] = []
        self._lengths: list[int] = []
        self._width = 0

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows, each following the last; ``None`` and ``""`` are empty cells.

        Raises
        ------
        DataError
            If there are more rows or cells than :mod:`geo.intake.limits` allows.
        """
        iterator = iter(rows)
        while block := list(islice(iterator, _ROWS_AT_ONCE - len(self._waiting))):
            self._waiting += block
            if len(self._waiting) >= _ROWS_AT_ONCE:
                self._settle()

    def grid(self, merges: Iterable[Merge] = (), errors: Iterable[CellError] = ()) -> Grid:
        """Return what was added, with merged ranges and error cells found beside it."""
        if self._waiting:
            self._settle()
        count = sum(self._lengths)
        empty = [RawColumn("", missing_texts(count))] * self._first_column if self._width else []
        columns = [
            join_columns(
                [block[at] if at < len(block) else None for block in self._blocks], self._lengths
            )
            for at in range(self._width)
        ]
        rows = np.arange(1, count + 1, dtype=np.int64)
        return Grid((*empty, *columns), rows, tuple(merges), tuple(errors))

    def _settle(self) -> None:
        block, self._waiting = self._waiting, []
        width = max(map(len, block))
        self._lengths.append(len(block))
        self._width = max(self._width, width)
        check_extent(sum(self._lengths), self._first_column + self._width, self._file, self._sheet)
        cells = zip(*_even(block, width), strict=True)
        self._blocks.append([_column_of(column) for column in cells])


def check_extent(rows: int, columns: int, file: str, sheet: str) -> None:
    """Refuse a used range that is too large.

    Raises
    ------
    DataError
        If it has more rows, columns or cells than :mod:`geo.intake.limits` allows.
    """
    if not fits(rows, columns):
        raise DataError(
            "error-intake-far-cell-sheet" if sheet else "error-intake-far-cell",
            file=file,
            sheet=sheet,
            rows=rows,
            columns=columns,
            most_rows=MAX_ROWS,
            most_columns=MAX_COLUMNS,
            most_cells=MAX_CELLS,
        )


def _even(block: list[Sequence[Any]], width: int) -> list[Sequence[Any]]:
    if all(len(row) == width for row in block):
        return block
    return [[*row, *[None] * (width - len(row))] for row in block]


def _column_of(cells: Sequence[Any]) -> RawColumn:
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return RawColumn("", text_series(tidy(pa.array(cells, pa.large_string()))))
    if kinds <= {float} and np.isfinite(numbers := np.array(cells, dtype=np.float64)).all():
        return RawColumn("", missing_texts(len(cells)), numbers)
    return _mixed_column(cells)


def _mixed_column(cells: Sequence[Any]) -> RawColumn:
    texts: list[str | None] = [None] * len(cells)
    numbers: FloatArray = np.full(len(cells), np.nan)
    days: NDArray[np.datetime64] = np.full(len(cells), "NaT", dtype="datetime64[s]")
    for at, cell in enumerate(cells):
        kind = type(cell)
        if kind is str:
            texts[at] = cell
        elif kind is float or kind is int:
            # An infinite cell is no number, yet must not look like an empty one.
            if math.isfinite(cell):
                numbers[at] = cell
            else:
                texts[at] = str(cell)
        elif kind is bool:
            texts[at] = _WORDS[cell]
        elif isinstance(cell, date):
            days[at] = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
        elif cell is not None:
            texts[at] = str(cell)
    return RawColumn(
        "",
        text_series(tidy(pa.array(texts, pa.large_string()))),
        None if np.isnan(numbers).all() else numbers,
        None if np.isnat(days).all() else days,
    )
