"""Parts of a tree whose routes are fixed: thinned out by branches, or the best of all parts."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.ground import Ground
from planning.optimise.problem import Problem

ROUNDING: Final = 1e-12
"""In proportion to a budget, how far the sum of costs may be above it by rounding."""
MOST_POINTS: Final = 400
"""Choices kept of a sub-tree where prizes differ; more are thinned out evenly."""
QUOTA_PULLS: Final = (0.0, 1.0, 4.0, 16.0, 64.0, 1e6)
"""Average prizes added to each terminal, in turn, until a best part has enough of them."""


def fits(cost: float, budget: float) -> bool:
    """Whether a cost is within a budget but for rounding."""
    return cost <= budget * (1.0 + ROUNDING)


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """A fixed tree reduced to places where it ends, branches, or passes a terminal.

    Place 0 is all sources in one; every other place hangs on the one above it by a chain.

    Attributes
    ----------
    above : ndarray of int, shape (p,)
        Place above each, of a smaller number; -1 at place 0.
    chain_cost : ndarray of float, shape (p,)
    chains : list of list of int
        Edges of each chain.
    terminals, prizes : ndarray, shape (p,)
        How many terminals each place is, and the sum of their prizes.
    is_locked : ndarray of bool, shape (p,)
    is_anchored : bool
        Whether every part has place 0: where there are roots or something is locked.
    """

    above: IntArray
    chain_cost: FloatArray
    chains: list[list[int]]
    terminals: IntArray
    prizes: FloatArray
    is_locked: BoolArray
    is_anchored: bool

    @classmethod
    def of(
        cls, problem: Problem, ground: Ground, paths: list[tuple[IntArray, IntArray]]
    ) -> Skeleton:
        """Build from the paths a tree grew by.

        Parameters
        ----------
        problem : Problem
        ground : Ground
        paths : list of (edges, nodes)
            Each from a new node to one of the sources or of an earlier path.
        """
        prizes = np.zeros(problem.n_nodes)
        count, is_locked = np.zeros(problem.n_nodes, np.int64), np.zeros(problem.n_nodes, bool)
        prizes[problem.terminals] = problem.prizes
        count[ground.open_terminals] = 1
        is_locked[problem.locked] = True
        is_place = (count > 0) | is_locked
        is_place[ground.sources] = True
        for _, nodes in paths:
            is_place[nodes[-1]] = True
        number = {int(node): 0 for node in ground.sources}
        above, chains = [-1], [list[int]()]
        places = list[int]()
        for edges, nodes in paths:
            last, chain = number[int(nodes[-1])], list[int]()
            for edge, node in zip(edges[::-1].tolist(), nodes[-2::-1].tolist(), strict=True):
                chain.append(edge)
                if is_place[node]:
                    above.append(last)
                    chains.append(chain)
                    places.append(node)
                    last, chain = len(chains) - 1, []
                    number[node] = last
        at, sources = np.array(places, np.int64), ground.sources
        return cls(
            np.array(above, np.int64),
            np.array([problem.costs[chain].sum() for chain in chains], float),
            chains,
            np.concatenate([[count[sources].sum()], count[at]]),
            np.concatenate([[(prizes * count)[sources].sum()], (prizes * count)[at]]),
            np.concatenate([[is_locked[sources].any()], is_locked[at]]),
            bool(len(problem.roots) or len(problem.locked)),
        )

    def edges(self, places: list[int]) -> IntArray:
        """Return the edges of the chains on which some places hang."""
        return np.array([edge for place in places for edge in self.chains[place]], np.int64)


def pruned_part(tree: Skeleton, problem: Problem) -> IntArray | None:
    """Cut the dearest branch until what is left is small enough.

    A branch is an end of the tree with the chain to the next terminal or fork. Without a budget the
    dearest goes first, as long as more than the quota is left; with one, the one that costs most
    for its prize, until the rest is affordable.

    Parameters
    ----------
    tree : Skeleton
    problem : Problem

    Returns
    -------
    ndarray of int or None
        Edges; ``None`` when too few terminals or too much cost are left.
    """
    links: list[dict[int, tuple[float, list[int]]]] = [{} for _ in tree.above]
    for place, (up, cost) in enumerate(zip(tree.above, tree.chain_cost, strict=True)):
        if place:
            links[place][int(up)] = links[int(up)][place] = (float(cost), [place])
    stays = tree.is_locked.copy()
    stays[0] |= tree.is_anchored
    left, spent, removed = int(tree.terminals.sum()), float(tree.chain_cost.sum()), set[int]()
    heap: list[tuple[float, int, float]] = []

    def offer(place: int) -> None:
        if len(links[place]) == 1 and not stays[place]:
            ((cost, _),) = links[place].values()
            worth = 1.0 if problem.budget is None else float(tree.prizes[place])
            heapq.heappush(heap, (-cost / worth if worth else -np.inf, place, cost))

    for place in range(len(links)):
        offer(place)
    while heap and (
        left > problem.quota if problem.budget is None else not fits(spent, problem.budget)
    ):
        _, leaf, cost = heapq.heappop(heap)
        if len(links[leaf]) != 1 or next(iter(links[leaf].values()))[0] != cost:
            continue
        ((fork, (_, chain)),) = links[leaf].items()
        links[leaf].clear()
        del links[fork][leaf]
        removed.update(chain)
        left -= int(tree.terminals[leaf])
        spent -= cost
        if len(links[fork]) == 2 and not stays[fork] and not tree.terminals[fork]:
            # Nothing ends or turns here any more: its two chains are one.
            (one, (near, first)), (other, (far, second)) = links[fork].items()
            links[fork].clear()
            del links[one][fork], links[other][fork]
            links[one][other] = links[other][one] = (near + far, first + second)
            offer(one)
            offer(other)
        offer(fork)
    kept = [place for place in range(1, len(links)) if place not in removed]
    edges = tree.edges(kept)
    cost = float(problem.costs[edges].sum())
    if left < problem.quota or (problem.budget is not None and not fits(cost, problem.budget)):
        return None
    return edges


def best_part(tree: Skeleton, problem: Problem) -> IntArray | None:
    """Keep the best of all parts of a tree.

    For every place the choices below it are kept that no other beats in both cost and value, as in
    the k-cardinality tree problem on trees. Without a budget, and with one where all prizes are
    equal, the answer is the best part; otherwise the best of those kept.

    Parameters
    ----------
    tree : Skeleton
    problem : Problem

    Returns
    -------
    ndarray of int or None
        Edges; ``None`` when none is found.
    """
    count = tree.terminals.astype(float)
    if problem.budget is None:
        found = _best_by_value(tree, count, float(problem.quota), np.inf, None)
        return None if found is None else tree.edges(found[1:])
    average = float(problem.prizes.mean()) if len(problem.prizes) else 0.0
    is_equal = bool((problem.prizes == average).all())
    limit = problem.budget * (1.0 + ROUNDING)
    for pull in QUOTA_PULLS if problem.quota and not is_equal else (0.0,):
        value = count if is_equal else tree.prizes + pull * average * count
        found = _best_by_value(tree, value, None, limit, None if is_equal else MOST_POINTS)
        if found is not None and tree.terminals[found].sum() >= problem.quota:
            return tree.edges(found[1:])
    return None


@dataclass(frozen=True, slots=True, eq=False)
class _Choices:
    """Parts below a place that no other beats, by rising cost and value."""

    cost: FloatArray
    value: FloatArray

    def hung(self, chain_cost: float, *, is_needed: bool) -> _Choices:
        """Return them as seen from the place above: with the chain, or nothing at all."""
        if is_needed:
            return _Choices(self.cost + chain_cost, self.value)
        return _Choices(np.append(0.0, self.cost + chain_cost), np.append(0.0, self.value))

    def joined(
        self, other: _Choices, target: float, limit: float, most: int | None
    ) -> tuple[_Choices, IntArray, IntArray]:
        """Return what both together offer, and which of either each choice takes."""
        cost = np.add.outer(self.cost, other.cost).ravel()
        value = np.minimum(np.add.outer(self.value, other.value).ravel(), target)
        open_ = np.flatnonzero(cost <= limit)
        order = open_[np.lexsort((-value[open_], cost[open_]))]
        before = np.maximum.accumulate(np.append(-np.inf, value[order]))[:-1]
        kept = order[value[order] > before]
        if most is not None and len(kept) > most:
            kept = kept[np.linspace(0, len(kept) - 1, most).astype(np.int64)]
        first, second = np.divmod(kept, max(len(other.cost), 1))
        return _Choices(cost[kept], value[kept]), first, second


def _best_by_value(
    tree: Skeleton, value: FloatArray, target: float | None, limit: float, most: int | None
) -> list[int] | None:
    """Return the places of the best part, its topmost first.

    The cheapest of value ``target`` at least; without a target the most valuable within ``limit``.
    """
    n = len(tree.above)
    most_value = np.inf if target is None else target
    is_needed = tree.is_locked.copy()
    for place in range(n - 1, 0, -1):
        is_needed[tree.above[place]] |= is_needed[place]
    choices = [_Choices(np.zeros(1), np.minimum(value[i : i + 1], most_value)) for i in range(n)]
    joins: list[list[tuple[int, IntArray, IntArray]]] = [[] for _ in range(n)]
    best: tuple[float, float, int, int] | None = None
    for place in range(n - 1, -1, -1):
        offer = choices[place]
        if place == 0 or not tree.is_anchored:
            at = len(offer.value) - 1 if target is None else int(np.argmax(offer.value >= target))
            if len(offer.value) and (target is None or offer.value[at] >= target):
                worth = float(offer.value[at]) if target is None else 0.0
                found = (-worth, float(offer.cost[at]), place, at)
                best = found if best is None else min(best, found)
        if place:
            up = int(tree.above[place])
            hung = offer.hung(float(tree.chain_cost[place]), is_needed=bool(is_needed[place]))
            choices[up], first, second = choices[up].joined(hung, most_value, limit, most)
            joins[up].append((place, first, second))
    return None if best is None else _taken(joins, is_needed, best[2], best[3])


def _taken(
    joins: list[list[tuple[int, IntArray, IntArray]]], is_needed: BoolArray, top: int, at: int
) -> list[int]:
    """Follow a choice down to the places it is made of."""
    taken, open_ = list[int](), [(top, at)]
    while open_:
        place, choice = open_.pop()
        taken.append(place)
        for below, first, second in reversed(joins[place]):
            other = int(second[choice]) - (not is_needed[below])
            if other >= 0:
                open_.append((below, other))
            choice = int(first[choice])
    return taken
