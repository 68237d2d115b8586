"""Ways of answering an instance: this product's, those planned by hand, and other libraries'.

Each returns edges. What they cost is recounted, and whether they are a plan at all seen for
oneself: the built package of pcst-fast, for one, answers with wrong numbers under NumPy 2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import Any, Final

import numpy as np

from benchmarks.rollout.instances import Instance, WrongAnswerError, recount
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import PlanningError
from planning.optimise.baselines import BASELINES, best_subtree
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.steiner import solve

KOU_MOST: Final = 3_000_000
"""Nodes times terminals up to which Kou's method is waited for: it measures from each terminal."""
LARGE: Final = 500_000
"""Nodes from which the bisection for pcst_fast stops after a few steps."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a way answered.

    Attributes
    ----------
    cost : float or None
        Recounted; ``None`` where there is no answer.
    seconds : float
    proven : bool
    bound : float
        0 where the way proves nothing.
    remark : str
        Why there is no answer.
    """

    cost: float | None
    seconds: float
    proven: bool = False
    bound: float = 0.0
    remark: str = ""


Way = Callable[[Instance], "Answer | None"]
"""``None`` where the way has no answer to this kind of question."""


def optimum(time_limit_s: float, gap: float = 0.0) -> Callable[[Instance], Answer]:
    """Return the way of this product, held to a time limit and a gap."""

    def solve_it(instance: Instance) -> Answer:
        begun = perf_counter()
        try:
            plan = solve(instance.problem(), time_limit_s=time_limit_s, gap=gap)
        except PlanningError as error:
            return Answer(None, perf_counter() - begun, remark=error.key)
        seconds = perf_counter() - begun
        return Answer(recount(instance, plan.edges), seconds, plan.proven, plan.bound)

    return solve_it


def first_plan(instance: Instance) -> Answer:
    """Give the solver no time beyond its first plan."""
    begun = perf_counter()
    try:
        plan = solve(instance.problem(), time_limit_s=0.0)
    except PlanningError as error:
        return Answer(None, perf_counter() - begun, remark=error.key)
    seconds = perf_counter() - begun
    return Answer(recount(instance, plan.edges), seconds, plan.proven, plan.bound)


def by_hand(name: str) -> Way:
    """Return one of the ways of ``planning.optimise.baselines``."""
    plan_it: Callable[[Problem], SteinerPlan | None] = BASELINES[name]

    def plan(instance: Instance) -> Answer:
        begun = perf_counter()
        found = plan_it(instance.problem())
        seconds = perf_counter() - begun
        if found is None:
            return Answer(None, seconds, remark="no plan")
        return Answer(recount(instance, found.edges), seconds)

    return plan


@dataclass(frozen=True, slots=True, eq=False)
class _OneRoot:
    """An instance with all roots as one node, and of parallel edges the cheapest."""

    edges: IntArray
    costs: FloatArray
    number: IntArray
    n_nodes: int
    terminals: IntArray
    root: int

    @classmethod
    def of(cls, instance: Instance) -> _OneRoot:
        node = np.arange(instance.n_nodes)
        node[instance.roots] = instance.n_nodes
        ends = np.sort(node[instance.edges], axis=1)
        order = np.lexsort((instance.costs, ends[:, 1], ends[:, 0]))
        ends = ends[order]
        is_first = np.append(True, (np.diff(ends, axis=0) != 0).any(axis=1))
        is_kept: BoolArray = is_first & (ends[:, 0] != ends[:, 1])
        number = order[is_kept]
        return cls(
            ends[is_kept],
            instance.costs[number],
            number,
            instance.n_nodes + 1,
            np.unique(node[instance.terminals]),
            instance.n_nodes if len(instance.roots) else -1,
        )


