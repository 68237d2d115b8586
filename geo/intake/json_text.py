"""The JSON of a map file as Python values, its faults as one sentence with a place."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import orjson

from geo.intake.encodings import decode
from geo.intake.legacy_fonts import LEGACY_ENCODINGS
from planning.errors import DataError

_PIECE: Final = 4 * 2**20
_FEATURE: Final = re.compile(rb'\{\s*"type"\s*:\s*"Feature"\s*,')
_FEATURES_BEGIN: Final = re.compile(rb'[{,]\s*"features"\s*:\s*\[\s*\Z')
_LONGEST_BEGIN: Final = 64
_FEATURES_AGAIN: Final = (b'"features"', b"\\u006", b"\\u007")
"""Without one of these no name in a JSON text is ``features``, however it is written."""
_NESTED: Final = frozenset({dict, list})
_NOT_JSON: Final = re.compile(r"[+-]?(?:nan|inf(?:inity)?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class JsonPart:
    """A piece of a JSON text: the text in UTF-8, what it says, and whether that is a document.

    If it is not, ``value`` is a list of some of the document's features.
    """

    data: bytes
    value: Any
    is_document: bool


class UnevenPiecesError(ValueError):
    """A text was cut where it cannot be cut, or is no JSON anywhere."""


def read_utf8(path: Path, encoding: str | None) -> tuple[bytes, str | None]:
    """Return the text of a file in UTF-8, without byte order mark, and what it was stored in.

    Parameters
    ----------
    path : Path
    encoding : str or None
        A name of :data:`geo.intake.encodings.ENCODINGS` that a person chose; what is not UTF-8
        is judged without one.

    Returns
    -------
    text : bytes
    encoding : str or None
        A name as above, but ``None`` for UTF-8 as the format wants it.
    """
    raw = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    if encoding in {None, "utf-8", *LEGACY_ENCODINGS}:
        encoding = None
        if _is_utf8(raw) and b"\x00" not in raw[:4]:
            return raw, None
    decoded = decode(raw, encoding, file=path.name)
    return decoded.text.encode("utf-8"), decoded.encoding


def parse_pieces(data: bytes) -> Iterator[JsonPart]:
    """Parse JSON text, a large FeatureCollection piece by piece.

    Yields
    ------
    JsonPart
        Lists of features in their order, then the document with the last of its features.

    Raises
    ------
    UnevenPiecesError
        If a piece is no JSON, or the document no FeatureCollection after all;
        :func:`parse_whole` then has the last word.
    """
    pieces = cut_features(data)
    for number, piece in enumerate(pieces, start=1):
        try:
            value = orjson.loads(piece)
        except orjson.JSONDecodeError as error:
            raise UnevenPiecesError from error
        is_document = number == len(pieces)
        if is_document and number > 1 and value.get("type") != "FeatureCollection":
            raise UnevenPiecesError
        yield JsonPart(piece, value, is_document=is_document)


def parse_whole(data: bytes, file: str) -> Iterator[JsonPart]:
    """Parse JSON text at once; values that stand one per line come as one list.

    Yields
    ------
    JsonPart
        The document.

    Raises
    ------
    DataError
        Naming line and column of the first fault; a number that is none (``NaN``) and nesting
        without end have sentences of their own.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        value = _values_by_line(data)
        if value is None:
            raise _refusal(data, error, file) from None
    yield JsonPart(data, value, is_document=True)


def cut_features(data: bytes) -> list[bytes]:
    """Cut the text of a large FeatureCollection between its features.

    A text of the usual kind begins each feature with its type, and within a text that pattern
    cannot stand, because its quotes would be escaped. The first cut is only made right after the
    bracket that opens the features of the document itself, and only if nothing behind the last
    cut may be called ``features`` too, for a parser keeps the last member of a name. Every
    further cut is behind the comma of a list: of that same list, or else the piece before it has
    unequal brackets and is no JSON. So if all pieces are JSON, they say together what the whole
    says.

    Returns
    -------
    list of bytes
        Lists of features, then the document with the last of them; the whole text alone if it is
        small or not of that kind.
    """
    if len(data) < 2 * _PIECE:
        return [data]
    starts: list[int] = []
    at = 0
    while found := _FEATURE.search(data, at):
        starts.append(found.start())
        at = found.start() + _PIECE
    if len(starts) < 2 or not _opens_features(data, starts[0]):
        return [data]
    lists = [data[start:end].rstrip(b" \t\r\n") for start, end in pairwise(starts)]
    rest = data[starts[-1] :]
    again = any(name in rest for name in _FEATURES_AGAIN)
    if again or not all(each.endswith(b",") for each in lists):
        return [data]
    return [*(b"[" + each[:-1] + b"]" for each in lists), data[: starts[0]] + rest]


def _opens_features(data: bytes, end: int) -> bool:
    """Tell whether the list that is open at a place is the features of the document itself."""
    if not _FEATURES_BEGIN.search(data, max(0, end - _LONGEST_BEGIN), end):
        return False
    try:
        orjson.loads(data[:end] + b"]}")
    except orjson.JSONDecodeError:
        # More than these two brackets is open.
        return False
    return True


def count_keys(data: bytes) -> int:
    """Count the keys of JSON text, or a few more where a text contains a quoted colon."""
    return data.count(b'":') + data.count(b'" :')


def repeated_keys(data: bytes) -> Mapping[str, int]:
    """Return names that stand twice in one object of JSON text, and in how many objects.

    Takes seconds for a large file.
    """
    repeated: Counter[str] = Counter()

    def note_repeated(pairs: list[tuple[str, Any]]) -> None:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            repeated.update(name for name, times in Counter(names).items() if times > 1)

    try:
        json.loads(data, object_pairs_hook=note_repeated)
    except (ValueError, RecursionError):
        return {}
    return repeated


def _is_utf8(raw: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(raw), _PIECE):
            decoder.decode(raw[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _values_by_line(data: bytes) -> list[Any] | None:
    lines = [line.strip(b"\x1e \t\r") for line in data.split(b"\n")]
    written = [line for line in lines if line]
    if len(written) < 2 or not all(line.startswith(b"{") for line in written):
        return None
    try:
        values = orjson.loads(b"[" + b",".join(written) + b"]")
    except orjson.JSONDecodeError:
        return None
    # A file that is merely broken may still split into lines that join to JSON by accident.
    return values if len(values) == len(written) else None


def _refusal(data: bytes, error: orjson.JSONDecodeError, file: str) -> DataError:
    place: dict[str, Any] = {"line": error.lineno, "column": error.colno}
    if "memory" in error.msg:
        raise MemoryError
    near = data.decode("utf-8")[error.pos : error.pos + 20].split("\n")[0].strip()
    if not data.strip():
        return DataError("error-intake-map-no-rows", file=file)
    if _NOT_JSON.match(near) or "infinity" in error.msg:
        return DataError("error-intake-map-json-number", file=file, got=near, **place)
    if "depth" in error.msg:
        return DataError("error-intake-map-json-depth", file=file, **place)
    if not near:
        return DataError("error-intake-map-json-cut", file=file, **place)
    return DataError("error-intake-map-json", file=file, got=near, **place)


def keys_within(value: object) -> int:
    """Count the keys of all objects within a value, however deep."""
    count = 0
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            count += len(part)
            waiting.extend(inner for inner in part.values() if type(inner) in _NESTED)
        elif isinstance(part, list):
            waiting.extend(inner for inner in part if type(inner) in _NESTED)
    return count
