"""Dates as offices write them: the order of day and month is decided per column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.intake.table import RawColumn
from geo.register.numbers import NOT_KNOWN
from planning.columns import BoolArray, IntArray
from planning.errors import Fault, Severity
from planning.folding import fold

DayArray: TypeAlias = NDArray[np.datetime64]


class DayOrder(StrEnum):
    """Which comes first in ``03/04/2024``."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"


@dataclass(frozen=True, slots=True, eq=False)
class DayReading:
    """A column read as dates.

    Attributes
    ----------
    days : ndarray of datetime64[ns], shape (n,)
        NaT where the cell is empty, not known or at fault.
    order : DayOrder or None
        The order that was read; ``None`` if no cell depends on it or the column is ambiguous.
    ambiguous : bool
    faults : tuple of Fault
    """

    days: DayArray
    order: DayOrder | None
    ambiguous: bool
    faults: tuple[Fault, ...]


EARLIEST: Final = date(1990, 1, 1)
"""Before this day no village was surveyed for mobile or fibre: such a date is a slip."""

_TIME: Final = r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$"
_YEAR_FIRST: Final = r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
_SPOKEN: Final = r"(?:ngày\s+)?(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})"
_YEAR_LAST: Final = r"(?P<a>\d{1,2})\s*[-/.]\s*(?P<b>\d{1,2})\s*[-/.]\s*(?P<y>\d{4})"
_BLANK: Final = r"[-–—_.…?*/\s]*"
_NOT_A_DAY: Final = np.datetime64("NaT", "ns")


