"""Where a village is said to be: communes of before July 2025, units since, or a mixture.

The statements of a list are few even where its rows are many, so each distinct one is read once
(:mod:`geo.register.place_claims`) and carried back to its rows. What stays open after that is
settled by the list as a whole where its other values leave no doubt, and else stays open.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.register.gazetteer import Gazetteer, Vintage
from geo.register.list_vintage import ListVintage, VintageEvidence, find_list_vintage
from geo.register.place_claims import Reader, Reading, Row
from geo.register.place_faults import find_accent_faults, find_place_faults
from geo.register.place_names import is_accented
from geo.register.place_statements import (
    Statement,
    distinct_statements,
    find_zero_faults,
    restore_codes,
    statement_texts,
)
from planning.columns import IntArray
from planning.errors import Fault

RESOLVED: Final = ("commune_code", "commune", "district_code", "district", "unit_code", "unit")
"""Columns that say where a village is, as in :data:`geo.schema.VILLAGES`."""


class PlaceBasis(StrEnum):
    """By what a place is known; ``GIVEN`` is kept as written and not resolved."""

    CODE = "code"
    NAME = "name"
    UNIT_CODE = "unit_code"
    UNIT_NAME = "unit_name"
    GIVEN = "given"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PlaceSummary:
    """How the places of a list were resolved, in rows.

    Attributes
    ----------
    old : int
        The commune of before July 2025 was stated and found.
    new : int
        Only the unit since.
    both : int
        Both were stated, and agree.
    unresolved : int
        Something is stated that is neither.
    silent : int
        Nothing is stated.
    evidence : VintageEvidence
        Which units the list is written in, and how that is known.
    vintages : tuple of Vintage
        Those in which all that was found is valid; empty for a mixture.
    """

    old: int
    new: int
    both: int
    unresolved: int
    silent: int
    evidence: VintageEvidence
    vintages: tuple[Vintage, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ResolvedPlaces:
    """The places of a list.

    Attributes
    ----------
    frame : DataFrame
        ``commune_code``, ``commune``, ``district_code``, ``district``, ``unit_code``, ``unit``
        (text, missing where not known), ``centre_lon``, ``centre_lat`` (degrees, EPSG:4326; of the
        commune, else of the unit, else NaN) and ``place_basis``; one row for each of the file.
    commune_at, unit_at : ndarray of int, shape (n,)
        Position in the gazetteer's tables; -1 where not known.
    summary : PlaceSummary
    faults : tuple of Fault
    """

    frame: pd.DataFrame
    commune_at: IntArray
    unit_at: IntArray
    summary: PlaceSummary
    faults: tuple[Fault, ...]


class _Place(NamedTuple):
    """Positions of one statement's commune and unit, -1 where open; whether anything is open."""

    commune: int
    unit: int
    open: bool


class _Atlas(NamedTuple):
    """A gazetteer with its tables as rows, which are looked up by the hundred thousand."""

    gazetteer: Gazetteer
    communes: list[dict[Hashable, Any]]
    units: list[dict[Hashable, Any]]


def resolve_places(
    named: pd.DataFrame,
    rows: IntArray,
    gazetteer: Gazetteer,
    headings: Mapping[str, str],
) -> ResolvedPlaces:
    """Resolve what a list says of its places to communes, units and centres.

    Parameters
    ----------
    named : DataFrame, n rows
        Any of :data:`geo.register.place_statements.PLACE_FIELDS`, text or numbers. ``place`` and
        ``place_code`` are the columns that do not say whether they mean the units of before or
        since July 2025.
    rows : ndarray of int, shape (n,)
        Row numbers of the file, for the faults.
    gazetteer : Gazetteer
        An empty one resolves nothing and finds no fault: given values are kept.
    headings : mapping of str to str
        Heading of each field in the file.

    Returns
    -------
    ResolvedPlaces

    Notes
    -----
    An undated name or code that exists before and since the reform is read as old if the row names
    a district, or a kind of unit that only one of the two has decides; else as the list's other
    values are, if those that exist on one side only are all on the same side; else the unit is
    taken where both readings lead to it, and the commune stays missing.
    """
    texts = statement_texts(named)
    distinct, of_row = distinct_statements(texts, len(named))
    statements, restored = restore_codes(distinct, gazetteer)
    accented: dict[str, bool] = {
        name: is_accented(texts[name].dropna().unique())
        for name in ("commune", "unit", "place")
        if name in texts
    }
    reader = Reader(gazetteer, accented)
    readings = [reader.read(Row(**statement)) for statement in statements]
    counts = np.bincount(of_row, minlength=len(readings))
    evidence = find_list_vintage(readings, counts)
    places = [_settled(reading, evidence.vintage, gazetteer) for reading in readings]
    faults: list[Fault] = []
    if len(gazetteer):
        unsettled = frozenset(at for at, place in enumerate(places) if place.open)
        faults += find_zero_faults(restored, counts, headings)
        faults += find_accent_faults(readings, counts, gazetteer, headings)
        faults += find_place_faults(
            readings,
            of_row,
            rows,
            open_readings=unsettled,
            gazetteer=gazetteer,
            headings=headings,
        )
    frame = _frame(statements, readings, places, gazetteer)
    return ResolvedPlaces(
        frame.iloc[of_row].reset_index(drop=True),
        np.array([place.commune for place in places], dtype=np.int64)[of_row],
        np.array([place.unit for place in places], dtype=np.int64)[of_row],
        _summary(readings, places, counts, evidence, gazetteer),
        tuple(faults),
    )


