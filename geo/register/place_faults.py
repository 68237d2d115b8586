"""What is reported of the places of a list, and what to do about each.

An error is reported row by row, because each such row stays out until it is put right. A warning is
reported once for all rows that say the same, with the first of them and their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from geo.register.gazetteer import Gazetteer
from geo.register.place_claims import Claim, Reading, Trouble
from geo.register.place_descriptions import describe, describe_communes, describe_units
from planning.columns import IntArray
from planning.errors import Fault, Severity

MOST_PROPOSALS: Final = 1000
"""Distinct unknown names for which a similar one is looked up."""

_ERRORS: Final[Mapping[Trouble, tuple[str, str]]] = {
    Trouble.DISAGREE: ("fault-place-disagree", "remedy-place-disagree"),
    Trouble.DISTRICT: ("fault-place-district", "remedy-place-district"),
    Trouble.DISTRICTS: ("fault-place-districts", "remedy-place-districts"),
    Trouble.UNIT: ("fault-place-unit", "remedy-place-unit"),
}


def find_place_faults(
    readings: Sequence[Reading],
    of_row: IntArray,
    rows: IntArray,
    *,
    open_readings: frozenset[int],
    gazetteer: Gazetteer,
    headings: Mapping[str, str],
) -> list[Fault]:
    """Return what is wrong with the places of a list.

    Parameters
    ----------
    readings : sequence of Reading
        Of the distinct statements of the list.
    of_row : ndarray of int, shape (n,)
        Reading of each row.
    rows : ndarray of int, shape (n,)
        Row numbers of the file.
    open_readings : frozenset of int
        Readings that are right but leave more than one commune or unit.
    gazetteer : Gazetteer
    headings : mapping of str to str
        Heading of each field in the file.

    Returns
    -------
    list of Fault
    """
    order = np.argsort(of_row, kind="stable")
    bounds = np.searchsorted(of_row[order], np.arange(len(readings) + 1))
    faults: list[Fault] = []
    proposals = 0
    for at, reading in enumerate(readings):
        if not reading.given and not reading.district_given:
            continue
        at_rows = rows[order[bounds[at] : bounds[at + 1]]].tolist()
        trouble = reading.trouble
        if trouble is not None and trouble in _ERRORS:
            faults.extend(_errors(reading, trouble, at_rows, gazetteer, headings))
        elif trouble is not None:
            proposals += 1
            proposal = _proposal(reading, gazetteer) if proposals <= MOST_PROPOSALS else None
            faults.append(_unknown(reading, trouble, at_rows, proposal, headings))
        elif at in open_readings:
            faults.append(_open(reading, at_rows, gazetteer, headings))
        if reading.district_given and not reading.districts:
            faults.append(_unknown_district(reading, at_rows, headings))
    return faults


def find_accent_faults(
    readings: Sequence[Reading],
    counts: IntArray,
    gazetteer: Gazetteer,
    headings: Mapping[str, str],
) -> list[Fault]:
    """Return one warning for each field whose names were recognised only without accents.

    Parameters
    ----------
    readings : sequence of Reading
    counts : ndarray of int
        Rows of each.
    gazetteer : Gazetteer
    headings : mapping of str to str

    Returns
    -------
    list of Fault
    """
    cases: dict[str, list[tuple[str, str, int]]] = {}
    for reading, count in zip(readings, counts.tolist(), strict=True):
        field = _fields(reading)[0]
        name = getattr(reading.row, field)
        if name is None or reading.trouble is not None:
            continue
        if max(len(reading.old.found), len(reading.new.found)) > 1:
            continue
        if not gazetteer.commune_names.find(name) and not gazetteer.unit_names.find(name):
            found = describe(reading.old.found, reading.new.found, gazetteer)
            cases.setdefault(field, []).append((name, found, count))
    return [
        Fault(
            "fault-place-accents",
            column=headings.get(field, field),
            got=names[0][0],
            expected=names[0][1],
            values={"count": sum(count for _, _, count in names)},
            severity=Severity.WARNING,
            remedy="remedy-place-accents",
        )
        for field, names in cases.items()
    ]


def _errors(
    reading: Reading,
    trouble: Trouble,
    at_rows: list[int],
    gazetteer: Gazetteer,
    headings: Mapping[str, str],
) -> Iterator[Fault]:
    key, remedy = _ERRORS[trouble]
    fields = ("district", "district_code") if trouble is Trouble.DISTRICTS else _fields(reading)
    claim_old, claim_new = reading.old, reading.new
    values = {
        "code": _code(reading) or "–",
        "by_code": describe(claim_old.by_code, _new_part(claim_new, "by_code"), gazetteer),
        "by_name": describe(claim_old.by_name, _new_part(claim_new, "by_name"), gazetteer),
        "district": reading.row.district or reading.row.district_code or "–",
        "unit": reading.row.unit or reading.row.unit_code or "–",
    }
    if trouble is Trouble.UNIT:
        became = frozenset(int(gazetteer.unit_of[i]) for i in claim_old.by_code)
        values["by_name"] = describe_units(gazetteer, became)
    for row in at_rows:
        yield Fault(
            key,
            row=row,
            column=_heading(fields, headings),
            got=_got(reading, fields),
            values=values,
            remedy=remedy,
        )


def _unknown(
    reading: Reading,
    trouble: Trouble,
    at_rows: list[int],
    proposal: str | None,
    headings: Mapping[str, str],
) -> Fault:
    fields = _fields(reading)
    if trouble is Trouble.CODE_UNKNOWN:
        key, fields = "fault-place-code-unknown", fields[::-1]
    else:
        key = "fault-place-name-unknown"
    return _warning(
        key,
        at_rows,
        "remedy-place-check" if proposal is None else "remedy-place-proposal",
        column=_heading(fields, headings),
        got=_got(reading, fields),
        values={"suggestion": proposal or "–"},
    )


def _open(
    reading: Reading, at_rows: list[int], gazetteer: Gazetteer, headings: Mapping[str, str]
) -> Fault:
    fields = _fields(reading)
    readings = describe(reading.old.found, reading.new.found, gazetteer)
    units = reading.new.found | {int(gazetteer.unit_of[i]) for i in reading.old.found}
    certain = len(units) == 1
    return _warning(
        "fault-place-commune-open" if certain else "fault-place-ambiguous",
        at_rows,
        "remedy-place-ambiguous",
        column=_heading(fields, headings),
        got=_got(reading, fields),
        values={"readings": readings, "unit": describe_units(gazetteer, frozenset(units))},
    )


def _unknown_district(reading: Reading, at_rows: list[int], headings: Mapping[str, str]) -> Fault:
    fields = ("district", "district_code")
    return _warning(
        "fault-place-district-unknown",
        at_rows,
        "remedy-place-district-unknown",
        column=_heading(fields, headings),
        got=_got(reading, fields),
    )


def _warning(
    key: str,
    at_rows: list[int],
    remedy: str,
    *,
    column: str,
    got: str,
    values: dict[str, Any] | None = None,
) -> Fault:
    return Fault(
        key,
        row=at_rows[0],
        column=column,
        got=got,
        values={"count": len(at_rows), **(values or {})},
        severity=Severity.WARNING,
        remedy=remedy,
    )


def _proposal(reading: Reading, gazetteer: Gazetteer) -> str | None:
    """Return the most similar unit, described, for the person to confirm."""
    row = reading.row
    name = row.commune or row.unit or row.place
    if name is None:
        return None
    members = frozenset[int]().union(*map(gazetteer.district_communes, reading.districts))
    if reading.old.given:
        found = gazetteer.commune_names.nearest(name, members or None)
        if found is not None:
            return describe_communes(gazetteer, frozenset({found}))
    if reading.new.given:
        found = gazetteer.unit_names.nearest(name)
        if found is not None:
            return describe_units(gazetteer, frozenset({found}))
    return None


def _new_part(claim: Claim, name: str) -> frozenset[int]:
    part: frozenset[int] = getattr(claim, name)
    return part


def _fields(reading: Reading) -> tuple[str, str]:
    """Return the name and the code field the trouble is about."""
    if reading.undated:
        return ("place", "place_code")
    if reading.old.trouble or (reading.old.given and not reading.new.trouble):
        return ("commune", "commune_code")
    return ("unit", "unit_code")


def _code(reading: Reading) -> str | None:
    code: str | None = getattr(reading.row, _fields(reading)[1])
    return code


def _heading(fields: tuple[str, str], headings: Mapping[str, str]) -> str:
    return next((headings[field] for field in fields if field in headings), fields[0])


def _got(reading: Reading, fields: tuple[str, str]) -> str:
    first, second = (getattr(reading.row, field) for field in fields)
    return str(first or second or "")
