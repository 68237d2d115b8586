"""Read what forecasts assume: TOML, a table for each parameter, every fault at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from planning.errors import DataError, Fault
from planning.forecast_assumptions import (
    UNITS,
    Assumed,
    Assumption,
    Assumptions,
    Basis,
    complaint,
)

_VALUES: Final = ("low", "base", "high")
_FIELDS: Final = frozenset({*_VALUES, "unit", "basis", "note_vi", "note_en", "source"})
MOST_BYTES: Final = 1_000_000
"""A larger file holds no assumptions."""


def read_assumptions(path: Path, over: Assumptions | None = None) -> Assumptions:
    """Read what forecasts assume.

    Parameters
    ----------
    path : Path
        A table ``[key]`` for each :class:`~planning.forecast_assumptions.Assumption` with ``low``,
        ``base``, ``high``, ``unit``, ``basis``, ``note_vi``, ``note_en`` and ``source``.
    over : Assumptions, optional
        With them the file may leave out tables.

    Raises
    ------
    DataError
        If the file cannot be read as TOML, or anything in it is wrong (all faults listed).
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise DataError("error-file-unreadable", file=path.name)
        tables = tomllib.loads(content.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError("error-file-unreadable", file=path.name) from error
    faults = [
        Fault("forecast-fault-unknown", column=key, got=key)
        for key in tables
        if key not in set(Assumption)
    ]
    found = dict(over.values) if over else {}
    for key in Assumption:
        table = tables.get(key)
        if isinstance(table, dict):
            wrong = list(_faults(key, table))
            faults += wrong
            if not wrong:
                found[key] = _assumed(table)
        elif table is not None or key not in found:
            faults.append(Fault("forecast-fault-missing", column=key))
    if faults:
        raise DataError("forecast-book-faults", faults, file=path.name, count=len(faults))
    return Assumptions(found)


def _faults(key: Assumption, table: Mapping[str, Any]) -> Iterator[Fault]:
    for field in sorted(set(table) - _FIELDS):
        yield Fault("forecast-fault-field", column=key, got=field)
    numbers = [table.get(field) for field in _VALUES]
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in numbers):
        yield Fault("forecast-fault-number", column=key, got=", ".join(map(str, numbers)))
    else:
        message = complaint(key, *(float(one) for one in numbers if one is not None))
        if message is not None:
            yield Fault(message, column=key, got=", ".join(f"{one:g}" for one in numbers))
    if table.get("unit") != UNITS[key]:
        got = None if "unit" not in table else str(table["unit"])
        yield Fault("forecast-fault-unit", column=key, got=got, expected=UNITS[key])
    # A tuple, not a set: a value may be anything TOML knows, lists and tables included.
    if table.get("basis") not in tuple(Basis):
        got = None if "basis" not in table else str(table["basis"])
        yield Fault("forecast-fault-basis", column=key, got=got, expected=", ".join(Basis))


def _assumed(table: Mapping[str, Any]) -> Assumed:
    return Assumed(
        low=float(table["low"]),
        base=float(table["base"]),
        high=float(table["high"]),
        basis=Basis(table["basis"]),
        note_vi=str(table.get("note_vi", "")),
        note_en=str(table.get("note_en", "")),
        source=str(table.get("source", "")),
    )
