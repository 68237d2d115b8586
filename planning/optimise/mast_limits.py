"""A covering question as put, and why it may have no answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import PlanningError

BUDGET_ROUNDING = 1e-9
"""A plan may exceed a budget by this share of it: what summing in another order can make."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Sites, villages and limits.

    Attributes
    ----------
    covers : ndarray of bool, shape (s, v)
    costs : ndarray of float, shape (s,)
    allowed : ndarray of bool, shape (s,)
        Neither refused nor impossible.
    locked : ndarray of int
        Ascending, each once.
    weights : ndarray of float, shape (v,)
    count : int or None
    budget : float or None
    """

    covers: BoolArray
    costs: FloatArray
    allowed: BoolArray
    locked: IntArray
    weights: FloatArray
    count: int | None
    budget: float | None

    @property
    def reachable(self) -> BoolArray:
        """Which villages a site that may be chosen reaches, shape (v,)."""
        reachable: BoolArray = np.asarray(self.covers[self.allowed].any(axis=0))
        return reachable

    def without(self, site: int) -> Question:
        """Return the same question with one more site refused, were it locked or not."""
        allowed = self.allowed.copy()
        allowed[site] = False
        return replace(self, allowed=allowed, locked=self.locked[self.locked != site])

    def affords(self, sites: IntArray) -> bool:
        """Tell whether the sites keep within both limits."""
        return (self.count is None or len(sites) <= self.count) and (
            self.budget is None
            or math.fsum(self.costs[sites]) <= self.budget * (1.0 + BUDGET_ROUNDING)
        )

    def require_reached(self, distances_m: FloatArray | None, names: Sequence[str] | None) -> None:
        """Refuse villages without a site, saying what would help.

        Raises
        ------
        PlanningError
        """
        lost = np.flatnonzero(~self.reachable)
        if not lost.size:
            return
        never = lost[~self.covers[:, lost].any(axis=0)]
        named = never if never.size else lost
        values = {
            "count": len(named),
            "villages": ", ".join(names[i] if names else str(i + 1) for i in named),
        }
        if not never.size:
            raise PlanningError("error-masts-refused", **values)
        radii = _smallest_radii(distances_m, self.allowed, never)
        values["unreached"] = tuple(zip(never.tolist(), radii, strict=True))
        if np.isfinite(radii).all():
            farthest = max(radii) / 1000.0
            raise PlanningError("error-masts-out-of-radius", **values, radius_km=farthest)
        raise PlanningError("error-masts-unreached", **values)

    def require_limits(self) -> None:
        """Refuse locked sites that exceed a limit by themselves.

        Raises
        ------
        PlanningError
        """
        least = math.fsum(self.costs[self.locked])
        if self.count is not None and len(self.locked) > self.count:
            raise PlanningError(
                "error-masts-locked-count", limit=self.count, least=len(self.locked)
            )
        if not self.affords(self.locked):
            assert self.budget is not None  # noqa: S101  (only a budget is left to exceed)
            raise PlanningError(
                "error-masts-locked-budget", limit=math.floor(self.budget), least=math.ceil(least)
            )


def ask(
    covers: BoolArray,
    costs: FloatArray,
    *,
    locked: Sequence[int] | IntArray,
    forbidden: Sequence[int] | IntArray,
    weights: FloatArray | None = None,
    count: int | None = None,
    budget: float | None = None,
) -> Question:
    """Check what was given and put it together.

    Raises
    ------
    PlanningError
        ``error-masts-locked-forbidden`` if a locked site is refused or cannot be built.
    ValueError
        If shapes disagree, a cost or weight is negative or no number, or a limit is negative:
        a mistake of the caller, not of the planner.
    """
    reached = np.asarray(covers, dtype=np.bool_)
    prices = np.asarray(costs, dtype=np.float64)
    shares = np.ones(reached.shape[1]) if weights is None else np.asarray(weights, np.float64)
    if reached.shape != (len(prices), len(shares)):
        raise ValueError((reached.shape, len(prices), len(shares)))
    if not ((prices >= 0).all() and (shares >= 0).all() and np.isfinite(shares).all()):
        raise ValueError((costs, weights))
    if (count is not None and count < 0) or (budget is not None and not budget >= 0):
        raise ValueError((count, budget))
    allowed = np.isfinite(prices)
    allowed[np.asarray(forbidden, dtype=np.int64)] = False
    fixed = np.unique(np.asarray(locked, dtype=np.int64))
    if not allowed[fixed].all():
        both = fixed[~allowed[fixed]]
        raise PlanningError(
            "error-masts-locked-forbidden",
            count=len(both),
            sites=", ".join(str(site + 1) for site in both),
            positions=tuple(both.tolist()),
        )
    return Question(reached, prices, allowed, fixed, shares, count, budget)


def _smallest_radii(
    distances_m: FloatArray | None, allowed: BoolArray, villages: IntArray
) -> list[float]:
    if distances_m is None or not allowed.any():
        return [math.inf] * len(villages)
    radii: list[float] = distances_m[np.ix_(allowed, villages)].min(axis=0).tolist()
    return radii
