"""Plans at other costs: known figures, an own exact solver by trying everything, what must hold."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.columns import FloatArray
from planning.errors import PlanningError
from planning.optimise.cost_draws import (
    CostCases,
    CostRobustness,
    DrawProgress,
    vary_costs,
    villages_in_all,
)
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.steiner import solve

UNTIMED = settings(deadline=None, max_examples=40)
NONE = np.empty(0, np.int64)


def problem(edges: list[tuple[int, int]], villages: list[int], quota: int, **more: Any) -> Problem:
    parts: dict[str, Any] = {
        "n_nodes": 1 + max(max(edge) for edge in edges),
        "edges": np.array(edges),
        "costs": np.ones(len(edges)),
        "roots": np.array([0]),
        "terminals": np.array(villages),
        "quota": quota,
        "prizes": np.ones(len(villages)),
        "budget": None,
        "locked": NONE,
        "forbidden": NONE,
    }
    return Problem(**{**parts, **more})


def try_everything(asked: Problem) -> SteinerPlan:
    """Solve by looking at every set of edges."""
    best: tuple[tuple[float, float], tuple[int, ...], list[int]] | None = None
    m = len(asked.edges)
    for chosen in itertools.chain.from_iterable(
        itertools.combinations(range(m), k) for k in range(m + 1)
    ):
        reached = set(asked.roots.tolist())
        for _ in chosen:
            for edge in chosen:
                a, b = asked.edges[edge].tolist()
                if a in reached or b in reached:
                    reached |= {a, b}
        villages = [i for i, node in enumerate(asked.terminals.tolist()) if node in reached]
        cost = float(asked.costs[list(chosen)].sum())
        prize = float(asked.prizes[villages].sum())
        if len(villages) < asked.quota or not set(asked.locked.tolist()) <= reached:
            continue
        if asked.budget is not None and cost > asked.budget:
            continue
        value = (cost, 0.0) if asked.budget is None else (-prize, cost)
        if best is None or value < best[0]:
            best = (value, chosen, villages)
    if best is None:
        raise PlanningError("error-plan-too-few", got=0)
    edges = np.array(best[1], np.int64)
    cost, prize = float(asked.costs[edges].sum()), float(asked.prizes[best[2]].sum())
    bound = cost if asked.budget is None else prize
    return SteinerPlan(edges, asked.terminals[best[2]], cost, prize, bound, True, 0.0, 0.0, "tried")


class Counted:
    """The solver, counting how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, asked: Problem) -> SteinerPlan:
        self.times += 1
        return try_everything(asked)


def varied(asked: Problem, cases: CostCases, **how: Any) -> CostRobustness:
    how.setdefault("solve", try_everything)
    return vary_costs(lambda costs: replace(asked, costs=costs), cases, **how)


def all_times(base: list[float], low: float = 0.5, high: float = 2.0) -> CostCases:
    costs = np.array(base, np.float64)
    return CostCases(low * costs, costs, high * costs)


#: Three villages, each on a line of its own from the root.
STAR = problem([(0, 1), (0, 2), (0, 3)], [1, 2, 3], quota=1)


def test_one_factor_for_everything_changes_the_cost_and_nothing_else() -> None:
    asked_of = Counted()
    found = varied(STAR, all_times([10, 12, 30]), solve=asked_of, spread=0.0, draws=2000)
    assert found.village_share.tolist() == [1, 0, 0]
    assert found.regret.max() == 0.0
    assert found.solved == 0
    assert asked_of.times == 1  # low and high are multiples as well
    assert (found.low.plan.cost, found.base.plan.cost, found.high.plan.cost) == (5, 10, 20)
    # Triangular: below the mode, half of the draws; a tenth lies below -1 + sqrt(1/5).
    p10, p50, p90 = found.cost_percentiles()
    assert p10 == pytest.approx(10 * (1 + 0.5 * (math.sqrt(0.2) - 1)), abs=0.15)
    assert p50 == pytest.approx(10.0, abs=0.25)
    assert p90 == pytest.approx(10 * (1 + (1 - math.sqrt(0.2))), abs=0.4)


