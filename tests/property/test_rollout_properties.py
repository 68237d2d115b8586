"""What must hold of every roll-out plan, its curve, its conflicts and its reasons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planning.errors import PlanningError
from planning.optimise import baselines, conflicts, frontier, reasons
from planning.optimise.certificate import certified
from planning.optimise.conditions import ShareCondition
from planning.optimise.limits import LimitKind, limits_of, with_only, without
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.steiner import solve
from tests.property.small_forests import brute_force, questions, village_questions


def answer(problem: Problem) -> SteinerPlan | None:
    try:
        best: SteinerPlan = brute_force(problem)
    except PlanningError:
        return None
    return best


def assert_optimal(problem: Problem) -> None:
    best = answer(problem)
    if best is None:
        with pytest.raises(PlanningError):
            solve(problem)
        return
    plan = solve(problem)
    certified(plan, problem)
    assert plan.proven
    value, least = (plan.cost, best.cost) if problem.budget is None else (plan.prize, best.prize)
    assert value == pytest.approx(least, abs=1e-7)
    assert plan.bound == pytest.approx(least, abs=1e-7)


@given(questions())
def test_the_cheapest_plan_for_a_quota_is_that_of_brute_force(problem: Problem) -> None:
    assert_optimal(problem)


@given(questions(most_nodes=12))
def test_so_it_is_on_a_dozen_nodes(problem: Problem) -> None:
    assert_optimal(problem)


@given(questions(with_budget=True))
def test_the_most_for_a_budget_is_that_of_brute_force(problem: Problem) -> None:
    assert_optimal(problem)


@given(village_questions())
def test_side_conditions_are_kept_at_least_cost(problem: Problem) -> None:
    assert_optimal(problem)


@given(village_questions(with_budget=True))
def test_side_conditions_are_kept_within_a_budget(problem: Problem) -> None:
    assert_optimal(problem)


@given(questions())
def test_brute_force_itself_is_certified(problem: Problem) -> None:
    best = answer(problem)
    assume(best is not None)
    assert best is not None
    certified(best, problem)


@given(questions())
def test_one_village_more_is_never_cheaper(problem: Problem) -> None:
    assume(problem.quota < len(problem.terminals))
    more = replace(problem, quota=problem.quota + 1)
    assume(answer(more) is not None)
    assert solve(problem).cost <= solve(more).cost + 1e-9


@given(questions(with_budget=True), st.floats(0.0, 20.0))
def test_more_money_never_brings_less(problem: Problem, extra: float) -> None:
    assume(answer(problem) is not None)
    richer = replace(problem, budget=(problem.budget or 0.0) + extra)
    assert solve(richer).prize >= solve(problem).prize - 1e-9


@given(questions(), st.data())
def test_who_is_decided_is_in_and_who_is_excluded_is_out(
    problem: Problem, data: st.DataObject
) -> None:
    assume(len(problem.terminals) > 0)
    node = data.draw(st.sampled_from(problem.terminals.tolist()))
    rest = problem.terminals[problem.terminals != node]
    inside = replace(problem, locked=np.array([node]), forbidden=np.empty(0, np.int64))
    outside = replace(problem, forbidden=np.array([node]), locked=np.empty(0, np.int64))
    if answer(inside) is not None:
        assert node in solve(inside).terminals
    if answer(outside) is not None:
        plan = solve(outside)
        assert np.isin(plan.terminals, rest).all()
        assert node not in problem.edges[plan.edges]


@given(village_questions(with_conditions=False))
def test_no_simpler_way_is_cheaper(problem: Problem) -> None:
    best = answer(problem)
    assume(best is not None)
    plan = solve(problem)
    order = np.arange(len(problem.terminals))
    for other in (
        baselines.own_cables(problem),
        baselines.rank_order(problem, order),
        baselines.prim_order(problem),
    ):
        assert other is None or other.cost >= plan.cost - 1e-9


@given(village_questions(with_budget=True, with_conditions=False))
def test_no_simpler_way_brings_more_for_a_budget(problem: Problem) -> None:
    assume(answer(problem) is not None)
    plan = solve(problem)
    order = np.arange(len(problem.terminals))
    for other in (baselines.rank_order(problem, order), baselines.prim_order(problem)):
        assert other is None or other.prize <= plan.prize + 1e-9


@given(village_questions())
def test_the_curve_is_that_of_each_number_by_itself(problem: Problem) -> None:
    counts = range(len(problem.terminals) + 1)
    curve = frontier.trace(problem, counts, solve=brute_force)
    alone = [answer(replace(problem, quota=count)) for count in counts]
    assert curve.costs == pytest.approx([plan.cost for plan in alone if plan is not None])
    assert list(curve.refused) == [k for k, plan in zip(counts, alone, strict=True) if not plan]
    assert (np.diff(curve.costs) >= 0).all()
    assert curve.proven.all()
    assert curve.is_complete


@given(village_questions(with_budget=True))
def test_limits_in_conflict_are_needed_for_it_each_and_all(problem: Problem) -> None:
    assume(answer(problem) is None)
    conflict = conflicts.explain(problem, solve=brute_force)
    names = [limit.name for limit in conflict.limits]
    assert conflict.is_minimal
    only = with_only(problem, names)
    assert answer(only) is None
    for name in names:
        assert answer(with_only(problem, set(names) - {name})) is not None
    assert conflict.plan is not None
    certified(conflict.plan, conflict.relaxed)


@given(village_questions(with_budget=True))
def test_the_nearest_value_of_a_limit_can_be_kept_and_no_nearer_one(problem: Problem) -> None:
    assume(answer(problem) is None)
    conflict = conflicts.explain(problem, solve=brute_force)
    for limit in conflict.limits:
        base = problem if limit.is_enough else with_only(problem, [o.name for o in conflict.limits])
        assert (answer(without(problem, [limit.name])) is not None) == limit.is_enough
        nearest = limit.nearest
        if limit.name.kind == LimitKind.QUOTA:
            assert nearest is not None
            assert answer(replace(base, quota=int(nearest))) is not None
            assert answer(replace(base, quota=int(nearest) + 1)) is None
        elif limit.name.kind == LimitKind.BUDGET:
            assert nearest is not None
            assert answer(replace(base, budget=nearest)) is not None
            assert answer(replace(base, budget=nearest * 0.999 - 1e-6)) is None
        elif limit.name.kind == LimitKind.CONDITION:
            assert nearest is not None
            assert limit.asked is not None
            at = limit.name.at if limit.is_enough else _place(base, problem, limit.name.at)
            old = base.conditions[at]
            assert nearest < limit.asked
            if isinstance(old, ShareCondition):
                for share, is_there in ((nearest - 1e-9, True), (nearest + 2e-4, False)):
                    new = [old.with_share(share) if o is old else o for o in base.conditions]
                    assert (answer(replace(base, conditions=tuple(new))) is not None) == is_there
            else:
                for level, is_there in ((nearest, True), (nearest + 1, False)):
                    new = [replace(old, least=level) if o is old else o for o in base.conditions]
                    assert (answer(replace(base, conditions=tuple(new))) is not None) == is_there


def _place(base: Problem, problem: Problem, at: int) -> int:
    return [c is problem.conditions[at] for c in base.conditions].index(True)


@given(village_questions(with_conditions=False))
def test_the_reasons_are_the_differences_of_optima(problem: Problem) -> None:
    plan = answer(problem)
    assume(plan is not None)
    assert plan is not None
    found = reasons.explain(problem, plan, solve=brute_force)
    assert found.is_exact
    assert found.is_complete
    for reason in found.of:
        locked = problem.locked[problem.locked != reason.terminal]
        forbidden = problem.forbidden[problem.forbidden != reason.terminal]
        if reason.is_in:
            forbidden = np.append(forbidden, reason.terminal)
        else:
            locked = np.append(locked, reason.terminal)
        best = answer(replace(problem, locked=locked, forbidden=forbidden))
        if best is None:
            assert reason.high == np.inf
        else:
            assert reason.high == pytest.approx(best.cost - plan.cost, abs=1e-9)
            assert set(reason.comes_in) == (
                set(best.terminals) - set(plan.terminals) - {reason.terminal}
            )


@given(village_questions(with_budget=True, with_conditions=False))
def test_with_the_prize_it_needs_a_village_enters(problem: Problem) -> None:
    plan = answer(problem)
    assume(plan is not None)
    assert plan is not None
    found = reasons.explain(problem, plan, solve=brute_force)
    for at, reason in enumerate(found.of):
        if reason.kind == reasons.ReasonKind.LEFT_OUT:
            assert reason.needed_prize is not None
            prizes = problem.prizes.copy()
            prizes[at] = reason.needed_prize + 1e-6
            assert reason.terminal in brute_force(replace(problem, prizes=prizes)).terminals
        elif reason.kind == reasons.ReasonKind.IMPOSSIBLE and reason.needed_budget is not None:
            richer = replace(problem, budget=reason.needed_budget)
            inside = replace(richer, locked=np.append(problem.locked, reason.terminal))
            assert answer(inside) is not None
            assert len(limits_of(inside)) == len(limits_of(problem)) + 1
