"""Trees in milliseconds: grow to the nearest terminal, span what was touched, keep the best part.

The growth is the shortest-path heuristic of Takahashi and Matsuyama (1980) in one continued search;
what is kept of a tree is exact: of all its sub-trees at the root, the cheapest with enough
terminals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency
from planning.optimise.compiled import compiled
from planning.optimise.rooted import Rooted
from planning.optimise.shortest_paths import heap_pop, heap_up


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A tree at the root.

    Attributes
    ----------
    edges : ndarray of int
    cost : float
    """

    edges: IntArray
    cost: float


NO_TREE = Tree(np.empty(0, np.int64), np.inf)


def grown_tree(
    problem: Rooted, graph: Adjacency, guide: FloatArray, *, begin: int | None = None
) -> Tree:
    """Grow a tree by guiding costs and keep its cheapest sufficient part by the true ones.

    Parameters
    ----------
    problem : Rooted
    graph : Adjacency
        Of the problem.
    guide : ndarray of float, shape (m,)
        Costs to grow by; infinite closes an edge.
    begin : int or None
        Node to grow from, the root unless given. It must be in some tree.

    Returns
    -------
    Tree
        Of infinite cost where the guide closes every way.
    """
    kind = problem.kind
    into = _grow(
        graph.start,
        graph.arcs,
        graph.head,
        np.repeat(guide, 2),
        kind,
        problem.root,
        problem.root if begin is None else begin,
    )
    touched = np.flatnonzero(into != -1)
    if begin is not None and problem.root not in touched:
        return NO_TREE
    if (into[problem.mandatory] == -1).any():
        return NO_TREE
    return kept_part(problem, graph, into != -1)


def kept_part(problem: Rooted, graph: Adjacency, is_touched: BoolArray) -> Tree:
    """Span some nodes as cheaply as possible and keep the cheapest part that is enough.

    Parameters
    ----------
    problem : Rooted
    graph : Adjacency
    is_touched : ndarray of bool, shape (n,)
        Nodes that hang together, the root and every mandatory node among them.
    """
    best = NO_TREE
    nodes = is_touched
    while True:
        into, order = _span(graph.start, graph.arcs, graph.head, problem.costs, problem.root, nodes)
        if not _covers(order, problem.mandatory):
            return best
        chosen = _keep(graph.head, problem.costs, problem.kind, into, order, max(problem.needed, 0))
        if len(chosen) and chosen[0] == -2:
            return best
        edges = np.sort(chosen >> 1)
        cost = float(problem.costs[edges].sum())
        if cost >= best.cost:
            return best
        best = Tree(edges, cost)
        nodes = np.zeros(problem.n_nodes, bool)
        nodes[problem.root] = True
        nodes[problem.edges[edges].ravel()] = True


def kept_of_ways(problem: Rooted, graph: Adjacency, into: IntArray, order: IntArray) -> Tree:
    """Return the cheapest sufficient part of a given tree, its ways unchanged.

    Parameters
    ----------
    problem : Rooted
    graph : Adjacency
    into : ndarray of int, shape (n,)
        The arc by which the tree comes to each node.
    order : ndarray of int, shape (o,)
        Its nodes, the root first, each after the one it hangs on.
    """
    if not _covers(order, problem.mandatory):
        return NO_TREE
    needed = max(problem.needed, 0)
    chosen = _keep(graph.head, problem.costs, problem.kind, into, order, needed)
    if len(chosen) and chosen[0] == -2:
        return NO_TREE
    edges = np.sort(chosen >> 1)
    return Tree(edges, float(problem.costs[edges].sum()))


def _covers(order: IntArray, nodes: IntArray) -> bool:
    return len(np.intersect1d(order, nodes, assume_unique=True)) == len(nodes)


@compiled
def _grow(
    start: IntArray,
    arcs: IntArray,
    head: IntArray,
    cost: FloatArray,
    kind: IntArray,
    root: int,
    begin: int,
) -> IntArray:
    """Return the arc into each node of the grown tree; -2 at its beginning, -1 outside."""
    n = len(start) - 1
    key = np.full(n, np.inf)
    reached = np.full(n, -1, np.int64)
    into = np.full(n, -1, np.int64)
    heap = np.empty(n, np.int64)
    place = np.full(n, -1, np.int64)
    heap[0] = begin
    place[begin] = 0
    key[begin] = 0.0
    into[begin] = -2
    size = 1
    while size:
        v = heap_pop(key, heap, place, size)
        size -= 1
        place[v] = -1
        if (kind[v] != 0 or v == root) and into[v] == -1:
            # A terminal: the path to it joins the tree, and its nodes search again from zero.
            w = v
            while into[w] == -1:
                arc = reached[w]
                into[w] = arc
                if key[w] > 0.0:
                    key[w] = 0.0
                    if w != v and place[w] == -1:
                        heap[size] = w
                        place[w] = size
                        size += 1
                    if w != v:
                        heap_up(key, heap, place, place[w])
                w = head[arc ^ 1]
        here = key[v]
        for at in range(start[v], start[v + 1]):
            arc = arcs[at]
            w = head[arc]
            there = here + cost[arc]
            if there < key[w]:
                key[w] = there
                reached[w] = arc
                if place[w] == -1:
                    heap[size] = w
                    place[w] = size
                    size += 1
                heap_up(key, heap, place, place[w])
    return into


