"""Record: what was surveyed, built and accepted, and what each role has before it to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import pandas as pd

from planning.authority import Actor
from planning.columns import each_row
from planning.errors import ConflictError, DataError
from planning.gaps import STATE_COLUMN, assign_lanes, gap_status
from planning.target_rules import area_faults, target_faults
from planning.vocabulary import (
    GAP_SERVICE,
    Evidence,
    FixedState,
    Gap,
    GapStatus,
    Lane,
    MobileState,
    Role,
    Service,
    Target,
    WorkStatus,
)
from planning.work import work_at
from services.province import Province
from services.record import Record, begin
from services.rollout_values import RolloutPlan
from services.scenarios import Scenario
from store import subjects
from store.days import office_day
from store.history import versions_of
from store.ledger import Receipt
from store.ledger import record as append
from store.observations import (
    Observed,
    observation_entry,
    require_villages,
    save_observations,
)
from store.plans import save_plan
from store.targets import save_target
from store.villages import edit_village
from store.works import WorkReport, save_works, work_entry

STAGES: Final = (
    WorkStatus.NOT_ASSIGNED,
    WorkStatus.SURVEYED,
    WorkStatus.FUNDED,
    WorkStatus.BUILDING,
    WorkStatus.ON_AIR,
    WorkStatus.ACCEPTED,
)
"""The order in which work usually goes."""

OVERDUE_DAYS: Final = 60
"""Days without a word after which work under way is asked about."""


@dataclass(frozen=True, slots=True)
class Updates:
    """What is to be recorded together.

    Attributes
    ----------
    observed : tuple of Observed
    reports : tuple of WorkReport
    """

    observed: tuple[Observed, ...] = ()
    reports: tuple[WorkReport, ...] = ()

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self.observed) + len(self.reports)


def observe(
    base: Province,
    record: Record,
    actor: Actor,
    observed: Sequence[Observed],
    *,
    submission: str,
    now: datetime,
) -> tuple[Receipt, ...]:
    """Record observations, taking the province into the record before the first."""
    begin(base, record, actor, now)
    return save_observations(
        record.store, actor, record.key, observed, submission=submission, now=now
    )


def report_work(
    base: Province,
    record: Record,
    actor: Actor,
    reports: Sequence[WorkReport],
    *,
    submission: str,
    now: datetime,
) -> tuple[Receipt, ...]:
    """Record reports on work, taking the province into the record before the first."""
    begin(base, record, actor, now)
    return save_works(record.store, actor, record.key, reports, submission=submission, now=now)


def set_target(
    base: Province,
    record: Record,
    actor: Actor,
    target: Target,
    *,
    submission: str,
    now: datetime,
    known_areas: Iterable[tuple[str, str]] | None = None,
    seen: int | None = None,
    removed: bool = False,
) -> Receipt:
    """Record a target, taking the province into the record before the first.

    Raises
    ------
    DataError
        If it cannot be meant (every fault is listed), or its area is not among those known.
    """
    faults = [] if removed else target_faults([target])
    if known_areas is not None and not removed:
        faults += area_faults([target], known_areas)
    if faults:
        raise DataError("error-target-unusable", faults, count=len(faults))
    begin(base, record, actor, now)
    return save_target(
        record.store,
        actor,
        record.key,
        target,
        submission=submission,
        now=now,
        seen=seen,
        removed=removed,
    )


def free_target_id(province: Province, gap: Gap, deadline: date) -> str:
    """Return an id for a new target: its gap, its year and, if need be, a number."""
    stem = f"{gap.replace('_', '-')}-{deadline.year}"
    taken = {one.target_id for one in province.targets}
    number = 1
    while (found := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return found


def correct_village(
    base: Province,
    record: Record,
    actor: Actor,
    village_id: str,
    facts: dict[str, object],
    *,
    submission: str,
    now: datetime,
    seen: int | None = None,
) -> Receipt:
    """Correct facts of a village, taking the province into the record before the first."""
    begin(base, record, actor, now)
    return edit_village(
        record.store,
        actor,
        record.key,
        village_id,
        facts,
        submission=submission,
        now=now,
        seen=seen,
    )


def keep_plan(
    base: Province,
    record: Record,
    actor: Actor,
    kept: Scenario,
    plan: RolloutPlan,
    *,
    now: datetime,
) -> Receipt:
    """Record that a plan was kept: its totals, and the villages it chooses with their quarter."""
    begin(base, record, actor, now)
    chosen = plan.villages[plan.villages["is_connected"]]
    card = {
        "villages": kept.villages,
        "cost_vnd": kept.cost_vnd,
        "illustrative": kept.illustrative,
        "chosen": {
            str(row.village_id): None if pd.isna(row.wave) else str(row.wave)
            for row in each_row(chosen)
        },
    }
    return save_plan(
        record.store,
        actor,
        record.key,
        plan_id=kept.key,
        name=kept.name,
        plan_hash=kept.plan_hash,
        data_hash=kept.data_hash,
        card=card,
        now=now,
    )


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


def apply_updates(
    base: Province,
    record: Record,
    actor: Actor,
    updates: Updates,
    *,
    submission: str,
    now: datetime,
) -> tuple[Receipt, ...]:
    """Record observations and reports together, all or none.

    Raises
    ------
    StoreError, ConflictError
        As :func:`store.ledger.record`; the parts of a conflict count observations first.
    """
    begin(base, record, actor, now)
    villages = {one.village_id for one in updates.observed}
    villages |= {one.village_id for one in updates.reports}
    require_villages(record.store, record.key, villages)
    today = office_day(now)
    entries = [observation_entry(record.key, one, today) for one in updates.observed]
    entries += [work_entry(record.key, one, today) for one in updates.reports]
    return append(record.store, actor, entries, submission, now)


SERVED_STATE: Final = {
    Service.MOBILE: str(MobileState.BROADBAND),
    Service.FIXED: str(FixedState.FIBRE),
}
"""What a village has once the work on a service is accepted."""


def accepted_service(report: WorkReport, seen: int | None) -> Observed:
    """Return the observation that goes with accepted work: the village has the service.

    Parameters
    ----------
    report : WorkReport
    seen : int or None
        Version of the state its author saw.
    """
    return Observed(
        report.village_id,
        report.service,
        SERVED_STATE[report.service],
        report.since,
        Evidence.ACCEPTANCE,
        source=report.source,
        note=report.note,
        attachment=report.attachment,
        seen=seen,
    )


def over_theirs(updates: Updates, error: ConflictError, keep: frozenset[int]) -> Updates:
    """Return updates to submit again after a conflict.

    Parameters
    ----------
    updates : Updates
        As they were submitted.
    error : ConflictError
    keep : frozenset of int
        Parts to record over what others did; contested parts not among them are dropped, since
        theirs was chosen.
    """
    versions = {one.part: one.version for one in error.conflicts}
    dropped = versions.keys() - keep
    first = len(updates.observed)
    return Updates(
        observed=tuple(
            replace(one, seen=versions.get(part, one.seen))
            for part, one in enumerate(updates.observed)
            if part not in dropped
        ),
        reports=tuple(
            replace(one, seen=versions.get(part, one.seen))
            for part, one in enumerate(updates.reports, start=first)
            if part not in dropped
        ),
    )
