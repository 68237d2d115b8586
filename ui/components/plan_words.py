"""How a plan is said: quarters, money, what becomes of a village, why."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.display import display_text
from i18n import Translator
from i18n.money import say_vnd
from services.rollout_values import ConflictLine


def say_wave(wave: str | None, words: Translator) -> str:
    """Say a quarter, such as ``"2024-Q3"``; a plan's ``None`` is after the deadline."""
    if not isinstance(wave, str):
        return words("planpage-wave-never")
    year, _, number = wave.partition("-Q")
    return words("planpage-wave", year=year, number=number)


def say_money(amount: Any, words: Translator) -> str:
    """Say a sum in VND, a dash where there is none."""
    return "–" if amount is None or pd.isna(amount) else say_vnd(float(amount), words)


def say_km(km: float, words: Translator) -> str:
    """Say a length of cable."""
    return words("planpage-km", km=words.number(km, 0 if km >= 100 else 1))


def say_difference(value: float, base: float, words: Translator) -> str:
    """Say how much dearer or cheaper something is, in per cent."""
    if not base:
        return "–"
    share = value / base - 1.0
    if abs(share) < 0.0005:
        return words("planpage-same-cost")
    key = "planpage-dearer" if share > 0 else "planpage-cheaper"
    return words(key, share=words.percent(abs(share), 0 if abs(share) >= 0.1 else 1))


def say_reason(village: Any, words: Translator) -> str:
    """Say why a village is in the plan or out of it."""
    message = village.reason
    if not isinstance(message, str):
        return "–"
    values = dict(village.reason_values or {})
    if "difference" in values:
        unit = str(values.get("unit", "vnd"))
        exact = say_worth(values["difference"], unit, words)
        if "at_least" in values:
            least = say_worth(values["at_least"], unit, words)
            exact = words("planpage-between", low=least, high=exact)
        values["difference"] = exact
    return words(message, **_said(values))


def say_worth(value: float, unit: str, words: Translator) -> str:
    """Say a difference: money, or what a budget is to bring."""
    if unit == "vnd":
        return say_money(value, words)
    if unit == "score":
        return words("planpage-worth-score", amount=words.number(value, 3))
    return words(f"planpage-worth-{unit}", count=round(value))


def say_conflict(line: ConflictLine, words: Translator) -> str:
    """Say one of the limits in conflict."""
    values = _said(dict(line.values))
    if line.message == "conflict-budget":
        values["asked"] = say_money(line.asked, words)
        values["nearest"] = say_money(line.nearest, words)
    return words(line.message, **values)


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: display_text(value, 120) if isinstance(value, str) else value
        for name, value in values.items()
    }
