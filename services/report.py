"""Report: gather at a day what the chairman is to read on one page, and the annex behind it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.backdrop import backdrop
from geo.ground import Basis, write_ground
from geo.outlines import outlines
from planning.gaps import assign_lanes, gap_status
from planning.targets import Band
from planning.vocabulary import (
    DEFAULT_PRESET,
    GAP_SERVICE,
    Gap,
    GapStatus,
    Lane,
    WorkStatus,
)
from planning.work import work_at
from services.assess import Assessment, assess
from services.prioritise import Question, measure, prioritise
from services.province import Province
from services.report_values import GapMap, PlanNote, Report, TargetForecast, TargetLine
from services.track import track

_GAPS_BY_NEED: Final = (Gap.FIBRE, Gap.MOBILE, Gap.NO_SIGNAL)
_BEGUN: Final = (WorkStatus.SURVEYED, WorkStatus.FUNDED, WorkStatus.BUILDING, WorkStatus.ON_AIR)


def gather_report(
    province: Province,
    as_of: date,
    *,
    gap: Gap | None = None,
    plan: PlanNote | None = None,
    forecasts: Iterable[TargetForecast] = (),
) -> Report:
    """Measure everything a report says.

    Parameters
    ----------
    province : Province
    as_of : date
        The end of this day.
    gap : Gap, optional
        Whose ranking is printed; by default that of the target with most still to do, else the
        one with most villages.
    plan : PlanNote, optional
        What a certificate says (:func:`services.report_plan.read_plan_note`).
    forecasts : iterable of TargetForecast
        Of some of the targets; a target without one is said to have none.

    Returns
    -------
    Report
    """
    state = assess(province, as_of)
    lines = _target_lines(province, as_of, {f.target_id: f for f in forecasts})
    chosen = gap or _neediest(lines, state)
    ranking = prioritise(measure(province, chosen, as_of), Question(chosen, as_of, draws=0))
    seen = [day for day in province.observation_days if day <= as_of]
    members = _area_members(province, state, as_of)
    return Report(
        province=province.name,
        illustrative=province.illustrative,
        as_of=as_of,
        observed_on=seen[-1] if seen else None,
        data_hash=province.data_hash,
        record_head=province.record_head,
        source=province.source,
        villages=len(province.villages),
        counts=state.counts,
        targets=lines,
        priority_gap=chosen,
        priorities=ranking.table,
        weights=DEFAULT_PRESET,
        without_power=_without_power(province, state),
        by_district=_by_area(members, province, "district"),
        by_unit=_by_area(members, province, "unit"),
        by_commune=_by_area(members, province, "commune"),
        recounted=_recounted(province, state),
        first_day=province.baseline,
        has_works=bool((province.works["since"] <= pd.Timestamp(as_of)).any()),
        gap_map=_gap_map(province, state),
        plan=plan,
    )


def _recounted(province: Province, state: Assessment) -> int:
    if state.as_of <= province.baseline:
        return 0
    return state.recounted_since(assess(province, province.baseline), Gap.FIBRE)


def _target_lines(
    province: Province, as_of: date, forecasts: dict[str, TargetForecast]
) -> tuple[TargetLine, ...]:
    register = province.villages
    ids = pd.Index(register["village_id"])
    lanes = assign_lanes(register["grid_power"], register["specially_difficult"])
    today = province.states(as_of)
    lines = []
    for tracked in track(province, as_of):
        target = tracked.progress.target
        lacking = province.cohort_of(target).to_numpy() & (
            gap_status(today, target.gap) == GapStatus.LACKING
        )
        work = work_at(province.works, ids, GAP_SERVICE[target.gap], as_of)["status"]
        of_lacking = work[lacking]
        band = tracked.progress.band
        lines.append(
            TargetLine(
                progress=tracked.progress,
                planned=tracked.progress.planned_to_date or None,
                band=None if band is Band.NOT_DUE else band,
                lacking=int(lacking.sum()),
                lanes={lane: int((lanes[lacking] == lane).sum()) for lane in Lane},
                suspended=int((of_lacking == WorkStatus.SUSPENDED).sum()),
                assigned=int(of_lacking.isin([str(status) for status in _BEGUN]).sum()),
                forecast=forecasts.get(target.target_id),
            )
        )
    return tuple(lines)


def _neediest(lines: tuple[TargetLine, ...], state: Assessment) -> Gap:
    if lines:
        neediest = max(lines, key=lambda line: (line.progress.remaining, line.lacking))
        if state.counts[neediest.progress.target.gap].lacking:
            return neediest.progress.target.gap
    return max(_GAPS_BY_NEED, key=lambda gap: state.counts[gap].lacking)


def _without_power(province: Province, state: Assessment) -> pd.DataFrame:
    columns = ["village_id", "name", "commune", "district", "people", "grid_power"]
    register = pd.DataFrame(province.villages[columns]).assign(
        mobile=state.lacking[Gap.MOBILE], fibre=state.lacking[Gap.FIBRE]
    )
    waiting = (state.villages["lane"] == Lane.POWER_FIRST).to_numpy(dtype=bool)
    kept = register[waiting & (register["mobile"] | register["fibre"]).to_numpy(dtype=bool)]
    order = ["district", "commune", "name", "village_id"]
    ordered: pd.DataFrame = kept.sort_values(order, kind="stable", ignore_index=True)
    return ordered


def _area_members(province: Province, state: Assessment, as_of: date) -> pd.DataFrame:
    """Return for each village, in register order, 1 under everything the annex counts it in."""
    lacks = state.lacking[Gap.MOBILE] | state.lacking[Gap.FIBRE]
    waiting = (state.villages["lane"] == Lane.POWER_FIRST).to_numpy(dtype=bool)
    columns: dict[str, npt.NDArray[np.bool_]] = {
        "villages": np.ones(len(province.villages), dtype=np.bool_),
        **{str(gap): state.lacking[gap] for gap in Gap},
        "without_power": lacks & waiting,
    }
    today = province.states(as_of)
    for target in province.targets:
        cohort = province.cohort_of(target).to_numpy()
        status = gap_status(today, target.gap)
        columns[f"{target.target_id}:cohort"] = cohort
        columns[f"{target.target_id}:achieved"] = cohort & (status == GapStatus.SERVED)
        columns[f"{target.target_id}:lacking"] = cohort & (status == GapStatus.LACKING)
    return pd.DataFrame(columns).astype(int)


def _by_area(members: pd.DataFrame, province: Province, area: str) -> pd.DataFrame:
    register = province.villages
    if register[area].isna().all():
        return pd.DataFrame(columns=["code", "name", *members.columns])
    placed = members.assign(
        code=register[f"{area}_code"].to_numpy(), name=register[area].to_numpy()
    )
    # Villages whose area is not known keep a row of their own: nothing is dropped.
    summed: pd.DataFrame = placed.groupby(["code", "name"], dropna=False, sort=True).sum()
    flat: pd.DataFrame = summed.reset_index()
    return flat


def _gap_map(province: Province, state: Assessment) -> GapMap:
    villages = province.villages
    lon, lat = villages.geometry.x.to_numpy(), villages.geometry.y.to_numpy()
    placed = np.isfinite(lon) & np.isfinite(lat)
    mobile = np.select(
        [state.lacking[Gap.NO_SIGNAL], state.lacking[Gap.MOBILE], state.unknown[Gap.MOBILE]],
        ["no_signal", "no_mobile", "unknown"],
        "",
    )
    fibre = state.lacking[Gap.FIBRE]
    drawn = (mobile != "") | fibre
    return GapMap(
        ground=_ground(province, placed),
        lon=lon[drawn & placed],
        lat=lat[drawn & placed],
        mobile=mobile[drawn & placed],
        fibre=fibre[drawn & placed],
        unplaced=int((drawn & ~placed).sum()),
        is_outlined=province.boundaries is not None,
    )


def _ground(province: Province, placed: npt.NDArray[np.bool_]) -> bytes:
    if province.boundaries is not None:
        return outlines(province.boundaries, province.villages)
    if not placed.any():
        return write_ground(Basis.VILLAGES, [])
    return backdrop(province.villages[placed])
