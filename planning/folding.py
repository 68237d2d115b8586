"""Text reduced to what people agree on when they write it: for search and for matching names."""

from __future__ import annotations

import unicodedata
from typing import Final

_D_WITH_STROKE: Final = str.maketrans("đĐ", "dD")
_MOST_REMEMBERED: Final = 20_000


class _Letters(dict[int, str]):
    """What is left of each letter, worked out when it first occurs.

    Hundreds of thousands of names are made of two hundred letters.
    """

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code).translate(_D_WITH_STROKE))
        left = "".join(c if c.isalnum() else " " for c in parts if not unicodedata.combining(c))
        if len(self) < _MOST_REMEMBERED:
            self[code] = left
        return left


_LETTERS: Final = _Letters()


def fold(text: str) -> str:
    """Return the words of a text without accents, in lower case, one space apart.

    >>> fold("Đồng  Tuyển – tổ 4")
    'dong tuyen to 4'
    """
    return " ".join(text.translate(_LETTERS).lower().split())


def compose(text: str) -> str:
    """Return a text in composed form and lower case, one space apart, accents kept.

    >>> compose("Y  TÝ")
    'y tý'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
