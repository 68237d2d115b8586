"""What a way of planning finds, before it is told as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from planning.columns import BoolArray, FloatArray, IntArray
from planning.costs import CostBook
from services.province import Province
from services.rollout_cohort import Cohort
from services.rollout_costs import EdgeCosts
from services.rollout_limits import Limits
from services.rollout_network import Site
from services.rollout_values import Conflict, RolloutQuestion

Told: TypeAlias = Callable[[str, float, float | None, float | None], bool]
"""Told of the phase, seconds, best value and bound; answers whether to go on."""

REASON_COLUMNS: Final = (
    "replacement_cost_vnd",
    "enters_at_vnd",
    "needed_budget_vnd",
    "reason",
    "reason_values",
    "alternates",
)


CONDITION_COLUMNS: Final = (
    "key", "name", "asked", "attained", "attained_without", "price_low_vnd", "price_high_vnd",
    "price_low_score", "price_high_score", "comes_in", "goes_out",
)  # fmt: skip


def no_conditions() -> pd.DataFrame:
    """Return a table of side conditions without one."""
    return pd.DataFrame({name: [] for name in CONDITION_COLUMNS})


@dataclass(frozen=True, eq=False)
class Setting:
    """Everything a question is answered from."""

    province: Province
    question: RolloutQuestion
    cohort: Cohort
    site: Site
    limits: Limits
    book: CostBook
    edge_costs: EdgeCosts
    has_grid: BoolArray
    """Of the villages of the network."""


@dataclass(frozen=True, eq=False)
class Draft:
    """An answer in arrays.

    Attributes
    ----------
    technology : ndarray of object, shape (n,)
        Of each cohort row: ``"fibre"``, ``"mast"``, ``"satellite"`` or ``None``.
    edges : ndarray of int
        Edges of the network laid, ascending.
    own_cost : ndarray of float, shape (n,)
        What is spent in the village alone: equipment, or satellite terminals; 0 where nothing is.
    sites : DataFrame
        Masts: ``site_id``, ``lon``, ``lat``, ``kind``, ``cost_vnd`` (without link), ``serves``
        (tuple of ids), ``station_id``, ``station_lon``, ``station_lat``, ``link_km``,
        ``link_cost_vnd``.
    cost, prize : float
    bound, prize_bound : float or None
        Of the cost without a budget, of the prize with one.
    proven : bool
    gap, seconds : float
    method : str
    checks : tuple of dict
        What was checked, as JSON can hold it.
    plan_hash, problem_hash : str
    reasons : DataFrame, n rows
        :data:`REASON_COLUMNS`.
    baselines : tuple of dict
    conditions : DataFrame
    conflict : Conflict or None
    """

    technology: np.ndarray
    edges: IntArray
    own_cost: FloatArray
    sites: pd.DataFrame
    cost: float
    prize: float
    bound: float | None
    prize_bound: float | None
    proven: bool
    gap: float
    seconds: float
    method: str
    checks: tuple[Mapping[str, Any], ...]
    plan_hash: str
    problem_hash: str
    reasons: pd.DataFrame
    baselines: tuple[Mapping[str, Any], ...] = ()
    conditions: pd.DataFrame = field(default_factory=no_conditions)
    conflict: Conflict | None = None

    @property
    def is_served(self) -> BoolArray:
        """Which cohort rows the plan serves, shape (n,)."""
        return np.array([one is not None for one in self.technology], dtype=np.bool_)


SITE_COLUMNS: Final = (
    "site_id", "lon", "lat", "kind", "cost_vnd", "serves",
    "station_id", "station_lon", "station_lat", "link_km", "link_cost_vnd",
)  # fmt: skip


def no_sites() -> pd.DataFrame:
    """Return a table of masts without one."""
    return pd.DataFrame({name: [] for name in SITE_COLUMNS})
