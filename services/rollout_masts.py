"""Where masts may stand in a roll-out, what each would serve and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.nearest import nearest
from geo.terrain.backhaul import LONGEST_M, Backhaul, find_backhaul
from geo.terrain.candidates import CandidateKind, Candidates, find_candidates
from geo.terrain.sight import pairs_in_reach, see
from planning.columns import BoolArray, FloatArray, IntArray
from planning.costs import Cost
from planning.optimise.technology_question import FROM_FIBRE_POINTS, Sites
from planning.technology_costs import site_costs
from services.rollout_costs import measure_of
from services.rollout_draft import SITE_COLUMNS, Setting, no_sites

MAST_RADIUS_M: Final = 3_000.0
"""How far a mast serves; our reading of sources, see docs/explanation/masts.md."""


@dataclass(frozen=True, eq=False)
class Masts:
    """Candidate sites of ``s`` rows.

    Attributes
    ----------
    candidates : Candidates
    backhaul : Backhaul
    site_cost, link_cost : ndarray of float, shape (s,)
        VND; infinite where a site cannot be linked.
    covers : ndarray of bool, shape (s, v)
        Villages of the network each would serve.
    distance_m : ndarray of float, shape (s, v)
        Infinite beyond the radius.
    """

    candidates: Candidates
    backhaul: Backhaul
    site_cost: FloatArray
    link_cost: FloatArray
    covers: BoolArray
    distance_m: FloatArray

    @property
    def costs(self) -> FloatArray:
        """Cost of each site with its link, shape (s,)."""
        return self.site_cost + self.link_cost

    def as_sites(self) -> Sites:
        """Return the sites as the solver takes them: fed by microwave."""
        feeds = np.full(len(self.costs), FROM_FIBRE_POINTS, np.int64)
        return Sites(feeds, self.costs, self.covers)


def find_masts(setting: Setting) -> Masts:
    """List the sites from which villages of a question could be served."""
    site, dem = setting.site, setting.site.dem
    table = setting.cohort.table
    places = table[["lon", "lat"]].to_numpy(dtype=np.float64)[site.row_of_village]
    stations = site.stations.lonlat
    # That a village near a station has no signal shows that nearness is not what it lacks.
    upgradable = stations if dem is not None else np.zeros((0, 2))
    candidates = find_candidates(places, stations=upgradable, radius_m=MAST_RADIUS_M, dem=dem)
    lonlat = candidates.lonlat
    if dem is not None:
        covers = see(dem, lonlat, places, radius_m=MAST_RADIUS_M).clear
    else:
        pairs = pairs_in_reach(lonlat, places, MAST_RADIUS_M)
        covers = pairs.matrix(np.ones(len(pairs.mast), np.bool_))
    distances = pairs_in_reach(lonlat, places, np.inf).distances()
    if len(stations):
        backhaul = find_backhaul(lonlat, stations, dem=dem)
    else:
        none = np.full(len(lonlat), -1, np.int64)
        backhaul = Backhaul(none, np.full(len(lonlat), np.nan), dem is not None)
    site_cost, link_cost = _costs(setting, candidates, backhaul, places)
    return Masts(candidates, backhaul, site_cost, link_cost, covers, distances)


def table_of(setting: Setting, masts: Masts, chosen: IntArray, served_by: IntArray) -> pd.DataFrame:
    """Return the chosen sites as a table.

    Parameters
    ----------
    setting : Setting
    masts : Masts
    chosen : ndarray of int
        Ascending.
    served_by : ndarray of int, shape (v,)
        Site of each village of the network, -1 for none.
    """
    ids = setting.site.network.village_ids
    stations = setting.site.stations
    rows = []
    for number, at in enumerate(chosen.tolist(), start=1):
        station = int(masts.backhaul.station[at])
        is_standing = masts.candidates.kind[at] == CandidateKind.STATION
        linked = station >= 0 and not is_standing
        rows.append(
            {
                "site_id": f"M{number:03d}",
                "lon": float(masts.candidates.lonlat[at, 0]),
                "lat": float(masts.candidates.lonlat[at, 1]),
                "kind": str(masts.candidates.kind[at]),
                "cost_vnd": float(masts.site_cost[at]),
                "serves": tuple(ids[i] for i in np.flatnonzero(served_by == at).tolist()),
                "station_id": stations.ids[station] if linked else None,
                "station_lon": float(stations.lon[station]) if linked else np.nan,
                "station_lat": float(stations.lat[station]) if linked else np.nan,
                "link_km": float(masts.backhaul.length_m[at]) / 1000.0 if linked else np.nan,
                "link_cost_vnd": float(masts.link_cost[at]),
            }
        )
    return pd.DataFrame(rows, columns=list(SITE_COLUMNS)) if rows else no_sites()


def _costs(
    setting: Setting, candidates: Candidates, backhaul: Backhaul, places: FloatArray
) -> tuple[FloatArray, FloatArray]:
    measure = measure_of(setting.question)
    lonlat = candidates.lonlat
    located = np.flatnonzero(np.isfinite(places).all(axis=1))
    has_grid = np.ones(len(lonlat), np.bool_)
    if len(located) and len(lonlat):
        # A site has grid power where the nearest village has.
        near = nearest(*lonlat.T, *places[located].T, workers=1).index
        has_grid = setting.has_grid[located[near]]
    unfed = np.full(len(lonlat), np.nan)
    alone = site_costs(setting.book, unfed, has_grid, measure=measure)
    too_far = np.nan_to_num(backhaul.length_m / 1000.0, nan=np.inf)
    too_far[too_far * 1000.0 > LONGEST_M] = np.inf
    linked = site_costs(setting.book, too_far, has_grid, measure=measure)
    link = np.where(np.isfinite(linked), linked - alone, np.inf)
    standing = candidates.kind == CandidateKind.STATION
    upgrade = setting.book.vnd(Cost.MOBILE_SITE) * setting.book.value(Cost.MOBILE_RENEWED)
    return np.where(standing, upgrade, alone), np.where(standing, 0.0, link)
