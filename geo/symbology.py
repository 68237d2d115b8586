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


class MapMark(StrEnum):
    """A row of the legend that is no class of points."""

    COMMUNE_CENTRE = "commune_centre"
    """Added to the symbol of a village of which only the commune's centre is known."""
    AREAS = "areas"
    """The colours of all areas together."""


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
}
