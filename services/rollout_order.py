"""In which quarter each part of a roll-out is built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from planning.columns import IntArray
from planning.optimise.build_calendar import BuildCalendar, Pace, Quarter, build_calendar
from planning.optimise.build_forest import BuildQuestion
from planning.optimise.waves import BuildOrder, order_waves
from services.rollout_draft import Draft, Setting, Told
from services.rollout_fibre import telling
from services.rollout_values import FIBRE

_MOST_SECONDS: Final = 10.0
WAVE_COLUMNS: Final = (
    "wave", "capacity_km", "villages", "people", "km", "cost_vnd", "villages_total",
    "people_total", "baseline_villages_total", "baseline_people_total",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Ordered:
    """The order of a plan.

    Attributes
    ----------
    order : BuildOrder
        Its edges are the draft's, its villages the rows of ``rows``.
    calendar : BuildCalendar
    rows : ndarray of int
        Cohort rows of the villages connected by cable, ascending: in order of rank.
    edge_wave : ndarray of int, shape (e,)
        Quarter each of the draft's edges is done in; -1: not before the deadline.
    village_wave : ndarray of int, shape (n,)
        Of each cohort row; -1 also for those without cable.
    """

    order: BuildOrder
    calendar: BuildCalendar
    rows: IntArray
    edge_wave: IntArray
    village_wave: IntArray


def order_building(setting: Setting, draft: Draft, told: Told) -> Ordered | None:
    """Put the cable of a plan into quarters; ``None`` where it has none."""
    rows = np.flatnonzero(draft.technology == FIBRE)
    if not len(rows):
        return None
    told("order", 0.0, None, None)
    question, site = setting.question, setting.site
    network = site.network.network
    node_of_row = np.full(len(setting.cohort), -1, np.int64)
    node_of_row[site.row_of_village] = network.villages
    pace = Pace(crews=question.crews, km_per_crew=question.km_per_crew_quarter)
    calendar = build_calendar(question.start, question.deadline, pace)
    asked = BuildQuestion(
        n_nodes=network.n_nodes,
        edges=network.edges[draft.edges],
        lengths_m=network.lengths_m[draft.edges],
        roots=network.roots,
        villages=node_of_row[rows],
        people=setting.cohort.people[rows],
        ranks=setting.cohort.table["rank"].to_numpy(dtype=np.int64)[rows],
        effort=network.effort[draft.edges],
    )
    seconds = min(_MOST_SECONDS, question.time_limit_s)
    order = order_waves(
        asked, calendar, time_limit_s=seconds, seed=question.seed, watch=telling(told, "order")
    )
    village_wave = np.full(len(setting.cohort), -1, np.int64)
    village_wave[rows] = order.waves.village_done
    return Ordered(order, calendar, rows, order.waves.edge_done, village_wave)


def no_waves() -> pd.DataFrame:
    """Return the table of quarters without one."""
    return pd.DataFrame({name: [] for name in WAVE_COLUMNS})


def wave_name(quarter: Quarter) -> str:
    """Return the name of a quarter: ``2024-Q3``."""
    return f"{quarter.year}-Q{quarter.number}"


def waves_table(setting: Setting, draft: Draft, ordered: Ordered) -> pd.DataFrame:
    """Return one row per quarter.

    Returns
    -------
    DataFrame
        ``wave``, ``capacity_km``; in the quarter ``villages``, ``people``, ``km``, ``cost_vnd``
        (of cable and villages finished in it); to its end ``villages_total``, ``people_total``;
        and in order of rank ``baseline_villages_total``, ``baseline_people_total``.
    """
    waves, beside = ordered.order.waves, ordered.order.baseline
    quarters = ordered.calendar.quarters
    cable = setting.edge_costs.cable[draft.edges]
    cost = [
        float(cable[ordered.edge_wave == at].sum())
        + float(draft.own_cost[ordered.village_wave == at].sum())
        for at in range(len(quarters))
    ]
    return pd.DataFrame(
        {
            "wave": [wave_name(quarter) for quarter in quarters],
            "capacity_km": ordered.calendar.capacity_km,
            "villages": np.diff(waves.villages, prepend=0.0).astype(np.int64),
            "people": np.diff(waves.people, prepend=0.0).round().astype(np.int64),
            "km": np.diff(waves.cable_km, prepend=0.0),
            "cost_vnd": cost,
            "villages_total": waves.villages.astype(np.int64),
            "people_total": waves.people.round().astype(np.int64),
            "baseline_villages_total": beside.villages.astype(np.int64),
            "baseline_people_total": beside.people.round().astype(np.int64),
        }
    )
