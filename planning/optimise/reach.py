"""How far cable may lead: ways along a tree, and rows that rule out ways that are too long.

A village is served over one way of cable from the root, whose length must not exceed the reach
(20 km for GPON without an extender). In the directed programme that way is a path of arcs. If a
path is already so long at some node that no terminal behind it could be near enough, not all of its
arcs can be used together: ``x(path) <= |path| - 1``. Such rows are added when a solution breaks
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency, adjacency
from planning.optimise.growth import Tree, kept_of_ways
from planning.optimise.rooted import STEINER, Rooted
from planning.optimise.shortest_paths import nearest_sources

_ROUNDING: Final = 1e-9
_ANY_LENGTH: Final = 1e15


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The limit on one problem.

    Attributes
    ----------
    lengths : ndarray of float, shape (m,)
        Of every edge of the problem.
    most : float
        Longest way that is near enough.
    from_root : ndarray of float, shape (n,)
        Shortest way from the root to each node.
    is_terminal : ndarray of bool, shape (n,)
        Nodes whose ways are limited.
    to_terminal : ndarray of float, shape (n,)
        Shortest way from each node to a terminal; minus infinity, in effect, where a node can be
        reached that must be in the tree without being a terminal: its way may be any length.
    into : ndarray of int, shape (n,)
        Arc by which the shortest way from the root comes to each node; -1 at the root.
    """

    lengths: FloatArray
    most: float
    from_root: FloatArray
    is_terminal: BoolArray
    to_terminal: FloatArray
    into: IntArray

    @classmethod
    def of(
        cls,
        problem: Rooted,
        graph: Adjacency,
        lengths: FloatArray,
        is_terminal: BoolArray,
        reach_m: float,
    ) -> Reach:
        """Measure a problem."""
        ends = np.flatnonzero(is_terminal | (problem.kind != STEINER))
        begin = np.where(is_terminal[ends], 0.0, -_ANY_LENGTH)
        from_root, into = _measured(graph, lengths, np.array([problem.root]), np.zeros(1))
        to_terminal, _ = _measured(graph, lengths, ends, begin)
        most = reach_m * (1 + _ROUNDING)
        return cls(lengths, most, from_root, is_terminal, to_terminal, into)

    def closed(self, graph: Adjacency) -> BoolArray:
        """Tell which arcs are on no way that is short enough, shape (2m,)."""
        tail = graph.head[np.arange(len(graph.head)) ^ 1]
        ways = self.from_root[tail] + np.repeat(self.lengths, 2) + self.to_terminal[graph.head]
        too_far: BoolArray = ways > self.most
        return too_far

    def nearest_tree(self, problem: Rooted, graph: Adjacency) -> Tree:
        """Return the cheapest sufficient part of the tree of shortest ways."""
        is_near = self.from_root <= self.most
        order = np.argsort(self.from_root, kind="stable")
        return kept_of_ways(problem, graph, self.into, order[is_near[order]])

    def broken(
        self, problem: Rooted, graph: Adjacency, arcs: IntArray
    ) -> tuple[IntArray, list[IntArray]]:
        """Follow a solution's arcs from the root.

        Parameters
        ----------
        problem : Rooted
        graph : Adjacency
        arcs : ndarray of int
            Those that are fully in the solution.

        Returns
        -------
        tree : ndarray of int
            Edges of the arcs that hang together with the root.
        paths : list of ndarray of int
            For each way that is too long, the arcs up to where it is.
        """
        leaving: dict[int, list[int]] = {}
        for arc in arcs:
            leaving.setdefault(int(graph.head[arc ^ 1]), []).append(int(arc))
        way = {problem.root: 0.0}
        into: dict[int, int] = {}
        waiting = [problem.root]
        paths = []
        while waiting:
            node = waiting.pop()
            for arc in leaving.get(node, ()):
                tip = int(graph.head[arc])
                if tip in way:
                    continue
                way[tip] = way[node] + float(self.lengths[arc >> 1])
                into[tip] = arc
                is_too_far = self.is_terminal[tip] and way[tip] > self.most
                if is_too_far or way[tip] + self.to_terminal[tip] > self.most:
                    paths.append(_path(graph, into, tip))
                else:
                    waiting.append(tip)
        tree = np.unique(np.array(list(into.values()), np.int64) >> 1)
        return tree, paths


def _path(graph: Adjacency, into: dict[int, int], node: int) -> IntArray:
    path = []
    while node in into:
        path.append(into[node])
        node = int(graph.head[into[node] ^ 1])
    return np.array(path, np.int64)


def _measured(
    graph: Adjacency, lengths: FloatArray, sources: IntArray, begin: FloatArray
) -> tuple[FloatArray, IntArray]:
    n = graph.n_nodes
    distance, into, origin = np.empty(n), np.empty(n, np.int64), np.empty(n, np.int64)
    nearest_sources(
        graph.start,
        graph.arcs,
        graph.head,
        np.repeat(lengths, 2),
        sources,
        begin,
        np.inf,
        distance,
        into,
        origin,
    )
    return distance, into


def longest_way(
    n_nodes: int, ends: IntArray, lengths: FloatArray, roots: IntArray, nodes: IntArray
) -> float:
    """Return the longest way along a forest from a root to any of some nodes, 0 for none."""
    if not len(nodes):
        return 0.0
    distance, _ = _measured(adjacency(n_nodes, ends), lengths, roots, np.zeros(len(roots)))
    return float(distance[nodes].max())
