"""A plan as tables: villages, links and the figures of the whole."""

from __future__ import annotations

import math
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.networks.routes import Routes, routes
from planning.columns import FloatArray, IntArray, float_column
from planning.costs import Cost
from planning.optimise.build_calendar import BuildCalendar
from services.rollout_draft import Draft, Setting
from services.rollout_order import Ordered, wave_name
from services.rollout_values import FIBRE, Totals

MICROWAVE = "microwave"
BASELINE_COLUMNS = (
    "name", "message", "villages", "people", "km", "cost_vnd", "score", "keeps_conditions",
)  # fmt: skip
LINK_COLUMNS = (
    "link_id", "technology", "length_km", "cost_vnd", "wave", "from_name", "to_name", "villages",
)  # fmt: skip


def villages_table(setting: Setting, draft: Draft, ordered: Ordered | None) -> pd.DataFrame:
    """Return the table of villages, as :class:`~services.rollout_values.RolloutPlan` says."""
    waves = np.full(len(setting.cohort), -1) if ordered is None else ordered.village_wave
    calendar = None if ordered is None else ordered.calendar
    own = np.full(len(setting.cohort), np.nan)
    own[setting.site.row_of_village] = setting.edge_costs.total[setting.edge_costs.own_edge]
    by_fibre = draft.technology == FIBRE
    connection = np.where(by_fibre, own, np.where(draft.is_served, draft.own_cost, np.nan))
    table = setting.cohort.table.assign(
        is_connected=draft.is_served,
        technology=_texts(draft.technology.tolist()),
        wave=_texts([_wave(calendar, at) for at in waves.tolist()]),
        done_on=_texts([_last_day(calendar, at) for at in waves.tolist()]),
        connection_cost_vnd=connection,
        equipment_cost_vnd=draft.own_cost,
        shortest_cable_km=np.where(
            np.isfinite(setting.limits.least_cable_m), setting.limits.least_cable_m, np.nan
        )
        / 1000.0,
    )
    return pd.concat([table, draft.reasons.set_axis(table.index)], axis=1)


def links_table(setting: Setting, draft: Draft, ordered: Ordered | None) -> gpd.GeoDataFrame:
    """Return the links, cable first: one row per route, one per microwave link."""
    network = setting.site.network
    calendar = None if ordered is None else ordered.calendar
    n_waves = 0 if calendar is None else len(calendar.quarters)
    group = np.zeros(len(draft.edges), np.int64)
    if ordered is not None:
        group = np.where(ordered.edge_wave < 0, n_waves, ordered.edge_wave)
    drawn = routes(network, draft.edges, group)
    names = _names(setting, drawn)
    beyond = _served_through(setting, draft)
    rows = []
    for at, edges in enumerate(drawn.edges):
        quarter = int(drawn.group[at])
        start, end = drawn.ends[at].tolist()
        rows.append(
            {
                "link_id": f"L{at + 1:03d}",
                "technology": FIBRE,
                "length_km": float(drawn.length_m[at]) / 1000.0,
                "cost_vnd": math.fsum(setting.edge_costs.cable[edges]),
                "wave": _wave(calendar, quarter if quarter < n_waves else -1),
                "from_name": names.get(start),
                "to_name": names.get(end),
                "villages": max(beyond[edge] for edge in edges.tolist()),
            }
        )
    shapes = list(drawn.shapes)
    for at, mast in enumerate(draft.sites.to_dict("records")):
        if pd.isna(mast["link_km"]):
            continue
        rows.append(
            {
                "link_id": f"R{at + 1:03d}",
                "technology": MICROWAVE,
                "length_km": mast["link_km"],
                "cost_vnd": mast["link_cost_vnd"],
                "wave": None,
                "from_name": setting.site.station_names.get(mast["station_id"]),
                "to_name": mast["site_id"],
                "villages": len(mast["serves"]),
            }
        )
        ends = [(mast["station_lon"], mast["station_lat"]), (mast["lon"], mast["lat"])]
        shapes.append(shapely.LineString(ends))
    table = pd.DataFrame(rows, columns=list(LINK_COLUMNS))
    for name in ("wave", "from_name", "to_name"):
        table[name] = _texts(table[name].tolist())
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326")


