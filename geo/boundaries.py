"""Polygons of communes, units or districts, as a file gives them and checked.

Nothing is dropped in silence: what cannot be used is a fault with its row, and what is odd but
usable (an invalid ring, two areas on one spot, an area that is not as large as the file says) is
a warning. What is a fault is decided in :mod:`geo.boundary_faults`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.boundary_columns import (
    CODE_DIGITS,
    AreaColumns,
    AreaLevel,
    find_columns,
    level_of,
    numbers_of,
    text_of,
)
from geo.boundary_faults import (
    AREA_TYPES,
    Naming,
    area_faults,
    gap_faults,
    name_faults,
    outline_faults,
    overlap_faults,
    shape_faults,
)
from geo.boundary_overlaps import areas_km2, find_gaps, find_overlaps, polygon_parts
from geo.boundary_placing import place_outlines
from geo.intake.table import Geometries, RawTable
from planning.columns import FloatArray, IntArray
from planning.errors import DataError, Fault


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Areas of one level, each with its outline.

    Attributes
    ----------
    level : AreaLevel
    codes : ndarray of str or None, shape (n,)
        Official codes with their leading zeros.
    names : ndarray of str or None, shape (n,)
        As the file writes them.
    polygons : ndarray of shapely Polygon or MultiPolygon, shape (n,)
        EPSG:4326, longitude first; valid.
    area_km2 : ndarray, shape (n,)
        Geodesic area on WGS84 of each polygon.
    rows : ndarray of int, shape (n,)
        Row of each in the file, as a person counts.
    faults : tuple of Fault
        What is wrong with the file: errors left an area out or unnamed, warnings did not.
    """

    level: AreaLevel
    codes: NDArray[np.object_]
    names: NDArray[np.object_]
    polygons: Geometries
    area_km2: FloatArray
    rows: IntArray
    faults: tuple[Fault, ...] = ()

    def __len__(self) -> int:
        """Return the number of areas."""
        return len(self.polygons)

    @cached_property
    def land(self) -> BaseGeometry:
        """All areas joined, EPSG:4326."""
        return shapely.union_all(self.polygons)


def read_boundaries(
    table: RawTable,
    *,
    file: str = "",
    level: AreaLevel | None = None,
    columns: AreaColumns | None = None,
    whole: Boundaries | None = None,
    crs: str | None = None,
) -> Boundaries:
    """Read the areas of a foreign file.

    Parameters
    ----------
    table : RawTable
        With polygons in ``geometry``.
    file : str
        Name of the file, for refusals.
    level : AreaLevel, optional
        By default what the file says of itself, or districts if all codes have three digits.
    columns : AreaColumns, optional
        Headings a person chose; what is left open is found by :func:`find_columns`.
    whole : Boundaries, optional
        Areas of another level that ought to cover the same land, such as the districts of these
        communes: their land in none of the areas is reported too.
    crs : str, optional
        Coordinate system a person chose instead of the file's, such as ``EPSG:9208``.

    Returns
    -------
    Boundaries
        Areas in the order of the file.

    Raises
    ------
    DataError
        If the file has no polygons, its coordinate system is missing or unknown, or its level
        cannot be told.
    """
    shapes = _shapes(table, file)
    chosen = find_columns(table, columns)
    table_codes, names = text_of(table, chosen.code), text_of(table, chosen.name)
    level = level or level_of(table, chosen, table_codes, file)
    digits = table_codes.str.fullmatch(r"\d+", na=False)
    padded = table_codes.where(~digits, table_codes.str.zfill(CODE_DIGITS[level]))

    degrees, system_faults = place_outlines(shapes, table.crs_wkt, crs, file)
    placed, valid = _on_earth(degrees), shapely.is_valid(degrees)
    repaired = _repaired(degrees, placed & ~valid)
    there = np.flatnonzero(placed)
    kept = there[shapely.area(repaired[there]) > 0]
    polygons = np.array([polygon_parts(shape) for shape in repaired[kept]], dtype=object)
    rows, area_km2 = table.rows[kept].astype(np.int64), areas_km2(polygons)
    codes, names = padded.iloc[kept], names.iloc[kept]
    overlaps, thin_overlaps = find_overlaps(polygons)
    gaps, thin_gaps = find_gaps(polygons, whole.land if whole else None)
    named = Naming(rows, codes, names, chosen)
    faults = [
        *table.faults,
        *system_faults,
        *shape_faults(table.rows, shapes, kept),
        *outline_faults(named, degrees[kept], valid[kept]),
        *name_faults(named, table_codes.iloc[kept]),
        *area_faults(named, area_km2, numbers_of(table, chosen.area)[kept]),
        *overlap_faults(named, overlaps, thin_overlaps),
        *gap_faults(gaps, thin_gaps),
    ]
    return Boundaries(
        level=level,
        codes=_or_none(codes),
        names=_or_none(names),
        polygons=polygons,
        area_km2=area_km2,
        rows=rows,
        faults=tuple(faults),
    )


def _shapes(table: RawTable, file: str) -> Geometries:
    """Return the geometries, refusing a file in which none has an area."""
    if table.geometry is None:
        raise DataError("error-boundaries-no-shapes", file=file)
    shapes = shapely.force_2d(table.geometry)
    if not np.isin(shapely.get_type_id(shapes), AREA_TYPES).any():
        raise DataError("error-boundaries-no-areas", file=file)
    return np.asarray(shapes)


def _on_earth(shapes: Geometries) -> NDArray[np.bool_]:
    """Tell which shapes may have an area and stand somewhere on earth."""
    west, south, east, north = shapely.bounds(shapes).T
    there = (west >= -180) & (east <= 180) & (south >= -90) & (north <= 90)
    # Bounds look past a corner that is no number.
    corners, of_shape = shapely.get_coordinates(shapes, return_index=True)
    there[of_shape[~np.isfinite(corners).all(axis=1)]] = False
    return np.asarray(np.isin(shapely.get_type_id(shapes), AREA_TYPES) & there)


def _repaired(shapes: Geometries, broken: NDArray[np.bool_]) -> Geometries:
    whole = shapes.copy()
    whole[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    return whole


def _or_none(column: pd.Series) -> NDArray[np.object_]:
    return np.asarray(column.astype(object).where(column.notna(), None), dtype=object)
