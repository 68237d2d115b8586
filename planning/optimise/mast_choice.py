"""The choice itself: reductions, independent parts, a greedy start and HiGHS for the rest."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.mast_limits import Question
from planning.optimise.mast_program import Answer, solve_program
from planning.optimise.mast_reductions import (
    dominated_sites,
    merge_villages,
    reduce_cover,
    split_parts,
)

_SAME = 1e-9
"""Weights that differ by less than this share of the whole are equal."""
_FREE = 1e-9
"""What a site that costs nothing counts as, where weight is divided by cost."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Sites, the bound on the value of any choice, and what settled it."""

    sites: IntArray
    bound: float
    proven: bool
    method: str


def choose_cover(question: Question, deadline: float) -> Chosen:
    """Choose the cheapest sites that reach every village.

    Parameters
    ----------
    question : Question
        Every village is reachable.
    deadline : float
        On the clock of :func:`time.monotonic`.

    Returns
    -------
    Chosen
        The bound is a cost.
    """
    villages = np.flatnonzero(~question.covers[question.locked].any(axis=0))
    free = question.allowed.copy()
    free[question.locked] = False
    sites = np.flatnonzero(free)
    chosen, bound = [question.locked], math.fsum(question.costs[question.locked])
    ways = {"reductions"}
    proven = True
    for some, those in split_parts(question.covers[np.ix_(sites, villages)]):
        part = question.covers[np.ix_(sites[some], villages[those])]
        found = _cover_part(part, question.costs[sites[some]], deadline)
        chosen.append(sites[some[found.sites]])
        bound += found.bound
        proven &= found.proven
        ways.add(found.method)
    method = next(way for way in ("greedy", "highs", "reductions") if way in ways)
    return Chosen(np.sort(np.concatenate(chosen)), bound, proven, method)


def choose_most(question: Question, deadline: float) -> Chosen:
    """Choose the sites that reach the most within the limits, the cheapest of equal choices.

    Parameters
    ----------
    question : Question
        The locked sites keep within the limits.
    deadline : float

    Returns
    -------
    Chosen
        The bound is a weight.
    """
    reached: BoolArray = np.asarray(question.covers[question.locked].any(axis=0))
    given = math.fsum(question.weights[reached])
    sites = np.flatnonzero(_candidates(question, reached))
    covers, weights = merge_villages(question.covers[np.ix_(sites, ~reached)],
                                     question.weights[~reached])  # fmt: skip
    if not weights.size:
        return Chosen(question.locked, given, proven=True, method="reductions")
    whole = _MostProgram(question, sites, covers, weights)
    first = whole.heaviest(deadline)
    best, method = first.sites, "highs"
    if first.proven:
        cheaper = whole.cheapest(whole.weight_of(best), deadline)
        best = best if cheaper is None else cheaper
    else:
        greedy = _greedy_most(question, sites, covers, weights)
        if whole.weight_of(greedy) >= whole.weight_of(best):
            best, method = greedy, "greedy"
    needed = sites[_pruned(best, covers, question.costs[sites])]
    bound = given + min(first.bound, float(weights.sum()))
    return Chosen(np.union1d(question.locked, needed), bound, first.proven, method)


def _cover_part(covers: BoolArray, costs: FloatArray, deadline: float) -> Chosen:
    kernel = reduce_cover(covers, costs)
    paid = math.fsum(costs[kernel.taken])
    if not kernel.villages.size:
        return Chosen(kernel.taken, paid, proven=True, method="reductions")
    part, prices = covers[np.ix_(kernel.sites, kernel.villages)], costs[kernel.sites]
    scale = float(prices.max()) or 1.0
    ones = np.ones(part.shape[1])
    answer = solve_program(
        prices / scale, csr_array(part.T.astype(np.float64)), ones, np.full(len(ones), np.inf),
        np.ones(len(prices), dtype=np.bool_), time_limit_s=deadline - time.monotonic(),
    )  # fmt: skip
    picked, method = _better_cover(answer, part, prices)
    sites = np.sort(np.concatenate((kernel.taken, kernel.sites[picked])))
    bound = paid + max(answer.bound * scale, 0.0)
    return Chosen(sites, bound, answer.optimal and method == "highs", method)


def _better_cover(answer: Answer, covers: BoolArray, costs: FloatArray) -> tuple[IntArray, str]:
    """Return the sites of HiGHS if they are a cover and no dearer than the greedy ones."""
    greedy = _greedy_cover(covers, costs)
    if answer.values is None:
        return greedy, "greedy"
    picked = _pruned(np.flatnonzero(answer.values > 0.5), covers, costs)
    if not covers[picked].any(axis=0).all():
        return greedy, "greedy"
    if not answer.optimal and math.fsum(costs[greedy]) < math.fsum(costs[picked]):
        return greedy, "greedy"
    return picked, "highs"


def _greedy_cover(covers: BoolArray, costs: FloatArray) -> IntArray:
    """Take the site with the least cost per village newly reached until all are (Chvátal 1979)."""
    missing = np.ones(covers.shape[1], dtype=np.bool_)
    picked: list[int] = []
    while missing.any():
        fresh = covers[:, missing].sum(axis=1)
        price = np.full(len(costs), np.inf)
        np.divide(costs, fresh, out=price, where=fresh > 0)
        picked.append(int(price.argmin()))
        missing &= ~covers[picked[-1]]
    return _pruned(np.unique(picked), covers, costs)


