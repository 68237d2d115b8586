"""Text as it is recorded: NFC, one line or several, no control characters, not endless."""

from __future__ import annotations

import unicodedata
from typing import Final

from planning.errors import StoreError

MOST_NOTE: Final = 2_000
MOST_LINE: Final = 500
_NO_LETTERS: Final = frozenset({"Cc", "Cs", "Co"})
"""Controls, halves of letters and letters of one's own; a database refuses some of them."""


def one_line(text: str | None, field: str, most: int = MOST_LINE) -> str | None:
    """Return text on one line, ``None`` for nothing."""
    return _kept(" ".join(sound(text or "").split()), field, most)


def many_lines(text: str | None, field: str, most: int = MOST_NOTE) -> str | None:
    """Return text with its lines, ``None`` for nothing."""
    lines = (" ".join(line.split()) for line in sound(text or "").splitlines())
    return _kept("\n".join(lines).strip(), field, most)


def sound(text: str) -> str:
    """Return text in NFC, with a space for everything that is no letter of any script."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        letter if letter in "\n\t" or unicodedata.category(letter) not in _NO_LETTERS else " "
        for letter in unicodedata.normalize("NFC", text)
    )


def is_name(text: str, most: int) -> bool:
    """Tell whether text can name something in the record as it is: a login, a key."""
    return 0 < len(text) <= most and not any(
        unicodedata.category(letter) in _NO_LETTERS for letter in text
    )


def _kept(text: str, field: str, most: int) -> str | None:
    if len(text) > most:
        raise StoreError("error-store-long", field=field, got=len(text), most=most)
    return text or None
