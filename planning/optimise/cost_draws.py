"""How firm a plan is when costs are not what was thought: the question asked again at other costs.

At the low, base and high end of the unit costs; and for drawn costs, each of which moves all edges
together (unit costs) and every place on its own (ground, access, contractors). What moves all edges
by one factor changes no choice under a quota: the same plan stays best and costs that much more.
Only what moves places apart decides who stays in. See ``docs/explanation/cost-robustness.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import PlanningError
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.replanning import Replanning, Solve

DEFAULT_DRAWS: Final = 200
DEFAULT_SPREAD: Final = 0.15
"""Assumed: about two places in three cost within 15 % of what the unit costs say."""
_NORMAL_95: Final = 1.959963984540054

DrawCosts: TypeAlias = Callable[[np.random.Generator], FloatArray]
"""Draw unit costs and return the cost of each edge that follows, shape (m,)."""


@dataclass(frozen=True, slots=True, eq=False)
class CostCases:
    """Cost of each edge at the ends and in the middle of the unit costs.

    Attributes
    ----------
    low, base, high : ndarray of float, shape (m,)
    """

    low: FloatArray
    base: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class DrawProgress:
    """How many draws are done, of how many."""

    done: int
    draws: int


@dataclass(frozen=True, slots=True, eq=False)
class CaseAnswer:
    """The best plan at one set of costs, and what the base plan is worth there.

    Attributes
    ----------
    plan : SteinerPlan
    base_cost : float
        Of the base plan's edges at these costs.
    regret : float
        What keeping the base plan loses: cost above the best plan's or, under a budget, prize
        below it; NaN where the base plan exceeds the budget.
    """

    plan: SteinerPlan
    base_cost: float
    regret: float


@dataclass(frozen=True, slots=True, eq=False)
class CostRobustness:
    """What becomes of a plan when costs change.

    Attributes
    ----------
    low, base, high : CaseAnswer
    village_share : ndarray of float, shape (t,)
        Share of the draws in whose best plan each terminal is, in the order of the problem.
    edge_share : ndarray of float, shape (m,)
    cost, base_cost, regret : ndarray of float, shape (d,)
        Of each draw, as in :class:`CaseAnswer`.
    unproven : int
        Draws whose best plan is not proven (it counts all the same).
    unanswered : int
        Draws at whose costs the question has no answer; counted nowhere else.
    solved : int
        Draws that had to be solved; the others differ from one solved before by a factor.
    stopped : bool
        Whether the watch ended it before all draws were done.
    seed : int
    spread : float
    """

    low: CaseAnswer
    base: CaseAnswer
    high: CaseAnswer
    village_share: FloatArray
    edge_share: FloatArray
    cost: FloatArray
    base_cost: FloatArray
    regret: FloatArray
    unproven: int
    unanswered: int
    solved: int
    stopped: bool
    seed: int
    spread: float

    @property
    def draws(self) -> int:
        """How many draws have an answer."""
        return len(self.cost)

    def cost_percentiles(self) -> FloatArray:
        """Return P10, P50 and P90 of the best plan's cost, shape (3,); NaN without draws."""
        if not len(self.cost):
            return np.full(3, np.nan)
        return np.asarray(np.percentile(self.cost, [10.0, 50.0, 90.0]))

    def share_limits(self) -> tuple[FloatArray, FloatArray]:
        """Return between what the villages' shares lie with 95 % confidence.

        Wilson's interval of a share known from ``draws`` trials (Wilson 1927): more draws would
        move it within these limits.

        Returns
        -------
        low, high : ndarray of float, shape (t,)
        """
        n = max(self.draws, 1)
        z2 = _NORMAL_95**2 / n
        middle = (self.village_share + z2 / 2.0) / (1.0 + z2)
        inside = self.village_share * (1.0 - self.village_share) / n + z2 / (4.0 * n)
        half = _NORMAL_95 * np.sqrt(inside) / (1.0 + z2)
        # Exactly 0 and 1 are limits of themselves; rounding must not say otherwise.
        low = np.clip(middle - half, 0.0, self.village_share)
        return low, np.clip(middle + half, self.village_share, 1.0)


