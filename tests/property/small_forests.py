"""Small roll-out questions and their answers by trying every set of nodes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numba
import numpy as np
from hypothesis import strategies as st

from planning.errors import PlanningError
from planning.optimise.conditions import count_condition, share_condition
from planning.optimise.problem import Condition, Problem, SteinerPlan

NONE = np.empty(0, np.int64)


@numba.njit
def _tree_costs(n: int, ends: Any, costs: Any, base: int) -> Any:  # pragma: no cover - compiled
    """Cost of the least tree over exactly the nodes of each set, those of ``base`` being one."""
    order = np.argsort(costs, kind="mergesort")
    out = np.full(1 << n, np.inf)
    parent = np.empty(n, np.int64)
    first = 0
    while base and not base >> first & 1:
        first += 1
    for mask in range(1 << n):
        if mask & base != base:
            continue
        pieces = 0
        for i in range(n):
            is_base = base >> i & 1
            parent[i] = first if is_base else i
            if mask >> i & 1 and (not is_base or i == first):
                pieces += 1
        total = 0.0
        for e in order:
            u, v = ends[e, 0], ends[e, 1]
            if not mask >> u & 1 or not mask >> v & 1:
                continue
            while parent[u] != u:
                u = parent[u]
            while parent[v] != v:
                v = parent[v]
            if u != v:
                parent[u] = v
                pieces -= 1
                total += costs[e]
        if pieces <= 1:
            out[mask] = total
    return out


def brute_force(problem: Problem, **options: Any) -> SteinerPlan:
    """Answer a question as the solver does, by trying every set of nodes; reach is not heeded."""
    _ = options
    n = problem.n_nodes
    bad, must = _bits(problem.forbidden), _bits(problem.locked)
    base = _bits(problem.roots) & ~bad
    cost = _tree_costs(n, problem.edges, problem.costs, base)
    masks = np.arange(1 << n)
    ok = np.isfinite(cost) & (masks & bad == 0) & (masks & must == must)
    if len(problem.roots) and not base:
        ok &= masks == 0
    is_in = (masks[:, None] >> problem.terminals[None, :] & 1).astype(bool)
    ok &= is_in.sum(axis=1) >= problem.quota
    for condition in problem.conditions:
        ok &= is_in @ condition.coefficients >= condition.least - 1e-9
    value = cost
    if problem.budget is not None:
        ok &= cost <= problem.budget * (1 + 1e-12)
        value = -(is_in @ problem.prizes)
    if not ok.any():
        raise PlanningError("error-plan-none")
    best = int(np.flatnonzero(ok)[np.argmin(value[ok])])
    prize = float(is_in[best] @ problem.prizes)
    return SteinerPlan(
        edges=_edges(problem, best, base),
        terminals=problem.terminals[is_in[best]],
        cost=float(cost[best]),
        prize=prize,
        bound=float(cost[best]) if problem.budget is None else prize,
        proven=True,
        gap=0.0,
        seconds=0.0,
        method="brute force",
    )


def _bits(nodes: Any) -> int:
    return sum(1 << int(node) for node in np.unique(nodes))


def _edges(problem: Problem, mask: int, base: int) -> Any:
    parent = {i: -1 if base >> i & 1 else i for i in range(problem.n_nodes)} | {-1: -1}

    def top(node: int) -> int:
        while parent[node] != node:
            node = parent[node]
        return node

    kept = []
    for e in np.argsort(problem.costs, kind="mergesort").tolist():
        u, v = problem.edges[e].tolist()
        if mask >> u & 1 and mask >> v & 1 and top(u) != top(v):
            parent[top(u)] = top(v)
            kept.append(e)
    return np.array(sorted(kept), np.int64)


COSTS = st.sampled_from(
    [
        st.integers(0, 3).map(float),
        st.integers(1, 20).map(float),
        st.floats(0.0, 10.0).map(lambda cost: round(cost, 3)),
    ]
)


@st.composite
def questions(
    draw: st.DrawFn,
    *,
    with_budget: bool = False,
    with_conditions: bool = False,
    most_nodes: int = 9,
) -> Problem:
    """Graphs with ties, free edges, loops, parallel edges, loose pieces, several roots or none."""
    n = draw(st.integers(1, most_nodes))
    nodes = st.integers(0, n - 1)

    def some(most: int) -> Any:
        return np.array(sorted(draw(st.sets(nodes, max_size=most))), np.int64)

    edges = draw(st.lists(st.tuples(nodes, nodes), max_size=2 * n + 2))
    cost = draw(COSTS)
    costs = np.array([draw(cost) for _ in edges], float)
    terminals = np.array(draw(st.permutations(some(n).tolist())), np.int64)
    locked = some(2) if draw(st.booleans()) else NONE
    forbidden = np.setdiff1d(some(2), locked) if draw(st.booleans()) else NONE
    prizes = np.array([draw(st.integers(0, 5)) for _ in terminals], float)
    budget = None
    if with_budget:
        budget = draw(st.floats(0.0, 1.0)) * float(costs.sum())
        budget = float(round(budget)) if draw(st.booleans()) else budget
    conditions = []
    if with_conditions and len(terminals):
        conditions = draw(st.lists(_conditions(len(terminals)), min_size=1, max_size=2))
    return Problem(
        n_nodes=n,
        edges=np.array(edges, np.int64).reshape(-1, 2),
        costs=costs,
        roots=some(3),
        terminals=terminals,
        quota=draw(st.integers(0, len(terminals))),
        prizes=prizes,
        budget=budget,
        locked=locked,
        forbidden=forbidden,
        conditions=tuple(conditions),
    )


@st.composite
def _conditions(draw: st.DrawFn, count: int) -> Condition:
    if draw(st.booleans()):
        group = np.array([draw(st.booleans()) for _ in range(count)])
        return count_condition("district", group, draw(st.integers(0, 3)), name="Bắc Hà")
    whole = np.array([draw(st.integers(1, 9)) for _ in range(count)], float)
    part = np.array([draw(st.integers(0, int(most))) for most in whole], float)
    return share_condition("minority_share", part, whole, draw(st.integers(0, 10)) / 10)


@st.composite
def village_questions(
    draw: st.DrawFn, *, with_budget: bool = False, with_conditions: bool = True
) -> Problem:
    """Questions of the product: every village is a node of its own with one edge."""
    ground = draw(questions(most_nodes=5))
    n = ground.n_nodes
    count = draw(st.integers(1, 5))
    at = [draw(st.integers(0, n - 1)) for _ in range(count)]
    costs = [float(draw(st.integers(0, 3))) for _ in at]
    own = n + np.arange(count)
    budget = float(draw(st.integers(0, 12))) if with_budget else None
    conditions = draw(st.lists(_conditions(count), max_size=2)) if with_conditions else []
    decided = st.sets(st.sampled_from(own.tolist()), max_size=1)
    locked = np.array(sorted(draw(decided)), np.int64)
    forbidden = np.setdiff1d(np.array(sorted(draw(decided)), np.int64), locked)
    return replace(
        ground,
        n_nodes=n + count,
        edges=np.vstack([ground.edges, np.column_stack([at, own])]),
        costs=np.concatenate([ground.costs, costs]),
        roots=ground.roots if len(ground.roots) else np.array([0]),
        terminals=own,
        quota=draw(st.integers(0, count)),
        prizes=np.array([draw(st.integers(0, 5)) for _ in at], float),
        budget=budget,
        locked=locked,
        forbidden=forbidden,
        conditions=tuple(conditions),
    )
