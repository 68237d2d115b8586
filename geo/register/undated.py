"""States that no day places in time, and a day of the figures that cannot be one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from geo.register.cells import Cells
from geo.register.days import EARLIEST
from geo.register.frame import UNKNOWN
from planning.columns import IntArray
from planning.errors import Fault, Severity
from planning.vocabulary import Service

DAY_FIELDS: Final = ("observed_on", *(f"{service}_observed_on" for service in Service))
"""Fields that say when a state was observed."""


def day_of_figures(given: date | None, today: date) -> tuple[date | None, list[Fault]]:
    """Return the day a person gave for the whole list, and none with a fault if it cannot be.

    Parameters
    ----------
    given : date or None
    today : date
        No observation is later.
    """
    if given is None or EARLIEST <= given <= today:
        return given, []
    fault = Fault(
        "fault-day-given",
        got=given.isoformat(),
        values={"first": EARLIEST, "last": today},
        remedy="remedy-no-day",
    )
    return None, [fault]


def find_undated(
    cells: Cells,
    rows: IntArray,
    states: Mapping[Service, pd.Series],
    observed: Mapping[Service, pd.Series],
) -> list[Fault]:
    """List the known states that have no day.

    Parameters
    ----------
    cells : Cells
    rows : ndarray of int, shape (n,)
    states, observed : mapping of Service to Series, length n
        Each service's state and the day it was observed.

    Returns
    -------
    list of Fault
        One error for the whole list if it has no day at all, else one for each row that says
        none. A cell that is no day and a column whose order is asked about have their own fault.
    """
    missing = {s: ((states[s] != UNKNOWN[s]) & observed[s].isna()).to_numpy() for s in Service}
    if not any(column.any() for column in missing.values()):
        return []
    if _is_asked(cells):
        # Which day it is will be known with the answer.
        return []
    if not any(bool(observed[service].notna().any()) for service in Service):
        count = sum(int(column.sum()) for column in missing.values())
        return [_undated("fault-no-day", None, count)]
    wrong = _rows_without_a_day(cells)
    silent = np.logical_or.reduce([*missing.values()]) & ~np.isin(rows, wrong)
    return [_undated("fault-no-day-row", int(rows[i]), 1) for i in np.flatnonzero(silent)]


def _is_asked(cells: Cells) -> bool:
    return any(fault.key == "fault-day-ambiguous" for fault in cells.faults)


def _rows_without_a_day(cells: Cells) -> list[int]:
    """Return the rows whose cell for the day is at fault."""
    headings = {cells.heading(field) for field in DAY_FIELDS}
    return [
        fault.row
        for fault in cells.faults
        if fault.row is not None and fault.severity is Severity.ERROR and fault.column in headings
    ]


def _undated(key: str, row: int | None, count: int) -> Fault:
    return Fault(
        key,
        row=row,
        expected="expected-day",
        values={"count": count},
        remedy="remedy-no-day" if row is None else "remedy-no-day-row",
    )
