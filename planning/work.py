"""How far the work has come at a date: the last status reported on or before it."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from planning.vocabulary import Service, WorkStatus

WORK_COLUMNS: Final = ("village_id", "service", "status", "since")
"""Columns of a frame of work: text, :class:`Service`, :class:`WorkStatus`, datetime64[ns]."""


def no_work() -> pd.DataFrame:
    """Return a frame of work without a row."""
    columns = {name: pd.Series(dtype=str) for name in WORK_COLUMNS}
    return pd.DataFrame(columns | {"since": pd.Series(dtype="datetime64[ns]")})


def work_at(
    works: pd.DataFrame, village_ids: pd.Index, service: Service, as_of: date
) -> pd.DataFrame:
    """Return the status of the work on one service at the end of a day.

    Parameters
    ----------
    works : DataFrame
        Columns :data:`WORK_COLUMNS`; of several reports of one day the later row wins.
    village_ids : Index of str, length n
    service : Service
    as_of : date

    Returns
    -------
    DataFrame, n rows, indexed by ``village_ids``
        ``status`` (``not_assigned`` where nothing is reported) and ``since`` (then NaT).
    """
    known = works[(works["service"] == str(service)) & (works["since"] <= pd.Timestamp(as_of))]
    last = known.sort_values("since", kind="stable").drop_duplicates("village_id", keep="last")
    own = last.set_index("village_id").reindex(village_ids)
    return pd.DataFrame(
        {
            "status": own["status"].fillna(str(WorkStatus.NOT_ASSIGNED)).astype(str),
            "since": own["since"],
        },
        index=village_ids,
    )
