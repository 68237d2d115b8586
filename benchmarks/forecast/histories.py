"""Histories of work drawn day by day: from the model of the forecast, and from others.

Written from the description of the model, not from its code: each village is walked through its
stages with drawn durations, contractors, sites and storms, where the forecast sums over them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from planning.columns import IntArray
from planning.forecast.durations import Duration
from planning.forecast.outlook import Outlook, Workload
from planning.forecast.seasons import dry_days, storm_seasons
from planning.forecast.standing import ORDER, stages_after, standings
from planning.forecast_assumptions import OF_CONTRACTOR, OUTDOORS, Assumption, Assumptions
from planning.vocabulary import Lane, Service, WorkStatus

START: Final = date(2024, 6, 30)
DEADLINE: Final = date(2024, 12, 31)
_HORIZON_DAYS: Final = 1500


@dataclass(frozen=True)
class World:
    """How histories go.

    Attributes
    ----------
    book : Assumptions
        What is true of durations, shocks and crews.
    contractor_by_village : bool
        Every village has a contractor of its own.
    queue : bool
        Crews work off a queue of villages, quarter by quarter, nobody waiting in expectation only.
    """

    book: Assumptions
    contractor_by_village: bool = False
    queue: bool = False


@dataclass(frozen=True)
class Case:
    """Villages at the start: status, lane and commune of each, and how many are required."""

    statuses: tuple[WorkStatus, ...]
    lanes: tuple[Lane, ...]
    sites: tuple[str, ...]
    required: int

    def __len__(self) -> int:
        """Return the number of villages."""
        return len(self.statuses)


def draw_case(random: np.random.Generator, count: int) -> Case:
    """Draw villages that have just come to their status, and a number that may be required."""
    early = [WorkStatus.SURVEYED, WorkStatus.FUNDED, WorkStatus.BUILDING, WorkStatus.ON_AIR]
    return Case(
        statuses=tuple(early[at] for at in random.choice(4, count, p=[0.2, 0.3, 0.35, 0.15])),
        lanes=tuple([Lane.FUND, Lane.OPERATOR][at] for at in random.integers(0, 2, count)),
        sites=tuple(f"C{at}" for at in random.integers(0, max(count // 2, 1), count)),
        required=int(random.integers(count // 2, count)),
    )


def draw_history(random: np.random.Generator, case: Case, world: World) -> pd.DataFrame:
    """Draw what happens.

    Returns
    -------
    DataFrame
        Reports of work (:data:`planning.work.WORK_COLUMNS`), acceptance included.
    """
    book = world.book
    until = START + timedelta(days=_HORIZON_DAYS)
    storms = tuple(
        season.strikes_on
        for season in storm_seasons(START, until, most=9)
        if random.random() < book.base(Assumption.STORM_CHANCE)
    )
    dry = dry_days(
        START, until, book.base(Assumption.RAINY_PACE), storms, book.base(Assumption.STORM_DAYS)
    )
    spread = book.base(Assumption.CONTRACTOR_SPREAD)
    pace = {lane: float(np.exp(spread * random.standard_normal())) for lane in (*Lane,)}
    hit = {
        site: random.random() < book.base(Assumption.SITE_CHANCE)
        for site in sorted(set(case.sites))
    }
    rows = []
    for village in range(len(case)):
        own = pace[case.lanes[village]]
        if world.contractor_by_village:
            own = float(np.exp(spread * random.standard_normal()))
        slow = book.base(Assumption.SITE_FACTOR) if hit[case.sites[village]] else 1.0
        status, day = case.statuses[village], 0
        rows.append((village, status, day))
        for stage in stages_after(status, case.lanes[village]):
            factor = own if stage in OF_CONTRACTOR else 1.0
            factor *= slow if stage in OUTDOORS else 1.0
            law = Duration.through(book[stage]).times(factor)
            length = float(law.drawn(np.array([random.random()]))[0])
            day = _ends(day, length, dry, is_outdoors=stage in OUTDOORS)
            status = ORDER[ORDER.index(status) + 1]
            rows.append((village, status, day))
    if world.queue:
        rows = _queued(rows, case, world, dry)
    return pd.DataFrame(
        {
            "village_id": [f"V{village:03d}" for village, _, _ in rows],
            "service": str(Service.FIXED),
            "status": [str(status) for _, status, _ in rows],
            "since": pd.to_datetime([START + timedelta(days=day) for _, _, day in rows]),
        }
    )


def outlook_at(case: Case, works: pd.DataFrame, day: date, book: Assumptions) -> Outlook:
    """Return the outlook of a history on a day, from what is reported by then."""
    ids = pd.Index([f"V{village:03d}" for village in range(len(case))])
    stands = standings(works, ids, list(case.lanes), Service.FIXED, day)
    workload = Workload(
        village_ids=tuple(ids),
        is_done=np.array([one.status is WorkStatus.ACCEPTED for one in stands]),
        standings=tuple(stands),
        lanes=case.lanes,
        contractors=tuple(str(lane) for lane in case.lanes),
        sites=case.sites,
        not_before=(None,) * len(case),
    )
    return Outlook(workload, book, day, DEADLINE, case.required)


def accepted_by(works: pd.DataFrame, day: date) -> int:
    """Return how many villages are accepted by a day."""
    is_accepted = works["status"] == str(WorkStatus.ACCEPTED)
    return int((is_accepted & (works["since"] <= pd.Timestamp(day))).sum())


def longer(book: Assumptions, factor: float) -> Assumptions:
    """Return assumptions by which every stage takes ``factor`` times as long."""
    stretched = {
        key: replace(one, low=one.low * factor, base=one.base * factor, high=one.high * factor)
        if one.base > 5 and key is not Assumption.STORM_DAYS
        else one
        for key, one in book.values.items()
    }
    return Assumptions(stretched)


def _ends(begins: int, length: float, dry: np.ndarray, *, is_outdoors: bool) -> int:
    """Return the first later day by whose end a stage has had its days."""
    if not is_outdoors:
        return begins + max(int(np.ceil(length)), 1)
    if begins >= len(dry) - 1:
        return len(dry)
    return max(int(np.searchsorted(dry, dry[begins] + length)), begins + 1)


def _queued(
    rows: list[tuple[int, WorkStatus, int]], case: Case, world: World, dry: np.ndarray
) -> list[tuple[int, WorkStatus, int]]:
    """Put off service and acceptance until a crew is free, the first ready first, by quarter."""
    per_day = (
        world.book.base(Assumption.CREWS)
        * world.book.base(Assumption.VILLAGES_PER_CREW)
        / (365.25 / 4)
    )
    needs_crew = {
        village
        for village, status in enumerate(case.statuses)
        if ORDER.index(status) < ORDER.index(WorkStatus.ON_AIR)
    }
    ready = sorted(
        (day, village) for village, status, day in rows
        if status is WorkStatus.ACCEPTED and village in needs_crew
    )  # fmt: skip
    slots = _slots(per_day, dry)
    served: dict[int, int] = {}
    for day, village in ready:
        # A slot of an earlier quarter is lost; an open one of this quarter may still be used.
        usable = [at for at, (_, end) in enumerate(slots) if end >= day]
        opens = slots.pop(usable[0])[0] if usable else len(dry)
        served[village] = max(day, opens)
    wait = {village: served[village] - day for day, village in ready}
    late = {WorkStatus.ON_AIR, WorkStatus.ACCEPTED}
    return [
        (village, status, day + (wait.get(village, 0) if status in late else 0))
        for village, status, day in rows
    ]


def _slots(per_day: float, dry: np.ndarray) -> list[tuple[int, int]]:
    """Return when crews have had the time for one more village, and the end of that quarter."""
    slots = []
    begin = 0
    for end in _quarter_ends(len(dry)).tolist():
        work = per_day * (dry[begin : end + 1] - dry[begin])
        slots += [
            (begin + int(np.searchsorted(work, count - 1e-9)), end)
            for count in range(1, int(np.floor(work[-1] + 1e-9)) + 1)
        ]
        begin = end
    return slots


def _quarter_ends(days: int) -> IntArray:
    """Return the last days of quarters, counted from the start."""
    found = [
        n
        for n in range(1, days)
        if (START + timedelta(days=n + 1)).day == 1 and (START + timedelta(days=n)).month % 3 == 0
    ]
    return np.array(found, dtype=np.int64)
