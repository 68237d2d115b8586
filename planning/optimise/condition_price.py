"""The price of a side condition: the best plans with it and without it, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.columns import IntArray
from planning.optimise.asking import Solve, ask
from planning.optimise.limits import LimitKind, LimitName, without
from planning.optimise.problem import Problem, SteinerPlan

_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class ConditionPrice:
    """The best plans with a condition and without it, side by side.

    Attributes
    ----------
    with_it, without_it : SteinerPlan
    low, high : float
        What the condition costs lies between them: money, or prizes within a budget.
    comes_in, goes_out : ndarray of int
        Terminals connected because of the condition, and instead of them.
    attained, attained_without : float
        ``coefficients · y`` of the two plans.
    """

    with_it: SteinerPlan
    without_it: SteinerPlan
    low: float
    high: float
    comes_in: IntArray
    goes_out: IntArray
    attained: float
    attained_without: float

    @property
    def is_exact(self) -> bool:
        """Whether the price is known and not only bounded."""
        return self.high - self.low <= _TOLERANCE * max(1.0, abs(self.high))


def price_of(
    problem: Problem,
    at: int,
    plan: SteinerPlan,
    *,
    solve: Solve,
    time_limit_s: float = 60.0,
) -> ConditionPrice | None:
    """Return what a side condition costs.

    Parameters
    ----------
    problem : Problem
    at : int
        Position of the condition.
    plan : SteinerPlan
        The answer of the problem, with the condition.
    solve : callable
    time_limit_s : float

    Returns
    -------
    ConditionPrice or None
        ``None`` when time was too short for any plan without the condition.
    """
    lifted = without(problem, [LimitName(LimitKind.CONDITION, at)])
    free = ask(solve, lifted, time_limit_s=time_limit_s).plan
    if free is None:
        return None
    if problem.budget is None:
        low, high = plan.bound - free.cost, plan.cost - free.bound
    else:
        low, high = free.prize - plan.bound, free.bound - plan.prize
    coefficients = problem.conditions[at].coefficients
    return ConditionPrice(
        with_it=plan,
        without_it=free,
        low=max(low, 0.0),
        high=max(high, 0.0),
        comes_in=plan.terminals[~np.isin(plan.terminals, free.terminals)],
        goes_out=free.terminals[~np.isin(free.terminals, plan.terminals)],
        attained=float(coefficients[np.isin(problem.terminals, plan.terminals)].sum()),
        attained_without=float(coefficients[np.isin(problem.terminals, free.terminals)].sum()),
    )
