"""Positions that cannot be right, or hardly, each with what shows it.

A position is tried against the checks in this order; one that cannot be right is not tried further,
because the crudest mistake explains the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.geodesy import geodesic_m, to_ecef
from geo.register.extent import Extent
from geo.register.gazetteer import Gazetteer
from geo.register.places import ResolvedPlaces
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import Fault, Severity

GEOCODER_FALLBACK: Final = (108.277199, 14.058324)
"""Longitude and latitude that a common geocoder answers for an address it does not know: the
centre of Vietnam."""
SAME_SPOT_DEGREES: Final = 1e-6
PILE: Final = 3
"""Villages of different communes on one spot from which the spot is no position of any."""
FAR_MULTIPLE: Final = 2.0
"""Reaches of a commune beyond which a village is far from it, if another centre is nearer."""
MOST_ROWS_SHOWN: Final = 6
_CELLS_OF_A_COLUMN: Final = 400_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Positions to be checked.

    Attributes
    ----------
    lon, lat : ndarray of float, shape (n,)
        Degrees, EPSG:4326.
    known : ndarray of bool, shape (n,)
        Rows with a position that is not yet at fault.
    own : ndarray of bool, shape (n,)
        Of these, rows whose position is the village's own and not the commune's centre.
    """

    lon: FloatArray
    lat: FloatArray
    known: BoolArray
    own: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What one check found.

    Attributes
    ----------
    key : str
        Message of the fault.
    at : ndarray of int
        Positions of the rows.
    severity : Severity
    details : tuple of dict
        Values of each fault, empty dicts where there are none.
    """

    key: str
    at: IntArray
    severity: Severity = Severity.ERROR
    details: tuple[dict[str, Any], ...] = ()


def find_impossible(spots: Spots, places: ResolvedPlaces, extent: Extent) -> list[Finding]:
    """Find positions that no village of the register can have.

    Parameters
    ----------
    spots : Spots
    places : ResolvedPlaces
        A row whose commune and unit are not known may lie outside the province that is known; it
        gets a warning then.
    extent : Extent

    Returns
    -------
    list of Finding
        Disjoint.
    """
    lon, lat = spots.lon, spots.lat
    left = spots.known.copy()
    east, north = GEOCODER_FALLBACK
    placed = (places.commune_at >= 0) | (places.unit_at >= 0)
    outside = ~extent.in_province(lon, lat)
    tests: tuple[tuple[str, BoolArray, Severity], ...] = (
        ("fault-position-zero", _at(lon, lat, 0.0, 0.0), Severity.ERROR),
        ("fault-position-range", (np.abs(lon) > 180) | (np.abs(lat) > 90), Severity.ERROR),
        ("fault-position-geocoder", _at(lon, lat, east, north), Severity.ERROR),
        ("fault-position-country", ~extent.country.contains(lon, lat), Severity.ERROR),
        ("fault-position-province", outside & placed, Severity.ERROR),
        ("fault-position-province", outside & ~placed, Severity.WARNING),
    )
    findings = []
    for key, test, severity in tests:
        at = np.flatnonzero(left & test)
        left[at] = False
        if at.size:
            findings.append(Finding(key, at, severity))
    return findings


def find_shared(spots: Spots, places: ResolvedPlaces, rows: IntArray) -> list[Finding]:
    """Find villages on the same spot.

    Parameters
    ----------
    spots : Spots
    places : ResolvedPlaces
    rows : ndarray of int, shape (n,)
        Row numbers, to name the others.

    Returns
    -------
    list of Finding
        A pile, each row an error, and of other spots the first row with a warning that names the
        rest.
    """
    at = np.flatnonzero(spots.own)
    column, row = (np.round(axis[at] / SAME_SPOT_DEGREES) for axis in (spots.lon, spots.lat))
    spot = pd.factorize((column * _CELLS_OF_A_COLUMN + row).astype(np.int64))[0]
    shared = np.bincount(spot, minlength=1)[spot] > 1
    at, spot = at[shared], spot[shared]
    if not at.size:
        return []
    said = places.frame["commune"].fillna(places.frame["unit"]).to_numpy(dtype=object)
    villages = pd.DataFrame({"at": at, "spot": spot, "commune": said[at]})
    groups = villages.groupby("spot", sort=False)
    communes = groups["commune"].transform("nunique").to_numpy()
    sizes = groups["at"].transform("size").to_numpy()
    piled = (communes > 1) & (sizes >= PILE)
    findings = []
    if piled.any():
        counts = tuple({"count": int(size)} for size in sizes[piled])
        findings.append(Finding("fault-position-pile", at[piled], details=counts))
    members = sorted(
        (list(in_group) for in_group in groups.indices.values() if not piled[in_group[0]]),
        key=min,
    )
    if members:
        findings.append(
            Finding(
                "fault-position-duplicate",
                at[[in_group[0] for in_group in members]],
                Severity.WARNING,
                tuple(_others(rows[at[in_group[1:]]]) for in_group in members),
            )
        )
    return findings


def find_far(
    spots: Spots, places: ResolvedPlaces, gazetteer: Gazetteer, inside: BoolArray | None
) -> list[Finding]:
    """Find villages that do not lie where their commune or unit is.

    Parameters
    ----------
    spots : Spots
    places : ResolvedPlaces
    gazetteer : Gazetteer
    inside : ndarray of bool, shape (n,), or None
        Whether the boundary of the stated commune holds the position, true where that is not
        known; it decides where it is given. Else the centres do: another commune's is the nearest
        and the stated one's is more than :data:`FAR_MULTIPLE` reaches away.

    Returns
    -------
    list of Finding
    """
    if inside is not None:
        at = np.flatnonzero(spots.own & ~inside)
        return [Finding("fault-position-boundary", at, Severity.WARNING)] if at.size else []
    table = gazetteer.communes
    centred = np.flatnonzero(table["lon"].notna().to_numpy())
    at = np.flatnonzero(spots.own & (places.unit_at >= 0))
    if not at.size or not centred.size:
        return []
    lon, lat, reach = (table[c].to_numpy(dtype=np.float64) for c in ("lon", "lat", "radius_m"))
    here = to_ecef(spots.lon[at], spots.lat[at])
    centres = to_ecef(lon[centred], lat[centred])
    nearest = centred[cKDTree(centres).query(here)[1]]
    stated = _stated(here, places.commune_at[at], places.unit_at[at], gazetteer)
    astray = (stated >= 0) & (nearest != stated)
    at, nearest, stated = at[astray], nearest[astray], stated[astray]
    away = geodesic_m(spots.lon[at], spots.lat[at], lon[stated], lat[stated])
    far = np.flatnonzero(away > FAR_MULTIPLE * reach[stated])
    if not far.size:
        return []
    names = table["commune"].to_numpy(dtype=object)
    details = tuple(
        {
            "distance": float(away[i] / 1000.0),
            "stated": str(names[stated[i]]),
            "nearest": str(names[nearest[i]]),
        }
        for i in far.tolist()
    )
    return [Finding("fault-position-far", at[far], Severity.WARNING, details)]


def _stated(
    here: FloatArray, commune_at: IntArray, unit_at: IntArray, gazetteer: Gazetteer
) -> IntArray:
    """Return the stated commune, or of a stated unit the commune whose centre is nearest."""
    table = gazetteer.communes
    centres = to_ecef(table["lon"].to_numpy(), table["lat"].to_numpy())
    centred = np.isfinite(centres[:, 0])
    stated = np.where((commune_at >= 0) & centred[commune_at], commune_at, -1)
    for unit in np.unique(unit_at[commune_at < 0]).tolist():
        members = np.flatnonzero((gazetteer.unit_of == unit) & centred)
        rows = np.flatnonzero((unit_at == unit) & (commune_at < 0))
        if members.size and rows.size:
            stated[rows] = members[cKDTree(centres[members]).query(here[rows])[1]]
    return stated


def _at(lon: FloatArray, lat: FloatArray, east: float, north: float) -> BoolArray:
    near: BoolArray = (np.abs(lon - east) < 1e-5) & (np.abs(lat - north) < 1e-5)
    return near


def _others(others: IntArray) -> dict[str, Any]:
    shown = ", ".join(map(str, others[:MOST_ROWS_SHOWN].tolist()))
    more = ", …" if len(others) > MOST_ROWS_SHOWN else ""
    return {"count": len(others) + 1, "others": shown + more}


def each_fault(
    finding: Finding, spots: Spots, rows: IntArray, heading: str, centred: BoolArray
) -> Iterator[Fault]:
    """Yield the faults of a finding, a row each.

    Parameters
    ----------
    finding : Finding
    spots : Spots
    rows : ndarray of int, shape (n,)
    heading : str
    centred : ndarray of bool, shape (n,)
        Rows whose commune has a centre that could stand in.
    """
    details = finding.details or ({},) * len(finding.at)
    for at, values in zip(finding.at.tolist(), details, strict=True):
        yield Fault(
            finding.key,
            row=int(rows[at]),
            column=heading,
            got=f"{spots.lat[at]:.6f}; {spots.lon[at]:.6f}",
            values=dict(values),
            severity=finding.severity,
            remedy="remedy-position-centre" if centred[at] else "remedy-position-correct",
        )
