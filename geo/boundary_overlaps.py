"""Where areas lie on each other, and where land between them belongs to none.

Overlaps are told patch by patch: ground that three areas claim is one patch of three, not three
pairs. Edges that ought to coincide and miss each other by centimetres leave slivers; those below
:data:`SLIVER_KM2` are counted together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from planning.columns import FloatArray, IntArray

Polygons = NDArray[np.object_]

SLIVER_KM2: Final = 0.01
"""One hectare: less than this between two areas is drawing, not territory."""
_NOISE_KM2: Final = 1e-9
"""A square of three centimetres: what rounding alone leaves behind."""


@dataclass(frozen=True, slots=True)
class Patch:
    """One piece of ground.

    Attributes
    ----------
    areas : tuple of int
        Positions of the areas that claim it; empty for a gap.
    area_km2 : float
    lon, lat : float
        A point in it, degrees, EPSG:4326.
    """

    areas: tuple[int, ...]
    area_km2: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Slivers:
    """Pieces too small to name one by one: how many, and how large together."""

    count: int
    area_km2: float


def areas_km2(shapes: Iterable[BaseGeometry]) -> FloatArray:
    """Return geodesic areas on WGS84, square kilometres, shape (n,).

    Karney (2013), "Algorithms for geodesics", J. Geodesy 87, 43-55, section 6, as implemented in
    PROJ; edges are geodesics. Holes are taken off.
    """
    earth = Geod(ellps="WGS84")
    # Rings one by one, each as large as it is: the direction it is drawn in does not matter.
    return np.array([_shape_km2(earth, shape) for shape in shapes], dtype=np.float64)


def find_overlaps(polygons: Polygons) -> tuple[list[Patch], Slivers]:
    """Find ground that lies in more than one area.

    Parameters
    ----------
    polygons : ndarray of valid Polygon or MultiPolygon, shape (n,)
        EPSG:4326.

    Returns
    -------
    list of Patch
        Largest first; each set of areas once.
    Slivers
    """
    one, other = _crossing_pairs(polygons)
    shared = shapely.intersection(polygons[one], polygons[other])
    found: dict[tuple[int, ...], list[BaseGeometry]] = {}
    for members in _connected(shared):
        claimed = np.unique(np.concatenate((one[members], other[members])))
        for face in _faces(shared[members]):
            inside = shapely.covers(polygons[claimed], shapely.point_on_surface(face))
            found.setdefault(tuple(claimed[inside].tolist()), []).append(face)
    patches = [
        _patch(areas, shapely.union_all(faces)) for areas, faces in found.items() if len(areas) > 1
    ]
    return _without_slivers(patches)


def find_gaps(polygons: Polygons, whole: BaseGeometry | None = None) -> tuple[list[Patch], Slivers]:
    """Find land that lies in no area.

    Parameters
    ----------
    polygons : ndarray of valid Polygon or MultiPolygon, shape (n,)
        EPSG:4326.
    whole : geometry, optional
        Land that the areas ought to cover. Without it only holes count, land with areas all
        around it: where an outer edge ought to be, the areas themselves cannot tell.

    Returns
    -------
    list of Patch
        Largest first.
    Slivers
    """
    together = shapely.union_all(polygons)
    rings = [ring for part in shapely.get_parts(together) for ring in part.interiors]
    open_land: list[BaseGeometry] = [shapely.Polygon(ring) for ring in rings]
    if whole is not None:
        open_land.append(shapely.difference(whole, together))
    gaps = _polygon_parts(shapely.union_all(open_land))
    return _without_slivers([_patch((), gap) for gap in gaps])


def polygon_parts(shape: BaseGeometry) -> BaseGeometry:
    """Return only what of a geometry has an area: a Polygon or MultiPolygon, perhaps empty."""
    parts = _polygon_parts(shape)
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(parts))


def _shape_km2(earth: Geod, shape: BaseGeometry) -> float:
    total = 0.0
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and not part.is_empty:
            outer, *holes = (_ring_m2(earth, ring) for ring in (part.exterior, *part.interiors))
            total += outer - sum(holes)
    return total / 1e6


def _ring_m2(earth: Geod, ring: BaseGeometry) -> float:
    lon, lat = shapely.get_coordinates(ring).T
    return abs(float(earth.polygon_area_perimeter(lon, lat)[0]))


def _crossing_pairs(polygons: Polygons) -> tuple[IntArray, IntArray]:
    """Return pairs that may share ground: of areas that lie on each other one has a wrong edge."""
    wrong = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(polygons)))
    if not len(wrong):
        nobody = np.array([], dtype=np.int64)
        return nobody, nobody
    asked, other = shapely.STRtree(polygons).query(polygons[wrong])
    one = wrong[asked]
    pairs = np.unique(np.sort(np.column_stack([one, other]), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)


def _connected(shapes: Polygons) -> list[IntArray]:
    """Return groups of shapes that share ground, directly or through others."""
    solid = np.flatnonzero(shapely.area(shapes) > 0)
    asked, other = shapely.STRtree(shapes[solid]).query(shapes[solid], predicate="intersects")
    group = np.arange(len(solid))
    while True:
        joined = group.copy()
        np.minimum.at(joined, asked, group[other])
        if (joined == group).all():
            break
        group = joined
    return [solid[group == number].astype(np.int64) for number in np.unique(group)]


def _faces(shapes: Polygons) -> Polygons:
    """Return the pieces into which the outlines of shapes divide the ground."""
    if len(shapes) == 1:
        return _polygon_parts(shapes[0])
    outlines = shapely.union_all(shapely.boundary([polygon_parts(shape) for shape in shapes]))
    return np.asarray(shapely.get_parts(shapely.polygonize(shapely.get_parts(outlines))))


def _polygon_parts(shape: BaseGeometry) -> Polygons:
    parts = shapely.get_parts(shape)
    # A collection may hold collections of several polygons.
    parts = shapely.get_parts(parts)
    return np.asarray(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _patch(areas: tuple[int, ...], shape: BaseGeometry) -> Patch:
    at = shapely.point_on_surface(shape)
    return Patch(areas, float(areas_km2([shape])[0]), float(at.x), float(at.y))


def _without_slivers(patches: list[Patch]) -> tuple[list[Patch], Slivers]:
    small = [p.area_km2 for p in patches if _NOISE_KM2 < p.area_km2 < SLIVER_KM2]
    large = [p for p in patches if p.area_km2 >= SLIVER_KM2]
    large.sort(key=lambda patch: (-patch.area_km2, patch.areas))
    return large, Slivers(len(small), float(sum(small)))
