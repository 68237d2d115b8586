"""Villages under the name of their commune or district: what a row of its own says of those below.

Many lists have no column for the commune. A row "Xã Y Tý" stands above its villages, and a row
"Huyện Bát Xát" above its communes; such rows come from the reading as sections set aside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from geo.intake.table import RawTable
from planning.columns import IntArray
from planning.errors import Fault, Severity
from planning.folding import fold

_NUMBER: Final = re.compile(r"^\s*(?:[IVXLCDM]+|[A-ZĐ]|\d+)\s*[.)/-]?\s+(?=\S)")
_KINDS: Final = {
    "district": re.compile(r"^(?:huyen|thi xa|thanh pho|quan|tx|tp|district)\b"),
    "place": re.compile(r"^(?:xa|phuong|thi tran|tt|commune|ward|town)\b"),
}
_STATED: Final = {
    "district": ("district", "district_code"),
    "place": ("place", "place_code", "commune", "commune_code", "unit", "unit_code"),
}
"""Fields whose presence makes a section of that level say nothing new."""

_FAULTS: Final = {"district": "fault-section-district", "place": "fault-section-place"}


def places_of_sections(
    raw: RawTable, given: Mapping[str, pd.Series]
) -> tuple[dict[str, pd.Series], list[Fault]]:
    """Return the communes and districts that section rows give to the villages below them.

    Parameters
    ----------
    raw : RawTable
    given : mapping of str to Series
        Columns by field; a level the list has a column for is left alone.

    Returns
    -------
    (dict of str to Series of str, list of Fault)
        ``place`` and ``district`` as far as sections give them, and a warning that says so. A
        commune ends at the next district, since its name may come again there.
    """
    starts: dict[str, list[tuple[int, str | None]]] = {"district": [], "place": []}
    for row, why, text in raw.set_aside:
        if why != "section":
            continue
        name = _NUMBER.sub("", text).strip()
        for level, kind in _KINDS.items():
            if kind.match(fold(name)):
                starts[level].append((row, name))
                if level == "district":
                    starts["place"].append((row, None))
    found: dict[str, pd.Series] = {}
    faults: list[Fault] = []
    for level, sections in starts.items():
        named = [name for _, name in sections if name is not None]
        if not named or any(field in given for field in _STATED[level]):
            continue
        found[level] = _filled(sections, raw.rows)
        faults.append(
            Fault(
                _FAULTS[level],
                got=named[0],
                values={"count": int(found[level].notna().sum()), "sections": len(named)},
                severity=Severity.WARNING,
                remedy="remedy-section",
            )
        )
    return found, faults


def _filled(sections: list[tuple[int, str | None]], rows: IntArray) -> pd.Series:
    above = np.array([row for row, _ in sections], dtype=np.int64)
    names = np.array([None, *(name for _, name in sections)], dtype=object)
    return pd.Series(names[np.searchsorted(above, rows)], dtype="str")
