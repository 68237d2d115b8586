"""Why a village is in a plan or out of it: what the plan loses without it, what it lacks to enter.

Each answer is the optimum of the question with one village refused, or one decided, held against
the plan. With a cost to be kept low:

    loss of a village that is in     =  least cost without it  -  cost of the plan
    extra of a village that is out   =  least cost with it     -  cost of the plan

Within a budget, what is lost is prize, and what a village that is out lacks is score.
See docs/explanation/reasons.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from planning.columns import IntArray
from planning.optimise.asking import Answer, Course, Solve, StepWatch
from planning.optimise.limits import LimitKind, LimitName, without
from planning.optimise.problem import Problem, SteinerPlan

_TOLERANCE: Final = 1e-9


class ReasonKind(StrEnum):
    """How a village stands to a plan."""

    CONNECTED_TODAY = "today"
    """It is a fibre point itself."""
    CHOSEN = "chosen"
    LEFT_OUT = "left-out"
    DECIDED = "decided"
    """It is in because somebody said so."""
    EXCLUDED = "excluded"
    """It is out because somebody said so."""
    INDISPENSABLE = "indispensable"
    """Without it no plan keeps the limits."""
    IMPOSSIBLE = "impossible"
    """With it no plan keeps the limits."""


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """Why one terminal is in or out.

    Attributes
    ----------
    terminal : int
        Its node.
    is_in : bool
    kind : ReasonKind
    low, high : float
        The difference lies between them: what the plan loses if the terminal is refused, or what
        it loses if the terminal must be in. In units of cost, or of prizes within a budget. For a
        terminal that is decided or excluded it is what setting it free and doing otherwise loses,
        which is negative where the decision costs more than it brings. Infinite where there is no
        plan.
    needed_prize : float or None
        Within a budget, the prize at which a terminal that is out would enter; ``None`` else.
    needed_budget : float or None
        Where it does not fit the budget at all, the budget from which it would.
    comes_in, goes_out : ndarray of int
        Terminals of the alternative that the plan does not have, and the other way about, itself
        left out of both.
    """

    terminal: int
    is_in: bool
    kind: ReasonKind
    low: float
    high: float
    needed_prize: float | None
    needed_budget: float | None
    comes_in: IntArray
    goes_out: IntArray

    @property
    def is_exact(self) -> bool:
        """Whether the difference is known and not only bounded."""
        if not np.isfinite(self.high):
            return self.low == self.high
        return self.high - self.low <= _TOLERANCE * max(1.0, abs(self.high))

    @property
    def message(self) -> str:
        """Fluent message of the reason."""
        return f"reason-{self.kind}"


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """Why every terminal is in or out.

    Attributes
    ----------
    of : tuple of Reason
        One per terminal of the problem, in its order.
    is_budget : bool
        Whether differences are prizes (of a question with a budget) and not costs.
    is_complete : bool
        Whether every question was asked; otherwise some reasons are only bounds.
    """

    of: tuple[Reason, ...]
    is_budget: bool
    is_complete: bool

    @property
    def is_exact(self) -> bool:
        """Whether every difference is."""
        return all(reason.is_exact for reason in self.of)


def explain(
    problem: Problem,
    plan: SteinerPlan,
    *,
    solve: Solve,
    watch: StepWatch | None = None,
    time_limit_s: float = 120.0,
    gap: float = 0.0,
) -> Reasons:
    """Explain a plan village by village.

    Parameters
    ----------
    problem : Problem
    plan : SteinerPlan
        Its answer.
    solve : callable
        :func:`planning.optimise.steiner.solve`.
    watch : callable, optional
        Told after each village; answers whether to go on.
    time_limit_s : float
        For all. Villages it does not suffice for get bounds.
    gap : float
        Distance from the bound, in proportion, that is good enough for each.

    Returns
    -------
    Reasons
    """
    is_in = np.isin(problem.terminals, plan.terminals)
    is_given = is_in & np.isin(problem.terminals, problem.roots)
    course = Course(len(problem.terminals), time_limit_s, watch)
    reasons = []
    seen: list[SteinerPlan] = []
    for at, node in enumerate(problem.terminals.tolist()):
        if is_given[at]:
            reasons.append(_given(node))
        else:
            case = _Case(problem, plan, at, node, bool(is_in[at]))
            answer = course.ask(solve, case.otherwise(), gap)
            reasons.append(_reason(case, answer, solve, course))
            if answer.plan is not None and not case.is_decided and not case.is_excluded:
                seen.append(answer.plan)
        course.step()
    reasons = [_sharpened(reason, problem, plan, seen) for reason in reasons]
    return Reasons(tuple(reasons), problem.budget is not None, not course.is_short)


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """One terminal of a plan."""

    problem: Problem
    plan: SteinerPlan
    at: int
    node: int
    is_in: bool

    @property
    def is_decided(self) -> bool:
        return bool((self.problem.locked == self.node).any())

    @property
    def is_excluded(self) -> bool:
        return bool((self.problem.forbidden == self.node).any())

    def otherwise(self) -> Problem:
        """Return the question with the terminal on the other side."""
        free = without(
            self.problem,
            [LimitName(LimitKind.LOCKED, self.node), LimitName(LimitKind.FORBIDDEN, self.node)],
        )
        if self.is_in:
            return replace(free, forbidden=np.append(free.forbidden, self.node))
        return replace(free, locked=np.append(free.locked, self.node))


def _given(node: int) -> Reason:
    none = np.empty(0, np.int64)
    return Reason(node, True, ReasonKind.CONNECTED_TODAY, 0.0, 0.0, None, None, none, none)


def _reason(case: _Case, answer: Answer, solve: Solve, course: Course) -> Reason:
    low, high = _difference(case, answer)
    comes_in, goes_out = _changes(case.node, case.plan, answer.plan)
    needed_prize = needed_budget = None
    if case.problem.budget is not None and not case.is_in:
        if answer.is_impossible:
            least = course.ask(solve, replace(case.otherwise(), budget=None))
            needed_budget = None if least.plan is None else least.plan.cost
        elif np.isfinite(high):
            needed_prize = float(case.problem.prizes[case.at]) + high
    return Reason(
        terminal=case.node,
        is_in=case.is_in,
        kind=_kind(case, answer),
        low=low,
        high=high,
        needed_prize=needed_prize,
        needed_budget=needed_budget,
        comes_in=comes_in,
        goes_out=goes_out,
    )


def _changes(node: int, plan: SteinerPlan, other: SteinerPlan | None) -> tuple[IntArray, IntArray]:
    """Return which terminals come in and go out, one left aside."""
    if other is None:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    ours, theirs = plan.terminals, other.terminals
    comes_in = theirs[~np.isin(theirs, ours) & (theirs != node)]
    goes_out = ours[~np.isin(ours, theirs) & (ours != node)]
    return comes_in, goes_out


def _sharpened(
    reason: Reason, problem: Problem, plan: SteinerPlan, seen: list[SteinerPlan]
) -> Reason:
    """Where time was too short, let the alternatives found for others serve.

    Each keeps every limit of the question, so one without the terminal (or with it) is an
    alternative for it too.
    """
    if reason.is_exact or reason.kind not in {ReasonKind.CHOSEN, ReasonKind.LEFT_OUT}:
        return reason
    for other in seen:
        if bool(np.isin(reason.terminal, other.terminals)) == reason.is_in:
            continue
        is_cost = problem.budget is None
        high = other.cost - plan.cost if is_cost else plan.prize - other.prize
        if high < reason.high:
            comes_in, goes_out = _changes(reason.terminal, plan, other)
            reason = replace(
                reason,
                low=min(reason.low, high),
                high=high,
                comes_in=comes_in,
                goes_out=goes_out,
            )
    if reason.needed_prize is not None or problem.budget is None or reason.is_in:
        return reason
    prize = float(problem.prizes[problem.terminals == reason.terminal][0]) + reason.high
    return replace(reason, needed_prize=prize if np.isfinite(prize) else None)


def _kind(case: _Case, answer: Answer) -> ReasonKind:
    if case.is_decided:
        return ReasonKind.DECIDED
    if case.is_excluded:
        return ReasonKind.EXCLUDED
    if answer.is_impossible:
        return ReasonKind.INDISPENSABLE if case.is_in else ReasonKind.IMPOSSIBLE
    return ReasonKind.CHOSEN if case.is_in else ReasonKind.LEFT_OUT


def _difference(case: _Case, answer: Answer) -> tuple[float, float]:
    """Return between what values lies how much worse the alternative is than the plan."""
    if answer.is_impossible:
        return np.inf, np.inf
    plan, other = case.plan, answer.plan
    if case.problem.budget is None:
        low = answer.bound - plan.cost
        high = np.inf if other is None else other.cost - plan.cost
        least = plan.bound - plan.cost
    else:
        low = plan.prize - answer.bound
        high = np.inf if other is None else plan.prize - other.prize
        least = plan.prize - plan.bound
    if not case.is_decided and not case.is_excluded:
        # The alternative is a plan for the same question: it is no better than its optimum.
        low = max(low, least)
    return (min(low, high), high)
