"""A tree made cheaper by chance: nodes put in and taken out, dearer trees accepted ever less.

What a tree costs follows from the nodes it may use: the least spanning tree of them, its useless
leaves cut off. *Simulated annealing* (Kirkpatrick, Gelatt and Vecchi, 1983) walks among sets of
nodes, one node in or out at a time. Where many trees cost the same, as with equal costs, exchanges
that must gain at once find no way on; this walk does.
"""
# ruff: noqa: PLR0912, PLR0915, PLR0917

from __future__ import annotations

from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency
from planning.optimise.compiled import compiled
from planning.optimise.growth import Tree, kept_part
from planning.optimise.rooted import Rooted

HOT: Final = 0.3
COLD: Final = 0.15
"""How much dearer, in median costs of an edge, is accepted by one in e steps, first and last."""


def annealed_tree(problem: Rooted, graph: Adjacency, tree: Tree, *, steps: int, seed: int) -> Tree:
    """Return the best tree of a walk, or the one it began with.

    Parameters
    ----------
    problem : Rooted
        Whose terminals are all mandatory.
    graph : Adjacency
        Of the problem.
    tree : Tree
        To begin with.
    steps : int
    seed : int
        The same seed walks the same way.

    Returns
    -------
    Tree
        Not dearer than the one given.
    """
    if not np.isfinite(tree.cost) or len(problem.optional) or not len(tree.edges):
        return tree
    sure = np.zeros(problem.n_nodes, bool)
    sure[problem.mandatory] = True
    sure[problem.root] = True
    inside = sure.copy()
    inside[problem.edges[tree.edges].ravel()] = True
    unit = float(np.median(problem.costs))
    best = _walk(
        graph.start,
        graph.arcs,
        graph.head,
        problem.costs,
        sure,
        inside,
        problem.root,
        steps,
        HOT * unit,
        COLD * unit,
        np.random.default_rng(seed),
    )
    return min(kept_part(problem, graph, best), tree, key=lambda each: each.cost)


@compiled
def _walk(
    start: IntArray,
    arcs: IntArray,
    head: IntArray,
    cost: FloatArray,
    sure: BoolArray,
    inside: BoolArray,
    root: int,
    steps: int,
    hot: float,
    cold: float,
    chance: np.random.Generator,
) -> BoolArray:
    """Return the nodes of the cheapest tree met."""
    n = len(start) - 1
    n_sure = 0
    for v in range(n):
        if sure[v]:
            n_sure += 1
    others = np.empty(n - n_sure, np.int64)
    count = 0
    for v in range(n):
        if not sure[v]:
            others[count] = v
            count += 1
    best = inside.copy()
    if count == 0 or hot <= 0.0:
        return best
    least = np.inf
    now = np.inf
    tried = inside.copy()
    key = np.empty(n)
    above = np.full(n, -1, np.int64)
    order = np.empty(n, np.int64)
    below = np.zeros(n, np.int64)
    heap = np.empty(n, np.int64)
    place = np.empty(n, np.int64)
    cooling = (cold / hot) ** (1.0 / max(steps, 1))
    heat = hot
    for step in range(steps):
        heat *= cooling
        if step:
            flipped = others[int(chance.random() * len(others))]
            if not inside[flipped]:
                near = 0
                for at in range(start[flipped], start[flipped + 1]):
                    if inside[head[arcs[at]]]:
                        near += 1
                if near < 2:
                    continue  # it could only be a leaf
            tried[:] = inside
            tried[flipped] = not inside[flipped]
        # The least spanning tree of the nodes (Prim); place is -1 outside, -2 inside the tree.
        for v in range(n):
            key[v] = np.inf
            place[v] = -1
            below[v] = 0
        key[root] = 0.0
        heap[0] = root
        place[root] = 0
        above[root] = -1
        size, count, reached, total = 1, 0, 0, 0.0
        while size:
            v = heap[0]
            place[v] = -2
            size -= 1
            if size:
                last = heap[size]
                i = 0
                while True:
                    child = 2 * i + 1
                    if child >= size:
                        break
                    if child + 1 < size and key[heap[child + 1]] < key[heap[child]]:
                        child += 1
                    if key[heap[child]] >= key[last]:
                        break
                    heap[i] = heap[child]
                    place[heap[i]] = i
                    i = child
                heap[i] = last
                place[last] = i
            order[count] = v
            count += 1
            total += key[v]
            if sure[v]:
                reached += 1
            for at in range(start[v], start[v + 1]):
                w = head[arcs[at]]
                if tried[w] and place[w] != -2 and cost[arcs[at] >> 1] < key[w]:
                    key[w] = cost[arcs[at] >> 1]
                    above[w] = v
                    i = place[w]
                    if i == -1:
                        i = size
                        size += 1
                    while i > 0 and key[heap[(i - 1) >> 1]] > key[w]:
                        heap[i] = heap[(i - 1) >> 1]
                        place[heap[i]] = i
                        i = (i - 1) >> 1
                    heap[i] = w
                    place[w] = i
        if reached < n_sure:
            continue
        for v in range(n):
            if place[v] != -2:
                tried[v] = False
        for i in range(1, count):
            below[above[order[i]]] += 1
        for i in range(count - 1, 0, -1):
            v = order[i]
            if below[v] == 0 and not sure[v]:
                below[above[v]] -= 1
                total -= key[v]
                tried[v] = False
        if total <= now or chance.random() < np.exp((now - total) / heat):
            now = total
            inside[:] = tried
            if now < least - 1e-9 * max(1.0, now):
                least = now
                best[:] = tried
    return best
