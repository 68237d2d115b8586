"""Limits that conflict, in small valleys whose figures are known by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from i18n import LANGUAGES, translator
from planning.errors import PlanningError
from planning.optimise.certificate import certified, check
from planning.optimise.conditions import count_condition, share_condition
from planning.optimise.conflicts import Conflict, explain
from planning.optimise.limits import LimitKind, LimitName, limits_of
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.steiner import solve

NONE = np.empty(0, np.int64)

# Fibre at 0. Village 1 costs 4; junction 2 costs 10, villages 3 and 4 beyond it 1 and 2.
VALLEYS = Problem(
    n_nodes=6,
    edges=np.array([[0, 1], [0, 2], [2, 3], [2, 4]]),
    costs=np.array([4.0, 10.0, 1.0, 2.0]),
    roots=np.array([0]),
    terminals=np.array([1, 3, 4, 5]),
    quota=0,
    prizes=np.ones(4),
    budget=None,
    locked=NONE,
    forbidden=NONE,
)
QUOTA, BUDGET = LimitName(LimitKind.QUOTA), LimitName(LimitKind.BUDGET)


def explained(**changes: Any) -> Conflict:
    return explain(replace(VALLEYS, **changes), solve=solve)


def nearest(conflict: Conflict) -> dict[LimitName, float | None]:
    return {limit.name: limit.nearest for limit in conflict.limits}


def test_more_villages_than_can_be_reached_conflict_with_the_network_alone() -> None:
    conflict = explained(quota=4, budget=1000.0)
    assert nearest(conflict) == {QUOTA: 3.0}
    assert conflict.is_minimal
    assert conflict.plan is not None
    assert len(conflict.plan.terminals) == 3


def test_what_allows_still_fewer_than_can_be_reached_is_named_too() -> None:
    # Of four villages three have a way; with only people of minorities, one does.
    share = share_condition(
        "minority_share", np.array([10.0, 0, 5, 9]), np.array([10.0, 10, 10, 10]), 1.0
    )
    conflict = explained(quota=4, conditions=(share,))
    assert nearest(conflict) == {QUOTA: 1.0}
    assert conflict.limits[0].is_enough
    assert conflict.further is not None
    assert {limit.name: limit.asked for limit in conflict.further.limits}[QUOTA] == 3.0
    assert nearest(conflict.further) == {
        QUOTA: 1.0,
        LimitName(LimitKind.CONDITION, 0): pytest.approx(0.5, abs=1e-3),
    }
    assert conflict.plan is not None
    assert conflict.plan.terminals.tolist() == [1]


def test_a_quota_and_a_budget_conflict_and_each_has_its_nearest_value() -> None:
    conflict = explained(quota=3, budget=14.0)
    assert nearest(conflict) == {QUOTA: 2.0, BUDGET: 17.0}
    assert all(limit.is_enough for limit in conflict.limits)
    assert [limit.nearest_bound for limit in conflict.limits] == [2.0, 17.0]
    assert conflict.relaxed.quota == 2
    assert conflict.plan is not None
    assert certified(conflict.plan, conflict.relaxed).holds


def test_a_decided_village_that_is_too_dear_is_named_and_others_are_not() -> None:
    conflict = explained(locked=np.array([1, 4]), budget=13.0, quota=1)
    names = [limit.name for limit in conflict.limits]
    assert names == [BUDGET, LimitName(LimitKind.LOCKED, 1), LimitName(LimitKind.LOCKED, 4)]
    assert [limit.nearest for limit in conflict.limits] == [16.0, None, None]


def test_a_village_decided_and_excluded_conflicts_with_itself() -> None:
    conflict = explained(locked=np.array([1]), forbidden=np.array([1, 4]))
    names = [limit.name for limit in conflict.limits]
    assert names == [LimitName(LimitKind.LOCKED, 1), LimitName(LimitKind.FORBIDDEN, 1)]
    assert conflict.plan is not None


def test_a_decided_village_out_of_reach_stands_alone() -> None:
    conflict = explained(locked=np.array([5]), budget=3.0)
    assert [limit.name for limit in conflict.limits] == [LimitName(LimitKind.LOCKED, 5)]


def test_the_excluded_place_on_the_only_way_is_found_among_many() -> None:
    conflict = explained(locked=np.array([3]), forbidden=np.array([1, 2, 4, 5]))
    names = [limit.name for limit in conflict.limits]
    assert names == [LimitName(LimitKind.LOCKED, 3), LimitName(LimitKind.FORBIDDEN, 2)]


def test_the_largest_share_of_minorities_is_found() -> None:
    people = np.array([100.0, 100.0, 100.0, 100.0])
    minority = np.array([20.0, 90.0, 70.0, 100.0])
    condition = share_condition("minority_share", minority, people, 0.85)
    conflict = explained(conditions=(condition,), quota=2)
    assert nearest(conflict) == {QUOTA: 1.0, LimitName(LimitKind.CONDITION, 0): 0.8}
    said = conflict.limits[1]
    assert said.message == "conflict-minority_share"
    assert (said.values["asked"], said.values["nearest"]) == (85.0, 80.0)


def test_the_largest_share_is_not_that_of_the_cheapest_plan() -> None:
    people = np.array([100.0, 100.0, 100.0, 100.0])
    minority = np.array([20.0, 90.0, 70.0, 100.0])
    condition = share_condition("minority_share", minority, people, 0.95)
    # Village 5 has the largest share and cannot be reached; the cheapest, 1, has 0.2.
    found = nearest(explained(conditions=(condition,), quota=1))
    assert found[LimitName(LimitKind.CONDITION, 0)] == pytest.approx(0.9, abs=1e-4)


def test_within_a_budget_the_largest_share_is_that_of_an_affordable_plan() -> None:
    people = np.array([100.0, 100.0, 100.0, 100.0])
    minority = np.array([20.0, 90.0, 70.0, 100.0])
    condition = share_condition("minority_share", minority, people, 0.8)
    # Two villages for 12: only 1 alone is affordable; for 15: 1 and 3 (0.55) or 3 and 4 (0.8).
    conflict = explained(conditions=(condition,), quota=1, budget=10.0)
    found = nearest(conflict)
    assert found[LimitName(LimitKind.CONDITION, 0)] == pytest.approx(0.2, abs=1e-4)
    assert found[BUDGET] == 11.0
    # With no quota nobody is connected, and nobody's share is not too small.
    assert found[QUOTA] == 0.0


def test_the_largest_number_in_a_district_is_found() -> None:
    in_district = np.array([False, True, True, True])
    condition = count_condition("district", in_district, 3, name="Bắc Hà")
    conflict = explained(conditions=(condition,), budget=13.5)
    assert nearest(conflict) == {LimitName(LimitKind.CONDITION, 0): 2.0}
    tight = explained(conditions=(condition,), budget=11.5)
    assert nearest(tight) == {LimitName(LimitKind.CONDITION, 0): 1.0}


def test_two_conflicts_are_both_told_and_still_there_is_a_plan() -> None:
    conflict = explained(quota=4, locked=np.array([1]), forbidden=np.array([1]))
    assert nearest(conflict) == {QUOTA: 3.0}
    assert not conflict.limits[0].is_enough
    assert conflict.further is not None
    assert [limit.name.kind for limit in conflict.further.limits] == ["locked", "forbidden"]
    assert conflict.plan is not None
    assert set(conflict.lifted) >= {QUOTA}


def test_the_smallest_reach_is_found() -> None:
    lengths = np.array([4000.0, 10_000.0, 1000.0, 2000.0])

    def reaching(question: Problem, /, **options: Any) -> SteinerPlan:
        """Keep the reach by leaving out who lies beyond it: here there is one way to each."""
        ways = np.array([0.0, 4000.0, 10_000.0, 11_000.0, 12_000.0, np.inf])
        limit = np.inf if question.reach_m is None else question.reach_m
        beyond = question.terminals[ways[question.terminals] > limit]
        return solve(replace(question, forbidden=np.append(question.forbidden, beyond)), **options)

    problem = replace(VALLEYS, quota=2, lengths_m=lengths, reach_m=5000.0)
    conflict = explain(problem, solve=reaching)
    found = nearest(conflict)
    assert found[QUOTA] == 1.0
    assert found[LimitName(LimitKind.REACH)] == pytest.approx(11_000.0, abs=1.0)
    far = next(limit for limit in conflict.limits if limit.name.kind == LimitKind.REACH)
    assert (far.values["asked"], far.values["nearest"]) == (5.0, 11.0)
    assert conflict.plan is not None
    assert check(conflict.plan, conflict.relaxed).holds


def test_a_question_with_an_answer_has_no_conflict() -> None:
    with pytest.raises(ValueError, match="has an answer"):
        explained(quota=1)


def test_when_time_is_too_short_to_tell_nothing_is_claimed() -> None:
    def never(question: Problem, /, **options: Any) -> SteinerPlan:
        raise PlanningError("error-plan-time")

    with pytest.raises(PlanningError) as refusal:
        explain(VALLEYS, solve=never)
    assert refusal.value.key == "error-plan-time"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_can_be_said(language: str) -> None:
    words = translator(language)
    people = np.full(4, 100.0)
    conditions = (
        share_condition("minority_share", people * 0.5, people, 0.7),
        count_condition("district", np.ones(4, bool), 4, name="Bắc Hà"),
        replace(count_condition("own", np.zeros(4, bool), 1), values={}),
    )
    for changes in (
        {"conditions": conditions[:1], "quota": 1},
        {"conditions": conditions[1:2]},
        {"conditions": conditions[2:]},
        {"quota": 3, "budget": 14.0},
        {"locked": np.array([1]), "forbidden": np.array([1])},
    ):
        for limit in explained(**changes).limits:
            assert words(limit.message, **{"name": "Nậm Đét"} | limit.values)


def test_limits_of_none_limit_nothing() -> None:
    assert limits_of(VALLEYS) == ()
