"""Drawing a map: what the server does and sends, beside a folium loop and pydeck.

The component's front door is replaced by one that writes the message down, as JSON. The browser's
share is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pydeck
import streamlit_folium

from benchmarks.measure import Timing, measure
from geo.layers import village_layer
from ui.map.base import MapAssets, OfflineMap
from ui.map.layers import PlannerLayers, Villages

_ASSETS = MapAssets("/app/static", "0123", "layers/" + "0" * 40 + ".js", "layers/" + "1" * 40)
_LAYER = "layers/" + "2" * 40 + ".json"


def drawing(rounds: int, n: int) -> list[tuple[str, ...]]:
    """Seconds and bytes of a first draw; ours also of every draw after it."""
    villages = _villages(n)
    ways: dict[str, Callable[[], int]] = {
        "ours, first draw": partial(_first, villages),
        "ours, each rerun": partial(_rerun, n),
        "folium loop, st_folium": partial(_folium, villages),
        "pydeck": partial(_pydeck, villages),
    }
    timings = measure(ways, rounds)
    folium_s = timings["folium loop, st_folium"].median_s
    folium_bytes = timings["folium loop, st_folium"].result
    work = f"map of {n:,}"

    def row(name: str, timing: Timing) -> tuple[str, ...]:
        own = timings["ours, first draw"]
        sent = timing.result
        bar = "≥ 5, both" if name.startswith("folium") else ""
        told = f"{sent / 1e3:,.1f} kB, {sent / own.result:.2f} × ours"
        if name.startswith("ours"):
            told = (
                f"{sent / 1e3:,.1f} kB; folium {folium_s / timing.median_s:,.0f} × the time,"
                f" {folium_bytes / sent:,.1f} × the bytes"
            )
        return (work, name, str(timing), f"{timing.median_s / own.median_s:.1f}", bar, told)

    return [row(name, timing) for name, timing in timings.items()]


def _villages(n: int) -> gpd.GeoDataFrame:
    rng = np.random.default_rng(n)
    commune = rng.integers(0, max(n // 15, 1), n)
    return gpd.GeoDataFrame(
        {
            "village_id": [f"LC-{i:07d}" for i in range(n)],
            "name": [f"Thôn Bản Phố {i}" for i in range(n)],
            "commune": [f"Xã {c}" for c in commune],
            "district": [f"Huyện {c // 15}" for c in commune],
            "people": rng.lognormal(6.0, 0.7, n).round(),
            "position_basis": "village_centre",
        },
        geometry=gpd.points_from_xy(rng.uniform(102, 108, n), rng.uniform(15, 23, n)),
        crs=4326,
    )


def _first(villages: gpd.GeoDataFrame) -> int:
    status = np.zeros(len(villages), dtype=np.int8)
    return len(village_layer(villages, status, status)) + _rerun(len(villages))


def _rerun(n: int) -> int:
    visible = np.arange(n) % 3 > 0
    return _sent(
        OfflineMap(assets=_ASSETS, bounds=(102, 15, 108, 23), name="main"),
        feature_group_to_add=PlannerLayers(
            base="/app/static", villages=Villages(_LAYER, visible, "LC-0000001")
        ),
    )


def _folium(villages: gpd.GeoDataFrame) -> int:
    drawn = folium.Map(location=[19, 105], zoom_start=7)
    for village in villages.itertuples():
        folium.CircleMarker(
            [village.geometry.y, village.geometry.x],
            radius=4,
            tooltip=f"{village.name}, {village.commune}, {village.district} ({village.village_id})",
        ).add_to(drawn)
    return _sent(drawn)


def _pydeck(villages: gpd.GeoDataFrame) -> int:
    table = villages.drop(columns="geometry").assign(
        lon=villages.geometry.x, lat=villages.geometry.y
    )
    layer = pydeck.Layer("ScatterplotLayer", table, get_position=["lon", "lat"], pickable=True)
    return len(pydeck.Deck([layer], tooltip={"text": "{name}, {commune}"}).to_json().encode())


def _sent(drawn: folium.Map, **options: Any) -> int:
    message: dict[str, Any] = {}

    def component(**arguments: Any) -> Any:
        message.update(arguments)
        return arguments["default"]

    real = streamlit_folium._component_func
    streamlit_folium._component_func = component
    try:
        streamlit_folium.st_folium(
            drawn, key="map", returned_objects=["last_object_clicked_tooltip"], **options
        )
    finally:
        streamlit_folium._component_func = real
    return len(json.dumps(message, default=str, ensure_ascii=False).encode())
