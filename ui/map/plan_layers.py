"""A plan as compact JSON for the map: villages by what becomes of them, links by wave.

As :mod:`geo.layers`, but written in a language: what a plan says of a village or a link is words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.display import display_text
from geo.symbology import MapClass, RadioClass, RouteClass
from planning.columns import each_row

_FORMAT: Final = 1
_DECIMALS: Final = 5
_NAME_LENGTH: Final = 80
_NOTE_LENGTH: Final = 200


def plan_layer(
    villages: pd.DataFrame,
    notes: Sequence[str],
    sites: pd.DataFrame,
    site_names: Sequence[str],
    site_notes: Sequence[str],
) -> bytes:
    """Write the villages and masts of a plan, in the form of :func:`geo.layers.village_layer`.

    Parameters
    ----------
    villages : DataFrame, n rows
        :attr:`services.rollout_values.RolloutPlan.villages`; rows without a position are left out.
    notes : sequence of str, length n
        What the plan says of each.
    sites : DataFrame, m rows
        :attr:`services.rollout_values.RolloutPlan.sites`.
    site_names, site_notes : sequence of str, length m

    Returns
    -------
    bytes
        UTF-8 JSON: the columns of the village layer, with ``kind`` (a
        :class:`~geo.symbology.MapClass`) and ``note`` instead of ``mobile`` and ``fixed``.
    """
    placed = (villages["lon"].notna() & villages["lat"].notna()).to_numpy()
    shown = villages[placed]
    place, places = pd.factorize(
        pd.MultiIndex.from_frame(shown[["commune", "district"]].astype(str)), sort=True
    )
    no_place = len(places)
    is_in = shown["is_connected"].to_numpy(dtype=bool)
    people = [None if pd.isna(count) else int(count) for count in shown["people"]]
    written = [str(note) for note, there in zip(notes, placed, strict=True) if there]
    masts = len(sites)
    return _to_json(
        {
            "format": _FORMAT,
            "places": [
                *([display_text(part, _NAME_LENGTH) for part in pair] for pair in places),
                [],
            ],
            "bases": [""],
            "id": [*shown["village_id"].astype(str), *(_list(sites, "site_id", str))],
            "name": _texts([*shown["village"], *site_names], _NAME_LENGTH),
            "place": [*map(int, place), *([no_place] * masts)],
            "lon": _degrees([*shown["lon"], *_list(sites, "lon", float)]),
            "lat": _degrees([*shown["lat"], *_list(sites, "lat", float)]),
            "people": [*people, *([None] * masts)],
            "basis": [0] * (len(shown) + masts),
            "kind": [
                *np.where(is_in, str(MapClass.PLANNED), str(MapClass.LEFT_OUT)).tolist(),
                *([str(MapClass.PLANNED_SITE)] * masts),
            ],
            "note": _texts([*written, *site_notes], _NOTE_LENGTH),
        }
    )


def route_layer(
    links: gpd.GeoDataFrame,
    classes: Sequence[RouteClass | RadioClass],
    names: Sequence[str],
    notes: Sequence[str],
) -> bytes:
    """Write the links of a plan.

    Parameters
    ----------
    links : GeoDataFrame, n rows
        Lines in EPSG:4326.
    classes : sequence of RouteClass or RadioClass, length n
    names, notes : sequence of str, length n
        What stands in the tooltip of each.

    Returns
    -------
    bytes
        UTF-8 JSON: ``id, wave, name, note, shape``, each of length n; a shape is one flat list of
        longitudes and latitudes.
    """
    shapes = [
        np.round(shapely.get_coordinates(line), _DECIMALS).ravel().tolist()
        for line in links.geometry
    ]
    return _to_json(
        {
            "format": _FORMAT,
            "id": [str(one) for one in links["link_id"]],
            "wave": [str(one) for one in classes],
            "name": _texts(names, 2 * _NAME_LENGTH),
            "note": _texts(notes, _NOTE_LENGTH),
            "shape": shapes,
        }
    )


def wave_classes(waves: Sequence[str | None]) -> dict[str, RouteClass]:
    """Give each wave its looks, first to last; many quarters share one, neighbours together.

    Parameters
    ----------
    waves : sequence of str or None
        Wave of each link, ``"2024-Q3"``; ``None`` for one not built before the deadline.

    Returns
    -------
    dict
        In order of time, without ``None``.

    Examples
    --------
    >>> wave_classes(["2024-Q4", None, "2024-Q3"])
    {'2024-Q3': <RouteClass.WAVE_1: 'wave_1'>, '2024-Q4': <RouteClass.WAVE_2: 'wave_2'>}
    """
    looks = [one for one in RouteClass if one is not RouteClass.NEVER]
    ordered = sorted({wave for wave in waves if isinstance(wave, str)})
    together = max(math.ceil(len(ordered) / len(looks)), 1)
    return {wave: looks[at // together] for at, wave in enumerate(ordered)}


def bounds_of(
    villages: pd.DataFrame, links: gpd.GeoDataFrame
) -> tuple[float, float, float, float] | None:
    """Return (west, south, east, north) of all villages and links, ``None`` if none is placed."""
    placed = villages.dropna(subset=["lon", "lat"])
    corners = [(row.lon, row.lat) for row in each_row(placed)]
    if len(links):
        west, south, east, north = links.total_bounds
        corners += [(float(west), float(south)), (float(east), float(north))]
    if not corners:
        return None
    lon, lat = zip(*corners, strict=True)
    return min(lon), min(lat), max(lon), max(lat)


def _list(frame: pd.DataFrame, column: str, kind: type) -> list[Any]:
    return [kind(value) for value in frame[column]] if len(frame) else []


def _texts(values: Sequence[object], length: int) -> list[str]:
    return [display_text(value, length) for value in values]


def _degrees(values: Sequence[float]) -> list[float]:
    return [round(float(value), _DECIMALS) for value in values]


def _to_json(layer: dict[str, Any]) -> bytes:
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
