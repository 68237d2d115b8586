"""Record what was surveyed, built and accepted, targets, facts and plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import pandas as pd

from planning.authority import Actor
from planning.columns import each_row
from planning.errors import ConflictError, DataError
from planning.target_rules import area_faults, target_faults
from planning.vocabulary import (
    Evidence,
    FixedState,
    Gap,
    MobileState,
    Service,
    Target,
)
from services.province import Province
from services.record import Record, begin
from services.rollout_values import RolloutPlan
from services.scenarios import Scenario
from store.days import office_day
from store.ledger import Receipt
from store.ledger import record as append
from store.observations import (
    Observed,
    observation_entry,
    require_villages,
)
from store.plans import save_plan
from store.targets import save_target
from store.villages import edit_village
from store.works import WorkReport, work_entry


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
