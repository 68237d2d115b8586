"""Dead ends removed, chains of degree-2 nodes merged, parallel edges and loops dropped.

No best tree needs what goes: a dead end leads nowhere, a chain is used whole or not at all, of two
edges between the same nodes the cheaper does.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.compiled import compiled
from planning.optimise.rooted import STEINER, Rooted, regrouped


def contracted(problem: Rooted, *, keeps_parallel: bool = False) -> Rooted:
    """Shrink a problem as long as it shrinks.

    Parameters
    ----------
    problem : Rooted
        All of whose mandatory nodes can be reached.
    keeps_parallel : bool
        Whether of two edges between the same nodes the dearer one stays: it may be shorter.
    """
    while True:
        smaller = _once(problem, keeps_parallel)
        if len(smaller.edges) == len(problem.edges):
            return smaller
        problem = smaller


def _once(problem: Rooted, keeps_parallel: bool) -> Rooted:
    is_kept = problem.kind != STEINER
    is_kept[problem.root] = True
    ends, groups, members = _chains(problem.n_nodes, problem.edges, is_kept)
    costs = np.add.reduceat(problem.costs[members], groups[:-1]) if len(ends) else np.empty(0)
    best = _cheapest_of_parallel(ends, costs)
    if keeps_parallel:
        best = np.flatnonzero(ends[:, 0] != ends[:, 1])
    counts = np.diff(groups)[best]
    chosen = np.concatenate([[0], np.cumsum(counts)])
    member_at = np.repeat(groups[:-1][best] - chosen[:-1], counts) + np.arange(chosen[-1])
    start, parts = regrouped(problem.parts_start, problem.parts, members[member_at], chosen)
    return _renumbered(
        replace(problem, edges=ends[best], costs=costs[best], parts_start=start, parts=parts)
    )


def _cheapest_of_parallel(ends: IntArray, costs: FloatArray) -> IntArray:
    low, high = ends.min(axis=1, initial=0), ends.max(axis=1, initial=0)
    if not len(ends):
        return np.empty(0, np.int64)
    low, high = ends.min(axis=1), ends.max(axis=1)
    order = np.lexsort((costs, high, low))
    is_first = np.ones(len(order), bool)
    is_first[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    kept = order[is_first]
    return np.sort(kept[low[kept] != high[kept]])


def _renumbered(problem: Rooted) -> Rooted:
    is_used = problem.kind != STEINER
    is_used[problem.root] = True
    is_used[problem.edges.ravel()] = True
    number = np.cumsum(is_used) - 1
    return replace(
        problem,
        edges=number[problem.edges],
        kind=problem.kind[is_used],
        label=problem.label[is_used],
        root=int(number[problem.root]),
    )


def _chains(n: int, edges: IntArray, is_kept: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
    ends, groups, members, count, length = _walk(n, edges, is_kept)
    return ends[:count], groups[: count + 1], members[:length]


@compiled
def _walk(
    n: int, edges: IntArray, is_kept: BoolArray
) -> tuple[IntArray, IntArray, IntArray, int, int]:
    m = len(edges)
    degree = np.zeros(n, np.int64)
    # The exclusive or of a node's edges: with one edge left it is that edge, and with two, one
    # gives the other. No lists are needed.
    mixed = np.zeros(n, np.int64)
    is_alive = np.ones(m, np.bool_)
    for e in range(m):
        if edges[e, 0] == edges[e, 1]:
            is_alive[e] = False
            continue
        for side in range(2):
            degree[edges[e, side]] += 1
            mixed[edges[e, side]] ^= e
    stack = np.empty(n, np.int64)
    size = 0
    for v in range(n):
        if degree[v] == 1 and not is_kept[v]:
            stack[size] = v
            size += 1
    while size:
        size -= 1
        v = stack[size]
        if degree[v] != 1:
            continue
        e = mixed[v]
        is_alive[e] = False
        w = edges[e, 0] + edges[e, 1] - v
        degree[v] = 0
        degree[w] -= 1
        mixed[w] ^= e
        if degree[w] == 1 and not is_kept[w]:
            stack[size] = w
            size += 1
    ends = np.empty((m, 2), np.int64)
    groups = np.zeros(m + 1, np.int64)
    members = np.empty(m, np.int64)
    count = 0
    length = 0
    for e in range(m):
        if not is_alive[e]:
            continue
        for side in range(2):
            v = edges[e, side]
            if not is_alive[e] or (degree[v] == 2 and not is_kept[v]):
                continue
            ends[count, 0] = v
            f = e
            w = edges[e, 1 - side]
            while True:
                members[length] = f
                length += 1
                is_alive[f] = False
                if degree[w] != 2 or is_kept[w]:
                    break
                f = mixed[w] ^ f
                w = edges[f, 0] + edges[f, 1] - w
            ends[count, 1] = w
            count += 1
            groups[count] = length
    return ends, groups, members, count, length
