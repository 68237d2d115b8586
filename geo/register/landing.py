"""Coordinates of any system brought to WGS84, with the doubts about the system said aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from pyproj import CRS

from geo.register.coordinate_order import CoordinateKind
from geo.register.coordinates import CoordinateReading
from geo.register.datum import examine_system, median_shift_m
from geo.register.extent import Expectation
from geo.register.system_names import parse_system
from geo.register.systems import (
    WGS84_CODE,
    RankedSystem,
    Transformed,
    candidates_in_words,
    rank_systems,
    transform_to_wgs84,
)
from planning.errors import Fault, Severity

OVERRIDE_NOTED_M: Final = 0.1
SHARE_DOUBTED: Final = 0.9
"""Share of the points in the province below which their system is looked at again."""
FAR_M: Final = 10_000.0
"""Median distance to the stated communes beyond which it is: zones are 26 km apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Landing:
    """Coordinates brought to WGS84, or why they were not.

    Attributes
    ----------
    transformed : Transformed or None
    assumed : bool
        Whether nobody stated the system: degrees without one are taken as WGS84.
    faults : tuple of Fault
    candidates : tuple of RankedSystem
        Where the system is asked for or doubtful, the likeliest first.
    """

    transformed: Transformed | None
    assumed: bool = False
    faults: tuple[Fault, ...] = ()
    candidates: tuple[RankedSystem, ...] = ()


def land_coordinates(
    reading: CoordinateReading,
    expected: Expectation,
    *,
    file_crs: str | None = None,
    crs: str | None = None,
) -> Landing:
    """Bring coordinates to WGS84 by the system a person names, else the file states.

    Parameters
    ----------
    reading : CoordinateReading
    expected : Expectation
        Where they should come to lie.
    file_crs : str, optional
        WKT or authority code of the file.
    crs : str, optional
        What a person decided, as :func:`geo.register.system_names.parse_system` reads it.

    Returns
    -------
    Landing

    Raises
    ------
    DataError
        ``error-intake-crs`` if ``crs`` names no system.
    """
    chosen = None if crs is None else CRS.from_epsg(parse_system(crs))
    if reading.kind is None:
        return Landing(None)
    metres = reading.kind is CoordinateKind.METRES
    faults: list[Fault] = []
    system = chosen
    if chosen is None and file_crs is not None:
        stated = examine_system(file_crs, reading.x, reading.y, heading=reading.heading)
        faults += stated.faults
        system = stated.crs
    elif chosen is not None and file_crs is not None:
        faults += _overridden(reading, file_crs, chosen)
    if system is not None and metres and not system.is_projected and chosen is None:
        # Degrees is what a format says when nobody says anything; the numbers say metres.
        system = None
    if system is None and metres:
        ranked = rank_systems(reading.x, reading.y, expected)
        return Landing(None, faults=(*faults, _missing(reading, ranked)), candidates=ranked)
    if system is not None and system.is_projected is not metres:
        faults.append(_wrong_units(reading, system))
        return Landing(None, faults=tuple(faults))
    assumed = system is None
    landed = transform_to_wgs84(reading.x, reading.y, system or CRS.from_epsg(WGS84_CODE))
    ranked = _better_systems(reading, landed, expected) if metres else ()
    if ranked:
        faults.append(_doubtful(reading, landed, ranked, decided=chosen is not None))
    return Landing(landed, assumed, tuple(faults), ranked)


def _better_systems(
    reading: CoordinateReading, landed: Transformed, expected: Expectation
) -> tuple[RankedSystem, ...]:
    """Return the candidates if the points land amiss and one of them would do far better."""
    inside = expected.share_inside(landed.lon[reading.given], landed.lat[reading.given])
    median = expected.median_distance_m(landed.lon, landed.lat)
    if expected.extent.province is None or (inside >= SHARE_DOUBTED and not median > FAR_M):
        return ()
    ranked = rank_systems(reading.x, reading.y, expected)
    best = ranked[0]
    better = best.share_inside > inside + 0.2 or best.median_m * 3.0 < median
    return ranked if better else ()


def _missing(reading: CoordinateReading, ranked: tuple[RankedSystem, ...]) -> Fault:
    return Fault(
        "fault-crs-missing",
        column=reading.heading,
        got=_example(reading),
        values=candidates_in_words(ranked),
        remedy="remedy-crs-missing",
    )


def _doubtful(
    reading: CoordinateReading,
    landed: Transformed,
    ranked: tuple[RankedSystem, ...],
    *,
    decided: bool,
) -> Fault:
    return Fault(
        "fault-crs-zone",
        column=reading.heading,
        got=landed.system[:80],
        values=candidates_in_words(ranked),
        severity=Severity.WARNING if decided else Severity.ERROR,
        remedy="remedy-crs-missing",
    )


def _overridden(reading: CoordinateReading, file_crs: str, chosen: CRS) -> list[Fault]:
    """Note that a person's choice moves the points from where the file would put them."""
    stated = examine_system(file_crs, reading.x, reading.y, heading=reading.heading).crs
    if stated is None or stated.is_projected is not chosen.is_projected:
        return []
    shift = median_shift_m(reading.x, reading.y, stated, chosen)
    if not shift > OVERRIDE_NOTED_M:
        return []
    return [
        Fault(
            "fault-crs-overridden",
            column=reading.heading,
            got=stated.name[:80],
            expected=chosen.name,
            values={"shift": shift},
            severity=Severity.WARNING,
            remedy="remedy-crs-overridden",
        )
    ]


def _wrong_units(reading: CoordinateReading, system: CRS) -> Fault:
    return Fault(
        "fault-crs-units",
        column=reading.heading,
        got=_example(reading),
        expected=system.name[:80],
        remedy="remedy-crs-units",
    )


def _example(reading: CoordinateReading) -> str:
    at = int(np.flatnonzero(np.isfinite(reading.x))[0])
    return f"{reading.x[at]:.10g}; {reading.y[at]:.10g}"
