"""The one table of colours and shapes, shared by map, charts, legends and export files.

Colours follow the Okabe-Ito set, told apart with every common colour-vision deficiency; each
class also has a shape of its own, so that no meaning rests on colour alone.
Source: Okabe & Ito (2008), Color Universal Design, https://jfly.uni-koeln.de/color/.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class MapClass(StrEnum):
    """A class of points on a map; each is one legend entry."""

    NO_SIGNAL = "no_signal"
    NO_MOBILE = "no_mobile"
    NO_FIBRE = "no_fibre"
    MOBILE_SINCE = "mobile_since"
    FIBRE_SINCE = "fibre_since"
    UNKNOWN = "unknown"
    SERVED = "served"
    FIBRE_POINT = "fibre_point"
    BASE_STATION = "base_station"
    FAULTY = "faulty"
    DOUBTFUL = "doubtful"
    SOUND = "sound"
    PLANNED = "planned"
    LEFT_OUT = "left_out"
    PLANNED_SITE = "planned_site"


class MapMark(StrEnum):
    """A row of the legend that is no class of points."""

    COMMUNE_CENTRE = "commune_centre"
    """Added to the symbol of a village of which only the commune's centre is known."""
    AREAS = "areas"
    """The colours of all areas together."""


class RouteClass(StrEnum):
    """A class of planned links by when they are built."""

    WAVE_1 = "wave_1"
    WAVE_2 = "wave_2"
    WAVE_3 = "wave_3"
    WAVE_4 = "wave_4"
    WAVE_5 = "wave_5"
    WAVE_6 = "wave_6"
    NEVER = "wave_never"
    """Not before the deadline."""


class RadioClass(StrEnum):
    """A class of planned links that are not built along the ground."""

    MICROWAVE = "microwave"


class ShadeClass(StrEnum):
    """A class of areas by their share of villages with a gap."""

    SHARE_0 = "share_0"
    SHARE_1 = "share_1"
    SHARE_2 = "share_2"
    SHARE_3 = "share_3"
    SHARE_4 = "share_4"
    NOT_KNOWN = "share_unknown"
    NO_VILLAGES = "share_empty"


SHARE_BREAKS: Final = (0.0, 0.05, 0.15, 0.30, 1.0)
"""Upper ends of the five classes, inclusive. They are fixed, so that two maps can be compared; the
narrow classes are near 0, where targets lie."""

SHADE_COLOURS: Final[dict[str, dict[ShadeClass, str]]] = {
    "light": {
        ShadeClass.SHARE_0: "#F3F0F8",
        ShadeClass.SHARE_1: "#DDD4EC",
        ShadeClass.SHARE_2: "#C3B3DE",
        ShadeClass.SHARE_3: "#A58EC9",
        ShadeClass.SHARE_4: "#8365AE",
        ShadeClass.NOT_KNOWN: "#9AA3AC",
        ShadeClass.NO_VILLAGES: "",
    },
    "dark": {
        ShadeClass.SHARE_0: "#262431",
        ShadeClass.SHARE_1: "#3C3557",
        ShadeClass.SHARE_2: "#574A80",
        ShadeClass.SHARE_3: "#7767A8",
        ShadeClass.SHARE_4: "#9D8CD0",
        ShadeClass.NOT_KNOWN: "#6B7681",
        ShadeClass.NO_VILLAGES: "",
    },
}
"""Colours of areas by theme: one hue no class of points has, in five even steps of lightness away
from the ground, so that the order needs no colour vision. Not known is hatched, empty not filled.
"""


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a class is drawn.

    Attributes
    ----------
    fill, stroke : str
        ``#RRGGBB``; ``fill`` is empty for a hollow symbol.
    shape : str
        One of ``triangle diamond square circle dot ring plus mast``.
    size_px : int
        Height of the symbol at ordinary zoom.
    """

    fill: str
    stroke: str
    shape: str
    size_px: int


SYMBOLS: Final[dict[MapClass, Symbol]] = {
    MapClass.NO_SIGNAL: Symbol("#D55E00", "#5A2700", "triangle", 15),
    MapClass.NO_MOBILE: Symbol("#E69F00", "#5F4200", "diamond", 14),
    MapClass.NO_FIBRE: Symbol("#0072B2", "#00324F", "square", 11),
    MapClass.MOBILE_SINCE: Symbol("", "#B87E00", "diamond", 14),
    MapClass.FIBRE_SINCE: Symbol("", "#0072B2", "square", 10),
    MapClass.UNKNOWN: Symbol("", "#CC79A7", "ring", 10),
    MapClass.SERVED: Symbol("#8D99A6", "#8D99A6", "dot", 4),
    MapClass.FIBRE_POINT: Symbol("#009E73", "#004D38", "plus", 10),
    MapClass.BASE_STATION: Symbol("#56B4E9", "#1B4A66", "mast", 11),
    MapClass.FAULTY: Symbol("#D55E00", "#5A2700", "triangle", 14),
    MapClass.DOUBTFUL: Symbol("#E69F00", "#5F4200", "diamond", 12),
    MapClass.SOUND: Symbol("#009E73", "#009E73", "dot", 5),
    MapClass.PLANNED: Symbol("#009E73", "#004D38", "dot", 10),
    MapClass.LEFT_OUT: Symbol("", "#5B6670", "diamond", 10),
    MapClass.PLANNED_SITE: Symbol("#E69F00", "#5F4200", "mast", 15),
}


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a class of links is drawn.

    Attributes
    ----------
    light, dark : str
        ``#RRGGBB`` on the ground of each theme.
    width_px : float
    dash : tuple of float
        Lengths of strokes and spaces in pixels; empty for an unbroken line.
    """

    light: str
    dark: str
    width_px: float
    dash: tuple[float, ...] = ()


ROUTES: Final[dict[RouteClass | RadioClass, Stroke]] = {
    RouteClass.WAVE_1: Stroke("#3B0F70", "#C9B3F5", 5.0),
    RouteClass.WAVE_2: Stroke("#A3246F", "#F08BC4", 4.5, (13, 4)),
    RouteClass.WAVE_3: Stroke("#D9480F", "#FF9A62", 4.0, (8, 4)),
    RouteClass.WAVE_4: Stroke("#A87900", "#F2C94C", 3.5, (10, 4, 2, 4)),
    RouteClass.WAVE_5: Stroke("#5E7A00", "#B8D65C", 3.0, (5, 4)),
    RouteClass.WAVE_6: Stroke("#00707C", "#5FD0D8", 3.0, (2, 3)),
    RouteClass.NEVER: Stroke("#6B7681", "#98A3AD", 2.5, (1.5, 5)),
    RadioClass.MICROWAVE: Stroke("#1B6CA8", "#7CC4F5", 1.8, (2, 4)),
}
"""Links by wave, first to last: thinner and more broken the later, so that the order can be read
without colour; the first three are apart in lightness too."""

BAND_COLOURS: Final[dict[str, str]] = {
    "met": "#009E73",
    "over_80": "#B8A000",
    "from_50_to_80": "#E69F00",
    "under_50": "#D55E00",
    "not_due": "#9AA3AC",
}
"""Colours of the progress bands; each always stands beside its words and its sign."""

BAND_SIGNS: Final[dict[str, str]] = {
    "met": "✔",
    "over_80": "▲",
    "from_50_to_80": "■",
    "under_50": "▼",
    "not_due": "○",
}
"""The bands without colour. Both by the values of :class:`planning.targets.Band`."""
