"""Trees along a fractional solution, for every form of the question.

A plain quota is answered by the cheapest sufficient part of a grown tree. Budgets and side
conditions are met by taking the terminals in the order in which the solution connects them. A tree
that may stand anywhere is grown from the places where the solution begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency
from planning.optimise.growth import Tree, grown_tree, kept_part
from planning.optimise.rooted import MANDATORY, OPTIONAL, STEINER, Rooted

_BEGINNINGS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Hint:
    """What a solution suggests.

    Attributes
    ----------
    guide : ndarray of float, shape (m,)
        Costs to grow by.
    shares : ndarray of float, shape (t,)
        How far each optional terminal is connected.
    begun : ndarray of float, shape (t,)
        How far a tree that may stand anywhere begins at each.
    nodes : ndarray of bool, shape (n,), or None
        Nodes to span.
    """

    guide: FloatArray
    shares: FloatArray
    begun: FloatArray
    nodes: BoolArray | None = None


class Planter:
    """Grows trees of one problem."""

    def __init__(
        self, problem: Rooted, graph: Adjacency, *, budget: float, by_shares: bool, single: bool
    ) -> None:
        """Prepare.

        Parameters
        ----------
        problem : Rooted
            With the root's edges of no cost, if the tree may stand anywhere.
        graph : Adjacency
        budget : float
            Infinite for none.
        by_shares : bool
            Whether which terminals are connected matters, not only how many.
        single : bool
            Whether the tree may stand anywhere.
        """
        self.problem = problem
        self.graph = graph
        self.budget = budget
        self.by_shares = by_shares
        self.single = single
        self.optional = problem.optional
        is_begin = (problem.edges == problem.root).any(axis=1) if single else np.zeros(0, bool)
        self.inner = np.flatnonzero(~is_begin) if single else np.empty(0, np.int64)
        self.begin_edge = np.flatnonzero(is_begin)
        self.base = problem.without_edges(is_begin) if single else problem
        self.base_graph = self.base.adjacency() if single else graph

    def __call__(self, hint: Hint) -> Iterator[Tree]:
        """Yield trees; not all of them need to keep every limit."""
        if not self.single:
            yield from self._rooted(self.problem, self.graph, hint)
            return
        order = np.argsort(-hint.begun, kind="stable")[:_BEGINNINGS]
        order = order[hint.begun[order] > 0]
        guide = hint.guide[self.inner]
        for at in order:
            node = int(self.optional[at])
            kind = self.problem.kind.copy()
            kind[node] = STEINER
            seen = replace(self.base, root=node, kind=kind, needed=max(self.problem.needed - 1, 0))
            shares = np.delete(hint.shares, at)
            here = replace(hint, guide=guide, shares=shares)
            for tree in self._rooted(seen, self.base_graph, here):
                edges = np.append(self.inner[tree.edges], self.begin_edge[at])
                yield Tree(np.sort(edges), tree.cost)

    def _rooted(self, problem: Rooted, graph: Adjacency, hint: Hint) -> Iterator[Tree]:
        if hint.nodes is not None:
            yield kept_part(problem, graph, hint.nodes)
            if not self.by_shares:
                return
        if not self.by_shares:
            yield grown_tree(problem, graph, hint.guide)
            return
        order = problem.optional[np.argsort(-hint.shares, kind="stable")]
        sure = int((hint.shares > 0.5).sum())
        yield _of_terminals(problem, graph, hint.guide, order[:sure])
        if np.isfinite(self.budget):
            yield from self._within_budget(problem, graph, hint.guide, order)

    def _within_budget(
        self, problem: Rooted, graph: Adjacency, guide: FloatArray, order: IntArray
    ) -> Iterator[Tree]:
        """Take as many terminals in order as the money allows, and then whoever still fits."""
        low, high = 0, len(order) + 1
        best: Tree | None = None
        while high - low > 1:
            middle = (low + high) // 2
            tree = _of_terminals(problem, graph, guide, order[:middle])
            if tree.cost <= self.budget:
                low, best = middle, tree
            else:
                high = middle
        if best is None:
            best = _of_terminals(problem, graph, guide, order[:0])
        yield best
        chosen = list(order[:low])
        for node in order[low + 1 : low + 9]:
            tree = _of_terminals(problem, graph, guide, np.array([*chosen, node]))
            if tree.cost <= self.budget:
                chosen.append(node)
                yield tree


def _of_terminals(
    problem: Rooted, graph: Adjacency, guide: FloatArray, terminals: IntArray
) -> Tree:
    kind = problem.kind.copy()
    kind[kind == OPTIONAL] = STEINER
    kind[terminals] = MANDATORY
    return grown_tree(replace(problem, kind=kind, needed=0), graph, guide)
