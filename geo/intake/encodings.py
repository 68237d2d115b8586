"""From bytes to text: recognised where that is safe, asked about where it is not."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.intake.legacy_fonts import LEGACY_ENCODINGS, decode_legacy
from geo.intake.syllables import fit_share, split_words
from planning.errors import DataError

ENCODINGS: Final = ("utf-8", "utf-16", "cp1258", "cp1252", "tcvn3", "vni")
"""Names a person may give; ``tcvn3`` and ``vni`` are the fonts of before Unicode."""

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_SAMPLE_BYTES: Final = 2**18
_DAMAGE_SHARE: Final = 0.05
_LEAST_FIT: Final = 0.7
_CLEAR_GAIN: Final = 0.15
_BAD_ESCAPES: Final = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file.

    Attributes
    ----------
    text : str
        Undecodable bytes as U+FFFD; NFC is left to the cells, but for ``cp1258``, which cannot
        write it.
    encoding : str
        One of :data:`ENCODINGS` but those of legacy fonts.
    sure : bool
        Whether the bytes themselves say so; else it was judged from how Vietnamese the words are.
    """

    text: str
    encoding: str
    sure: bool


def decode(data: bytes, encoding: str | None = None, *, file: str = "") -> Decoded:
    """Decode the bytes of a text file.

    A legacy font is not decoded here, even if asked for: its text comes as the Western letters it
    is made of, and :func:`geo.intake.undecoded.mark_legacy` deals with it column by column.

    Parameters
    ----------
    data : bytes
    encoding : str or None
        One of :data:`ENCODINGS` if a person decided.
    file : str
        For the sentence of a refusal.

    Raises
    ------
    DataError
        If the encoding is unknown, or the text is UTF-16 of an odd number of bytes.
    """
    if encoding is not None:
        return _decode_as(data, encoding, file)
    marked = _marked(data)
    if marked is not None:
        return _decode_utf16(data, marked, file)
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8", sure=True)
    except UnicodeDecodeError:
        return _decode_eight_bit(data)


def _decode_as(data: bytes, encoding: str, file: str) -> Decoded:
    if encoding not in ENCODINGS:
        raise DataError(
            "error-intake-encoding", file=file, got=encoding, expected=", ".join(ENCODINGS)
        )
    if encoding == "utf-16":
        return _decode_utf16(data, _marked(data) or "utf-16-le", file)
    if encoding == "utf-8":
        return Decoded(_repaired(data), encoding, sure=True)
    if encoding == "cp1258":
        return Decoded(_vietnamese(data), encoding, sure=True)
    # Letters of a legacy font may have become UTF-8 on the way here.
    text = _as_utf8(data)
    if text is not None and encoding in LEGACY_ENCODINGS:
        return Decoded(text, "utf-8", sure=True)
    return Decoded(_western(data), "cp1252", sure=True)


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _marked(data: bytes) -> str | None:
    """Return the kind of UTF-16, by its mark or by the zeros that every other byte is."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if half and even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_utf16(data: bytes, kind: str, file: str) -> Decoded:
    if len(data) % 2:
        raise DataError("error-intake-utf16", file=file)
    # A lone surrogate is replaced, and the replacement is a fault of its row.
    return Decoded(data.decode(kind, "replace"), "utf-16", sure=True)


def _decode_eight_bit(data: bytes) -> Decoded:
    escaped = data.decode("utf-8-sig", "surrogateescape")
    bad = len(_BAD_ESCAPES.findall(escaped))
    # Both of the whole text, for a list may begin with hundreds of pages without an accent.
    good = sum(map(len, _BEYOND_ASCII.findall(escaped))) - bad
    if good and bad <= _DAMAGE_SHARE * good:
        return Decoded(_repaired(data), "utf-8", sure=True)
    first = _BEYOND_ASCII.search(escaped)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    sample = data[start : start + _SAMPLE_BYTES]
    vietnamese = fit_share(split_words([_vietnamese(sample)]))
    others = [fit_share(words) for words in _other_readings(sample)]
    if vietnamese >= _LEAST_FIT and vietnamese >= max(others) + _CLEAR_GAIN:
        return Decoded(_vietnamese(data), "cp1258", sure=False)
    return Decoded(_western(data), "cp1252", sure=False)


def _other_readings(sample: bytes) -> Iterator[list[str]]:
    words = split_words([_western(sample)])
    yield words
    for encoding in LEGACY_ENCODINGS:
        yield [decode_legacy(word, encoding) for word in words]


def _repaired(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def _vietnamese(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def _western(data: bytes) -> str:
    # A byte this code page leaves open becomes a fault of its row.
    return data.decode("cp1252", "replace")
