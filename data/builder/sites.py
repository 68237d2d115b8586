"""Fibre points and base stations that agree with the states: illustrative, none is real.

A point of the network is set near a village that has the service and is not yet in reach of one.
It keeps away from villages that lack the service, so no village without signal has a station next
door.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import KDTree

from data.builder.draws import Theme, stream
from data.builder.gaps import BASELINE
from data.builder.remoteness import plane_m
from planning.vocabulary import FixedState, MobileState, SiteKind

FIBRE_REACH_M: Final = 3_000.0
FIBRE_CLEARANCE_M: Final = 1_500.0
STATION_REACH_M: Final = 2_800.0
STATION_CLEARANCE_M: Final = 2_200.0
SMALL_CELL_REACH_M: Final = 1_400.0
ONLY_2G_STATIONS: Final = 40
NEARBY_M: Final = (150.0, 600.0)
TRIES: Final = 12
_METRES_PER_DEGREE: Final = 111_000.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Where sites may stand.

    Attributes
    ----------
    reach_m : float
        A village within this distance of a site needs no other.
    forbidden : ndarray of float, shape (n, 2)
        Planar metres of the villages to keep away from.
    clearance_m : float
        How far to keep away.
    """

    reach_m: float
    forbidden: NDArray[np.float64]
    clearance_m: float


