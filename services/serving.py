"""Where the service is at a date, and how far each village is from it.

A village known only by its commune's centre has no distance and gives none: the centre may be ten
kilometres from its houses. It still counts in the access score, which looks 10 km around.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.nearest import nearest
from planning.gaps import gap_status
from planning.vocabulary import SERVING_TECHNOLOGIES, Gap, GapStatus, PositionBasis
from services.province import Province


@dataclass(frozen=True)
class ServingPoints:
    """Points that have a service at a date: villages first, then sites.

    Attributes
    ----------
    point_id, name, kind : ndarray of str, shape (m,)
        ``kind`` is ``village`` or a :class:`planning.vocabulary.SiteKind`.
    lon, lat : ndarray of float, shape (m,)
        EPSG:4326, degrees.
    village_row : ndarray of int, shape (m,)
        Register row of a point that is a village, -1 for a site.
    """

    point_id: npt.NDArray[np.object_]
    name: npt.NDArray[np.object_]
    kind: npt.NDArray[np.object_]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    village_row: npt.NDArray[np.int64]


def find_serving_points(province: Province, gap: Gap, as_of: date) -> ServingPoints:
    """Return every village and site that has, at a date, what the gap lacks.

    A site without a date is taken to have been in service all along. A village known only by its
    commune's centre is left out: nobody can measure a way to it.
    """
    has = gap_status(province.states(as_of), gap) == GapStatus.SERVED
    served = np.flatnonzero(has & ~at_commune_centre(province))
    sites = province.sites
    started = pd.to_datetime(sites["in_service_on"])
    serving = sites["technology"].isin(SERVING_TECHNOLOGIES[gap]) & (
        started.isna() | (started <= pd.Timestamp(as_of))
    )
    sites = sites[serving.to_numpy()]
    villages = province.villages.iloc[served]

    def joined(of_villages: object, of_sites: object) -> npt.NDArray[np.object_]:
        return np.concatenate(
            [np.asarray(of_villages, dtype=object), np.asarray(of_sites, dtype=object)]
        )

    return ServingPoints(
        point_id=joined(villages["village_id"], sites["site_id"]),
        name=joined(villages["name"], sites["name"]),
        kind=joined(["village"] * len(villages), sites["kind"]),
        lon=np.concatenate([villages.geometry.x, sites.geometry.x]).astype(np.float64),
        lat=np.concatenate([villages.geometry.y, sites.geometry.y]).astype(np.float64),
        village_row=np.concatenate([served, np.full(len(sites), -1)]).astype(np.int64),
    )


def at_commune_centre(province: Province) -> npt.NDArray[np.bool_]:
    """Tell of each village, in register order, whether its position is its commune's centre."""
    at_centre = province.villages["position_basis"].isin([str(PositionBasis.COMMUNE_CENTRE)])
    return np.asarray(at_centre, dtype=np.bool_)


def nearest_of_all(province: Province, as_of: date) -> dict[Gap, pd.DataFrame]:
    """Find what :func:`nearest_served` finds for every village, in register order, by gap."""
    everywhere = np.arange(len(province.villages))
    return {gap: nearest_served(province, gap, as_of, everywhere) for gap in Gap}


def nearest_served(
    province: Province, gap: Gap, as_of: date, rows: npt.NDArray[np.int64]
) -> pd.DataFrame:
    """Find the nearest point that has the service, for the villages in the given register rows.

    Parameters
    ----------
    province : Province
    gap : Gap
    as_of : date
    rows : ndarray of int, shape (n,)
        Register rows; a village that has the service itself is not its own nearest point.

    Returns
    -------
    DataFrame, n rows
        ``nearest_id``, ``nearest_name``, ``nearest_kind`` and ``distance_m``, the geodesic distance
        on WGS84 in metres; all missing if there is no such point, or for a village known only by
        its commune's centre.
    """
    points = find_serving_points(province, gap, as_of)
    own_point = np.full(len(province.villages), -1, dtype=np.int64)
    of_village = points.village_row >= 0
    own_point[points.village_row[of_village]] = np.flatnonzero(of_village)
    villages = province.villages.geometry.iloc[rows]
    measurable = ~at_commune_centre(province)[rows]
    found = nearest(
        np.where(measurable, villages.x, np.nan),
        np.where(measurable, villages.y, np.nan),
        points.lon,
        points.lat,
        same_as=own_point[rows],
    )
    there = found.index >= 0

    def named(values: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
        taken = np.full(len(rows), None, dtype=object)
        taken[there] = values[found.index[there]]
        return taken

    return pd.DataFrame(
        {
            "nearest_id": named(points.point_id),
            "nearest_name": named(points.name),
            "nearest_kind": named(points.kind),
            "distance_m": found.distance_m,
        }
    )
