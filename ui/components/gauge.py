"""A target as a gauge: a half circle, the count in its middle, the band in words."""

from __future__ import annotations

import math

import streamlit as st

from i18n import Translator
from planning.targets import Progress
from ui.theme import BAND_COLOUR, BAND_SIGN, text, theme_name

_RADIUS = 80.0
_CENTRE = 100.0


def show_gauge(progress: Progress, words: Translator) -> None:
    """Show one target.

    Parameters
    ----------
    progress : Progress
    words : Translator
    """
    target = progress.target
    colour = BAND_COLOUR[progress.band]
    count = f"{progress.achieved}/{target.required}"
    band, sign = words(f"band-{progress.band}"), BAND_SIGN[progress.band]
    title = words(f"figure-target-{target.gap}")
    ink = "#E8EBEE" if theme_name() == "dark" else "#1E262C"
    # A picture of plain strokes: it prints, needs no script and is read out as one sentence.
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 118" width="260">'
        f"<title>{text(f'{title}: {count}, {band}')}</title>"
        f'<path d="{_arc(1.0)}" fill="none" stroke="#8C949C" stroke-opacity=".25" '
        f'stroke-width="18" stroke-linecap="round"/>'
        f"{_filled(progress.share, colour)}"
        f'<g text-anchor="middle" fill="{ink}" font-family="Arial, sans-serif">'
        f'<text x="100" y="90" font-size="36" font-weight="700">{count}</text>'
        f'<text x="100" y="111" font-size="13" opacity=".8">'
        f"{words.percent(progress.share, 0)}</text></g></svg>"
    )
    st.image(picture, width=260)
    st.html(
        f'<div style="font-weight:600"><span style="color:{colour}">'
        f"{sign}</span> {text(band)}</div>"
    )


def _filled(share: float, colour: str) -> str:
    if share <= 0:
        return ""
    return (
        f'<path d="{_arc(min(share, 1.0))}" fill="none" stroke="{colour}" '
        f'stroke-width="18" stroke-linecap="round"/>'
    )


def _arc(share: float) -> str:
    angle = math.pi * (1.0 - share)
    x, y = _CENTRE + _RADIUS * math.cos(angle), _CENTRE - _RADIUS * math.sin(angle)
    return f"M {_CENTRE - _RADIUS:.1f} {_CENTRE:.1f} A {_RADIUS} {_RADIUS} 0 0 1 {x:.2f} {y:.2f}"
