"""Totals a list states, held against the sums of its rows."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from geo.intake.table import RawTable
from geo.register.cells import Cells
from geo.register.number_texts import read_texts
from planning.columns import float_column
from planning.errors import Fault, Severity

_SUMMED: Final = (
    "households", "people", "poor_households", "near_poor_households", "minority_households",
    "minority_people",
)  # fmt: skip
_FIGURE: Final = re.compile(r"\d[\d.,]*")


def find_wrong_totals(raw: RawTable, cells: Cells) -> list[Fault]:
    """Point out a grand total that is none of the sums of the file.

    Parameters
    ----------
    raw : RawTable
        Its last row set aside as a total is held to be the total of all rows, if it is the only
        one; a list with totals by section is left alone.
    cells : Cells

    Returns
    -------
    list of Fault
        One warning for each summed column whose sum is not among the figures of the total row,
        with the nearest figure that stands there.
    """
    totals = [(row, text) for row, why, text in raw.set_aside if why == "total"]
    if len(totals) != 1:
        return []
    ((row, text),) = totals
    stated = _figures(text)
    sums = {name: _sum(cells.by_field[name]) for name in _SUMMED if name in cells.by_field}
    if not len(stated) or len(sums) > len(stated):
        return []
    found = []
    for name, total in sums.items():
        if not np.isfinite(total) or bool((stated == total).any()):
            continue
        nearest = stated[np.argmin(np.abs(stated - total))]
        found.append(
            Fault(
                "fault-total-differs",
                row,
                cells.heading(name),
                f"{nearest:g}",
                values={"sum": f"{total:.15g}"},
                severity=Severity.WARNING,
                remedy="remedy-total-differs",
            )
        )
    return found


def _figures(text: str) -> np.ndarray:
    figures = pd.Series(_FIGURE.findall(text), dtype="str").str.rstrip(".,")
    read = read_texts(figures)
    both = np.concatenate([read.comma, read.point])
    return np.unique(both[np.isfinite(both)])


def _sum(column: pd.Series) -> float:
    numbers = float_column(column)
    return float(np.nansum(numbers)) if np.isfinite(numbers).all() else float("nan")
