"""What a person decided about a file, kept so that the next file of its kind need not ask again.

The choices are a small TOML file (``mapping.toml``)::

    version = 1

    [file]
    layer = "Biểu 1"
    observed_on = 2024-03-14
    crs = "EPSG:9208"

    [columns]
    "Thôn, bản" = "name"
    "Ghi chú" = ""

    [numbers]
    "Số khẩu" = "comma"

    [dates]
    "Ngày cập nhật" = "day"

    [blank]
    "Thôn ĐBKK (x)" = "no"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import tomli_w

from geo.intake.table import ReadOptions
from geo.register.days import DayOrder
from geo.register.dictionary import fields
from geo.register.numbers import NumberStyle
from planning.errors import DataError, Fault

_VERSION: Final = 1
_MOST_BYTES: Final = 1_000_000
_FILE_KEYS: Final[Mapping[str, type]] = {
    "layer": str,
    "encoding": str,
    "header_row": int,
    "crs": str,
    "observed_on": date,
    "swap": bool,
    "replace_bad_positions": bool,
}
EVERY_COLUMN: Final = "*"
"""In place of a heading: for every column that nothing else decides."""

NO_FIELD: Final = ""
"""What a heading maps to that is deliberately left out of the fields."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A person's decisions about one kind of file; what is left out the file decides.

    Attributes
    ----------
    layer, encoding, header_row
        As in :class:`geo.intake.table.ReadOptions`.
    crs : str or None
        Coordinate system of the positions, such as ``EPSG:9208``.
    observed_on : date or None
        Day of the states of rows that give none themselves.
    swap : bool
        Read longitude as latitude and the other way round.
    replace_bad_positions : bool
        Put villages whose position is at fault at the centre of their commune.
    columns : mapping of str to str
        Heading to the key of its field, :data:`NO_FIELD` for none.
    numbers : mapping of str to NumberStyle
        Heading to the style of its numbers.
    dates : mapping of str to DayOrder
        Heading to the order of its dates.
    blank_means_no : frozenset of str
        Headings of yes/no columns in which an empty cell says no.
    """

    layer: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    crs: str | None = None
    observed_on: date | None = None
    swap: bool = False
    replace_bad_positions: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, NumberStyle] = field(default_factory=dict)
    dates: Mapping[str, DayOrder] = field(default_factory=dict)
    blank_means_no: frozenset[str] = frozenset()

    @property
    def reading(self) -> ReadOptions:
        """The part that concerns the reading of the file."""
        return ReadOptions(self.layer, self.encoding, self.header_row)


def write_choices(choices: Choices) -> bytes:
    """Return choices as the contents of a ``mapping.toml``."""
    given = {name: getattr(choices, name) for name in _FILE_KEYS}
    document: dict[str, Any] = {
        "version": _VERSION,
        "file": {name: value for name, value in given.items() if value not in {None, False}},
        "columns": dict(choices.columns),
        "numbers": {heading: str(style) for heading, style in choices.numbers.items()},
        "dates": {heading: str(order) for heading, order in choices.dates.items()},
        "blank": dict.fromkeys(sorted(choices.blank_means_no), "no"),
    }
    return tomli_w.dumps(document).encode()


def read_choices(content: bytes, name: str) -> Choices:
    """Read the contents of a ``mapping.toml``.

    Parameters
    ----------
    content : bytes
    name : str
        Name of the file, for the refusal.

    Raises
    ------
    DataError
        If it is no TOML or says something unknown; every fault is listed.
    """
    try:
        document = tomllib.loads(content[:_MOST_BYTES].decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError("error-mapping-unreadable", file=name, detail=str(error)) from error
    faults = [*_faults(document)]
    if faults:
        raise DataError("error-mapping-invalid", faults, file=name, count=len(faults))
    return Choices(
        **document.get("file", {}),
        columns=document.get("columns", {}),
        numbers={k: NumberStyle(v) for k, v in document.get("numbers", {}).items()},
        dates={k: DayOrder(v) for k, v in document.get("dates", {}).items()},
        blank_means_no=frozenset(document.get("blank", {})),
    )


def load_choices(path: Path) -> Choices:
    """Read a ``mapping.toml`` from a path, like :func:`read_choices`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError("error-file-unreadable", file=path.name) from error
    return read_choices(content, path.name)


def _faults(document: dict[str, Any]) -> list[Fault]:
    allowed: dict[str, tuple[str, ...]] = {
        "columns": (NO_FIELD, *fields()),
        "numbers": tuple(NumberStyle),
        "dates": tuple(DayOrder),
        "blank": ("no",),
    }
    if document.get("version") != _VERSION:
        return [_fault("version", document.get("version"), str(_VERSION))]
    found = [
        _fault(key, document[key], ", ".join(("version", "file", *allowed)))
        for key in document
        if key not in {"version", "file", *allowed}
    ]
    for section in ("file", *allowed):
        entries = document.get(section, {})
        if not isinstance(entries, dict):
            found.append(_fault(section, entries, f"[{section}]"))
            continue
        for key, value in entries.items():
            if section == "file":
                wanted = _FILE_KEYS.get(key)
                if wanted is None or type(value) is not wanted:
                    kinds = ", ".join(f"{k} ({t.__name__})" for k, t in _FILE_KEYS.items())
                    found.append(_fault(f"file.{key}", value, kinds))
            elif value not in allowed[section]:
                found.append(_fault(f"{section}.{key}", value, ", ".join(allowed[section][:80])))
    return found


def _fault(where: str, got: object, expected: str) -> Fault:
    return Fault(
        "fault-mapping", column=where[:80], got=str(got)[:80], expected=expected,
        remedy="remedy-mapping",
    )  # fmt: skip
