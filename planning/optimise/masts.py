"""Which sites clear the villages: least cost for all of them, or most of them for the money.

With sites *j* that cost *c*, villages *i* that weigh *w* and the sites *N(i)* that reach one::

    cover_all    min  Σ c_j x_j    sum of x over N(i) >= 1  for every village     (set cover)
    cover_most   max  Σ w_i y_i    y_i <= sum of x over N(i),  Σ x <= p  or  Σ c x <= budget
                                                                  (maximal covering location)

Both are settled by reductions first (:mod:`planning.optimise.mast_reductions`) and then by HiGHS.
The mathematics, its sources and a worked example are in ``docs/explanation/masts.md``.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.mast_choice import Chosen, choose_cover, choose_most
from planning.optimise.mast_limits import Question, ask

NO_SITES: Final[tuple[int, ...]] = ()


@dataclass(frozen=True, slots=True, eq=False)
class MastPlan:
    """Chosen sites, what they clear, and how good the choice is known to be.

    Attributes
    ----------
    sites : ndarray of int, shape (k,)
        Chosen sites, ascending.
    villages : ndarray of int
        Villages they clear, ascending.
    clears : tuple of ndarray of int, length k
        The villages each chosen site reaches; one village may stand under several.
    cost : float
    weight : float
        Summed weights of ``villages``; their number where none were given.
    bound : float
        No plan costs less (:func:`cover_all`), none weighs more (:func:`cover_most`).
    proven : bool
        Whether nothing better exists.
    gap : float
        Distance from the bound in proportion; 0 when nothing better exists.
    seconds : float
    method : str
        What settled it: ``"reductions"``, ``"highs"`` or, out of time, ``"greedy"``.
    covered_by : ndarray of int, shape (v,)
        How many chosen sites reach each village; 1 means that it hangs on a single mast.
    choices : ndarray of int, shape (v,)
        How many sites that may be chosen reach each village.
    alternates : tuple of ndarray of int, length k
        Sites that could each stand in for a chosen one alone, cheapest first.
    replacement : ndarray of float, shape (k,)
        What is lost if a chosen site is refused and the rest planned anew: additional cost
        (:func:`cover_all`; infinite if it cannot be done) or weight (:func:`cover_most`). NaN where
        time ran out.
    """

    sites: IntArray
    villages: IntArray
    clears: tuple[IntArray, ...]
    cost: float
    weight: float
    bound: float
    proven: bool
    gap: float
    seconds: float
    method: str
    covered_by: IntArray
    choices: IntArray
    alternates: tuple[IntArray, ...]
    replacement: FloatArray


def cover_all(
    covers: BoolArray,
    costs: FloatArray,
    *,
    locked: Sequence[int] | IntArray = NO_SITES,
    forbidden: Sequence[int] | IntArray = NO_SITES,
    time_limit_s: float = 60.0,
    distances_m: FloatArray | None = None,
    names: Sequence[str] | None = None,
) -> MastPlan:
    """Choose the cheapest sites that reach every village.

    Parameters
    ----------
    covers : ndarray of bool, shape (s, v)
        Whether a site reaches a village.
    costs : ndarray of float, shape (s,)
        Not negative; infinite where a site cannot be built.
    locked, forbidden : sequence of int
        Sites that are built in any case, and sites that are refused.
    time_limit_s : float
        For the plan and its reasons together.
    distances_m : ndarray of float, shape (s, v), optional
        The radius at which each site would reach each village, infinite where none does; used to
        say what would help a village that no site reaches.
    names : sequence of str, length v, optional
        What a refusal calls the villages; their numbers, counted from 1, if not given.

    Returns
    -------
    MastPlan

    Raises
    ------
    PlanningError
        ``error-masts-out-of-radius`` or ``error-masts-unreached`` if a village has no site,
        ``error-masts-refused`` if it has only refused ones, ``error-masts-locked-forbidden`` if
        a locked site is refused too. ``values["unreached"]`` holds pairs of a village and the
        smallest radius in metres that would reach it.
    """
    question = ask(covers, costs, locked=locked, forbidden=forbidden)
    question.require_reached(distances_m, names)
    return _planned(question, choose_cover, time_limit_s, largest=False)


def cover_most(
    covers: BoolArray,
    costs: FloatArray,
    *,
    count: int | None = None,
    budget: float | None = None,
    weights: FloatArray | None = None,
    locked: Sequence[int] | IntArray = NO_SITES,
    forbidden: Sequence[int] | IntArray = NO_SITES,
    time_limit_s: float = 60.0,
) -> MastPlan:
    """Choose sites that reach the most, at most ``count`` of them and within ``budget``.

    Of plans that reach equally much the cheapest is taken.

    Parameters
    ----------
    covers, costs, locked, forbidden, time_limit_s
        As in :func:`cover_all`.
    count : int, optional
    budget : float, optional
        In the unit of ``costs``. At least one of the two limits is given.
    weights : ndarray of float, shape (v,), optional
        Not negative: people, households, scores; by default every village counts 1.

    Returns
    -------
    MastPlan

    Raises
    ------
    PlanningError
        ``error-masts-locked-budget`` or ``error-masts-locked-count`` if the locked sites alone
        exceed a limit (``values["least"]`` is the smallest that would do), and
        ``error-masts-locked-forbidden``.
    """
    question = ask(
        covers, costs, locked=locked, forbidden=forbidden, weights=weights,
        count=count, budget=budget,
    )  # fmt: skip
    question.require_limits()
    return _planned(question, choose_most, time_limit_s, largest=True)


def _planned(
    question: Question,
    choose: Callable[[Question, float], Chosen],
    time_limit_s: float,
    *,
    largest: bool,
) -> MastPlan:
    start = time.monotonic()
    deadline = start + time_limit_s
    chosen = choose(question, deadline)
    covers, sites = question.covers, chosen.sites
    covered_by = covers[sites].sum(axis=0)
    villages = np.flatnonzero(covered_by)
    cost = math.fsum(question.costs[sites])
    weight = math.fsum(question.weights[villages])
    value = weight if largest else cost
    # The best value is its own bound once proven; HiGHS states it to some decimals only.
    outer = max(chosen.bound, value) if largest else min(chosen.bound, value)
    bound = value if chosen.proven else outer
    worst = bound if largest else value

    def loss(site: int) -> float:
        if time.monotonic() >= deadline:
            return math.nan
        without = question.without(site)
        if not largest and not without.reachable.all():
            return math.inf
        other = choose(without, deadline)
        if not (chosen.proven and other.proven):
            return math.nan
        if largest:
            reached = without.covers[other.sites].any(axis=0)
            return max(weight - math.fsum(question.weights[reached]), 0.0)
        return max(math.fsum(question.costs[other.sites]) - cost, 0.0)

    replacement = np.array([loss(int(site)) for site in sites], dtype=np.float64)
    return MastPlan(
        sites=sites,
        villages=villages,
        clears=tuple(np.flatnonzero(covers[site]) for site in sites),
        cost=cost,
        weight=weight,
        bound=bound,
        proven=chosen.proven,
        gap=0.0 if chosen.proven or worst == 0 else abs(value - bound) / worst,
        seconds=time.monotonic() - start,
        method=chosen.method,
        covered_by=covered_by,
        choices=covers[question.allowed].sum(axis=0),
        alternates=tuple(_alternates(question, sites, covered_by, int(site)) for site in sites),
        replacement=replacement,
    )


def _alternates(question: Question, sites: IntArray, covered_by: IntArray, site: int) -> IntArray:
    """Return the sites that reach all that this one alone does, cheapest first."""
    alone = question.covers[site] & (covered_by == 1)
    if not alone.any():
        return np.empty(0, dtype=np.int64)
    may = question.allowed & question.covers[:, alone].all(axis=1)
    may[sites] = False
    found = np.flatnonzero(may)
    return found[np.argsort(question.costs[found], kind="stable")]
