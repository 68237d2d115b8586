"""Which villages lack what at a date: states from dated observations, gaps from states."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from planning.vocabulary import (
    GAP_SERVICE,
    LACKING_STATES,
    FixedState,
    Gap,
    GapStatus,
    GridPower,
    Lane,
    MobileState,
    Service,
)

STATE_COLUMN: Final = {Service.MOBILE: "mobile_state", Service.FIXED: "fixed_state"}
"""Column of :func:`states_at` that holds the state of each service."""

UNKNOWN_STATE: Final = {
    Service.MOBILE: str(MobileState.UNKNOWN),
    Service.FIXED: str(FixedState.UNKNOWN),
}


def states_at(observations: pd.DataFrame, village_ids: pd.Index, as_of: date) -> pd.DataFrame:
    """Return the state of every village at the end of a day.

    The state is the last one observed on or before the day; of several observations on one day,
    the later row wins. A village without such an observation is ``unknown``: silence is neither
    service nor gap.

    Parameters
    ----------
    observations : DataFrame
        Columns ``village_id``, ``service``, ``state``, ``observed_on`` (datetime64), ``evidence``.
    village_ids : Index of str, length n
        The villages to answer for, in the order wanted.
    as_of : date

    Returns
    -------
    DataFrame, n rows, indexed by ``village_ids``
        For each service ``<service>_state``, ``<service>_observed_on`` (NaT where unknown) and
        ``<service>_evidence`` (missing where unknown).
    """
    known = observations[observations["observed_on"] <= pd.Timestamp(as_of)]
    # A stable sort keeps the file's order within a day, so `keep="last"` is the later row.
    last = known.sort_values("observed_on", kind="stable").drop_duplicates(
        ["village_id", "service"], keep="last"
    )
    columns: dict[str, pd.Series] = {}
    for service in Service:
        own = last[last["service"] == service].set_index("village_id").reindex(village_ids)
        columns[f"{service}_state"] = own["state"].fillna(UNKNOWN_STATE[service]).astype(str)
        columns[f"{service}_observed_on"] = own["observed_on"]
        columns[f"{service}_evidence"] = own["evidence"]
    return pd.DataFrame(columns, index=village_ids)


def gap_status(states: pd.DataFrame, gap: Gap) -> npt.NDArray[np.str_]:
    """Return ``lacking``, ``served`` or ``unknown`` for each row of :func:`states_at`.

    Parameters
    ----------
    states : DataFrame, n rows
    gap : Gap

    Returns
    -------
    ndarray of str, shape (n,)
        Values of :class:`planning.vocabulary.GapStatus`.
    """
    service = GAP_SERVICE[gap]
    state = states[STATE_COLUMN[service]]
    lacking = state.isin([str(s) for s in LACKING_STATES[gap]]).to_numpy()
    unknown = (state == UNKNOWN_STATE[service]).to_numpy()
    status: npt.NDArray[np.str_] = np.select(
        [lacking, unknown],
        [str(GapStatus.LACKING), str(GapStatus.UNKNOWN)],
        str(GapStatus.SERVED),
    )
    return status


def assign_lanes(grid_power: pd.Series, specially_difficult: pd.Series) -> npt.NDArray[np.str_]:
    """Say who can act first in each village: the ministry's three lanes.

    No grid power: power first. Grid and specially difficult: the universal-service fund. Grid
    elsewhere: the operator's own money. A missing fact leaves the lane unknown. Power from
    another source (``other``) is not the grid: the rule is about the grid.
    Source: triage reported on 20 Nov 2024, see docs/reference/facts.md.

    Parameters
    ----------
    grid_power : Series of str, n
        Values of :class:`planning.vocabulary.GridPower`.
    specially_difficult : Series of nullable boolean, n

    Returns
    -------
    ndarray of str, shape (n,)
        Values of :class:`planning.vocabulary.Lane`.
    """
    power = grid_power.fillna(GridPower.UNKNOWN).to_numpy(dtype=object)
    no_grid = np.isin(power, [GridPower.NONE, GridPower.PLANNED, GridPower.OTHER])
    grid = power == GridPower.GRID
    difficult = specially_difficult.astype("boolean")
    lanes: npt.NDArray[np.str_] = np.select(
        [
            no_grid,
            grid & difficult.fillna(value=False).to_numpy(dtype=bool),
            grid & ~difficult.fillna(value=True).to_numpy(dtype=bool),
        ],
        [str(Lane.POWER_FIRST), str(Lane.FUND), str(Lane.OPERATOR)],
        str(Lane.UNKNOWN),
    )
    return lanes
