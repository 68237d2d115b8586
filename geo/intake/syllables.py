"""Whether a word could be Vietnamese: the structure of its syllable, not a dictionary.

A syllable is an onset, a rime and one tone. Before a final stop (``c ch p t``) only the acute and
the dot below occur. Text read with the wrong table breaks these rules in nearly every word, so
they tell the right table from a wrong one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_WRITTEN_ONSETS: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_ONSETS: Final = frozenset(["", *_WRITTEN_ONSETS.split()])
_WRITTEN_RIMES: Final = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi
    om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc ue uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôp uôt up ut uơ uy
    uya uych uynh uyên uyêt uyt uyu uyn uyp ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu
    ưt ưu y yêm yên yêng yêt yêu ynh
    """
_RIMES: Final = frozenset(_WRITTEN_RIMES.split())
_TONES: Final[frozenset[str]] = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPS: Final = ("c", "ch", "p", "t")
_STOP_TONES: Final[frozenset[str]] = frozenset("\u0301\u0323")
_BREAK: Final = re.compile(r"[\s\u0021-\u0040\u005b-\u0060\u007b-\u007e]+")
"""Between words stand white space and marks of ASCII; other marks may be letters misread."""


def split_words(texts: Iterable[str]) -> list[str]:
    """Return the words of texts that hold anything beyond ASCII, signs alone left out."""
    return [
        word
        for text in texts
        for word in _BREAK.split(text)
        if not word.isascii() and any(map(str.isalpha, word))
    ]


def fit_share(words: Iterable[str]) -> float:
    """Return the share of words that are well-formed Vietnamese syllables, in [0, 1]."""
    fits = [is_syllable(word) for word in words]
    return sum(fits) / len(fits) if fits else 0.0


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Tell whether a word is a well-formed Vietnamese syllable.

    Parameters
    ----------
    word : str
        Composed or decomposed; all lower case, all capitals or with one capital first.
    """
    if len(word) > 12 or not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    base, tones = _without_tones(word.lower())
    if len(tones) > 1:
        return False
    for length in (3, 2, 1, 0):
        onset, rime = base[:length], base[length:]
        if onset in _ONSETS and _is_rime(onset, rime):
            return not rime.endswith(_STOPS) or not tones or tones <= _STOP_TONES
    return False


def _is_rime(onset: str, rime: str) -> bool:
    if onset == "gi":
        # The i of the onset is also the vowel in "gì" and in "giếng".
        return rime in _RIMES or not rime or "i" + rime in _RIMES
    if onset == "qu":
        return rime in _RIMES or "u" + rime in _RIMES
    return rime in _RIMES


def _without_tones(word: str) -> tuple[str, frozenset[str]]:
    letters = unicodedata.normalize("NFD", word)
    tones = frozenset(letter for letter in letters if letter in _TONES)
    count = sum(letter in _TONES for letter in letters)
    base = "".join(letter for letter in letters if letter not in _TONES)
    # Two tones on one syllable are as wrong as two different ones.
    several = frozenset("\u0300\u0301") if count > 1 else tones
    return unicodedata.normalize("NFC", base), several
