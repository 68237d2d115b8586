"""In which quarter to build what: waves that connect most people soonest, with proof.

A village connected in a quarter counts its people for every month from the end of that quarter to
the horizon. A branch is built after the one it hangs on, crews build so many kilometres a quarter,
and the sum is the largest possible. See ``docs/explanation/waves.md``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from planning.errors import PlanningError
from planning.optimise.build_calendar import BuildCalendar
from planning.optimise.build_forest import Branches, BuildQuestion, branches_of
from planning.optimise.pouring import pace_needed
from planning.optimise.problem import SolverProgress, Watch
from planning.optimise.wave_search import WaveSearch, rank_target
from planning.optimise.wave_table import Waves, waves_of


@dataclass(frozen=True, slots=True, eq=False)
class BuildOrder:
    """The best order found, how good it is known to be, and the order of the list beside it.

    Attributes
    ----------
    waves : Waves
    baseline : Waves
        Villages in order of rank, each with the trunk it lacks; what has been decided is not kept.
    bound : float
        No order counts more people-months.
    proven : bool
        Whether no order counts more, up to the gap asked for.
    gap : float
        Distance from the bound in proportion to it.
    pace_needed : float
        How many times the crews' capacity would finish everything that may be built before the
        deadline; more than 1 when something does not fit.
    seconds : float
    method : str
        ``"ratio"``: the quick order meets its bound; ``"programme"``: the mixed-integer programme
        ended by itself; ``"stopped"``: it did not; ``"large"``: it was not tried.
    """

    waves: Waves
    baseline: Waves
    bound: float
    proven: bool
    gap: float
    pace_needed: float
    seconds: float
    method: str


def order_waves(
    question: BuildQuestion,
    calendar: BuildCalendar,
    *,
    time_limit_s: float = 20.0,
    gap: float = 0.0,
    seed: int = 0,
    watch: Watch | None = None,
) -> BuildOrder:
    """Assign everything to be built to quarters.

    Parameters
    ----------
    question : BuildQuestion
    calendar : BuildCalendar
    time_limit_s : float, default 20
        The same answer comes every time unless this ends the search.
    gap : float, default 0
        Distance from the bound, in proportion, that is good enough.
    seed : int, default 0
    watch : callable, optional
        Told of progress; the search ends with what it has when it answers ``False``.

    Returns
    -------
    BuildOrder
        Always one; what does not fit before the deadline is in ``waves.unfinished``.

    Raises
    ------
    PlanningError
        If what has been decided cannot be kept; names a village that comes too late.
    ValueError
        If the question is not a forest with known figures.
    """
    began = time.perf_counter()
    branches = branches_of(question, len(calendar.quarters))
    search = WaveSearch(branches, calendar.capacity_km, calendar.months_left)

    def told(_: float, value: float, bound: float) -> bool:
        if watch is None:
            return True
        best, least = max(search.value, value), min(search.bound, bound)
        return watch(SolverProgress(time.perf_counter() - began, "order", best, least))

    if not search.try_quick():
        raise _too_late(question, calendar, branches, search)
    method = "ratio"
    if not search.is_near(gap):
        method = "stopped"
        if told(0.0, search.value, search.bound):
            method = search.try_programme(
                time_limit_s=time_limit_s - (time.perf_counter() - began),
                gap=gap,
                seed=seed,
                told=told,
            )

    def table(target: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Waves:
        return waves_of(question, calendar, branches, *search.pour(target))

    return BuildOrder(
        waves=table(search.target),
        baseline=table(rank_target(branches, question.ranks)),
        bound=search.bound,
        proven=search.is_near(gap),
        gap=(search.bound - search.value) / search.bound if search.bound > 0.0 else 0.0,
        pace_needed=pace_needed(branches, calendar.capacity_km),
        seconds=time.perf_counter() - began,
        method=method,
    )


def _too_late(
    question: BuildQuestion, calendar: BuildCalendar, branches: Branches, search: WaveSearch
) -> PlanningError:
    """Say which decision cannot be kept, and what can be done instead."""
    q = len(calendar.quarters)
    done = search.pour(branches.latest)[1][branches.of_village]
    done = np.where(done < 0, q, done)
    decided = np.full(len(done), q) if question.decided_by is None else question.decided_by
    decided = np.where(decided < 0, q, decided)
    late = np.flatnonzero(done > decided)
    village = int(late[np.lexsort((question.ranks[late], decided[late]))[0]])
    by = int(decided[village])
    wait = 0 if question.not_before is None else int(question.not_before[village])
    said = {
        "rank": int(question.ranks[village]),
        "quarter": calendar.quarters[by].number,
        "year": str(calendar.quarters[by].year),
    }
    if wait > by:
        return PlanningError("error-order-waits", **said)
    is_due = branches.latest <= by
    return PlanningError(
        "error-order-decided",
        needed_km=round(float(branches.work_km[is_due].sum()), 1),
        possible_km=round(float(calendar.capacity_km[: by + 1].sum()), 1),
        **said,
    )
