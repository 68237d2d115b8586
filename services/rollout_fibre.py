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
from services.rollout_draft import CONDITION_COLUMNS, Draft, Setting, Told, no_sites
from services.rollout_limits import conditions_of
from services.rollout_reach import within_reach
from services.rollout_reasons import explain_villages
from services.rollout_refusals import told_conflict
from services.rollout_values import FIBRE, Conflict, ConflictLine

CANNOT_ASK: Final = ("error-plan-arrays", "error-plan-time")
"""Errors of the solver that say nothing of the question's limits."""
POWER_BAR: Final = "plan-reason-power"
REACH_BAR: Final = "plan-reason-reach"
HARD_BARS: Final = ("plan-reason-no-position", "plan-reason-no-way", POWER_BAR)
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


def fibre_problem(
    setting: Setting, *, with_hard_bars: bool = True, is_reach_hard: bool = False
) -> Problem:
    """Put a question as a tree problem.

    Parameters
    ----------
    setting : Setting
    with_hard_bars : bool
        Whether villages that no limit can let in are terminals, forbidden ones; without them they
        are none at all, so that a conflict does not name them.
    is_reach_hard : bool
        Whether a village beyond reach by its shortest way is one of those.
    """
    question, limits, site = setting.question, setting.limits, setting.site
    network, rows = site.network.network, site.row_of_village
    kinds = (*HARD_BARS, REACH_BAR) if is_reach_hard else HARD_BARS
    hard = [at for at, bar in limits.bars.items() if bar.message in kinds]
    barred = [*limits.bars]
    is_terminal = np.ones(len(rows), np.bool_)
    if not with_hard_bars:
        is_terminal = ~np.isin(rows, hard)
        barred = [at for at in barred if at not in {*hard, *_rows_barred(setting, REACH_BAR)}]
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
    seconds = min(10.0, setting.question.time_limit_s)
    problem = fibre_problem(setting, with_hard_bars=False)
    lines: list[ConflictLine] = []
    try:
        found = conflicts.explain(problem, solve=within_reach, seconds_each=seconds)
    except PlanningError as error:
        if error.key != "error-plan-time" or not _rows_barred(setting, REACH_BAR):
            raise
        # Along the tree nobody could tell in time: villages beyond reach are then out for good.
        problem = fibre_problem(setting, with_hard_bars=False, is_reach_hard=True)
        found = conflicts.explain(problem, solve=within_reach, seconds_each=seconds)
        lines.append(_reach_line(setting))
    if _rows_barred(setting, POWER_BAR) and _is_possible(_with_power(setting), seconds):
        count = len(_rows_barred(setting, POWER_BAR))
        lines.append(ConflictLine("conflict-power", {"count": count}, is_enough=True))
    conflict = told_conflict(setting, found, lines)
    if found.plan is not None:
        return conflict, found.relaxed, found.plan
    relaxed = replace(
        found.relaxed, quota=0, budget=None, conditions=(), locked=np.empty(0, np.int64)
    )
    return conflict, relaxed, within_reach(relaxed)


def _rows_barred(setting: Setting, message: str) -> list[int]:
    return [at for at, bar in setting.limits.bars.items() if bar.message == message]


def _reach_line(setting: Setting) -> ConflictLine:
    """Return the reach as a limit: at least the one that enough villages are within."""
    asked = setting.question.reach_m or 0.0
    is_open = setting.limits.is_open(len(setting.cohort))
    is_open[_rows_barred(setting, REACH_BAR)] = True
    ways = np.sort(setting.limits.least_cable_m[is_open])
    enough = min(setting.limits.connect, len(ways))
    nearest = float(ways[enough - 1]) if enough else asked
    return ConflictLine(
        "conflict-reach",
        {"asked": asked / 1000.0, "nearest": math.ceil(nearest / 100.0) / 10.0},
        asked,
        nearest,
    )


def _with_power(setting: Setting) -> Setting:
    waiting = set(_rows_barred(setting, POWER_BAR))
    bars = {at: bar for at, bar in setting.limits.bars.items() if at not in waiting}
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
