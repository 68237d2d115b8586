"""The map's ground as a file for the browser: outlines of areas, with a place for each name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.display import display_text

_DECIMALS: Final = 4
"""Decimals of a degree in the file: about eleven metres, less than a line is wide."""

_USUAL_KIND: Final = re.compile(r"^(Huyện|Xã) (?=\D)")
"""Rural district and commune; towns, wards and cities keep their kind."""

_Geometries = NDArray[np.object_]


class Level(StrEnum):
    """Small areas are outlined, large ones also filled."""

    INNER = "inner"
    OUTER = "outer"


class Basis(StrEnum):
    """What the outlines are: drawn around village positions, or read from a file of areas."""

    VILLAGES = "villages"
    BOUNDARIES = "boundaries"


def ground_features(
    level: Level,
    areas: _Geometries,
    names: Iterable[object],
    tints: Sequence[int] | NDArray[np.intp],
    *,
    numbered: bool = False,
) -> list[dict[str, Any]]:
    """Return areas as GeoJSON features; an empty one is left out.

    Parameters
    ----------
    level : Level
    areas : ndarray of Polygon or MultiPolygon, shape (n,)
        EPSG:4326.
    names : iterable, length n
        Missing: an area without a label.
    tints : sequence of int, length n
        Number of the large area, which shades neighbours apart.
    numbered : bool
        Whether each feature names its position ``area``, by which the browser colours it.

    Returns
    -------
    list of dict
        Properties: ``level``, ``name`` (a display copy, without "Huyện" or "Xã"), ``at``
        ([lon, lat] for its label), ``tint`` and perhaps ``area``.
    """
    rounded = shapely.transform(areas, lambda xy: np.round(xy, _DECIMALS))
    labels = _label_points(_largest_parts(areas))
    drawn = [index for index, area in enumerate(rounded) if not area.is_empty]
    shown = [_short(display_text(name)) for name in names]
    return [
        {
            "type": "Feature",
            "properties": {
                "level": str(level),
                "name": shown[index],
                "at": np.round(label, _DECIMALS).tolist(),
                "tint": int(tints[index]),
                **({"area": index} if numbered else {}),
            },
            "geometry": shapely.geometry.mapping(rounded[index]),
        }
        for index, label in zip(drawn, labels, strict=True)
    ]


def write_ground(basis: Basis, features: list[dict[str, Any]]) -> bytes:
    """Write the ground as UTF-8 GeoJSON (RFC 7946) with the member ``basis``."""
    collection = {"type": "FeatureCollection", "basis": str(basis), "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _label_points(areas: _Geometries) -> NDArray[np.float64]:
    """Return the point farthest from the edge of each area, where a label has most room."""
    west, south, east, north = shapely.bounds(areas).T
    fine_enough = np.maximum(east - west, north - south) / 50
    radii = shapely.maximum_inscribed_circle(areas, fine_enough)
    return np.asarray(shapely.get_coordinates(shapely.get_point(radii, 0)))


def _short(name: str) -> str:
    """Leave out the kind of area that goes without saying, as printed maps do."""
    return _USUAL_KIND.sub("", name)


def _largest_parts(areas: _Geometries) -> _Geometries:
    parts, whole = shapely.get_parts(areas, return_index=True)
    order = np.lexsort((-shapely.area(parts), whole))
    return parts[order[np.unique(whole[order], return_index=True)[1]]]
