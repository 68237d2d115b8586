"""The map's points as compact JSON, fetched by the browser once per data version and day.

A layer is a set of parallel columns, not GeoJSON: a tenth of the keys, and the browser needs no
more. The same frame always gives the same bytes, so a layer can be stored under the hash of its
content and cached for ever.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from enum import IntEnum
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.display import display_text
from geo.symbology import MapClass
from planning.vocabulary import LACKING_STATES, FixedState, Gap, MobileState

_FORMAT: Final = 1
_NAME_LENGTH: Final = 80
_DECIMALS: Final = 5
"""Decimals of a degree in a layer: about one metre."""


class PointStatus(IntEnum):
    """What a village's glyph says about one service at one day."""

    SERVED = 0
    SINCE = 1
    LACKING = 2
    NO_SIGNAL = 3
    UNKNOWN = 4


MOBILE_CLASSES: Final[dict[PointStatus, MapClass]] = {
    PointStatus.SERVED: MapClass.SERVED,
    PointStatus.SINCE: MapClass.MOBILE_SINCE,
    PointStatus.LACKING: MapClass.NO_MOBILE,
    PointStatus.NO_SIGNAL: MapClass.NO_SIGNAL,
    PointStatus.UNKNOWN: MapClass.UNKNOWN,
}
"""The class a mobile status is drawn as."""

FIXED_CLASSES: Final[dict[PointStatus, MapClass]] = {
    PointStatus.SERVED: MapClass.SERVED,
    PointStatus.SINCE: MapClass.FIBRE_SINCE,
    PointStatus.LACKING: MapClass.NO_FIBRE,
    PointStatus.UNKNOWN: MapClass.UNKNOWN,
}
"""The class a fixed status is drawn as."""


def mobile_status(now: pd.Series[Any], baseline: pd.Series[Any] | None = None) -> NDArray[np.int8]:
    """Code mobile states for the map.

    Parameters
    ----------
    now : Series of str, length n
        :class:`~planning.vocabulary.MobileState` values at the day shown; missing is unknown.
    baseline : Series of str, length n, optional
        The states at the baseline day, row by row. A village that lacked broadband then and has it
        now is ``SINCE``; without a baseline nothing is.

    Returns
    -------
    ndarray of int8, shape (n,)
        :class:`PointStatus` codes.
    """
    status = _status(now, baseline, MobileState.BROADBAND, LACKING_STATES[Gap.MOBILE])
    status[_is_in(now, LACKING_STATES[Gap.NO_SIGNAL])] = PointStatus.NO_SIGNAL
    return status


def fixed_status(now: pd.Series[Any], baseline: pd.Series[Any] | None = None) -> NDArray[np.int8]:
    """Code fixed states for the map; see :func:`mobile_status`."""
    return _status(now, baseline, FixedState.FIBRE, LACKING_STATES[Gap.FIBRE])


def _status(
    now: pd.Series[Any],
    baseline: pd.Series[Any] | None,
    served: str,
    lacking: frozenset[str],
) -> NDArray[np.int8]:
    has = _is_in(now, {served})
    status = np.full(len(now), PointStatus.UNKNOWN, dtype=np.int8)
    status[has] = PointStatus.SERVED
    status[_is_in(now, lacking)] = PointStatus.LACKING
    if baseline is not None:
        status[has & _is_in(baseline, lacking)] = PointStatus.SINCE
    return status


def _is_in(states: pd.Series[Any], wanted: Collection[str]) -> NDArray[np.bool_]:
    return states.isin(list(wanted)).to_numpy(dtype=bool)


