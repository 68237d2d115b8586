"""The search for an order of building: quick answers, the bound of the ratios, the programme.

A target is the quarter by which each branch is to be built; pouring turns it into work.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.optimise.build_forest import Branches
from planning.optimise.pouring import pour, urgency_of
from planning.optimise.quick_waves import fill_quarters
from planning.optimise.ratio_order import ratio_order
from planning.optimise.wave_model import Told, solve_waves

MOST_COLUMNS: Final = 60_000
"""Branches times quarters up to which the programme is tried; beyond it the quick answer stands."""
_ROUNDING: Final = 1e-9


class WaveSearch:
    """The best target so far, its people-months and the bound."""

    def __init__(self, branches: Branches, capacity_km: FloatArray, months: FloatArray) -> None:
        """Begin without an answer.

        Parameters
        ----------
        branches : Branches
        capacity_km, months : ndarray of float, shape (q,)
            As in :class:`~planning.optimise.build_calendar.BuildCalendar`.
        """
        self.branches = branches
        self.capacity = capacity_km
        self.months = months
        self.place = ratio_order(branches.parent, branches.work_km, branches.people).place
        self.bound = ratio_bound(branches, capacity_km, months)
        self.target = branches.latest
        self.value = -1.0

    def pour(self, target: IntArray) -> tuple[FloatArray, IntArray]:
        """Return the work on each branch by quarter, and the quarter it is done in."""
        return pour(self.branches, urgency_of(target, self.place), self.capacity)

    def offer(self, target: IntArray) -> bool:
        """Take a target if it keeps what is decided and is better; answer whether it keeps it."""
        done = self.pour(target)[1]
        if np.any(np.where(done < 0, len(self.capacity), done) > self.branches.latest):
            return False
        value = float(self.branches.people @ np.append(self.months, 0.0)[done])
        if value > self.value:
            self.target, self.value = target, value
            self.bound = max(self.bound, value)
        return True

    def is_near(self, gap: float) -> bool:
        """Whether the best answer is within ``gap`` of the bound."""
        slack = max(gap * self.bound, 1e-6 * max(1.0, self.value))
        return self.bound - self.value <= slack

    def try_quick(self) -> bool:
        """Try the quick answers; answer whether what is decided can be kept at all."""
        # Most urgent first keeps every decision that can be kept, so it settles the question.
        if not self.offer(self.branches.latest):
            return False
        ends = self.branches.of_village
        work, people = self.branches.work_km[ends], self.branches.people[ends]
        own = np.divide(people, work, out=np.full(len(ends), np.inf), where=work > 0.0)
        for order in (np.argsort(self.place[ends]), np.lexsort((self.place[ends], -own))):
            self.offer(fill_quarters(self.branches, ends[order], self.capacity))
        return True

    def try_programme(
        self, *, time_limit_s: float, gap: float, seed: int, told: Told | None
    ) -> str:
        """Solve the programme; answer how it ended (see ``BuildOrder.method``)."""
        if len(self.branches.parent) * len(self.capacity) > MOST_COLUMNS:
            return "large"
        answer = solve_waves(
            self.branches,
            self.capacity,
            self.months,
            self.target,
            time_limit_s=time_limit_s,
            gap=gap,
            seed=seed,
            told=told,
        )
        if answer.target is not None:
            self.offer(answer.target)
        self.bound = max(self.value, min(self.bound, answer.bound))
        return "programme" if answer.finished else "stopped"


def rank_target(branches: Branches, ranks: IntArray) -> IntArray:
    """Return a target in order of rank: each village with the trunk it lacks.

    Parameters
    ----------
    branches : Branches
    ranks : ndarray of int, shape (v,)

    Returns
    -------
    ndarray of int, shape (b,)
        Not quarters, but the sooner, the lower.
    """
    never = len(ranks)
    target = np.full(len(branches.parent), never, np.int64)
    for i, village in enumerate(np.argsort(ranks).tolist()):
        at = int(branches.of_village[village])
        while at >= 0 and target[at] == never:
            target[at] = i
            at = int(branches.parent[at])
    return target


def ratio_bound(branches: Branches, capacity_km: FloatArray, months: FloatArray) -> float:
    """Return people-months no order exceeds.

    By the end of a quarter no more people are connected than the branches of the highest ratios,
    the last one in part, for all that can be built until then; where people are whole numbers, no
    part of one is. Who may not be connected yet counts nothing yet.
    """
    until = np.cumsum(capacity_km)
    worth = months - np.append(months[1:], 0.0)
    is_whole = bool(np.all(branches.people == np.rint(branches.people)))
    bound = 0.0
    for first in np.unique(branches.earliest).tolist():
        later = branches.earliest[branches.earliest > first]
        stop = min(int(later.min()), len(until)) if len(later) else len(until)
        may = np.where(branches.earliest <= first, branches.people, 0.0)
        most = ratio_order(branches.parent, branches.work_km, may).most_weight(until[first:stop])
        most = most * (1.0 + _ROUNDING)
        bound += float(worth[first:stop] @ (np.floor(most) if is_whole else most))
    return bound