def test_two_near_lines_change_places_as_often_as_the_normal_law_says() -> None:
    found = varied(STAR, all_times([10, 12, 1000]), spread=0.15, draws=2000, seed=5)
    # 10 exp(0.15 a) < 12 exp(0.15 b) where a - b < ln 1.2 / 0.15, normal with variance 2.
    share = 0.5 * (1 + math.erf(math.log(1.2) / 0.15 / 2.0))
    assert share == pytest.approx(0.8050, abs=1e-4)
    low, high = found.share_limits()
    assert low[0] < share < high[0]
    assert found.village_share[0] + found.village_share[1] == 1.0
    assert np.array_equal(found.edge_share, found.village_share)
    assert found.solved == 2000


def test_edges_of_one_place_move_together() -> None:
    found = varied(STAR, all_times([10, 12, 30]), places=np.array([7, 7, 7]), draws=50)
    assert found.village_share.tolist() == [1, 0, 0]
    assert found.solved == 0


def test_a_case_in_which_another_village_is_cheaper_shows_the_regret() -> None:
    cases = CostCases(np.array([12.0, 10, 30]), np.array([10.0, 12, 30]), np.array([20.0, 25, 60]))
    found = varied(STAR, cases, draws=0)
    assert found.low.plan.terminals.tolist() == [2]
    assert (found.low.base_cost, found.low.regret) == (12.0, 2.0)
    assert (found.high.base_cost, found.high.regret) == (20.0, 0.0)
    assert villages_in_all(found, STAR.terminals).tolist() == [False, False, False]
    same = varied(STAR, all_times([10, 12, 30]), draws=0)
    assert villages_in_all(same, STAR.terminals).tolist() == [True, False, False]
    assert same.draws == 0
    assert np.isnan(same.cost_percentiles()).all()


def test_a_budget_that_shrinks_lets_villages_go() -> None:
    asked = replace(STAR, quota=0, budget=22.0, prizes=np.array([5.0, 4.0, 8.0]))
    found = varied(asked, all_times([10, 12, 30]), draws=100, spread=0.0)
    assert found.base.plan.terminals.tolist() == [1, 2]
    assert found.high.plan.terminals.tolist() == [1]
    assert np.isnan(found.high.regret)  # both villages would cost 44
    assert found.low.plan.terminals.tolist() == [1, 3]
    assert found.low.regret == 13.0 - 9.0
    is_over = found.base_cost > 22.0
    assert np.array_equal(np.isnan(found.regret), is_over)
    assert found.village_share[0] > found.village_share[1]


def test_draws_without_an_answer_are_counted_apart() -> None:
    asked = replace(STAR, budget=10.0, quota=1)
    found = varied(asked, all_times([10, 12, 30], 0.5, 1.0), spread=0.3, draws=60)
    assert found.unanswered > 0
    assert found.draws == 60 - found.unanswered
    assert found.cost.max() <= 10.0


def test_a_plan_found_before_stands_in_for_a_worse_answer() -> None:
    calls = 0

    def forgetful(asked: Problem) -> SteinerPlan:
        nonlocal calls
        calls += 1
        plan = try_everything(asked)
        if calls == 1:
            return plan
        edges = np.array([2])  # the dearest line, and no proof
        cost = float(asked.costs[2])
        return SteinerPlan(edges, np.array([3]), cost, 1.0, 0.0, False, 1.0, 0.0)

    found = varied(STAR, all_times([10, 12, 300]), solve=forgetful, draws=20)
    assert found.village_share[0] == 1.0
    assert found.unproven == 20
    assert np.array_equal(found.cost, found.base_cost)


def test_a_seed_gives_the_same_bits_and_fewer_draws_are_the_first_of_more() -> None:
    cases = all_times([10, 12, 11])
    long, again = varied(STAR, cases, draws=30, seed=9), varied(STAR, cases, draws=30, seed=9)
    short, other = varied(STAR, cases, draws=10, seed=9), varied(STAR, cases, draws=30, seed=8)
    assert long.cost.tobytes() == again.cost.tobytes()
    assert long.regret.tobytes() == again.regret.tobytes()
    assert long.cost[:10].tobytes() == short.cost.tobytes()
    assert long.cost.tobytes() != other.cost.tobytes()


def test_watching_can_stop_the_draws() -> None:
    seen: list[DrawProgress] = []

    def watch(progress: DrawProgress) -> bool:
        seen.append(progress)
        return progress.done < 5

    found = varied(STAR, all_times([10, 12, 11]), draws=30, watch=watch)
    assert found.stopped
    assert found.draws == 5
    assert seen[-1] == DrawProgress(5, 30)
    assert not varied(STAR, all_times([10, 12, 11]), draws=5, watch=watch).stopped


