"""Roads of a file: lines in longitude and latitude, cleaned, with everything odd said once.

The file is read in the importer's child process, so that no driver of the parent opens it. What
comes out does not depend on the order of the features, nor on the direction each was drawn in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.boundary_placing import place_outlines
from geo.intake.limits import Limits
from geo.intake.sandbox import read_foreign
from geo.intake.table import Geometries, RawTable, ReadOptions
from geo.networks.places import Places
from geo.networks.road_columns import RoadFacts, read_facts
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import DataError, Fault, Severity

MARGIN_KM: Final = 50.0
"""No cable between two villages of a province makes a detour this far outside of all of them."""

_LINE, _MULTILINE = 1, 5
_KM_OF_A_DEGREE: Final = 110.0


@dataclass(frozen=True, slots=True, eq=False)
class Roads:
    """Roads, each a line of its own, in an order that depends on where they run alone.

    Attributes
    ----------
    lines : ndarray of LineString, shape (n,)
        EPSG:4326, longitude first; each with a length, no two the same.
    road_class : ndarray of str or None, shape (n,)
        As the file writes it.
    effort : ndarray, shape (n,)
        Times the plain unit cost of a metre.
    level : ndarray of int, shape (n,)
        0 on the ground, above it more, below it less.
    rows : ndarray of int, shape (n,)
        Row of each in the file.
    faults : tuple of Fault
        Warnings; what makes a file useless is raised.
    """

    lines: Geometries
    road_class: NDArray[np.object_]
    effort: FloatArray
    level: IntArray
    rows: IntArray
    faults: tuple[Fault, ...] = ()

    def __len__(self) -> int:
        """Return the number of roads."""
        return len(self.lines)


def read_roads(
    path: Path,
    *,
    name: str | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008  (frozen)
    crs: str | None = None,
    progress: Callable[[str, float], None] | None = None,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
) -> Roads:
    """Read the roads of a foreign file.

    Parameters
    ----------
    path : Path
        GeoJSON, GeoPackage, Shapefile or MapInfo in a ZIP, KML, GeoParquet.
    name : str, optional
        What the person calls the file, if not ``path.name``.
    options : ReadOptions
    crs : str, optional
        Coordinate system a person chose instead of the file's, such as ``EPSG:9208``.
    progress, limits
        As in :func:`geo.intake.sandbox.read_foreign`.

    Raises
    ------
    DataError
        If the file cannot be read, holds no line, or its coordinate system is not known.
    """
    table = read_foreign(path, options, name=name, progress=progress, limits=limits)
    return roads_of(table, file=name or path.name, crs=crs)


def roads_of(table: RawTable, *, file: str, crs: str | None = None) -> Roads:
    """Return the roads of a table that has been read; as :func:`read_roads`."""
    if table.geometry is None:
        raise DataError("error-roads-no-lines", file=file)
    kinds = shapely.get_type_id(table.geometry)
    is_line = np.isin(kinds, (_LINE, _MULTILINE))
    if not is_line.any():
        raise DataError("error-roads-no-lines", file=file)
    shapes, system_faults = place_outlines(
        shapely.force_2d(table.geometry[is_line]), table.crs_wkt, crs, file
    )
    errors = [fault for fault in system_faults if fault.severity is Severity.ERROR]
    if errors:
        raise DataError("error-roads-crs", errors, file=file)
    facts = read_facts(table)
    row = np.flatnonzero(is_line)
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    row = row[of_shape]
    lines = np.asarray(shapely.remove_repeated_points(parts))
    placed, long = _on_earth(lines), shapely.length(lines) > 0.0
    faults = [
        *table.faults,
        *system_faults,
        *facts.faults,
        *_counted("not-lines", ~is_line & (kinds >= 0), table.rows),
        *_counted("off-earth", ~placed, table.rows[row]),
        *_counted("empty", placed & ~long, table.rows[row]),
    ]
    kept = placed & long
    if not kept.any():
        raise DataError("error-roads-no-lines", faults, file=file)
    roads = _in_order(lines[kept], row[kept], facts, table.rows)
    again = len(lines[kept]) - len(roads)
    tangled = ~shapely.is_simple(roads.lines)
    faults += _counted("tangled", tangled, roads.rows)
    if again:
        faults.append(road_warning("twice", count=again))
    return replace(roads, faults=tuple(faults))


def roads_near(roads: Roads, places: Places, margin_km: float = MARGIN_KM) -> Roads:
    """Leave out roads that lie farther from the region of the places than any cable would go.

    Parameters
    ----------
    roads : Roads
    places : Places
        All villages and fibre points.
    margin_km : float
        Around the box that holds them.

    Raises
    ------
    DataError
        If no road is left: the file is of another part of the world, or its longitude and
        latitude are exchanged.
    """
    known = places.located()
    if not len(known):
        return roads
    west, south = known.lon.min(), known.lat.min()
    east, north = known.lon.max(), known.lat.max()
    up = margin_km / _KM_OF_A_DEGREE
    aside = up / max(np.cos(np.radians(max(abs(south), abs(north)))), 0.1)
    box = (west - aside, south - up, east + aside, north + up)
    bounds = shapely.bounds(roads.lines)
    near = (
        (bounds[:, 0] <= box[2])
        & (bounds[:, 2] >= box[0])
        & (bounds[:, 1] <= box[3])
        & (bounds[:, 3] >= box[1])
    )
    if near.all():
        return roads
    if not near.any():
        raise DataError("error-roads-elsewhere", km=margin_km)
    faults = (*roads.faults, *_counted("far", ~near, roads.rows, km=margin_km))
    return Roads(
        roads.lines[near],
        roads.road_class[near],
        roads.effort[near],
        roads.level[near],
        roads.rows[near],
        faults,
    )


def _on_earth(lines: Geometries) -> BoolArray:
    vertices, owners = shapely.get_coordinates(lines, return_index=True)
    # NaN compares false, so this also sorts out what could not be transformed.
    there = (np.abs(vertices[:, 0]) <= 180.0) & (np.abs(vertices[:, 1]) <= 90.0)
    placed = ~shapely.is_empty(lines)
    placed[owners[~there]] = False
    return np.asarray(placed, dtype=np.bool_)


def _in_order(lines: Geometries, row: IntArray, facts: RoadFacts, rows: IntArray) -> Roads:
    """Turn every line into its usual direction, sort them, and keep one of each.

    Of several that run the same way the cheapest is kept: cable would take it.
    """
    usual = np.asarray(shapely.normalize(lines))
    written = shapely.to_wkb(usual).tolist()
    effort, level = facts.effort[row].tolist(), facts.level[row].tolist()
    said = [str(facts.road_class[at]) for at in row.tolist()]
    order = sorted(
        range(len(usual)),
        key=lambda at: (written[at], effort[at], level[at], said[at], row[at]),
    )
    kept = np.array(
        [at for n, at in enumerate(order) if n == 0 or written[at] != written[order[n - 1]]],
        dtype=np.int64,
    )
    of = row[kept]
    return Roads(usual[kept], facts.road_class[of], facts.effort[of], facts.level[of], rows[of])


def _counted(what: str, which: BoolArray, rows: IntArray, **values: float) -> list[Fault]:
    """Return one fault for all rows it is true of, with the first; none if there is none."""
    if not which.any():
        return []
    count = int(which.sum())
    return [road_warning(what, int(np.min(rows[which])), count=count, **values)]


def road_warning(what: str, row: int | None = None, **values: float) -> Fault:
    """Return a warning about roads; ``what`` ends the names of its sentence and its remedy."""
    return Fault(
        f"fault-roads-{what}",
        row,
        values=values,
        severity=Severity.WARNING,
        remedy=f"remedy-roads-{what}",
    )
