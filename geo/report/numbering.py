"""How annexes are numbered."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def annex_number(index: int) -> str:
    """Return the number of an annex, counted from 0: Roman, as the decree asks for."""
    return _ROMAN[index] if 0 <= index < len(_ROMAN) else str(index + 1)
