"""Text reduced to what people agree on when they write it: for search and for matching names."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse
from typing import Final

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
_D_WITH_STROKE: Final = str.maketrans("đĐ", "dD")


def fold(text: str) -> str:
    """Return the words of a text without accents, in lower case, one space apart.

    >>> fold("Đồng  Tuyển – tổ 4")
    'dong tuyen to 4'
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text.translate(_D_WITH_STROKE))
        text = "".join(filterfalse(unicodedata.combining, decomposed))
    return " ".join(_BETWEEN_WORDS.sub(" ", text).lower().split())


def compose(text: str) -> str:
    """Return a text in composed form and lower case, one space apart, accents kept.

    >>> compose("Y  TÝ")
    'y tý'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
