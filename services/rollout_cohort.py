"""Whom a roll-out is for: the villages that lack the service, in order of rank, and how many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planning.columns import BoolArray, FloatArray, float_column
from planning.errors import PlannerError
from planning.gaps import gap_status
from planning.targets import assess_target
from planning.vocabulary import Lane, Target
from services.prioritise import Question, measure, prioritise
from services.province import Province
from services.rollout_values import RolloutQuestion
from services.serving import at_commune_centre


@dataclass(frozen=True, eq=False)
class Cohort:
    """The villages that lack the service.

    Attributes
    ----------
    table : DataFrame, n rows
        In order of rank: ``village_id``, ``village``, ``commune``, ``unit``, ``district``,
        ``district_code``, ``people``, ``households``, ``minority_share``, ``score``, ``rank``,
        ``lon``, ``lat`` (NaN for a village known only by its commune's centre), ``lane``.
    remaining : int
        Villages the target still lacks; all of the cohort without a target.
    target : Target or None
    """

    table: pd.DataFrame
    remaining: int
    target: Target | None

    def __len__(self) -> int:
        """Return the number of villages."""
        return len(self.table)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in order of rank."""
        return tuple(self.table["village_id"].astype(str))

    @property
    def people(self) -> FloatArray:
        """People of each village; one not known counts none."""
        return np.nan_to_num(float_column(self.table["people"]))

    @property
    def minority_people(self) -> FloatArray:
        """People of ethnic minorities; a share not known counts none."""
        return self.people * np.nan_to_num(float_column(self.table["minority_share"]))

    @property
    def waits_for_power(self) -> BoolArray:
        """Which villages are in the lane power-first."""
        return np.asarray(self.table["lane"] == Lane.POWER_FIRST, dtype=np.bool_)

    def prizes(self, aim: str) -> FloatArray:
        """Return what each village counts towards an aim."""
        if aim == "people":
            return self.people
        if aim == "villages":
            return np.ones(len(self))
        return np.nan_to_num(float_column(self.table["score"]))


def find_target(province: Province, target_id: str) -> Target:
    """Return a target of a province.

    Raises
    ------
    PlannerError
        ``error-plan-target`` with the ids there are.
    """
    for target in province.targets:
        if target.target_id == target_id:
            return target
    known = ", ".join(target.target_id for target in province.targets) or "–"
    raise PlannerError("error-plan-target", got=target_id, expected=known)


def find_cohort(province: Province, question: RolloutQuestion) -> Cohort:
    """Find the villages a plan may connect.

    Raises
    ------
    PlannerError
        If the target is not known, the day lies before the first observation, or no village lacks
        the service.
    """
    if question.as_of < province.baseline:
        raise PlannerError("error-too-early", date=question.as_of, first=province.baseline)
    target = None if question.target_id is None else find_target(province, question.target_id)
    gap = question.gap
    asked = Question(gap, question.as_of, route_factor=question.route_factor, draws=0)
    ranking = prioritise(measure(province, gap, question.as_of), asked)
    rows, ranked = ranking.register_rows, ranking.table
    remaining = len(rows)
    if target is not None:
        cohort = province.cohort_of(target).to_numpy()
        status = gap_status(province.states(question.as_of), gap)
        remaining = assess_target(target, cohort, status, question.as_of).remaining
        ranked, rows = ranked[cohort[rows]], rows[cohort[rows]]
    if not len(rows):
        raise PlannerError("error-plan-nobody")
    points = province.villages.geometry.iloc[rows]
    unplaced = at_commune_centre(province)[rows]
    table = pd.DataFrame(
        {
            "village_id": ranked["village_id"].astype(str),
            "village": ranked["name"],
            "commune": ranked["commune"],
            "unit": ranked["unit"],
            "district": ranked["district"],
            "district_code": ranked["district_code"],
            "people": ranked["people"],
            "households": ranked["households"],
            "minority_share": ranked["minority_share"],
            "score": ranked["total"],
            "rank": ranked["rank"],
            "lon": np.where(unplaced, np.nan, points.x.to_numpy()),
            "lat": np.where(unplaced, np.nan, points.y.to_numpy()),
            "lane": ranked["lane"],
        }
    ).reset_index(drop=True)
    return Cohort(table=table, remaining=remaining, target=target)
