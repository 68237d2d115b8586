"""Geometries of a raw table: made from coordinates, and none kept that lies nowhere."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from geo.intake.table import Geometries
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import Fault, Severity

FARTHEST: Final = 1e9
"""No coordinate of a place on earth is larger in any unit in use (degrees, metres, feet)."""


def points_at(x: FloatArray, y: FloatArray) -> Geometries:
    """Return one point per row, none where a coordinate is not finite or beyond the earth.

    Parameters
    ----------
    x, y : ndarray, shape (n,)
        In the units of the file's coordinate system.

    Returns
    -------
    ndarray of Point or None, shape (n,)
    """
    points = np.full(len(x), None, dtype=object)
    somewhere = is_somewhere(x) & is_somewhere(y)
    points[somewhere] = shapely.points(x[somewhere], y[somewhere])
    return points


def place_points(x: FloatArray, y: FloatArray, rows: IntArray) -> tuple[Geometries, list[Fault]]:
    """Return one point per row, with a fault for each coordinate that is no place on earth.

    Parameters
    ----------
    x, y : ndarray, shape (n,)
        In the units of the file's coordinate system; both NaN spell an empty point.
    rows : ndarray of int, shape (n,)
        What a fault calls the row.

    Returns
    -------
    geometry : ndarray of Point or None, shape (n,)
    faults : list of Fault
    """
    empty = np.isnan(x) & np.isnan(y)
    astray = ~(is_somewhere(x) & is_somewhere(y)) & ~empty
    faults = [empty_geometry(row) for row in rows[empty].tolist()]
    faults += [
        misplaced_geometry(row, f"{at_x:g} {at_y:g}")
        for row, at_x, at_y in zip(
            rows[astray].tolist(), x[astray].tolist(), y[astray].tolist(), strict=True
        )
    ]
    return points_at(x, y), faults


def is_somewhere(coordinate: FloatArray) -> BoolArray:
    """Tell which coordinates are finite and no larger than :data:`FARTHEST`."""
    # NaN compares false, so this one comparison also sorts out what is not a number.
    near: BoolArray = np.abs(coordinate) <= FARTHEST
    return near


def keep_placed(geometry: Geometries, rows: IntArray) -> tuple[Geometries, list[Fault]]:
    """Leave out geometries that are empty or have a coordinate which is no place on earth.

    Parameters
    ----------
    geometry : ndarray of geometries or None, shape (n,)
    rows : ndarray of int, shape (n,)
        What a fault calls the row.

    Returns
    -------
    geometry : ndarray, shape (n,)
        In two dimensions, ``None`` where left out.
    faults : list of Fault
        One per row left out.
    """
    flat = shapely.force_2d(geometry)
    empty = shapely.is_empty(flat)
    coordinates, owners = shapely.get_coordinates(flat, return_index=True)
    lost = ~is_somewhere(coordinates).all(axis=1)
    astray = np.zeros(len(flat), dtype=np.bool_)
    astray[owners[lost]] = True
    faults = [empty_geometry(row) for row in rows[empty].tolist()]
    where, first = np.unique(owners[lost], return_index=True)
    faults += [
        misplaced_geometry(row, f"{x:g} {y:g}")
        for row, (x, y) in zip(rows[where].tolist(), coordinates[lost][first], strict=True)
    ]
    flat[empty | astray] = None
    return flat, faults


def empty_geometry(row: int) -> Fault:
    """Return the fault of a geometry without coordinates, which is read as no position."""
    return Fault(
        "fault-intake-map-empty",
        row,
        severity=Severity.WARNING,
        remedy="remedy-intake-map-empty",
    )


def misplaced_geometry(row: int, got: str) -> Fault:
    """Return the fault of a coordinate that is no number or far beyond the earth."""
    return Fault(
        "fault-intake-map-coordinate",
        row,
        got=got,
        expected="expected-intake-map-coordinate",
        remedy="remedy-intake-map-geometry",
    )


def broken_geometry(row: int, got: str) -> Fault:
    """Return the fault of a geometry that does not follow its format."""
    return Fault(
        "fault-intake-map-geometry",
        row,
        got=got[:80],
        expected="expected-intake-map-geometry",
        remedy="remedy-intake-map-geometry",
    )


def unread_kind(row: int, kind: str) -> Fault:
    """Return the fault of a geometry that follows its format but is of a kind that is not read."""
    return Fault(
        "fault-intake-map-kind",
        row,
        got=kind,
        expected="expected-intake-map-kind",
        remedy="remedy-intake-map-kind",
    )
