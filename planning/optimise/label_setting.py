"""The cheapest tree over few terminals, exactly: Dijkstra's method on (node, terminals) labels.

A label ``(v, I)`` is the cheapest tree found over the terminals ``I`` and the node ``v``. Labels
are settled from the cheapest up, grow along edges and merge at nodes (Dreyfus and Wagner 1971;
Hougardy, Silvanus and Vygen 2017). Every tree has a node whose branches, without the edges that
join them to it, cost at most half; so labels grow up to half of the best cost known, and whole
trees are two or three labels that meet. A label is dropped when no cheapest tree contains it:

* with the least cost of joining ``v`` and the other terminals it exceeds the best tree (cuts of
  dual ascents from every terminal, :mod:`planning.optimise.label_bounds`);
* ``I`` can be joined to terminals outside ``I`` for less (Hougardy et al. 2017, section 4);
* ``I`` reaches nodes that part the terminals outside it for less (Iwata and Shigemura 2019);
* it ends in a plain stretch longer than the bottleneck between its ends (Duin and Volgenant 1989).

Each compares with a margin, so that rounding drops nothing. When all costs are whole multiples of
a step, costs are raised by fractions of it that sum to less than one step: ties, of which unit
costs are full, are then decided, and no cheapest tree of the raised costs is not one of the true.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from planning.columns import FloatArray, IntArray
from planning.optimise import label_search as search
from planning.optimise.label_bounds import (
    Arcs,
    Cuts,
    gather_cuts,
    make_arcs,
    measure_detours,
    measure_from,
    raise_cuts,
)
from planning.optimise.label_start import find_tree, may_improve, span
from planning.optimise.label_tables import Tables

MOST_TERMINALS: Final = 63
"""Sets of terminals are the bits of an integer."""
POPS: Final = 1_000
"""Labels settled between two looks at the clock."""
FIRST_ROOTS: Final = 4
"""Ascents before edges are left out; afterwards every terminal is a root."""
ENOUGH_LEFT: Final = 0.9
"""Ascents are repeated while they leave fewer of the edges."""
MOST_WHOLE: Final = 1e8
"""Costs above this are not treated as whole numbers: too little room for fractions of them."""
MARGIN: Final = 1e-10
"""Costs that differ by less, in proportion to the tree's, are equal."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelResult:
    """A cheapest tree, or how far the search came.

    Attributes
    ----------
    edges : ndarray of int or None
        Edges of the cheapest tree, ascending. None when the search was stopped, and when there is
        no tree within the upper bound (``proven`` tells which).
    cost : float
        Of the tree; infinite without one.
    proven : bool
        Whether the search ended by itself: the tree is the cheapest, or there is none.
    labels : int
        How many labels were made.
    stopped : str
        ``"time"``, ``"labels"`` or empty.
    """

    edges: IntArray | None
    cost: float
    proven: bool
    labels: int
    stopped: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """The contracted graph, its terminals, and when to stop."""

    n: int
    edges: IntArray
    costs: FloatArray
    terminals: IntArray
    end: float
    max_labels: int


@dataclass(slots=True, eq=False)
class _Best:
    """The best tree so far, by edges of the contracted graph, and what a better one may cost."""

    cost: float
    edges: IntArray | None
    step: float

    @property
    def margin(self) -> float:
        """What costs may differ by and count as equal: far less than a step."""
        margin = MARGIN * self.cost if np.isfinite(self.cost) else 0.0
        return min(margin, 0.04 * self.step) if self.step else margin

    @property
    def limit(self) -> float:
        """Most that a tree worth looking for costs."""
        if self.edges is None:
            return self.cost + 0.45 * self.step + self.margin
        return self.cost - 0.55 * self.step if self.step else self.cost - self.margin


def solve_by_labels(
    n_nodes: int,
    edges: IntArray,
    costs: FloatArray,
    terminals: IntArray,
    *,
    upper_bound: float = np.inf,
    incumbent: IntArray | None = None,
    deadline_s: float,
    max_labels: int = 20_000_000,
) -> LabelResult:
    """Find a cheapest tree over all terminals.

    Parameters
    ----------
    n_nodes : int
    edges : ndarray of int, shape (m, 2)
        Parallel edges and loops may be among them.
    costs : ndarray of float, shape (m,)
        Finite, not negative.
    terminals : ndarray of int, shape (k,)
        At most 63 different nodes.
    upper_bound : float, optional
        Look for trees that cost at most this much.
    incumbent : ndarray of int, optional
        Edges of a tree over the terminals. The search is faster when it needs to find only what is
        cheaper; this tree is the answer when nothing is.
    deadline_s : float
        Seconds from now after which to stop.
    max_labels : int, optional
        Labels after which to stop, about 80 bytes each; sets of terminals count by their size.

    Returns
    -------
    LabelResult
        The same for the same input, unless time stopped it.

    Raises
    ------
    ValueError
        More than 63 terminals.
    """
    end = time.monotonic() + deadline_s
    terminals = np.unique(terminals)
    if len(terminals) > MOST_TERMINALS:
        raise ValueError(f"{len(terminals)} terminals; labels are made for {MOST_TERMINALS}")
    # Nodes joined for nothing are one; what is compared below costs something.
    free = np.nonzero((costs == 0.0) & (edges[:, 0] != edges[:, 1]))[0]
    links = coo_array(
        (np.ones(len(free)), (edges[free, 0], edges[free, 1])), shape=(n_nodes, n_nodes)
    )
    n, component = connected_components(links, directed=False)
    place: IntArray = component.astype(np.int64)
    paid = np.nonzero(place[edges[:, 0]] != place[edges[:, 1]])[0]
    best = _Best(upper_bound, None, _measure_step(costs[paid]))
    if best.step and np.isfinite(upper_bound):
        best.cost = best.step * float(np.floor(upper_bound / best.step + 1e-9))
    if incumbent is not None and costs[incumbent].sum() <= upper_bound:
        best.cost = float(costs[incumbent].sum())
        best.edges = np.nonzero(np.isin(paid, incumbent))[0]
    question = _Question(
        n, place[edges[paid]], costs[paid], np.unique(place[terminals]), end, max_labels
    )
    labels, stopped = _search(question, best)
    if stopped or best.edges is None:
        return LabelResult(None, np.inf, not stopped, labels, stopped)
    used = np.zeros(len(edges), dtype=np.bool_)
    used[free] = used[paid[best.edges]] = True
    chosen = np.nonzero(used)[0]
    kept = np.zeros(n_nodes, dtype=np.bool_)
    kept[terminals] = True
    tree = chosen[span(edges[chosen], costs[chosen], np.ones(n_nodes, dtype=np.bool_), kept)]
    return LabelResult(tree, float(costs[tree].sum()), True, labels)


