"""Four series of a target side by side: published, planned, verified, forecast; never mixed."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from planning.columns import each_row
from planning.gaps import gap_status
from planning.vocabulary import GAP_SERVICE, Evidence, GapStatus, Target
from services.forecast import Forecast
from services.province import Province
from services.rollout_values import RolloutPlan
from services.track import COUNTED_MEASURES


class Series(StrEnum):
    """Whose figure it is."""

    PUBLISHED = "published"
    PLAN = "plan"
    WAVES = "waves"
    VERIFIED = "verified"
    FORECAST = "forecast"


SERIES_COLUMNS: Final = (
    "series", "segment", "day", "lacking", "low", "high", "counted", "source",
)  # fmt: skip


def series_of(
    province: Province,
    target: Target,
    as_of: date,
    *,
    forecast: Forecast | None = None,
    plan: RolloutPlan | None = None,
) -> pd.DataFrame:
    """Return how many villages lack the service, by each series, as known on a day.

    Parameters
    ----------
    province : Province
    target : Target
    as_of : date
        Nothing later is told but what is planned and what is forecast.
    forecast : Forecast, optional
        Its percentiles, from ``as_of`` on.
    plan : RolloutPlan, optional
        Its quarters.

    Returns
    -------
    DataFrame
        One row a figure: ``series`` (:class:`Series`), ``segment`` (only figures of one segment
        may be joined by a line: where the way of counting changed another begins), ``day``,
        ``lacking`` (of a forecast its median), ``low`` and ``high`` (a forecast's 10th and 90th
        percentiles; missing otherwise), ``counted`` (``"cohort"``: of the target's cohort;
        ``"all"``: of every village) and ``source``.
    """
    rows = [
        *_published(province, target, as_of),
        *_planned(target),
        *_verified(province, target, as_of),
        *(_forecast(forecast) if forecast is not None else []),
        *(_waves(target, plan) if plan is not None else []),
    ]
    table = pd.DataFrame(rows, columns=list(SERIES_COLUMNS))
    return table.assign(day=pd.to_datetime(table["day"]))


def breaks_of(province: Province, target: Target, as_of: date) -> list[date]:
    """Return the days on which villages became served by counting anew, not by construction."""
    service = str(GAP_SERVICE[target.gap])
    recounted = province.observations[
        (province.observations["service"] == service)
        & (province.observations["evidence"] == Evidence.RESURVEY)
        & (province.observations["observed_on"] <= pd.Timestamp(as_of))
    ]
    breaks = []
    for stamp in sorted(recounted["observed_on"].unique()):
        day = stamp.date()
        today, before = province.states(day), province.states(day - timedelta(days=1))
        is_recounted = today[f"{GAP_SERVICE[target.gap]}_evidence"] == Evidence.RESURVEY
        was_lacking = gap_status(before, target.gap) == GapStatus.LACKING
        is_served = gap_status(today, target.gap) == GapStatus.SERVED
        if (is_recounted.to_numpy() & was_lacking & is_served).any():
            breaks.append(day)
    return breaks


def _row(series: Series, day: date, lacking: float, **rest: Any) -> dict[str, Any]:
    return {"series": str(series), "segment": str(series), "day": day, "lacking": lacking, **rest}


def _published(province: Province, target: Target, as_of: date) -> list[dict[str, Any]]:
    if province.published.empty or target.area is not None:
        # What is published is published of the whole province.
        return []
    return [
        _row(
            Series.PUBLISHED,
            figure.as_of.date(),
            float(figure.value),
            counted="all",
            source=str(figure.source),
        )
        | {"segment": f"published {figure.series}"}
        for figure in each_row(province.published)
        if str(figure.measure).startswith(COUNTED_MEASURES)
        and figure.gap == target.gap
        and pd.notna(figure.as_of)
        and figure.as_of.date() <= as_of
        and not str(figure.series).endswith("difficult-areas")
    ]


def _planned(target: Target) -> list[dict[str, Any]]:
    steps = [
        (target.cohort_on, 0),
        *((step.due_on, step.count) for step in target.milestones),
        (target.deadline, target.required),
    ]
    return [
        _row(
            Series.PLAN,
            day,
            target.cohort_size - count,
            counted="cohort",
            source=target.source,
        )
        for day, count in dict(steps).items()
    ]


def _verified(province: Province, target: Target, as_of: date) -> list[dict[str, Any]]:
    days = [day for day in province.observation_days if day <= as_of]
    breaks = breaks_of(province, target, as_of)
    cohort = province.cohort_of(target).to_numpy()
    rows = []
    for day in days:
        status = gap_status(province.states(day), target.gap)
        lacking = int((cohort & (status != GapStatus.SERVED)).sum())
        counted = "cohort"
        if day < target.cohort_on:
            lacking = int((_inside(province, target) & (status == GapStatus.LACKING)).sum())
            counted = "all"
        row = _row(Series.VERIFIED, day, lacking, counted=counted, source=province.source)
        passed = sum(one <= day for one in breaks)
        rows.append(row | {"segment": f"verified {passed}"})
    return rows


def _inside(province: Province, target: Target) -> Any:
    if target.area is None:
        return True
    return (province.villages[f"{target.area.kind}_code"] == target.area.code).to_numpy(bool)


def _forecast(forecast: Forecast) -> list[dict[str, Any]]:
    if forecast.met is None:
        return []
    size = forecast.progress.cohort_size
    now = size - forecast.progress.achieved
    told = {"counted": "cohort", "source": ""}
    rows = [_row(Series.FORECAST, forecast.as_of, now, low=now, high=now, **told)]
    return rows + [
        _row(
            Series.FORECAST,
            point.day.date(),
            size - int(point.middle),
            low=size - int(point.high),
            high=size - int(point.low),
            **told,
        )
        for point in each_row(forecast.path)
    ]


def _waves(target: Target, plan: RolloutPlan) -> list[dict[str, Any]]:
    if plan.question.target_id != target.target_id:
        return []
    done = plan.villages[plan.villages["done_on"].notna()]
    lacking = len(plan.villages)
    told = {"counted": "cohort", "source": plan.totals.plan_hash[:12]}
    rows = [_row(Series.WAVES, plan.question.start, lacking, **told)]
    return rows + [
        _row(Series.WAVES, day, lacking - int((done["done_on"] <= day).sum()), **told)
        for day in sorted(set(done["done_on"]))
    ]
