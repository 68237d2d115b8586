"""From a grid of cells to a table: heading, villages, and the rows set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.intake.columns import take_rows
from geo.intake.grid import Grid
from geo.intake.headings import Heading, find_heading, heading_share
from geo.intake.rows_apart import RowApart, find_numbering, find_rows_apart
from geo.intake.table import RawColumn
from planning.columns import BoolArray, IntArray
from planning.errors import DataError, Fault, Severity

_LONGEST_TEXT: Final = 200
_MOST_FAULTS: Final = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A table found in a grid.

    Attributes
    ----------
    columns : tuple of RawColumn
    rows : ndarray of int
        Row of each village in the file, counted from 1.
    header_rows : tuple of int
    set_aside : tuple of (int, str, str)
    faults : tuple of Fault
    metadata : mapping
        ``merged_filled`` if cells merged down a column were filled.
    """

    columns: tuple[RawColumn, ...]
    rows: IntArray
    header_rows: tuple[int, ...]
    set_aside: tuple[tuple[int, str, str], ...]
    faults: tuple[Fault, ...]
    metadata: Mapping[str, str]


def lay_out(grid: Grid, *, header_row: int | None = None, file: str = "") -> Layout:
    """Tell heading, villages and other rows of a grid apart.

    Empty rows and columns are left out; cells merged down a column hold in each row what the
    first one says. Every other row that is no village is listed in ``set_aside``.

    Parameters
    ----------
    grid : Grid
    header_row : int or None
        Last line of the heading as a person named it, counted from 1.
    file : str
        For the sentence of a refusal.

    Raises
    ------
    DataError
        If the grid holds nothing, or the row named as heading does not exist.
    """
    filled = grid.filled()
    positions = np.flatnonzero(filled.any(axis=1))
    if not len(positions):
        raise DataError("error-intake-empty", file=file)
    grid, filled = grid.take(positions), filled[positions]
    heading = find_heading(grid, filled, _position(grid, header_row, file))
    aside = _rows_above(grid, heading)
    numbering = find_numbering(grid, filled, heading.last) if heading.last >= 0 else None
    start = heading.last + 1
    if numbering is not None:
        aside.append(numbering)
        start += 1
    grid, copied = _filled_down(grid, filled, start)
    aside += find_rows_apart(grid, filled, start)
    kept = np.ones(len(grid), dtype=bool)
    kept[:start] = False
    kept[[row.position for row in aside]] = False
    villages = np.flatnonzero(kept)
    used: BoolArray = np.asarray(filled.any(axis=0))
    return Layout(
        columns=_columns(grid, heading, villages, used),
        rows=grid.rows[villages],
        header_rows=_header_rows(grid, heading),
        set_aside=tuple(
            (int(grid.rows[row.position]), row.why, row.text[:_LONGEST_TEXT]) for row in aside
        ),
        faults=(*_heading_faults(heading), *_error_faults(grid, heading, villages)),
        metadata={"merged_filled": str(copied)} if copied else {},
    )


def table_likeness(grid: Grid) -> float:
    """Return how much the top of a grid looks like a list, for choosing among sheets.

    The greatest share of heading words in any of its first rows, plus one if there are rows
    enough to be a list; 0 for an empty grid.
    """
    filled = grid.filled()
    positions = np.flatnonzero(filled.any(axis=1))
    if len(positions) < 2 or not filled.any():
        return 0.0
    top = [at for at in positions[:30] if filled[at].sum() >= 2]
    share = max(map(heading_share, grid.shown_rows(np.array(top, dtype=np.int64))), default=0.0)
    return share + float(len(positions) >= 3 and len(top) >= 2)


def _position(grid: Grid, header_row: int | None, file: str) -> int | None:
    if header_row is None:
        return None
    found = np.flatnonzero(grid.rows == header_row)
    if not len(found):
        raise DataError("error-intake-header-row", file=file, row=header_row)
    return int(found[0])


def _rows_above(grid: Grid, heading: Heading) -> list[RowApart]:
    return [
        RowApart(at, "title", " ".join(text for text in grid.shown(at) if text))
        for at in range(max(heading.first, 0))
    ]


def _header_rows(grid: Grid, heading: Heading) -> tuple[int, ...]:
    if heading.last < 0:
        return ()
    return tuple(int(row) for row in grid.rows[heading.first : heading.last + 1])


def _filled_down(grid: Grid, filled: BoolArray, start: int) -> tuple[Grid, int]:
    """Copy what is merged down a column into each of its rows; return how many cells that was."""
    sources: dict[int, IntArray] = {}
    copied = 0
    for merge in grid.merges:
        if merge.bottom <= merge.top or merge.left >= len(grid.columns):
            continue
        first, last = np.searchsorted(grid.rows, (merge.top + 1, merge.bottom + 2))
        if last - first < 2 or first < start or grid.rows[first] != merge.top + 1:
            continue
        if merge.left not in sources:
            sources[merge.left] = np.arange(len(grid), dtype=np.int64)
        empty = first + np.flatnonzero(~filled[first:last, merge.left])
        sources[merge.left][empty] = first
        copied += len(empty)
    columns = tuple(
        take_rows(column, sources[at]) if at in sources else column
        for at, column in enumerate(grid.columns)
    )
    return Grid(columns, grid.rows, grid.merges, grid.errors), copied


def _columns(
    grid: Grid, heading: Heading, villages: IntArray, used: BoolArray
) -> tuple[RawColumn, ...]:
    columns = []
    for at in np.flatnonzero(used):
        column = take_rows(grid.columns[at], villages)
        numbers, days = column.numbers, column.days
        columns.append(
            RawColumn(
                heading.names[at],
                column.texts,
                None if numbers is None or np.isnan(numbers).all() else numbers,
                None if days is None or np.isnat(days).all() else days,
            )
        )
    return tuple(columns)


def _heading_faults(heading: Heading) -> tuple[Fault, ...]:
    if heading.last >= 0:
        return ()
    return (Fault("fault-no-heading", severity=Severity.WARNING, remedy="remedy-no-heading"),)


def _error_faults(grid: Grid, heading: Heading, villages: IntArray) -> tuple[Fault, ...]:
    rows = set(grid.rows[villages].tolist()) if grid.errors else set()
    return tuple(
        Fault(
            "fault-cell-error",
            row=error.row + 1,
            column=heading.names[error.column] if error.column < len(heading.names) else None,
            got=error.text,
            remedy="remedy-cell-error",
        )
        for error in grid.errors
        if error.row + 1 in rows
    )[:_MOST_FAULTS]
