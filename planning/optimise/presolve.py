"""Shrink a rooted problem before searching: graph tests, dual ascent, trees in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from planning.columns import BoolArray, FloatArray, IntArray
from planning.optimise.adjacency import Adjacency
from planning.optimise.contraction import contracted
from planning.optimise.detours import without_detours
from planning.optimise.dual_ascent import Ascent, dual_ascent, superfluous_arcs, value_through
from planning.optimise.exchange import improved_tree
from planning.optimise.growth import NO_TREE, Tree, grown_tree
from planning.optimise.rooted import MANDATORY, OPTIONAL, STEINER, Rooted

_SHARES: Final = (0.001, 0.05)
"""Of the plain cost, added to the reduced one to grow trees by."""
_LARGE: Final = 60_000
"""Edges above which linear programming takes too long to be of use."""
_SHARPENINGS: Final = 40
_CYCLES: Final = 12
_SLOWER: Final = (0.65, 0.8, 0.72)
_KEPT: Final = (0.6, 0.75, 0.85, 0.92)
_UNREST: Final = 0.06
_SPARSE: Final = 1.3
"""Edges for each edge of a tree below which a graph is not made smaller any more."""


Told = Callable[[float, float], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Presolved:
    """A shrunken problem, and what was learnt on the way.

    Attributes
    ----------
    problem : Rooted
    closed : ndarray of bool, shape (2m,)
        Arcs in no better tree than the best one.
    ascent : Ascent or None
        Of the problem as it is, with its cuts.
    terminals : ndarray of int
        Those of the ascent.
    bound : float
        Of the cost, without the fixed cost.
    chosen : ndarray of int
        The best tree, as edges of the question (fixed ones included).
    cost : float
        Of it, without the fixed cost of ``problem``; infinite without a tree.
    """

    problem: Rooted
    closed: BoolArray
    ascent: Ascent | None
    terminals: IntArray
    bound: float
    chosen: IntArray
    cost: float


def shrunk(problem: Rooted) -> Rooted:
    """Apply the tests that need no bound."""
    return contracted(without_detours(contracted(problem)))


def presolve(
    problem: Rooted,
    *,
    deadline: float,
    step: float,
    enough: float = -np.inf,
    gap: float = 0.0,
    starts: int = 24,
    told: Told = lambda _value, _bound: True,
) -> Presolved:
    """Alternate bounds, trees and fixing until nothing more goes.

    Parameters
    ----------
    problem : Rooted
        With a true root, whose optional terminals (if any) are chosen by number at least cost.
    deadline : float
    step : float
        All costs are multiples of it, or 0.
    enough : float
        A cost that is good enough, found or ruled out.
    gap : float
        Distance from the bound, in proportion, that is good enough.
    starts : int
        Roots tried for trees and bounds where every terminal is mandatory.
    told : callable
        Told of the best value and the bound; answers whether to go on.

    Returns
    -------
    Presolved
    """
    chosen = np.empty(0, np.int64)
    cost = np.inf
    while True:
        graph = problem.adjacency()
        arc_costs = np.repeat(problem.costs, 2)
        terminals = np.concatenate([problem.mandatory, problem.optional])
        if not len(terminals):
            return _done(problem, np.zeros(0, bool), None, terminals, 0.0, problem.fixed, 0.0)
        best = NO_TREE
        for tree in _plain_trees(problem, starts):
            best = min(best, tree, key=_cost)
        penalty, ascent = _best_ascent(problem, terminals)
        spare = len(problem.optional) - problem.needed
        bound = ascent.bound - penalty * spare
        best = min(best, _best_grown(problem, graph, ascent), key=_cost)
        best = improved_tree(problem, graph, best)
        edges, least = _pruned_tree(problem, ascent, best)
        if least < cost:
            cost, chosen = least, edges
        room = cost - bound - (step * (1 - 1e-6) if step else 0.0)
        slack = 1e-9 * max(1.0, abs(cost))
        closed = superfluous_arcs(problem, ascent, terminals, room + slack)
        for other in _other_roots(problem, starts):
            if time.perf_counter() > deadline or room < 0:
                break
            second = dual_ascent(
                graph, arc_costs, other.root, other.mandatory, np.full(len(other.mandatory), np.inf)
            )
            guide = second.reduced.reshape(-1, 2).min(axis=1) + 0.05 * problem.costs
            tree = grown_tree(problem, graph, guide)
            if tree.cost < cost:
                cost, chosen = tree.cost, problem.question_edges(tree.edges)
            room = cost - second.bound - (step * (1 - 1e-6) if step else 0.0)
            # Rooted elsewhere an arc may be needed the other way round: only edges go.
            away = superfluous_arcs(other, second, other.mandatory, room + slack)
            both = np.repeat(away.reshape(-1, 2).all(axis=1), 2)
            closed |= both
            bound = max(bound, second.bound)
        dead: BoolArray = np.logical_and(closed[::2], closed[1::2])
        before = len(problem.edges)
        if room < 0 or cost <= enough or bound >= cost - 1e-9 * max(1.0, cost):
            return _done(problem, closed, ascent, terminals, min(bound, cost), chosen, cost)
        smaller = problem
        if dead.sum() > before // 50:
            smaller = shrunk(_reached_part(problem.without_edges(dead)))
            if len(smaller.optional) < smaller.needed:
                return _done(problem, closed, ascent, terminals, cost, chosen, cost)
        # Who is told to stop does what is left to do as if time were up.
        goes_on = told(cost, bound) and time.perf_counter() < deadline
        if len(smaller.edges) >= 0.95 * before or not goes_on:
            if before > _LARGE:
                for cycle in range(_CYCLES):
                    goes_on = goes_on and told(cost, bound) and time.perf_counter() < deadline
                    if bound >= cost * (1 - gap) or not goes_on:
                        break
                    ascent = _sharpened(
                        problem, penalty, ascent, cost * (1 - gap), deadline, seed=cycle
                    )
                    bound = max(bound, ascent.bound - penalty * spare)
                    tree = _best_grown(problem, graph, ascent)
                    kept_share = _SLOWER[cycle % len(_SLOWER)]
                    edges, least = _pruned_tree(problem, ascent, tree, kept_share=kept_share)
                    if least < cost:
                        cost, chosen = least, edges
                return _done(problem, closed, None, terminals, bound, chosen, cost)
            kept = dual_ascent(
                graph,
                arc_costs,
                problem.root,
                terminals,
                _penalties(problem, penalty),
                keeps_cuts=True,
            )
            return _done(problem, closed, kept, terminals, bound, chosen, cost)
        problem = smaller


def _best_grown(problem: Rooted, graph: Adjacency, ascent: Ascent) -> Tree:
    tree = NO_TREE
    for share in _SHARES:
        guide = ascent.reduced.reshape(-1, 2).min(axis=1) + share * problem.costs
        tree = min(tree, grown_tree(problem, graph, guide), key=_cost)
    return tree


def _sharpened(
    problem: Rooted,
    penalty: float,
    ascent: Ascent,
    wanted: float,
    deadline: float,
    *,
    seed: int,
) -> Ascent:
    """Return an ascent with a better bound, for graphs too large for linear programming.

    Part of what was raised is given back and raised again in another order (*dual scaling*; Poggi
    de Aragão, Uchoa and Werneck, 2001); the better of the two stays.
    """
    graph = problem.adjacency()
    arc_costs = np.repeat(problem.costs, 2)
    terminals = np.concatenate([problem.mandatory, problem.optional])
    penalties = _penalties(problem, penalty)
    is_free = np.isfinite(penalties)
    spare = penalty * (len(problem.optional) - problem.needed)
    order = np.random.default_rng(seed)
    for at in range(_SHARPENINGS):
        if ascent.bound - spare >= wanted or time.perf_counter() > deadline:
            break
        kept = _KEPT[at % len(_KEPT)]
        left = penalties.copy()
        left[is_free] = (1 - kept) * penalties[is_free] + kept * ascent.left[is_free]
        again = dual_ascent(
            graph,
            (1 - kept) * arc_costs + kept * ascent.reduced,
            problem.root,
            terminals,
            left,
            patience=np.exp(order.normal(0.0, _UNREST / (1 + seed), len(terminals))),
        )
        bound = kept * ascent.bound + again.bound
        if bound > ascent.bound:
            ascent = replace(again, bound=bound)
    return ascent


def _pruned_tree(
    problem: Rooted, ascent: Ascent, tree: Tree, *, kept_share: float = 0.5
) -> tuple[IntArray, float]:
    """Return a better tree of a graph made ever smaller, as edges of the question, with its cost.

    Part of the edges go at a time, those through which the ascent sees the dearest trees, but none
    of the best tree (after Polzin and Vahdati Daneshmand, 2001). On what is left bounds are closer
    and trees grow better.
    """
    chosen, cost = problem.question_edges(tree.edges), tree.cost
    terminals = np.concatenate([problem.mandatory, problem.optional])
    while len(tree.edges) and len(problem.edges) > _SPARSE * len(tree.edges):
        is_kept = np.zeros(len(problem.edges), bool)
        is_kept[tree.edges] = True
        through = value_through(problem, ascent, terminals).reshape(-1, 2).min(axis=1)
        dead = ~is_kept & (through > np.quantile(through[~is_kept], kept_share))
        if not dead.any():
            break
        before = len(problem.edges)
        problem = shrunk(_reached_part(problem.without_edges(dead)))
        terminals = np.concatenate([problem.mandatory, problem.optional])
        if len(problem.edges) >= before or not len(terminals):
            break
        graph = problem.adjacency()
        _, ascent = _best_ascent(problem, terminals)
        tree = improved_tree(problem, graph, _best_grown(problem, graph, ascent))
        if tree.cost < cost * (1 - 1e-12):
            chosen, cost = problem.question_edges(tree.edges), tree.cost
    return chosen, cost


def _reached_part(problem: Rooted) -> Rooted:
    """Drop what no longer hangs together with the root: it is in no better tree."""
    ends = problem.edges
    matrix = sparse.coo_array(
        (np.ones(len(ends), np.int8), (ends[:, 0], ends[:, 1])), (problem.n_nodes,) * 2
    )
    _, piece = csgraph.connected_components(matrix.tocsr(), directed=False)
    is_away = piece != piece[problem.root]
    if not is_away.any():
        return problem
    kind = np.where(is_away & (problem.kind == OPTIONAL), STEINER, problem.kind)
    return replace(problem, kind=kind).without_edges(is_away[ends[:, 0]])


def _done(
    problem: Rooted,
    closed: BoolArray,
    ascent: Ascent | None,
    terminals: IntArray,
    bound: float,
    chosen: IntArray,
    cost: float,
) -> Presolved:
    return Presolved(problem, closed, ascent, terminals, bound, chosen, cost)


def _cost(tree: Tree) -> float:
    return tree.cost


def _plain_trees(problem: Rooted, starts: int) -> list[Tree]:
    graph = problem.adjacency()
    if problem.needed or len(problem.optional):
        return [grown_tree(problem, graph, problem.costs)]
    nodes = np.concatenate([[problem.root], problem.mandatory])
    picked = nodes[:: max(1, len(nodes) // starts)][:starts]
    return [grown_tree(problem, graph, problem.costs, begin=int(node)) for node in picked]


def _other_roots(problem: Rooted, starts: int) -> list[Rooted]:
    """Return the same problem seen from other terminals, where all of them are mandatory."""
    if len(problem.optional) or problem.needed:
        return []
    mandatory = problem.mandatory
    picked = mandatory[:: max(1, len(mandatory) // starts)][:starts]
    views = []
    for node in picked:
        kind = problem.kind.copy()
        kind[problem.root] = MANDATORY
        views.append(replace(problem, root=int(node), kind=kind))
    return views


def _penalties(problem: Rooted, penalty: float) -> FloatArray:
    return np.concatenate(
        [np.full(len(problem.mandatory), np.inf), np.full(len(problem.optional), penalty)]
    )


def _best_ascent(problem: Rooted, terminals: IntArray) -> tuple[float, Ascent]:
    """Return the multiplier of the quota with the best bound, and its ascent."""
    graph = problem.adjacency()
    arc_costs = np.repeat(problem.costs, 2)
    spare = len(problem.optional) - problem.needed

    def bound_at(penalty: float) -> tuple[float, Ascent]:
        ascent = dual_ascent(
            graph, arc_costs, problem.root, terminals, _penalties(problem, penalty)
        )
        return ascent.bound - penalty * spare, ascent

    if not len(problem.optional) or problem.needed <= 0:
        return 0.0, bound_at(0.0)[1]
    total = dual_ascent(
        graph, arc_costs, problem.root, terminals, _penalties(problem, np.inf)
    ).bound
    # The bound is nearly concave in the multiplier: a coarse scale first, then between neighbours.
    penalty = total / len(problem.optional)
    tried = {penalty * 2.0**power: None for power in (-3, -2, -1, 0, 1, 2, 3)}
    values = {each: bound_at(each)[0] for each in tried}
    for _ in range(6):
        order = sorted(values)
        at = max(range(len(order)), key=lambda i: values[order[i]])
        low, high = order[max(at - 1, 0)], order[min(at + 1, len(order) - 1)]
        for each in ((low * order[at]) ** 0.5, (high * order[at]) ** 0.5):
            if each not in values:
                values[each] = bound_at(each)[0]
    best = max(values, key=lambda each: values[each])
    return best, bound_at(best)[1]
