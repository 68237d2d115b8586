"""The whole cost curve: what each number of villages costs at least, and the price of one more.

    price(k) = cost(k) - cost(k - 1)

Costs never fall with the number, but prices may: two villages down one valley can cost less for the
second than for the first. So the curve is not convex, every number is solved by itself, and the
points on its lower convex hull are marked: they give the most villages for their money.
See docs/explanation/frontier.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.asking import Course, Solve, StepWatch
from planning.optimise.problem import Problem, SteinerPlan

_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Price:
    """What one step of the curve costs, as far as it is known.

    Attributes
    ----------
    low, high : float
        The price lies between them; equal when both ends of the step are proven.
    """

    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        """Whether there is no doubt left."""
        return self.high - self.low <= _TOLERANCE * max(1.0, abs(self.high))


@dataclass(frozen=True, slots=True, eq=False)
class Frontier:
    """The curve at ``k`` numbers of terminals.

    Attributes
    ----------
    counts : ndarray of int, shape (k,)
        Ascending; only those that can be connected.
    costs, bounds : ndarray of float, shape (k,)
        Cost of the best plan and what every plan costs at least; both never fall. A cost is
        infinite where time was too short for any plan.
    proven : ndarray of bool, shape (k,)
    plans : tuple of SteinerPlan or None
        One per count; it may connect more than its count, when that costs no more.
    is_chosen : ndarray of bool, shape (k, t)
        Which terminals each plan connects.
    is_efficient : ndarray of bool, shape (k,)
        Points on the lower convex hull of the curve.
    base : float
        Cost of connecting none beyond what is given; NaN when it was not asked for and not nought.
    refused : tuple of int
        Counts no plan connects under the limits.
    is_complete : bool
        Whether it was traced to its end, neither stopped nor out of time.
    """

    counts: IntArray
    costs: FloatArray
    bounds: FloatArray
    proven: BoolArray
    plans: tuple[SteinerPlan | None, ...]
    is_chosen: BoolArray
    is_efficient: BoolArray
    base: float
    refused: tuple[int, ...]
    is_complete: bool

    @property
    def price_low(self) -> FloatArray:
        """Least price of each step from the count before, shape (k,); NaN where not known."""
        before = np.concatenate([[self.base], self.costs[:-1]])
        least: FloatArray = np.maximum(self.bounds - before, 0.0)
        return least

    @property
    def price_high(self) -> FloatArray:
        """Highest price of each step from the count before, shape (k,); NaN where not known."""
        before = np.concatenate([[self.base], self.bounds[:-1]])
        highest: FloatArray = self.costs - before
        return highest

    def price(self, count: int) -> Price:
        """Return the price of the ``count``-th terminal.

        Raises
        ------
        KeyError
            If the count or the one before it was not traced.
        """
        at = int(np.searchsorted(self.counts, count))
        is_there = at < len(self.counts) and self.counts[at] == count
        before = self.counts[at - 1] if at else 0
        if not is_there or before != count - 1 or (not at and np.isnan(self.base)):
            raise KeyError(count)
        return Price(float(self.price_low[at]), float(self.price_high[at]))

    def joined(self, at: int) -> BoolArray:
        """Tell which terminals plan ``at`` connects and the one before does not, shape (t,)."""
        joined: BoolArray = self.is_chosen[at] & ~self._before(at)
        return joined

    def dropped(self, at: int) -> BoolArray:
        """Tell which terminals plan ``at`` no longer connects: cheapest plans need not nest."""
        dropped: BoolArray = ~self.is_chosen[at] & self._before(at)
        return dropped

    def _before(self, at: int) -> BoolArray:
        before: BoolArray = (
            self.is_chosen[at - 1] if at else np.zeros(self.is_chosen.shape[1], bool)
        )
        return before


def trace(
    problem: Problem,
    counts: Iterable[int],
    *,
    solve: Solve,
    watch: StepWatch | None = None,
    time_limit_s: float = 120.0,
    gap: float = 0.0,
) -> Frontier:
    """Solve a question for every number of terminals.

    Parameters
    ----------
    problem : Problem
        Its quota and budget are not heeded, every other limit is.
    counts : iterable of int
        Numbers of terminals to ask for.
    solve : callable
        :func:`planning.optimise.steiner.solve`.
    watch : callable, optional
        Told after each number; answers whether to go on.
    time_limit_s : float
        For the whole curve.
    gap : float
        Distance from the bound, in proportion, that is good enough at each number.

    Returns
    -------
    Frontier
    """
    wanted = sorted({int(count) for count in counts})
    course = Course(len(wanted), time_limit_s, watch)
    plans: list[SteinerPlan | None] = []
    bounds: list[float] = []
    refused: tuple[int, ...] = ()
    for at, count in enumerate(wanted):
        last = plans[-1] if plans else None
        if last is not None and len(last.terminals) >= count:
            # No plan for more is cheaper than the best for fewer.
            plans.append(last)
            bounds.append(bounds[-1])
        else:
            answer = course.ask(solve, replace(problem, quota=count, budget=None), gap)
            if answer.is_impossible:
                refused = tuple(wanted[at:])
                break
            plans.append(answer.plan)
            bounds.append(max(answer.bound, bounds[-1] if bounds else 0.0))
        if not course.step():
            break
    return _frontier(problem, wanted, plans, bounds, refused)


def _frontier(
    problem: Problem,
    wanted: list[int],
    plans: list[SteinerPlan | None],
    bounds: list[float],
    refused: tuple[int, ...],
) -> Frontier:
    counted = wanted[: len(plans)]
    for at in range(len(plans) - 2, -1, -1):
        # A plan for more that costs less is the better plan for fewer.
        here, more = plans[at], plans[at + 1]
        if more is not None and (here is None or more.cost < here.cost):
            plans[at] = more
    costs = np.array([np.inf if plan is None else plan.cost for plan in plans])
    low = np.minimum(np.array(bounds, float), costs)
    chosen = [
        np.zeros(len(problem.terminals), bool)
        if plan is None
        else np.isin(problem.terminals, plan.terminals)
        for plan in plans
    ]
    # Nothing is decided and nothing asked of those connected: none is connected for nothing.
    is_free = not len(problem.locked) and not problem.conditions
    starts_at_nought = bool(counted) and counted[0] <= 0
    base = float(costs[0]) if starts_at_nought else (0.0 if is_free else np.nan)
    return Frontier(
        counts=np.array(counted, np.int64),
        costs=costs,
        bounds=low,
        proven=np.isfinite(costs) & (costs - low <= _TOLERANCE * np.maximum(1.0, costs)),
        plans=tuple(plans),
        is_chosen=np.array(chosen, bool).reshape(len(plans), len(problem.terminals)),
        is_efficient=_efficient(np.array(counted, float), costs, base),
        base=base,
        refused=refused,
        is_complete=len(counted) + len(refused) == len(wanted) and bool(np.isfinite(costs).all()),
    )


def _efficient(counts: FloatArray, costs: FloatArray, base: float) -> BoolArray:
    """Tell which points lie on the lower convex hull, that of connecting none included."""
    if not len(counts) or counts[0] <= 0 or np.isnan(base):
        return _on_lower_hull(counts, costs)
    return _on_lower_hull(np.append(0.0, counts), np.append(base, costs))[1:]


def _on_lower_hull(counts: FloatArray, costs: FloatArray) -> BoolArray:
    """Tell which points lie on the lower convex hull (monotone chain; Andrew, 1979).

    Points between two corners, on the line that joins them, are on it too.
    """
    hull: list[int] = []
    for at in np.flatnonzero(np.isfinite(costs)):
        while len(hull) >= 2:
            first, second = hull[-2], hull[-1]
            slope = (costs[at] - costs[first]) / (counts[at] - counts[first])
            above = costs[second] - (costs[first] + slope * (counts[second] - counts[first]))
            if above <= _TOLERANCE * max(1.0, costs[at]):
                break
            hull.pop()
        hull.append(int(at))
    is_on = np.zeros(len(counts), bool)
    is_on[hull] = True
    return is_on
