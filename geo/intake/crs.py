"""The coordinate system a file states, let through only where it is a plain description.

What a file says about its coordinate system ends up in PROJ, which takes file names, addresses
and pipelines for an answer as gladly as descriptions: a ``+nadgrids=`` hidden in a WKT would be
opened on the first transformation. So only three spellings pass, and none that names a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson
from pyproj import CRS
from pyproj.exceptions import CRSError

from planning.errors import Fault, Severity

WGS84: Final = "EPSG:4326"
CRS84: Final = "OGC:CRS84"

_LONGEST: Final = 65_536
_AUTHORITY: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:)?(EPSG|OGC|ESRI)(?:::?|:[\d.]*:)(\w{1,12})", re.IGNORECASE
)
_KEYWORD: Final = re.compile(
    r"\s*(GEOGCS|GEOCCS|PROJCS|COMPD_CS|LOCAL_CS|GEOGCRS|GEOGRAPHICCRS|GEODCRS|GEODETICCRS"
    r"|PROJCRS|PROJECTEDCRS|COMPOUNDCRS|BOUNDCRS|ENGCRS|ENGINEERINGCRS|DERIVEDPROJCRS)\s*[\[(]",
    re.IGNORECASE,
)
_PROJJSON_TYPES: Final = frozenset(
    {
        "GeographicCRS",
        "GeodeticCRS",
        "ProjectedCRS",
        "CompoundCRS",
        "BoundCRS",
        "EngineeringCRS",
        "DerivedProjectedCRS",
        "DerivedGeographicCRS",
    }
)
_NULL_GRID: Final = re.compile(r"\+nadgrids=@null(?=[\s\"])", re.IGNORECASE)
_NAMES_A_FILE: Final = re.compile(
    r"parameterfile|grids\s*=|_grids|\+init|\+file|\+step|pipeline|difference file|\bgrid file"
    r"|\.(?:gsb|gtx|gtxb|tiff?|json|las|los|gvb|ntv2?|ct2|dat)\b",
    re.IGNORECASE,
)


def safe_crs(stated: str) -> str | None:
    """Return a stated coordinate system in a form PROJ can be given, or ``None``.

    Parameters
    ----------
    stated : str
        WKT 1 (also of ESRI) or 2, or an authority code such as ``EPSG:9208`` or
        ``urn:ogc:def:crs:EPSG::9208``.

    Returns
    -------
    str or None
        The code, or WKT 2 in which a datum shift such as ``TOWGS84[0,0,0]`` survives as a bound
        system. ``None`` if the text is neither, names a file, or PROJ does not understand it.
    """
    if len(stated) > _LONGEST:
        return None
    named = _AUTHORITY.fullmatch(stated.strip())
    if named:
        code = f"{named[1].upper()}:{named[2].upper()}"
        return code if _understood(code) else None
    if not _KEYWORD.match(stated) or _names_a_file(stated):
        return None
    return _understood(stated.strip())


def safe_projjson(stated: Mapping[str, Any]) -> str | None:
    """Return the WKT 2 of a PROJJSON object, or ``None`` as :func:`safe_crs` does."""
    if stated.get("type") not in _PROJJSON_TYPES:
        return None
    described = {key: value for key, value in stated.items() if key != "$schema"}
    try:
        text = orjson.dumps(described).decode("utf-8")
    except (TypeError, orjson.JSONEncodeError):
        return None
    if len(text) > _LONGEST or _names_a_file(text):
        return None
    return _understood(text)


def unread_crs(stated: str) -> Fault:
    """Return the fault of a coordinate system that was not taken over."""
    return Fault(
        "fault-intake-map-crs",
        got=" ".join(stated.split())[:80],
        expected="expected-intake-map-crs",
        severity=Severity.WARNING,
        remedy="remedy-intake-map-crs",
    )


def _understood(text: str) -> str | None:
    try:
        wkt = CRS.from_user_input(text).to_wkt()
    except CRSError:
        return None
    # PROJ may write out what the text only hinted at, so the answer is looked at as well.
    return None if wkt is None or _names_a_file(wkt) else wkt


def _names_a_file(text: str) -> bool:
    return bool(_NAMES_A_FILE.search(_NULL_GRID.sub("", text)))
