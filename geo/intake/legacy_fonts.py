"""Vietnamese in the fonts of before Unicode: TCVN3 (``.VnTime``) and VNI (``VNI-Times``).

Such text is made of ordinary Western letters that only its font shows as Vietnamese: ``Th«n`` or
``Thoân`` for *Thôn*. The tables are those of TCVN 5712:1993 (its third form) and of VNI-Windows.
Nothing is ever decoded here without having been asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from geo.intake.syllables import fit_share, split_words

LEGACY_ENCODINGS: Final = ("tcvn3", "vni")

_TCVN3_LETTERS: Final = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)
"""First code of each run and the letters of it."""

_VNI_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX: Final = {
    "â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323",
}  # fmt: skip
_VNI_BREVE: Final = {
    "ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323",
}  # fmt: skip
_VNI_SINGLE: Final = {
    "ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ",
}  # fmt: skip

_UNICODE_LETTER: Final = re.compile("[\u0100-\u01b0\u1ea0-\u1eff]")
_SAMPLED_WORDS: Final = 4000
_SAMPLES_SHOWN: Final = 3
_LEAST_FIT: Final = 0.7
_LEAST_GAIN: Final = 0.3
_SHORTEST_CAPITALS: Final = 2


@dataclass(frozen=True, slots=True)
class Preview:
    """What a text would become, for a person to confirm.

    Attributes
    ----------
    encoding : str
    pairs : tuple of (str, str)
        Texts before and after.
    fit : float
        Share of the words beyond ASCII that are Vietnamese syllables afterwards, in [0, 1].
    fit_before : float
        The same share as they are.
    """

    encoding: str
    pairs: tuple[tuple[str, str], ...]
    fit: float
    fit_before: float


def decode_legacy(text: str, encoding: str) -> str:
    """Return a text of a legacy font as Unicode, NFC.

    Parameters
    ----------
    text : str
        Its bytes as Windows' Western code page shows them. A text that holds a Vietnamese letter
        which that page lacks is Unicode already and returned as it is.
    encoding : {"tcvn3", "vni"}
    """
    return text if is_unicode(text) else _DECODERS[encoding](text)


def is_unicode(text: str) -> bool:
    """Tell whether a text holds a Vietnamese letter that no legacy font is made of."""
    return _UNICODE_LETTER.search(text) is not None


def preview(texts: Iterable[str], encoding: str, samples: int = _SAMPLES_SHOWN) -> Preview:
    """Show what texts would become in an encoding.

    Parameters
    ----------
    texts : iterable of str
    encoding : {"tcvn3", "vni"}
    samples : int
        How many pairs to show: the first texts that change.
    """
    all_texts = list(texts)
    words = list(islice(split_words(all_texts), _SAMPLED_WORDS))
    changed = ((text, decode_legacy(text, encoding)) for text in dict.fromkeys(all_texts))
    pairs = tuple(islice(((old, new) for old, new in changed if old != new), samples))
    return Preview(
        encoding,
        pairs,
        fit=fit_share(decode_legacy(word, encoding) for word in words),
        fit_before=fit_share(words),
    )


def find_legacy(texts: Sequence[str]) -> Preview | None:
    """Tell whether texts are likely of a legacy font, and of which.

    Parameters
    ----------
    texts : sequence of str
        Distinct cells of one column.

    Returns
    -------
    Preview or None
        ``None`` if they read better as they are.
    """
    words = split_words(texts)
    if not words or fit_share(words[:_SAMPLED_WORDS]) > 1 - _LEAST_GAIN:
        return None
    best = max((preview(texts, encoding) for encoding in LEGACY_ENCODINGS), key=lambda p: p.fit)
    if best.pairs and best.fit >= _LEAST_FIT and best.fit - best.fit_before >= _LEAST_GAIN:
        return best
    return None


def _decode_tcvn3(text: str) -> str:
    decoded = text.translate(_tcvn3_table())
    # The capital fonts (.VnTimeH) have no codes of their own for capitals with tones: a word
    # written in capitals holds the small letters.
    if decoded != text and _is_shouted(text):
        return decoded.upper()
    return _CAPITAL_WORD.sub(_raised, decoded)


_CAPITAL_WORD: Final = re.compile(r"[^\W\d_]+")


def _raised(match: re.Match[str]) -> str:
    word = match.group()
    plain = [letter for letter in word if letter.isascii()]
    if len(plain) >= _SHORTEST_CAPITALS and all(map(str.isupper, plain)):
        return word.upper()
    return word


def _is_shouted(text: str) -> bool:
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    words = re.findall(r"[A-Z]{2,}", text)
    return bool(words) and len(plain) > _SHORTEST_CAPITALS and all(map(str.isupper, plain))


def _decode_vni(text: str) -> str:
    return _vni_pattern().sub(lambda match: _vni_table()[match.group()], text)


@cache
def _tcvn3_table() -> Mapping[int, str]:
    table = {
        first + at: letter for first, letters in _TCVN3_LETTERS for at, letter in enumerate(letters)
    }
    # Greek mu is what some programs make of the micro sign, which is "à".
    return {**table, 0x3BC: table[0xB5]}


@cache
def _vni_table() -> Mapping[str, str]:
    small = dict(_VNI_SINGLE)
    for base in "aeouy":
        small |= {base + mark: base + tone for mark, tone in _VNI_TONES.items()}
    for base, horned in (("ô", "ơ"), ("ö", "ư")):
        small |= {base + mark: horned + tone for mark, tone in _VNI_TONES.items()}
    for base, hatted in (("a", "â"), ("e", "ê"), ("o", "ô")):
        small |= {base + mark: hatted + tone for mark, tone in _VNI_CIRCUMFLEX.items()}
    small |= {"a" + mark: "ă" + tone for mark, tone in _VNI_BREVE.items()}
    table: dict[str, str] = {}
    for written, letter in small.items():
        composed = unicodedata.normalize("NFC", letter)
        table[written] = composed
        table[written.upper()] = composed.upper()
        # A capital before a small mark, as programs that change case leave it.
        table.setdefault(written[0].upper() + written[1:], composed.upper())
    return table


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _vni_table()), key=len, reverse=True)))


_DECODERS: Final[Mapping[str, Callable[[str], str]]] = {
    "tcvn3": _decode_tcvn3,
    "vni": _decode_vni,
}
