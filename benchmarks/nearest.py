"""The nearest site, exact on the ellipsoid, beside the usual tools.

Run ``python -m benchmarks.nearest`` (100,000 points, 10,000 sites), with ``--large`` also for a
million points and 100,000 sites (some minutes, nearly all of them spent in the other tools).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import geopandas as gpd
import numpy as np
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely import STRtree
from sklearn.neighbors import BallTree

from benchmarks.measure import machine, measure, print_table
from geo.geodesy import to_ecef
from geo.nearest import nearest

FloatArray = NDArray[np.float64]
Answer = tuple[NDArray[np.int64], FloatArray]

METRES = "EPSG:32648"
MEAN_RADIUS_M = 6_371_008.8
OURS = "geo.nearest"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also a million points")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print(machine())
    for points, sites in ((100_000, 10_000), (1_000_000, 100_000))[: 1 + arguments.large]:
        compare(points, sites, arguments.rounds)


def compare(points: int, sites: int, rounds: int) -> None:
    """Time every tool on the same random points of Vietnam's bounding box; check a sample."""
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(102, 110, points), rng.uniform(8, 23, points)
    site_lon, site_lat = rng.uniform(102, 110, sites), rng.uniform(8, 23, sites)
    timings = measure(ways(lon, lat, site_lon, site_lat), rounds)
    sample = rng.choice(points, 1000, replace=False)
    truth = exact(lon[sample], lat[sample], site_lon, site_lat)
    rows = []
    for name, timing in timings.items():
        index, distance = timing.result
        error = np.abs(distance[sample] - truth[1]).max()
        rows.append(
            (
                name,
                str(timing),
                f"{timing.median_s / timings[OURS].median_s:.2f}",
                str(int((index[sample] != truth[0]).sum())),
                f"{error * 1e3:.3g} mm" if error < 1.0 else f"{error:.3g} m",
            )
        )
    header = ("tool", "median (spread)", "ratio", "wrong of 1,000", "largest error")
    print_table(f"Nearest of {sites:,} sites for {points:,} points", header, rows)


def ways(
    lon: FloatArray, lat: FloatArray, site_lon: FloatArray, site_lat: FloatArray
) -> dict[str, Callable[[], Answer]]:
    """Return the tools, each from coordinates in degrees to index and metres."""

    def ours(workers: int) -> Answer:
        found = nearest(lon, lat, site_lon, site_lat, workers=workers)
        return found.index, found.distance_m

    def tree_of_chords(workers: int) -> Answer:
        tree = cKDTree(to_ecef(site_lon, site_lat))
        chord, index = tree.query(to_ecef(lon, lat), workers=workers)
        return np.asarray(index), np.asarray(chord)

    # The projected tools get their points projected for nothing.
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=4326)).to_crs(METRES)
    sites = gpd.GeoDataFrame(geometry=gpd.points_from_xy(site_lon, site_lat, crs=4326)).to_crs(
        METRES
    )

    def joined() -> Answer:
        found = gpd.sjoin_nearest(points, sites, distance_col="distance_m")
        found = found[~found.index.duplicated()].sort_index()
        return found["index_right"].to_numpy(), found["distance_m"].to_numpy()

    def packed_rectangles() -> Answer:
        (_, index), distance = STRtree(sites.geometry.array).query_nearest(
            points.geometry.array, return_distance=True, all_matches=False
        )
        return index, distance

    def balls() -> Answer:
        tree = BallTree(np.radians(np.column_stack((site_lat, site_lon))), metric="haversine")
        angle, index = tree.query(np.radians(np.column_stack((lat, lon))))
        return index[:, 0], angle[:, 0] * MEAN_RADIUS_M

    return {
        OURS: lambda: ours(-1),
        f"{OURS}, one thread": lambda: ours(1),
        "scipy cKDTree of chords, all threads": lambda: tree_of_chords(-1),
        "scipy cKDTree of chords, one thread": lambda: tree_of_chords(1),
        "geopandas sjoin_nearest (UTM)": joined,
        "shapely STRtree (UTM)": packed_rectangles,
        "scikit-learn BallTree (haversine)": balls,
    }


def exact(lon: FloatArray, lat: FloatArray, site_lon: FloatArray, site_lat: FloatArray) -> Answer:
    """Return the true answers by GeographicLib, among the sites with the eight shortest chords."""
    _, near = cKDTree(to_ecef(site_lon, site_lat)).query(to_ecef(lon, lat), k=8)
    index, distance = np.empty(len(lon), dtype=np.int64), np.empty(len(lon))
    for i, candidates in enumerate(np.asarray(near)):
        length = [
            Geodesic.WGS84.Inverse(lat[i], lon[i], site_lat[j], site_lon[j])["s12"]
            for j in candidates
        ]
        index[i], distance[i] = candidates[int(np.argmin(length))], min(length)
    return index, distance


if __name__ == "__main__":
    main()
