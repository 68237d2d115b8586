"""What a file says of its roads besides where they run: class, cost, and level at crossings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.boundary_columns import numbers_of, text_of
from geo.intake.table import RawTable
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import Fault, Severity
from planning.folding import fold

# In order of preference; as geo headings come out of planning.folding.fold.
_CLASS: Final = (
    *("highway", "fclass", "road class", "roadclass", "loai duong", "loaiduong", "cap duong"),
    *("capduong", "class", "loai", "type"),
)
_EFFORT: Final = (
    *("cost factor", "costfactor", "effort", "he so chi phi", "hesochiphi", "he so kho khan"),
    *("hesokhokhan", "difficulty"),
)
_LEVEL: Final = ("layer", "level", "z order", "tang")
_BRIDGE: Final = ("bridge", "is bridge", "cau")
_TUNNEL: Final = ("tunnel", "is tunnel", "ham")
_NO: Final = frozenset({"", "no", "n", "f", "false", "0", "khong", "k"})

LEAST_EFFORT: Final = 0.01
MOST_EFFORT: Final = 1000.0
"""A cost factor outside the two is a slip of the keyboard, not a road."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadFacts:
    """What the rows of a file say of their roads.

    Attributes
    ----------
    road_class : ndarray of str or None, shape (n,)
        As written; a name of somebody else's, never interpreted.
    effort : ndarray, shape (n,)
        Times the plain unit cost; 1 where the file does not say.
    level : ndarray of int, shape (n,)
        0 on the ground; roads of two levels that cross do not meet.
    faults : tuple of Fault
    """

    road_class: NDArray[np.object_]
    effort: FloatArray
    level: IntArray
    faults: tuple[Fault, ...]


def read_facts(table: RawTable) -> RoadFacts:
    """Read the columns that describe roads, found by their headings.

    The level is the column ``layer`` where it holds a number. Where it does not, a bridge counts
    as 1 and a tunnel as -1, as OpenStreetMap has it.
    """
    headings: dict[str, str] = {}
    for name in table.names:
        headings.setdefault(fold(name), name)

    def first(candidates: tuple[str, ...]) -> str | None:
        return next((headings[c] for c in candidates if c in headings), None)

    effort_name = first(_EFFORT)
    stated = numbers_of(table, effort_name)
    usable = (stated >= LEAST_EFFORT) & (stated <= MOST_EFFORT)
    written = text_of(table, effort_name)
    wrong = np.flatnonzero(written.notna().to_numpy(dtype=bool) & ~usable)
    faults = () if not len(wrong) else (_wrong_effort(table, effort_name, written, wrong),)
    layer = numbers_of(table, first(_LEVEL))
    above, below = _said(table, first(_BRIDGE)), _said(table, first(_TUNNEL))
    known = np.isfinite(layer) & (np.abs(layer) <= 99)
    raised = np.where(above, 1.0, np.where(below, -1.0, 0.0))
    classes = text_of(table, first(_CLASS)).astype(object)
    return RoadFacts(
        road_class=np.asarray(classes.where(classes.notna(), None), dtype=object),
        effort=np.where(usable, stated, 1.0),
        level=np.where(known, np.where(known, layer, 0.0), raised).astype(np.int64),
        faults=faults,
    )


def _said(table: RawTable, heading: str | None) -> BoolArray:
    if heading is None:
        return np.zeros(len(table), dtype=np.bool_)
    texts = text_of(table, heading).fillna("").map(fold)
    return ~texts.isin(_NO).to_numpy(dtype=bool)


def _wrong_effort(
    table: RawTable, heading: str | None, written: pd.Series, wrong: IntArray
) -> Fault:
    return Fault(
        "fault-roads-effort",
        int(table.rows[wrong[0]]),
        heading,
        got=str(written.iloc[wrong[0]])[:80],
        values={"count": len(wrong), "least": LEAST_EFFORT, "most": MOST_EFFORT},
        severity=Severity.WARNING,
        remedy="remedy-roads-effort",
    )
