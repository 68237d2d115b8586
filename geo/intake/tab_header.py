"""The text header of a MapInfo table: taken apart here, and written anew for whoever reads on.

A ``.TAB`` may point anywhere: at a raster, a database, a file by its path, or a list of other
tables. Only a native table whose data lie beside it passes, and what is handed on is a header made
of the parts that were understood, so nothing of the file's own text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.intake.limits import MAX_COLUMNS
from planning.errors import DataError

_LARGEST: Final = 2**20
_FIELD: Final = re.compile(
    r"(?P<name>.+?)\s+(?P<kind>Char|Decimal|Integer|SmallInt|LargeInt|Float|Date|Time|DateTime"
    r"|Logical)\s*(?P<size>\(\s*\d{1,3}\s*(?:,\s*\d{1,3}\s*)?\))?\s*(?:Index\s+\d+\s*)?;",
    re.IGNORECASE,
)
_TYPE: Final = re.compile(r'type\s+"?native"?(?:\s+charset\s+"([\w-]{1,40})")?', re.IGNORECASE)
_FIELDS: Final = re.compile(r"fields\s+(\d{1,4})", re.IGNORECASE)
_VERSION: Final = re.compile(r"!version\s+\d{1,4}", re.IGNORECASE)
_CHARSET: Final = re.compile(r'!charset\s+"?([\w-]{1,40})"?', re.IGNORECASE)
_HEAD: Final = frozenset({"!table", "definition table", "readonly"})


@dataclass(frozen=True, slots=True)
class TabField:
    """A column: its name as bytes, its type and its size in parentheses, if it has one."""

    name: bytes
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class TabHeader:
    """A native table: its columns and the character set it names, which may be empty."""

    fields: tuple[TabField, ...]
    charset: str


def read_tab_header(data: bytes, file: str) -> TabHeader:
    """Read the bytes of a ``.TAB``.

    Raises
    ------
    DataError
        If it is anything but the header of a native table, or has a line that is not understood.
    """
    if len(data) > _LARGEST:
        raise DataError("error-intake-map-tab", file=file, got=f"{len(data)} B")
    lines = _lines(data.decode("latin-1"))
    charset = ""
    for line in lines:
        found = _CHARSET.fullmatch(line) or _TYPE.fullmatch(line)
        count = _FIELDS.fullmatch(line)
        if count:
            return TabHeader(_fields(lines, int(count[1]), file), charset)
        if found:
            charset = found[1] or charset
        elif line.lower() not in _HEAD and not _VERSION.fullmatch(line):
            raise DataError("error-intake-map-tab", file=file, got=line[:60])
    raise DataError("error-intake-map-tab", file=file, got="–")


def write_tab_header(header: TabHeader) -> bytes:
    """Return a header of the same columns under the names ``f0``, ``f1`` and so on.

    The character set is the neutral one, so that texts are handed on byte by byte.
    """
    lines = ["!table", "!version 300", "!charset Neutral", "", "Definition Table"]
    lines += ['  Type NATIVE Charset "Neutral"', f"  Fields {len(header.fields)}"]
    lines += [
        f"    f{number} {field.kind}{' ' + field.size if field.size else ''} ;"
        for number, field in enumerate(header.fields)
    ]
    return "\r\n".join([*lines, ""]).encode("ascii")


def _lines(text: str) -> Iterator[str]:
    """Yield lines with something on them; metadata blocks of later versions are passed over."""
    within_metadata = False
    for line in map(str.strip, re.split(r"[\r\n]+", text)):
        word = line.lower()
        if word == "begin_metadata":
            within_metadata = True
        elif word == "end_metadata":
            within_metadata = False
        elif line and not within_metadata:
            yield line


def _fields(lines: Iterator[str], count: int, file: str) -> tuple[TabField, ...]:
    listed = list(lines)
    matches = [_FIELD.fullmatch(line) for line in listed]
    if len(listed) != count or not 0 < count <= MAX_COLUMNS or None in matches:
        odd = next((line for line in listed if not _FIELD.fullmatch(line)), f"Fields {count}")
        raise DataError("error-intake-map-tab", file=file, got=odd[:60])
    return tuple(
        TabField(found["name"].encode("latin-1"), found["kind"], found["size"] or "")
        for found in matches
        if found is not None
    )
