"""A target as a gauge for print: filled against hatched, so that grey paper tells them apart."""

from __future__ import annotations

import math
from typing import Final

from geo.report.content import Gauge
from geo.report.drawing import number, picture, written

WIDTH: Final = 420.0
HEIGHT: Final = 236.0
_CENTRE: Final = (210.0, 200.0)
_OUTER: Final = 180.0
_INNER: Final = 128.0
_HATCH: Final = (
    '<defs><pattern id="h" width="9" height="9" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="9" height="9" fill="#FFFFFF"/>'
    '<rect width="2.6" height="9" fill="#B4BAC0"/></pattern></defs>'
)


def draw_gauge(gauge: Gauge) -> str:
    """Return a target as SVG.

    Parameters
    ----------
    gauge : Gauge

    Returns
    -------
    str
        42 by 23.6 mm: the half circle, filled from the left as far as the target is met; a mark
        where the plan to date stands; the count and the share below.
    """
    share = min(max(gauge.share, 0.0), 1.0)
    pieces = [
        _HATCH,
        f'<path d="{_band(0.0, 1.0)}" fill="url(#h)" stroke="#4A5259" stroke-width="2"/>',
    ]
    if share > 0:
        pieces.append(
            f'<path d="{_band(0.0, share)}" fill="{gauge.colour}" stroke="#20262B" '
            'stroke-width="2"/>'
        )
    if gauge.planned_share is not None:
        pieces.append(_mark(min(max(gauge.planned_share, 0.0), 1.0)))
    x, y = _CENTRE
    size = 78.0 if len(gauge.count) <= 5 else 62.0 if len(gauge.count) <= 7 else 46.0
    pieces += [
        written(x, y - 22, gauge.count, size, anchor="middle", bold=True),
        written(x, y + 22, gauge.percent, 40, anchor="middle"),
    ]
    return picture(WIDTH, HEIGHT, pieces)


def _at(share: float, radius: float) -> tuple[float, float]:
    angle = math.pi * (1.0 - share)
    return _CENTRE[0] + radius * math.cos(angle), _CENTRE[1] - radius * math.sin(angle)


def _band(start: float, end: float) -> str:
    outer_start, outer_end = _at(start, _OUTER), _at(end, _OUTER)
    inner_end, inner_start = _at(end, _INNER), _at(start, _INNER)
    return (
        f"M{_pair(outer_start)}A{number(_OUTER)} {number(_OUTER)} 0 0 1 {_pair(outer_end)}"
        f"L{_pair(inner_end)}A{number(_INNER)} {number(_INNER)} 0 0 0 {_pair(inner_start)}Z"
    )


def _mark(share: float) -> str:
    (x1, y1), (x2, y2) = _at(share, _INNER - 10), _at(share, _OUTER + 16)
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
        'stroke="#000000" stroke-width="6"/>'
    )


def _pair(point: tuple[float, float]) -> str:
    return f"{number(point[0])} {number(point[1])}"
