"""Why each village is in a plan or out of it, as columns of the table of villages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planning.columns import IntArray
from planning.optimise.asking import Solve, StepProgress
from planning.optimise.problem import Problem, SteinerPlan
from planning.optimise.reasons import Reason, ReasonKind, Reasons, explain
from services.rollout_draft import REASON_COLUMNS, Setting, Told

_MOST_ALTERNATES = 5
_MOST_SECONDS = 60.0
_MOST_SECONDS_OF_A_BUDGET = 20.0


def explain_villages(
    setting: Setting,
    problem: Problem,
    plan: SteinerPlan,
    solve: Solve,
    told: Told,
    *,
    nodes: IntArray | None = None,
) -> pd.DataFrame:
    """Explain a plan village by village.

    Parameters
    ----------
    setting : Setting
    problem : Problem
    plan : SteinerPlan
    solve : callable
    told : callable
    nodes : ndarray of int, shape (v,), optional
        Node of each village of the network in the problem; the network's own by default.

    Returns
    -------
    DataFrame, n rows
        One row per village of the cohort: :data:`~services.rollout_draft.REASON_COLUMNS`.
    """

    def watch(step: StepProgress) -> bool:
        return told("reasons", step.seconds, float(step.done), float(step.total))

    # Within a budget each village is a search of its own, and bounds say most of it early.
    seconds = _MOST_SECONDS if problem.budget is None else _MOST_SECONDS_OF_A_BUDGET
    found = explain(
        problem,
        plan,
        solve=solve,
        watch=watch,
        time_limit_s=seconds,
        gap=setting.question.gap_allowed,
    )
    if nodes is None:
        nodes = setting.site.network.network.villages
    row_of = dict(zip(nodes.tolist(), setting.site.row_of_village.tolist(), strict=True))
    ids = setting.cohort.ids
    told_rows: dict[int, dict[str, Any]] = {}
    for reason in found.of:
        at = row_of[reason.terminal]
        told_rows[at] = _told(setting, reason, found, at) | {
            "is_in": reason.is_in,
            "alternates": tuple(
                ids[row_of[node]]
                for node in (reason.comes_in if reason.is_in else reason.goes_out).tolist()
                if node in row_of
            )[:_MOST_ALTERNATES],
        }
    return barred_too(setting, told_rows)


def barred_too(setting: Setting, told_rows: dict[int, dict[str, Any]]) -> pd.DataFrame:
    """Return rows of reasons with what keeps villages out altogether."""
    rows = []
    for at in range(len(setting.cohort)):
        row = {**_NOTHING, **told_rows.get(at, {})}
        bar = setting.limits.bars.get(at)
        if bar is not None and not row.pop("is_in", False):
            row |= {"reason": bar.message, "reason_values": dict(bar.values)}
        rows.append(row)
    table = pd.DataFrame(rows, columns=list(REASON_COLUMNS))
    for name in REASON_COLUMNS[:3]:
        table[name] = table[name].astype("float64")
    return table


_NOTHING: dict[str, Any] = {
    "replacement_cost_vnd": None,
    "enters_at_vnd": None,
    "needed_budget_vnd": None,
    "reason": "plan-reason-none",
    "reason_values": {},
    "alternates": (),
}


def _told(setting: Setting, reason: Reason, reasons: Reasons, at: int) -> dict[str, Any]:
    difference = reason.high if np.isfinite(reason.high) else None
    is_money = not reasons.is_budget
    message = reason.message
    if difference is None and message in {"reason-chosen", "reason-left-out"}:
        message = "plan-reason-unknown"
    if reason.kind is ReasonKind.INDISPENSABLE and at in setting.limits.decided:
        message = f"reason-{ReasonKind.DECIDED}"
    unit = "vnd" if is_money else setting.question.aim
    values: dict[str, Any] = {} if difference is None else {"difference": difference, "unit": unit}
    if not reason.is_exact and difference is not None:
        values["at_least"] = max(reason.low, 0.0)
    return {
        "replacement_cost_vnd": difference if is_money and reason.is_in else None,
        "enters_at_vnd": difference if is_money and not reason.is_in else None,
        "needed_budget_vnd": reason.needed_budget,
        "reason": message,
        "reason_values": values,
    }
