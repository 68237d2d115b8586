"""A roll-out of cable: the question put to the tree solver, its answer checked and explained."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from planning.columns import IntArray
from planning.errors import PlanningError
from planning.optimise import baselines, certificate, conflicts
from planning.optimise.asking import Solve
from planning.optimise.condition_price import price_of
from planning.optimise.problem import Problem, SolverProgress, SteinerPlan, Watch
from planning.optimise.question import checked
from planning.optimise.standing import stand
from planning.optimise.steiner import solve
from services.rollout_draft import CONDITION_COLUMNS, Draft, Setting, Told, no_sites
from services.rollout_limits import conditions_of
from services.rollout_reasons import explain_villages
from services.rollout_refusals import told_conflict
from services.rollout_values import FIBRE, Conflict

CANNOT_ASK: Final = ("error-plan-arrays", "error-plan-time")
"""Errors of the solver that say nothing of the question's limits."""
HARD_BARS: Final = ("plan-reason-no-position", "plan-reason-no-way", "plan-reason-power")
"""Bars that no limit of the tree problem stands for."""


def plan_fibre(setting: Setting, told: Told) -> Draft:
    """Answer a question of cable.

    Raises
    ------
    PlanningError
        If time was too short for any plan, or a plan did not pass its certificate.
    """
    question = setting.question
    problem = fibre_problem(setting)
    asked = within_reach
    conflict = None
    try:
        plan = asked(
            problem,
            time_limit_s=question.time_limit_s,
            gap=question.gap_allowed,
            watch=telling(told, "search", is_budget=problem.budget is not None),
        )
    except PlanningError as error:
        if error.key in CANNOT_ASK:
            raise
        told("conflict", 0.0, None, None)
        conflict, problem, plan = _nearest(setting)
    proof = certificate.certified(plan, problem)
    reasons = explain_villages(setting, problem, plan, asked, told)
    technology = np.full(len(setting.cohort), None, dtype=object)
    in_plan = np.isin(setting.site.network.network.villages, plan.terminals)
    rows = setting.site.row_of_village[in_plan]
    technology[rows] = FIBRE
    own = np.zeros(len(setting.cohort))
    own[rows] = setting.edge_costs.equipment[in_plan]
    is_budget = problem.budget is not None
    return Draft(
        technology=technology,
        edges=plan.edges,
        own_cost=own,
        sites=no_sites(),
        cost=plan.cost,
        prize=plan.prize,
        bound=None if is_budget else plan.bound,
        prize_bound=plan.bound if is_budget else None,
        proven=plan.proven,
        gap=plan.gap,
        seconds=plan.seconds,
        method=plan.method,
        checks=tuple(one.as_dict() for one in proof.checks),
        plan_hash=proof.plan_hash,
        problem_hash=proof.problem_hash,
        reasons=reasons,
        baselines=tuple(_beside(setting, problem, plan)) if conflict is None else (),
        conditions=_priced(problem, plan, asked),
        conflict=conflict,
    )


def fibre_problem(setting: Setting, *, with_hard_bars: bool = True) -> Problem:
    """Put a question as a tree problem.

    Parameters
    ----------
    setting : Setting
    with_hard_bars : bool
        Whether villages that no limit can let in are terminals, forbidden ones; without them they
        are none at all, so that a conflict does not name them.
    """
    question, limits, site = setting.question, setting.limits, setting.site
    network, rows = site.network.network, site.row_of_village
    hard = [at for at, bar in limits.bars.items() if bar.message in HARD_BARS]
    barred = [*limits.bars]
    is_terminal = np.ones(len(rows), np.bool_)
    if not with_hard_bars:
        is_terminal = ~np.isin(rows, hard)
        by_reach = [at for at, bar in limits.bars.items() if bar.message == "plan-reason-reach"]
        barred = [at for at in barred if at not in {*hard, *by_reach}]
    rows, nodes = rows[is_terminal], network.villages[is_terminal]
    problem = checked(
        n_nodes=network.n_nodes,
        edges=network.edges,
        costs=setting.edge_costs.total,
        roots=network.roots,
        terminals=nodes,
        quota=limits.connect,
        prizes=setting.cohort.prizes(question.aim)[rows],
        budget=question.budget_vnd,
        locked=nodes[np.isin(rows, limits.decided)],
        forbidden=nodes[np.isin(rows, barred)],
    )
    return replace(
        problem,
        conditions=conditions_of(question, setting.cohort, rows),
        lengths_m=network.lengths_m,
        reach_m=question.reach_m,
    )


def within_reach(
    question: Problem,
    /,
    *,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    watch: Watch | None = None,
) -> SteinerPlan:
    """Solve a problem; where the plan without a limit of reach keeps it, that is the answer.

    Leaving a limit out only lets more plans in, so the best of all that keeps the limit is the
    best of those that do. Nearly always the cheapest cable is short, and the limit costs nothing.
    """
    if question.reach_m is None or not len(question.roots):
        free = replace(question, reach_m=None)
        return solve(free, time_limit_s=time_limit_s, gap=gap, watch=watch)
    free = replace(question, reach_m=None)
    plan = solve(free, time_limit_s=time_limit_s, gap=gap, watch=watch)
    tree = stand(plan.edges, plan.terminals, question)
    if tree.longest_way(question.lengths_m, plan.terminals) <= question.reach_m * (1 + 1e-9):
        return plan
    return solve(question, time_limit_s=time_limit_s, gap=gap, watch=watch)