def read_days(
    column: RawColumn,
    rows: IntArray,
    *,
    field: str,
    today: date,
    order: DayOrder | None = None,
) -> DayReading:
    """Read a column of dates.

    Parameters
    ----------
    column : RawColumn
        Date cells are taken as they are; texts may be ``14/03/2024``, ``14-3-2024``,
        ``14.03.2024``, ``2024-03-14`` (a time after them is cut) or
        ``ngày 14 tháng 3 năm 2024``.
    rows : ndarray of int, shape (n,)
        Row numbers for the faults.
    field : str
        Key of the field, named by the faults.
    today : date
        No observation is later: an order that would make it so is implausible.
    order : DayOrder, optional
        Decided by a person; then nothing is asked.

    Returns
    -------
    DayReading

    Notes
    -----
    A cell that is a plausible day in one order only is evidence for it. Evidence decides, the
    cells of a rarer other order are faults, and no evidence at all is asked about.
    """
    texts = column.texts
    of_cell, written = pd.factorize(texts)
    present = of_cell >= 0
    distinct = pd.Series(written, dtype="str")
    cells = _readings(distinct)
    chosen = _decide(cells, today) if order is None else order
    ambiguous = chosen is None and bool(cells.differ.any())
    turned = cells.month_first if chosen is DayOrder.MONTH_FIRST else cells.day_first
    read = np.where(np.isnat(cells.certain), turned, cells.certain)
    if ambiguous:
        read = np.where(cells.differ, _NOT_A_DAY, read)
    values = np.full(len(texts), _NOT_A_DAY)
    values[present] = read[of_cell[present]]
    if column.days is not None:
        values = np.where(np.isnat(column.days), values, column.days.astype("datetime64[ns]"))
    strange = np.isnat(read) & ~(cells.differ & ambiguous)
    implausible = ~np.isnat(values) & ~_plausible(values, today)
    faults = [
        *_ambiguity(column.name, field, distinct, cells, ambiguous),
        *_unreadable(column.name, rows, distinct, strange, of_cell),
        *_numbers(column, rows),
        *_implausible(column.name, rows, values, implausible, today),
    ]
    sound = np.where(implausible, _NOT_A_DAY, values)
    return DayReading(sound, chosen, ambiguous, tuple(faults))


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Distinct texts as dates: those that say their order, and both readings of the others."""

    certain: DayArray
    day_first: DayArray
    month_first: DayArray

    @property
    def differ(self) -> BoolArray:
        """Texts that are two different days."""
        both = ~np.isnat(self.day_first) & ~np.isnat(self.month_first)
        differ: BoolArray = both & (self.day_first != self.month_first)
        return differ


def _readings(distinct: pd.Series) -> _Cells:
    text = distinct.str.replace(_TIME, "", regex=True).str.strip().str.lower()
    year_first = text.str.extract(f"^{_YEAR_FIRST}$")
    spoken = text.str.extract(f"^{_SPOKEN}$")
    certain = _days(year_first["y"], year_first["m"], year_first["d"])
    certain = np.where(np.isnat(certain), _days(spoken["y"], spoken["m"], spoken["d"]), certain)
    year_last = text.str.extract(f"^{_YEAR_LAST}$")
    return _Cells(
        certain=certain,
        day_first=_days(year_last["y"], year_last["b"], year_last["a"]),
        month_first=_days(year_last["y"], year_last["a"], year_last["b"]),
    )


def _days(year: pd.Series, month: pd.Series, day: pd.Series) -> DayArray:
    parts = pd.DataFrame({"year": year, "month": month, "day": day}).apply(pd.to_numeric)
    made: DayArray = pd.to_datetime(parts, errors="coerce").to_numpy(dtype="datetime64[ns]")
    return made


def _decide(cells: _Cells, today: date) -> DayOrder | None:
    day_fits = _plausible(cells.day_first, today)
    month_fits = _plausible(cells.month_first, today)
    for_day, for_month = int((day_fits & ~month_fits).sum()), int((month_fits & ~day_fits).sum())
    if for_day == for_month:
        return None
    return DayOrder.DAY_FIRST if for_day > for_month else DayOrder.MONTH_FIRST


def _plausible(days: DayArray, today: date) -> BoolArray:
    fits: BoolArray = (days >= np.datetime64(EARLIEST)) & (days <= np.datetime64(today))
    return fits


def _ambiguity(
    heading: str, field: str, distinct: pd.Series, cells: _Cells, ambiguous: bool
) -> list[Fault]:
    if not ambiguous:
        return []
    at = int(np.flatnonzero(cells.differ)[0])
    return [
        Fault(
            "fault-day-ambiguous",
            column=heading,
            got=str(distinct.iloc[at]),
            expected="expected-day-order",
            values={
                "field": field,
                "day_first": cells.day_first[at].astype("datetime64[D]").item(),
                "month_first": cells.month_first[at].astype("datetime64[D]").item(),
                "count": int(cells.differ.sum()),
            },
            remedy="remedy-day-order",
        )
    ]


def _unreadable(
    heading: str, rows: IntArray, distinct: pd.Series, strange: BoolArray, of_cell: IntArray
) -> list[Fault]:
    if not strange.any():
        return []
    blank = distinct.str.fullmatch(_BLANK).to_numpy(dtype=bool)
    said = distinct.map(fold).isin(NOT_KNOWN).to_numpy(dtype=bool) & ~blank
    faults = []
    written = distinct.to_numpy(dtype=object)
    for i in np.flatnonzero((of_cell >= 0) & (strange & ~blank)[of_cell]):
        unknown = bool(said[of_cell[i]])
        faults.append(
            Fault(
                "fault-said-unknown" if unknown else "fault-value",
                row=int(rows[i]),
                column=heading,
                got=written[of_cell[i]],
                expected="expected-day",
                severity=Severity.WARNING if unknown else Severity.ERROR,
                remedy="remedy-said-unknown" if unknown else "remedy-day",
            )
        )
    return faults


def _numbers(column: RawColumn, rows: IntArray) -> list[Fault]:
    """List bare numbers: a spreadsheet's day counts, from 1900 or from 1904, nobody can tell."""
    if column.numbers is None:
        return []
    return [
        Fault(
            "fault-value",
            row=int(rows[i]),
            column=column.name,
            got=f"{column.numbers[i]:g}",
            expected="expected-day",
            remedy="remedy-day-number",
        )
        for i in np.flatnonzero(~np.isnan(column.numbers))
    ]


def _implausible(
    heading: str, rows: IntArray, values: DayArray, which: BoolArray, today: date
) -> list[Fault]:
    return [
        Fault(
            "fault-day-implausible",
            row=int(rows[i]),
            column=heading,
            got=str(values[i])[:10],
            expected="expected-day",
            values={"first": EARLIEST, "last": today},
            remedy="remedy-day",
        )
        for i in np.flatnonzero(which)
    ]