def networkx_steiner(method: str) -> Way:
    """Return ``networkx.approximation.steiner_tree``; it joins all terminals and knows no quota."""

    def plan(instance: Instance) -> Answer | None:
        if instance.quota < len(instance.terminals):
            return None
        if method == "kou" and instance.n_nodes * len(instance.terminals) > KOU_MOST:
            return None
        import networkx as nx  # noqa: PLC0415 - only where it is measured

        merged = _OneRoot.of(instance)
        graph = nx.Graph()
        rows = zip(*merged.edges.T.tolist(), merged.costs.tolist(), merged.number, strict=True)
        for u, v, cost, number in rows:
            graph.add_edge(u, v, weight=cost, number=int(number))
        wanted = merged.terminals.tolist() + ([merged.root] if merged.root >= 0 else [])
        begun = perf_counter()
        tree = nx.algorithms.approximation.steiner_tree(graph, wanted, method=method)
        seconds = perf_counter() - begun
        edges = np.array([number for *_, number in tree.edges(data="number")], np.int64)
        return Answer(recount(instance, edges), seconds)

    return plan


def pcst(instance: Instance, *, keeps_best_part: bool = False) -> Answer | None:
    """Bisect the prize of a terminal until ``pcst_fast`` connects enough of them.

    It often connects many more. ``keeps_best_part`` then takes the best part of its tree by this
    product's own means.
    """
    try:
        from pcst_fast import pcst_fast  # noqa: PLC0415 - it may not be there
    except ImportError:
        return None
    if not _is_sound(pcst_fast):
        return Answer(None, 0.0, remark="wrong arrays: not built from source")
    merged = _OneRoot.of(instance)
    best: tuple[float, IntArray] | None = None
    low, high = 0.0, 1e-3 + float(merged.costs.max(initial=1.0))
    begun = perf_counter()

    def ask(prize: float) -> bool:
        nonlocal best
        prizes = np.zeros(merged.n_nodes)
        prizes[merged.terminals] = prize
        nodes, chosen = pcst_fast(merged.edges, prizes, merged.costs, merged.root, 1, "strong", 0)
        if np.isin(instance.n_nodes, nodes):
            nodes = np.append(nodes, instance.roots)
        if np.isin(instance.terminals, nodes).sum() < instance.quota:
            return False
        edges = merged.number[chosen]
        cost = float(instance.costs[edges].sum())
        if best is None or cost < best[0]:
            best = cost, edges
        return True

    while not ask(high) and high < 1e18:
        low, high = high, 4.0 * high
    for _ in range(30 if instance.n_nodes < LARGE else 8):
        if high - low <= 1e-4 * high:
            break
        middle = (low + high) / 2.0
        low, high = (low, middle) if ask(middle) else (middle, high)
    if best is None:
        return Answer(None, perf_counter() - begun, remark="too few connected")
    edges = best[1]
    if keeps_best_part:
        tree = replace(instance.problem(), edges=instance.edges[edges], costs=instance.costs[edges])
        part = best_subtree(tree)
        edges = edges if part is None else edges[part.edges]
    seconds = perf_counter() - begun
    try:
        return Answer(recount(instance, edges), seconds)
    except WrongAnswerError as error:
        return Answer(None, seconds, remark=str(error))


def _is_sound(pcst_fast: Any) -> bool:
    """Ask for a path whose answer is known."""
    path = np.array([[0, 1], [1, 2], [2, 3]], np.int64)
    nodes, edges = pcst_fast(
        path, np.array([0.0, 0.0, 0.0, 10.0]), np.arange(1.0, 4.0), 0, 1, "strong", 0
    )
    return sorted(nodes) == [0, 1, 2, 3] and sorted(edges) == [0, 1, 2]


PEERS: Final[dict[str, Way]] = {
    "nearest first, own cables": by_hand("own_cables"),
    "nearest first, shared trunks (Prim)": by_hand("prim_order"),
    "leaf pruning": by_hand("leaf_pruning"),
    "best sub-tree of that tree": by_hand("best_subtree"),
    "networkx, Mehlhorn": networkx_steiner("mehlhorn"),
    "networkx, Kou": networkx_steiner("kou"),
    "pcst_fast, bisected": pcst,
    "pcst_fast, the best part of it": partial(pcst, keeps_best_part=True),
}