def telling(told: Told, phase: str, *, is_budget: bool = False) -> Watch:
    """Return a solver's watch that passes on what it hears.

    Within a budget the solver counts prizes as negative costs.
    """

    def watch(progress: SolverProgress) -> bool:
        value, bound = progress.value, progress.bound
        if is_budget:
            value = None if value is None else -value
            bound = None if bound is None else -bound
        return told(phase, progress.seconds, value, bound)

    return watch


def _nearest(setting: Setting) -> tuple[Conflict, Problem, SteinerPlan]:
    """Explain why there is no plan, and plan what is nearest."""
    problem = fibre_problem(setting, with_hard_bars=False)
    seconds = min(10.0, setting.question.time_limit_s)
    found = conflicts.explain(problem, solve=within_reach, seconds_each=seconds)
    would_power_help = False
    if any(bar.message == "plan-reason-power" for bar in setting.limits.bars.values()):
        would_power_help = _is_possible(_with_power(setting), seconds)
    conflict = told_conflict(setting, found, would_power_help=would_power_help)
    plan = found.plan
    if plan is None:
        relaxed = replace(
            found.relaxed, quota=0, budget=None, conditions=(), locked=np.empty(0, np.int64)
        )
        return conflict, relaxed, within_reach(relaxed)
    return conflict, found.relaxed, plan


def _with_power(setting: Setting) -> Setting:
    bars = {
        at: bar for at, bar in setting.limits.bars.items() if bar.message != "plan-reason-power"
    }
    return replace(setting, limits=replace(setting.limits, bars=bars))


def _is_possible(setting: Setting, seconds: float) -> bool:
    problem = fibre_problem(setting, with_hard_bars=False)
    try:
        if problem.budget is None:
            within_reach(problem, time_limit_s=seconds, gap=1.0)
            return True
        cheapest = within_reach(replace(problem, budget=None), time_limit_s=seconds)
    except PlanningError:
        return False
    return cheapest.cost <= problem.budget


def _beside(
    setting: Setting, problem: Problem, plan: SteinerPlan
) -> list[dict[str, Any]]:  # fmt: skip
    """Return what simpler ways make of the question, the plan first."""
    order = np.argsort(setting.site.row_of_village, kind="stable").astype(np.int64)
    ways: dict[str, Callable[[], SteinerPlan | None]] = {
        "plan": lambda: plan,
        "rank_order": lambda: baselines.rank_order(problem, order),
    }
    ways |= {
        name: (lambda way=way: way(problem))  # type: ignore[misc]
        for name, way in baselines.BASELINES.items()
    }
    lines = []
    for name, way in ways.items():
        found = way()
        if found is not None:
            lines.append(_line(setting, problem, name, found))
    return lines


def _line(setting: Setting, problem: Problem, name: str, plan: SteinerPlan) -> dict[str, Any]:
    is_in = np.isin(problem.terminals, plan.terminals)
    people = setting.cohort.people[setting.site.row_of_village]
    keeps = all(
        condition.coefficients[is_in].sum() >= condition.least - 1e-9
        for condition in problem.conditions
    )
    return {
        "name": name,
        "message": "baseline-" + name.replace("_", "-"),
        "villages": int(is_in.sum()),
        "people": int(people[is_in].sum()),
        "km": math.fsum(setting.site.network.network.lengths_m[plan.edges]) / 1000.0,
        "cost_vnd": plan.cost,
        "score": plan.prize,
        "keeps_conditions": keeps,
    }


def _priced(problem: Problem, plan: SteinerPlan, asked: Solve) -> pd.DataFrame:
    """Return the side conditions with their prices."""
    lines = []
    for at, condition in enumerate(problem.conditions):
        price = price_of(problem, at, plan, solve=asked, time_limit_s=20.0)
        is_money = problem.budget is None
        lines.append(
            {
                "key": condition.key,
                "name": str(condition.values.get("name", "")),
                "asked": float(condition.values.get("share", condition.least)),
                "attained": _attained(problem, at, plan.terminals),
                "attained_without": None
                if price is None
                else _attained(problem, at, price.without_it.terminals),
                "price_low_vnd": price.low if price is not None and is_money else None,
                "price_high_vnd": price.high if price is not None and is_money else None,
                "price_low_score": price.low if price is not None and not is_money else None,
                "price_high_score": price.high if price is not None and not is_money else None,
                "comes_in": () if price is None else tuple(price.comes_in.tolist()),
                "goes_out": () if price is None else tuple(price.goes_out.tolist()),
            }
        )
    return pd.DataFrame(lines, columns=list(CONDITION_COLUMNS))


def _attained(problem: Problem, at: int, terminals: IntArray) -> float:
    """Return the share, or the number, that some terminals come to under a condition."""
    condition = problem.conditions[at]
    is_in = np.isin(problem.terminals, terminals)
    whole = getattr(condition, "whole", None)
    if whole is None or not len(whole):
        return float(condition.coefficients[is_in].sum())
    total = float(whole[is_in].sum())
    return float(condition.part[is_in].sum()) / total if total > 0 else 1.0  # type: ignore[attr-defined]