def _pruned(sites: IntArray, covers: BoolArray, costs: FloatArray) -> IntArray:
    """Leave out sites whose villages others reach as well, the dearest first."""
    count = covers[sites].sum(axis=0)
    kept = []
    for site in sites[np.argsort(-costs[sites], kind="stable")]:
        if (count[covers[site]] > 1).all():
            count -= covers[site]
        else:
            kept.append(site)
    return np.sort(np.array(kept, dtype=np.int64))


def _candidates(question: Question, reached: BoolArray) -> BoolArray:
    """Return the sites worth a thought: allowed, not locked, affordable and not dominated."""
    free = question.allowed.copy()
    free[question.locked] = False
    if question.budget is not None:
        left = question.budget * (1 + _SAME) - math.fsum(question.costs[question.locked])
        free &= question.costs <= left
    sites = np.flatnonzero(free)
    part = question.covers[np.ix_(sites, ~reached)]
    free[sites[dominated_sites(part, question.costs[sites])]] = False
    return free


def _greedy_most(
    question: Question, sites: IntArray, covers: BoolArray, weights: FloatArray
) -> IntArray:
    """Add the site with the largest new weight for its cost while the limits allow one."""
    picked: list[int] = []
    missing = weights.copy()
    costs = question.costs[sites]
    prices = np.ones(len(sites)) if question.budget is None else np.maximum(costs, _FREE)
    while True:
        gain = covers @ missing
        spent = math.fsum(question.costs[question.locked]) + math.fsum(costs[picked])
        if question.budget is not None:
            gain[spent + costs > question.budget] = 0.0
        full = question.count is not None and len(question.locked) + len(picked) >= question.count
        if full or not gain.any():
            return np.array(picked, dtype=np.int64)
        picked.append(int((gain / prices).argmax()))
        missing[covers[picked[-1]]] = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Heaviest:
    sites: IntArray
    bound: float
    proven: bool


class _MostProgram:
    """The programme of :func:`choose_most` over sites ``x`` and merged villages ``y``."""

    def __init__(
        self, question: Question, sites: IntArray, covers: BoolArray, weights: FloatArray
    ) -> None:
        self._question, self._sites = question, sites
        self._covers, self._weights = covers, weights
        self._total = float(weights.sum())
        n_sites, n_villages = covers.shape
        self._whole = np.arange(n_sites + n_villages) < n_sites
        self._rows = csr_array(
            hstack([csr_array(covers.T.astype(np.float64)), -eye_array(n_villages)])
        )
        self._least, self._most = np.zeros(n_villages), np.full(n_villages, np.inf)
        if question.count is not None:
            self._add(np.ones(n_sites), most=question.count - len(question.locked))
        if question.budget is not None:
            spent = math.fsum(question.costs[question.locked])
            left = max(question.budget - spent, 0.0)
            scale = float(question.costs[sites].max(initial=0.0)) or 1.0
            self._add(question.costs[sites] / scale, most=left / scale)

    def weight_of(self, picked: IntArray) -> float:
        """Return the weight some of the sites reach."""
        return math.fsum(self._weights[self._covers[picked].any(axis=0)])

    def heaviest(self, deadline: float) -> _Heaviest:
        """Return the sites that reach the most."""
        costs = np.concatenate((np.zeros(len(self._sites)), -self._weights / self._total))
        while True:
            answer = self._solved(costs, deadline)
            bound = -answer.bound * self._total
            if answer.values is None:
                return _Heaviest(np.empty(0, dtype=np.int64), bound, proven=False)
            picked = self._picked(answer)
            if self._affordable(picked):
                return _Heaviest(picked, bound, answer.optimal)
            self._exclude(picked)

    def cheapest(self, weight: float, deadline: float) -> IntArray | None:
        """Return the cheapest sites that reach a weight, ``None`` if none were found in time."""
        prices = self._question.costs[self._sites]
        if not prices.any():
            return None
        self._add(np.concatenate((np.zeros(len(self._sites)), self._weights / self._total)),
                  least=weight / self._total * (1 - _SAME))  # fmt: skip
        costs = np.concatenate((prices / prices.max(), np.zeros(len(self._weights))))
        while True:
            answer = self._solved(costs, deadline)
            if answer.values is None or not answer.optimal:
                return None
            picked = self._picked(answer)
            if self.weight_of(picked) < weight - self._total * _SAME:
                return None
            if self._affordable(picked):
                return picked
            self._exclude(picked)

    def _solved(self, costs: FloatArray, deadline: float) -> Answer:
        return solve_program(
            costs, self._rows, self._least, self._most, self._whole,
            time_limit_s=deadline - time.monotonic(),
        )  # fmt: skip

    def _picked(self, answer: Answer) -> IntArray:
        assert answer.values is not None  # noqa: S101  (asked before)
        return np.flatnonzero(answer.values[: len(self._sites)] > 0.5)

    def _affordable(self, picked: IntArray) -> bool:
        return self._question.affords(np.union1d(self._question.locked, self._sites[picked]))

    def _exclude(self, picked: IntArray) -> None:
        """Rule out a choice that only the tolerance of the solver could afford."""
        row = np.zeros(len(self._sites))
        row[picked] = 1.0
        self._add(row, most=len(picked) - 1)

    def _add(self, row: FloatArray, *, least: float = -math.inf, most: float = math.inf) -> None:
        padded = np.zeros(self._rows.shape[1])
        padded[: len(row)] = row
        self._rows = csr_array(vstack([self._rows, csr_array(padded[None])]))
        self._least = np.append(self._least, least)
        self._most = np.append(self._most, most)