@compiled
def _span(
    start: IntArray,
    arcs: IntArray,
    head: IntArray,
    cost: FloatArray,
    root: int,
    nodes: BoolArray,
) -> tuple[IntArray, IntArray]:
    """Return the arcs of a least spanning tree of some nodes, and the nodes from the root on."""
    n = len(start) - 1
    key = np.full(n, np.inf)
    into = np.full(n, -1, np.int64)
    heap = np.empty(n, np.int64)
    place = np.full(n, -1, np.int64)
    order = np.empty(n, np.int64)
    heap[0] = root
    place[root] = 0
    key[root] = 0.0
    size = 1
    count = 0
    while size:
        v = heap_pop(key, heap, place, size)
        size -= 1
        order[count] = v
        count += 1
        for at in range(start[v], start[v + 1]):
            arc = arcs[at]
            w = head[arc]
            if not nodes[w] or place[w] == -2:
                continue
            if cost[arc >> 1] < key[w]:
                key[w] = cost[arc >> 1]
                into[w] = arc
                if place[w] == -1:
                    heap[size] = w
                    place[w] = size
                    size += 1
                heap_up(key, heap, place, place[w])
    return into, order[:count].copy()


@compiled
def _keep(
    head: IntArray,
    cost: FloatArray,
    kind: IntArray,
    into: IntArray,
    order: IntArray,
    needed: int,
) -> IntArray:
    """Return the arcs of the cheapest sub-tree at the root with enough terminals.

    All mandatory nodes of the tree are kept, and at least ``needed`` optional ones. The answer is
    the single arc -2 where the tree holds too few.
    """
    count = len(order)
    place = np.full(len(into), -1, np.int64)
    for i in range(count):
        place[order[i]] = i
    # Terminals below each node; only that many columns does its table have.
    below = np.zeros(count, np.int64)
    must = np.zeros(count, np.bool_)
    above = np.full(count, -1, np.int64)
    for i in range(count - 1, -1, -1):
        v = order[i]
        if kind[v] == 1:
            below[i] += 1
        if kind[v] == 2:
            must[i] = True
        if i:
            above[i] = place[head[into[v] ^ 1]]
            below[above[i]] += below[i]
            must[above[i]] |= must[i]
    if below[0] < needed:
        return np.full(1, -2, np.int64)
    first = np.zeros(count + 1, np.int64)
    for i in range(count):
        first[i + 1] = first[i] + min(below[i], needed) + 1
    table = np.full(first[count], np.inf)
    width = np.zeros(count, np.int64)
    # What a child takes of each number its parent has after joining it.
    taken_first = np.zeros(count + 1, np.int64)
    for i in range(count):
        v = order[i]
        width[i] = 1 if kind[v] == 1 else 0
        if needed == 0:
            width[i] = 0
        table[first[i] + width[i]] = 0.0
    total = 0
    sizes = width.copy()
    for i in range(count - 1, 0, -1):
        up = above[i]
        sizes[up] = min(sizes[up] + sizes[i], needed)
        taken_first[i] = total
        total += sizes[up] + 1
    taken = np.full(total, -1, np.int64)
    joined = np.empty(needed + 1)
    for i in range(count - 1, 0, -1):
        up = above[i]
        weight = cost[into[order[i]] >> 1]
        wide = min(width[up] + width[i], needed)
        for j in range(wide + 1):
            joined[j] = np.inf
        for a in range(width[up] + 1):
            base = table[first[up] + a]
            if base == np.inf:
                continue
            if not must[i] and base < joined[a]:
                joined[a] = base
                taken[taken_first[i] + a] = -1
            for b in range(width[i] + 1):
                more = table[first[i] + b]
                if more == np.inf:
                    continue
                j = min(a + b, needed)
                value = base + more + weight
                if value < joined[j]:
                    joined[j] = value
                    # Both parts are needed to walk back; a + b may exceed what is counted.
                    taken[taken_first[i] + j] = a * (needed + 1) + b
        for j in range(wide + 1):
            table[first[up] + j] = joined[j]
        width[up] = wide
    if table[first[0] + needed] == np.inf:
        return np.full(1, -2, np.int64)
    # Walk back: children joined last are met first.
    have = np.full(count, -1, np.int64)
    have[0] = needed
    chosen = np.empty(count, np.int64)
    n_chosen = 0
    for i in range(1, count):
        up = above[i]
        if have[up] < 0:
            continue
        pair = taken[taken_first[i] + have[up]]
        if pair < 0:
            continue
        have[up] = pair // (needed + 1)
        have[i] = pair % (needed + 1)
        chosen[n_chosen] = into[order[i]]
        n_chosen += 1
    return chosen[:n_chosen].copy()
