"""Numbers as offices write them, decided per column from all its values.

``1.234`` is a thousand and something in Vietnam and one and something in a program's output. One
cell cannot tell, a column often can: ``22,5`` beside it, ``1.234.567``, a latitude that cannot be
22,335, villages that cannot have a quarter of a person. What even the column cannot tell is asked
about and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.intake.table import RawColumn
from geo.register.number_faults import (
    Bounds,
    ambiguity,
    bad_values,
    days_for_numbers,
    fractions,
    outside,
    unreadable,
)
from geo.register.number_texts import NOT_KNOWN, NumberStyle, NumberTexts, read_texts
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import Fault

__all__ = ["NOT_KNOWN", "NumberReading", "NumberStyle", "read_numbers"]


@dataclass(frozen=True, slots=True, eq=False)
class NumberReading:
    """A column read as numbers.

    Attributes
    ----------
    numbers : ndarray of float, shape (n,)
        NaN where the cell is empty, says that nothing is known, or is at fault.
    style : NumberStyle or None
        The style that was read; ``None`` if no cell depends on it or the column is ambiguous.
    ambiguous : bool
        Whether the two styles give different numbers and nothing tells which is meant; cells that
        depend on it are NaN then.
    faults : tuple of Fault
    """

    numbers: FloatArray
    style: NumberStyle | None
    ambiguous: bool
    faults: tuple[Fault, ...]


ENOUGH_FRACTIONS: Final = 5
"""Distinct values that must be fractions of a person before a reading counts as impossible."""


def read_numbers(
    column: RawColumn,
    rows: IntArray,
    *,
    field: str,
    bounds: tuple[float, float] | None = None,
    whole: bool = False,
    style: NumberStyle | None = None,
) -> NumberReading:
    """Read a column of numbers.

    Parameters
    ----------
    column : RawColumn
        Number cells are taken as they are, text cells are read.
    rows : ndarray of int, shape (n,)
        Row numbers for the faults.
    field : str
        Key of the field, named by the faults.
    bounds : (float, float), optional
        Smallest and largest plausible value: a reading within them is preferred to one outside,
        and what lies outside in the chosen reading is a fault.
    whole : bool
        Whether only whole numbers make sense.
    style : NumberStyle, optional
        Decided by a person; then nothing is asked.

    Returns
    -------
    NumberReading

    Notes
    -----
    A cell that only one style can read, or that only one style puts within the bounds, is evidence
    for that style; so are at least :data:`ENOUGH_FRACTIONS` distinct cells that the other style
    makes fractions although the field counts. All evidence for one style decides; with evidence
    for both, the greater number decides and the other cells are faults.
    """
    of_cell, written = pd.factorize(column.texts)
    present = of_cell >= 0
    distinct = pd.Series(written, dtype="str")
    cells = read_texts(distinct)
    chosen, mixed = _decide(cells, bounds, whole=whole) if style is None else (style, False)
    ambiguous = chosen is None and bool(cells.differ.any())
    readable = _readable(cells, chosen, mixed=mixed)
    in_comma = cells.comma_ok & (chosen is not NumberStyle.POINT)
    of_text = np.where(in_comma, cells.comma, cells.point)
    of_text = np.where(readable & ~(cells.differ & ambiguous), of_text, np.nan)
    values = np.full(len(column), np.nan)
    values[present] = of_text[of_cell[present]]
    if column.numbers is not None:
        values = np.where(np.isnan(column.numbers), values, column.numbers)
    faults = [
        *([ambiguity(column.name, field, distinct, cells)] if ambiguous else []),
        *unreadable(column, rows, of_cell, cells, readable=readable, style=chosen),
        *bad_values(column, rows, values, bounds, whole=whole),
        *days_for_numbers(column, rows),
    ]
    unsound = ~np.isfinite(values) | outside(values, bounds) | (whole & fractions(values))
    return NumberReading(np.where(unsound, np.nan, values), chosen, ambiguous, tuple(faults))


def _decide(cells: NumberTexts, bounds: Bounds, *, whole: bool) -> tuple[NumberStyle | None, bool]:
    """Return the style the column speaks for, and whether it speaks for both."""
    differ = cells.differ
    comma_fits, point_fits = ~outside(cells.comma, bounds), ~outside(cells.point, bounds)
    for_comma = (cells.comma_ok & ~cells.point_ok) | (differ & comma_fits & ~point_fits)
    for_point = (cells.point_ok & ~cells.comma_ok) | (differ & point_fits & ~comma_fits)
    comma, point = int(for_comma.sum()), int(for_point.sum())
    if comma == point == 0 and whole and int(differ.sum()) >= ENOUGH_FRACTIONS:
        comma = int(bool(fractions(cells.point)[differ].all()))
        point = int(bool(fractions(cells.comma)[differ].all()))
    if comma == point:
        return None, comma > 0
    return (NumberStyle.COMMA if comma > point else NumberStyle.POINT), min(comma, point) > 0


def _readable(cells: NumberTexts, chosen: NumberStyle | None, *, mixed: bool) -> BoolArray:
    if chosen is not None:
        return cells.comma_ok if chosen is NumberStyle.COMMA else cells.point_ok
    # Where the column speaks as much for one style as for the other, neither kind is read.
    readable: BoolArray = (
        cells.comma_ok & cells.point_ok if mixed else cells.comma_ok | cells.point_ok
    )
    return readable
