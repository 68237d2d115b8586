"""The file of targets: TOML, a table for each target, every fault at once; read and written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import tomli_w

from geo.writing import write_file
from planning.errors import DataError
from planning.target_rules import target_faults
from planning.vocabulary import Area, AreaKind, Gap, Milestone, Target

MOST_BYTES: Final = 1_000_000
"""A larger file holds no list of targets."""

Kind = TypeVar("Kind")


def read_targets(path: Path) -> tuple[Target, ...]:
    """Read targets from TOML tables ``[[target]]``.

    Each has ``target_id``, ``gap``, ``cohort_on``, ``cohort_size``, ``required``, ``deadline`` and
    ``source``; it may have ``result``, a table ``[target.area]`` with ``kind``, ``code`` and
    ``name``, and tables ``[[target.milestone]]`` with ``due_on`` and ``count``.

    Raises
    ------
    DataError
        If the file is not TOML; if a target lacks a field or has one of the wrong kind
        (``error-target-invalid``); or if targets make no sense (``error-targets``, all faults
        listed): :func:`planning.target_rules.target_faults`.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise DataError("error-file-unreadable", file=path.name)
        tables = tomllib.loads(content.decode("utf-8")).get("target", [])
    except (OSError, ValueError, RecursionError) as error:
        raise DataError("error-file-unreadable", file=path.name) from error
    try:
        targets = tuple(_target(table) for table in tables)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        detail = str(error.args[0]) if error.args else ""
        raise DataError("error-target-invalid", file=path.name, detail=detail) from error
    faults = target_faults(targets)
    if faults:
        raise DataError("error-targets", faults, file=path.name, count=len(faults))
    return targets


def targets_toml(targets: Iterable[Target]) -> bytes:
    """Return targets as TOML, UTF-8; :func:`read_targets` reads the same targets from it."""
    return tomli_w.dumps({"target": [_table(target) for target in targets]}).encode()


def write_targets(path: Path, targets: Iterable[Target]) -> None:
    """Write targets as TOML, the whole file or none of it.

    Raises
    ------
    DataError
        ``error-targets`` for targets that could not be read back; nothing is written.
    PlannerError
        If the place cannot be written to.
    """
    given = tuple(targets)
    faults = target_faults(given)
    if faults:
        raise DataError("error-targets", faults, file=path.name, count=len(faults))
    write_file(path, targets_toml(given))


def _target(table: dict[str, Any]) -> Target:
    area, result = table.get("area"), table.get("result")
    return Target(
        target_id=_field(table, "target_id", str),
        gap=_word(table, "gap", Gap),
        cohort_on=_field(table, "cohort_on", date),
        cohort_size=_field(table, "cohort_size", int),
        required=_field(table, "required", int),
        deadline=_field(table, "deadline", date),
        source=_field(table, "source", str),
        result=None if result is None else _field(table, "result", int),
        area=None if area is None else _area(area),
        milestones=tuple(_milestone(step) for step in table.get("milestone", [])),
    )


def _area(table: dict[str, Any]) -> Area:
    kind = _word(table, "kind", AreaKind)
    return Area(kind, _field(table, "code", str), _field(table, "name", str))


def _milestone(table: dict[str, Any]) -> Milestone:
    return Milestone(_field(table, "due_on", date), _field(table, "count", int))


def _field(table: dict[str, Any], name: str, kind: type[Kind]) -> Kind:
    value = table[name]
    # A day with a time of day is a date to Python, and truth a number.
    if not isinstance(value, kind) or isinstance(value, bool | datetime):
        raise TypeError(name)
    return value


def _word(table: dict[str, Any], name: str, words: type[Kind]) -> Kind:
    try:
        return words(table[name])  # type: ignore[call-arg]
    except ValueError as error:
        raise TypeError(name) from error


def _table(target: Target) -> dict[str, Any]:
    table: dict[str, Any] = {
        "target_id": target.target_id,
        "gap": str(target.gap),
        "cohort_on": target.cohort_on,
        "cohort_size": target.cohort_size,
        "required": target.required,
        "deadline": target.deadline,
        "source": target.source,
    }
    if target.result is not None:
        table["result"] = target.result
    if target.area is not None:
        area = target.area
        table["area"] = {"kind": str(area.kind), "code": area.code, "name": area.name}
    if target.milestones:
        table["milestone"] = [
            {"due_on": step.due_on, "count": step.count} for step in target.milestones
        ]
    return table
