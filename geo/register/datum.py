"""The silent error of 223 m: VN-2000 positions whose file leaves the datum shift out.

VN-2000 uses the ellipsoid of WGS84 in another place. A ``.prj`` with ``TOWGS84[0,0,0]``, or a zone
of VN-2000 written down on the datum WGS84, is transformed without complaint and lands 223 m away in
Lào Cai. So a stated system that looks like one of VN-2000 is compared with the EPSG system it looks
like, at the very points of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.geodesy import EQUATOR_RADIUS_M, geodesic_m
from geo.intake.crs import safe_crs
from geo.register.systems import ZONE_SCALE, System, candidate_systems, transform_to_wgs84
from planning.columns import FloatArray, IntArray
from planning.errors import Fault, Severity
from planning.folding import fold

SHIFT_NOTED_M: Final = 0.1
SHIFT_WRONG_M: Final = 5.0
"""Between the two lie other published parameters and rotation conventions (0.8 m): a warning."""

_SAMPLE: Final = 500
_TOLERANCE: Final = 1e-6
_FALSE_EASTING: Final = 500_000.0


@dataclass(frozen=True, slots=True, eq=False)
class StatedSystem:
    """The coordinate system a file states, after a look at its datum.

    Attributes
    ----------
    crs : CRS or None
        ``None`` if the statement cannot be used.
    proposed : System or None
        The system of VN-2000 it looks like.
    shift_m : float
        Median distance between where the two put the points; 0 if nothing is proposed.
    faults : tuple of Fault
    """

    crs: CRS | None
    proposed: System | None
    shift_m: float
    faults: tuple[Fault, ...]


def examine_system(stated: str, x: FloatArray, y: FloatArray, *, heading: str) -> StatedSystem:
    """Look at the coordinate system of a file.

    Parameters
    ----------
    stated : str
        WKT or authority code; what names a file or a pipeline is refused unread.
    x, y : ndarray of float, shape (n,)
        Positions in that system, east and north.
    heading : str
        What the faults name as their column.

    Returns
    -------
    StatedSystem
    """
    crs = _horizontal(stated)
    if crs is None:
        fault = Fault(
            "fault-crs-unreadable",
            column=heading,
            got=" ".join(stated.split())[:80],
            remedy="remedy-crs-unreadable",
        )
        return StatedSystem(None, None, 0.0, (fault,))
    proposed = find_vn2000(crs)
    if proposed is None:
        return StatedSystem(crs, None, 0.0, ())
    shift = median_shift_m(x, y, crs, CRS.from_epsg(proposed.code))
    if not shift > SHIFT_NOTED_M:
        return StatedSystem(crs, proposed, 0.0, ())
    fault = Fault(
        "fault-crs-shift",
        column=heading,
        got=crs.name[:80],
        expected=proposed.label,
        values={"shift": shift, "code": f"EPSG:{proposed.code}"},
        severity=Severity.ERROR if shift > SHIFT_WRONG_M else Severity.WARNING,
        remedy="remedy-crs-shift",
    )
    return StatedSystem(crs, proposed, shift, (fault,))


def find_vn2000(crs: CRS) -> System | None:
    """Return the system of VN-2000 that a coordinate system is or looks like.

    Parameters
    ----------
    crs : CRS
        Horizontal; a bound system is taken without its shift.

    Returns
    -------
    System or None
        By its code; by the parameters of a 3-degree zone (scale 0.9999, false easting 500 km, a
        central meridian of a zone) on the ellipsoid of WGS84, whatever the datum says; or by a
        name that says VN-2000 with the parameters of UTM or none.
    """
    base = crs.source_crs if crs.is_bound and crs.source_crs is not None else crs
    systems = [system for system in candidate_systems() if system.vn2000]
    code = base.to_epsg(min_confidence=70)
    for system in systems:
        if system.code == code:
            return system
    if base.ellipsoid is None or abs(base.ellipsoid.semi_major_metre - EQUATOR_RADIUS_M) > 1.0:
        return None
    named = _is_named_vn2000(base)
    if base.is_geographic:
        return next((s for s in systems if s.central_meridian is None), None) if named else None
    meridian, scale = _transverse_mercator(base)
    for system in systems:
        # UTM on WGS84 is a system of its own; a scale of 0.9999 is used by VN-2000 alone.
        same = _same(system.central_meridian, meridian) and _same(system.scale, scale)
        if same and (system.scale == ZONE_SCALE or named):
            return system
    return None


def median_shift_m(x: FloatArray, y: FloatArray, one: CRS, other: CRS) -> float:
    """Return the median distance between where two systems put the same numbers.

    Parameters
    ----------
    x, y : ndarray of float, shape (n,)
    one, other : CRS

    Returns
    -------
    float
        Metres; NaN if no position can be transformed by both.
    """
    at = _sample(x, y)
    first, second = (transform_to_wgs84(x[at], y[at], crs) for crs in (one, other))
    landed = np.isfinite(first.lon) & np.isfinite(second.lon)
    if not landed.any():
        return float("nan")
    ends = (first.lon, first.lat, second.lon, second.lat)
    return float(np.median(geodesic_m(*(end[landed] for end in ends))))


def _horizontal(stated: str) -> CRS | None:
    safe = safe_crs(stated)
    if safe is None:
        return None
    try:
        crs = CRS.from_user_input(safe)
    except CRSError:
        return None
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    return crs if crs.is_projected or crs.is_geographic else None


def _is_named_vn2000(crs: CRS) -> bool:
    parts = (crs, crs.geodetic_crs, crs.datum)
    names = fold(" ".join(part.name for part in parts if part is not None)).replace(" ", "")
    return "vn2000" in names or "vietnam2000" in names


def _same(one: float | None, other: float) -> bool:
    return one is not None and abs(one - other) < _TOLERANCE


def _transverse_mercator(crs: CRS) -> tuple[float, float]:
    """Return central meridian and scale, NaN unless the rest is as in every zone of VN-2000."""
    nothing = (float("nan"), float("nan"))
    operation = crs.coordinate_operation
    if operation is None or operation.method_name != "Transverse Mercator":
        return nothing
    given = {parameter.name: float(parameter.value) for parameter in operation.params}
    usual = (
        abs(given.get("False easting", 0.0) - _FALSE_EASTING) < _TOLERANCE
        and abs(given.get("False northing", 0.0)) < _TOLERANCE
        and abs(given.get("Latitude of natural origin", 0.0)) < _TOLERANCE
    )
    if not usual:
        return nothing
    return (
        given.get("Longitude of natural origin", float("nan")),
        given.get("Scale factor at natural origin", float("nan")),
    )


def _sample(x: FloatArray, y: FloatArray) -> IntArray:
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    return known[:: max(1, len(known) // _SAMPLE)]
