"""The tables of a plan's files, as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.export.plan_content import LINKS, REASONS, SITES, VILLAGES, PlanTable, plan_table
from i18n import Translator
from planning.columns import each_row
from planning.vocabulary import Lane
from services.rollout_export_columns import (
    COLUMNS,
    COMPARISON,
    CONDITIONS,
    COSTS,
    WAVES,
    export_column,
)
from services.rollout_values import RolloutPlan

_LEADING: Final = {VILLAGES: 3, LINKS: 3, SITES: 1, WAVES: 1, COSTS: 2, REASONS: 2, COMPARISON: 2}
_OPTIONAL: Final = frozenset({SITES, CONDITIONS, COMPARISON})
"""Tables that are left out where they have no rows."""


def plan_tables(plan: RolloutPlan, words: Translator) -> dict[str, PlanTable]:
    """Return the tables of a plan's files, in order.

    Parameters
    ----------
    plan : RolloutPlan
    words : Translator

    Returns
    -------
    dict of str to PlanTable
        Keys of :data:`COLUMNS`; masts, conditions and simpler ways only where there are any.
    """
    waves = wave_names(plan, words)
    frames = {
        VILLAGES: _villages(plan, words),
        LINKS: pd.DataFrame(plan.links.drop(columns="geometry")),
        SITES: _sites(plan),
        WAVES: _waves(plan),
        COSTS: _costs(plan, words),
        REASONS: _villages(plan, words),
        COMPARISON: _comparison(plan, words),
        CONDITIONS: _conditions(plan, words),
    }
    shapes = {
        VILLAGES: _points(plan.villages),
        LINKS: plan.links.geometry.to_numpy(),
        SITES: _points(plan.sites),
    }
    return {
        key: plan_table(
            key,
            words(f"planfile-sheet-{key}"),
            words(f"planfile-about-sheet-{key}"),
            [export_column(key, name, kind, waves, words) for name, kind in COLUMNS[key].items()],
            frame,
            shapes=shapes.get(key),
            leading=_LEADING.get(key, 1),
        )
        for key, frame in frames.items()
        if len(frame) or key not in _OPTIONAL
    }


def wave_names(plan: RolloutPlan, words: Translator) -> dict[str, str]:
    """Return every quarter of a plan and its name, first to last."""
    columns = (frame["wave"] for frame in (plan.waves, plan.villages, plan.links) if len(frame))
    found = {wave for column in columns for wave in column if isinstance(wave, str)}
    return {wave: say_wave(wave, words) for wave in sorted(found)}


def say_wave(wave: str, words: Translator) -> str:
    """Say a quarter, such as ``"2024-Q3"``."""
    year, _, quarter = wave.partition("-Q")
    return words("planfile-wave", year=year, quarter=quarter)


def village_names(plan: RolloutPlan) -> dict[str, str]:
    """Return the names of the villages of a plan by id."""
    named = zip(plan.villages["village_id"], plan.villages["village"], strict=True)
    return {str(key): str(name) for key, name in named if isinstance(name, str)}


def say_villages(ids: Iterable[str], names: Mapping[str, str]) -> str:
    """Name villages in a line; one without a name goes by its id."""
    return "; ".join(names.get(key, key) for key in ids)


def say_message(key: str, values: Mapping[str, Any], words: Translator) -> str:
    """Say a message whose ``difference`` is money or a number of the plan's aim."""
    said = dict(values)
    if "difference" in said:
        unit, amount = said.get("unit", "vnd"), float(said["difference"])
        number = words.number(amount, 3 if unit == "score" else 0)
        said["difference"] = words(f"planfile-difference-{unit}", amount=number)
    return words(key, **said)


def _villages(plan: RolloutPlan, words: Translator) -> pd.DataFrame:
    names = village_names(plan)
    rows = list(each_row(plan.villages))
    return plan.villages.rename(columns={"village": "name"}).assign(
        status=[_status(row, plan) for row in rows],
        reason=_texts([_reason(row, words) for row in rows], plan.villages),
        alternates=_texts(
            [say_villages(row.alternates or (), names) for row in rows], plan.villages
        ),
    )


def _texts(values: Sequence[str | None], beside: pd.DataFrame) -> pd.Series:
    """Return a column of any texts: one of pandas' own has no room for half a character."""
    return pd.Series(values, beside.index, dtype=object)


def _reason(row: Any, words: Translator) -> str | None:
    if not isinstance(row.reason, str):
        return None
    return say_message(row.reason, row.reason_values or {}, words)


def _status(row: Any, plan: RolloutPlan) -> str:
    question = plan.question
    if row.is_connected:
        return "decided" if row.village_id in question.decided else "chosen"
    if row.village_id in question.excluded:
        return "excluded"
    waits = question.power_first == "later" and row.lane == Lane.POWER_FIRST
    return "waits" if waits else "left_out"


def _sites(plan: RolloutPlan) -> pd.DataFrame:
    if not len(plan.sites):
        return _empty(SITES)
    names = village_names(plan)
    serves = [say_villages(ids, names) for ids in plan.sites["serves"]]
    return plan.sites.assign(serves=_texts(serves, plan.sites))


def _waves(plan: RolloutPlan) -> pd.DataFrame:
    if not len(plan.waves):
        return _empty(WAVES)
    return plan.waves.assign(
        km_total=plan.waves["km"].cumsum(), cost_total_vnd=plan.waves["cost_vnd"].cumsum()
    )


def _costs(plan: RolloutPlan, words: Translator) -> pd.DataFrame:
    if not len(plan.costs):
        return _empty(COSTS)
    units = zip(plan.costs["unit"], plan.costs["currency"], strict=True)
    return plan.costs.assign(
        cost=plan.costs["key"],
        name=[words(message) for message in plan.costs["message"]],
        unit=[words(f"cost-unit-{unit}", currency=currency or "") for unit, currency in units],
    )


def _comparison(plan: RolloutPlan, words: Translator) -> pd.DataFrame:
    ways = plan.baselines
    if not len(ways):
        return _empty(COMPARISON)
    return ways.assign(
        way=ways["name"],
        name=[words(message) for message in ways["message"]],
        keeps_conditions=ways.get("keeps_conditions"),
    )


def _conditions(plan: RolloutPlan, words: Translator) -> pd.DataFrame:
    asked = plan.conditions
    if not len(asked):
        return _empty(CONDITIONS)
    named = zip(asked["key"], asked["name"], strict=True)
    return asked.assign(
        condition=asked["key"],
        name=[
            words(f"planfile-condition-{key}", name=name if isinstance(name, str) else "")
            for key, name in named
        ],
    )


def _empty(table: str) -> pd.DataFrame:
    return pd.DataFrame({key: [] for key in COLUMNS[table]})


def _points(frame: pd.DataFrame) -> np.ndarray:
    if not len(frame):
        return np.zeros(0, dtype=object)
    places = frame[["lon", "lat"]].astype("float64").to_numpy()
    found = np.full(len(frame), None, dtype=object)
    known = np.isfinite(places).all(axis=1)
    found[known] = shapely.points(places[known])
    return found
