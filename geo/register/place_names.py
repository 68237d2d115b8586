"""Names of administrative units, matched as officials read them.

``Xã Hoà Mạc``, ``hòa mạc`` and ``X. HÒA MẠC`` are one name. What a tone sits on and the kind of
unit are ways of writing; an accent is part of the name: Nậm Chảy and Nậm Chày are two communes. So
names are compared with their accents first, and without only where that leaves one reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz, process

from planning.folding import fold

TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
CLOSE_ENOUGH: Final = 75.0
"""Similarity from 0 to 100 above which a name is worth asking about; nothing is accepted by it."""
LONGEST_NAME: Final = 80

_KINDS: Final = (
    ("township", r"thị\s*trấn|thi\s*tran|tt|t\.\s*t"),
    ("city", r"thành\s*phố|thanh\s*pho|tp|t\.\s*p"),
    ("town", r"thị\s*xã|thi\s*xa|tx|t\.\s*x"),
    ("ward", r"phường|phuong|p"),
    ("commune", r"xã|xa|x"),
    ("district", r"huyện|huyen|h"),
)
_KIND: Final = re.compile(
    "(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS) + r")(?:\s*\.\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_KIND_LAST: Final = re.compile(
    r"\(\s*(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS) + r")\s*\.?\s*\)",
    re.IGNORECASE,
)
_SEPARATOR: Final = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def split_kind(text: str) -> tuple[str | None, str]:
    """Return the kind a name begins with or has in brackets behind it, and the name without it.

    >>> split_kind("TT. Bát Xát")
    ('township', 'Bát Xát')
    >>> split_kind("Bát Xát (TT)")
    ('township', 'Bát Xát')
    >>> split_kind("Bản Hồ")
    (None, 'Bản Hồ')
    """
    name = text.strip()
    found = _KIND.match(name)
    if found is not None:
        return found.lastgroup, name[found.end() :]
    last = name.rfind("(")
    behind = _KIND_LAST.fullmatch(name, last) if last > 0 else None
    return (None, name) if behind is None else (behind.lastgroup, name[:last].rstrip())


@lru_cache(maxsize=4096)
def exact_key(text: str) -> str:
    """Return a name without kind, case, punctuation and the choice of the letter a tone sits on.

    >>> exact_key("Xã Hoà Mạc") == exact_key("HÒA MẠC")
    True
    >>> exact_key("Nậm Chảy") == exact_key("Nậm Chày")
    False
    """
    name = unicodedata.normalize("NFC", split_kind(text[:LONGEST_NAME])[1]).casefold()
    return " ".join(_tone_last(word) for word in _SEPARATOR.split(name) if word)


@lru_cache(maxsize=4096)
def folded_key(text: str) -> str:
    """Return a name without kind, case, punctuation and accents."""
    return fold(split_kind(text[:LONGEST_NAME])[1])


def is_accented(texts: Iterable[str]) -> bool:
    """Tell whether any text carries a letter outside ASCII: whether the list writes accents."""
    return any(not text.isascii() for text in texts)


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Positions in a table of units by name.

    Attributes
    ----------
    exact, folded : mapping of str to frozenset of int
        By :func:`exact_key` and by :func:`folded_key`.
    """

    exact: Mapping[str, frozenset[int]]
    folded: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, names: Iterable[tuple[str, int]]) -> NameIndex:
        """Index pairs of a name and the position it stands for."""
        exact: dict[str, set[int]] = {}
        folded: dict[str, set[int]] = {}
        for name, position in names:
            exact.setdefault(exact_key(name), set()).add(position)
            folded.setdefault(folded_key(name), set()).add(position)
        return cls(_frozen(exact), _frozen(folded))

    def find(self, name: str, *, accents: bool = True) -> frozenset[int]:
        """Return the positions a name stands for, by its accents or without them."""
        if not self.exact:
            return frozenset()
        key, index = (exact_key(name), self.exact) if accents else (folded_key(name), self.folded)
        return index.get(key, frozenset())

    def nearest(self, name: str, among: frozenset[int] | None = None) -> int | None:
        """Return the position whose name looks most like this one, to be asked about.

        Parameters
        ----------
        name : str
        among : frozenset of int, optional
            Look only there, such as in the district the row names.
        """
        choices = [
            key for key, positions in self.folded.items() if among is None or positions & among
        ]
        best = process.extractOne(
            folded_key(name), choices, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH
        )
        if best is None:
            return None
        found = self.folded[best[0]]
        return min(found if among is None else found & among)


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in letters if c in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES)) + tone


def _frozen(found: dict[str, set[int]]) -> Mapping[str, frozenset[int]]:
    return MappingProxyType({key: frozenset(positions) for key, positions in found.items()})
