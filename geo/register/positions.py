"""Where each village lies, how that is known, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.register.coordinates import CoordinateReading
from geo.register.extent import WORLD, Expectation, Extent
from geo.register.gazetteer import Gazetteer
from geo.register.landing import land_coordinates
from geo.register.places import ResolvedPlaces
from geo.register.position_checks import (
    Finding,
    Spots,
    each_fault,
    find_far,
    find_impossible,
    find_shared,
)
from geo.register.systems import RankedSystem, Transformed
from planning.columns import BoolArray, IntArray
from planning.errors import Fault, Severity
from planning.vocabulary import PositionBasis


@dataclass(frozen=True, slots=True)
class PositionAccount:
    """How the positions of a list came about.

    Attributes
    ----------
    system : str or None
        Name of the coordinate system; ``None`` if there are no coordinates or none is known.
    assumed : bool
        Whether nobody stated the system: degrees without one are taken as WGS84.
    operation : str
        Name of the transformation; empty if none was needed.
    accuracy_m : float or None
        As the EPSG database states it.
    given, at_centre, replaced, missing : int
        Villages at their own coordinates, at the centre of their commune for want of any, there
        because their own could not be right, and without a position.
    candidates : tuple of RankedSystem
        Where the system is asked for, the likeliest first.
    """

    system: str | None
    assumed: bool
    operation: str
    accuracy_m: float | None
    given: int
    at_centre: int
    replaced: int
    missing: int
    candidates: tuple[RankedSystem, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """The positions of a list.

    Attributes
    ----------
    frame : DataFrame
        ``lon``, ``lat`` (degrees, EPSG:4326; NaN where not known) and ``position_basis`` (missing
        there); one row for each of the file.
    faults : tuple of Fault
        Those of the reading included.
    account : PositionAccount
    """

    frame: pd.DataFrame
    faults: tuple[Fault, ...]
    account: PositionAccount


def locate_villages(
    places: ResolvedPlaces,
    reading: CoordinateReading,
    rows: IntArray,
    *,
    gazetteer: Gazetteer,
    extent: Extent,
    file_crs: str | None = None,
    crs: str | None = None,
    given_basis: pd.Series | None = None,
    inside: BoolArray | None = None,
    replace_bad_positions: bool = False,
) -> Located:
    """Give each village a position.

    Parameters
    ----------
    places : ResolvedPlaces
        n rows.
    reading : CoordinateReading
        From :func:`geo.register.coordinates.read_coordinates` or ``read_points``.
    rows : ndarray of int, shape (n,)
    gazetteer : Gazetteer
    extent : Extent
    file_crs : str, optional
        Coordinate system as the file states it.
    crs : str, optional
        As a person decided; it goes before the file's.
    given_basis : Series of str, length n, optional
        :class:`~planning.vocabulary.PositionBasis` as the file has it; ``surveyed`` where missing.
    inside : ndarray of bool, shape (n,), optional
        Whether the boundary of the stated commune holds the position; true where unknown.
    replace_bad_positions : bool
        Put villages whose coordinates cannot be right at the centre of their commune; their errors
        become warnings.

    Returns
    -------
    Located

    Raises
    ------
    DataError
        ``error-intake-crs`` if ``crs`` names no system.
    """
    centre_lon = places.frame["centre_lon"].to_numpy(dtype=np.float64)
    centre_lat = places.frame["centre_lat"].to_numpy(dtype=np.float64)
    centred = np.isfinite(centre_lon) & np.isfinite(centre_lat)
    expected = Expectation(extent, centre_lon, centre_lat)
    landing = land_coordinates(reading, expected, file_crs=file_crs, crs=crs)
    basis = _basis(given_basis, len(rows))
    spots = _spots(reading, landing.transformed, basis)
    findings: list[Finding] = []
    if not landing.candidates:
        # Points of a doubtful system would all be reported for what is one mistake.
        findings += _findings(
            spots, places, rows, gazetteer=gazetteer, extent=extent, inside=inside
        )
    faults = [*reading.faults, *landing.faults]
    for finding in findings:
        faults += each_fault(finding, spots, rows, reading.heading, centred)
    bad = _bad_rows(faults, rows)
    lost = bad & centred & replace_bad_positions
    unlocated = ~reading.given & ~centred
    at_centre = (~reading.given & centred) | lost
    own = np.isfinite(spots.lon) & ~reading.at_fault & ~at_centre
    own &= WORLD.contains(spots.lon, spots.lat)
    lon = np.where(at_centre, centre_lon, np.where(own, spots.lon, np.nan))
    lat = np.where(at_centre, centre_lat, np.where(own, spots.lat, np.nan))
    basis[~own] = None
    basis[at_centre] = str(PositionBasis.COMMUNE_CENTRE)
    transformed = landing.transformed
    return Located(
        pd.DataFrame({"lon": lon, "lat": lat, "position_basis": pd.Series(basis, dtype="str")}),
        (*_softened(faults, rows[lost]), *_unlocated(unlocated, places, rows)),
        PositionAccount(
            system=None if transformed is None else transformed.system,
            assumed=landing.assumed,
            operation="" if transformed is None else transformed.operation,
            accuracy_m=None if transformed is None else transformed.accuracy_m,
            given=int(own.sum()),
            at_centre=int((at_centre & ~lost).sum()),
            replaced=int(lost.sum()),
            missing=int((~own & ~at_centre).sum()),
            candidates=landing.candidates,
        ),
    )


def _findings(
    spots: Spots,
    places: ResolvedPlaces,
    rows: IntArray,
    *,
    gazetteer: Gazetteer,
    extent: Extent,
    inside: BoolArray | None,
) -> list[Finding]:
    """Return what the checks find, the crudest mistakes first; an error spares a row the rest."""
    findings = find_impossible(spots, places, extent)
    spots = _without(spots, findings)
    findings += find_shared(spots, places, rows)
    return findings + find_far(_without(spots, findings), places, gazetteer, inside)


def _basis(given: pd.Series | None, length: int) -> NDArray[np.object_]:
    if given is None:
        return np.full(length, str(PositionBasis.SURVEYED), dtype=object)
    return given.fillna(str(PositionBasis.SURVEYED)).to_numpy(dtype=object, copy=True)


def _spots(
    reading: CoordinateReading, landed: Transformed | None, basis: NDArray[np.object_]
) -> Spots:
    if landed is None:
        nowhere, none = np.full(len(reading.given), np.nan), np.zeros(len(reading.given), np.bool_)
        return Spots(nowhere, nowhere, none, none)
    known = np.isfinite(landed.lon) & np.isfinite(landed.lat) & ~reading.at_fault
    own = known & (basis != str(PositionBasis.COMMUNE_CENTRE))
    return Spots(landed.lon, landed.lat, known, own)


def _without(spots: Spots, findings: Sequence[Finding]) -> Spots:
    """Return the positions without those already known to be wrong."""
    known, own = spots.known.copy(), spots.own.copy()
    for finding in findings:
        if finding.severity is Severity.ERROR:
            known[finding.at] = False
            own[finding.at] = False
    return Spots(spots.lon, spots.lat, known, own)


def _bad_rows(faults: Sequence[Fault], rows: IntArray) -> BoolArray:
    wrong = [f.row for f in faults if f.row is not None and f.severity is Severity.ERROR]
    bad: BoolArray = np.isin(rows, wrong)
    return bad


def _softened(faults: Sequence[Fault], replaced: IntArray) -> list[Fault]:
    """Turn the errors of replaced positions into warnings that say where the village now is."""
    rows = frozenset(replaced.tolist())
    return [
        replace(fault, severity=Severity.WARNING, remedy="remedy-position-replaced")
        if fault.row in rows and fault.severity is Severity.ERROR
        else fault
        for fault in faults
    ]


def _unlocated(at_fault: BoolArray, places: ResolvedPlaces, rows: IntArray) -> list[Fault]:
    if len(rows) and places.summary.silent == len(rows) and at_fault.all():
        # One mistake, not one a row: the columns were not recognised.
        return [Fault("fault-no-position-column", remedy="remedy-no-position-column")]
    said = places.frame["commune"].fillna(places.frame["unit"]).to_numpy(dtype=object)
    return [
        Fault(
            "fault-position-none",
            row=int(rows[at]),
            got=None if pd.isna(said[at]) else str(said[at]),
            remedy="remedy-position-none",
        )
        for at in np.flatnonzero(at_fault).tolist()
    ]
