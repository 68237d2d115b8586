"""What is to be done about a gap, and whom it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from planning.gaps import STATE_COLUMN, assign_lanes, gap_status
from planning.vocabulary import GAP_SERVICE, Gap, GapStatus, Lane, Role, WorkStatus
from planning.work import work_at
from services.province import Province
from services.record import Record
from store import subjects
from store.history import versions_of

OVERDUE_DAYS: Final = 60
"""Days without a word after which a village is counted as quiet; our choice."""


@dataclass(frozen=True, eq=False)
class Queue:
    """What a role has before it.

    Attributes
    ----------
    table : DataFrame
        One row a village of the cohort not yet accepted: ``village_id``, ``village``,
        ``commune``, ``district``, ``state``, ``observed_on``, ``status``, ``since``, ``lane``,
        ``days`` (since the last word of it), ``waiting_for`` (what is to be done next, a key of
        the words) and ``version_state``, ``version_work`` (of the record, for edits).
    mine : int
        How many of them wait for the role.
    """

    table: pd.DataFrame
    mine: int


NEXT: Final = {
    WorkStatus.NOT_ASSIGNED: "survey",
    WorkStatus.SURVEYED: "fund",
    WorkStatus.FUNDED: "build",
    WorkStatus.BUILDING: "report",
    WorkStatus.ON_AIR: "accept",
    WorkStatus.ACCEPTED: "observe",
    WorkStatus.SUSPENDED: "resume",
}
"""What is to be done next after each status; names of words ``next-…``."""

WAITS_FOR: Final = {
    Role.PLANNER: frozenset({"survey", "fund", "build", "report", "resume"}),
    Role.STEWARD: frozenset({"accept", "observe"}),
    Role.ADMINISTRATOR: frozenset(NEXT.values()),
    Role.VIEWER: frozenset[str](),
}
"""Which next steps wait for which role."""


def work_queue(
    province: Province, record: Record | None, gap: Gap, role: Role, as_of: date
) -> Queue:
    """Return the villages with a gap, or with work on it that nobody verified, at a day.

    A village leaves the queue when it is observed to have the service and its work, if any was
    reported, is accepted. Those that wait for the role come first, then those longest without a
    word.
    """
    queue = open_work(province, gap, role, as_of)
    return Queue(with_versions(queue.table, record, gap), queue.mine)


def open_work(province: Province, gap: Gap, role: Role, as_of: date) -> Queue:
    """Return the queue of a role without the versions, which need the record to be asked."""
    rows = _standing(province, gap, as_of)
    reported = rows["status"] != WorkStatus.NOT_ASSIGNED
    unverified = reported & (rows["status"] != WorkStatus.ACCEPTED)
    gaps = rows["gap"]
    open_ = (gaps == GapStatus.LACKING) | ((gaps == GapStatus.SERVED) & unverified)
    table = rows[open_].drop(columns="gap").reset_index(drop=True)
    mine = table["waiting_for"].isin(WAITS_FOR[role])
    order = pd.DataFrame({"mine": ~mine, "days": -table["days"], "id": table["village_id"]})
    table = table.loc[order.sort_values(["mine", "days", "id"]).index].reset_index(drop=True)
    return Queue(table, int(mine.sum()))


def standing_of(
    province: Province, record: Record | None, gap: Gap, village_id: str, as_of: date
) -> pd.Series | None:
    """Return one village as a row of the queue, in it or not; ``None`` if there is no such."""
    rows = _standing(province, gap, as_of).drop(columns="gap")
    own = rows[rows["village_id"] == village_id].reset_index(drop=True)
    return None if own.empty else with_versions(own, record, gap).iloc[0]


def _standing(province: Province, gap: Gap, as_of: date) -> pd.DataFrame:
    """Return how every village stands with a gap and the work on it, in register order."""
    service = GAP_SERVICE[gap]
    register = province.villages
    states = province.states(as_of)
    ids = pd.Index(register["village_id"])
    work = work_at(province.works, ids, service, as_of)
    seen = states[f"{service}_observed_on"]
    word = pd.concat([seen.rename("a"), work["since"].rename("b")], axis=1).max(axis=1)
    table = pd.DataFrame(
        {
            "village_id": ids,
            "village": register["name"].to_numpy(),
            "commune": register["commune"].to_numpy(),
            "district": register["district"].to_numpy(),
            "state": states[STATE_COLUMN[service]].to_numpy(),
            "observed_on": seen.to_numpy(),
            "status": work["status"].to_numpy(),
            "since": work["since"].to_numpy(),
            "lane": assign_lanes(register["grid_power"], register["specially_difficult"]),
            "days": (pd.Timestamp(as_of) - word).dt.days.to_numpy(),
            "gap": gap_status(states, gap),
        }
    )
    waits = pd.Series([NEXT[WorkStatus(one)] for one in table["status"]], dtype=object)
    # No grid, no work yet: the village waits for power, whoever looks.
    no_power = (table["lane"] == Lane.POWER_FIRST) & (table["status"] == WorkStatus.NOT_ASSIGNED)
    return table.assign(waiting_for=waits.where(~no_power, "power"))


def with_versions(table: pd.DataFrame, record: Record | None, gap: Gap) -> pd.DataFrame:
    """Add the versions that an edit of each row would say it has seen."""
    service = GAP_SERVICE[gap]
    of_state = [subjects.state_of(one, service) for one in table["village_id"]]
    of_work = [subjects.work_of(one, service) for one in table["village_id"]]
    versions = (
        versions_of(record.store, record.key, [*of_state, *of_work])
        if record
        else dict.fromkeys([*of_state, *of_work], 0)
    )
    return table.assign(
        version_state=[versions[one] for one in of_state],
        version_work=[versions[one] for one in of_work],
    )
