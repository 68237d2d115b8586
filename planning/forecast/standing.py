"""Where the work on each village stands, and how long its stages have taken so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import pandas as pd

from planning.forecast_assumptions import Assumption
from planning.vocabulary import Lane, Service, WorkStatus

ORDER: Final = (
    WorkStatus.NOT_ASSIGNED,
    WorkStatus.SURVEYED,
    WorkStatus.FUNDED,
    WorkStatus.BUILDING,
    WorkStatus.ON_AIR,
    WorkStatus.ACCEPTED,
)
"""The usual order of work."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stage that is over: from the report that began it to the one that ended it."""

    stage: Assumption
    began: date
    ended: date


@dataclass(frozen=True, slots=True)
class Standing:
    """The work on a village at a date.

    Attributes
    ----------
    status : WorkStatus
    since : date or None
        ``None`` where nothing was ever reported.
    before : WorkStatus
        The status itself, or the one that a suspension interrupts.
    spells : tuple of Spell
        Stages that were reported from beginning to end.
    """

    status: WorkStatus = WorkStatus.NOT_ASSIGNED
    since: date | None = None
    before: WorkStatus = WorkStatus.NOT_ASSIGNED
    spells: tuple[Spell, ...] = ()


def stages_after(status: WorkStatus, lane: Lane) -> tuple[Assumption, ...]:
    """Return the stages between a status and acceptance, in order.

    Villages without grid power wait for it once there is money; nobody's lane takes the fund's
    time, the longer one.
    """
    funding = Assumption.FUND_BY_OPERATOR if lane is Lane.OPERATOR else Assumption.FUND_BY_FUND
    power = (Assumption.POWER,) if lane is Lane.POWER_FIRST else ()
    chains: dict[WorkStatus, tuple[Assumption, ...]] = {
        WorkStatus.ACCEPTED: (),
        WorkStatus.ON_AIR: (Assumption.ACCEPT,),
        WorkStatus.BUILDING: (Assumption.BUILD, Assumption.ACCEPT),
    }
    started = (Assumption.MOBILISE, Assumption.BUILD, Assumption.ACCEPT)
    chains[WorkStatus.FUNDED] = (*power, *started)
    chains[WorkStatus.SURVEYED] = (funding, *power, *started)
    chains[WorkStatus.NOT_ASSIGNED] = (Assumption.SURVEY, funding, *power, *started)
    return chains[status]


def standings(
    works: pd.DataFrame, village_ids: pd.Index, lanes: list[Lane], service: Service, as_of: date
) -> list[Standing]:
    """Return where the work on one service stands, village by village.

    Parameters
    ----------
    works : DataFrame
        Columns :data:`planning.work.WORK_COLUMNS`; of several reports of one day the later row
        counts.
    village_ids : Index of str, length n
    lanes : list of Lane, length n
    service : Service
    as_of : date

    Returns
    -------
    list of Standing, length n
    """
    own = works[
        (works["service"] == str(service))
        & (works["since"] <= pd.Timestamp(as_of))
        & works["village_id"].isin(village_ids)
    ]
    history: dict[str, list[tuple[date, WorkStatus]]] = {}
    ordered = own.sort_values("since", kind="stable")
    for village, status, since in zip(
        ordered["village_id"], ordered["status"], ordered["since"], strict=True
    ):
        history.setdefault(str(village), []).append((since.date(), WorkStatus(status)))
    return [
        _standing(_changes(history.get(str(village), [])), lane)
        for village, lane in zip(village_ids, lanes, strict=True)
    ]


def _changes(reports: list[tuple[date, WorkStatus]]) -> list[tuple[date, WorkStatus]]:
    """Return the reports that changed something: the last of each day, repetitions left out."""
    by_day: dict[date, WorkStatus] = dict(reports)
    changes: list[tuple[date, WorkStatus]] = []
    for day, status in by_day.items():
        if not changes or changes[-1][1] is not status:
            changes.append((day, status))
    return changes


def _standing(changes: list[tuple[date, WorkStatus]], lane: Lane) -> Standing:
    if not changes:
        return Standing()
    since, status = changes[-1]
    working = [one for _, one in changes if one is not WorkStatus.SUSPENDED]
    spells = []
    for (began, one), (ended, other) in pairwise(changes):
        chain = () if WorkStatus.SUSPENDED in {one, other} else stages_after(one, lane)
        # Only a step to the very next status tells how long a single stage took.
        if len(chain) - 1 == len(stages_after(other, lane)) if chain else False:
            spells.append(Spell(chain[0], began, ended))
    before = working[-1] if working else WorkStatus.NOT_ASSIGNED
    return Standing(status, since, before, tuple(spells))
