"""What no single cell gets wrong: names twice, parts above the whole, figures out of measure."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from geo.register.cells import Cells
from planning.columns import BoolArray, FloatArray, IntArray, float_column, map_distinct
from planning.errors import Fault, Severity
from planning.folding import compose

OUTLYING: Final = 6.0
"""Robust standard deviations of the logarithm beyond which a figure is pointed out."""

TENFOLD: Final = 10.0
"""How many times the median, or how small a part of it, a figure must be as well: where all
villages are alike, one three times as large is still a village."""

FEWEST: Final = 12
"""Figures below which nothing is called out of measure."""

_PARTS: Final = (
    ("poor_households", "households"),
    ("near_poor_households", "households"),
    ("minority_households", "households"),
    ("minority_people", "people"),
    ("households", "people"),
)
_MAD_TO_SIGMA: Final = 1.4826


def find_implausible(cells: Cells, places: pd.DataFrame, rows: IntArray) -> list[Fault]:
    """Point out what is probably a slip; all of it warnings.

    Parameters
    ----------
    cells : Cells
    places : DataFrame, n rows
        ``commune_code``, ``commune``, ``unit_code`` and ``unit`` as resolved.
    rows : ndarray of int, shape (n,)

    Returns
    -------
    list of Fault
        Names that occur twice in a commune, parts greater than their whole, and numbers of
        people or households far from all others: more than :data:`OUTLYING` robust standard
        deviations from the median on a logarithmic scale (median absolute deviation times
        1.4826; Huber, Robust Statistics, 1981), and :data:`TENFOLD` of it at least.
    """
    return [
        *_duplicates(cells, places, rows),
        *(fault for part, whole in _PARTS for fault in _exceeding(cells, part, whole, rows)),
        *(fault for name in ("people", "households") for fault in _outlying(cells, name, rows)),
    ]


def _duplicates(cells: Cells, places: pd.DataFrame, rows: IntArray) -> list[Fault]:
    names = cells.by_field.get("name")
    if names is None:
        return []
    area = places["commune_code"].fillna(places["commune"])
    area = area.fillna(places["unit_code"]).fillna(places["unit"])
    keys = pd.DataFrame({"area": area, "name": map_distinct(names, compose, "str")})
    # Without its commune a name says nothing: every commune has its Thôn 1.
    known = keys["name"].notna() & keys["area"].notna()
    first = keys[known].groupby(["area", "name"], dropna=False).cumcount() == 0
    again = first.index[~first]
    if again.empty:
        return []
    row_of_first = (
        keys[known].assign(row=rows[known.to_numpy()]).groupby(["area", "name"], dropna=False)
    )["row"].transform("first")
    return [
        _warning(
            ("fault-duplicate-name", "remedy-duplicate-name"),
            row,
            cells.heading("name"),
            name,
            other=other,
        )
        for row, name, other in zip(
            rows[again].tolist(), names.loc[again], row_of_first.loc[again].tolist(), strict=True
        )
    ]


def _exceeding(cells: Cells, part: str, whole: str, rows: IntArray) -> list[Fault]:
    if part not in cells.by_field or whole not in cells.by_field:
        return []
    parts, wholes = (float_column(cells.by_field[name]) for name in (part, whole))
    return [
        _warning(
            ("fault-more-than", "remedy-more-than"),
            int(rows[i]),
            cells.heading(part),
            f"{parts[i]:g}",
            whole=f"{wholes[i]:g}",
            other=cells.heading(whole),
        )
        for i in np.flatnonzero(parts > wholes)
    ]


def _outlying(cells: Cells, name: str, rows: IntArray) -> list[Fault]:
    if name not in cells.by_field:
        return []
    figures = float_column(cells.by_field[name])
    positive = figures > 0
    if int(positive.sum()) < FEWEST:
        return []
    median = float(np.median(figures[positive]))
    return [
        _warning(
            ("fault-outlier", "remedy-outlier"),
            int(rows[i]),
            cells.heading(name),
            f"{figures[i]:g}",
            median=f"{median:g}",
        )
        for i in np.flatnonzero(_beyond_measure(figures, positive))
    ]


def _beyond_measure(figures: FloatArray, positive: BoolArray) -> BoolArray:
    away = np.zeros(len(figures))
    logarithms = np.log(figures[positive])
    away[positive] = np.abs(logarithms - np.median(logarithms))
    spread = _MAD_TO_SIGMA * float(np.median(away[positive]))
    beyond: BoolArray = (away > OUTLYING * spread) & (away > np.log(TENFOLD))
    return beyond if spread > 0.0 else np.zeros(len(figures), dtype=np.bool_)


def _warning(said: tuple[str, str], row: int, column: str, got: str, **values: object) -> Fault:
    sentence, remedy = said
    return Fault(
        sentence, row, column, got, values=values, severity=Severity.WARNING, remedy=remedy
    )
