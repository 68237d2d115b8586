"""How far a limit must give way: its nearest value at which the others can be kept.

Each is an optimisation of its own: the most villages, the least money, the largest share, the
shortest reach. ``docs/explanation/conflicts.md`` has the mathematics.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from planning.columns import BoolArray
from planning.optimise.asking import Solve, ask
from planning.optimise.conditions import ShareCondition
from planning.optimise.limits import LimitKind, LimitName, with_only
from planning.optimise.problem import Condition, Problem, SolverProgress, SteinerPlan
from planning.optimise.standing import stand

_SAME_MONEY: Final = 1e-12
"""The solver's own: within it a cost keeps a budget."""
_SHARE_STEP: Final = 1e-4
_REACH_STEP_M: Final = 1.0
_MOST_HALVINGS: Final = 40


@dataclass(frozen=True, slots=True)
class Concession:
    """The nearest value of a limit.

    Attributes
    ----------
    value : float or None
        At this value there is a plan. ``None`` where a limit has no values but to go (a decided or
        an excluded village), or where time was too short.
    bound : float or None
        No value beyond this one, towards what was asked, can be kept.
    """

    value: float | None
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class Oracle:
    """Tells whether a problem has a plan at all.

    Attributes
    ----------
    solve : callable
    seconds_each : float
        Longest time for one question.
    """

    solve: Solve
    seconds_each: float = 10.0

    def feasible_plan(self, problem: Problem) -> tuple[SteinerPlan | None, bool]:
        """Return any plan that keeps every limit, and whether it is known that there is none.

        A budget is kept if the cheapest plan keeps it; the search ends as soon as that is known.
        """
        budget = problem.budget
        free = replace(problem, budget=None)
        if budget is None:
            answer = ask(self.solve, free, time_limit_s=self.seconds_each, gap=1.0)
            return answer.plan, answer.is_impossible
        enough = budget * (1 + _SAME_MONEY)

        def undecided(progress: SolverProgress) -> bool:
            is_kept = progress.value is not None and progress.value <= enough
            return not is_kept and not (progress.bound is not None and progress.bound > enough)

        answer = ask(self.solve, free, time_limit_s=self.seconds_each, watch=undecided)
        if answer.plan is not None and answer.plan.cost <= enough:
            return answer.plan, False
        return None, answer.is_impossible or answer.bound > enough


def concede(
    problem: Problem, name: LimitName, others: Collection[LimitName], oracle: Oracle
) -> Concession:
    """Find the nearest value of one limit, some others kept.

    Parameters
    ----------
    problem : Problem
    name : LimitName
    others : collection of LimitName
        Limits of the problem that some plan keeps.
    oracle : Oracle

    Returns
    -------
    Concession
    """
    rest = with_only(problem, others)
    match name.kind:
        case LimitKind.QUOTA:
            return _largest(rest, _numbers(problem), oracle)
        case LimitKind.BUDGET:
            answer = ask(oracle.solve, rest, time_limit_s=oracle.seconds_each)
            return Concession(None if answer.plan is None else answer.plan.cost, answer.bound)
        case LimitKind.CONDITION:
            condition = problem.conditions[name.at]
            if isinstance(condition, ShareCondition):
                return _largest(rest, _shares(condition, rest), oracle)
            return _largest(rest, _sums(condition), oracle)
        case LimitKind.REACH:
            return _reach(rest, float(problem.reach_m or 0.0), oracle)
        case _:
            return Concession(None)


@dataclass(frozen=True, slots=True)
class _Levels:
    """How high a limit can be set.

    Attributes
    ----------
    at : callable
        A problem with the limit at a level.
    attained : callable
        The level that some connected terminals attain.
    asked, most : float
        The level asked for, and one that arithmetic forbids to exceed.
    step : float
        Difference in level that is of no interest.
    is_whole : bool
        Whether only whole levels make a difference.
    """

    at: Callable[[Problem, float], Problem]
    attained: Callable[[BoolArray], float]
    asked: float
    most: float
    step: float
    is_whole: bool = False


def _numbers(problem: Problem) -> _Levels:
    """Return how many terminals can be asked for."""
    return _Levels(
        at=lambda rest, level: replace(rest, quota=int(level)),
        attained=lambda who: float(who.sum()),
        asked=float(problem.quota),
        most=float(len(problem.terminals)),
        step=0.5,
        is_whole=True,
    )


