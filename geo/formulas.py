"""Texts that a spreadsheet would run, made harmless in a file of plain text, and back again."""

from __future__ import annotations

import re
from typing import Final

_TO_GUARD: Final = re.compile(
    r"""
    \A (?= '* [=+\-@\t\n\r＝＋－＠] )
    | (?<= [;,\t\n\r] ) (?= ["']* [=+\-@＝＋－＠] )
    """,
    re.VERBOSE,
)
_GUARDED: Final = re.compile(
    r"""
    \A ' (?= '* [=+\-@\t\n\r＝＋－＠] )
    | (?<= [;,\t\n\r] ) ' (?= ["']* [=+\-@＝＋－＠] )
    """,
    re.VERBOSE,
)
"""The same places, after an apostrophe."""


def guard_formula(text: str) -> str:
    """Put an apostrophe before whatever a spreadsheet would run as a formula.

    That is not only the beginning of a text: where Excel expects ``;`` between fields, as in
    Vietnam, it breaks a file with commas at each ``;`` in a name, and what follows begins a cell.
    The mapping is one to one: :func:`unguard_formula` undoes it for every text.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Notes
    -----
    The characters are those of OWASP, "CSV Injection", with their full-width forms. A text that
    has apostrophes before such a character gets one more, so that none is lost on the way back.

    Examples
    --------
    >>> guard_formula("=1+1")
    "'=1+1"
    >>> guard_formula("thôn 3;=1+1")
    "thôn 3;'=1+1"
    >>> guard_formula("Y Tý")
    'Y Tý'
    """
    return _TO_GUARD.sub("'", text)


def unguard_formula(text: str) -> str:
    """Undo :func:`guard_formula`.

    Examples
    --------
    >>> unguard_formula("'=1+1")
    '=1+1'
    """
    return _GUARDED.sub("", text)
