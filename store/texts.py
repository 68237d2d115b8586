"""Text as it is recorded: NFC, one line or several, no control characters, not endless."""

from __future__ import annotations

import unicodedata
from typing import Final

from planning.errors import StoreError

MOST_NOTE: Final = 2_000
MOST_LINE: Final = 500


def one_line(text: str | None, field: str, most: int = MOST_LINE) -> str | None:
    """Return text on one line, ``None`` for nothing."""
    return _kept(" ".join(_plain(text or "").split()), field, most)


def many_lines(text: str | None, field: str, most: int = MOST_NOTE) -> str | None:
    """Return text with its lines, ``None`` for nothing."""
    lines = (" ".join(line.split()) for line in _plain(text or "").splitlines())
    return _kept("\n".join(lines).strip(), field, most)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFC", text)
    return "".join(
        letter
        if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs", "Co"}
        else " "
        for letter in folded
    )


def _kept(text: str, field: str, most: int) -> str | None:
    if len(text) > most:
        raise StoreError("error-store-long", field=field, got=len(text), most=most)
    return text or None
