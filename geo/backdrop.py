"""A map background made of nothing but the villages: readable offline, in any province.

Every village claims the ground nearer to it than to any other (its Voronoi cell); the cells of a
commune make its area, the communes of a district make the district, and a hull around all points
ends the land. **It is an approximation drawn from positions, never an administrative boundary**,
and must be labelled so wherever it is shown.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.dissolving import dissolve
from geo.ground import Basis, Level, ground_features, write_ground

MAX_CELLS: Final = 20_000
"""Cells drawn at most; more villages than this are thinned evenly, commune by commune."""

_LONE_RADIUS: Final = 0.02
"""Half-width in degrees of the land around villages that all stand on one spot."""
_CONCAVITY: Final = 0.15
_MARGIN: Final = 0.9
"""Land beyond the outermost villages, in mean spacings between villages."""
_SMOOTHING: Final = 0.55
"""How much of a cell's jaggedness is smoothed away, in mean spacings between villages."""

_Geometries: TypeAlias = NDArray[np.object_]


def backdrop(
    villages: gpd.GeoDataFrame,
    *,
    inner: tuple[str, str] = ("commune_code", "commune"),
    outer: tuple[str, str] = ("district_code", "district"),
) -> bytes:
    """Draw the background of a register.

    Parameters
    ----------
    villages : GeoDataFrame
        Point geometry in EPSG:4326, at least one row; uses the columns named by the two levels.
    inner, outer : (str, str)
        Columns of code and name of the small and the large areas. A small area belongs to the
        large area of its first village. A village whose small area is not known stands in its
        unit, if it has one; what is known of neither is one area without a name.

    Returns
    -------
    bytes
        What :func:`geo.ground.write_ground` writes, small areas first, tinted by large area.

    Raises
    ------
    ValueError
        If there is no village.
    """
    if villages.empty:
        raise ValueError("villages")
    points, code = villages.geometry, _known(villages, inner[0], "unit_code", inner[1], "unit")
    order = np.lexsort((points.y, points.x, code))
    frame = villages.iloc[order]
    inner_codes, inner_of_row = np.unique(code[order], return_inverse=True)
    first_row = np.unique(inner_of_row, return_index=True)[1]
    outer_codes, outer_of_row = np.unique(_known(frame, *outer), return_inverse=True)
    outer_of_inner = outer_of_row[first_row]
    outer_first_row = np.unique(outer_of_row, return_index=True)[1]

    degrees = np.column_stack([frame.geometry.x, frame.geometry.y])
    # Stretch longitude to the same ground length as latitude, so that cells are not skewed.
    stretch = np.array([np.cos(np.radians(degrees[:, 1].mean())), 1.0])
    places, owner = _thinned(degrees * stretch, inner_of_row)
    spacing = _spacing(places)
    land = _land(places, spacing)

    whole = dissolve(_cells(places, land), owner, len(inner_codes), shapely.coverage_union_all)
    smooth = shapely.coverage_simplify(whole, _SMOOTHING * spacing, simplify_boundary=False)
    inner_areas = shapely.intersection(smooth, land)
    joined = dissolve(smooth, outer_of_inner, len(outer_codes), shapely.coverage_union_all)
    outer_areas = shapely.intersection(joined, land)

    features = [
        *ground_features(
            Level.INNER,
            _in_degrees(inner_areas, stretch),
            pd.Series(_known(frame, inner[1], "unit")[first_row]),
            outer_of_inner,
        ),
        *ground_features(
            Level.OUTER,
            _in_degrees(outer_areas, stretch),
            pd.Series(_known(frame, outer[1])[outer_first_row]),
            np.arange(len(outer_codes)),
        ),
    ]
    return write_ground(Basis.VILLAGES, features)


def _known(frame: gpd.GeoDataFrame, *columns: str) -> NDArray[np.str_]:
    """Return the first known value of each row among the columns there are, else an empty text."""
    there = [frame[name].astype("str") for name in columns if name in frame]
    known = there[0]
    for other in there[1:]:
        known = known.fillna(other)
    texts: NDArray[np.str_] = known.fillna("").to_numpy(dtype=np.str_)
    return texts


def _thinned(
    points: NDArray[np.float64], owner: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return distinct points and their owners, at most about ``MAX_CELLS`` of them."""
    size = 1e-6
    if len(points) > MAX_CELLS:
        # A square grid with fewer cells than the limit, at most one point of an owner in each.
        extent = np.ptp(points, axis=0)
        size = float(max(np.sqrt(extent.prod() / (MAX_CELLS / 2)), extent.max() / MAX_CELLS, size))
    grid = np.floor(points / size).astype(np.int64)
    kept = np.unique(np.column_stack([grid, owner]), axis=0, return_index=True)[1]
    # Two owners on one spot cannot share a cell: the first keeps it.
    spots = np.unique(np.round(points[kept], 6), axis=0, return_index=True)[1]
    chosen = np.sort(kept[spots])
    return points[chosen], owner[chosen]


def _spacing(points: NDArray[np.float64]) -> float:
    """Return the side of the square each point would have if all shared their hull evenly."""
    area = shapely.MultiPoint(points).convex_hull.area
    length = float(np.ptp(points, axis=0).max())
    side = np.sqrt(area / len(points)) if area > 0 else length / len(points)
    return float(max(side, _LONE_RADIUS / 2))


def _land(points: NDArray[np.float64], spacing: float) -> BaseGeometry:
    hull = shapely.concave_hull(shapely.MultiPoint(points), ratio=_CONCAVITY)
    # Grow past the target and back: rounds the coast and closes narrow inlets.
    grown = hull.buffer(2 * _MARGIN * spacing + _LONE_RADIUS / 4)
    return grown.buffer(-_MARGIN * spacing).simplify(spacing / 10)


def _cells(points: NDArray[np.float64], land: BaseGeometry) -> _Geometries:
    """Return the Voronoi cell of every point, together covering the land."""
    around = land.buffer(1.0).envelope
    if len(points) == 1:
        return np.array([around])
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=around, ordered=True)
    return shapely.get_parts(cells)


def _in_degrees(areas: _Geometries, stretch: NDArray[np.float64]) -> _Geometries:
    return np.asarray(shapely.transform(areas, lambda xy: xy / stretch))
