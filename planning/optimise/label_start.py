"""Before labels: a good tree in milliseconds, and the edges that no better tree has."""

from __future__ import annotations

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.binary_heap import drop_first, put_in
from planning.optimise.compiled import compiled
from planning.optimise.label_bounds import Arcs, measure_from


def find_tree(
    arcs: Arcs, costs: FloatArray, terminals: IntArray, root: int, reduced: FloatArray
) -> tuple[float, IntArray]:
    """Find a good tree along arcs that a dual ascent left little of.

    Parameters
    ----------
    arcs : Arcs
    costs : ndarray of float, shape (m,)
    terminals : ndarray of int
    root : int
        Node where the ascent was rooted.
    reduced : ndarray of float, shape (2 m,)
        What the ascent left of each arc's cost.

    Returns
    -------
    cost : float
        Infinite when the terminals are not connected.
    edges : ndarray of int
        Ascending.
    """
    n = len(arcs.bits)
    ends = np.empty((len(costs), 2), dtype=np.int64)
    ends[arcs.edge, 0] = np.repeat(np.arange(n), np.diff(arcs.first))
    ends[arcs.edge, 1] = arcs.heads
    best, edges = np.inf, np.empty(0, dtype=np.int64)
    either = np.minimum(reduced, reduced[arcs.back])
    for weights in (reduced + 0.02 * arcs.costs, either + 0.2 * arcs.costs, arcs.costs):
        inside = join_by_ways(arcs, weights, len(terminals), root)
        if not inside[root]:
            break
        tree = span(ends, costs, inside, arcs.bits > 0)
        cost = float(costs[tree].sum())
        if cost < best:
            best, edges = cost, tree
    return best, edges


def span(ends: IntArray, costs: FloatArray, inside: BoolArray, kept: BoolArray) -> IntArray:
    """Return the edges of a minimum spanning tree of some nodes, its useless leaves cut off.

    Parameters
    ----------
    ends : ndarray of int, shape (m, 2)
    costs : ndarray of float, shape (m,)
    inside : ndarray of bool, shape (n,)
        Nodes to span.
    kept : ndarray of bool, shape (n,)
        Nodes that may be leaves.

    Returns
    -------
    ndarray of int
        Indices of edges, ascending.
    """
    within = np.nonzero(inside[ends].all(axis=1))[0]
    order = within[np.argsort(costs[within], kind="stable")]
    return np.nonzero(_span(ends, order, kept))[0]


@compiled
def _span(ends: IntArray, order: IntArray, kept: BoolArray) -> BoolArray:
    parent = np.arange(len(kept))
    degree = np.zeros(len(kept), dtype=np.int64)
    chosen = np.zeros(len(ends), dtype=np.bool_)
    for e in order:
        a, b = ends[e, 0], ends[e, 1]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        while parent[b] != b:
            parent[b] = parent[parent[b]]
            b = parent[b]
        if a != b:
            parent[a] = b
            chosen[e] = True
            degree[ends[e, 0]] += 1
            degree[ends[e, 1]] += 1
    changed = True
    while changed:
        changed = False
        for e in order:
            a, b = ends[e, 0], ends[e, 1]
            if chosen[e] and ((degree[a] == 1 and not kept[a]) or (degree[b] == 1 and not kept[b])):
                chosen[e] = False
                degree[a] -= 1
                degree[b] -= 1
                changed = True
    return chosen


@compiled
def join_by_ways(arcs: Arcs, weights: FloatArray, n_terminals: int, root: int) -> BoolArray:
    """Join terminals one after the other by the shortest way (Takahashi and Matsuyama 1980).

    Returns
    -------
    ndarray of bool, shape (n,)
        Nodes of the tree; none when a terminal cannot be reached.
    """
    n = len(arcs.bits)
    inside = np.zeros(n, dtype=np.bool_)
    inside[root] = True
    distance = np.full(n, np.inf)
    distance[root] = 0.0
    came = np.full(n, -1, dtype=np.int64)
    # A node is queued once for each arc into it between two of its arrivals in the tree.
    keys = np.empty(len(arcs.heads) + n + 1, dtype=np.float64)
    items = np.empty(len(keys), dtype=np.int64)
    size = put_in(keys, items, 0, 0.0, root)
    left = n_terminals - 1
    while left:
        if size == 0:
            return np.zeros(n, dtype=np.bool_)
        d, v = keys[0], items[0]
        if arcs.bits[v] and not inside[v]:  # stays queued: it is open again as part of the tree
            left -= 1
            while not inside[v]:
                inside[v] = True
                distance[v] = 0.0
                if size + 1 >= len(keys):
                    keys = np.concatenate((keys, np.zeros_like(keys)))
                    items = np.concatenate((items, np.zeros_like(items)))
                size = put_in(keys, items, size, 0.0, v)
                v = came[v]
            continue
        size = drop_first(keys, items, size)
        if d > distance[v]:
            continue
        for a in range(arcs.first[v], arcs.first[v + 1]):
            w = arcs.heads[a]
            if d + weights[a] < distance[w]:
                distance[w] = d + weights[a]
                came[w] = v
                if size + 1 >= len(keys):
                    keys = np.concatenate((keys, np.zeros_like(keys)))
                    items = np.concatenate((items, np.zeros_like(items)))
                size = put_in(keys, items, size, distance[w], w)
    return inside


def may_improve(
    arcs: Arcs, terminals: IntArray, root: int, left: tuple[float, FloatArray], limit: float
) -> BoolArray:
    """Tell which arcs a tree of at most some cost can have, by what an ascent left of the costs.

    A tree with the arc (u, v), directed from the root, costs at least the bound and what is left
    of the cost of the way from the root to u, of the arc, and of the way from v to a terminal.

    Parameters
    ----------
    arcs : Arcs
    terminals : ndarray of int
    root : int
        Node where the ascent was rooted.
    left : (float, ndarray of float, shape (2 m,))
        Bound of the ascent, and what it left of each arc's cost.
    limit : float

    Returns
    -------
    ndarray of bool, shape (2 m,)
        The arc or the one the other way can be in such a tree.
    """
    bound, reduced = left
    n = len(arcs.bits)
    down = np.full(n, np.inf)
    down[root] = 0.0
    measure_from(arcs, reduced, False, down)
    onward = np.full(n, np.inf)
    onward[terminals[terminals != root]] = 0.0
    measure_from(arcs, reduced, True, onward)
    tails = np.repeat(np.arange(n), np.diff(arcs.first))
    one = bound + down[tails] + reduced + onward[arcs.heads] <= limit
    either: BoolArray = one | one[arcs.back]
    return either
