"""Forecast: whether a target will be met, what to expect, and what would make it safe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from geo.forecast_book import read_assumptions
from planning.columns import FloatArray, each_row
from planning.forecast.outlook import PERCENTILES, Outlook, Workload, month_ends
from planning.forecast.pace import pace_forecast
from planning.forecast.securing import SAFE, Remedy, smallest_changes
from planning.forecast.standing import standings
from planning.forecast_assumptions import Assumptions
from planning.gaps import assign_lanes, gap_status
from planning.targets import Progress, assess_target
from planning.vocabulary import GAP_SERVICE, GapStatus, Lane, Target
from services.province import Province
from services.rollout_values import RolloutPlan

AT_RISK_BELOW: Final = 0.8
"""A target is called at risk below this probability; our choice."""
_MOST_DAYS: Final = 40
"""Recorded days looked back over."""
_QUARTERS: Final = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}


class Stage(StrEnum):
    """Where a target stands in time."""

    NOT_SET = "not_set"
    OPEN = "open"
    PAST = "past"


@dataclass(frozen=True, eq=False)
class Forecast:
    """What to expect of a target.

    Attributes
    ----------
    target : Target
    as_of : date
    stage : Stage
        Only an ``OPEN`` target has a forecast; of a past one the published result, or that there
        is none, is all there is to say.
    progress : Progress
        What is verified.
    met : float or None
        Probability that the target is met at its deadline.
    low, middle, high : int or None
        10th, 50th and 90th percentile of the count at the deadline, what is verified included.
    law : ndarray of float
        Probability of each count, 0 to the size of the cohort; empty without a forecast.
    villages : DataFrame
        ``village_id``, ``village``, ``commune``, ``district``, ``lane``, ``status``, ``since`` (NaT
        where nothing is reported), ``probability``; what is verified has 1.
    path : DataFrame
        ``day``, ``low``, ``middle``, ``high``: the percentiles at the ends of months.
    at_risk_since : date or None
        First of the recorded days from which ``met`` has stayed below :data:`AT_RISK_BELOW`.
    remedies : tuple of Remedy
        Smallest change of each kind; empty if safe, or not asked for.
    pace : float or None
        The naive forecast beside: the pace so far goes on.
    has_work : bool
        Whether any work on the cohort was reported; without it nothing is known but the lanes.
    illustrative : bool
    """

    target: Target
    as_of: date
    stage: Stage
    progress: Progress
    met: float | None
    low: int | None
    middle: int | None
    high: int | None
    law: FloatArray
    villages: pd.DataFrame
    path: pd.DataFrame
    at_risk_since: date | None
    remedies: tuple[Remedy, ...]
    pace: float | None
    has_work: bool
    illustrative: bool

    @property
    def is_safe(self) -> bool:
        """Whether the target is likelier met than :data:`SAFE`."""
        return self.met is not None and self.met >= SAFE


def shipped_assumptions() -> Assumptions:
    """Return the assumptions that ship with the product."""
    return read_assumptions(Path(str(resources.files("data"))) / "forecast.toml")


def assumptions_of(file: Path | None) -> Assumptions:
    """Return an office's own assumptions over the shipped ones.

    Raises
    ------
    DataError
        If the file has faults.
    """
    shipped = shipped_assumptions()
    return shipped if file is None else read_assumptions(file, over=shipped)


def forecast(
    province: Province,
    target: Target,
    as_of: date,
    *,
    assumptions: Assumptions | None = None,
    not_before: Mapping[str, date] | None = None,
    with_remedies: bool = True,
) -> Forecast:
    """Say what to expect of a target from what is known on a day.

    Parameters
    ----------
    province : Province
    target : Target
    as_of : date
        Nothing recorded later is looked at.
    assumptions : Assumptions, optional
        The shipped ones by default.
    not_before : mapping of str to date, optional
        First day on which a plan lets building begin, by village (:func:`starts_of`).
    with_remedies : bool
        Whether to search for what would make the target safe; a second or two.
    """
    assumed = assumptions or shipped_assumptions()
    cohort = province.cohort_of(target).to_numpy()
    status = gap_status(province.states(as_of), target.gap)
    progress = assess_target(target, cohort, status, as_of)
    works = province.works
    service = str(GAP_SERVICE[target.gap])
    ids = province.villages["village_id"][cohort]
    own = works[(works["service"] == service) & works["village_id"].isin(ids)]
    has_work = bool((own["since"] <= pd.Timestamp(as_of)).any())
    stage = _stage(target, as_of)
    if stage is not Stage.OPEN:
        return Forecast(
            target, as_of, stage, progress, None, None, None, None, np.zeros(0), _no_villages(),
            _no_path(), None, (), None, has_work, province.illustrative,
        )  # fmt: skip
    outlook = _outlook(province, target, as_of, assumed, not_before or {})
    chances = outlook.chances()
    low, middle, high = (chances.percentile(share) for share in PERCENTILES)
    days = month_ends(as_of, target.deadline)
    gone, left = (as_of - target.cohort_on).days, (target.deadline - as_of).days
    return Forecast(
        target=target,
        as_of=as_of,
        stage=stage,
        progress=progress,
        met=chances.met,
        low=low,
        middle=middle,
        high=high,
        law=chances.law,
        villages=_villages(province, outlook.workload, chances.villages),
        path=pd.DataFrame(outlook.path(days), columns=["low", "middle", "high"]).assign(
            day=pd.to_datetime(list(days))
        ),
        at_risk_since=None
        if chances.met >= AT_RISK_BELOW
        else _at_risk_since(province, target, as_of, assumed, not_before or {}),
        remedies=smallest_changes(outlook) if with_remedies else (),
        pace=pace_forecast(progress.achieved, target.required, gone, left),
        has_work=has_work,
        illustrative=province.illustrative,
    )


def starts_of(plan: RolloutPlan) -> dict[str, date]:
    """Return the first day of the quarter a plan finishes each of its villages in."""
    starts = {}
    for village in each_row(plan.villages):
        if village.wave is not None and not pd.isna(village.wave):
            year, quarter = str(village.wave).split("-")
            starts[str(village.village_id)] = date(int(year), _QUARTERS[quarter], 1)
    return starts


def _stage(target: Target, as_of: date) -> Stage:
    if as_of < target.cohort_on:
        return Stage.NOT_SET
    return Stage.PAST if as_of > target.deadline else Stage.OPEN


def _outlook(
    province: Province,
    target: Target,
    as_of: date,
    assumptions: Assumptions,
    not_before: Mapping[str, date],
) -> Outlook:
    cohort = province.cohort_of(target).to_numpy()
    status = gap_status(province.states(as_of), target.gap)[cohort]
    villages = province.villages[cohort]
    lanes = assign_lanes(villages["grid_power"], villages["specially_difficult"])
    table = pd.DataFrame(
        {
            "village_id": villages["village_id"].astype(str).to_numpy(),
            "commune": villages["commune_code"].astype(str).to_numpy(),
            "is_done": status == GapStatus.SERVED,
            "lane": lanes,
        }
    )
    # Of two villages that are as far along the one that the plan has earlier is served first.
    table["start"] = [not_before.get(village, date.max) for village in table["village_id"]]
    table = table.sort_values(["start", "village_id"], kind="stable", ignore_index=True)
    own_lanes = tuple(Lane(lane) for lane in table["lane"])
    work = standings(
        province.works,
        pd.Index(table["village_id"]),
        list(own_lanes),
        GAP_SERVICE[target.gap],
        as_of,
    )
    workload = Workload(
        village_ids=tuple(table["village_id"]),
        is_done=table["is_done"].to_numpy(dtype=np.bool_),
        standings=tuple(work),
        lanes=own_lanes,
        contractors=tuple(str(lane if lane is Lane.OPERATOR else Lane.FUND) for lane in own_lanes),
        sites=tuple(table["commune"]),
        not_before=tuple(not_before.get(village) for village in table["village_id"]),
    )
    return Outlook(workload, assumptions, as_of, target.deadline, target.required)


def _villages(province: Province, workload: Workload, chances: FloatArray) -> pd.DataFrame:
    register = province.villages.set_index("village_id").loc[list(workload.village_ids)]
    return pd.DataFrame(
        {
            "village_id": list(workload.village_ids),
            "village": register["name"].to_numpy(),
            "commune": register["commune"].to_numpy(),
            "district": register["district"].to_numpy(),
            "lane": [str(lane) for lane in workload.lanes],
            "status": [str(standing.status) for standing in workload.standings],
            "since": pd.Series(
                [pd.Timestamp(one.since) if one.since else pd.NaT for one in workload.standings],
                dtype="datetime64[ns]",
            ),
            "is_done": workload.is_done,
            "probability": chances,
        }
    )


def _at_risk_since(
    province: Province,
    target: Target,
    as_of: date,
    assumptions: Assumptions,
    not_before: Mapping[str, date],
) -> date:
    """Return the first recorded day from which a target at risk has been so."""
    since = as_of
    for day in _recorded_days(province, target, as_of):
        before = _outlook(province, target, day, assumptions, not_before).chances().met
        if before >= AT_RISK_BELOW:
            break
        since = day
    return since


def _recorded_days(province: Province, target: Target, as_of: date) -> list[date]:
    """Return days on which something was recorded, from the target's day on, the last first."""
    service = str(GAP_SERVICE[target.gap])
    observed = province.observations
    reported = province.works
    days = pd.concat(
        [
            observed.loc[observed["service"] == service, "observed_on"],
            reported.loc[reported["service"] == service, "since"],
            pd.Series([pd.Timestamp(target.cohort_on)]),
        ]
    )
    between = {day.date() for day in days.dropna().unique()}
    wanted = sorted((day for day in between if target.cohort_on <= day < as_of), reverse=True)
    return wanted[:_MOST_DAYS]


def _no_villages() -> pd.DataFrame:
    names = (
        "village_id", "village", "commune", "district", "lane", "status", "since", "is_done",
        "probability",
    )  # fmt: skip
    return pd.DataFrame({name: [] for name in names})


def _no_path() -> pd.DataFrame:
    return pd.DataFrame({"low": [], "middle": [], "high": [], "day": pd.to_datetime([])})