def _nearby(
    lon: float, lat: float, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw candidate positions around a place, 150 to 600 m off, in degrees at five decimals."""
    away_m = NEARBY_M[0] + (NEARBY_M[1] - NEARBY_M[0]) * rng.random(TRIES)
    turn = 2 * np.pi * rng.random(TRIES)
    lats = lat + away_m * np.sin(turn) / _METRES_PER_DEGREE
    lons = lon + away_m * np.cos(turn) / (_METRES_PER_DEGREE * np.cos(np.radians(lat)))
    return np.round(lons, 5), np.round(lats, 5)


def _cover(places: pd.DataFrame, spread: Spread, rng: np.random.Generator) -> pd.DataFrame:
    """Place sites so that each place (``lon, lat, commune_code``) has one in reach, in order.

    A place whose surroundings are all too close to a forbidden village stays without.
    """
    keep_away = KDTree(spread.forbidden)
    xy = plane_m(places["lon"].to_numpy(), places["lat"].to_numpy())
    in_reach = KDTree(xy)
    covered = np.zeros(len(places), dtype=bool)
    rows = []
    around = zip(places["lon"], places["lat"], strict=True)
    for position, (lon, lat) in enumerate(around):
        lons, lats = _nearby(lon, lat, rng)
        if covered[position]:
            continue
        candidates = plane_m(lons, lats)
        allowed = np.asarray(keep_away.query(candidates)[0]) >= spread.clearance_m
        if not allowed.any():
            continue
        best = int(np.argmax(allowed))
        covered[in_reach.query_ball_point(candidates[best], spread.reach_m)] = True
        rows.append((position, lons[best], lats[best]))
    sites = pd.DataFrame(rows, columns=["position", "lon", "lat"])
    homes = places[["commune_code", "commune"]].iloc[sites.pop("position")]
    return homes.reset_index(drop=True).join(sites)


def _days(rng: np.random.Generator, size: int, first: str, last: str) -> NDArray[np.str_]:
    """Draw ISO dates from ``first`` to ``last`` inclusive."""
    start = np.datetime64(first)
    span = int((np.datetime64(last) - start).astype(int)) + 1
    return (start + rng.integers(span, size=size)).astype(str)


def _places(villages: pd.DataFrame) -> NDArray[np.float64]:
    """Return the planar positions of villages."""
    return plane_m(villages["lon"].to_numpy(), villages["lat"].to_numpy())


def place_fibre_points(villages: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """Place a fibre point at every commune centre and near villages with fibre out of reach.

    Returns
    -------
    DataFrame
        ``commune_code, commune, lon, lat, in_service_on``.
    """
    rng = stream(Theme.FIBRE_POINTS)
    without = _places(villages.loc[villages["fixed_baseline"] != FixedState.FIBRE])
    centres = _cover(communes, Spread(0.0, without, FIBRE_CLEARANCE_M), rng)
    served = villages.loc[villages["fixed_baseline"] == FixedState.FIBRE]
    far = np.asarray(KDTree(_places(centres)).query(_places(served))[0]) > FIBRE_REACH_M
    more = _cover(served[far], Spread(FIBRE_REACH_M, without, FIBRE_CLEARANCE_M), rng)
    return pd.concat(
        [
            centres.assign(in_service_on=_days(rng, len(centres), "2010-01-01", "2019-12-31")),
            more.assign(in_service_on=_days(rng, len(more), "2017-01-01", "2023-12-31")),
        ]
    ).assign(kind=str(SiteKind.FIBRE_POINT), technology="fibre")


def place_base_stations(villages: pd.DataFrame) -> pd.DataFrame:
    """Place 4G stations near villages with mobile broadband and 2G ones here and there.

    The stations that gave broadband to the villages that improved came on air after the baseline.

    Returns
    -------
    DataFrame
        ``commune_code, commune, lon, lat, in_service_on, kind, technology``.
    """
    rng = stream(Theme.BASE_STATIONS)
    state, later = villages["mobile_baseline"], villages["mobile_state"]
    broadband = state == MobileState.BROADBAND
    dark = _places(villages.loc[~broadband])
    without_signal = _places(villages.loc[later == MobileState.NO_SIGNAL])
    old = Spread(STATION_REACH_M, dark, STATION_CLEARANCE_M)
    dense = Spread(SMALL_CELL_REACH_M, dark, STATION_CLEARANCE_M)
    new = Spread(STATION_REACH_M, without_signal, STATION_CLEARANCE_M)
    only_2g = state == MobileState.ONLY_2G
    old_2g = villages.loc[only_2g | state.eq(MobileState.PARTIAL)]
    many = rng.permutation(villages.index[broadband & ~villages["urban"]])[:ONLY_2G_STATIONS]
    improved = villages.loc[~broadband & (later == MobileState.BROADBAND)]
    parts = [
        (villages.loc[broadband & villages["urban"]], dense, "4g", "2015-01-01", "2023-12-31"),
        (villages.loc[broadband & ~villages["urban"]], old, "4g", "2016-01-01", BASELINE),
        (improved, new, "4g", "2024-03-15", "2024-06-25"),
        (old_2g, new, "2g", "2006-01-01", "2014-12-31"),
        (villages.loc[np.sort(many)], new, "2g", "2006-01-01", "2014-12-31"),
    ]
    placed = []
    for places, spread, technology, first, last in parts:
        sites = _cover(places, spread, rng)
        days = _days(rng, len(sites), first, last)
        placed.append(sites.assign(in_service_on=days, technology=technology))
    return pd.concat(placed).assign(kind=str(SiteKind.BASE_STATION))


def place_sites(villages: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """Return every site with its id and name, sorted by id.

    Returns
    -------
    DataFrame
        ``site_id, name, kind, technology, commune_code, in_service_on, lon, lat``.
    """
    sites = pd.concat([place_fibre_points(villages, communes), place_base_stations(villages)])
    sites = sites.sort_values(
        ["kind", "commune_code", "in_service_on"], ascending=[False, True, True], kind="stable"
    ).reset_index(drop=True)
    number = sites.groupby(["kind", "commune_code"]).cumcount() + 1
    fibre = sites["kind"] == SiteKind.FIBRE_POINT
    label = np.where(fibre, "điểm cáp quang", "trạm " + sites["technology"].str.upper())
    place = sites["commune"].str.replace(r"^(Xã|Phường|Thị trấn) ", "", regex=True)
    return sites.assign(
        site_id=pd.Series(np.where(fibre, "F-", "B-"), index=sites.index)
        + sites["commune_code"]
        + "-"
        + number.map("{:02d}".format),
        name=place + " – " + label + " " + number.astype(str) + " (minh hoạ)",
    ).sort_values("site_id", ignore_index=True)[
        ["site_id", "name", "kind", "technology", "commune_code", "in_service_on", "lon", "lat"]
    ]
