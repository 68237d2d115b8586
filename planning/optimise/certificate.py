"""A plan checked against the question it answers, by code that knows nothing of the solver.

Whoever trusts a plan need not trust how it was found: everything but the bound can be added up
again from the plan and the problem, and here it is. The bound is the solver's word; what is checked
is that it stands on the right side. See docs/explanation/certificate.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import PlanningError
from planning.optimise.fingerprint import plan_hash, problem_hash
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.standing import Standing, stand

_TOLERANCE: Final = 1e-9
"""Of sums of floats, in proportion to what is summed."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold of a plan.

    Attributes
    ----------
    key : str
        What was checked; ``message`` names its sentence.
    holds : bool
    got, asked : float or None
        The figure of the plan and the one it is held against, where there are any.
    condition : int or None
        Position of the condition, for a check of one.
    """

    key: str
    holds: bool
    got: float | None = None
    asked: float | None = None
    condition: int | None = None

    @property
    def message(self) -> str:
        """Fluent message of what was checked."""
        return f"certificate-{self.key}"

    def as_dict(self) -> dict[str, Any]:
        """Return the check as plain values; figures that are not finite as ``None``."""
        values = {
            "check": self.key,
            "holds": self.holds,
            "got": _plain(self.got),
            "asked": _plain(self.asked),
        }
        return values if self.condition is None else values | {"condition": self.condition}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked of a plan.

    Attributes
    ----------
    checks : tuple of Check
    plan_hash, problem_hash : str
        SHA-256 over the arrays in one fixed form: the same plan and question have the same, on
        every machine.
    figures : dict
        What the plan is worth, as it states it: cost, prize, bound, gap, proven, method.
    """

    checks: tuple[Check, ...]
    plan_hash: str
    problem_hash: str
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether every check does."""
        return all(check.holds for check in self.checks)

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if not check.holds)

    def as_dict(self) -> dict[str, Any]:
        """Return the certificate as values that JSON can hold."""
        return {
            "holds": self.holds,
            "plan_hash": self.plan_hash,
            "problem_hash": self.problem_hash,
            "figures": {name: _plain(value) for name, value in self.figures.items()},
            "checks": [check.as_dict() for check in self.checks],
        }


def check(plan: SteinerPlan, problem: Problem) -> Certificate:
    """Check a plan against its problem.

    Parameters
    ----------
    plan : SteinerPlan
    problem : Problem

    Returns
    -------
    Certificate
        It may or may not hold; :func:`certified` insists.
    """
    return Certificate(
        checks=tuple(_checks(plan, problem)),
        plan_hash=plan_hash(plan, problem),
        problem_hash=problem_hash(problem),
        figures={
            "cost": plan.cost,
            "prize": plan.prize,
            "bound": plan.bound,
            "gap": plan.gap,
            "proven": plan.proven,
            "method": plan.method,
            "edges": len(plan.edges),
            "terminals": len(plan.terminals),
        },
    )


def certified(plan: SteinerPlan, problem: Problem) -> Certificate:
    """Check a plan and refuse it if anything is wrong.

    Raises
    ------
    PlanningError
        ``error-plan-certificate``, with the keys of the checks that fail in ``checks``.
    """
    certificate = check(plan, problem)
    if not certificate.holds:
        failed = ", ".join(dict.fromkeys(one.key for one in certificate.failed))
        raise PlanningError("error-plan-certificate", checks=failed)
    return certificate


def _checks(plan: SteinerPlan, problem: Problem) -> Iterator[Check]:
    edges = np.asarray(plan.edges)
    exist = not len(edges) or bool(edges[0] >= 0 and edges[-1] < len(problem.edges))
    is_list = exist and bool((np.diff(edges) > 0).all())
    yield Check("edges", is_list, float(len(edges)), float(len(problem.edges)))
    if not is_list:
        return  # nothing else can be said of edges that are none
    tree = stand(edges, plan.terminals, problem)
    yield Check("connected", tree.pieces <= 1, float(tree.pieces), 1.0)
    # A forest over p pieces of v nodes has v - p edges; one more closes a ring.
    rings = len(edges) - (tree.n_merged - tree.pieces)
    yield Check("acyclic", rings == 0, float(rings), 0.0)
    cost = math.fsum(problem.costs[edges])
    yield Check("cost", _is_near(plan.cost, cost), plan.cost, cost)
    is_in = tree.is_in[problem.terminals]
    is_same = bool(np.array_equal(problem.terminals[is_in], plan.terminals))
    yield Check("terminals", is_same, float(len(plan.terminals)), float(is_in.sum()))
    prize = math.fsum(problem.prizes[is_in])
    yield Check("prize", _is_near(plan.prize, prize), plan.prize, prize)
    yield from _limits(problem, tree, is_in, cost)
    yield from _bound(plan, problem, cost, prize)


def _limits(problem: Problem, tree: Standing, is_in: BoolArray, cost: float) -> Iterator[Check]:
    count = int(is_in.sum())
    yield Check("quota", count >= problem.quota, float(count), float(problem.quota))
    if problem.budget is not None:
        within = cost <= problem.budget * (1 + _TOLERANCE)
        yield Check("budget", within, cost, problem.budget)
    kept = int(tree.is_in[problem.locked].sum())
    yield Check("locked", kept == len(problem.locked), float(kept), float(len(problem.locked)))
    passed = int(tree.is_in[problem.forbidden].sum())
    yield Check("forbidden", passed == 0, float(passed), 0.0)
    for at, condition in enumerate(problem.conditions):
        summed: FloatArray = condition.coefficients[is_in]
        got = math.fsum(summed)
        scale = max(1.0, math.fsum(np.abs(summed)), abs(condition.least))
        holds = got >= condition.least - _TOLERANCE * scale
        yield Check("condition", holds, got, condition.least, condition=at)
    if problem.reach_m is not None:
        connected: IntArray = problem.terminals[is_in]
        longest = tree.longest_way(problem.lengths_m, connected)
        holds = longest <= problem.reach_m * (1 + _TOLERANCE)
        yield Check("reach", holds, longest, problem.reach_m)


def _bound(plan: SteinerPlan, problem: Problem, cost: float, prize: float) -> Iterator[Check]:
    if problem.budget is None:
        value, better, worse = cost, plan.bound, cost
    else:
        value, better, worse = prize, prize, plan.bound
    is_beyond = better <= worse + _TOLERANCE * max(1.0, abs(value))
    yield Check("bound", bool(is_beyond), plan.bound, value)
    base = abs(worse)
    gap = max(worse - better, 0.0) / base if base > 0 else 0.0
    # A gap may be stated too wide, never too narrow.
    yield Check("gap", bool(plan.gap >= gap - _TOLERANCE), plan.gap, gap)


def _is_near(stated: float, summed: float) -> bool:
    return abs(stated - summed) <= _TOLERANCE * max(1.0, abs(summed))


def _plain(value: Any) -> Any:
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    return value
