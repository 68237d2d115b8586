"""Cable that may lead only so far: figures known by hand, and every tree of small graphs."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from planning.errors import PlanningError
from planning.optimise.problem import Problem
from planning.optimise.question import checked
from planning.optimise.steiner import solve


def question(
    n_nodes: int, edges: object, costs: object, terminals: list[int], quota: int
) -> Problem:
    return checked(
        n_nodes=n_nodes,
        edges=edges,  # type: ignore[arg-type]
        costs=costs,  # type: ignore[arg-type]
        roots=[0],
        terminals=terminals,
        quota=quota,
        prizes=None,
        budget=None,
        locked=(),
        forbidden=(),
    )


RING = question(4, [[0, 1], [1, 2], [2, 3], [3, 0]], [1.0, 1.0, 1.0, 9.0], [1, 2, 3], 3)
"""From the root around to 3 over 1 and 2 for 3, or straight for 9."""


def test_a_dearer_way_is_taken_where_the_cheap_one_is_too_long() -> None:
    lengths = np.array([5.0, 5.0, 5.0, 5.0])
    assert solve(RING).cost == 3.0
    near = solve(replace(RING, lengths_m=lengths, reach_m=10.0))
    assert (near.cost, near.edges.tolist(), near.proven) == (11.0, [0, 1, 3], True)


def test_a_reach_that_the_cheapest_cable_keeps_changes_nothing() -> None:
    kept = solve(replace(RING, lengths_m=np.full(4, 5.0), reach_m=15.0))
    assert (kept.cost, kept.edges.tolist()) == (3.0, [0, 1, 2])


def test_no_plan_is_within_too_short_a_reach() -> None:
    with pytest.raises(PlanningError) as refused:
        solve(replace(RING, lengths_m=np.full(4, 5.0), reach_m=9.0))
    assert refused.value.key == "error-plan-none"


def least_cost(asked: Problem) -> float:
    """Try every set of edges that is a tree at the root."""
    lengths = np.asarray(asked.lengths_m)
    best = np.inf
    for count in range(len(asked.edges) + 1):
        for chosen in combinations(range(len(asked.edges)), count):
            way = {0: 0.0}
            rest = list(chosen)
            while True:
                new = [e for e in rest if len(way.keys() & set(asked.edges[e].tolist())) == 1]
                if not new:
                    break
                edge = new[0]
                rest.remove(edge)
                u, v = asked.edges[edge].tolist()
                old, tip = (u, v) if u in way else (v, u)
                way[tip] = way[old] + lengths[edge]
            connected = [way[t] for t in asked.terminals.tolist() if t in way]
            is_near = max(connected, default=0.0) <= (asked.reach_m or 0.0)
            if not rest and is_near and len(connected) >= asked.quota:
                best = min(best, float(asked.costs[list(chosen)].sum()))
    return best


@pytest.mark.parametrize("seed", range(60))
def test_it_is_the_cheapest_of_all_trees_that_keep_the_reach(seed: int) -> None:
    draw = np.random.default_rng(seed)
    edges = draw.integers(0, 6, (8, 2))
    terminals = draw.choice(np.arange(1, 6), 4, replace=False).tolist()
    asked = replace(
        question(6, edges, draw.integers(0, 7, 8).astype(float), terminals, 0),
        lengths_m=draw.integers(1, 6, 8).astype(float),
        reach_m=float(draw.integers(4, 10)),
        quota=int(draw.integers(1, 4)),
    )
    best = least_cost(asked)
    if np.isinf(best):
        with pytest.raises(PlanningError):
            solve(asked)
    else:
        plan = solve(asked)
        assert (plan.cost, plan.proven) == (best, True)
