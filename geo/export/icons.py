"""Small pictures of the map symbols, for files that cannot draw shapes themselves."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from typing import Final

from PIL import Image, ImageDraw

from geo.symbology import Symbol

ICON_SIZE_PX: Final = 64
_OVERSAMPLING: Final = 4
_MARGIN: Final = 0.08
_WHITE: Final = (255, 255, 255, 255)
_EDGE: Final = (108, 108, 108, 255)
"""White and grey: multiplied by the colour of a class they give its fill and its dark stroke."""

Outline = list[tuple[float, float]]


def icon_png(symbol: Symbol) -> bytes:
    """Draw the shape of a symbol in white, to be tinted by whoever shows it.

    Parameters
    ----------
    symbol : Symbol

    Returns
    -------
    bytes
        PNG of :data:`ICON_SIZE_PX` square on a transparent ground; hollow if ``fill`` is empty.
    """
    side = ICON_SIZE_PX * _OVERSAMPLING
    image = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    outline = [_scaled(point, side) for point in _OUTLINES[symbol.shape]()]
    closed = [*outline, *outline[:2]]
    draw = ImageDraw.Draw(image)
    if symbol.fill:
        draw.polygon(outline, fill=_WHITE)
        draw.line(closed, fill=_EDGE, width=side // 16, joint="curve")
    else:
        draw.line(closed, fill=_WHITE, width=side // 8, joint="curve")
    small = image.resize((ICON_SIZE_PX, ICON_SIZE_PX), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()


def _scaled(point: tuple[float, float], side: int) -> tuple[float, float]:
    x, y = (side * (_MARGIN + (1 - 2 * _MARGIN) * ordinate) for ordinate in point)
    return x, y


def _circle() -> Outline:
    turns = (2 * math.pi * step / 72 for step in range(72))
    return [(0.5 + 0.5 * math.cos(turn), 0.5 + 0.5 * math.sin(turn)) for turn in turns]


def _triangle() -> Outline:
    return [(0.5, 0.05), (1, 0.95), (0, 0.95)]


def _diamond() -> Outline:
    return [(0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)]


def _square() -> Outline:
    return [(0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95)]


def _plus() -> Outline:
    near, far = 0.33, 0.67
    upper = [(0.0, near), (near, near), (near, 0.0), (far, 0.0), (far, near), (1.0, near)]
    return upper + [(1 - x, 1 - y) for x, y in upper]


def _mast() -> Outline:
    return [
        (0.5, 0),
        (0.62, 0.3),
        (0.85, 1),
        (0.62, 1),
        (0.5, 0.62),
        (0.38, 1),
        (0.15, 1),
        (0.38, 0.3),
    ]


_OUTLINES: Final[Mapping[str, Callable[[], Outline]]] = {
    "triangle": _triangle,
    "diamond": _diamond,
    "square": _square,
    "circle": _circle,
    "dot": _circle,
    "ring": _circle,
    "plus": _plus,
    "mast": _mast,
}
"""Outlines in a unit square, y down."""