def _measure_step(costs: FloatArray) -> float:
    """Return the greatest common divisor of whole costs, 0 when there is none to speak of."""
    if not len(costs) or costs.max() > MOST_WHOLE or np.any(costs != np.round(costs)):
        return 0.0
    return float(np.gcd.reduce(costs.astype(np.int64)))


def _search(question: _Question, best: _Best) -> tuple[int, str]:
    """Improve the best tree until none is cheaper.

    Returns
    -------
    labels : int
    stopped : str
        What stopped it, or empty.
    """
    k = len(question.terminals)
    if k <= 1:
        best.cost, best.edges = 0.0, np.empty(0, dtype=np.int64)
        return 0, ""
    live = np.arange(len(question.edges))
    roots = np.unique(np.linspace(0, k - 1, FIRST_ROOTS).round().astype(np.int64))
    while True:
        arcs = make_arcs(question.n, question.edges[live], question.costs[live], question.terminals)
        ascents = _ascend(question, arcs, roots, live, best)
        if len(ascents) < len(roots):
            return 0, "time"
        if ascents[0][0] == np.inf:  # not connected, or no longer by edges of a better tree
            return 0, ""
        may = np.ones(len(arcs.heads), dtype=np.bool_)
        for root, (bound, reduced, _, _) in zip(roots, ascents, strict=True):
            node = int(question.terminals[root])
            may &= may_improve(arcs, question.terminals, node, (bound, reduced), best.limit)
        left = np.unique(arcs.edge[may])
        if not len(left):
            return 0, ""
        if len(left) > ENOUGH_LEFT * len(live) and len(roots) == k:
            break
        live = live[left]
        roots = np.arange(k)
    cuts = gather_cuts([1 << int(root) for root in roots], [ascent[2:] for ascent in ascents])
    return _settle(question, live, cuts, max(bound for bound, *_ in ascents), best)


def _ascend(
    question: _Question, arcs: Arcs, roots: IntArray, live: IntArray, best: _Best
) -> list[tuple[float, FloatArray, IntArray, FloatArray]]:
    """Raise cuts from terminals, finding trees on the way; fewer than asked for when time is up."""
    ascents: list[tuple[float, FloatArray, IntArray, FloatArray]] = []
    tiny = 1e-14 * float(arcs.costs.max(initial=0.0))
    costs = question.costs[live]
    for root in roots:
        if time.monotonic() > question.end:
            break
        node = int(question.terminals[root])
        ascents.append(raise_cuts(arcs, node, question.terminals, tiny))
        cost, tree = find_tree(arcs, costs, question.terminals, node, ascents[-1][1])
        if np.isfinite(cost) and cost <= best.cost - (best.margin if best.edges is not None else 0):
            best.cost, best.edges = cost, live[tree]
    return ascents


def _settle(
    question: _Question, live: IntArray, cuts: Cuts, least: float, best: _Best
) -> tuple[int, str]:
    """Settle labels on the edges left; return their number and what stopped it."""
    n, terminals, costs = question.n, question.terminals, question.costs
    # The same on every machine and in every run, and different for every edge.
    raised = np.random.default_rng(0).random(len(live)) * (0.4 * best.step / n)
    arcs = make_arcs(n, question.edges[live], costs[live] + raised, terminals)
    distances = np.full((len(terminals), n), np.inf)
    for i, terminal in enumerate(terminals):
        distances[i, terminal] = 0.0
        measure_from(arcs, arcs.costs, False, distances[i])
    distances = np.ascontiguousarray(distances.T)
    nearest = np.argsort(distances, axis=1, kind="stable")
    ground = search.Ground(distances, nearest, measure_detours(distances, terminals))
    values = np.array([best.limit, best.step, least - best.margin, best.margin])
    tables = Tables(arcs, ground, cuts, terminals, values)
    stopped = ""
    while not stopped and tables.advance(POPS) != search.MEET:
        if time.monotonic() > question.end:
            stopped = "time"
        elif tables.made > question.max_labels:
            stopped = "labels"
    if not stopped:
        tables.finish()
    if tables.counts[search.JOIN_A] >= 0:
        best.edges = live[tables.tree()]
        best.cost = float(costs[best.edges].sum())
    return int(tables.counts[search.N_LABELS]), stopped
