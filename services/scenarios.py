"""Scenarios: plans kept under a name, to be opened again and held against each other.

Each is a folder beside the shelf of registers: a card with its name and day, and the plan as it
was found.
"""

from __future__ import annotations

import json
import pickle
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from planning.errors import PlannerError, StoreError
from services.rollout_values import RolloutPlan
from services.shelf import shelf_here

_KEY: Final = re.compile(r"[0-9a-f]{16}")
_CARD: Final = "scenario.json"
_PLAN: Final = "plan.pickle"
_FORM: Final = 1
"""Changed whenever a plan of an older program could not be read any more."""
MOST_LETTERS: Final = 120

FIGURES: Final = ("villages", "people", "households", "minority_share", "km", "cost_vnd", "gap")
"""Totals held against each other."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A plan that was kept.

    Attributes
    ----------
    key : str
    name : str
        As people call it.
    saved_at : datetime
        With time zone.
    province, data_hash : str
        What it was planned on.
    illustrative : bool
    plan_hash : str
    villages : int
    cost_vnd : float
    """

    key: str
    name: str
    saved_at: datetime
    province: str
    data_hash: str
    illustrative: bool
    plan_hash: str
    villages: int
    cost_vnd: float


@dataclass(frozen=True, eq=False)
class ScenarioComparison:
    """Two plans side by side.

    Attributes
    ----------
    villages : DataFrame
        One row per village that either plan looked at: ``village_id``, ``village``, ``district``,
        ``people``, ``status`` (``"both"``, ``"only_a"``, ``"only_b"`` or ``"neither"``),
        ``technology_a``, ``technology_b``, ``wave_a``, ``wave_b``, ``cost_a_vnd``, ``cost_b_vnd``
        (its own connection) and ``cost_difference_vnd`` (b less a, one that is not connected
        costing nothing). What differs comes first.
    totals : DataFrame
        One row per figure of :data:`FIGURES`: ``figure``, ``a``, ``b``, ``difference``.
    same_data : bool
        Whether both were planned on the same register.
    """

    villages: pd.DataFrame
    totals: pd.DataFrame
    same_data: bool


def save(name: str, plan: RolloutPlan, now: datetime) -> Scenario:
    """Keep a plan.

    Parameters
    ----------
    name : str
    plan : RolloutPlan
    now : datetime
        With time zone.

    Raises
    ------
    StoreError
        ``error-scenario-name`` without a name.
    PlannerError
        If it cannot be written; nothing is left behind.
    """
    called = " ".join(name.split())[:MOST_LETTERS]
    if not called:
        raise StoreError("error-scenario-name")
    card = {
        "form": _FORM,
        "name": called,
        "saved_at": now.isoformat(),
        "province": plan.province,
        "data_hash": plan.data_hash,
        "illustrative": plan.illustrative,
        "plan_hash": plan.totals.plan_hash,
        "villages": plan.totals.villages,
        "cost_vnd": plan.totals.cost_vnd,
    }
    key = secrets.token_hex(8)
    folder, scratch = _home() / key, _home() / f".{key}.part"
    try:
        scratch.mkdir(parents=True)
        (scratch / _PLAN).write_bytes(pickle.dumps(plan))
        (scratch / _CARD).write_text(json.dumps(card, ensure_ascii=False), encoding="utf-8")
        scratch.rename(folder)
    except OSError as problem:
        raise PlannerError("error-export-write", path=str(folder)) from problem
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return _scenario(key, card)


def list_saved() -> tuple[Scenario, ...]:
    """Return the plans kept, the newest first; torn ones and those of older forms are left out."""
    if not _home().is_dir():
        return ()
    found = [_card(folder) for folder in _home().iterdir() if _KEY.fullmatch(folder.name)]
    kept = [one for one in found if one is not None]
    return tuple(sorted(kept, key=lambda one: (one.saved_at, one.key), reverse=True))


