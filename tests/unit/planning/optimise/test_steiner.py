"""The solver against figures known by hand, by brute force, and against published optima."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from benchmarks.rollout.mountain_roads import generate
from planning.columns import FloatArray, IntArray
from planning.errors import PlanningError
from planning.optimise.adjacency import adjacency
from planning.optimise.certificate import certified
from planning.optimise.contraction import contracted
from planning.optimise.detours import without_detours
from planning.optimise.dual_ascent import dual_ascent
from planning.optimise.exchange import improved_tree
from planning.optimise.growth import grown_tree
from planning.optimise.problem import SolverProgress
from planning.optimise.question import checked
from planning.optimise.rooted import Rooted
from planning.optimise.rooting import rooting
from planning.optimise.steiner import solve, solve_quota

PACE = Path(__file__).parents[5] / "shared" / "data" / "steiner_pace2018"

# A trunk 0-1-2 with villages 3 (off 1), 4 and 5 (off 2); fibre at 0.
TRUNK = np.array([[0, 1], [1, 2], [1, 3], [2, 4], [2, 5]])
COSTS = np.array([10.0, 6.0, 1.0, 2.0, 3.0])
VILLAGES = [3, 4, 5]


def test_a_shared_trunk_is_paid_once() -> None:
    one, two, three = (solve_quota(6, TRUNK, COSTS, [0], VILLAGES, k) for k in (1, 2, 3))
    assert [one.cost, two.cost, three.cost] == [11.0, 19.0, 22.0]
    assert one.terminals.tolist() == [3]
    assert two.terminals.tolist() == [3, 4]
    assert all(plan.proven and plan.bound == plan.cost for plan in (one, two, three))


def test_a_budget_buys_the_most_villages_it_can() -> None:
    assert solve_quota(6, TRUNK, COSTS, [0], VILLAGES, 0, budget=21.9).terminals.tolist() == [3, 4]
    dear = solve_quota(6, TRUNK, COSTS, [0], VILLAGES, 0, budget=20.5, prizes=[1.0, 1.0, 5.0])
    assert dear.terminals.tolist() == [3, 5]
    assert dear.prize == dear.bound == 6.0


def test_without_roots_the_tree_stands_where_it_is_cheapest() -> None:
    # Villages 4 and 5 are joined over 2 for 2 + 3, whatever it costs to come there.
    plan = solve_quota(6, TRUNK, COSTS, [], VILLAGES, 2)
    assert (plan.cost, plan.terminals.tolist()) == (5.0, [4, 5])


def test_a_terminal_that_is_a_root_counts_and_costs_nothing() -> None:
    plan = solve_quota(6, TRUNK, COSTS, [0, 3], VILLAGES, 1)
    assert (plan.cost, plan.edges.tolist(), plan.terminals.tolist()) == (0.0, [], [3])


def test_locked_nodes_are_in_and_forbidden_ones_are_not_even_passed() -> None:
    locked = solve_quota(6, TRUNK, COSTS, [0], VILLAGES, 1, locked=[5])
    assert (locked.cost, locked.terminals.tolist()) == (19.0, [5])
    with pytest.raises(PlanningError) as refused:
        solve_quota(6, TRUNK, COSTS, [0], VILLAGES, 2, forbidden=[2])
    assert refused.value.key == "error-plan-quota"
    assert refused.value.values == {"quota": 2, "most": 1}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"costs": [1.0]}, "costs"),
        ({"costs": [1.0, 1.0, 1.0, 1.0, -1.0]}, "costs"),
        ({"terminals": [3, 3]}, "terminals"),
        ({"roots": [9]}, "roots"),
        ({"prizes": [1.0]}, "prizes"),
    ],
)
def test_arrays_that_are_no_graph_are_refused_by_name(change: dict[str, object], what: str) -> None:
    arguments: dict[str, object] = {
        "n_nodes": 6,
        "edges": TRUNK,
        "costs": COSTS,
        "roots": [0],
        "terminals": VILLAGES,
        "quota": 1,
    }
    with pytest.raises(PlanningError) as refused:
        solve_quota(**(arguments | change))  # type: ignore[arg-type]
    assert refused.value.values == {"what": what}


def rooted(n: int, edges: IntArray, costs: FloatArray, roots: list[int], quota: int) -> Rooted:
    question = checked(
        n_nodes=n,
        edges=edges,
        costs=costs,
        roots=roots,
        terminals=list(range(n // 2, n)),
        quota=quota,
        prizes=None,
        budget=None,
        locked=(),
        forbidden=(),
    )
    return rooting(question).problem


@pytest.mark.parametrize("seed", range(20))
def test_reductions_bounds_and_trees_keep_to_the_optimum(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n = 30
    edges = draw.integers(0, n, (70, 2))
    costs = draw.integers(1, 20, 70).astype(float)
    ring = np.column_stack([np.arange(n), np.roll(np.arange(n), 1)])
    edges, costs = np.vstack([edges, ring]), np.append(costs, draw.integers(1, 30, n))
    quota = int(draw.integers(1, n // 2))
    best = solve_quota(n, edges, costs, [0], list(range(n // 2, n)), quota).cost
    problem = rooted(n, edges, costs, [0], quota)
    small = contracted(without_detours(contracted(problem)))
    assert len(small.edges) < len(problem.edges)
    for each in (problem, small):
        graph = each.adjacency()
        tree = grown_tree(each, graph, each.costs)
        better = improved_tree(each, graph, tree)
        assert best - 1e-9 <= better.cost <= tree.cost
        spare = len(each.optional) - each.needed
        for penalty in (0.0, 3.0, 9.0):
            ascent = dual_ascent(
                graph,
                np.repeat(each.costs, 2),
                each.root,
                each.optional,
                np.full(len(each.optional), penalty),
            )
            assert ascent.bound - penalty * spare <= best + 1e-9


def test_arcs_are_grouped_by_the_node_they_leave() -> None:
    graph = adjacency(3, np.array([[0, 1], [1, 2]]))
    leaving = [graph.arcs[graph.start[v] : graph.start[v + 1]].tolist() for v in range(3)]
    assert leaving == [[0], [1, 2], [3]]
    assert graph.head.tolist() == [1, 0, 2, 1]


def test_mountain_roads_are_proven_and_certified_with_progress() -> None:
    roads = generate(6_000, 25, 30)
    question = checked(
        n_nodes=roads.n_nodes,
        edges=roads.edges,
        costs=roads.costs,
        roots=roads.roots,
        terminals=roads.terminals,
        quota=15,
        prizes=None,
        budget=None,
        locked=(),
        forbidden=(),
    )
    heard: list[SolverProgress] = []

    def watch(progress: SolverProgress) -> bool:
        heard.append(progress)
        return True

    plan = solve(question, watch=watch)
    assert plan.proven
    assert len(plan.terminals) >= 15
    certified(plan, question)
    assert all((each.bound or 0.0) <= plan.cost + 1e-6 for each in heard)
    again = solve(question)
    assert np.array_equal(plan.edges, again.edges)


def pace(name: str) -> tuple[int, IntArray, FloatArray, list[int]]:
    nodes, edges, costs, terminals = 0, [], [], []
    for line in (PACE / "track1" / name).read_text().splitlines():
        match line.split():
            case ["Nodes", count]:
                nodes = int(count)
            case ["E", u, v, cost]:
                edges.append([int(u) - 1, int(v) - 1])
                costs.append(float(cost))
            case ["T", node]:
                terminals.append(int(node) - 1)
    return nodes, np.array(edges), np.array(costs), terminals


@pytest.mark.skipif(not PACE.exists(), reason="the public instances are not beside this checkout")
@pytest.mark.parametrize(
    "number", [1, 2, 10, 13, 18, 31, 46, 53, 70, 85, 95, 115, 133, 155, 156, 179, 183, 191]
)
def test_public_instances_are_solved_to_their_published_optima(number: int) -> None:
    name = f"instance{number:03}.gr"
    with (PACE / "optima.csv").open() as file:
        optimum = {row["paceName"]: float(row["opt"]) for row in csv.DictReader(file)}[name]
    nodes, edges, costs, terminals = pace(name)
    plan = solve_quota(nodes, edges, costs, [], terminals, len(terminals))
    assert (plan.cost, plan.bound, plan.proven) == (optimum, optimum, True)
