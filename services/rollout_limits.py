"""What limits a plan: who cannot be in it and why, who must, and the conditions on the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from planning.columns import BoolArray, FloatArray
from planning.errors import PlannerError
from planning.optimise.conditions import count_condition, share_condition
from planning.optimise.problem import Condition
from services.rollout_cohort import Cohort
from services.rollout_network import Site, least_cable_m
from services.rollout_values import RolloutQuestion


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a village is not in any plan; ``message`` is filled from ``values``."""

    message: str
    values: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Limits:
    """Limits by cohort row.

    Attributes
    ----------
    bars : mapping of int to Bar
        Rows that no plan may have.
    decided : tuple of int
        Rows that every plan has.
    connect : int
        Least number of villages.
    least_cable_m : ndarray of float, shape (n,)
        Shortest cable to each, NaN where there is no network to it.
    """

    bars: Mapping[int, Bar]
    decided: tuple[int, ...]
    connect: int
    least_cable_m: FloatArray

    def is_open(self, n: int) -> BoolArray:
        """Tell which rows a plan may have, shape (n,)."""
        is_open = np.ones(n, np.bool_)
        is_open[list(self.bars)] = False
        return is_open


def find_limits(question: RolloutQuestion, cohort: Cohort, site: Site) -> Limits:
    """Put the limits of a question to rows of the cohort.

    A village that is decided is not kept out for want of power: whoever decided it knows.

    Raises
    ------
    PlannerError
        ``error-plan-not-lacking`` for a decided or excluded village that is not in the cohort,
        ``error-plan-nowhere`` for a decided one without a position,
        ``error-plan-district`` for a district without a village in it.
    """
    row = {village: at for at, village in enumerate(cohort.ids)}
    for village in (*question.decided, *question.excluded):
        if village not in row:
            raise PlannerError("error-plan-not-lacking", village_id=village)
    codes = set(cohort.table["district_code"].dropna().astype(str))
    for code in question.min_per_district:
        if code not in codes:
            expected = ", ".join(sorted(codes))
            raise PlannerError("error-plan-district", got=code, expected=expected)
    decided = tuple(sorted({row[village] for village in question.decided}))
    cable = np.full(len(cohort), np.nan)
    cable[site.row_of_village] = least_cable_m(site.network)
    for at in decided:
        if np.isnan(cable[at]):
            raise PlannerError("error-plan-nowhere", village_id=cohort.ids[at])
    bars = _bars(question, cohort, cable, decided)
    bars |= {
        row[village]: Bar("plan-reason-excluded-why", {"why": why})
        if why.strip()
        else Bar("plan-reason-excluded", {})
        for village, why in question.excluded.items()
    }
    connect = question.connect
    if connect is None:
        is_all = cohort.target is None
        connect = len(cohort) - len(bars) if is_all else cohort.remaining
        connect = 0 if question.budget_vnd is not None else connect
    return Limits(bars, decided, connect, cable)


def _bars(
    question: RolloutQuestion, cohort: Cohort, cable: FloatArray, decided: tuple[int, ...]
) -> dict[int, Bar]:
    bars: dict[int, Bar] = {}
    reach, is_fibre = question.reach_m, question.technology == "fibre"
    waits = cohort.waits_for_power & (question.power_first == "later")
    for at in range(len(cohort)):
        if np.isnan(cable[at]):
            bars[at] = Bar("plan-reason-no-position", {})
        elif waits[at] and at not in decided:
            bars[at] = Bar("plan-reason-power", {})
        elif is_fibre and np.isinf(cable[at]):
            bars[at] = Bar("plan-reason-no-way", {})
        elif is_fibre and reach is not None and cable[at] > reach:
            said = {"km": round(float(cable[at]) / 1000, 1), "limit": round(reach / 1000, 1)}
            bars[at] = Bar("plan-reason-reach", said)
    return bars


def conditions_of(question: RolloutQuestion, cohort: Cohort, rows: np.ndarray) -> tuple[
    Condition, ...
]:  # fmt: skip
    """Return the side conditions, a coefficient for each of some rows of the cohort.

    Where people or the share of minorities are not known, people of minorities count none, so that
    the condition holds of what is known.
    """
    conditions: list[Condition] = []
    if question.min_minority_share is not None:
        conditions.append(
            share_condition(
                "minority_share",
                cohort.minority_people[rows],
                cohort.people[rows],
                question.min_minority_share,
            )
        )
    districts = cohort.table["district_code"].astype(str).to_numpy()
    names = cohort.table["district"].astype(str).to_numpy()
    for code, least in sorted(question.min_per_district.items()):
        is_member = districts == code
        name = str(names[is_member][0])
        conditions.append(count_condition("district", is_member[rows], least, name=name, code=code))
    return tuple(conditions)
