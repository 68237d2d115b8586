"""Violated cuts of a fractional solution, by maximum flow from the root to each terminal.

If less flow reaches a terminal than the share to which it is connected, the least cut is a set of
nodes that is entered by too little. Two more cuts are taken for the same price: the least cut
nearest to the terminal (*back cut*), and, after closing the arcs of a cut, the next one (*nested*).
A tiny capacity on every arc makes least cuts also ones of few arcs (*creep flow*; Koch and Martin,
1998).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.optimise.adjacency import Adjacency
from planning.optimise.compiled import compiled

_UNIT: Final = 10_000_000
_ROOM: Final = 3_000_000


def violated_cuts(
    graph: Adjacency,
    flows: FloatArray,
    root: int,
    nodes: IntArray,
    demands: FloatArray,
    *,
    nested: int,
    least: float = 1e-3,
) -> tuple[IntArray, IntArray, IntArray]:
    """Find sets that are entered by less than the demand of a node in them.

    Parameters
    ----------
    graph : Adjacency
    flows : ndarray of float, shape (2m,)
        Value of each arc; negative ones are closed for good.
    root : int
    nodes : ndarray of int, shape (t,)
    demands : ndarray of float, shape (t,)
    nested : int
        Cuts to take of one node at most, each with its back cut.
    least : float
        Violation that counts.

    Returns
    -------
    which, start, arcs : ndarray of int
        Position in ``nodes`` of each cut; its arcs are ``arcs[start[i]:start[i + 1]]``.
    """
    capacity = np.where(flows < 0, 0, np.round(flows * _UNIT).astype(np.int64) + 1)
    wanted = np.round(demands * _UNIT).astype(np.int64)
    margin = round(least * _UNIT)
    return _separate(
        graph.start,
        graph.arcs,
        graph.head,
        capacity,
        root,
        nodes,
        wanted,
        margin,
        nested,
        _ROOM,
    )


@compiled
def _separate(
    start: IntArray,
    arcs: IntArray,
    head: IntArray,
    capacity: IntArray,
    root: int,
    nodes: IntArray,
    wanted: IntArray,
    margin: int,
    nested: int,
    room: int,
) -> tuple[IntArray, IntArray, IntArray]:
    n = len(start) - 1
    residual = capacity.copy()
    level = np.empty(n, np.int64)
    queue = np.empty(n, np.int64)
    current = np.empty(n, np.int64)
    path = np.empty(n, np.int64)
    front = np.empty(n, np.bool_)
    back = np.empty(n, np.bool_)
    most = len(nodes) * nested * 2
    which = np.empty(most, np.int64)
    bounds = np.zeros(most + 1, np.int64)
    found = np.empty(room, np.int64)
    count = 0
    for i in range(len(nodes)):
        t = nodes[i]
        residual[:] = capacity
        flow = 0
        for _round in range(nested):
            # Blocking flows (Dinic) until the demand is met or the terminal is cut off.
            while flow < wanted[i] - margin:
                level[:] = -1
                level[t] = 0
                queue[0] = t
                first = 0
                last = 1
                while first < last and level[root] < 0:
                    v = queue[first]
                    first += 1
                    for at in range(start[v], start[v + 1]):
                        w = head[arcs[at]]
                        if level[w] < 0 and residual[arcs[at] ^ 1] > 0:
                            level[w] = level[v] + 1
                            queue[last] = w
                            last += 1
                if level[root] < 0:
                    break
                for j in range(last):
                    current[queue[j]] = start[queue[j]]
                depth = 0
                v = root
                while True:
                    if v == t:
                        least = wanted[i] - flow
                        for j in range(depth):
                            least = min(least, residual[path[j]])
                        flow += least
                        stop = depth
                        for j in range(depth - 1, -1, -1):
                            residual[path[j]] -= least
                            residual[path[j] ^ 1] += least
                            if residual[path[j]] == 0:
                                stop = j
                        if flow >= wanted[i]:
                            break
                        depth = stop
                        v = head[path[depth] ^ 1]
                        continue
                    is_stuck = True
                    while current[v] < start[v + 1]:
                        arc = arcs[current[v]]
                        w = head[arc]
                        if residual[arc] > 0 and level[w] >= 0 and level[w] == level[v] - 1:
                            path[depth] = arc
                            depth += 1
                            v = w
                            is_stuck = False
                            break
                        current[v] += 1
                    if is_stuck:
                        if depth == 0:
                            break
                        depth -= 1
                        v = head[path[depth] ^ 1]
                        current[v] += 1
            if flow >= wanted[i] - margin:
                break
            # The sets behind the least cut nearest to the root, and nearest to the terminal.
            front[:] = False
            front[root] = True
            queue[0] = root
            first = 0
            last = 1
            while first < last:
                v = queue[first]
                first += 1
                for at in range(start[v], start[v + 1]):
                    w = head[arcs[at]]
                    if not front[w] and residual[arcs[at]] > 0:
                        front[w] = True
                        queue[last] = w
                        last += 1
            n_front = last
            size = bounds[count]
            if size + len(head) > room or count + 2 > most:
                return which[:count], bounds[: count + 1], found[: bounds[count]]
            for j in range(n_front):
                v = queue[j]
                for at in range(start[v], start[v + 1]):
                    if not front[head[arcs[at]]] and capacity[arcs[at]] > 0:
                        found[size] = arcs[at]
                        size += 1
            which[count] = i
            count += 1
            bounds[count] = size
            back[:] = False
            back[t] = True
            queue[0] = t
            first = 0
            last = 1
            while first < last:
                v = queue[first]
                first += 1
                for at in range(start[v], start[v + 1]):
                    w = head[arcs[at]]
                    if not back[w] and residual[arcs[at] ^ 1] > 0:
                        back[w] = True
                        queue[last] = w
                        last += 1
            is_other = False
            for v in range(n):
                if not front[v] and not back[v]:
                    is_other = True
                    break
            if is_other:
                if size + len(head) > room:
                    return which[:count], bounds[: count + 1], found[: bounds[count]]
                for j in range(last):
                    v = queue[j]
                    for at in range(start[v], start[v + 1]):
                        arc = arcs[at] ^ 1
                        if not back[head[arcs[at]]] and capacity[arc] > 0:
                            found[size] = arc
                            size += 1
                which[count] = i
                count += 1
                bounds[count] = size
            # Open what was cut, and look for the next one.
            for c in range(bounds[count - 1], bounds[count]):
                residual[found[c]] = wanted[i]
            if is_other:
                for c in range(bounds[count - 2], bounds[count - 1]):
                    residual[found[c]] = wanted[i]
    return which[:count], bounds[: count + 1], found[: bounds[count]]
