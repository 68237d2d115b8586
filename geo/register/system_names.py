"""Coordinate systems as people name them: a code, a zone of UTM, a meridian, a province.

A name is looked up among known systems and never handed to PROJ, which would take pipelines, files
and addresses for an answer.
"""

from __future__ import annotations

import re
from typing import Final

from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.register.systems import WGS84_CODE, ZONE_SCALE, System, candidate_systems
from planning.errors import DataError
from planning.folding import fold

VN2000_CODE: Final = 4756

_DEGREES_MINUTES: Final = re.compile(r"\b(10[2-9]) (00|15|30|45)\b")
_DECIMAL_MERIDIAN: Final = re.compile(r"\b(10[2-9])(?:[.,](25|50?|75|00?))?\b")
_MINUTES_OF: Final = {None: 0, "0": 0, "00": 0, "25": 15, "5": 30, "50": 30, "75": 45}


def parse_system(text: str) -> int:
    """Return the EPSG code a person means.

    Parameters
    ----------
    text : str
        ``EPSG:9208``, ``9208``, ``WGS84``, ``UTM 48N`` (of WGS84), ``VN-2000 UTM 48N``, or
        ``VN-2000`` with a central meridian (``104-45``, ``104°45'``, ``104.75``) or a province
        (``VN-2000 Lào Cai``). Never handed to PROJ as it stands.

    Returns
    -------
    int

    Raises
    ------
    DataError
        ``error-intake-crs`` if it is none of these or names more than one system.
    """
    if re.search("[+=]", text):
        raise DataError("error-intake-crs", got=text[:80])
    words = fold(text.replace("-", " "))[:80]
    number = re.fullmatch(r"(?:epsg )?(\d{4,6})", words)
    if number:
        return _known_code(int(number[1]), text)
    compact = words.replace(" ", "")
    if compact in {"wgs84", "gps", "wgs"}:
        return WGS84_CODE
    vietnamese = "vn2000" in compact
    zone = re.search(r"(?:utm|zone|mui)(?:zone)?(4[89])n?\b", compact)
    if zone and "utm" in compact:
        return _only({s.code for s in _utm(int(zone[1]), vietnamese=vietnamese)}, text)
    if not vietnamese:
        raise DataError("error-intake-crs", got=text[:80])
    rest = re.sub(r"\bvn ?2000\b", " ", words).strip()
    if not rest:
        return VN2000_CODE
    meridian = _meridian(text, rest)
    if meridian is not None:
        zones = {s.code for s in _zones() if s.central_meridian == meridian}
    else:
        zones = {s.code for s in _zones() if f" {_province(rest)} " in f" {fold(s.area)} "}
    return _only(zones, text)


def _zones() -> list[System]:
    """Return the 3-degree zones of VN-2000."""
    return [s for s in candidate_systems() if s.vn2000 and s.scale == ZONE_SCALE]


def _utm(zone: int, *, vietnamese: bool) -> list[System]:
    name = f"UTM zone {zone}N"
    return [s for s in candidate_systems() if s.vn2000 is vietnamese and s.name.endswith(name)]


def _meridian(text: str, rest: str) -> float | None:
    minutes = _DEGREES_MINUTES.search(rest)
    decimal = _DECIMAL_MERIDIAN.search(text)
    if minutes:
        return int(minutes[1]) + int(minutes[2]) / 60.0
    return int(decimal[1]) + _MINUTES_OF[decimal[2]] / 60.0 if decimal else None


def _province(rest: str) -> str:
    return re.sub(r"^(?:tinh|thanh pho|tp|province)\s+", "", rest)


def _known_code(code: int, text: str) -> int:
    try:
        crs = CRS.from_epsg(code)
    except CRSError as error:
        raise DataError("error-intake-crs", got=text[:80]) from error
    if not (crs.is_projected or crs.is_geographic) or len(crs.axis_info) != 2:
        raise DataError("error-intake-crs", got=text[:80])
    return code


def _only(codes: set[int], text: str) -> int:
    if len(codes) != 1:
        raise DataError("error-intake-crs", got=text[:80])
    return codes.pop()
