"""Assess: how many villages lack what at a date, where, and who could act first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planning.gaps import assign_lanes, gap_status
from planning.vocabulary import GAP_SERVICE, Evidence, Gap, GapStatus, Lane
from services.province import Province


@dataclass(frozen=True)
class GapCount:
    """Villages by status of one gap; the three always add up to all villages.

    Attributes
    ----------
    lacking, served, unknown : int
    people_lacking : int
        People in the lacking villages whose number of people is known.
    """

    lacking: int
    served: int
    unknown: int
    people_lacking: int

    @property
    def total(self) -> int:
        """All villages."""
        return self.lacking + self.served + self.unknown


@dataclass(frozen=True)
class Assessment:
    """The state of a province at a date.

    Attributes
    ----------
    as_of : date
    counts : dict of Gap to GapCount
        ``no_signal`` is part of ``mobile``; the two must never be added.
    by_district : DataFrame
        One row a district: ``district_code``, ``district``, ``villages`` and the lacking count of
        each gap under the gap's name.
    by_unit : DataFrame
        The same by unit since 2025-07-01: ``unit_code``, ``unit``.
    by_lane : DataFrame
        One row a lane: ``lane`` and the lacking count of each gap.
    villages : DataFrame
        One row a village in register order: ``village_id``, the states with dates and evidence,
        for each gap its status under the gap's name, and ``lane``.
    """

    as_of: date
    counts: dict[Gap, GapCount]
    by_district: pd.DataFrame
    by_unit: pd.DataFrame
    by_lane: pd.DataFrame
    villages: pd.DataFrame

    @cached_property
    def lacking(self) -> dict[Gap, npt.NDArray[np.bool_]]:
        """For each gap which villages have it, in register order."""
        return self._with(GapStatus.LACKING)

    @cached_property
    def served(self) -> dict[Gap, npt.NDArray[np.bool_]]:
        """For each gap which villages have what it lacks, in register order."""
        return self._with(GapStatus.SERVED)

    @cached_property
    def unknown(self) -> dict[Gap, npt.NDArray[np.bool_]]:
        """For each gap of which villages nothing is known, in register order."""
        return self._with(GapStatus.UNKNOWN)

    def recounted_since(self, earlier: Assessment, gap: Gap) -> int:
        """Count villages that lacked at an earlier day and are served now by re-survey only.

        They are a break of the series (another way of counting), not something that was built.
        """
        evidence = self.villages[f"{GAP_SERVICE[gap]}_evidence"] == Evidence.RESURVEY
        return int((earlier.lacking[gap] & self.served[gap] & evidence.to_numpy(dtype=bool)).sum())

    def _with(self, status: GapStatus) -> dict[Gap, npt.NDArray[np.bool_]]:
        return {gap: (self.villages[str(gap)] == status).to_numpy(dtype=bool) for gap in Gap}


def assess(province: Province, as_of: date) -> Assessment:
    """Count the gaps of a province at the end of a day.

    Parameters
    ----------
    province : Province
    as_of : date
        Villages not observed until then are ``unknown``, neither served nor lacking.

    Returns
    -------
    Assessment
    """
    states = province.states(as_of)
    register = province.villages
    status = {gap: gap_status(states, gap) for gap in Gap}
    lanes = assign_lanes(register["grid_power"], register["specially_difficult"])
    people = register["people"].fillna(0).to_numpy(dtype="int64")
    counts = {
        gap: GapCount(
            lacking=int((status[gap] == GapStatus.LACKING).sum()),
            served=int((status[gap] == GapStatus.SERVED).sum()),
            unknown=int((status[gap] == GapStatus.UNKNOWN).sum()),
            people_lacking=int(people[status[gap] == GapStatus.LACKING].sum()),
        )
        for gap in Gap
    }
    villages = states.reset_index(names="village_id").assign(
        **{str(gap): status[gap] for gap in Gap}, lane=lanes
    )
    lacking = pd.DataFrame({str(gap): status[gap] == GapStatus.LACKING for gap in Gap}).astype(int)
    return Assessment(
        as_of=as_of,
        counts=counts,
        by_district=_by_area(register, lacking, "district"),
        by_unit=_by_area(register, lacking, "unit"),
        by_lane=_by_lane(lacking, lanes),
        villages=villages,
    )


def _by_area(register: pd.DataFrame, lacking: pd.DataFrame, area: str) -> pd.DataFrame:
    keys = [f"{area}_code", area]
    table = lacking.assign(villages=1, **{k: register[k].to_numpy() for k in keys})
    # Villages whose area is not recorded keep a row of their own: nothing is dropped.
    return table.groupby(keys, dropna=False, sort=True).sum().reset_index()


def _by_lane(lacking: pd.DataFrame, lanes: npt.NDArray[np.str_]) -> pd.DataFrame:
    summed = lacking.assign(lane=lanes).groupby("lane").sum()
    return summed.reindex([str(lane) for lane in Lane], fill_value=0).reset_index(names="lane")
