"""How a plan is said on a terminal: money, reasons, conflicts, the whole in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from i18n import Translator
from i18n.money import say_vnd
from services.rollout_values import ConflictLine, RolloutPlan


def summary_line(plan: RolloutPlan, words: Translator) -> str:
    """Return a plan in a line: villages, people, minority share, km, money, proof and hash."""
    totals = plan.totals
    unknown = words("cli-plan-unknown")
    share = totals.minority_share
    is_best = totals.proven and totals.gap <= 1e-9
    return words(
        "cli-plan-summary",
        villages=totals.villages,
        people=unknown if totals.people is None else totals.people,
        minority=unknown if share is None else words.percent(share),
        km=words.number(totals.km, 1),
        cost=say_vnd(totals.cost_vnd, words),
        proof=words("cli-plan-proven")
        if is_best
        else words("cli-plan-gap", gap=words.percent(totals.gap, 2)),
        hash=totals.plan_hash[:12],
    )


def say_amount(value: Any, words: Translator) -> str:
    """Return a sum, a dash where there is none."""
    return "–" if value is None or pd.isna(value) else say_vnd(float(value), words)


def say_reason(message: str, values: Mapping[str, Any], words: Translator) -> str:
    """Return why a village is in or out."""
    said = dict(values)
    if "difference" in said:
        said["difference"] = say_worth(said["difference"], str(said.get("unit", "vnd")), words)
    return words(message, **said)


def say_worth(value: float, unit: str, words: Translator) -> str:
    """Return a difference in money, or in what a budget is to bring."""
    if unit == "vnd":
        return say_vnd(value, words)
    amount = words.number(value, 3 if unit == "score" else 0)
    return words(f"cli-plan-worth-{unit}", amount=amount)


def say_conflict(line: ConflictLine, words: Translator) -> str:
    """Return one of the limits in conflict, with its nearest value."""
    values = dict(line.values)
    if line.message == "conflict-budget":
        values["asked"] = say_amount(line.asked, words)
        values["nearest"] = say_amount(line.nearest, words)
    return words(line.message, **values)
