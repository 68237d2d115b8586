"""Read a cost book: TOML, a table for each parameter, every fault at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from planning.costs import (
    UNITS,
    Cost,
    CostBook,
    Currency,
    Mark,
    Parameter,
    complaint,
    is_money,
)
from planning.errors import DataError, Fault

_VALUES: Final = ("low", "base", "high")
_FIELDS: Final = frozenset({*_VALUES, "unit", "currency", "source", "mark", "range_mark", "url"})
MOST_BYTES: Final = 1_000_000
"""A larger file is no cost book."""


def read_cost_book(path: Path, over: CostBook | None = None) -> CostBook:
    """Read unit costs.

    Parameters
    ----------
    path : Path
        A table ``[key]`` for each :class:`~planning.costs.Cost` with ``low``, ``base``, ``high``,
        ``unit``, ``currency`` (prices only), ``mark``, ``range_mark``, ``source`` and ``url``.
    over : CostBook, optional
        With it the file may leave out tables, which are then taken from here, and fields of a
        table. A table that gives ``base`` alone is a quote: low and high are the same, and unless
        it says otherwise all are marked as given.

    Returns
    -------
    CostBook

    Raises
    ------
    DataError
        If the file cannot be read as TOML, or anything in it is wrong (all faults listed).
    """
    tables = _tables(path)
    faults: list[Fault] = [
        Fault("cost-fault-unknown", column=key, got=key) for key in tables if key not in set(Cost)
    ]
    found: dict[Cost, Parameter] = {}
    for key in Cost:
        below = None if over is None else over[key]
        table = tables.get(key)
        if table is None and below is not None:
            found[key] = below
        elif table is None:
            faults.append(Fault("cost-fault-missing", column=key))
        elif not isinstance(table, dict):
            faults.append(Fault("cost-fault-table", column=key, got=str(table)))
        else:
            complete = table if below is None else _completed(table, below)
            wrong = list(_faults(key, complete))
            faults += wrong
            if not wrong:
                found[key] = _parameter(key, complete)
    if faults:
        raise DataError("cost-book-faults", faults, file=path.name, count=len(faults))
    return CostBook(found)


def _tables(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise DataError("error-file-unreadable", file=path.name)
        return tomllib.loads(content.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataError("error-file-unreadable", file=path.name) from error


def _completed(table: Mapping[str, Any], below: Parameter) -> dict[str, Any]:
    """Fill a table from the parameter it replaces, where that means the same."""
    whole: dict[str, Any] = {
        "unit": str(below.unit),
        "currency": str(below.currency),
        "mark": str(Mark.GIVEN),
        **table,
    }
    whole.setdefault("range_mark", whole["mark"])
    for end in ("low", "high"):
        if "base" in table:
            whole.setdefault(end, table["base"])
    return whole


def _faults(key: Cost, table: Mapping[str, Any]) -> Iterator[Fault]:
    for field in sorted(set(table) - _FIELDS):
        yield Fault("cost-fault-field", column=key, got=field)
    yield from _faults_of_values(key, table)
    yield from _faults_of_words(key, table)


def _faults_of_values(key: Cost, table: Mapping[str, Any]) -> Iterator[Fault]:
    numbers = [_number(table.get(field)) for field in _VALUES]
    if None in numbers:
        for field, number in zip(_VALUES, numbers, strict=True):
            if number is None:
                yield _wrong(key, field, table, "expected-number")
        return
    message = complaint(_parameter(key, {**_BLANK, **dict(zip(_VALUES, numbers, strict=True))}))
    if message is not None:
        got = ", ".join(f"{number:g}" for number in numbers)
        yield Fault(message, column=key, got=got, values={"cost": str(key)})


def _faults_of_words(key: Cost, table: Mapping[str, Any]) -> Iterator[Fault]:
    # Tuples, not sets: a value may be anything TOML knows, lists and tables included.
    if table.get("unit") != UNITS[key]:
        yield _wrong(key, "unit", table, str(UNITS[key]))
    money = is_money(UNITS[key])
    if money and table.get("currency") not in ("VND", "USD"):
        yield _wrong(key, "currency", table, "VND, USD")
    if not money and table.get("currency", ""):
        yield _wrong(key, "currency", table, "cost-expected-no-currency")
    for field in ("mark", "range_mark"):
        if table.get(field) not in tuple(Mark):
            yield _wrong(key, field, table, ", ".join(Mark))
    of_a_source = table.get("mark") in (Mark.SOURCED, Mark.DERIVED)
    for field, needed in (("source", of_a_source), ("url", False)):
        text = table.get(field, "")
        if not isinstance(text, str) or (needed and not text.strip()):
            yield _wrong(key, field, table, "expected-text")


_BLANK: Final = {"mark": Mark.GIVEN, "range_mark": Mark.GIVEN}


def _wrong(key: Cost, field: str, table: Mapping[str, Any], expected: str) -> Fault:
    got = table.get(field)
    return Fault(
        "cost-fault-value",
        column=key,
        got=None if got is None else str(got),
        expected=expected,
        values={"field": field},
    )


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _parameter(key: Cost, table: Mapping[str, Any]) -> Parameter:
    return Parameter(
        key=key,
        low=float(table["low"]),
        base=float(table["base"]),
        high=float(table["high"]),
        unit=UNITS[key],
        currency=Currency(table.get("currency", "")),
        source=str(table.get("source", "")),
        mark=Mark(table["mark"]),
        range_mark=Mark(table["range_mark"]),
        url=str(table.get("url", "")),
    )
