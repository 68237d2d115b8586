"""One column of coordinates, read as numbers where its cells are plain and as angles elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.intake.table import RawColumn
from geo.register.angles import has_marks, read_angles, tidy_angles
from geo.register.numbers import read_numbers
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import Fault

DEGREE_BOUNDS: Final = (-180.0, 180.0)
METRE_BOUNDS: Final = (1_000.0, 10_000_000.0)
"""Plausible eastings and northings; the lower bound tells 419.543 thousand from 419.543."""

_SAMPLE: Final = 500
_CERTAIN_DEGREES: Final = r"[+-]?\d{1,3}(?:[.,]\d{1,17})?"
_CERTAIN_METRES: Final = r"\d{4,8}(?:[.,]\d{1,9})?"
_NOT_PLAIN: Final = r"[^\d.,+-]"


@dataclass(frozen=True, slots=True, eq=False)
class AxisReading:
    """One coordinate of each row.

    Attributes
    ----------
    numbers : ndarray of float, shape (n,)
        Degrees or metres; NaN where there is none.
    given : ndarray of bool, shape (n,)
        Rows for which the column says something.
    longitude, latitude : ndarray of bool, shape (n,)
        Rows whose letter says which way the angle counts.
    faults : tuple of Fault
    """

    numbers: FloatArray
    given: BoolArray
    longitude: BoolArray
    latitude: BoolArray
    faults: tuple[Fault, ...]


def angle_texts(column: RawColumn) -> pd.Series:
    """Return the tidied texts that are no plain numbers, missing elsewhere."""
    plain = ~column.texts.str.contains(_NOT_PLAIN, regex=True).fillna(value=False)
    if plain.all():
        return column.texts.where(~plain)
    return tidy_angles(column.texts.where(~plain))


def read_axis(column: RawColumn, rows: IntArray, field: str, *, nam_is_south: bool) -> AxisReading:
    """Read one column of coordinates.

    Parameters
    ----------
    column : RawColumn
    rows : ndarray of int, shape (n,)
    field : str
        Key of the field, named by the faults.
    nam_is_south : bool
        Whether N stands for *nam* here.

    Returns
    -------
    AxisReading
    """
    tidy = angle_texts(column)
    marked = has_marks(tidy)
    angles = read_angles(tidy.where(marked), nam_is_south=nam_is_south)
    plain = RawColumn(column.name, column.texts.where(~marked), column.numbers, column.days)
    bounds = _bounds(plain, rows, field)
    numbers = read_numbers(_certain(plain, bounds), rows, field=field, bounds=bounds)
    found = np.where(np.isnan(angles.degrees), numbers.numbers, angles.degrees)
    faults = (*numbers.faults, *unreadable_faults(column, angles.unreadable, rows))
    said = np.isin(rows, [fault.row for fault in faults if fault.row is not None])
    if numbers.ambiguous:
        said |= plain.texts.notna().to_numpy()
    return AxisReading(found, np.isfinite(found) | said, angles.longitude, angles.latitude, faults)


def _certain(column: RawColumn, bounds: tuple[float, float]) -> RawColumn:
    """Return the column with the texts that read in one way only as the numbers they are.

    No degree has a thousand, and nobody sets a thousand apart in one place of two: what is left as
    text is left to the column as a whole.
    """
    pattern = _CERTAIN_DEGREES if bounds == DEGREE_BOUNDS else _CERTAIN_METRES
    at = np.flatnonzero(column.texts.str.fullmatch(pattern).fillna(value=False))
    numbers = np.full(len(column), np.nan) if column.numbers is None else column.numbers.copy()
    decimal = column.texts.iloc[at].str.replace(",", ".", regex=False)
    numbers[at] = decimal.to_numpy(dtype=object).astype(np.float64)
    texts = column.texts.where(np.isnan(numbers))
    return RawColumn(column.name, texts, numbers, column.days)


def _bounds(column: RawColumn, rows: IntArray, field: str) -> tuple[float, float]:
    """Return the bounds within which more of the column's first values make sense."""
    filled = column.texts.notna().to_numpy()
    if column.numbers is not None:
        filled = filled | np.isfinite(column.numbers)
    at = np.flatnonzero(filled)[:_SAMPLE]
    part = RawColumn(
        column.name,
        column.texts.iloc[at].reset_index(drop=True),
        None if column.numbers is None else column.numbers[at],
    )
    readings = [
        read_numbers(_certain(part, bounds), rows[at], field=field, bounds=bounds)
        for bounds in (DEGREE_BOUNDS, METRE_BOUNDS)
    ]
    tally = [int(np.isfinite(reading.numbers).sum()) for reading in readings]
    return METRE_BOUNDS if tally[1] > tally[0] else DEGREE_BOUNDS


def unreadable_faults(column: RawColumn, at_fault: BoolArray, rows: IntArray) -> list[Fault]:
    """Return a fault for each row whose text is no coordinate."""
    return [
        Fault(
            "fault-coordinate-unreadable",
            row=row,
            column=column.name,
            got=text[:60],
            expected="expected-coordinate",
            remedy="remedy-coordinate-unreadable",
        )
        for row, text in zip(rows[at_fault].tolist(), column.texts[at_fault], strict=True)
    ]
