"""Every recognised column of a file read as what its field holds, with an account of how."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from geo.intake.table import RawColumn, RawTable
from geo.register.accounts import ColumnAccount, give_account
from geo.register.choices import EVERY_COLUMN, Choices
from geo.register.days import DayOrder, read_days
from geo.register.dictionary import Field, FieldKind, fields
from geo.register.numbers import NumberReading, read_numbers
from geo.register.recognition import Recognised
from geo.register.words import cell_texts, read_choice, read_flag, read_presence
from planning.columns import FloatArray, IntArray
from planning.errors import Fault, Severity
from planning.folding import fold

_UNIT_OF_MONEY: Final = {"ty": 1e9, "ty dong": 1e9, "trieu": 1e6, "trieu dong": 1e6, "tr": 1e6,
                         "tr dong": 1e6, "nghin dong": 1e3, "1000d": 1e3}  # fmt: skip
_IN_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The values of a file by field.

    Attributes
    ----------
    by_field : mapping of str to Series, length n
        By key of the field; position columns are left to :mod:`geo.register.positions`.
    columns : mapping of str to RawColumn
        The column behind each field (the first, where several mean it), for position columns and
        for the headings faults name.
    accounts : tuple of ColumnAccount
        One for each column of the file, in its order.
    spare : mapping of str to Series of str
        Columns without a field, by label: carried along as text.
    faults : tuple of Fault
    count : int
        Rows.
    """

    by_field: Mapping[str, pd.Series]
    columns: Mapping[str, RawColumn]
    accounts: tuple[ColumnAccount, ...]
    spare: Mapping[str, pd.Series]
    faults: tuple[Fault, ...]
    count: int

    def __len__(self) -> int:
        """Return the number of rows."""
        return self.count

    def heading(self, field: str) -> str:
        """Return the heading behind a field, or the field's own key."""
        column = self.columns.get(field)
        return column.name if column is not None and column.name else field


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """One column, and what is known before it is read."""

    column: RawColumn
    rows: IntArray
    field: Field
    label: str
    choices: Choices
    today: date

    @property
    def blank_means_no(self) -> bool:
        return self.label in self.choices.blank_means_no


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """One column, read."""

    series: pd.Series | None = None
    faults: tuple[Fault, ...] = ()
    read_as: str = ""
    asks: str = ""


def read_cells(
    raw: RawTable, recognised: tuple[Recognised, ...], choices: Choices, today: date
) -> Cells:
    """Read every column that has a field.

    Parameters
    ----------
    raw : RawTable
    recognised : tuple of Recognised
        One for each column, from :func:`geo.register.recognition.recognise`.
    choices : Choices
    today : date
        No observation can be later.

    Returns
    -------
    Cells
    """
    values: dict[str, pd.Series] = {}
    columns: dict[str, RawColumn] = {}
    spare: dict[str, pd.Series] = {}
    accounts: list[ColumnAccount] = []
    faults: list[Fault] = []
    for given, known in zip(raw.columns, recognised, strict=True):
        # A fault in a column without heading still says in which column.
        column = given if given.name else replace(given, name=known.label)
        field = fields().get(known.field)
        read = _Read()
        if field is None:
            spare[known.label] = cell_texts(column)
        else:
            columns.setdefault(field.key, column)
            task = _Task(column, raw.rows, field, known.label, choices, today)
            read = _READERS[field.kind](task)
            if read.series is not None:
                values[field.key] = _joined(values.get(field.key), read.series)
        faults += [*read.faults, *_rivalry(column, known)]
        accounts.append(give_account(given, known, read_as=read.read_as, asks=read.asks))
    return Cells(values, columns, tuple(accounts), spare, tuple(faults), len(raw))


def _leave(_task: _Task) -> _Read:
    return _Read()


def _read_text(task: _Task) -> _Read:
    return _Read(cell_texts(task.column))


def _read_choice(task: _Task) -> _Read:
    reading = read_choice(task.column, task.rows, task.field)
    return _Read(reading.words, reading.faults)


def _read_flag(task: _Task) -> _Read:
    blank = task.blank_means_no
    reading = read_flag(task.column, task.rows, task.field, blank_means_no=blank)
    asks = "blank" if reading.blank_undecided or blank else ""
    return _Read(reading.words, reading.faults, asks=asks)


def _read_presence(task: _Task) -> _Read:
    reading = read_presence(task.column, blank_means_no=task.blank_means_no)
    asks = "blank" if reading.blank_undecided or task.blank_means_no else ""
    return _Read(reading.words, reading.faults, asks=asks)


