"""Lower bounds by raising cuts: Wong's dual ascent for rooted Steiner trees, with prizes.

The linear relaxation asks that every set W of nodes that holds a connected terminal but not the
root is entered: the arcs into W sum to at least ``y_t``. Dual ascent raises the price of one such
cut at a time until an arc into W costs nothing any more (Wong, 1984). A terminal that may be left
out for a penalty raises cuts until its penalty is used up.

For a quota the penalty is the multiplier of the quota: with ``k`` of the optional terminals ``O``
needed, every ``m >= 0`` gives the bound ``m k - m |O| + PC(m)``, where ``PC`` is the least cost of
a tree plus ``m`` for every terminal left out. With a budget ``B`` and prizes ``p`` the multiplier
prices money: ``sum(p) + m B - m PC(p / m)`` bounds the prize from above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency
from planning.optimise.compiled import compiled
from planning.optimise.rooted import Rooted
from planning.optimise.shortest_paths import nearest_sources

_ROOM: Final = 4_000_000
"""Most arcs of cuts kept for the linear programme."""


@dataclass(frozen=True, slots=True, eq=False)
class Ascent:
    """A dual solution.

    Attributes
    ----------
    bound : float
        Of the cost of a tree plus the penalties of what it leaves out.
    reduced : ndarray of float, shape (2m,)
        What each arc costs above its share of the raised cuts.
    left : ndarray of float, shape (t,)
        Of each terminal's penalty, what is not used up.
    cut_terminal : ndarray of int, shape (c,)
        Terminal (position) of each kept cut.
    cut_start, cut_arcs : ndarray of int
        The arcs of cut *i* are ``cut_arcs[cut_start[i]:cut_start[i + 1]]``.
    """

    bound: float
    reduced: FloatArray
    left: FloatArray
    cut_terminal: IntArray
    cut_start: IntArray
    cut_arcs: IntArray


def dual_ascent(
    graph: Adjacency,
    arc_costs: FloatArray,
    root: int,
    terminals: IntArray,
    penalties: FloatArray,
    *,
    keeps_cuts: bool = False,
    patience: FloatArray | None = None,
) -> Ascent:
    """Raise cuts until every terminal is reached from the root for nothing, or has paid.

    Parameters
    ----------
    graph : Adjacency
    arc_costs : ndarray of float, shape (2m,)
    root : int
    terminals : ndarray of int, shape (t,)
        Not the root.
    penalties : ndarray of float, shape (t,)
        What leaving each terminal out costs; infinite for one that must be in.
    keeps_cuts : bool
    patience : ndarray of float, shape (t,), optional
        Terminals take turns by the arcs of their cuts, times this.

    Returns
    -------
    Ascent
    """
    reduced = arc_costs.copy()
    left = penalties.copy()
    room = _ROOM if keeps_cuts else 0
    # Raising is exact only up to rounding: what is this small is nothing.
    finite = arc_costs[np.isfinite(arc_costs)]
    nothing = 1e-12 * float(finite.max(initial=0.0))
    turn = np.ones(len(terminals)) if patience is None else patience
    bound, terminal, start, arcs = _ascend(
        graph.start, graph.arcs, graph.head, reduced, root, terminals, left, turn, room, nothing
    )
    return Ascent(bound, reduced, left, terminal, start, arcs)


@compiled
def _ascend(
    start: IntArray,
    arcs: IntArray,
    head: IntArray,
    reduced: FloatArray,
    root: int,
    terminals: IntArray,
    left: FloatArray,
    turn: FloatArray,
    room: int,
    nothing: float,
) -> tuple[float, IntArray, IntArray, IntArray]:
    n = len(start) - 1
    t = len(terminals)
    bound = 0.0
    active = np.full(n, -1, np.int64)
    for i in range(t):
        if left[i] == np.inf:
            active[terminals[i]] = i
    score = np.zeros(t)
    for i in range(t):
        score[i] = turn[i] * (start[terminals[i] + 1] - start[terminals[i]])
    # A heap of (score, terminal) would do the same; terminals are few beside arcs.
    waiting = np.argsort(score, kind="mergesort")
    queue: list[tuple[float, int]] = [(score[i], np.int64(i)) for i in waiting]  # type: ignore[misc]
    mark = np.full(n, -1, np.int64)
    run = 0
    inside = np.empty(n, np.int64)
    frontier = np.empty(len(head), np.int64)
    kept_terminal = np.empty(room // 4 + 1, np.int64)
    kept_start = np.zeros(room // 4 + 2, np.int64)
    kept_arcs = np.empty(room + 1, np.int64)
    n_kept = 0
    n_waiting = len(queue)
    while n_waiting:
        old, i = _take(queue, n_waiting)
        n_waiting -= 1
        if left[i] <= nothing:
            continue
        run += 1
        inside[0] = terminals[i]
        mark[terminals[i]] = run
        count = 1
        done = 0
        n_front = 0
        is_over = False
        while True:
            # Take in whoever reaches the terminal for nothing.
            while done < count and not is_over:
                v = inside[done]
                done += 1
                for at in range(start[v], start[v + 1]):
                    arc = arcs[at] ^ 1
                    tail = head[arcs[at]]
                    if mark[tail] == run:
                        continue
                    if reduced[arc] <= nothing:
                        if tail == root or (active[tail] >= 0 and active[tail] != i):
                            # The root is reached, or someone whose own cuts do as well.
                            is_over = True
                            break
                        mark[tail] = run
                        inside[count] = tail
                        count += 1
                    else:
                        frontier[n_front] = arc
                        n_front += 1
            if is_over:
                active[terminals[i]] = -1
                break
            least = np.inf
            size = 0
            for j in range(n_front):
                arc = frontier[j]
                if mark[head[arc ^ 1]] == run:
                    continue
                frontier[size] = arc
                size += 1
                least = min(least, reduced[arc])
            n_front = size
            if size == 0 and left[i] == np.inf:
                # Nothing leads in: the terminal cannot be reached.
                active[terminals[i]] = -1
                bound = np.inf
                break
            now = turn[i] * size
            if n_waiting and now > queue[0][0] + 0.25 * old + 8.0 and now > old:
                n_waiting = _give(queue, n_waiting, now, i)
                break
            least = min(least, left[i])
            if room and kept_start[n_kept] + size <= room and n_kept < len(kept_terminal):
                for j in range(size):
                    kept_arcs[kept_start[n_kept] + j] = frontier[j]
                kept_terminal[n_kept] = i
                kept_start[n_kept + 1] = kept_start[n_kept] + size
                n_kept += 1
            bound += least
            left[i] -= least
            for j in range(size):
                arc = frontier[j]
                reduced[arc] -= least
                if reduced[arc] <= nothing:
                    tail = head[arc ^ 1]
                    if mark[tail] != run:
                        if tail == root or (active[tail] >= 0 and active[tail] != i):
                            is_over = True
                        else:
                            mark[tail] = run
                            inside[count] = tail
                            count += 1
            if is_over or left[i] <= nothing:
                active[terminals[i]] = -1
                break
    return (
        bound,
        kept_terminal[:n_kept].copy(),
        kept_start[: n_kept + 1].copy(),
        kept_arcs[: kept_start[n_kept]].copy(),
    )


@compiled
def _take(queue: list[tuple[float, int]], size: int) -> tuple[float, int]:
    """Take the least entry out of a heap kept in a list longer than it."""
    top = queue[0]
    last = queue[size - 1]
    size -= 1
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and queue[child + 1] < queue[child]:
            child += 1
        if queue[child] >= last:
            break
        queue[at] = queue[child]
        at = child
    if size:
        queue[at] = last
    return top


@compiled
def _give(queue: list[tuple[float, int]], size: int, score: float, terminal: int) -> int:
    """Put an entry into the heap; its list never grows, for only what was taken comes back."""
    at = size
    queue[at] = (score, terminal)
    while at > 0:
        parent = (at - 1) >> 1
        if queue[parent] <= queue[at]:
            break
        queue[parent], queue[at] = queue[at], queue[parent]
        at = parent
    return size + 1


def superfluous_arcs(
    problem: Rooted, ascent: Ascent, terminals: IntArray, room: float
) -> BoolArray:
    """Tell which arcs are in no tree that is better than the best one known.

    A tree that uses an arc costs at least the bound plus, in reduced costs, the cheapest way from
    the root to the arc, the arc, and the cheapest way from it to a terminal.

    Parameters
    ----------
    problem : Rooted
    ascent : Ascent
    terminals : ndarray of int
        Those the ascent was given.
    room : float
        Value of the best tree known less the bound.

    Returns
    -------
    ndarray of bool, shape (2m,)
    """
    dead: BoolArray = value_through(problem, ascent, terminals) > room
    dead |= problem.adjacency().head == problem.root
    return dead


def value_through(problem: Rooted, ascent: Ascent, terminals: IntArray) -> FloatArray:
    """Return what a tree that uses an arc costs at least above the bound, shape (2m,).

    In reduced costs: the cheapest way from the root to the arc, the arc, and the cheapest way from
    it to a terminal.
    """
    graph = problem.adjacency()
    n = problem.n_nodes
    from_root, to_terminal = np.empty(n), np.empty(n)
    into, origin = np.empty(n, np.int64), np.empty(n, np.int64)
    root = np.array([problem.root])
    nearest_sources(
        graph.start,
        graph.arcs,
        graph.head,
        ascent.reduced,
        root,
        np.zeros(1),
        np.inf,
        from_root,
        into,
        origin,
    )
    # Backwards: each edge is entered by the arc that leaves it.
    backwards = np.ascontiguousarray(ascent.reduced.reshape(-1, 2)[:, ::-1]).ravel()
    nearest_sources(
        graph.start,
        graph.arcs,
        graph.head,
        backwards,
        terminals,
        np.zeros(len(terminals)),
        np.inf,
        to_terminal,
        into,
        origin,
    )
    tail, tip = graph.head[np.arange(len(graph.head)) ^ 1], graph.head
    value: FloatArray = from_root[tail] + ascent.reduced + to_terminal[tip]
    return value
