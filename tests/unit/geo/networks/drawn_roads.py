"""Small networks drawn in metres, so that figures can be checked by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Geod

from geo.intake.table import RawTable
from geo.networks.places import Places
from geo.networks.roads import Roads, roads_of

LON, LAT = 104.0, 22.0
_DEGREE_EAST_M = Geod(ellps="WGS84").inv(LON, LAT, LON + 0.01, LAT)[2] * 100.0
_DEGREE_NORTH_M = Geod(ellps="WGS84").inv(LON, LAT, LON, LAT + 0.01)[2] * 100.0

Metres = Sequence[tuple[float, float]]


def degrees(points: Metres) -> np.ndarray:
    """Return positions so many metres east and north of a place in Lào Cai, good to 0.1 %."""
    east, north = np.array(points, dtype=np.float64).reshape(-1, 2).T
    return np.round(
        np.column_stack((LON + east / _DEGREE_EAST_M, LAT + north / _DEGREE_NORTH_M)), 9
    )


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(degrees(points))


def roads(*lines: shapely.LineString, level: Sequence[int] = ()) -> Roads:
    table = RawTable(
        (),
        np.arange(1, len(lines) + 1),
        geometry=np.array(lines, dtype=object),
        crs_wkt="EPSG:4326",
        format="geojson",
    )
    made = roads_of(table, file="roads.geojson")
    if not level:
        return made
    of_row = np.array(level)[made.rows - 1]
    return Roads(made.lines, made.road_class, made.effort, of_row, made.rows, made.faults)


def places(stem: str, *points: tuple[float, float]) -> Places:
    lonlat = degrees(points)
    ids = tuple(f"{stem}{number}" for number in range(1, len(lonlat) + 1))
    return Places(ids, lonlat[:, 0], lonlat[:, 1])


def write_geojson(path: Path, rows: Sequence[tuple[Any, dict[str, Any]]]) -> Path:
    """Write features of a geometry (or none) and properties."""
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": None if shape is None else json.loads(shapely.to_geojson(shape)),
        }
        for shape, properties in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path
