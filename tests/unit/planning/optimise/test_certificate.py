"""What a certificate says of plans, good and broken."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planning.errors import PlanningError
from planning.optimise.certificate import certified, check
from planning.optimise.conditions import count_condition
from planning.optimise.problem import Problem, SteinerPlan

NONE = np.empty(0, np.int64)

# Fibre at 0 and 1; junctions 2 and 3; villages 4, 5 and 6.
#
#     0 --5-- 2 --1-- 4        1 --4-- 3 --1-- 6
#             2 --2-- 5        2 --9-- 3
VALLEY = Problem(
    n_nodes=7,
    edges=np.array([[0, 2], [2, 4], [2, 5], [1, 3], [3, 6], [2, 3]]),
    costs=np.array([5.0, 1.0, 2.0, 4.0, 1.0, 9.0]),
    roots=np.array([0, 1]),
    terminals=np.array([4, 5, 6]),
    quota=2,
    prizes=np.array([3.0, 2.0, 1.0]),
    budget=None,
    locked=np.array([5]),
    forbidden=np.array([6]),
    lengths_m=np.array([5000.0, 100.0, 200.0, 4000.0, 100.0, 9000.0]),
    reach_m=5200.0,
)
PLAN = SteinerPlan(
    edges=np.array([0, 1, 2]),
    terminals=np.array([4, 5]),
    cost=8.0,
    prize=5.0,
    bound=8.0,
    proven=True,
    gap=0.0,
    seconds=0.0,
)


def failed(plan: SteinerPlan, problem: Problem) -> set[str]:
    return {one.key for one in check(plan, problem).failed}


def test_a_sound_plan_holds_and_its_figures_are_shown() -> None:
    certificate = certified(PLAN, VALLEY)
    figures = {one.key: (one.got, one.asked) for one in certificate.checks}
    assert certificate.holds
    assert figures["connected"] == (1.0, 1.0)
    assert figures["acyclic"] == (0.0, 0.0)
    assert figures["cost"] == (8.0, 8.0)
    assert figures["quota"] == (2.0, 2.0)
    assert figures["reach"] == (5200.0, 5200.0)
    assert json.loads(json.dumps(certificate.as_dict()))["holds"] is True


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"edges": np.array([0, 1, 2, 9])}, {"edges"}),
        ({"edges": np.array([-1, 0, 1])}, {"edges"}),
        ({"edges": np.array([0, 1, 1, 2])}, {"edges"}),
        ({"edges": np.array([1, 2]), "cost": 3.0, "bound": 3.0}, {"connected", "reach"}),
        ({"edges": np.array([0, 1, 2, 3, 5]), "cost": 21.0, "gap": 13 / 21}, {"acyclic"}),
        ({"cost": 7.5}, {"cost"}),
        ({"terminals": np.array([4])}, {"terminals"}),
        ({"terminals": np.array([5, 4])}, {"terminals"}),
        ({"prize": 6.0}, {"prize"}),
        (
            {"edges": np.array([0, 2]), "terminals": np.array([5]), "cost": 7.0}
            | {"prize": 2.0, "bound": 7.0},
            {"quota"},
        ),
        (
            {"edges": np.array([0, 1]), "terminals": np.array([4]), "cost": 6.0}
            | {"prize": 3.0, "bound": 6.0},
            {"quota", "locked"},
        ),
        (
            {"edges": np.arange(5), "terminals": np.array([4, 5, 6]), "cost": 13.0}
            | {"prize": 6.0, "gap": 5 / 13},
            {"forbidden"},
        ),
        ({"bound": 8.1}, {"bound"}),
        ({"bound": 6.0, "gap": 0.1}, {"gap"}),
    ],
)
def test_each_thing_that_is_wrong_is_found_alone(change: dict[str, Any], wrong: set[str]) -> None:
    plan = replace(PLAN, **change)
    assert failed(plan, VALLEY) == wrong
    with pytest.raises(PlanningError) as refusal:
        certified(plan, VALLEY)
    assert refusal.value.key == "error-plan-certificate"


def test_a_plan_dearer_than_the_budget_is_found() -> None:
    within = replace(VALLEY, budget=8.0)
    worth = replace(PLAN, bound=5.0)
    assert failed(worth, within) == set()
    assert failed(worth, replace(within, budget=7.9)) == {"budget"}
    assert failed(replace(worth, bound=4.9), within) == {"bound"}
    assert failed(replace(worth, bound=10.0, gap=0.4), within) == {"gap"}
    assert failed(replace(worth, bound=10.0, gap=0.5), within) == set()


def test_a_side_condition_that_is_missed_is_found() -> None:
    district = np.array([True, False, True])
    kept = count_condition("district", district, 1, name="Bắc Hà")
    missed = count_condition("district", district, 2, name="Bắc Hà")
    certificate = check(PLAN, replace(VALLEY, conditions=(kept, missed)))
    assert [(one.key, one.condition, one.got) for one in certificate.failed] == [
        ("condition", 1, 1.0)
    ]


def test_a_fibre_point_that_is_excluded_may_lie_idle_but_not_be_used() -> None:
    closed = replace(VALLEY, forbidden=np.array([1, 6]))
    assert failed(PLAN, closed) == set()
    through = replace(PLAN, edges=np.array([0, 1, 2, 3]), cost=12.0, gap=1 / 3)
    assert failed(through, closed) == {"connected", "forbidden"}


def test_a_way_longer_than_the_reach_is_found() -> None:
    assert failed(PLAN, replace(VALLEY, reach_m=5199.0)) == {"reach"}
    assert failed(PLAN, replace(VALLEY, lengths_m=None)) == {"reach"}


def test_a_way_through_a_village_is_measured_from_the_nearest_fibre_point() -> None:
    # A line of 40 places: the doubling of ways meets every depth.
    line = np.column_stack([np.arange(40), np.arange(1, 41)])
    lengths = np.arange(1.0, 41.0)
    problem = Problem(
        n_nodes=41,
        edges=line[:, ::-1],
        costs=lengths,
        roots=np.array([0]),
        terminals=np.array([40, 7]),
        quota=2,
        prizes=np.ones(2),
        budget=None,
        locked=NONE,
        forbidden=NONE,
        lengths_m=lengths,
        reach_m=820.0,
    )
    plan = replace(
        PLAN, edges=np.arange(40), terminals=problem.terminals, cost=820.0, prize=2.0, bound=820.0
    )
    reach = next(one for one in check(plan, problem).checks if one.key == "reach")
    assert (reach.holds, reach.got) == (True, 820.0)
    middle = replace(problem, roots=np.array([0, 20]))
    less = replace(plan, edges=np.r_[0:7, 20:40], cost=638.0, bound=638.0)
    assert check(less, middle).holds
    assert next(one.got for one in check(less, middle).checks if one.key == "reach") == 610.0


def test_a_tree_that_may_stand_anywhere_is_one_piece() -> None:
    anywhere = replace(VALLEY, roots=NONE, locked=NONE, forbidden=NONE, reach_m=None, quota=1)
    empty = replace(PLAN, edges=NONE, terminals=np.array([6]), cost=0.0, prize=1.0, bound=0.0)
    assert failed(empty, anywhere) == set()
    assert failed(replace(empty, terminals=np.array([4, 6]), prize=4.0), anywhere) == {"connected"}


def test_the_cheapest_certified_edge_set_is_the_optimum() -> None:
    problem = replace(VALLEY, forbidden=NONE, reach_m=None, quota=3)
    best = np.inf
    for size in range(7):
        for edges in itertools.combinations(range(6), size):
            chosen = np.array(edges, np.int64)
            is_in = np.isin(problem.terminals, problem.edges[chosen])
            cost = float(problem.costs[chosen].sum())
            plan = SteinerPlan(
                chosen,
                problem.terminals[is_in],
                cost,
                float(problem.prizes[is_in].sum()),
                0.0,
                False,
                1.0,
                0.0,
            )
            if check(plan, problem).holds:
                best = min(best, cost)
    assert best == 13.0


def test_the_fingerprint_changes_with_the_plan_and_the_question_and_nothing_else() -> None:
    one = check(PLAN, VALLEY)
    again = check(
        replace(PLAN, seconds=9.0, method="other", terminals=np.array([4, 5], np.int32)),
        replace(VALLEY, roots=np.array([1, 0]), prizes=np.zeros(3)),
    )
    assert (one.plan_hash, one.problem_hash) == (again.plan_hash, again.problem_hash)
    dearer = replace(VALLEY, costs=VALLEY.costs + 1e-9)
    assert check(PLAN, dearer).problem_hash != one.problem_hash
    assert check(PLAN, dearer).plan_hash != one.plan_hash
    other = check(replace(PLAN, edges=np.array([0, 1])), VALLEY)
    assert other.problem_hash == one.problem_hash
    assert other.plan_hash != one.plan_hash


def test_the_fingerprint_is_the_same_on_every_machine() -> None:
    assert check(PLAN, VALLEY).problem_hash[:16] == "4ed367a1dac17af3"