def test_what_places_cost_beside_the_unit_costs_is_nothing_on_average() -> None:
    one = problem([(0, 1)], [1], quota=1)
    found = varied(one, all_times([10], 1.0, 1.0), spread=0.4, draws=4000)
    assert found.cost.mean() == pytest.approx(10.0, abs=0.2)  # three standard errors
    assert np.log(found.cost).std() == pytest.approx(0.4, abs=0.015)


def test_unit_costs_can_be_drawn_by_the_asker() -> None:
    def two_prices(rng: np.random.Generator) -> FloatArray:
        return np.array([10.0 * rng.uniform(1.0, 1.5), 12.0, 30.0])

    found = varied(STAR, all_times([10, 12, 30]), draws=400, spread=0.0, draw_costs=two_prices)
    # The first village is the cheaper while its factor is below 1.2: two fifths of the draws.
    low, high = found.share_limits()
    assert low[0] < 0.4 < high[0]


def test_a_question_without_an_answer_is_refused() -> None:
    with pytest.raises(PlanningError):
        varied(replace(STAR, budget=1.0), all_times([10, 12, 30]))


def test_wilsons_interval_is_the_published_one() -> None:
    # 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I, method 3).
    found = varied(STAR, all_times([10, 12, 30]), draws=1)
    many = replace(found, village_share=np.array([81 / 263]), cost=np.zeros(263))
    low, high = many.share_limits()
    assert (round(low[0], 4), round(high[0], 4)) == (0.2553, 0.3662)


@st.composite
def small_problems(draw: st.DrawFn) -> tuple[Problem, CostCases]:
    n = draw(st.integers(2, 5))
    tree = [(draw(st.integers(0, i)), i + 1) for i in range(n - 1)]
    pairs = [p for p in itertools.combinations(range(n), 2) if p not in tree]
    extra = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    edges = tree + extra
    villages = draw(st.permutations(range(1, n)))[: draw(st.integers(1, n - 1))]
    base = draw(st.lists(st.integers(1, 20), min_size=len(edges), max_size=len(edges)))
    more = draw(st.lists(st.integers(0, 20), min_size=len(edges), max_size=len(edges)))
    costs = np.array(base, np.float64)
    cases = CostCases(costs * 0.5, costs, costs + np.array(more))
    quota = draw(st.integers(1, len(villages)))
    return problem(edges, list(villages), quota), cases


@given(small_problems(), st.integers(0, 99))
@UNTIMED
def test_keeping_the_base_plan_never_gains(asked: tuple[Problem, CostCases], seed: int) -> None:
    found = varied(*asked, draws=6, seed=seed)
    assert (found.regret >= 0.0).all()
    assert np.allclose(found.base_cost - found.regret, found.cost)
    assert found.village_share.sum() >= asked[0].quota - 1e-9
    assert ((found.village_share >= 0.0) & (found.village_share <= 1.0)).all()
    low, high = found.share_limits()
    assert ((low <= found.village_share) & (found.village_share <= high)).all()


@given(small_problems(), st.integers(0, 99))
@UNTIMED
def test_another_currency_changes_nothing(asked: tuple[Problem, CostCases], seed: int) -> None:
    question, cases = asked
    dong = CostCases(cases.low * 2.0**14, cases.base * 2.0**14, cases.high * 2.0**14)
    found, other = (varied(question, c, draws=6, seed=seed) for c in (cases, dong))
    assert np.array_equal(found.village_share, other.village_share)
    assert np.allclose(found.cost * 2.0**14, other.cost)


@given(small_problems(), st.integers(0, 99))
@UNTIMED
def test_what_is_decided_stays_in_every_draw(asked: tuple[Problem, CostCases], seed: int) -> None:
    question, cases = asked
    locked = replace(question, locked=question.terminals[:1])
    assert varied(locked, cases, draws=6, seed=seed).village_share[0] == 1.0


@given(small_problems(), st.integers(0, 99))
@UNTIMED
def test_the_solver_of_the_product_gives_the_same(
    asked: tuple[Problem, CostCases], seed: int
) -> None:
    found = varied(*asked, draws=4, seed=seed, solve=solve)
    tried = varied(*asked, draws=4, seed=seed)
    assert found.unproven == 0
    assert np.allclose(found.cost, tried.cost)