def _read_day(task: _Task) -> _Read:
    read = partial(read_days, task.column, task.rows, field=task.field.key, today=task.today)
    order = task.choices.dates.get(task.label) or _order_of_heading(task.column.name)
    reading = read(order=order)
    asks = "dates" if reading.ambiguous or task.label in task.choices.dates else ""
    if reading.ambiguous and EVERY_COLUMN in task.choices.dates:
        reading = read(order=task.choices.dates[EVERY_COLUMN])
    return _Read(pd.Series(reading.days), reading.faults, str(reading.order or ""), asks)


def _order_of_heading(heading: str) -> DayOrder | None:
    """Return the order a heading states, as in "Ngày khảo sát (dd/mm/yyyy)"."""
    for said in map(fold, _IN_BRACKETS.findall(heading)):
        if said.startswith(("dd mm", "d m y", "ngay thang nam")):
            return DayOrder.DAY_FIRST
        if said.startswith(("mm dd", "m d y")):
            return DayOrder.MONTH_FIRST
    return None


def _read_amount(task: _Task) -> _Read:
    reading, asks = _numbers(task, task.field.bounds)
    whole = task.field.kind is FieldKind.WHOLE
    factor = _money_factor(task.column.name) if task.field.key == "cost_vnd" else 1.0
    amounts = pd.Series(reading.numbers * factor)
    series = amounts.astype("Int64") if whole else amounts
    return _Read(series, reading.faults, str(reading.style or ""), asks)


def _read_share(task: _Task) -> _Read:
    reading, asks = _numbers(task, (0.0, 100.0))
    shares, per_cent = _shares(task.column, reading)
    read_as = "per_cent" if per_cent else str(reading.style or "")
    return _Read(pd.Series(shares), reading.faults, read_as, asks)


def _numbers(task: _Task, bounds: tuple[float, float] | None) -> tuple[NumberReading, str]:
    read = partial(
        read_numbers,
        task.column,
        task.rows,
        field=task.field.key,
        bounds=bounds,
        whole=task.field.kind is FieldKind.WHOLE,
    )
    style = task.choices.numbers.get(task.label)
    reading = read(style=style)
    asks = "numbers" if reading.ambiguous or style else ""
    if reading.ambiguous and EVERY_COLUMN in task.choices.numbers:
        reading = read(style=task.choices.numbers[EVERY_COLUMN])
    return reading, asks


_READERS: Final[Mapping[FieldKind, Callable[[_Task], _Read]]] = MappingProxyType(
    {
        FieldKind.TEXT: _read_text,
        FieldKind.CHOICE: _read_choice,
        FieldKind.FLAG: _read_flag,
        FieldKind.PRESENCE: _read_presence,
        FieldKind.DAY: _read_day,
        FieldKind.WHOLE: _read_amount,
        FieldKind.NUMBER: _read_amount,
        FieldKind.SHARE: _read_share,
        # Positions are read together, by geo.register.positions.
        FieldKind.LATITUDE: _leave,
        FieldKind.LONGITUDE: _leave,
        FieldKind.METRES: _leave,
        FieldKind.COORDINATES: _leave,
        FieldKind.ORDINAL: _leave,
    }
)


def _shares(column: RawColumn, reading: NumberReading) -> tuple[FloatArray, bool]:
    """Bring a column of shares to 0–1: any value above one says that all are per cent."""
    values = reading.numbers
    in_cell = column.texts.str.contains("%", regex=False).fillna(value=False).to_numpy(dtype=bool)
    plain = values[~in_cell]
    per_cent = bool((plain[np.isfinite(plain)] > 1).any())
    scaled = np.where(in_cell | per_cent, values / 100.0, values)
    return scaled, per_cent or bool(in_cell.any())


def _money_factor(heading: str) -> float:
    units = [fold(unit) for unit in _IN_BRACKETS.findall(heading)]
    return next((_UNIT_OF_MONEY[unit] for unit in units if unit in _UNIT_OF_MONEY), 1.0)


def _joined(before: pd.Series | None, added: pd.Series) -> pd.Series:
    """Join columns that mean one field: there for one operator is there; no needs a no of all."""
    if before is None:
        return added
    yes = before.fillna(value=False) | added.fillna(value=False)
    unknown = before.isna() | added.isna()
    return yes.astype("boolean").mask(unknown & ~yes)


def _rivalry(column: RawColumn, known: Recognised) -> list[Fault]:
    if known.rival is None:
        return []
    return [
        Fault(
            "fault-two-columns",
            column=column.name or known.label,
            values={"rival": known.rival},
            severity=Severity.WARNING,
            remedy="remedy-two-columns",
        )
    ]
