"""Where a question may be built, where building begins, and the ways on from what is built."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency, adjacency
from planning.optimise.compiled import compiled
from planning.optimise.problem import Problem
from planning.optimise.shortest_paths import nearest_sources


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A problem with what is forbidden closed.

    Attributes
    ----------
    problem : Problem
    graph : Adjacency
    arc_costs : ndarray of float, shape (2m,)
        Infinite at forbidden nodes.
    is_allowed : ndarray of bool, shape (n,)
    sources : ndarray of int
        Allowed roots; without roots the one node to begin at.
    """

    problem: Problem
    graph: Adjacency
    arc_costs: FloatArray
    is_allowed: BoolArray
    sources: IntArray

    @property
    def open_terminals(self) -> IntArray:
        """Terminals that are not forbidden, in the order of the problem."""
        terminals = self.problem.terminals
        return terminals[self.is_allowed[terminals]]


def ground(problem: Problem) -> Ground:
    """Close what is forbidden and find where to begin.

    Without roots that is a locked node, else one of the two terminals closest to each other in the
    part of the network with the most terminals.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Ground
    """
    is_allowed = np.ones(problem.n_nodes, bool)
    is_allowed[problem.forbidden] = False
    is_open: BoolArray = is_allowed[problem.edges[:, 0]] & is_allowed[problem.edges[:, 1]]
    costs = np.where(is_open, problem.costs, np.inf)
    graph = adjacency(problem.n_nodes, problem.edges)
    if len(problem.roots):
        sources = np.unique(problem.roots[is_allowed[problem.roots]])
    elif len(problem.locked):
        sources = problem.locked[:1]
    else:
        inside = _most_together(problem, is_open, is_allowed)
        sources = _closest(problem, graph, costs, inside)
    return Ground(problem, graph, np.repeat(costs, 2), is_allowed, sources)


def _most_together(problem: Problem, is_open: BoolArray, is_allowed: BoolArray) -> IntArray:
    terminals = problem.terminals[is_allowed[problem.terminals]]
    if not len(terminals):
        return terminals
    ends = problem.edges[is_open].T
    links = csr_array((np.ones(ends.shape[1], np.int64), ends), (problem.n_nodes,) * 2)
    part = connected_components(links, directed=False)[1][terminals]
    together: IntArray = terminals[part == np.argmax(np.bincount(part))]
    return together


def _closest(
    problem: Problem, graph: Adjacency, costs: FloatArray, terminals: IntArray
) -> IntArray:
    if len(terminals) < 2:
        return terminals
    ways = Ways.measure(graph, np.repeat(costs, 2), terminals)
    first, second = problem.edges.T
    length = ways.distance[first] + costs + ways.distance[second]
    length[ways.origin[first] == ways.origin[second]] = np.inf
    nearest = ways.origin[first[np.argmin(length)]]
    return terminals[nearest : nearest + 1]


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Shortest ways to every node from what is built so far; widened in place as that grows.

    Attributes
    ----------
    distance : ndarray of float, shape (n,)
    into : ndarray of int, shape (n,)
        Arc each node is reached by; -1 where building began and where no way leads.
    origin : ndarray of int, shape (n,)
        Position of the source each node was nearest to in the beginning.
    """

    graph: Adjacency
    arc_costs: FloatArray
    distance: FloatArray
    into: IntArray
    origin: IntArray

    @classmethod
    def measure(cls, graph: Adjacency, arc_costs: FloatArray, sources: IntArray) -> Ways:
        """Measure from some nodes."""
        n = graph.n_nodes
        ways = cls(graph, arc_costs, np.empty(n), np.empty(n, np.int64), np.empty(n, np.int64))
        nearest_sources(
            graph.start,
            graph.arcs,
            graph.head,
            arc_costs,
            sources,
            np.zeros(len(sources)),
            np.inf,
            ways.distance,
            ways.into,
            ways.origin,
        )
        return ways

    def widen(self, sources: IntArray) -> None:
        """Measure from further nodes too."""
        arcs = (self.graph.start, self.graph.arcs, self.graph.head)
        _widen(arcs, self.arc_costs, sources, self.distance, self.into)

    def path(self, node: int, is_end: BoolArray) -> tuple[IntArray, IntArray]:
        """Return the edges and nodes of the way from a node back to the first that is an end.

        Parameters
        ----------
        node : int
            One that can be reached.
        is_end : ndarray of bool, shape (n,)

        Returns
        -------
        edges, nodes : ndarray of int, shape (l,) and (l + 1,)
        """
        edges: list[int] = []
        nodes = [node]
        while not is_end[node]:
            arc = int(self.into[node])
            node = int(self.graph.head[arc ^ 1])
            edges.append(arc >> 1)
            nodes.append(node)
        return np.array(edges, np.int64), np.array(nodes, np.int64)


@compiled
def _widen(
    graph: tuple[IntArray, IntArray, IntArray],
    cost: FloatArray,
    sources: IntArray,
    distance: FloatArray,
    into: IntArray,
) -> None:
    start, arcs, head = graph
    heap = [(0.0, sources[i]) for i in range(len(sources))]
    for i in range(len(sources)):
        distance[sources[i]] = 0.0
        into[sources[i]] = -1
    heapq.heapify(heap)
    while heap:
        here, node = heapq.heappop(heap)
        if here > distance[node]:
            continue
        for at in range(start[node], start[node + 1]):
            arc = arcs[at]
            there = here + cost[arc]
            if there < distance[head[arc]]:
                distance[head[arc]] = there
                into[head[arc]] = arc
                heapq.heappush(heap, (there, head[arc]))
