"""The small map of a report: districts in outline, a shape for each kind of gap, a legend."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LinearRing, shape

from geo.ground import Level
from geo.report.content import MapContent
from geo.report.drawing import number, path_of, picture, symbol, written
from geo.symbology import SYMBOLS, MapClass

WIDTH: Final = 660.0
_LAND_HEIGHT: Final = 440.0
_EDGE: Final = 8.0
_ROW: Final = 36.0
_LABELS: Final = 16
"""Areas that are named at most; more names than these hide the villages."""
_LABEL_SIZE: Final = 24.0
_LEGEND_SIZE: Final = 31.0
_KM_OF_DEGREE: Final = 111.2
"""Of latitude, for the scale bar: a degree has 110.6 to 111.7 km (WGS84)."""
_CLASSES: Final = {
    "no_signal": MapClass.NO_SIGNAL,
    "no_mobile": MapClass.NO_MOBILE,
    "no_fibre": MapClass.NO_FIBRE,
    "unknown": MapClass.UNKNOWN,
}

_Points = npt.NDArray[np.float64]


class _Sheet:
    """Where a degree lies on the paper: as large as it fits, north up."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        west, south, east, north = bounds
        self.narrowing = math.cos(math.radians((south + north) / 2))
        width = max((east - west) * self.narrowing, 1e-6)
        height = max(north - south, 1e-6)
        self.scale = min((WIDTH - 2 * _EDGE) / width, (_LAND_HEIGHT - 2 * _EDGE) / height)
        self._west, self._north = west, north
        self._left = (WIDTH - width * self.scale) / 2
        self._top = (_LAND_HEIGHT - height * self.scale) / 2

    def place(self, degrees: _Points) -> _Points:
        """Return positions in units, y down."""
        return np.column_stack(
            [
                self._left + (degrees[:, 0] - self._west) * self.narrowing * self.scale,
                self._top + (self._north - degrees[:, 1]) * self.scale,
            ]
        )


def draw_map(content: MapContent) -> str:
    """Return the map as SVG, 66 mm wide and as high as its legend asks for.

    Parameters
    ----------
    content : MapContent
        Fibre is drawn as a square, mobile as a triangle or diamond above it, so that a village
        that lacks both shows both.

    Returns
    -------
    str
    """
    features = json.loads(content.ground)["features"]
    shapes = [shape(feature["geometry"]) for feature in features]
    sheet = _Sheet(_bounds(shapes, content))
    pieces = [*_ground(features, shapes, sheet), *_villages(content, sheet)]
    pieces += [*_names(features, sheet), *_scale_bar(content, sheet), *_legend(content)]
    height = _LAND_HEIGHT + _ROW * len(content.legend) + 6
    return picture(WIDTH, height, pieces)


def _bounds(shapes: list[Any], content: MapContent) -> tuple[float, float, float, float]:
    lon, lat = content.lon, content.lat
    if not shapes and not len(lon):
        return 0.0, 0.0, 1.0, 1.0
    ground = shapely.bounds(np.asarray(shapes, dtype=object)).reshape(-1, 4)
    return (
        float(np.min([*ground[:, 0], *lon])),
        float(np.min([*ground[:, 1], *lat])),
        float(np.max([*ground[:, 2], *lon])),
        float(np.max([*ground[:, 3], *lat])),
    )


def _ground(features: list[Any], shapes: list[Any], sheet: _Sheet) -> Iterator[str]:
    large = [number for number, one in enumerate(features) if _level(one) == Level.OUTER]
    drawn = large if len(large) > 1 else range(len(features))
    tints = ("#F1F2F3", "#FFFFFF")
    for index in drawn:
        tint = tints[int(features[index]["properties"].get("tint", 0)) % 2]
        yield (
            f'<path d="{_outline(shapes[index], sheet)}" fill="{tint}" stroke="#6B747C" '
            'stroke-width="1.6" fill-rule="evenodd"/>'
        )


def _names(features: list[Any], sheet: _Sheet) -> Iterator[str]:
    large = [one["properties"] for one in features if _level(one) == Level.OUTER]
    if not 1 < len(large) <= _LABELS:
        return
    for about in large:
        if about["name"]:
            ((x, y),) = sheet.place(np.array([about["at"]], dtype=np.float64)).tolist()
            yield written(x, y, _cut(about["name"]), _LABEL_SIZE, anchor="middle", halo=3.5)


def _level(feature: Any) -> str:
    return str(feature["properties"]["level"])


def _cut(name: str) -> str:
    return name if len(name) <= 18 else name[:17].rstrip() + "…"


def _outline(area: Any, sheet: _Sheet) -> str:
    rings = []
    for part in shapely.get_parts(area):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                placed = LinearRing(sheet.place(shapely.get_coordinates(ring)))
                rings.append(shapely.get_coordinates(placed.simplify(0.6)))
    return path_of(rings)


def _villages(content: MapContent, sheet: _Sheet) -> Iterator[str]:
    if not len(content.lon):
        return
    places = sheet.place(np.column_stack([content.lon, content.lat]))
    # Many villages need small symbols; few are the better for large ones.
    size = float(np.clip(150.0 / math.sqrt(len(places)), 6.0, 17.0))
    yield from _marks("unknown", places[content.mobile == "unknown"], size * 0.8)
    yield from _marks("no_fibre", places[content.fibre], size * 0.9)
    # Few villages lack mobile service where many lack fibre: they must not drown among these.
    for name in ("no_mobile", "no_signal"):
        chosen = places[content.mobile == name]
        yield from _marks(name, chosen, float(np.clip(60.0 / math.sqrt(len(chosen) + 1), size, 19)))


def _marks(name: str, places: _Points, size: float) -> Iterator[str]:
    look = SYMBOLS[_CLASSES[name]]
    for x, y in places.tolist():
        # White around it keeps a shape whole where symbols overlap.
        yield symbol(
            look.shape, x, y, size * 1.25, fill="#FFFFFF" if look.fill else "", stroke="#FFFFFF"
        )
        yield symbol(look.shape, x, y, size, fill=look.fill, stroke=look.stroke)


def _scale_bar(content: MapContent, sheet: _Sheet) -> Iterator[str]:
    unit = sheet.scale / _KM_OF_DEGREE
    longest = WIDTH / 4 / unit
    step = 10.0 ** math.floor(math.log10(max(longest, 1e-9)))
    km = max(part * step for part in (1, 2, 5) if part * step <= longest)
    left, y = _EDGE, _LAND_HEIGHT - 12
    right = left + km * unit
    yield (
        f'<path d="M{number(left)} {number(y - 8)}V{number(y)}H{number(right)}'
        f'V{number(y - 8)}" fill="none" stroke="#000000" stroke-width="2.4"/>'
    )
    said = f"{km:g}" if km < 1000 else f"{km:.0f}"
    yield written(right + 6, y, f"{said} {content.unit}", 24, halo=5.0)
    x = WIDTH - 26
    yield f'<path d="M{x} 14L{x + 11} 48L{x} 40L{x - 11} 48Z" fill="#000000"/>'
    yield written(x, 74, content.north, 24, anchor="middle", bold=True, halo=5.0)


def _legend(content: MapContent) -> Iterator[str]:
    for row, (name, said) in enumerate(content.legend):
        y = _LAND_HEIGHT + _ROW * (row + 0.5) + 4
        look = SYMBOLS[_CLASSES[name]]
        yield symbol(look.shape, 18, y, 22, fill=look.fill, stroke=look.stroke)
        yield written(40, y + 10, said, _LEGEND_SIZE)
