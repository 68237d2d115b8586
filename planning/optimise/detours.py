"""Edges that something at most as dear replaces: detours, and ways through the root or terminals.

An edge {u, v} of a tree can be left out when its two halves are joined again at no greater cost: by
a path from u to v; or, since the root and every mandatory terminal are in each tree, by a walk
whose pieces between such nodes are each at most as dear as the edge (the *special distance* of Duin
and Volgenant, 1989: an edge longer than it is in no best tree).
"""

from __future__ import annotations

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.compiled import compiled
from planning.optimise.rooted import MANDATORY, Rooted
from planning.optimise.shortest_paths import heap_pop, heap_up, nearest_sources


def without_detours(problem: Rooted, *, most_scanned: int = 60) -> Rooted:
    """Drop every edge found to be replaceable.

    Parameters
    ----------
    problem : Rooted
    most_scanned : int
        Nodes looked at around each node. More finds more, and takes longer.
    """
    costs = problem.costs
    graph = problem.adjacency()
    sure = problem.kind == MANDATORY
    sure[problem.root] = True
    arc_costs = np.repeat(costs, 2)
    if sure.sum() == 1:
        dead = _beyond_root(problem, arc_costs)
        problem = problem.without_edges(dead)
        graph = problem.adjacency()
        arc_costs = np.repeat(problem.costs, 2)
    dead = _scan(graph.start, graph.arcs, graph.head, arc_costs, sure, most_scanned)
    return problem.without_edges(dead)


def _beyond_root(problem: Rooted, arc_costs: FloatArray) -> BoolArray:
    graph = problem.adjacency()
    n = problem.n_nodes
    distance, into, origin = np.empty(n), np.empty(n, np.int64), np.empty(n, np.int64)
    root = np.array([problem.root])
    nearest_sources(
        graph.start,
        graph.arcs,
        graph.head,
        arc_costs,
        root,
        np.zeros(1),
        np.inf,
        distance,
        into,
        origin,
    )
    is_way = np.zeros(len(problem.edges), bool)
    is_way[into[into >= 0] >> 1] = True
    # Both ends reach the root for no more than the edge, by ways that all stay.
    dead: BoolArray = ~is_way & (distance[problem.edges].max(axis=1) <= problem.costs)
    return dead


@compiled
def _scan(
    start: IntArray,
    arcs: IntArray,
    head: IntArray,
    cost: FloatArray,
    sure: BoolArray,
    most_scanned: int,
) -> BoolArray:
    """Around every node, find walks that make its own edges superfluous, one edge at a time."""
    n = len(start) - 1
    dead = np.zeros(len(cost) >> 1, np.bool_)
    key = np.full(n, np.inf)
    # The edge a walk began with: an edge must not be replaced by a walk over itself.
    begun = np.full(n, -1, np.int64)
    longest = np.zeros(n)
    heap = np.empty(n, np.int64)
    place = np.full(n, -1, np.int64)
    seen = np.empty(n, np.int64)
    for u in range(n):
        furthest = 0.0
        for at in range(start[u], start[u + 1]):
            arc = arcs[at]
            if not dead[arc >> 1] and cost[arc] > furthest:
                furthest = cost[arc]
        if furthest == 0.0:
            continue
        size = 1
        n_seen = 1
        heap[0] = u
        place[u] = 0
        key[u] = 0.0
        longest[u] = 0.0
        begun[u] = -1
        seen[0] = u
        scanned = 0
        while size and scanned < most_scanned:
            v = heap_pop(key, heap, place, size)
            size -= 1
            scanned += 1
            # What the walk costs since the last node that is in every tree.
            piece = 0.0 if sure[v] and v != u else key[v] - longest[v]
            for at in range(start[v], start[v + 1]):
                arc = arcs[at]
                if dead[arc >> 1] or cost[arc] > furthest:
                    continue
                w = head[arc]
                if w == u:
                    continue
                # A walk's value is its dearest piece; kept as (value so far, open piece).
                now = piece + cost[arc]
                value = max(key[v], now)
                if value > furthest:
                    continue
                if value < key[w]:
                    if key[w] == np.inf:
                        seen[n_seen] = w
                        n_seen += 1
                        heap[size] = w
                        place[w] = size
                        size += 1
                    key[w] = value
                    longest[w] = value - now
                    begun[w] = arc >> 1 if v == u else begun[v]
                    heap_up(key, heap, place, place[w])
        for at in range(start[u], start[u + 1]):
            arc = arcs[at]
            e = arc >> 1
            w = head[arc]
            if not dead[e] and place[w] == -2 and key[w] <= cost[arc] and begun[w] != e:
                dead[e] = True
        for i in range(n_seen):
            v = seen[i]
            key[v] = np.inf
            place[v] = -1
    return dead
