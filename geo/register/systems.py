"""Coordinate systems a Vietnamese register may come in, and the way from each to WGS84.

The systems are taken from PROJ's own copy of the EPSG database: WGS84, its UTM zones 48 and 49
north, and everything VN-2000. Numbers in metres do not say which zone they are of; where they would
come to lie does, because the zones of neighbouring provinces are 15' (26 km) apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from pyproj import CRS
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_crs_info
from pyproj.enums import PJType
from pyproj.transformer import TransformerGroup

from geo.register.coordinate_order import CoordinateKind
from geo.register.extent import VIETNAM, Expectation
from planning.columns import FloatArray

WGS84_CODE: Final = 4326
ZONE_SCALE: Final = 0.9999
"""Scale at the central meridian of the 3-degree zones of VN-2000, which nothing else uses."""

DISTINCT_M: Final = 250.0
"""Medians nearer to each other do not tell two systems apart: the villages of a commune lie around
its centre, and its centre is good to a kilometre."""

_WGS84_UTM: Final = (32648, 32649)
_SAMPLE: Final = 2000


@dataclass(frozen=True, slots=True)
class System:
    """A coordinate system of the EPSG database.

    Attributes
    ----------
    code : int
    name : str
        As the database has it.
    area : str
        Where it is used.
    kind : CoordinateKind
    central_meridian : float or None
        Degrees east, of a projected system.
    scale : float or None
        At the central meridian.
    vn2000 : bool
        Whether its datum is VN-2000.
    """

    code: int
    name: str
    area: str
    kind: CoordinateKind
    central_meridian: float | None
    scale: float | None
    vn2000: bool

    @property
    def label(self) -> str:
        """Name and code, as shown to a person."""
        return f"{self.name} (EPSG:{self.code})"


@dataclass(frozen=True, slots=True)
class RankedSystem:
    """A candidate and where it would put the points.

    Attributes
    ----------
    system : System
    share_inside : float
        Share of the points, from 0 to 1, in the province.
    median_m : float
        Median distance to the centre of the stated commune; NaN if none is stated.
    """

    system: System
    share_inside: float
    median_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Transformed:
    """Positions in WGS84 and the way they came.

    Attributes
    ----------
    lon, lat : ndarray of float, shape (n,)
        Degrees, EPSG:4326; NaN where the input is or cannot be transformed.
    system : str
        Name of the system they were in.
    operation : str
        Name of PROJ's operation; empty if none was needed.
    accuracy_m : float or None
        As the EPSG database states it; ``None`` if it states none.
    """

    lon: FloatArray
    lat: FloatArray
    system: str
    operation: str
    accuracy_m: float | None


@cache
def candidate_systems() -> tuple[System, ...]:
    """Return the systems a Vietnamese register may be in, by code; read from PROJ once."""
    country = AreaOfInterest(VIETNAM.west, VIETNAM.south, VIETNAM.east, VIETNAM.north)
    listed = query_crs_info(
        "EPSG", [PJType.PROJECTED_CRS, PJType.GEOGRAPHIC_2D_CRS], area_of_interest=country
    )
    codes: dict[int, list[str]] = {}
    for info in listed:
        code = int(info.code)
        if info.name.startswith("VN-2000") or code in {WGS84_CODE, *_WGS84_UTM}:
            area = info.area_of_use.name if info.area_of_use else ""
            codes.setdefault(code, []).append(str(area))
    return tuple(_system(code, " ".join(areas)) for code, areas in sorted(codes.items()))


def rank_systems(x: FloatArray, y: FloatArray, expected: Expectation) -> tuple[RankedSystem, ...]:
    """Rank the candidate systems of numbers in metres by where the points would lie.

    Parameters
    ----------
    x, y : ndarray of float, shape (n,)
        Easting and northing, metres.
    expected : Expectation

    Returns
    -------
    tuple of RankedSystem
        The likeliest first: by the share inside the province, then by the median distance to the
        stated communes, then by code. The same for the same input. UTM on the two datums is 223 m
        apart, which this cannot tell: VN-2000 comes first, and a person decides.
    """
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    at = known[:: max(1, len(known) // _SAMPLE)]
    target = expected.sample(at)
    ranked = []
    for system in candidate_systems():
        if system.kind is CoordinateKind.METRES:
            landed = transform_to_wgs84(x[at], y[at], CRS.from_epsg(system.code))
            ranked.append(
                RankedSystem(
                    system,
                    target.share_inside(landed.lon, landed.lat),
                    target.median_distance_m(landed.lon, landed.lat),
                )
            )
    return tuple(sorted(ranked, key=_likeliest_first))


def candidates_in_words(ranked: Sequence[RankedSystem]) -> dict[str, str]:
    """Return the likeliest candidates as the values of a fault.

    Parameters
    ----------
    ranked : sequence of RankedSystem
        Not empty.

    Returns
    -------
    dict
        ``first``, ``second`` and ``third``: name, code, share of the points in the province and
        median distance to the stated communes; ``code`` of the first.
    """
    said = [_in_words(one) for one in ranked[:3]] + ["–"] * 3
    names = ("first", "second", "third")
    return dict(zip(names, said, strict=False)) | {"code": f"EPSG:{ranked[0].system.code}"}


def transform_to_wgs84(x: FloatArray, y: FloatArray, crs: CRS) -> Transformed:
    """Transform positions to WGS84 by the best operation there is.

    Parameters
    ----------
    x, y : ndarray of float, shape (n,)
        East and north, whatever the axis order of the system.
    crs : CRS

    Returns
    -------
    Transformed
    """
    name = _label(crs)
    if crs.to_epsg(min_confidence=100) == WGS84_CODE or crs.to_authority() == ("OGC", "CRS84"):
        return Transformed(x, y, name, "", 0.0)
    best = TransformerGroup(crs, CRS.from_epsg(WGS84_CODE), always_xy=True).transformers[0]
    lon, lat = best.transform(x, y)
    landed = np.isfinite(lon) & np.isfinite(lat)
    return Transformed(
        np.where(landed, lon, np.nan),
        np.where(landed, lat, np.nan),
        name,
        best.description,
        best.accuracy if best.accuracy is not None and best.accuracy >= 0 else None,
    )


def _system(code: int, area: str) -> System:
    crs = CRS.from_epsg(code)
    operation = crs.coordinate_operation
    parameters = {} if operation is None else {p.name: float(p.value) for p in operation.params}
    return System(
        code=code,
        name=crs.name,
        area=area,
        kind=CoordinateKind.METRES if crs.is_projected else CoordinateKind.DEGREES,
        central_meridian=parameters.get("Longitude of natural origin"),
        scale=parameters.get("Scale factor at natural origin"),
        vn2000=crs.name.startswith("VN-2000"),
    )


def _likeliest_first(ranked: RankedSystem) -> tuple[float, float, int]:
    known = not np.isnan(ranked.median_m)
    median = round(ranked.median_m / DISTINCT_M) if known else np.inf
    return (-round(ranked.share_inside, 3), float(median), ranked.system.code)


def _in_words(ranked: RankedSystem) -> str:
    parts = [ranked.system.label, f"{100.0 * ranked.share_inside:.0f} %"]
    if np.isfinite(ranked.median_m):
        parts.append(f"{ranked.median_m / 1000.0:.1f} km")
    return " · ".join(parts)


def _label(crs: CRS) -> str:
    code = crs.to_epsg()
    return crs.name if code is None else f"{crs.name} (EPSG:{code})"
