"""Shortest paths from many sources at once, in compiled loops."""

from __future__ import annotations

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.optimise.compiled import compiled


@compiled
def heap_up(key: FloatArray, heap: IntArray, place: IntArray, at: int) -> None:
    """Move an entry of a binary heap of nodes towards the top until its key is in order."""
    node = heap[at]
    own = key[node]
    while at > 0:
        parent = (at - 1) >> 1
        above = heap[parent]
        if key[above] <= own:
            break
        heap[at] = above
        place[above] = at
        at = parent
    heap[at] = node
    place[node] = at


@compiled
def heap_pop(key: FloatArray, heap: IntArray, place: IntArray, size: int) -> int:
    """Take the node with the least key out of a heap of ``size`` nodes."""
    top = heap[0]
    place[top] = -2
    last = heap[size - 1]
    size -= 1
    if size == 0:
        return int(top)
    own = key[last]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and key[heap[child + 1]] < key[heap[child]]:
            child += 1
        if key[heap[child]] >= own:
            break
        heap[at] = heap[child]
        place[heap[at]] = at
        at = child
    heap[at] = last
    place[last] = at
    return int(top)


@compiled
def nearest_sources(
    start: IntArray,
    arcs: IntArray,
    head: IntArray,
    cost: FloatArray,
    sources: IntArray,
    first: FloatArray,
    limit: float,
    distance: FloatArray,
    into: IntArray,
    origin: IntArray,
) -> None:
    """Fill distances from the nearest source, the arc each node is reached by and its source.

    Parameters
    ----------
    start, arcs, head : ndarray of int
        Of :class:`planning.optimise.adjacency.Adjacency`.
    cost : ndarray of float, shape (2m,)
        Of every arc; infinite closes it.
    sources : ndarray of int, shape (s,)
    first : ndarray of float, shape (s,)
        Distance each source begins with.
    limit : float
        Nodes further than this are not reached.
    distance : ndarray of float, shape (n,)
        Filled; infinite where no source reaches.
    into : ndarray of int, shape (n,)
        Filled; -1 at sources and where no source reaches.
    origin : ndarray of int, shape (n,)
        Filled with the position of the source in ``sources``; -1 where none reaches.
    """
    n = len(start) - 1
    heap = np.empty(n, np.int64)
    place = np.full(n, -1, np.int64)
    distance[:] = np.inf
    into[:] = -1
    origin[:] = -1
    size = 0
    for i in range(len(sources)):
        node = sources[i]
        if first[i] < distance[node]:
            distance[node] = first[i]
            origin[node] = i
            if place[node] == -1:
                heap[size] = node
                place[node] = size
                size += 1
            heap_up(distance, heap, place, place[node])
    while size:
        node = heap_pop(distance, heap, place, size)
        size -= 1
        here = distance[node]
        for at in range(start[node], start[node + 1]):
            arc = arcs[at]
            there = here + cost[arc]
            other = head[arc]
            if there < distance[other] and there <= limit:
                distance[other] = there
                into[other] = arc
                origin[other] = origin[node]
                if place[other] == -1:
                    heap[size] = other
                    place[other] = size
                    size += 1
                heap_up(distance, heap, place, place[other])