def _settled(reading: Reading, vintage: ListVintage, gazetteer: Gazetteer) -> _Place:
    if not reading.given or reading.trouble is not None:
        return _Place(-1, -1, open=False)
    old, new = reading.old.found, reading.new.found
    if reading.undated:
        if vintage is ListVintage.OLD and old:
            new = frozenset()
        elif vintage is ListVintage.NEW and new:
            old = frozenset()
    units = {int(gazetteer.unit_of[i]) for i in old}
    units = units & new if old and new and not reading.undated else units | new
    unit = min(units) if len(units) == 1 else -1
    if old and (not new or not reading.undated):
        commune = min(old) if len(old) == 1 else -1
        return _Place(commune, unit, open=commune < 0)
    return _Place(-1, unit, open=unit < 0 or bool(old))


def _frame(
    statements: Sequence[Statement],
    readings: Sequence[Reading],
    places: Sequence[_Place],
    gazetteer: Gazetteer,
) -> pd.DataFrame:
    """Return the resolved columns, a row for each distinct statement."""
    atlas = _Atlas(
        gazetteer, gazetteer.communes.to_dict("records"), gazetteer.units.to_dict("records")
    )
    described = [
        _described(statement, reading, place, atlas)
        for statement, reading, place in zip(statements, readings, places, strict=True)
    ]
    columns = (*RESOLVED, "place_basis")
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in described], dtype="str") for name in columns}
    )
    return frame.assign(
        **{
            f"centre_{axis}": np.array([row[axis] for row in described], dtype=np.float64)
            for axis in ("lon", "lat")
        }
    )


def _described(
    statement: Statement, reading: Reading, place: _Place, atlas: _Atlas
) -> dict[str, object]:
    known: dict[str, object] = {name: statement.get(name) for name in (RESOLVED)}
    known |= {"lon": np.nan, "lat": np.nan}
    if reading.undated and place.commune < 0 and place.unit < 0:
        # What could not be placed in time stands with the communes, as every older list would.
        known |= {"commune_code": reading.row.place_code, "commune": reading.row.place}
    if len(reading.districts) == 1 and not reading.conflict:
        known |= _district(min(reading.districts), atlas)
    if place.unit >= 0:
        unit = atlas.units[place.unit]
        known |= {name: unit[name] for name in ("unit_code", "unit", "lon", "lat")}
        if not reading.district_given:
            known |= {name: unit[name] for name in ("district_code", "district")}
    if place.commune >= 0:
        commune = atlas.communes[place.commune]
        known |= {name: commune[name] for name in (*RESOLVED, "lon", "lat")}
    return known | {"place_basis": str(_basis(reading, place))}


def _district(code: str, atlas: _Atlas) -> dict[str, str]:
    at = min(atlas.gazetteer.district_communes(code))
    return {"district_code": code, "district": str(atlas.communes[at]["district"])}


def _basis(reading: Reading, place: _Place) -> PlaceBasis:
    row = reading.row
    if not reading.given:
        return PlaceBasis.NONE
    if place.commune >= 0:
        return PlaceBasis.CODE if row.commune_code or row.place_code else PlaceBasis.NAME
    if place.unit >= 0:
        return PlaceBasis.UNIT_CODE if row.unit_code or row.place_code else PlaceBasis.UNIT_NAME
    return PlaceBasis.GIVEN


def _summary(
    readings: Sequence[Reading],
    places: Sequence[_Place],
    counts: IntArray,
    evidence: VintageEvidence,
    gazetteer: Gazetteer,
) -> PlaceSummary:
    tally = {"old": 0, "new": 0, "both": 0, "unresolved": 0, "silent": 0}
    found: dict[bool, set[int]] = {False: set(), True: set()}
    for reading, place, count in zip(readings, places, counts.tolist(), strict=True):
        tally[_kind(reading, place)] += count
        if place.commune >= 0:
            found[False].add(place.commune)
        elif place.unit >= 0 and reading.new.found:
            found[True].add(place.unit)
    tables = {False: gazetteer.communes["commune_code"], True: gazetteer.units["unit_code"]}
    codes = {units: set(table.iloc[sorted(found[units])]) for units, table in tables.items()}
    vintages = [
        v for v in gazetteer.vintages if codes[v.units] <= v.codes and not codes[not v.units]
    ]
    is_known = bool(codes[False] or codes[True])
    return PlaceSummary(**tally, evidence=evidence, vintages=tuple(vintages if is_known else ()))


def _kind(reading: Reading, place: _Place) -> str:
    if not reading.given:
        return "silent"
    if place.commune < 0 and place.unit < 0:
        return "unresolved"
    if reading.old.given and reading.new.given and not reading.undated:
        return "both"
    return "old" if place.commune >= 0 else "new"
