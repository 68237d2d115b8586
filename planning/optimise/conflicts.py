"""When it cannot be done: which limits conflict, and how far each would have to give way.

A set of limits conflicts minimally when no plan keeps them all, and some plan keeps all but any
one. It is found by dividing (QuickXplain; Junker, 2004), in few questions to the solver however
many limits there are. See docs/explanation/conflicts.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from planning.errors import PlanningError
from planning.optimise.asking import Solve, ask
from planning.optimise.concessions import Concession, Oracle, concede
from planning.optimise.conditions import ShareCondition
from planning.optimise.limits import LimitKind, LimitName, limits_of, with_only, without
from planning.optimise.problem import Problem, SteinerPlan

_NEAR_ENOUGH: Final = 0.01
"""Gap of the plan shown for a relaxed question: it is an example, not the answer."""
_EXAMPLE_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Limit:
    """One of the limits in conflict, and its nearest value.

    Attributes
    ----------
    name : LimitName
    message : str
        Fluent message of the limit, filled from ``values``.
    values : dict
        ``asked`` and ``nearest`` as a person reads them (per cent, kilometres, whole villages), and
        the condition's own.
    asked : float or None
    nearest : float or None
        At this value, the others kept, there is a plan; ``None`` where the limit can only go.
    nearest_bound : float or None
        No value nearer than this one can do; within a small step of ``nearest`` when proven.
    is_enough : bool
        Whether giving way here alone makes a plan possible. Otherwise ``nearest`` settles this
        conflict only, and there is another: ``Conflict.further``.
    """

    name: LimitName
    message: str
    values: dict[str, Any]
    asked: float | None
    nearest: float | None
    nearest_bound: float | None
    is_enough: bool


@dataclass(frozen=True, slots=True, eq=False)
class Conflict:
    """Limits that cannot all be kept, and what can be.

    Attributes
    ----------
    limits : tuple of Limit
        Never empty.
    is_minimal : bool
        Whether every one of them is known to be needed for the conflict.
    further : Conflict or None
        Another conflict: among the limits outside this one, or between them and the number there
        are ways to where more villages than that are asked for.
    relaxed : Problem
        The question with limits lifted until it has an answer.
    plan : SteinerPlan or None
        An answer to ``relaxed``, near the best; ``None`` when time was too short.
    lifted : tuple of LimitName
        Limits that ``relaxed`` has at their nearest value, or not at all.
    """

    limits: tuple[Limit, ...]
    is_minimal: bool
    further: Conflict | None
    relaxed: Problem
    plan: SteinerPlan | None
    lifted: tuple[LimitName, ...]


def explain(problem: Problem, *, solve: Solve, seconds_each: float = 10.0) -> Conflict:
    """Explain why a problem has no plan.

    Parameters
    ----------
    problem : Problem
    solve : callable
        :func:`planning.optimise.steiner.solve`.
    seconds_each : float
        Longest time for one question to the solver.

    Returns
    -------
    Conflict

    Raises
    ------
    ValueError
        If the problem has a plan.
    PlanningError
        ``error-plan-time``: time was too short to tell whether it has one.
    """
    oracle = Oracle(solve, seconds_each)
    plan, is_impossible = oracle.feasible_plan(problem)
    if plan is not None:
        raise ValueError("the question has an answer")
    if not is_impossible:
        raise PlanningError("error-plan-time")
    return _explained(problem, oracle)


def _explained(problem: Problem, oracle: Oracle) -> Conflict:
    search = _Division(problem, oracle)
    names = tuple(sorted(search.minimal(), key=limits_of(problem).index))
    if names == (LimitName(LimitKind.QUOTA),):
        staged = _staged(problem, names[0], oracle, is_exact=search.is_exact)
        if staged is not None:
            return staged
    limits = []
    for name in names:
        plan, _ = oracle.feasible_plan(without(problem, [name]))
        is_enough = plan is not None
        others = set(limits_of(problem) if is_enough else names) - {name}
        found = concede(problem, name, others, oracle)
        limits.append(_limit(problem, name, found, is_enough=is_enough))
    further, relaxed, lifted = _relaxed(problem, tuple(limits), oracle)
    plan = None if further is None else further.plan
    return Conflict(
        tuple(limits), search.is_exact, further, relaxed, plan or _example(relaxed, oracle), lifted
    )


def _staged(
    problem: Problem, name: LimitName, oracle: Oracle, *, is_exact: bool
) -> Conflict | None:
    """Tell a limit that cannot be kept by itself from what the others ask beyond that.

    More villages may be asked for than there are ways to, whatever else is asked; of the number
    there are ways to, other limits may allow still fewer, and are then to be named as well.

    Returns
    -------
    Conflict or None
        ``None`` where the nearest value of the limit alone can be kept with all the others, and
        where the others cannot be kept without it either.
    """
    if oracle.feasible_plan(without(problem, [name]))[0] is None:
        return None
    alone = concede(problem, name, (), oracle)
    if alone.value is None:
        return None
    eased = _given_way(problem, _limit(problem, name, alone, is_enough=False))
    plan, is_impossible = oracle.feasible_plan(eased)
    if plan is not None or not is_impossible:
        return None
    further = _explained(eased, oracle)
    others = set(limits_of(problem)) - {name}
    limit = _limit(problem, name, concede(problem, name, others, oracle), is_enough=True)
    relaxed = _given_way(problem, limit)
    plan = _example(relaxed, oracle)
    return Conflict((limit,), is_exact, further, relaxed, plan, (name,))


def _relaxed(
    problem: Problem, limits: tuple[Limit, ...], oracle: Oracle
) -> tuple[Conflict | None, Problem, tuple[LimitName, ...]]:
    """Return what can be answered: one limit given way, or all of this conflict and of the next."""
    for limit in limits:
        if limit.is_enough:
            return None, _given_way(problem, limit), (limit.name,)
    names = tuple(limit.name for limit in limits)
    rest = without(problem, names)
    plan, is_impossible = oracle.feasible_plan(rest)
    if plan is None and is_impossible:
        further = _explained(rest, oracle)
        return further, further.relaxed, (*names, *further.lifted)
    return None, rest, names


def _example(problem: Problem, oracle: Oracle) -> SteinerPlan | None:
    """Return a good plan, or at least one that keeps every limit."""
    seconds = min(oracle.seconds_each, _EXAMPLE_SECONDS)
    plan = ask(oracle.solve, problem, time_limit_s=seconds, gap=_NEAR_ENOUGH).plan
    return plan or oracle.feasible_plan(problem)[0]


def _given_way(problem: Problem, limit: Limit) -> Problem:
    """Return the problem with one limit at its nearest value."""
    nearest = limit.nearest
    if nearest is None:
        return without(problem, [limit.name])
    match limit.name.kind:
        case LimitKind.QUOTA:
            return replace(problem, quota=int(nearest))
        case LimitKind.BUDGET:
            return replace(problem, budget=nearest * (1 + 1e-9))
        case LimitKind.REACH:
            return replace(problem, reach_m=nearest * (1 + 1e-9))
        case _:
            conditions = list(problem.conditions)
            old = conditions[limit.name.at]
            slack = 1e-9 * max(1.0, float(np.abs(old.coefficients).sum()))
            if isinstance(old, ShareCondition):
                new = old.with_share(nearest)
                conditions[limit.name.at] = replace(new, least=-slack)
            else:
                conditions[limit.name.at] = replace(old, least=nearest - slack)
            return replace(problem, conditions=tuple(conditions))


def _limit(problem: Problem, name: LimitName, found: Concession, *, is_enough: bool) -> Limit:
    asked: float | None = None
    key = str(name.kind)
    own: dict[str, Any] = {}
    scale = 1.0
    match name.kind:
        case LimitKind.QUOTA:
            asked = float(problem.quota)
        case LimitKind.BUDGET:
            asked = problem.budget
        case LimitKind.REACH:
            asked, scale = problem.reach_m, 1e-3
        case LimitKind.CONDITION:
            condition = problem.conditions[name.at]
            own = dict(condition.values)
            is_share = isinstance(condition, ShareCondition)
            asked = condition.share if isinstance(condition, ShareCondition) else condition.least
            scale = 100.0 if is_share else 1.0
            if condition.key in {"minority_share", "district"}:
                key = condition.key
        case _:
            own = {"node": name.at}
    values = own | {
        "asked": _said(name.kind, asked, scale),
        "nearest": _said(name.kind, found.value, scale),
    }
    return Limit(
        name=name,
        message=f"conflict-{key}",
        values=values,
        asked=asked,
        nearest=found.value,
        nearest_bound=found.bound,
        is_enough=is_enough,
    )


def _said(kind: LimitKind, value: float | None, scale: float) -> float | int | str:
    """Return a figure as it is said, rounded to the side on which there is a plan."""
    if value is None:
        return "-"
    if kind in {LimitKind.QUOTA, LimitKind.BUDGET}:
        return int(np.ceil(value - 1e-6))
    scaled = value * scale * 10
    near = round(scaled)
    if abs(scaled - near) < 1e-6:
        return near / 10
    return float(np.ceil(scaled) if kind == LimitKind.REACH else np.floor(scaled)) / 10


@dataclass(slots=True)
class _Division:
    """One search for a minimal conflict.

    A question that time was too short for counts as possible: its limits are then kept in the set,
    which still conflicts but may not be minimal.
    """

    problem: Problem
    oracle: Oracle
    is_exact: bool = True
    known: dict[frozenset[LimitName], bool] = field(default_factory=dict)

    def minimal(self) -> tuple[LimitName, ...]:
        return self._part((), (), limits_of(self.problem))

    def _part(
        self,
        kept: Sequence[LimitName],
        added: Sequence[LimitName],
        names: Sequence[LimitName],
    ) -> tuple[LimitName, ...]:
        """Return a minimal part of ``names`` that conflicts with what is kept."""
        if added and self._conflicts(kept):
            return ()
        if len(names) == 1:
            return tuple(names)
        half = len(names) // 2
        first, second = names[:half], names[half:]
        of_second = self._part((*kept, *first), first, second)
        of_first = self._part((*kept, *of_second), of_second, first)
        return (*of_first, *of_second)

    def _conflicts(self, names: Sequence[LimitName]) -> bool:
        key = frozenset(names)
        if key not in self.known:
            plan, is_impossible = self.oracle.feasible_plan(with_only(self.problem, key))
            self.is_exact &= plan is not None or is_impossible
            self.known[key] = plan is None and is_impossible
        return self.known[key]
