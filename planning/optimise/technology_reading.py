"""From a tree in the augmented graph to who is served how, along which cable.

A tree that is best pays one toll at every village and needs only to be read. One that a time limit
cut short may let a village pass service on; whatever hangs on it is then given its own way, which
costs less than the toll that falls away, so the plan read is never dearer than the tree.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.network import Network
from planning.optimise.adjacency import adjacency
from planning.optimise.technology_graph import Alone, Augmented, EdgeKind
from planning.optimise.technology_question import Technology, TechnologyQuestion


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Who is served how.

    Attributes
    ----------
    technology : ndarray of int, shape (v,)
        :class:`~planning.optimise.technology_question.Technology` of each village; fibre, with no
        edge, for one that has it already and is wanted.
    site : ndarray of int, shape (v,)
        Site that serves it; -1 for those not served by one.
    fibre_edges : ndarray of int
        Edges of the network to lay, ascending: connections and what leads to them and to sites.
    """

    technology: IntArray
    site: IntArray
    fibre_edges: IntArray


def read_tree(question: TechnologyQuestion, augmented: Augmented, edges: IntArray) -> Reading:
    """Read a tree.

    Parameters
    ----------
    question : TechnologyQuestion
    augmented : Augmented
        Of the question.
    edges : ndarray of int
        Edges of the augmented problem; together with its roots they hang together.

    Returns
    -------
    Reading
    """
    network, alone, problem = question.network, augmented.alone, augmented.problem
    arrived = _arrivals(problem.n_nodes, problem.edges[edges], problem.roots)
    technology = np.full(len(network.villages), Technology.NONE, np.int64)
    site = np.full(len(network.villages), -1, np.int64)
    technology[alone.has_fibre & question.wanted] = Technology.FIBRE
    for village in np.flatnonzero(question.wanted & ~alone.has_fibre):
        by = arrived[network.villages[village]]
        if by < 0:
            continue
        kind, of = augmented.kind[edges[by]], augmented.of[edges[by]]
        if kind == EdgeKind.SERVED:
            # Reached through its mark, from nowhere: the tree paid a toll for nothing.
            kind, of = _cheapest_way(alone, int(village))
        if kind == EdgeKind.COVER:
            technology[village], site[village] = Technology.MOBILE, of
        elif kind == EdgeKind.SATELLITE:
            technology[village] = Technology.SATELLITE
        else:
            technology[village] = Technology.FIBRE
    trunk = augmented.of[edges[augmented.kind[edges] == EdgeKind.FIBRE]]
    return Reading(technology, site, lay_fibre(question, alone, technology, site, trunk))


def lay_fibre(
    question: TechnologyQuestion,
    alone: Alone,
    technology: IntArray,
    site: IntArray,
    edges: IntArray,
) -> IntArray:
    """Return the edges that take fibre to every village and site that needs it.

    Parameters
    ----------
    question : TechnologyQuestion
    alone : Alone
    technology, site : ndarray of int, shape (v,)
    edges : ndarray of int
        Edges of the network to use; where they do not lead to a root the cheapest way is added,
        where they lead nowhere they are left out.

    Returns
    -------
    ndarray of int
        Ascending; a forest over the roots.
    """
    network = question.network
    by_fibre = (technology == Technology.FIBRE) & ~alone.has_fibre
    feeds = question.sites.feeds[np.unique(site[site >= 0])]
    needed = np.unique(np.concatenate([network.villages[by_fibre], feeds[feeds >= 0]]))
    # A village is an end: no cable is led on through it.
    ends = alone.connection[~by_fibre & ~alone.has_fibre]
    edges = np.setdiff1d(edges, ends)
    edges = np.union1d(edges, alone.connection[by_fibre])
    while len(dark := needed[~_is_lit(network, edges)[needed]]):
        # One way lights all that hangs together with its end.
        way = ways_to(network, alone.into, int(dark[0]))
        edges = np.union1d(edges, np.array(way, np.int64))
    arrived = _arrivals(network.n_nodes, network.edges[edges], network.roots)
    kept: set[int] = set()
    for start in needed:
        node = int(start)
        while (by := int(arrived[node])) >= 0 and int(edges[by]) not in kept:
            kept.add(int(edges[by]))
            node = _other_end(network, int(edges[by]), node)
    return np.array(sorted(kept), np.int64)


def ways_to(network: Network, into: IntArray, node: int) -> list[int]:
    """Return the edges of the cheapest fibre from a root to a node, from its end."""
    way: list[int] = []
    while (arc := int(into[node])) >= 0:
        way.append(arc >> 1)
        node = _other_end(network, arc >> 1, node)
    return way


def _cheapest_way(alone: Alone, village: int) -> tuple[int, int]:
    """Return the kind of edge and what it is of, the cheapest for one village by itself."""
    costs = (alone.fibre[village], alone.mobile[village], alone.satellite[village])
    best = int(np.argmin(costs))
    if best == 0:
        return EdgeKind.FIBRE, int(alone.connection[village])
    if best == 1:
        way: FloatArray = np.where(alone.covers[:, village], alone.site, np.inf)
        return EdgeKind.COVER, int(np.argmin(way))
    return EdgeKind.SATELLITE, village


def _is_lit(network: Network, edges: IntArray) -> BoolArray:
    lit = _arrivals(network.n_nodes, network.edges[edges], network.roots) >= 0
    lit[network.roots] = True
    return lit


def _arrivals(n_nodes: int, edges: IntArray, roots: IntArray) -> IntArray:
    """Return the edge by which each node is reached from a root, in fewest edges; -1 for none."""
    graph = adjacency(n_nodes, edges)
    arrived = np.full(n_nodes, -1, np.int64)
    seen = np.zeros(n_nodes, bool)
    seen[roots] = True
    queue = deque(int(root) for root in np.unique(roots[np.isin(roots, edges.ravel())]))
    while queue:
        node = queue.popleft()
        for arc in graph.arcs[graph.start[node] : graph.start[node + 1]]:
            other = int(graph.head[arc])
            if not seen[other]:
                seen[other] = True
                arrived[other] = arc >> 1
                queue.append(other)
    return arrived


def _other_end(network: Network, edge: int, node: int) -> int:
    one, other = network.edges[edge]
    return int(other) if int(one) == node else int(one)
