"""Text reduced to what people agree on when they write it: for search and for matching names."""

from __future__ import annotations

import unicodedata

_D_WITH_STROKE = str.maketrans("đĐ", "dD")


def fold(text: str) -> str:
    """Return the words of a text without accents, in lower case, one space apart.

    >>> fold("Đồng  Tuyển – tổ 4")
    'dong tuyen to 4'
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_D_WITH_STROKE))
    letters = (c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).lower().split())


def compose(text: str) -> str:
    """Return a text in composed form and lower case, one space apart, accents kept.

    >>> compose("Y  TÝ")
    'y tý'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
