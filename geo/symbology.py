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
}