def _shares(condition: ShareCondition, rest: Problem) -> _Levels:
    return _Levels(
        at=lambda rest, level: _also(rest, condition.with_share(level)),
        attained=lambda who: _ratio(condition, who),
        asked=condition.share,
        most=_largest_ratio(condition, rest),
        step=_SHARE_STEP,
    )


def _sums(condition: Condition) -> _Levels:
    worth = condition.coefficients
    is_whole = bool((worth == np.round(worth)).all())
    return _Levels(
        at=lambda rest, level: _also(rest, replace(condition, least=level)),
        attained=lambda who: float(worth[who].sum()),
        asked=condition.least,
        most=float(worth[worth > 0].sum()),
        step=0.5 if is_whole else 1e-6 * max(1.0, float(np.abs(worth).sum())),
        is_whole=is_whole,
    )


def _also(problem: Problem, condition: Condition) -> Problem:
    return replace(problem, conditions=(*problem.conditions, condition))


def _largest(rest: Problem, levels: _Levels, oracle: Oracle) -> Concession:
    """Halve between a level that a plan attains and one that none does.

    A plan found at a level often attains more: the search goes on from there, as Dinkelbach's
    (1967) method does with ratios.
    """
    high = min(levels.asked, levels.most)
    plan, _ = oracle.feasible_plan(rest)
    if plan is None:
        return Concession(None, high)
    low = levels.attained(np.isin(rest.terminals, plan.terminals))
    level = high  # what nothing but arithmetic forbids may be possible
    for _ in range(_MOST_HALVINGS):
        if high - low <= levels.step:
            break
        level = float(np.ceil(level)) if levels.is_whole else level
        plan, is_impossible = oracle.feasible_plan(levels.at(rest, level))
        if plan is not None:
            attained = levels.attained(np.isin(rest.terminals, plan.terminals))
            # Sums of floats may say a hair less than the level the plan was found at.
            low = max(low, attained, min(level, high))
        elif is_impossible:
            # Of whole levels the next one down is the highest that may be possible.
            high = level - 1.0 if levels.is_whole else level
        else:
            break
        level = (low + high) / 2
    return Concession(low, max(low, high))


def _ratio(condition: ShareCondition, is_in: BoolArray) -> float:
    whole = float(condition.whole[is_in].sum())
    return float(condition.part[is_in].sum()) / whole if whole > 0 else 1.0


def _largest_ratio(condition: ShareCondition, problem: Problem) -> float:
    """Return a share that no choice of enough terminals exceeds, wherever they lie.

    Of all sets of at least the quota, with the locked ones and the roots in and the forbidden ones
    out, the largest share is found by Dinkelbach's method: take who adds to ``part - s * whole``,
    and the least bad until there are enough; take their share for *s*; until it stays.
    """
    must = np.isin(problem.terminals, np.concatenate([problem.locked, problem.roots]))
    never = np.isin(problem.terminals, problem.forbidden)
    must &= ~never
    share = 0.0
    for _ in range(_MOST_HALVINGS):
        gain = condition.part - share * condition.whole
        order = np.argsort(-np.where(never, -np.inf, np.where(must, np.inf, gain)), kind="stable")
        order = order[: len(order) - int(never.sum())]
        count = max(problem.quota, int((must | ((gain > 0) & ~never)).sum()), 0)
        is_in = np.zeros(len(gain), bool)
        is_in[order[:count]] = True
        better = _ratio(condition, is_in)
        if better <= share:
            break
        share = better
    return share


def _reach(rest: Problem, asked: float, oracle: Oracle) -> Concession:
    """Halve between a reach that a plan keeps and one that none does."""
    low = asked
    plan, _ = oracle.feasible_plan(rest)
    if plan is None:
        return Concession(None, low)
    high = _attained_reach(rest, plan)
    for _ in range(_MOST_HALVINGS):
        if high - low <= _REACH_STEP_M:
            break
        middle = (low + high) / 2
        plan, is_impossible = oracle.feasible_plan(replace(rest, reach_m=middle))
        if plan is not None:
            high = min(_attained_reach(rest, plan), middle)
        elif is_impossible:
            low = middle
        else:
            break
    return Concession(high, low)


def _attained_reach(problem: Problem, plan: SteinerPlan) -> float:
    tree = stand(plan.edges, plan.terminals, problem)
    return tree.longest_way(problem.lengths_m, plan.terminals)
