"""Answer ``gap-planner plan``: solve, write, print, or say why there is no plan."""

from __future__ import annotations

from typing import NoReturn

import typer

from cli.output import print_json, say
from cli.plan_account import (
    as_json,
    print_conflict,
    print_curve,
    print_draws,
    print_plan,
    print_villages_csv,
    write_curve,
)
from cli.plan_progress import Progress
from cli.plan_question import read_question
from cli.plan_typed import Typed, Wanted
from cli.plan_words import summary_line
from i18n import Translator
from services.province import Province
from services.rollout import robustness, roll_out, trace_costs
from services.rollout_export import PLAN_FILES, write_plan
from services.rollout_values import RolloutPlan

EXIT_NO_PLAN = 1


def answer(province: Province, typed: Typed, wanted: Wanted, words: Translator) -> None:
    """Answer a question.

    Raises
    ------
    PlannerError
        For what cannot be asked or was not found in time.
    typer.Exit
        With status 1, where no plan keeps every limit.
    """
    question = read_question(typed, province)
    progress = Progress(words)
    plan = roll_out(province, question, watch=progress)
    if plan.conflict is not None:
        progress.clear()
        _refuse(plan, wanted, words)
    curve = draws = None
    if wanted.frontier:
        curve = trace_costs(province, question, watch=progress)
    if wanted.robust:
        draws = robustness(province, question, wanted.robust, watch=progress)
    progress.clear()
    if wanted.out is not None:
        files = write_plan(plan, wanted.out, tuple(PLAN_FILES), words)
        if curve is not None:
            files.append(write_curve(curve, wanted.out, illustrative=plan.illustrative))
        if wanted.format == "table":
            if plan.illustrative:
                say(words("illustrative-long"))
            say(summary_line(plan, words))
            names = ", ".join(file.name for file in files)
            say(words("cli-plan-written", files=names, folder=str(wanted.out)))
    if wanted.format == "json":
        print_json(as_json(plan, curve, draws))
        return
    if wanted.format == "csv":
        print_villages_csv(plan)
        return
    if wanted.out is None:
        print_plan(plan, words)
    if curve is not None:
        print_curve(curve, plan.question.connect or plan.totals.villages, words)
    if draws is not None:
        print_draws(draws, words)


def _refuse(plan: RolloutPlan, wanted: Wanted, words: Translator) -> NoReturn:
    """Explain why there is no plan, and end with a status that says so."""
    if wanted.format == "json":
        print_json(as_json(plan, None, None))
    print_conflict(plan, words)
    if wanted.out is not None:
        say(words("cli-plan-conflict-unwritten"), error=True)
    raise typer.Exit(EXIT_NO_PLAN)
