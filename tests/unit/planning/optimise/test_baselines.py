"""The simpler ways, on networks small enough to cost by hand and on random ones checked anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.columns import FloatArray
from planning.optimise.baselines import (
    BASELINES,
    best_subtree,
    leaf_pruning,
    own_cables,
    prim_order,
    rank_order,
)
from planning.optimise.problem import Problem, SteinerPlan

Way = Callable[[Problem], SteinerPlan | None]


def _question(
    n: int,
    edges: list[tuple[int, int, float]],
    *,
    roots: tuple[int, ...] = (0,),
    terminals: tuple[int, ...] = (),
    quota: int = 0,
    prizes: tuple[float, ...] | None = None,
    budget: float | None = None,
    locked: tuple[int, ...] = (),
    forbidden: tuple[int, ...] = (),
) -> Problem:
    return Problem(
        n_nodes=n,
        edges=np.array([edge[:2] for edge in edges], np.int64).reshape(-1, 2),
        costs=np.array([edge[2] for edge in edges], float),
        roots=np.array(roots, np.int64),
        terminals=np.array(terminals, np.int64),
        quota=quota,
        prizes=np.ones(len(terminals)) if prizes is None else np.array(prizes, float),
        budget=budget,
        locked=np.array(locked, np.int64),
        forbidden=np.array(forbidden, np.int64),
    )


# Fibre at 0. A trunk of 10 to the fork 1, whence 2 to village 2 and 3 to village 3; the other way
# 11 to village 4, and 20 on to village 5.
VALLEY = _question(
    6,
    [(0, 1, 10), (1, 2, 2), (1, 3, 3), (0, 4, 11), (4, 5, 20)],
    terminals=(2, 3, 4, 5),
)


def _answer(way: Way, problem: Problem) -> SteinerPlan:
    plan = way(problem)
    assert plan is not None
    return plan


@pytest.mark.parametrize(
    ("way", "costs"),
    [
        # Nearest by own cable: 4 at 11, 2 at 12, 3 at 13, 5 at 31.
        (own_cables, (11, 23, 36, 67)),
        # 4 for 11, 2 for 12, then 3 for 3 and 5 for 20.
        (prim_order, (11, 23, 26, 46)),
        # From 46: without 5 it is 26, without 4 it is 15, without 3 it is 12.
        (leaf_pruning, (12, 15, 26, 46)),
        (best_subtree, (11, 15, 26, 46)),
    ],
)
def test_each_way_costs_what_it_costs_by_hand(way: Way, costs: tuple[float, ...]) -> None:
    for quota, cost in enumerate(costs, start=1):
        plan = _answer(way, replace(VALLEY, quota=quota))
        assert plan.cost == cost
        assert len(plan.terminals) == quota


@pytest.mark.parametrize(
    ("way", "budget", "connected", "cost"),
    [
        (own_cables, 26.0, [2, 4], 23),  # 3 would be another 13
        (prim_order, 26.0, [2, 3, 4], 26),
        (leaf_pruning, 26.0, [2, 3, 4], 26),
        (best_subtree, 26.0, [2, 3, 4], 26),
        (own_cables, 15.0, [4], 11),
        (prim_order, 15.0, [4], 11),
        (leaf_pruning, 15.0, [2, 3], 15),
        (best_subtree, 15.0, [2, 3], 15),
        (best_subtree, 10.0, [], 0),
    ],
)
def test_a_budget_reaches_what_it_reaches_by_hand(
    way: Way, budget: float, connected: list[int], cost: float
) -> None:
    plan = _answer(way, replace(VALLEY, budget=budget))
    assert plan.terminals.tolist() == connected
    assert (plan.cost, plan.prize, plan.bound) == (cost, len(connected), 4.0)


def test_the_second_cable_along_a_road_is_listed_and_paid_again() -> None:
    plan = _answer(own_cables, replace(VALLEY, quota=3))
    assert plan.edges.tolist() == [0, 0, 1, 2, 3]


def test_pruning_leaves_a_long_trunk_that_the_best_part_avoids() -> None:
    # Full tree: 10 + 2 + 2 + 6 + 6. Pruning cuts the two branches of 6, and 14 are left for 12.
    fork = _question(
        6, [(0, 1, 10), (1, 2, 2), (1, 3, 2), (0, 4, 6), (0, 5, 6)], terminals=(2, 3, 4, 5), quota=2
    )
    assert _answer(leaf_pruning, fork).cost == 14
    assert _answer(best_subtree, fork).cost == 12


def test_a_branch_costs_its_trunk_once_nothing_else_hangs_on_it() -> None:
    # 3 goes first; what then hangs on village 2 is 10 + 2, dearer than the 2.5 to village 4.
    fork = _question(
        5, [(0, 1, 10), (1, 2, 2), (1, 3, 3), (0, 4, 2.5)], terminals=(2, 3, 4), quota=1
    )
    assert _answer(leaf_pruning, fork).cost == 2.5


def test_no_part_of_a_fixed_tree_finds_the_junction_in_the_middle() -> None:
    # Three places 2 apart, and a junction 1.1 from each: 4 by direct ways, 3.3 at best.
    star = _question(
        4,
        [(0, 1, 2), (0, 2, 2), (1, 2, 2), (0, 3, 1.1), (1, 3, 1.1), (2, 3, 1.1)],
        terminals=(1, 2),
        quota=2,
    )
    assert {name: _answer(way, star).cost for name, way in BASELINES.items()} == {
        "own_cables": 4.0,
        "prim_order": 4.0,
        "leaf_pruning": 4.0,
        "best_subtree": 4.0,
    }


def test_rank_order_goes_where_the_rank_says_and_passes_over_what_does_not_fit() -> None:
    far_first = np.array([3, 0, 1, 2])
    first = rank_order(replace(VALLEY, quota=1), far_first)
    assert first is not None
    # The way to village 5 leads past village 4, which is then connected too.
    assert (first.cost, first.terminals.tolist()) == (31, [4, 5])
    within = rank_order(replace(VALLEY, budget=15.0), far_first)
    assert within is not None
    assert (within.cost, within.terminals.tolist()) == (15, [2, 3])


def test_prizes_turn_the_choice() -> None:
    dear = replace(VALLEY, prizes=np.array([1.0, 1.0, 9.0, 1.0]), budget=15.0)
    assert _answer(best_subtree, dear).terminals.tolist() == [4]
    # 5 goes at 20 per prize, 3 at 3, then the way to 2 at 12.
    assert _answer(leaf_pruning, dear).terminals.tolist() == [4]
    assert _answer(best_subtree, replace(dear, quota=2)).terminals.tolist() == [2, 3]


def test_a_locked_junction_is_built_to_and_a_forbidden_one_avoided() -> None:
    for name, way in BASELINES.items():
        locked = _answer(way, replace(VALLEY, quota=1, locked=np.array([1])))
        # Its own cable to the junction, and another to village 4, or a branch of 2 or of 3.
        assert locked.cost == {"own_cables": 21}.get(name, 12)
        assert _answer(way, replace(VALLEY, quota=2, forbidden=np.array([1]))).cost in (31, 42)
        assert way(replace(VALLEY, quota=3, forbidden=np.array([1]))) is None
        assert way(replace(VALLEY, quota=1, locked=np.array([1]), forbidden=np.array([1]))) is None
        assert way(replace(VALLEY, budget=20.0, locked=np.array([5]))) is None


def test_a_village_that_has_fibre_counts_and_costs_nothing() -> None:
    both = replace(VALLEY, roots=np.array([0, 4]), quota=1)
    for way in BASELINES.values():
        plan = _answer(way, both)
        assert (plan.cost, plan.terminals.tolist(), plan.proven) == (0.0, [4], True)


def test_without_roots_a_tree_begins_between_the_closest_two() -> None:
    row = _question(4, [(0, 1, 5), (1, 2, 1), (2, 3, 4)], roots=(), terminals=(0, 1, 2, 3), quota=2)
    for way in BASELINES.values():
        assert _answer(way, row).cost == 1
    assert _answer(best_subtree, replace(row, quota=3)).cost == 5
    assert _answer(own_cables, replace(row, quota=4)).cost == 1 + 5 + 5
    assert _answer(prim_order, replace(row, quota=1)).cost == 0


def test_without_roots_the_best_part_may_lie_away_from_the_beginning() -> None:
    # The closest two are 1 apart at one end; three lie within 4 at the other.
    row = _question(
        6,
        [(0, 1, 1), (1, 2, 9), (2, 3, 9), (3, 4, 2), (4, 5, 2)],
        roots=(),
        terminals=(0, 1, 3, 4, 5),
        quota=3,
    )
    assert _answer(best_subtree, row).cost == 4
    # Pruning looks at ends only: it takes off 5 and 4, dearer than 0, and keeps the long middle.
    assert _answer(leaf_pruning, row).cost == 1 + 9 + 9


@st.composite
def questions(draw: st.DrawFn, *, is_tree: bool = False) -> Problem:
    n = draw(st.integers(2, 7))
    cost = st.integers(0, 9).map(float)
    if is_tree:
        edges = [(draw(st.integers(0, v - 1)), v, draw(cost)) for v in range(1, n)]
    else:
        pair = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), cost)
        edges = draw(st.lists(pair.filter(lambda edge: edge[0] != edge[1]), max_size=12))
    nodes = st.lists(st.integers(0, n - 1), unique=True, max_size=n)
    few: st.SearchStrategy[list[int]] = st.one_of(
        st.just([]), st.lists(st.integers(0, n - 1), unique=True, max_size=2)
    )
    terminals = draw(nodes)
    prizes = draw(st.lists(st.integers(0, 5), min_size=len(terminals), max_size=len(terminals)))
    return _question(
        n,
        edges,
        roots=tuple(draw(st.lists(st.integers(0, n - 1), unique=True, max_size=2))),
        terminals=tuple(terminals),
        quota=draw(st.integers(0, len(terminals))),
        prizes=tuple(map(float, prizes)),
        budget=draw(st.one_of(st.none(), st.integers(0, 25).map(float))),
        locked=tuple(draw(few)),
        forbidden=tuple(draw(few)),
    )


def _connected(problem: Problem, edges: set[int]) -> set[int] | None:
    """Return the nodes some edges connect; ``None`` where they are no plan: written anew here."""
    leader = list(range(problem.n_nodes + 1))

    def find(node: int) -> int:
        while leader[node] != node:
            node = leader[node]
        return node

    barred = set(problem.forbidden.tolist())
    for root in set(problem.roots.tolist()) - barred:
        leader[root] = problem.n_nodes
    for edge in edges:
        u, v = (int(node) for node in problem.edges[edge])
        if u in barred or v in barred or find(u) == find(v):
            return None
        leader[find(u)] = find(v)
    touched = {int(node) for edge in edges for node in problem.edges[edge]}
    if len(problem.roots):
        tree = {v for v in range(problem.n_nodes) if find(v) == find(problem.n_nodes)}
        return tree if touched <= tree else None
    return touched if len({find(v) for v in touched}) <= 1 else None


def _is_answer(problem: Problem, nodes: set[int], cost: float) -> bool:
    return (
        set(problem.locked.tolist()) <= nodes
        and len(nodes & set(problem.terminals.tolist())) >= problem.quota
        and (problem.budget is None or cost <= problem.budget + 1e-9)
    )


def _best(problem: Problem) -> tuple[float, float] | None:
    """Return (-prize, cost) of the best answer of all with a budget, else (0, cost)."""
    found = []
    for size in range(len(problem.edges) + 1):
        for edges in combinations(range(len(problem.edges)), size):
            nodes = _connected(problem, set(edges))
            if nodes is None:
                continue
            cost = float(problem.costs[list(edges)].sum())
            alone = [nodes]
            if not edges and not len(problem.roots):
                barred = set(problem.forbidden.tolist())
                alone = [set(), *({v} for v in range(problem.n_nodes) if v not in barred)]
            for some in alone:
                if _is_answer(problem, some, cost):
                    prize = problem.prizes[np.isin(problem.terminals, list(some))].sum()
                    found.append((-float(prize) if problem.budget is not None else 0.0, cost))
    return min(found, default=None)


WAYS: dict[str, Way] = {
    **BASELINES,
    "rank_order": lambda problem: rank_order(problem, np.arange(len(problem.terminals))[::-1]),
}


@pytest.mark.parametrize("name", list(WAYS))
@given(questions())
@settings(max_examples=150)
def test_every_plan_keeps_what_was_asked_and_costs_its_edges(name: str, problem: Problem) -> None:
    plan = WAYS[name](problem)
    if plan is None:
        return
    nodes = _connected(problem, set(plan.edges.tolist()))
    assert nodes is not None
    if not len(plan.edges) and not len(problem.roots):
        nodes = set(plan.terminals.tolist()) | set(problem.locked.tolist())
        assert len(nodes) <= 1
    assert _is_answer(problem, nodes, plan.cost)
    assert plan.cost == pytest.approx(float(problem.costs[plan.edges].sum()))
    assert plan.terminals.tolist() == [t for t in problem.terminals if t in nodes]
    prizes: FloatArray = problem.prizes[np.isin(problem.terminals, plan.terminals)]
    assert plan.prize == pytest.approx(float(prizes.sum()))
    if name != "own_cables":
        assert len(set(plan.edges.tolist())) == len(plan.edges)


@given(questions())
@settings(max_examples=150)
def test_without_a_budget_a_way_finds_a_plan_whenever_there_is_one(problem: Problem) -> None:
    problem = replace(problem, budget=None)
    best = _best(problem)
    for way in WAYS.values():
        plan = way(problem)
        assert (plan is None) == (best is None)
        if plan is not None and best is not None:
            assert best[1] <= plan.cost + 1e-9


@given(questions())
@settings(max_examples=150)
def test_the_best_part_is_never_dearer_than_other_parts_of_its_tree(problem: Problem) -> None:
    problem = replace(problem, budget=None)
    best = best_subtree(problem)
    if best is not None:
        assert best.cost <= _answer(prim_order, problem).cost + 1e-9
        assert best.cost <= _answer(leaf_pruning, problem).cost + 1e-9


@given(questions(is_tree=True))
@settings(max_examples=150)
def test_on_a_tree_the_best_part_is_the_optimum(problem: Problem) -> None:
    if problem.quota and problem.budget is not None and len(set(problem.prizes.tolist())) > 1:
        problem = replace(problem, quota=0)
    everywhere = np.arange(problem.n_nodes)
    # Where the network is the tree: every end is wanted, or the tree would not hold all of it.
    degree = np.bincount(problem.edges.ravel(), minlength=problem.n_nodes)
    ends = np.setdiff1d(everywhere[degree == 1], problem.terminals)
    problem = replace(
        problem,
        terminals=np.concatenate([problem.terminals, ends]),
        prizes=np.concatenate([problem.prizes, np.ones(len(ends))]),
        roots=problem.roots[:1],
        forbidden=np.empty(0, np.int64),
    )
    best, plan = _best(problem), best_subtree(problem)
    assert (plan is None) == (best is None)
    if plan is not None and best is not None:
        found = plan.cost if problem.budget is None else -plan.prize
        assert found == pytest.approx(best[1] if problem.budget is None else best[0])
