"""Bring the outlines of a file to longitude and latitude, by the same ways as villages."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.intake.crs import safe_crs
from geo.intake.table import Geometries
from geo.register.datum import examine_system
from geo.register.systems import transform_to_wgs84
from planning.columns import FloatArray
from planning.errors import DataError, Fault

_DECIMALS: Final = 9
"""Decimals of a degree: a tenth of a millimetre. Finer digits are none of a surveyor's."""


def place_outlines(
    shapes: Geometries, stated: str | None, chosen: str | None, file: str
) -> tuple[Geometries, tuple[Fault, ...]]:
    """Return outlines in EPSG:4326, and what is wrong with the system the file states.

    Parameters
    ----------
    shapes : ndarray of geometries, shape (n,)
    stated : str or None
        Coordinate system as the file states it.
    chosen : str or None
        What a person chose instead, as an authority code or WKT; the statement is then not asked.
    file : str
        Name of the file, for faults and refusals.

    Raises
    ------
    DataError
        If the system is unknown and the numbers are no degrees.
    """
    x, y = shapely.get_coordinates(shapes).T
    if chosen is not None:
        return _placed(shapes, _chosen(chosen, file)), ()
    if stated is None:
        if _are_degrees(x, y):
            return _rounded(shapes), ()
        raise DataError("error-boundaries-crs", file=file)
    system = examine_system(stated, x, y, heading=file)
    if system.crs is None:
        raise DataError("error-boundaries-crs", system.faults, file=file)
    return _placed(shapes, system.crs), system.faults


def _placed(shapes: Geometries, crs: CRS) -> Geometries:
    def to_degrees(places: FloatArray) -> FloatArray:
        found = transform_to_wgs84(places[:, 0], places[:, 1], crs)
        return np.column_stack([found.lon, found.lat])

    return _rounded(np.asarray(shapely.transform(shapes, to_degrees)))


def _rounded(shapes: Geometries) -> Geometries:
    return np.asarray(shapely.transform(shapes, lambda places: np.round(places, _DECIMALS)))


def _chosen(code: str, file: str) -> CRS:
    safe = safe_crs(code)
    try:
        if safe is not None:
            return CRS.from_user_input(safe)
    except CRSError as error:
        raise DataError("error-boundaries-crs", file=file) from error
    raise DataError("error-boundaries-crs", file=file)


def _are_degrees(x: FloatArray, y: FloatArray) -> bool:
    known = np.isfinite(x) & np.isfinite(y)
    return bool((np.abs(x[known]) <= 180).all() and (np.abs(y[known]) <= 90).all())
