"""Coordinates as lists give them: numbers, angles, one column or two, degrees or metres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from geo.intake.table import Geometries, RawColumn
from geo.register.angles import uses_bac
from geo.register.coordinate_columns import angle_texts, read_axis, unreadable_faults
from geo.register.coordinate_order import CoordinateKind, kind_of, orient
from geo.register.coordinate_pairs import split_pairs
from geo.register.extent import Extent
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import Fault, Severity

_PAIRED: Final = (("longitude", "latitude"), ("x", "y"))


@dataclass(frozen=True, slots=True, eq=False)
class CoordinateReading:
    """The coordinates of a list.

    Attributes
    ----------
    x, y : ndarray of float, shape (n,)
        Longitude and latitude in degrees, or easting and northing in metres; NaN where there is
        none. Rows in ``at_fault`` may hold numbers, as the file has them.
    kind : CoordinateKind or None
        ``None`` if no row has coordinates.
    given : ndarray of bool, shape (n,)
        Rows for which the file says something.
    at_fault : ndarray of bool, shape (n,)
        Rows with an error that is among ``faults``.
    heading : str
        Of the column or columns, for further faults.
    faults : tuple of Fault
    """

    x: FloatArray
    y: FloatArray
    kind: CoordinateKind | None
    given: BoolArray
    at_fault: BoolArray
    heading: str
    faults: tuple[Fault, ...]


def read_coordinates(
    columns: Mapping[str, RawColumn],
    rows: IntArray,
    *,
    extent: Extent,
    swap: bool = False,
) -> CoordinateReading:
    """Read the coordinates of a list.

    Parameters
    ----------
    columns : mapping of str to RawColumn
        ``longitude`` and ``latitude``, or ``x`` and ``y``, or ``coordinates`` (both in one); of
        several, the first pair that is complete is read and the others are reported as unused.
    rows : ndarray of int, shape (n,)
        Row numbers of the file, for the faults.
    extent : Extent
        Tells longitude from latitude.
    swap : bool
        A person said that swapped coordinates are to be exchanged.

    Returns
    -------
    CoordinateReading
        Empty of coordinates where no column has any.
    """
    pairs = [pair for pair in _PAIRED if all(name in columns for name in pair)]
    used: tuple[str, ...] = pairs[0] if pairs else ()
    if not used and "coordinates" in columns:
        used = ("coordinates",)
    faults = _unused(columns, used)
    if not used:
        return _nothing(len(rows), tuple(faults))
    free = len(used) == 1
    if free:
        column = columns["coordinates"]
        first, second, unreadable = split_pairs(column.texts)
        faults += unreadable_faults(column, unreadable, rows)
        east, north = RawColumn(column.name, second), RawColumn(column.name, first)
    else:
        east, north = (columns[name] for name in used)
        unreadable = np.zeros(len(rows), dtype=np.bool_)
    heading = east.name if free else f"{east.name} / {north.name}"
    bac = any(uses_bac(angle_texts(column)) for column in (east, north))
    lon = read_axis(east, rows, used[0], nam_is_south=bac)
    lat = read_axis(north, rows, used[-1], nam_is_south=bac)
    faults += [*lon.faults, *lat.faults]
    faults += _half(lon.given, lat.given, east, north, rows)
    oriented = orient(
        lon.numbers,
        lat.numbers,
        rows,
        heading=heading,
        extent=extent,
        swap=swap,
        lettered=lon.latitude | lat.longitude,
        free_order=free,
    )
    given = lon.given | lat.given | unreadable
    complete = np.isfinite(oriented.x) & np.isfinite(oriented.y)
    return CoordinateReading(
        np.where(complete, oriented.x, np.nan),
        np.where(complete, oriented.y, np.nan),
        kind_of(oriented.x, oriented.y),
        given,
        oriented.at_fault | (given & ~complete),
        heading,
        (*faults, *oriented.faults),
    )


def read_points(
    points: Geometries,
    rows: IntArray,
    *,
    extent: Extent,
    heading: str = "geometry",
    swap: bool = False,
) -> CoordinateReading:
    """Take the coordinates of a map file's points.

    Parameters
    ----------
    points : ndarray of shapely geometries, shape (n,)
        x first, in any coordinate system; anything but a point with finite coordinates is a fault.
    rows : ndarray of int, shape (n,)
    extent : Extent
    heading : str
        What the faults call the geometry.
    swap : bool
        As in :func:`read_coordinates`.

    Returns
    -------
    CoordinateReading
    """
    given = ~shapely.is_missing(points)
    filled = points.copy()
    filled[shapely.is_empty(points)] = None
    # A point at infinity is as little a position as a polygon.
    x, y = shapely.get_x(filled), shapely.get_y(filled)
    sound = given & np.isfinite(x) & np.isfinite(y)
    faults = [
        Fault(
            "fault-coordinate-not-point",
            row=int(rows[at]),
            column=heading,
            got=shapely.to_wkt(points[at])[:60],
            remedy="remedy-coordinate-not-point",
        )
        for at in np.flatnonzero(given & ~sound).tolist()
    ]
    oriented = orient(
        np.where(sound, x, np.nan),
        np.where(sound, y, np.nan),
        rows,
        heading=heading,
        extent=extent,
        swap=swap,
    )
    return CoordinateReading(
        oriented.x,
        oriented.y,
        kind_of(oriented.x, oriented.y),
        given,
        oriented.at_fault | (given & ~sound),
        heading,
        (*faults, *oriented.faults),
    )


def _nothing(length: int, faults: tuple[Fault, ...]) -> CoordinateReading:
    empty, none = np.full(length, np.nan), np.zeros(length, dtype=np.bool_)
    return CoordinateReading(empty, empty, None, none, none, "", faults)


def _half(
    lon: BoolArray, lat: BoolArray, east: RawColumn, north: RawColumn, rows: IntArray
) -> list[Fault]:
    return [
        Fault(
            "fault-coordinate-half",
            row=int(rows[at]),
            column=(north if lon[at] else east).name,
            expected="expected-coordinate",
            remedy="remedy-coordinate-half",
        )
        for at in np.flatnonzero(lon != lat).tolist()
    ]


def _unused(columns: Mapping[str, RawColumn], used: tuple[str, ...]) -> list[Fault]:
    names = ("longitude", "latitude", "x", "y", "coordinates")
    return [
        Fault(
            "fault-coordinate-unused",
            column=columns[name].name,
            severity=Severity.WARNING,
            remedy="remedy-coordinate-unused",
        )
        for name in names
        if name in columns and name not in used and columns[name].texts.notna().any()
    ]
