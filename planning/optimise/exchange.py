"""A tree made cheaper bit by bit: paths replaced by shorter ones, terminals by cheaper ones.

*Key-path exchange* (Voß, 1992; Uchoa and Werneck, 2012): a path of a tree between two of its
branchings or terminals is taken out, and the two halves are joined again by the shortest path there
is. For a quota, whoever is left out is joined as well, and of the larger tree the cheapest part
with enough terminals is kept.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency
from planning.optimise.compiled import compiled
from planning.optimise.growth import Tree, kept_part
from planning.optimise.rooted import Rooted
from planning.optimise.shortest_paths import heap_pop, heap_up, nearest_sources

_ROUNDS: Final = 12
_GAIN: Final = 1e-9


def improved_tree(problem: Rooted, graph: Adjacency, tree: Tree) -> Tree:
    """Return a tree that neither exchange makes cheaper.

    Parameters
    ----------
    problem : Rooted
    graph : Adjacency
    tree : Tree

    Returns
    -------
    Tree
        Not dearer than the one given.
    """
    if not np.isfinite(tree.cost):
        return tree
    for _ in range(_ROUNDS):
        better = _with_other_terminals(problem, graph, _exchanged(problem, graph, tree))
        if better.cost >= tree.cost - _GAIN * max(1.0, tree.cost):
            return min(better, tree, key=lambda each: each.cost)
        tree = better
    return tree


def _exchanged(problem: Rooted, graph: Adjacency, tree: Tree) -> Tree:
    is_in = np.zeros(len(problem.edges), bool)
    is_in[tree.edges] = True
    is_end = problem.kind == 2
    is_end[problem.root] = True
    if problem.needed > 0:
        # Whom a quota has chosen stays while paths are exchanged.
        nodes = np.unique(problem.edges[tree.edges])
        is_end[nodes[problem.kind[nodes] == 1]] = True
    _exchange(graph.start, graph.arcs, graph.head, problem.costs, is_end, is_in)
    nodes_in = np.zeros(problem.n_nodes, bool)
    nodes_in[problem.root] = True
    nodes_in[problem.edges[is_in].ravel()] = True
    return min(kept_part(problem, graph, nodes_in), tree, key=lambda each: each.cost)


def _with_other_terminals(problem: Rooted, graph: Adjacency, tree: Tree) -> Tree:
    if problem.needed <= 0:
        return tree
    n = problem.n_nodes
    distance, into, origin = np.empty(n), np.empty(n, np.int64), np.empty(n, np.int64)
    nodes = np.unique(np.append(problem.edges[tree.edges].ravel(), problem.root))
    nearest_sources(
        graph.start,
        graph.arcs,
        graph.head,
        np.repeat(problem.costs, 2),
        nodes,
        np.zeros(len(nodes)),
        np.inf,
        distance,
        into,
        origin,
    )
    touched = np.zeros(n, bool)
    touched[nodes] = True
    _mark_ways(graph.head, into, problem.optional, touched)
    return min(kept_part(problem, graph, touched), tree, key=lambda each: each.cost)


@compiled
def _mark_ways(head: IntArray, into: IntArray, nodes: IntArray, touched: BoolArray) -> None:
    for i in range(len(nodes)):
        v = nodes[i]
        if into[v] < 0:
            continue
        while not touched[v]:
            touched[v] = True
            v = head[into[v] ^ 1]


@compiled
def _exchange(
    start: IntArray,
    arcs: IntArray,
    head: IntArray,
    cost: FloatArray,
    is_end: BoolArray,
    is_in: BoolArray,
) -> None:
    """Exchange key paths of the tree ``is_in`` (changed in place) until none gets shorter."""
    n = len(start) - 1
    m = len(cost)
    degree = np.zeros(n, np.int64)
    for e in range(m):
        if is_in[e]:
            degree[head[2 * e]] += 1
            degree[head[2 * e + 1]] += 1
    key = np.full(n, np.inf)
    reached = np.empty(n, np.int64)
    heap = np.empty(n, np.int64)
    place = np.full(n, -1, np.int64)
    seen = np.empty(n, np.int64)
    side = np.zeros(n, np.int64)
    halves = np.empty((2, n), np.int64)
    path = np.empty(m, np.int64)
    tried = np.full(m, -1, np.int64)
    stamp = 0
    for sweep in range(3):
        changed = False
        for first in range(m):
            if not is_in[first] or tried[first] == sweep:
                continue
            # The whole path this edge is in, and its two ends.
            length = 1
            path[0] = first
            removed = cost[first]
            ends = (head[2 * first], head[2 * first + 1])
            tips = np.empty(2, np.int64)
            for d in range(2):
                v = ends[d]
                e = first
                while degree[v] == 2 and not is_end[v]:
                    for at in range(start[v], start[v + 1]):
                        other = arcs[at] >> 1
                        if is_in[other] and other != e:
                            e = other
                            v = head[arcs[at]]
                            break
                    path[length] = e
                    length += 1
                    removed += cost[e]
                tips[d] = v
            for j in range(length):
                tried[path[j]] = sweep
                is_in[path[j]] = False
                degree[head[2 * path[j]]] -= 1
                degree[head[2 * path[j] + 1]] -= 1
            # Walk both halves in turn; the smaller one is known first.
            sizes = np.ones(2, np.int64)
            dones = np.zeros(2, np.int64)
            stamp += 2
            for d in range(2):
                halves[d, 0] = tips[d]
                side[tips[d]] = stamp + d
            small = -1
            while small < 0:
                for d in range(2):
                    if dones[d] == sizes[d]:
                        small = d
                        break
                    v = halves[d, dones[d]]
                    dones[d] += 1
                    for at in range(start[v], start[v + 1]):
                        if is_in[arcs[at] >> 1]:
                            w = head[arcs[at]]
                            if side[w] != stamp + d:
                                side[w] = stamp + d
                                halves[d, sizes[d]] = w
                                sizes[d] += 1
            mine = stamp + small
            size = 0
            n_seen = 0
            for j in range(sizes[small]):
                v = halves[small, j]
                key[v] = 0.0
                reached[v] = -1
                heap[size] = v
                place[v] = size
                size += 1
                seen[n_seen] = v
                n_seen += 1
            limit = removed * (1.0 - 1e-9)
            met = -1
            while size:
                v = heap_pop(key, heap, place, size)
                size -= 1
                if side[v] != mine and (degree[v] > 0 or is_end[v] or v == tips[1 - small]):
                    met = v
                    break
                for at in range(start[v], start[v + 1]):
                    arc = arcs[at]
                    w = head[arc]
                    there = key[v] + cost[arc >> 1]
                    if there < key[w] and there < limit:
                        if key[w] == np.inf:
                            heap[size] = w
                            place[w] = size
                            size += 1
                            seen[n_seen] = w
                            n_seen += 1
                        key[w] = there
                        reached[w] = arc
                        heap_up(key, heap, place, place[w])
            if met >= 0:
                changed = True
                v = met
                while reached[v] >= 0:
                    e = reached[v] >> 1
                    is_in[e] = True
                    tried[e] = sweep
                    degree[head[2 * e]] += 1
                    degree[head[2 * e + 1]] += 1
                    v = head[reached[v] ^ 1]
            else:
                for j in range(length):
                    is_in[path[j]] = True
                    degree[head[2 * path[j]]] += 1
                    degree[head[2 * path[j] + 1]] += 1
            for j in range(n_seen):
                key[seen[j]] = np.inf
                place[seen[j]] = -1
        if not changed:
            break
