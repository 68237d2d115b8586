"""One question at many costs: what an answer at one set of costs says about another.

A plan that is allowed at some costs is allowed at all, but for a budget. So every plan found stands
ready for the next costs, and costs that differ by a factor need no second search.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeAlias

import numpy as np

from planning.columns import FloatArray
from planning.optimise.problem import Problem, SteinerPlan

Solve: TypeAlias = Callable[[Problem], SteinerPlan]
_SAME: Final = 1e-12
_MOST_KEPT: Final = 8
"""Costs kept to compare with: the cases and a few draws; all of them would fill the memory."""


class Replanning:
    """The question, with the plans found so far."""

    def __init__(self, make_problem: Callable[[FloatArray], Problem], solve: Solve) -> None:
        """Begin without plans.

        Parameters
        ----------
        make_problem : callable
            The question at given costs of the edges, shape (m,).
        solve : callable
        """
        self.make_problem = make_problem
        self.solve = solve
        self.solved = 0
        self._answers: list[tuple[FloatArray, SteinerPlan]] = []
        self._plans: dict[bytes, SteinerPlan] = {}

    def best(self, costs: FloatArray) -> SteinerPlan:
        """Return the best plan at given costs.

        Parameters
        ----------
        costs : ndarray of float, shape (m,)

        Returns
        -------
        SteinerPlan
            Never worse than a plan found before.

        Raises
        ------
        PlanningError
            If the question has no answer.
        """
        problem = self.make_problem(costs)
        known = self._by_factor(costs) if problem.budget is None else None
        if known is not None:
            return known
        plan = self.solve(problem)
        self.solved += 1
        plan = self._improved(problem, plan)
        self._plans.setdefault(plan.edges.tobytes(), plan)
        if len(self._answers) < _MOST_KEPT:
            self._answers.append((costs, plan))
        return plan

    def _by_factor(self, costs: FloatArray) -> SteinerPlan | None:
        """Return the plan of costs that these are a multiple of, at these costs."""
        total = float(costs.sum())
        for before, plan in self._answers:
            other = float(before.sum())
            if not (total > 0.0 and other > 0.0):
                continue
            factor = total / other
            if np.all(np.abs(before * factor - costs) <= _SAME * costs):
                cost = float(costs[plan.edges].sum())
                return replace(plan, cost=cost, bound=min(plan.bound * factor, cost), seconds=0.0)
        return None

    def _improved(self, problem: Problem, plan: SteinerPlan) -> SteinerPlan:
        """Return the plan, or one found before that is better at these costs."""
        for other in self._plans.values():
            cost = float(problem.costs[other.edges].sum())
            if problem.budget is None:
                if cost < plan.cost * (1.0 - _SAME):
                    bound = min(plan.bound, cost)
                    plan = _instead(plan, other, cost, bound, (cost - bound) / (cost or 1.0))
            elif cost <= problem.budget and other.prize > plan.prize:
                bound = max(plan.bound, other.prize)
                plan = _instead(plan, other, cost, bound, (bound - other.prize) / other.prize)
        return plan


def _instead(
    plan: SteinerPlan, other: SteinerPlan, cost: float, bound: float, gap: float
) -> SteinerPlan:
    """Return the plan with the choice of another one."""
    return replace(
        plan,
        edges=other.edges,
        terminals=other.terminals,
        cost=cost,
        prize=other.prize,
        bound=bound,
        gap=gap,
    )
