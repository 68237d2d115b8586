"""Track: targets against the register, published figures beside computed ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from planning.columns import each_row
from planning.gaps import gap_status
from planning.targets import Progress, assess_target
from planning.vocabulary import Gap, GapStatus
from services.province import Province


@dataclass(frozen=True)
class TargetReport:
    """One target at a date.

    Attributes
    ----------
    progress : Progress
    by_district, by_unit : DataFrame
        One row an area with villages of the cohort: code, name, ``cohort``, ``achieved``,
        ``unknown``, ``remaining`` (villages of the cohort not yet served). The promise itself is
        for the whole province; no source splits it by area.
    """

    progress: Progress
    by_district: pd.DataFrame
    by_unit: pd.DataFrame


def track(province: Province, as_of: date) -> tuple[TargetReport, ...]:
    """Measure every target of a province at the end of a day."""
    register = province.villages
    today = province.states(as_of)
    reports = []
    for target in province.targets:
        status = gap_status(today, target.gap)
        cohort = province.cohort_of(target).to_numpy()
        members = pd.DataFrame(
            {
                "cohort": 1,
                "achieved": (status == GapStatus.SERVED).astype(int),
                "unknown": (status == GapStatus.UNKNOWN).astype(int),
                "remaining": (status == GapStatus.LACKING).astype(int),
                "district_code": register["district_code"],
                "district": register["district"],
                "unit_code": register["unit_code"],
                "unit": register["unit"],
            }
        )[cohort]
        reports.append(
            TargetReport(
                progress=assess_target(target, cohort, status, as_of),
                by_district=_summed(members, "district"),
                by_unit=_summed(members, "unit"),
            )
        )
    return tuple(reports)


def _summed(members: pd.DataFrame, area: str) -> pd.DataFrame:
    keys = [f"{area}_code", area]
    figures = ["cohort", "achieved", "unknown", "remaining"]
    return members.groupby(keys, dropna=False)[figures].sum().reset_index()


COUNTED_MEASURES: Final = "villages_without_"
"""How the names of measures begin that count villages lacking a service."""


def reconcile(province: Province) -> pd.DataFrame:
    """Put each published count of a gap beside the register's own count of that day.

    Returns
    -------
    DataFrame
        All published figures in order of date, with ``computed``: the register's count of the
        same gap at the end of the same day, as last observed on ``observed_on``. It is missing for
        figures that count something else and for days before the register's first observation.
    """
    published = province.published
    if published.empty:
        return published.assign(computed=pd.Series(dtype="Int64"))
    computed = [
        int(province.cohort(Gap(figure.gap), figure.as_of.date()).sum())
        if _is_comparable(figure, province)
        else pd.NA
        for figure in each_row(published)
    ]
    days = pd.Series(pd.to_datetime(list(province.observation_days)))
    observed = [days[days <= day].max() for day in published["as_of"]]
    table = published.assign(computed=pd.array(computed, dtype="Int64"), observed_on=observed)
    return table.sort_values("as_of", kind="stable", ignore_index=True)


def _is_comparable(figure: Any, province: Province) -> bool:
    return (
        str(figure.measure).startswith(COUNTED_MEASURES)
        and pd.notna(figure.gap)
        and pd.notna(figure.as_of)
        and figure.as_of.date() >= province.baseline
    )
