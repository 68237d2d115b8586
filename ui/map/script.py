"""The one script and the one style sheet of the map, as files to publish.

Everything the browser must know beforehand (symbols, classes, words, the colours of the ground)
travels inside the script: fetched once, cached for ever, never sent again on a rerun.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib import resources
from typing import Any, Final

from geo.layers import FIXED_CLASSES, MOBILE_CLASSES, PointStatus
from geo.symbology import ROUTES, SHADE_COLOURS, SYMBOLS, MapClass

WORDS: Final = (
    "map",
    "legend",
    "labels",
    "tiles",
    "people",
    "mobile_unknown",
    "fixed_unknown",
    "load_failed",
    "zoom_in",
    "zoom_out",
    "full_screen",
    "full_screen_exit",
    "approximate",
    "outlines",
    "at_centre",
    "area_rate",
    "area_percent",
    "area_unknown",
    "area_empty",
    "measure_on",
    "measure_off",
    "measure_finish",
    "measure_delete",
    "measure_move",
    "measure_resume",
    "measure_add",
    "draw_polygon",
    "draw_rectangle",
    "draw_cancel",
    "draw_finish",
    "draw_undo",
    "draw_start",
    "draw_continue",
    "draw_close",
    "draw_crossing",
    "draw_drag",
    "draw_release",
    "draw_edit",
    "draw_delete",
    "draw_save",
    "draw_clear",
    "draw_edit_hint",
    "draw_delete_hint",
    "draw_nothing",
    *(f"class_{map_class}" for map_class in MapClass),
)
"""Words the map needs; see ``i18n/*/mapview.ftl``: ``mapview-`` and the word with hyphens.

``class_…`` words stand in tooltips ("chưa có cáp quang"); ``people``, ``area_percent`` and
``area_unknown`` hold ``{n}``, ``area_rate`` holds ``{share}``, ``{x}``, ``{y}`` and ``{lack}``.
"""

GROUND: Final[dict[str, dict[str, str]]] = {
    "light": {
        "sea": "#e6ebee",
        "land": "#f7f6f2",
        "land2": "#f1f0ea",
        "inner": "#dcd9cf",
        "outer": "#a39d8e",
        "label": "#5b5748",
        "halo": "#fbfaf7",
        "ink": "#22262b",
        "panel": "#ffffff",
        "edge": "#d5d8dc",
        "accent": "#c2185b",
    },
    "dark": {
        "sea": "#10151b",
        "land": "#1d242c",
        "land2": "#212a33",
        "inner": "#303b46",
        "outer": "#566472",
        "label": "#a9b4bf",
        "halo": "#161c23",
        "ink": "#e8ebee",
        "panel": "#1b222a",
        "edge": "#39444f",
        "accent": "#ff7eb0",
    },
}
"""Colours of the map itself, by theme; those of the symbols are in :mod:`geo.symbology`."""

_SOURCES: Final = (
    "glyphs.js",
    "spread.js",
    "ground.js",
    "areas.js",
    "routes.js",
    "legend.js",
    "village_layer.js",
)


def map_script(words: Mapping[str, str], language: str) -> bytes:
    """Return the map's script for one language.

    Parameters
    ----------
    words : Mapping
        The text of every word of :data:`WORDS`.
    language : str
        Language tag, for numbers.

    Returns
    -------
    bytes
        UTF-8 JavaScript.

    Raises
    ------
    KeyError
        If a word is missing.
    """
    table: dict[str, Any] = {
        "language": language,
        "words": {word: words[word] for word in WORDS},
        "symbols": {map_class: asdict(symbol) for map_class, symbol in SYMBOLS.items()},
        "mobile": [MOBILE_CLASSES.get(status) for status in PointStatus],
        "fixed": [FIXED_CLASSES.get(status) for status in PointStatus],
        "ground": GROUND,
        "shades": SHADE_COLOURS,
        "routes": {route: asdict(stroke) for route, stroke in ROUTES.items()},
    }
    head = f"window.GapPlannerTable = {json.dumps(table, ensure_ascii=False)};\n"
    return head.encode() + b"".join(map(_source, _SOURCES))


def map_style() -> bytes:
    """Return the map's style sheet."""
    return _source("map.css")


def _source(name: str) -> bytes:
    return (resources.files("ui") / "browser" / name).read_bytes()