def load(key: str) -> RolloutPlan:
    """Open a plan that was kept.

    Raises
    ------
    StoreError
        ``error-scenario-unknown`` if there is none with this key, or it cannot be read any more.
    """
    folder = _home() / key
    if not _KEY.fullmatch(key) or _card(folder) is None:
        raise StoreError("error-scenario-unknown", got=key)
    try:
        # Written by this program into the installation's own folder, never an uploaded file.
        plan = pickle.loads((folder / _PLAN).read_bytes())  # noqa: S301
    except (OSError, pickle.UnpicklingError, AttributeError, ImportError, EOFError) as problem:
        raise StoreError("error-scenario-unknown", got=key) from problem
    if not isinstance(plan, RolloutPlan):
        raise StoreError("error-scenario-unknown", got=key)
    return plan


def remove(key: str) -> None:
    """Give up a plan; one that is not there is gone already."""
    if _KEY.fullmatch(key):
        shutil.rmtree(_home() / key, ignore_errors=True)


def compare(a: RolloutPlan, b: RolloutPlan) -> ScenarioComparison:
    """Put two plans side by side, village by village."""
    carried = ["village_id", "village", "district", "people"]
    known = pd.concat([a.villages[carried], b.villages[carried]])
    table = known.drop_duplicates("village_id").reset_index(drop=True)
    ids = pd.Index(table["village_id"])
    one, other = (plan.villages.set_index("village_id").reindex(ids) for plan in (a, b))
    in_a, in_b = (_is_in(side) for side in (one, other))
    cost_a, cost_b = (
        np.where(is_in, side["connection_cost_vnd"].to_numpy(dtype=np.float64), np.nan)
        for is_in, side in ((in_a, one), (in_b, other))
    )
    status = np.select([in_a & in_b, in_a, in_b], ["both", "only_a", "only_b"], "neither")
    table = table.assign(
        status=status,
        technology_a=one["technology"].to_numpy(dtype=object),
        technology_b=other["technology"].to_numpy(dtype=object),
        wave_a=one["wave"].to_numpy(dtype=object),
        wave_b=other["wave"].to_numpy(dtype=object),
        cost_a_vnd=cost_a,
        cost_b_vnd=cost_b,
        cost_difference_vnd=np.nan_to_num(cost_b) - np.nan_to_num(cost_a),
    )
    first = table["status"].map({"only_a": 0, "only_b": 1, "both": 2, "neither": 3})
    order = np.lexsort((ids.to_numpy(dtype=str), first.to_numpy()))
    return ScenarioComparison(
        villages=table.iloc[order].reset_index(drop=True),
        totals=_totals(a, b),
        same_data=a.data_hash == b.data_hash,
    )


def _is_in(side: pd.DataFrame) -> np.ndarray:
    return np.array([value is True or value == 1 for value in side["is_connected"]], np.bool_)


def _totals(a: RolloutPlan, b: RolloutPlan) -> pd.DataFrame:
    rows = []
    for figure in FIGURES:
        one, other = getattr(a.totals, figure), getattr(b.totals, figure)
        known = one is not None and other is not None
        rows.append(
            {"figure": figure, "a": one, "b": other, "difference": other - one if known else None}
        )
    return pd.DataFrame(rows)


def _home() -> Path:
    return shelf_here().home / "scenarios"


def _card(folder: Path) -> Scenario | None:
    try:
        card = json.loads((folder / _CARD).read_text(encoding="utf-8"))
        return _scenario(folder.name, card) if card["form"] == _FORM else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _scenario(key: str, card: Mapping[str, Any]) -> Scenario:
    return Scenario(
        key=key,
        name=str(card["name"]),
        saved_at=datetime.fromisoformat(card["saved_at"]),
        province=str(card["province"]),
        data_hash=str(card["data_hash"]),
        illustrative=bool(card["illustrative"]),
        plan_hash=str(card["plan_hash"]),
        villages=int(card["villages"]),
        cost_vnd=float(card["cost_vnd"]),
    )
