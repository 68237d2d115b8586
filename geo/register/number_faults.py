"""What is wrong with a column of numbers, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from geo.intake.table import RawColumn
from geo.register.number_texts import NumberStyle, NumberTexts
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import Fault, Severity

Bounds = tuple[float, float] | None
"""Smallest and largest plausible value, if there are any."""


def outside(values: FloatArray, bounds: Bounds) -> BoolArray:
    """Tell which numbers lie outside the bounds; NaN never does."""
    if bounds is None:
        return np.zeros(len(values), dtype=np.bool_)
    low, high = bounds
    beyond: BoolArray = (values < low) | (values > high)
    return beyond


def fractions(values: FloatArray) -> BoolArray:
    """Tell which numbers are finite and not whole."""
    finite = np.isfinite(values)
    broken = np.zeros(len(values), dtype=np.bool_)
    broken[finite] = values[finite] % 1 != 0
    return broken


def ambiguity(heading: str, field: str, distinct: pd.Series, cells: NumberTexts) -> Fault:
    """Ask which style a column is in, with its first cell that depends on it."""
    at = int(np.flatnonzero(cells.differ)[0])
    return Fault(
        "fault-number-ambiguous",
        column=heading,
        got=str(distinct.iloc[at]),
        expected="expected-number-style",
        values={
            "field": field,
            "as_comma": f"{cells.comma[at]:.15g}",
            "as_point": f"{cells.point[at]:.15g}",
            "count": int(cells.differ.sum()),
        },
        remedy="remedy-number-style",
    )


def unreadable(
    column: RawColumn,
    rows: IntArray,
    of_cell: IntArray,
    cells: NumberTexts,
    *,
    readable: BoolArray,
    style: NumberStyle | None,
) -> list[Fault]:
    """List the cells that are no numbers, or numbers in the other style.

    Parameters
    ----------
    column : RawColumn
    rows : ndarray of int, shape (n,)
    of_cell : ndarray of int, shape (n,)
        Which of the distinct texts each cell holds, -1 for none.
    cells : NumberTexts
    readable : ndarray of bool, shape (k,)
        Which texts the chosen style can read.
    style : NumberStyle or None
        ``None`` if the column speaks for both.
    """
    strange = ~readable & ~cells.blank & ~cells.said_unknown
    other_style = strange & (cells.comma_ok | cells.point_ok)
    kinds: tuple[tuple[BoolArray, dict[str, Any]], ...] = (
        (
            other_style,
            {
                "key": "fault-number-style",
                "expected": f"expected-style-{style or 'one'}",
                "remedy": "remedy-number-style",
            },
        ),
        (
            strange & ~other_style,
            {"key": "fault-value", "expected": "expected-number", "remedy": "remedy-number"},
        ),
        (
            cells.said_unknown,
            {
                "key": "fault-said-unknown",
                "expected": "expected-number",
                "remedy": "remedy-said-unknown",
                "severity": Severity.WARNING,
            },
        ),
    )
    return [
        Fault(row=row, column=column.name, got=got, **said)
        for which, said in kinds
        if which.any()
        for row, got in _told(column, rows, (of_cell >= 0) & which[of_cell])
    ]


def bad_values(
    column: RawColumn, rows: IntArray, values: FloatArray, bounds: Bounds, *, whole: bool
) -> list[Fault]:
    """List numbers that are infinite, out of bounds, or fractions where only whole ones count."""
    beyond = np.isfinite(values) & outside(values, bounds)
    broken = fractions(values) & ~beyond if whole else np.zeros(len(values), dtype=np.bool_)
    return [
        *_listed(column, rows, np.isinf(values), values, "expected-number"),
        *_listed(column, rows, beyond, values, _range(bounds)),
        *_listed(column, rows, broken, values, "expected-integer"),
    ]


def days_for_numbers(column: RawColumn, rows: IntArray) -> list[Fault]:
    """List date cells in a column of numbers: spreadsheets make them of ``3/4`` unasked."""
    if column.days is None:
        return []
    return [
        _fault(column, int(rows[i]), str(column.days[i])[:10], "expected-number")
        for i in np.flatnonzero(~np.isnat(column.days))
    ]


def _listed(
    column: RawColumn, rows: IntArray, which: BoolArray, values: FloatArray, expected: str
) -> Iterable[Fault]:
    told = _told(column, rows, which)
    for (row, text), value in zip(told, values[which].tolist(), strict=True):
        got = f"{value:.15g}" if pd.isna(text) else text
        yield _fault(column, row, got, expected)


def _told(column: RawColumn, rows: IntArray, which: BoolArray) -> Iterator[tuple[int, str]]:
    """Pair the row numbers of some cells with their texts."""
    return zip(rows[which].tolist(), column.texts[which], strict=True)


def _fault(column: RawColumn, row: int, got: str, expected: str) -> Fault:
    return Fault("fault-value", row, column.name, got, expected, remedy="remedy-number")


def _range(bounds: Bounds) -> str:
    if bounds is None:
        return "expected-number"
    low, high = bounds
    return f"≥ {low:g}" if np.isinf(high) else f"{low:g}–{high:g}"
