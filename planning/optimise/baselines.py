"""Simpler ways of choosing routes, to show beside the optimum what it saves.

By hand, roll-outs are planned in one of four ways: a cable of its own to each of the nearest
villages; one village after the other, joined to what is built; a network to all of them, thinned
out until it is small enough; or the best part of such a network. The first two fix the order, the
others the routes, before the question is looked at as a whole.

None heeds side conditions or the reach of the network: put a plan before the certificate first
where there are any. ``None`` says that this way finds no plan; without a budget, that there is
none. ``docs/explanation/baselines.md`` has the mathematics.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

import numpy as np

from planning.columns import BoolArray, IntArray
from planning.optimise.ground import Ground, Ways, ground
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.tree_parts import Skeleton, best_part, fits, pruned_part


def own_cables(problem: Problem, order: IntArray | None = None) -> SteinerPlan | None:
    """Cable each village on its own by the shortest way, the nearest first.

    Parameters
    ----------
    problem : Problem
    order : ndarray of int, shape (t,), or None
        Positions in ``problem.terminals``, first come first; the nearest first unless given.

    Returns
    -------
    SteinerPlan or None
        An edge is listed, and paid, once for each cable along it. Where there are no roots, all
        cables begin at one village.
    """
    begun = perf_counter()
    site = _Site.of(ground(problem), shares_trunks=False)
    if order is None:
        order = np.argsort(site.ways.distance[problem.terminals], kind="stable")
    return _in_order(site, order, "own_cables", begun)


def rank_order(problem: Problem, order: IntArray) -> SteinerPlan | None:
    """Join villages in order of rank, each by the cheapest way to what is built.

    Parameters
    ----------
    problem : Problem
    order : ndarray of int, shape (t,)
        Positions in ``problem.terminals``, the first rank first. With a budget, a village that no
        longer fits is passed over for the next.

    Returns
    -------
    SteinerPlan or None
    """
    begun = perf_counter()
    return _in_order(_Site.of(ground(problem)), order, "rank_order", begun)


def prim_order(problem: Problem) -> SteinerPlan | None:
    """Join the village nearest to what is built, again and again, until there are enough.

    Returns
    -------
    SteinerPlan or None
    """
    begun = perf_counter()
    site = _Site.of(ground(problem))
    if not site.join_nearest(problem.locked, is_enough=lambda: False):
        return None
    site.join_nearest(site.ground.open_terminals, is_enough=lambda: site.has_quota)
    return site.plan("prim_order", begun)


def leaf_pruning(problem: Problem) -> SteinerPlan | None:
    """Join all villages as :func:`prim_order` does, then cut the dearest branch, again and again.

    With a budget, the branch that costs most for its prize.

    Returns
    -------
    SteinerPlan or None
    """
    return _part_of_all(problem, pruned_part, "leaf_pruning")


def best_subtree(problem: Problem) -> SteinerPlan | None:
    """Join all villages as :func:`prim_order` does and keep the best part of that tree.

    Returns
    -------
    SteinerPlan or None
        Without a budget never dearer than :func:`prim_order` and :func:`leaf_pruning`, whose plans
        are parts of the same tree.
    """
    return _part_of_all(problem, best_part, "best_subtree")


BASELINES: Final[dict[str, Callable[[Problem], SteinerPlan | None]]] = {
    "own_cables": own_cables,
    "prim_order": prim_order,
    "leaf_pruning": leaf_pruning,
    "best_subtree": best_subtree,
}
"""Those that need no ranking, by the name of their method."""


def _in_order(site: _Site, order: IntArray, method: str, begun: float) -> SteinerPlan | None:
    problem = site.ground.problem
    for node in problem.locked:
        if not site.join(int(node)):
            return None
    for node in problem.terminals[order]:
        if site.has_quota:
            break
        site.join(int(node))
    return site.plan(method, begun)


def _part_of_all(
    problem: Problem, part: Callable[[Skeleton, Problem], IntArray | None], method: str
) -> SteinerPlan | None:
    begun = perf_counter()
    site = _Site.of(ground(problem), has_limit=False)
    if not site.join_nearest(problem.locked, is_enough=lambda: False):
        return None
    site.join_nearest(site.ground.open_terminals, is_enough=lambda: False)
    edges = part(Skeleton.of(problem, site.ground, site.paths), problem)
    return None if edges is None else _plan(site.ground, np.sort(edges), method, begun)


@dataclass(slots=True, eq=False)
class _Site:
    """A network while it is built."""

    ground: Ground
    ways: Ways
    is_source: BoolArray
    is_built: BoolArray
    is_terminal: BoolArray
    shares_trunks: bool
    budget: float | None
    connected: int
    spent: float = 0.0
    paths: list[tuple[IntArray, IntArray]] = field(default_factory=list)

    @classmethod
    def of(cls, ground: Ground, *, shares_trunks: bool = True, has_limit: bool = True) -> _Site:
        """Begin with nothing but the sources."""
        n = ground.problem.n_nodes
        is_source, is_terminal = np.zeros(n, bool), np.zeros(n, bool)
        is_source[ground.sources] = True
        is_terminal[ground.open_terminals] = True
        return cls(
            ground,
            Ways.measure(ground.graph, ground.arc_costs, ground.sources),
            is_source,
            is_source.copy(),
            is_terminal,
            shares_trunks,
            ground.problem.budget if has_limit else None,
            int((is_source & is_terminal).sum()),
        )

    @property
    def has_quota(self) -> bool:
        """Whether nothing more is asked for."""
        problem = self.ground.problem
        return problem.budget is None and self.connected >= problem.quota

    def join(self, node: int) -> bool:
        """Build the way to a node; return whether it is connected afterwards."""
        if self.is_built[node]:
            return True
        if not np.isfinite(self.ways.distance[node]):
            return False
        edges, nodes = self.ways.path(node, self.is_built if self.shares_trunks else self.is_source)
        cost = float(self.ground.problem.costs[edges].sum())
        if self.budget is not None and not fits(self.spent + cost, self.budget):
            return False
        fresh = nodes[~self.is_built[nodes]]
        self.is_built[fresh] = True
        self.connected += int(self.is_terminal[fresh].sum())
        self.spent += cost
        self.paths.append((edges, nodes))
        if self.shares_trunks:
            self.ways.widen(fresh)
        return True

    def join_nearest(self, nodes: IntArray, *, is_enough: Callable[[], bool]) -> bool:
        """Join nodes, the nearest first; return whether none is left."""
        while not is_enough():
            nodes = nodes[~self.is_built[nodes]]
            if not len(nodes):
                break
            if not self.join(int(nodes[np.argmin(self.ways.distance[nodes])])):
                return False
        return True

    def plan(self, method: str, begun: float) -> SteinerPlan | None:
        """Return what was built, unless it is too little."""
        if self.connected < self.ground.problem.quota:
            return None
        edges = np.concatenate([np.empty(0, np.int64), *(edges for edges, _ in self.paths)])
        return _plan(self.ground, np.sort(edges), method, begun)


def _plan(ground: Ground, edges: IntArray, method: str, begun: float) -> SteinerPlan | None:
    problem = ground.problem
    is_touched = np.zeros(problem.n_nodes, bool)
    is_touched[problem.edges[edges].ravel()] = True
    if len(problem.roots) or len(problem.locked):
        is_touched[ground.sources] = True
    elif not len(edges) and len(ground.open_terminals):
        # A tree of one node: the most valuable.
        prizes = np.where(ground.is_allowed[problem.terminals], problem.prizes, -np.inf)
        is_touched[problem.terminals[np.argmax(prizes)]] = True
    is_touched &= ground.is_allowed
    if not is_touched[problem.locked].all():
        return None
    is_connected = is_touched[problem.terminals]
    cost = float(problem.costs[edges].sum())
    prize = float(problem.prizes[is_connected].sum())
    if problem.budget is None:
        bound, gap = 0.0, float(cost > 0.0)
    else:
        bound = float(problem.prizes[ground.is_allowed[problem.terminals]].sum())
        gap = (bound - prize) / bound if bound else 0.0
    return SteinerPlan(
        edges=edges,
        terminals=problem.terminals[is_connected],
        cost=cost,
        prize=prize,
        bound=bound,
        proven=gap == 0.0,
        gap=gap,
        seconds=perf_counter() - begun,
        method=method,
    )