def vary_costs(
    make_problem: Callable[[FloatArray], Problem],
    cases: CostCases,
    solve: Solve,
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = 0,
    spread: float = DEFAULT_SPREAD,
    places: IntArray | None = None,
    draw_costs: DrawCosts | None = None,
    watch: Callable[[DrawProgress], bool] | None = None,
) -> CostRobustness:
    """Ask the question at the ends of the unit costs and for drawn costs.

    Parameters
    ----------
    make_problem : callable
        The question at given costs of the edges; nothing else may differ.
    cases : CostCases
    solve : callable of Problem
    draws : int, default 200
    seed : int, default 0
        Each draw has a seed of its own, so that the first hundred of two hundred are the hundred.
    spread : float, default 0.15
        Standard deviation of the logarithm of what a place costs beside the unit costs.
    places : ndarray of int, shape (m,), optional
        Edges with one number lie in one place and vary together (a commune, a road). By default
        every edge is a place.
    draw_costs : callable, optional
        Draws unit costs. By default all are drawn together: one triangular number between low,
        base and high.
    watch : callable, optional
        Told after every draw; no further one is made when it answers ``False``.

    Returns
    -------
    CostRobustness

    Raises
    ------
    PlanningError
        If the question has no answer at the low, base or high costs.
    """
    asked = Replanning(make_problem, solve)
    base_plan = asked.best(cases.base)
    problem = make_problem(cases.base)
    plans = [base_plan, asked.best(cases.low), asked.best(cases.high)]
    base, low, high = (
        _answer(problem, plan, base_plan, costs)
        for plan, costs in zip(plans, (cases.base, cases.low, cases.high), strict=True)
    )
    place = (
        np.arange(len(problem.edges))
        if places is None
        else np.unique(places, return_inverse=True)[1]
    )
    common = draw_costs or _between(cases)
    answers: list[CaseAnswer] = []
    village_count = np.zeros(len(problem.terminals), np.int64)
    edge_count = np.zeros(len(problem.edges), np.int64)
    solved_before, unanswered, stopped = asked.solved, 0, False
    for draw in range(draws):
        rng = np.random.default_rng((seed, draw))
        costs = common(rng) * _local(rng, place, spread)
        try:
            plan = asked.best(costs)
        except PlanningError:
            unanswered += 1
        else:
            answers.append(_answer(problem, plan, base_plan, costs))
            village_count += np.isin(problem.terminals, plan.terminals)
            edge_count[plan.edges] += 1
        if watch is not None and not watch(DrawProgress(draw + 1, draws)):
            stopped = draw + 1 < draws
            break
    n = max(len(answers), 1)
    return CostRobustness(
        low=low,
        base=base,
        high=high,
        village_share=village_count / n,
        edge_share=edge_count / n,
        cost=np.array([answer.plan.cost for answer in answers]),
        base_cost=np.array([answer.base_cost for answer in answers]),
        regret=np.array([answer.regret for answer in answers]),
        unproven=sum(not answer.plan.proven for answer in answers),
        unanswered=unanswered,
        solved=asked.solved - solved_before,
        stopped=stopped,
        seed=seed,
        spread=spread,
    )


def villages_in_all(robustness: CostRobustness, terminals: IntArray) -> BoolArray:
    """Return which terminals are in the best plan at low, base and high costs alike, shape (t,)."""
    inside = np.ones(len(terminals), np.bool_)
    for answer in (robustness.low, robustness.base, robustness.high):
        inside &= np.isin(terminals, answer.plan.terminals)
    return inside


def _answer(
    problem: Problem, plan: SteinerPlan, base_plan: SteinerPlan, costs: FloatArray
) -> CaseAnswer:
    base_cost = float(costs[base_plan.edges].sum())
    if problem.budget is None:
        return CaseAnswer(plan, base_cost, max(0.0, base_cost - plan.cost))
    if base_cost > problem.budget * (1.0 + 1e-9):
        return CaseAnswer(plan, base_cost, np.nan)
    return CaseAnswer(plan, base_cost, max(0.0, plan.prize - base_plan.prize))


def _between(cases: CostCases) -> DrawCosts:
    """Return what draws one place between low, base and high for all edges."""

    def draw(rng: np.random.Generator) -> FloatArray:
        at = float(rng.triangular(-1.0, 0.0, 1.0))
        end = cases.low if at < 0.0 else cases.high
        return np.asarray(cases.base + abs(at) * (end - cases.base))

    return draw


def _local(rng: np.random.Generator, place: IntArray, spread: float) -> FloatArray:
    """Return a factor for each edge, log-normal with mean 1, one for each place."""
    n = int(place.max()) + 1 if len(place) else 0
    normal = rng.standard_normal(n)
    factor: FloatArray = np.exp(spread * normal - spread**2 / 2.0)[place]
    return factor