def village_layer(
    villages: gpd.GeoDataFrame, mobile: NDArray[np.int8], fixed: NDArray[np.int8]
) -> bytes:
    """Write the village layer of one day.

    Parameters
    ----------
    villages : GeoDataFrame, n rows
        Point geometry in EPSG:4326; uses ``village_id, name, commune, district, people,
        position_basis``. Rows keep their order: a selection in the browser is a bit per row.
    mobile, fixed : ndarray of int8, shape (n,)
        From :func:`mobile_status` and :func:`fixed_status`.

    Returns
    -------
    bytes
        UTF-8 JSON: ``id, name, place, lon, lat, mobile, fixed, people, basis`` (each of length n),
        ``places`` (pairs of commune and district, ``place`` is an index into it) and ``bases``.
        Names are display copies. Unknown ``people`` is ``null``.

    Raises
    ------
    ValueError
        If the lengths differ.
    """
    if not len(villages) == len(mobile) == len(fixed):
        raise ValueError((len(villages), len(mobile), len(fixed)))
    place, places = pd.factorize(
        pd.MultiIndex.from_frame(villages[["commune", "district"]].astype(str)), sort=True
    )
    basis, bases = pd.factorize(villages["position_basis"].astype(str), sort=True)
    people = villages["people"].astype("Int64")
    return _to_json(
        {
            "format": _FORMAT,
            "places": [[display_text(part, _NAME_LENGTH) for part in pair] for pair in places],
            "bases": list(bases),
            "id": villages["village_id"].astype(str).tolist(),
            "name": _names(villages["name"]),
            "place": place.tolist(),
            **_positions(villages),
            "mobile": mobile.tolist(),
            "fixed": fixed.tolist(),
            "people": people.astype(object).where(people.notna(), None).tolist(),
            "basis": basis.tolist(),
        }
    )


def site_layer(sites: gpd.GeoDataFrame) -> bytes:
    """Write the layer of network sites.

    Parameters
    ----------
    sites : GeoDataFrame, n rows
        Point geometry in EPSG:4326; uses ``site_id, name, kind, technology``.

    Returns
    -------
    bytes
        UTF-8 JSON: ``id, name, kind, technology, lon, lat``, each of length n; ``kind`` is a
        :class:`~planning.vocabulary.SiteKind` value, which is also its map class.
    """
    return _to_json(
        {
            "format": _FORMAT,
            "id": sites["site_id"].astype(str).tolist(),
            "name": _names(sites["name"]),
            "kind": sites["kind"].astype(str).tolist(),
            "technology": [display_text(t, 12) for t in sites["technology"]],
            **_positions(sites),
        }
    )


def area_layer(rates: pd.DataFrame, lacking: MapClass) -> bytes:
    """Write how the areas of the ground are coloured for one gap at one day.

    The outlines are in the ground (:func:`geo.outlines.outlines`), fetched once; this is small.

    Parameters
    ----------
    rates : DataFrame, n rows
        In the order of the boundaries; uses ``name, lacking, known, unknown, shade``.
    lacking : MapClass
        What the counted villages lack.

    Returns
    -------
    bytes
        UTF-8 JSON: ``lack``, and ``name, lacking, known, unknown, shade``, each of length n.
    """
    return _to_json(
        {
            "format": _FORMAT,
            "lack": str(lacking),
            "name": _names(rates["name"]),
            "lacking": rates["lacking"].tolist(),
            "known": rates["known"].tolist(),
            "unknown": rates["unknown"].tolist(),
            "shade": rates["shade"].astype(str).tolist(),
        }
    )


def draft_layer(register: gpd.GeoDataFrame, classes: Sequence[str]) -> bytes:
    """Write the layer of a list that is not accepted yet, in the form of :func:`site_layer`.

    Parameters
    ----------
    register : GeoDataFrame, n rows
        Points in EPSG:4326; rows without a position are left out.
    classes : sequence of str, length n
        ``faulty``, ``doubtful`` or ``sound``: the map class of each row.

    Returns
    -------
    bytes
    """
    placed = ~(register.geometry.is_empty | register.geometry.isna()).to_numpy()
    shown = register[placed]
    return _to_json(
        {
            "format": _FORMAT,
            "id": shown["village_id"].astype(str).tolist(),
            "name": _names(shown["name"]),
            "kind": np.asarray(classes, dtype=object)[placed].tolist(),
            "technology": [""] * len(shown),
            **_positions(shown),
        }
    )


def _names(column: pd.Series[Any]) -> list[str]:
    return [display_text(name, _NAME_LENGTH) for name in column]


def _positions(frame: gpd.GeoDataFrame) -> dict[str, list[float]]:
    points = frame.geometry
    return {
        "lon": np.round(points.x.to_numpy(), _DECIMALS).tolist(),
        "lat": np.round(points.y.to_numpy(), _DECIMALS).tolist(),
    }


def _to_json(layer: dict[str, Any]) -> bytes:
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
