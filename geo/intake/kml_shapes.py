"""Geometries of placemarks: tuples ``lon,lat[,altitude]`` separated by white space."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.intake.kml_placemarks import Shape
from geo.intake.shapes import broken_geometry, empty_geometry, keep_placed, place_points
from geo.intake.table import Geometries
from planning.columns import FloatArray
from planning.errors import Fault

_MULTIPART: Final[Mapping[frozenset[str], Callable[[Any], BaseGeometry]]] = {
    frozenset({"Point"}): shapely.MultiPoint,
    frozenset({"LineString"}): shapely.MultiLineString,
    frozenset({"Polygon"}): shapely.MultiPolygon,
}


def place(placemarks: Sequence[Sequence[Shape]]) -> tuple[Geometries, list[Fault]]:
    """Return the geometry of each placemark.

    A placemark with several shapes becomes a collection of them, with one shape that shape.

    Parameters
    ----------
    placemarks : sequence of sequence of Shape, length n

    Returns
    -------
    geometry : ndarray of geometries or None, shape (n,)
        Longitude first, heights left out.
    faults : list of Fault
        Rows, counted from 1, whose coordinates cannot be read.
    """
    positions = [_only_point(shapes) for shapes in placemarks]
    plain = np.array([row for row, at in enumerate(positions) if at is not None], dtype=np.int64)
    known = np.array([at for at in positions if at is not None]).reshape(len(plain), 2)
    others = [row for row, at in enumerate(positions) if at is None and placemarks[row]]
    geometry = np.full(len(placemarks), None, dtype=object)
    geometry[plain], faults = place_points(known[:, 0], known[:, 1], plain + 1)
    geometry[others], more = _others([placemarks[row] for row in others], others)
    return geometry, faults + more


def _only_point(shapes: Sequence[Shape]) -> tuple[float, float] | None:
    if len(shapes) != 1 or shapes[0].kind != "Point" or len(shapes[0].coordinates) != 1:
        return None
    parts = shapes[0].coordinates[0].split(",")
    try:
        return (float(parts[0]), float(parts[1])) if len(parts) in {2, 3} else None
    except ValueError:
        return None


def _others(
    placemarks: Sequence[Sequence[Shape]], rows: Sequence[int]
) -> tuple[Geometries, list[Fault]]:
    geometry = np.full(len(placemarks), None, dtype=object)
    faults = []
    for at, (placemark, row) in enumerate(zip(placemarks, rows, strict=True)):
        written = [text for shape in placemark for text in shape.coordinates if text]
        if not written:
            faults.append(empty_geometry(row + 1))
            continue
        try:
            with np.errstate(all="ignore"):
                geometry[at] = _together([_shape(shape) for shape in placemark])
        except (ValueError, ShapelyError):
            faults.append(broken_geometry(row + 1, written[0]))
    placed, astray = keep_placed(geometry, np.array(rows, dtype=np.int64) + 1)
    return placed, faults + astray


def _together(parts: list[BaseGeometry]) -> BaseGeometry:
    if len(parts) == 1:
        return parts[0]
    whole = _MULTIPART.get(frozenset(part.geom_type for part in parts), shapely.GeometryCollection)
    return whole(parts)


def _shape(shape: Shape) -> BaseGeometry:
    rings = [_positions(text) for text in shape.coordinates]
    if not rings:
        raise ValueError(shape.kind)
    if shape.kind == "Polygon":
        return shapely.Polygon(rings[0], rings[1:])
    if shape.kind == "Point":
        return shapely.Point(rings[0][0])
    return shapely.LineString(rings[0])


def _positions(text: str) -> FloatArray:
    # Some writers put a space behind the comma.
    tuples = [part.split(",") for part in text.replace(", ", ",").split()]
    positions = [(float(part[0]), float(part[1])) for part in tuples if len(part) > 1]
    if not positions:
        raise ValueError(text)
    return np.array(positions)
