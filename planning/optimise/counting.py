"""The most villages a budget pays for, by the least cost of numbers of them."""

from __future__ import annotations

import time
from dataclasses import replace

from planning.errors import PlanningError
from planning.optimise.problem import Problem, SteinerPlan, Watch
from planning.optimise.question import largest_quota
from planning.optimise.solving import SMALLEST_GAP, Solve


def only_counts(question: Problem) -> bool:
    """Tell whether the prizes of a question only count terminals."""
    prizes = question.prizes
    return len(prizes) > 0 and prizes[0] > 0 and bool((prizes == prizes[0]).all())


def most_in_number(
    question: Problem, *, time_limit_s: float, gap: float, watch: Watch | None
) -> SteinerPlan:
    """Find the most terminals a budget pays for.

    A number fits when a tree of it is found within the budget, and does not when the bound of its
    cost is above; the least number that does not fit bounds all others.

    Parameters
    ----------
    question : Problem
        With a budget, equal prizes and no conditions.
    time_limit_s, gap, watch
        As for :func:`planning.optimise.steiner.solve`.

    Raises
    ------
    PlanningError
        ``error-plan-none`` if the least number asked for does not fit, ``error-plan-time`` if
        that is not known.
    """
    began = time.perf_counter()
    budget = question.budget or 0.0
    most = largest_quota(question)
    low, high = question.quota, most + 1
    # Numbers from here on are known not to fit.
    ruled_out = high
    best: SteinerPlan | None = None
    while low < high:
        # The least number first: whether there is an answer at all.
        middle = low if best is None else (low + high) // 2
        left = time_limit_s - (time.perf_counter() - began)
        asked = replace(question, budget=None, quota=middle)
        plan, does_not_fit = None, False
        try:
            plan = Solve(asked, time_limit_s=max(left, 0.01), enough=budget, watch=watch).plan()
            does_not_fit = plan.bound > budget * (1 + 1e-12)
        except PlanningError as error:
            # Every tree of that number was ruled out, or the time did not suffice to.
            does_not_fit = error.key != "error-plan-time"
        if plan is not None and plan.cost <= budget * (1 + 1e-12):
            best, low = plan, max(middle, len(plan.terminals)) + 1
            continue
        high = middle
        if does_not_fit:
            ruled_out = min(ruled_out, middle)
        if best is None:
            raise PlanningError("error-plan-none" if does_not_fit else "error-plan-time")
    if best is None:
        raise PlanningError("error-plan-none")
    worth = float(question.prizes[0])
    prize = worth * len(best.terminals)
    bound = max(prize, worth * (ruled_out - 1))
    distance = (bound - prize) / bound if bound > 0 else 0.0
    return replace(
        best,
        prize=prize,
        bound=bound,
        proven=distance <= max(gap, SMALLEST_GAP),
        gap=distance,
        seconds=time.perf_counter() - began,
    )
