"""Plans whose cable is nowhere longer than the network reaches."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from planning.columns import IntArray
from planning.errors import PlanningError
from planning.optimise.problem import Problem, SteinerPlan, Watch
from planning.optimise.standing import stand
from planning.optimise.steiner import solve

_ROUNDING: Final = 1e-9


def within_reach(
    question: Problem,
    /,
    *,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    watch: Watch | None = None,
) -> SteinerPlan:
    """Solve a problem; where the plan without a limit of reach keeps it, that is the answer.

    Leaving a limit out only lets more plans in, so the best of all that keeps the limit is the
    best of those that do. Nearly always the cheapest cable is short, and the limit costs nothing.

    Where the solver's own answer does not keep it either, the villages that are too far along the
    tree are left out, until all that is connected is near enough: a plan whose distance from the
    best is bounded by the plan without the limit, and stated.

    Parameters
    ----------
    question : Problem
    time_limit_s, gap, watch
        As for :func:`planning.optimise.steiner.solve`.

    Raises
    ------
    PlanningError
        As the solver; ``error-plan-time`` also where no plan near enough was found and it is not
        known that there is none.
    """
    began = time.perf_counter()
    free = replace(question, reach_m=None)
    plan = solve(free, time_limit_s=time_limit_s, gap=gap, watch=watch)
    if question.reach_m is None or not len(question.roots):
        return plan
    if not len(_too_far(question, plan)):
        return plan

    def left() -> float:
        return max(time_limit_s - (time.perf_counter() - began), 0.5)

    limited = solve(question, time_limit_s=left(), gap=gap, watch=watch)
    if not len(_too_far(question, limited)):
        return limited
    return _shortened(question, plan, left, watch, gap)


def _too_far(question: Problem, plan: SteinerPlan) -> IntArray:
    """Return the terminals of a plan that are farther along it than the reach."""
    assert question.reach_m is not None  # noqa: S101  (asked before)
    most = question.reach_m * (1 + _ROUNDING)
    tree = stand(plan.edges, plan.terminals, question)
    if tree.longest_way(question.lengths_m, plan.terminals) <= most:
        return np.empty(0, np.int64)
    ways = [tree.longest_way(question.lengths_m, np.array([node])) for node in plan.terminals]
    return plan.terminals[np.array(ways) > most]


def _shortened(
    question: Problem,
    free: SteinerPlan,
    left: Callable[[], float],
    watch: Watch | None,
    gap: float,
) -> SteinerPlan:
    """Leave out what is too far until nothing is; the free plan bounds what that loses."""
    asked, plan = replace(question, reach_m=None), free
    while len(far := _too_far(question, plan)):
        if np.isin(far, question.locked).any():
            raise PlanningError("error-plan-time")
        asked = replace(asked, forbidden=np.union1d(asked.forbidden, far))
        try:
            plan = solve(asked, time_limit_s=left(), gap=gap, watch=watch)
        except PlanningError as error:
            # That these villages are out is this way's doing: another plan may have them.
            raise PlanningError("error-plan-time") from error
    value, bound = (
        (plan.cost, min(free.bound, plan.cost))
        if question.budget is None
        else (plan.prize, max(free.bound, plan.prize))
    )
    outer = max(value, bound)
    distance = abs(value - bound) / outer if outer > 0 else 0.0
    return replace(
        plan,
        bound=bound,
        gap=distance,
        proven=distance <= max(gap, _ROUNDING),
        method=f"{plan.method}, shortened",
    )
