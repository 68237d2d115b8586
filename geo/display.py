"""The display copy of a text somebody else wrote: names are hostile until proven otherwise.

Every name from a register, a site list or an upload passes :func:`display_text` before it is shown;
:func:`escape_html` and :func:`escape_markdown` build on it for the two mark-up languages a page
speaks. The stored name is never changed.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

_MAX_LENGTH: Final = 120
_ELLIPSIS: Final = "…"
_WORD_JOINER: Final = "\N{WORD JOINER}"
_MISSING: Final = frozenset({"<NA>", "NaT", "nan"})

# Blank or invisible although Unicode calls them letters, symbols or marks.
_INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_DROPPED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_SPACE_CATEGORIES: Final = frozenset({"Zl", "Zp", "Zs"})

# Vietnamese needs no combining mark once composed; a pile of them paints over its neighbours.
_MARK_PILE: Final = re.compile(r"([\u0300-\u036f]{2})[\u0300-\u036f]+")
_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_ENTITY_COLON: Final = re.compile(r"(\\[:@])")
_BARE_WWW: Final = re.compile(r"(www)(?=\\\.)", re.IGNORECASE)


def display_text(value: object, max_length: int = _MAX_LENGTH) -> str:
    """Return a text safe to look at: one line, composed, nothing hidden, not too long.

    Control, bidirectional-override and zero-width characters are removed, white space collapses
    to single spaces, and a longer text ends in an ellipsis. Mark-up characters stay: what they
    mean depends on where the text goes.

    Parameters
    ----------
    value : object
        Usually a ``str``; anything else is written with ``str``. A missing value (``None``, NaN,
        ``pd.NA``) gives an empty text.
    max_length : int
        Longest result, in characters, the ellipsis included; at least 1.

    Returns
    -------
    str
        In Unicode normalisation form C.

    Raises
    ------
    ValueError
        If ``max_length`` is below 1.
    """
    if max_length < 1:
        raise ValueError(max_length)
    if _is_missing(value):
        return ""
    # Composing and cutting piles may both grow with the input: bound the work first.
    raw = str(value)[: 16 * max_length]
    shown = "".join(map(_visible, unicodedata.normalize("NFC", raw)))
    line = " ".join(_MARK_PILE.sub(r"\1", unicodedata.normalize("NFC", shown)).split())
    if len(line) <= max_length:
        return line
    return line[: max_length - 1].rstrip() + _ELLIPSIS


def escape_html(value: object, max_length: int = _MAX_LENGTH) -> str:
    """Return the display copy for use inside HTML, in an element or a quoted attribute.

    Parameters
    ----------
    value, max_length
        As in :func:`display_text`; the limit counts characters before escaping.

    Returns
    -------
    str
    """
    return html.escape(display_text(value, max_length), quote=True)


def escape_markdown(value: object, max_length: int = _MAX_LENGTH) -> str:
    r"""Return the display copy for use inside Streamlit's Markdown, shown letter by letter.

    Every ASCII punctuation mark is escaped with a backslash, which CommonMark always allows.
    Streamlit and GitHub's dialect look for icons (``:material/home:``), emoji short codes and
    bare addresses *after* escapes are undone, so a word joiner, which has no width, breaks those.

    Parameters
    ----------
    value, max_length
        As in :func:`display_text`; the limit counts characters before escaping.

    Returns
    -------
    str

    Examples
    --------
    >>> escape_markdown("[x](y)")
    '\\[x\\]\\(y\\)'
    """
    escaped = _PUNCTUATION.sub(r"\\\1", display_text(value, max_length))
    escaped = _ENTITY_COLON.sub(rf"\1{_WORD_JOINER}", escaped)
    return _BARE_WWW.sub(rf"\1{_WORD_JOINER}", escaped)


def _is_missing(value: object) -> bool:
    return value is None or (not isinstance(value, str) and str(value) in _MISSING)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _SPACE_CATEGORIES or character in "\t\n\r\v\f\x85":
        return " "
    if category in _DROPPED_CATEGORIES or character in _INVISIBLE:
        return ""
    # Variation selectors choose a glyph and are invisible themselves.
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""
    return character
