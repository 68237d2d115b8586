"""What a partial Steiner tree still costs at least: cuts raised by dual ascent, and distances.

Dual ascent (Wong 1984) packs cuts ``W`` that separate terminals from a root, with weights ``y_W``,
so that no arc carries more than its cost. Whatever joins a node ``v`` with the terminals ``Q`` has
to cross each cut that separates two of them, hence costs at least::

    root in Q      sum of y_W over cuts with  W & (Q + v) != {}
    root not in Q  sum of y_W over cuts with  W & Q != {}  and  v not in W

Cuts that contain the same terminals are kept as one weight per node: a bound is a short sum.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.optimise.binary_heap import drop_first, put_in
from planning.optimise.compiled import compiled


class Arcs(NamedTuple):
    """A graph as arcs by tail: both directions of each edge.

    ``first`` (n + 1,) delimits the arcs of a node; ``heads``, ``costs``, ``back`` (the arc the
    other way) and ``edge`` have shape (2 m,). ``bits`` (n,) is the bit of a terminal, 0 elsewhere.
    """

    first: IntArray
    heads: IntArray
    costs: FloatArray
    back: IntArray
    edge: IntArray
    bits: IntArray


class Cuts(NamedTuple):
    """Packed cuts of several ascents, by the terminals they contain.

    ``root`` (d,) is the bit of each ascent's root. Its groups are ``group_first[d]`` to
    ``group_first[d + 1]`` with terminals ``group_mask`` and whole weight ``group_weight``. The cuts
    around node ``v`` are entries ``first[d, v]`` to ``first[d, v + 1]`` of ``mask`` and ``weight``,
    and weigh ``around[d, v]`` together.
    """

    root: IntArray
    group_first: IntArray
    group_mask: IntArray
    group_weight: FloatArray
    first: IntArray
    mask: IntArray
    weight: FloatArray
    around: FloatArray


def make_arcs(n_nodes: int, edges: IntArray, costs: FloatArray, terminals: IntArray) -> Arcs:
    """Lay out edges as arcs by tail.

    Parameters
    ----------
    n_nodes : int
    edges : ndarray of int, shape (m, 2)
    costs : ndarray of float, shape (m,)
    terminals : ndarray of int, shape (k,)
        Terminal ``i`` gets bit ``1 << i``.

    Returns
    -------
    Arcs
    """
    m = len(edges)
    tails = np.concatenate((edges[:, 0], edges[:, 1]))
    order = np.argsort(tails, kind="stable")
    place = np.empty(2 * m, dtype=np.int64)
    place[order] = np.arange(2 * m)
    first = np.zeros(n_nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(tails, minlength=n_nodes), out=first[1:])
    bits = np.zeros(n_nodes, dtype=np.int64)
    bits[terminals] = np.int64(1) << np.arange(len(terminals), dtype=np.int64)
    heads = np.concatenate((edges[:, 1], edges[:, 0]))[order]
    other_way = np.concatenate((place[m:], place[:m]))[order]
    number = np.concatenate((np.arange(m), np.arange(m)))[order]
    return Arcs(first, heads, np.concatenate((costs, costs))[order], other_way, number, bits)


@compiled
def measure_from(arcs: Arcs, weights: FloatArray, backward: bool, dist: FloatArray) -> None:
    """Complete shortest distances in place from the nodes that have a finite one (Dijkstra).

    ``weights`` (2 m,) is one per arc; ``backward`` follows arcs from head to tail.
    """
    n = len(dist)
    heap = np.empty(len(arcs.heads) + n + 1, dtype=np.float64)
    what = np.empty(len(heap), dtype=np.int64)
    size = 0
    for start in range(n):
        if dist[start] < np.inf:
            size = put_in(heap, what, size, dist[start], start)
    while size:
        d, v = heap[0], what[0]
        size = drop_first(heap, what, size)
        if d > dist[v]:
            continue
        for a in range(arcs.first[v], arcs.first[v + 1]):
            through = d + (weights[arcs.back[a]] if backward else weights[a])
            w = arcs.heads[a]
            if through < dist[w]:
                dist[w] = through
                size = put_in(heap, what, size, through, w)


@compiled
def raise_cuts(  # noqa: PLR0912, PLR0915 - one compiled loop
    arcs: Arcs, root: int, terminals: IntArray, tiny: float
) -> tuple[float, FloatArray, IntArray, FloatArray]:
    """Pack cuts around the terminals until each is reached from the root along full arcs.

    The terminal with the smallest component is raised first; ties go to the first in
    ``terminals``. A remainder of ``tiny`` counts as nothing.

    Returns
    -------
    bound : float
        Sum of the weights: no Steiner tree is cheaper.
    reduced : ndarray, shape (2 m,)
        What is left of each arc's cost.
    masks : ndarray of int, shape (g,)
        Terminals of each group of cuts.
    weights : ndarray of float, shape (g, n + 1)
        Weight of the group's cuts around each node; in the last column that of all.
    """
    n = len(arcs.bits)
    reduced = arcs.costs.copy()
    masks = np.empty(16, dtype=np.int64)
    weights = np.zeros((16, n + 1), dtype=np.float64)
    groups = 0
    bound = 0.0
    size = np.ones(len(terminals), dtype=np.int64)
    seen = np.zeros(n, dtype=np.int64)
    inside_from = np.zeros(n, dtype=np.int64)
    mark = 0
    stack = np.empty(n, dtype=np.int64)
    for i in range(len(terminals)):
        if terminals[i] == root:
            size[i] = n + 1
    while True:
        best = 0
        for i in range(1, len(terminals)):
            if size[i] < size[best]:
                best = i
        if size[best] > n:
            break
        next_size = n
        for i in range(len(terminals)):
            if i != best and size[i] < next_size:
                next_size = size[i]
        mark += 1
        stack[0] = terminals[best]
        seen[terminals[best]] = mark
        inside_from[terminals[best]] = 0
        count, done, mask = 1, 0, 0
        while True:
            while done < count:
                v = stack[done]
                done += 1
                mask |= int(arcs.bits[v])
                for a in range(arcs.first[v], arcs.first[v + 1]):
                    u = arcs.heads[a]
                    if seen[u] != mark and reduced[arcs.back[a]] <= 0.0:
                        seen[u] = mark
                        inside_from[u] = count
                        stack[count] = u
                        count += 1
            size[best] = n + 1 if seen[root] == mark else count
            if size[best] > next_size:
                break
            slack = np.inf
            for i in range(count):
                for a in range(arcs.first[stack[i]], arcs.first[stack[i] + 1]):
                    if seen[arcs.heads[a]] != mark:
                        slack = min(slack, reduced[arcs.back[a]])
            if slack == np.inf:  # nothing leads from the root to here
                return np.inf, reduced, masks[:groups], weights[:groups]
            row = groups - 1
            while row >= 0 and masks[row] != mask:
                row -= 1
            if row < 0:
                row = groups
                groups += 1
                if groups > len(masks):
                    masks = np.concatenate((masks, np.zeros_like(masks)))
                    weights = np.concatenate((weights, np.zeros_like(weights)))
                masks[row] = mask
            bound += slack
            weights[row, n] += slack
            for i in range(done):
                v = stack[i]
                weights[row, v] += slack
                for a in range(arcs.first[v], arcs.first[v + 1]):
                    u = arcs.heads[a]
                    # Nodes that join in this round are marked, but above them is the old cut.
                    if seen[u] != mark or inside_from[u] >= done:
                        left = reduced[arcs.back[a]] - slack
                        reduced[arcs.back[a]] = left if left > tiny else 0.0
                        if left <= tiny and seen[u] != mark:
                            seen[u] = mark
                            inside_from[u] = count
                            stack[count] = u
                            count += 1
    return bound, reduced, masks[:groups], weights[:groups]


def gather_cuts(roots: list[int], ascents: list[tuple[IntArray, FloatArray]]) -> Cuts:
    """Lay out the cuts of several ascents by node.

    Parameters
    ----------
    roots : list of int
        Bit of the root of each ascent.
    ascents : list of (masks, weights)
        As :func:`raise_cuts` returns them.

    Returns
    -------
    Cuts
    """
    group_first = np.cumsum([0, *(len(masks) for masks, _ in ascents)])
    n = ascents[0][1].shape[1] - 1
    first = np.zeros((len(roots), n + 1), dtype=np.int64)
    masks, weights = [], []
    start = 0
    for d, (mask, weight) in enumerate(ascents):
        node, group = np.nonzero(weight[:, :n].T)
        first[d] = start + np.searchsorted(node, np.arange(n + 1))
        start += len(node)
        masks.append(mask[group])
        weights.append(weight[group, node])
    return Cuts(
        np.array(roots, dtype=np.int64),
        np.asarray(group_first, dtype=np.int64),
        np.concatenate([mask for mask, _ in ascents]),
        np.concatenate([weight[:, n] for _, weight in ascents]),
        first,
        np.concatenate(masks),
        np.concatenate(weights),
        np.array([weight[:, :n].sum(axis=0) for _, weight in ascents]),
    )


def measure_detours(distances: FloatArray, terminals: IntArray) -> FloatArray:
    """Return bottlenecks from every node to every terminal over terminals.

    The bottleneck of a way is its longest leg between two stops; stops are terminals. A tree that
    contains a plain stretch longer than the bottleneck between its ends is not the cheapest
    (Duin and Volgenant 1989).

    Parameters
    ----------
    distances : ndarray of float, shape (n, k)
    terminals : ndarray of int, shape (k,)

    Returns
    -------
    ndarray of float, shape (n, k)
    """
    between = distances[terminals].copy()
    for middle in range(len(terminals)):
        way = np.maximum(between[:, middle, None], between[None, middle, :])
        np.minimum(between, way, out=between)
    detours = np.full_like(distances, np.inf)
    for stop in range(len(terminals)):
        way = np.maximum(distances[:, stop, None], between[None, stop, :])
        np.minimum(detours, way, out=detours)
    return detours