def baselines_table(draft: Draft) -> pd.DataFrame:
    """Return the simpler ways beside the plan, one row each."""
    return pd.DataFrame([dict(line) for line in draft.baselines], columns=list(BASELINE_COLUMNS))


def totals_of(setting: Setting, draft: Draft) -> Totals:
    """Add up a plan."""
    is_served = draft.is_served
    table = setting.cohort.table[is_served]
    people, households = float_column(table["people"]), float_column(table["households"])
    share = float_column(table["minority_share"])
    known = ~np.isnan(people) & ~np.isnan(share)
    whole = float(people[known].sum())
    bars = setting.limits.bars.values()
    return Totals(
        villages=int(is_served.sum()),
        people=_sum(people),
        households=_sum(households),
        minority_share=float((people * share)[known].sum()) / whole if whole > 0 else None,
        km=math.fsum(setting.site.network.network.lengths_m[draft.edges]) / 1000.0,
        cost_vnd=draft.cost,
        cost_usd=draft.cost / setting.book.value(Cost.USD_RATE),
        gap=draft.gap,
        proven=draft.proven,
        bound_vnd=draft.bound,
        seconds=draft.seconds,
        plan_hash=draft.plan_hash,
        people_unknown=int(np.isnan(people).sum()),
        score=draft.prize,
        score_bound=draft.prize_bound,
        power_later=sum(bar.message == "plan-reason-power" for bar in bars),
    )


def _sum(values: FloatArray) -> int | None:
    known = values[~np.isnan(values)]
    # Of no village there are none; of villages without a figure nobody knows.
    return int(known.sum()) if len(known) or not len(values) else None


def _texts(values: list[str | date | None]) -> pd.Series:
    return pd.Series(values, dtype=object)


def _wave(calendar: BuildCalendar | None, at: int) -> str | None:
    return None if calendar is None or at < 0 else wave_name(calendar.quarters[at])


def _last_day(calendar: BuildCalendar | None, at: int) -> date | None:
    if calendar is None or at < 0:
        return None
    return min(calendar.quarters[at].following.first_day - timedelta(days=1), calendar.deadline)


def _names(setting: Setting, drawn: Routes) -> dict[int, str]:
    """Return what stands at a node that is drawn: a fibre point or, before it, a village."""
    site, network = setting.site, setting.site.network
    names = {}
    for node, root in zip(network.network.roots.tolist(), network.root_ids, strict=True):
        names[int(drawn.stands_for[node])] = site.root_names.get(root, root)
    villages = setting.cohort.table["village"].to_numpy()[site.row_of_village]
    for node, name in zip(network.network.villages.tolist(), villages.tolist(), strict=True):
        if pd.notna(name):
            names[int(drawn.stands_for[node])] = str(name)
    return names


def _served_through(setting: Setting, draft: Draft) -> dict[int, int]:
    """Return how many villages of the plan hang on each edge of it."""
    network = setting.site.network.network
    near: dict[int, list[tuple[int, int]]] = {}
    for edge in draft.edges.tolist():
        one, other = network.edges[edge].tolist()
        near.setdefault(one, []).append((edge, other))
        near.setdefault(other, []).append((edge, one))
    order, seen = _outwards(near, network.roots)
    by_fibre = draft.technology[setting.site.row_of_village] == FIBRE
    below = dict.fromkeys(seen, 0)
    for node in network.villages[by_fibre].tolist():
        below[node] = below.get(node, 0) + 1
    through: dict[int, int] = {}
    for node, edge, before in reversed(order):
        through[edge] = below[node]
        below[before] += below[node]
    return {edge: through.get(edge, 0) for edge in draft.edges.tolist()}


def _outwards(
    near: dict[int, list[tuple[int, int]]], roots: IntArray
) -> tuple[list[tuple[int, int, int]], set[int]]:
    """Walk a forest from its roots: node, edge it is reached by, and node before it."""
    waiting = [root for root in roots.tolist() if root in near]
    seen, order = set(waiting), []
    for node in waiting:
        for edge, other in near[node]:
            if other not in seen:
                seen.add(other)
                order.append((other, edge, node))
                waiting.append(other)
    return order, seen
