"""The map symbols as characters, for sheets that can draw nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.symbology import Symbol

_GLYPHS: Final[Mapping[str, tuple[str, str]]] = {
    "triangle": ("▲", "△"),
    "diamond": ("◆", "◇"),
    "square": ("■", "□"),
    "circle": ("●", "○"),
    "dot": ("•", "◦"),
    "ring": ("○", "○"),
    "plus": ("✚", "✛"),
    "mast": ("▴", "▵"),
}
"""Each shape filled and hollow."""


def glyph(symbol: Symbol) -> str:
    """Return the character that looks like a symbol, hollow if its fill is empty.

    Parameters
    ----------
    symbol : Symbol

    Returns
    -------
    str
        One character.
    """
    filled, hollow = _GLYPHS[symbol.shape]
    return filled if symbol.fill else hollow
