"""Pieces of SVG pictures; every text that enters one is made harmless here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import numpy.typing as npt

from geo.display import display_text
from geo.report.fonts import FACE, FALLBACKS


def picture(width: float, height: float, pieces: Iterable[str]) -> str:
    """Return a whole picture; one unit is a tenth of a millimetre."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width / 10)}mm" height="{number(height / 10)}mm">'
        + "".join(pieces)
        + "</svg>"
    )


def number(value: float) -> str:
    """Return a coordinate with a hundredth of a millimetre, the same on every machine."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value else "0"


def written(
    x: float,
    y: float,
    said: str,
    size: float,
    *,
    anchor: str = "start",
    bold: bool = False,
    halo: float = 0.0,
    colour: str = "#000000",
) -> str:
    """Return a line of text; ``halo`` is the width of the white around it."""
    faces = quoteattr(", ".join((FACE, *FALLBACKS)))
    weight = ' font-weight="700"' if bold else ""
    around = (
        f' stroke="#FFFFFF" stroke-width="{number(halo)}" stroke-linejoin="round" '
        'paint-order="stroke"'
        if halo
        else ""
    )
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-family={faces} font-size="{number(size)}" '
        f'text-anchor="{anchor}" fill="{colour}"{weight}{around}>'
        f"{escape(display_text(said, 80))}</text>"
    )


def path_of(rings: Iterable[npt.NDArray[np.float64]]) -> str:
    """Return the path of closed rings, each an array of shape (n, 2) in units."""
    parts = []
    for ring in rings:
        points = np.round(ring, 1)
        # A ring ends where it begins; points that fell together add nothing.
        moved = np.any(np.diff(points, axis=0) != 0, axis=1)
        kept = points[:-1][moved]
        if len(kept) > 2:
            parts.append("M" + "L".join(f"{number(x)} {number(y)}" for x, y in kept.tolist()) + "Z")
    return "".join(parts)


def symbol(shape: str, x: float, y: float, size: float, *, fill: str, stroke: str) -> str:
    """Return the symbol of a class of villages around a point.

    Parameters
    ----------
    shape : str
        ``triangle``, ``diamond``, ``square`` or ``ring``.
    x, y, size : float
        Centre and height, units.
    fill, stroke : str
        ``#RRGGBB``; an empty fill is hollow.
    """
    half = size / 2
    outline = f'fill="{fill or "none"}" stroke="{stroke}" stroke-width="{number(size / 10)}"'
    if shape == "ring":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(half)}" {outline}/>'
    if shape == "square":
        return (
            f'<rect x="{number(x - half)}" y="{number(y - half)}" width="{number(size)}" '
            f'height="{number(size)}" {outline}/>'
        )
    corners: Sequence[tuple[float, float]] = (
        ((0, -1.1), (1.05, 0.75), (-1.05, 0.75))
        if shape == "triangle"
        else ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0))
    )
    points = " ".join(f"{number(x + a * half)},{number(y + b * half)}" for a, b in corners)
    return f'<polygon points="{points}" {outline} stroke-linejoin="round"/>'
