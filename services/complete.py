"""How much of the register is filled in."""

from __future__ import annotations

import pandas as pd

from geo.schema import CORE
from services.province import Province

UNKNOWN = "unknown"


def completeness(province: Province) -> pd.DataFrame:
    """Count the known values of each column of the register.

    Returns
    -------
    DataFrame
        One row a column of :data:`geo.schema.CORE` but the dates: ``column``, ``known`` and
        ``share``. A value that says "unknown" is not known.
    """
    register = province.villages
    names = [name for name in CORE if not name.endswith("_observed_on")]
    known = [
        int((register[n].notna() & (register[n] != UNKNOWN).fillna(True)).sum()) for n in names
    ]
    total = max(len(register), 1)
    return pd.DataFrame({"column": names, "known": known, "share": [k / total for k in known]})
