"""What a report to the leadership says, as figures: no words, no looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from planning.targets import Band, Progress
from planning.vocabulary import Gap, Lane
from services.assess import GapCount


@dataclass(frozen=True, slots=True)
class TargetForecast:
    """What a forecast made elsewhere says of one target; the report only prints it.

    Attributes
    ----------
    target_id : str
    expected, low, high : int
        Villages of the cohort with the service at the deadline: P50, P10 and P90.
    probability : float
        That the target is met, 0 to 1.
    """

    target_id: str
    expected: int
    low: int
    high: int
    probability: float


@dataclass(frozen=True, slots=True)
class PlanNote:
    """What a report says of a roll-out plan, as its certificate states it.

    Attributes
    ----------
    plan_hash : str
        Names the plan; stands on every page.
    villages : int
    km : float
    cost_vnd : float
    proven : bool
        Whether no cheaper plan exists.
    holds : bool
        Whether every check of the certificate held.
    is_of_this_data : bool
        False when the plan was made on other data than the report.
    """

    plan_hash: str
    villages: int
    km: float
    cost_vnd: float
    proven: bool
    holds: bool
    is_of_this_data: bool


@dataclass(frozen=True)
class TargetLine:
    """One target at the day of the report.

    Attributes
    ----------
    progress : Progress
    planned : int or None
        Villages that were to have the service by that day: the last milestone due, the required
        count from the deadline on; ``None`` while nothing is due yet.
    band : Band or None
        ``achieved`` against ``planned``; against ``required`` for a target without milestones.
        ``None`` before anything could be judged.
    lacking : int
        Of the cohort, villages observed to lack the service.
    lanes : mapping of Lane to int
        The lacking ones by who can act first.
    suspended, assigned : int
        Of the lacking ones, villages whose work is suspended, and those whose work has begun.
    forecast : TargetForecast or None
    """

    progress: Progress
    planned: int | None
    band: Band | None
    lacking: int
    lanes: Mapping[Lane, int]
    suspended: int
    assigned: int
    forecast: TargetForecast | None = None

    @property
    def without_power(self) -> int:
        """Of the lacking ones, villages that the national grid does not reach."""
        return self.lanes[Lane.POWER_FIRST]


@dataclass(frozen=True, slots=True, eq=False)
class GapMap:
    """The villages with a gap, for the map.

    Attributes
    ----------
    ground : bytes
        Outlines of areas, GeoJSON (:func:`geo.ground.write_ground`).
    lon, lat : ndarray of float, shape (n,)
        Degrees, WGS84; finite.
    mobile : ndarray of str, shape (n,)
        ``no_signal``, ``no_mobile``, ``unknown`` or empty.
    fibre : ndarray of bool, shape (n,)
        Whether the village lacks fibre.
    unplaced : int
        Villages with a gap that have no position.
    is_outlined : bool
        Whether the outlines come from a file; else they are drawn around the villages.
    """

    ground: bytes
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    mobile: npt.NDArray[np.str_]
    fibre: npt.NDArray[np.bool_]
    unplaced: int
    is_outlined: bool


@dataclass(frozen=True)
class Report:
    """All that is printed, measured at the end of one day.

    Attributes
    ----------
    province : str
    illustrative : bool
    as_of : date
    observed_on : date or None
        Day of the last observation on or before ``as_of``.
    data_hash, record_head, source : str
    villages : int
        In the register.
    counts : mapping of Gap to GapCount
    targets : tuple of TargetLine
        In the register's order.
    priority_gap : Gap
        Whose ranking is printed.
    priorities : DataFrame
        Every village with that gap in rank order (:class:`services.prioritise.Ranking`).
    weights : str
        Name of the weighting behind the order, a key of :data:`planning.vocabulary.PRESETS`.
    without_power : DataFrame
        Villages that lack mobile broadband or fibre and that the grid does not reach:
        ``village_id``, ``name``, ``commune``, ``district``, ``people``, ``grid_power``,
        ``mobile``, ``fibre`` (booleans), in order of district, commune and name.
    by_district, by_unit, by_commune : DataFrame
        One row an area: ``code``, ``name``, ``villages``, a count for each gap, ``without_power``,
        and ``<target_id>:cohort``, ``<target_id>:achieved``, ``<target_id>:lacking``. Empty where
        the register knows no such areas.
    recounted : int
        Villages that have fibre by re-survey only since ``first_day``: no construction.
    first_day : date
        Of the first observation.
    has_works : bool
        Whether any work is reported in the register of record.
    gap_map : GapMap
    plan : PlanNote or None
    """

    province: str
    illustrative: bool
    as_of: date
    observed_on: date | None
    data_hash: str
    record_head: str
    source: str
    villages: int
    counts: Mapping[Gap, GapCount]
    targets: tuple[TargetLine, ...]
    priority_gap: Gap
    priorities: pd.DataFrame
    weights: str
    without_power: pd.DataFrame
    by_district: pd.DataFrame
    by_unit: pd.DataFrame
    by_commune: pd.DataFrame
    recounted: int
    first_day: date
    has_works: bool
    gap_map: GapMap
    plan: PlanNote | None = None
