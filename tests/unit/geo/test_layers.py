"""The map's layers carry exactly what the browser draws."""

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from geo.layers import (
    FIXED_CLASSES,
    MOBILE_CLASSES,
    PointStatus,
    area_layer,
    fixed_status,
    mobile_status,
    site_layer,
    village_layer,
)
from geo.symbology import SYMBOLS, MapClass

S = PointStatus


def codes(values: list[int]) -> NDArray[np.int8]:
    return np.array(values, dtype=np.int8)


def register(**columns: Any) -> gpd.GeoDataFrame:
    frame = {
        "village_id": ["LC-1", "LC-2"],
        "name": ["Y Tý – thôn 1", "<img src=x>\u202e"],
        "commune": ["Xã Y Tý", "Xã A Lù"],
        "district": ["Huyện Bát Xát", "Huyện Bát Xát"],
        "people": pd.array([312, None], dtype="Int64"),
        "position_basis": ["surveyed", "commune_centre"],
        **columns,
    }
    points = gpd.points_from_xy([103.6123456, 103.7], [22.6543211, 22.5])
    return gpd.GeoDataFrame(frame, geometry=points, crs=4326)


def test_mobile_states_become_statuses() -> None:
    now = pd.Series(["broadband", "2g_only", "partial", "no_signal", "unknown", None])
    expected = [S.SERVED, S.LACKING, S.LACKING, S.NO_SIGNAL, S.UNKNOWN, S.UNKNOWN]
    assert mobile_status(now).tolist() == expected


def test_fixed_states_become_statuses() -> None:
    now = pd.Series(["fibre", "other", "none", "unknown", None])
    assert fixed_status(now).tolist() == [S.SERVED, S.LACKING, S.LACKING, S.UNKNOWN, S.UNKNOWN]


def test_only_a_village_that_lacked_the_service_is_connected_since() -> None:
    baseline = pd.Series(["no_signal", "2g_only", "unknown", "broadband", None, "broadband"])
    now = pd.Series(["broadband"] * 5 + ["no_signal"], index=range(10, 16))
    expected = [S.SINCE, S.SINCE, S.SERVED, S.SERVED, S.SERVED, S.NO_SIGNAL]
    assert mobile_status(now, baseline).tolist() == expected


def test_a_village_that_still_lacks_the_service_is_not_connected_since() -> None:
    lacking = pd.Series(["none", "other"])
    assert fixed_status(lacking, lacking).tolist() == [S.LACKING, S.LACKING]


def test_every_status_that_can_be_drawn_has_a_symbol() -> None:
    drawn = {*MOBILE_CLASSES.values(), *FIXED_CLASSES.values()}
    assert drawn <= SYMBOLS.keys()
    assert set(MOBILE_CLASSES) == set(PointStatus)


def test_the_village_layer_has_a_value_of_every_column_for_every_village() -> None:
    layer = json.loads(village_layer(register(), codes([1, 3]), codes([2, 4])))
    assert layer == {
        "format": 1,
        "places": [["Xã A Lù", "Huyện Bát Xát"], ["Xã Y Tý", "Huyện Bát Xát"]],
        "bases": ["commune_centre", "surveyed"],
        "id": ["LC-1", "LC-2"],
        "name": ["Y Tý – thôn 1", "<img src=x>"],
        "place": [1, 0],
        "lon": [103.61235, 103.7],
        "lat": [22.65432, 22.5],
        "mobile": [1, 3],
        "fixed": [2, 4],
        "people": [312, None],
        "basis": [1, 0],
    }


def test_the_same_villages_give_the_same_bytes() -> None:
    served = codes([0, 0])
    first = village_layer(register(), served, served)
    assert village_layer(register(), served, served) == first


def test_statuses_of_another_register_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(2, 2, 1\)"):
        village_layer(register(), codes([0, 0]), codes([0]))


def test_the_area_layer_holds_what_a_tooltip_says_and_a_class_of_each_area() -> None:
    rates = pd.DataFrame(
        {
            "code": ["1", "2"],
            "name": ["Xã Y Tý", "<b>\u202e"],
            "villages": [5, 0],
            "lacking": [1, 0],
            "known": [4, 0],
            "unknown": [1, 0],
            "rate": [0.25, np.nan],
            "shade": ["share_3", "share_empty"],
        }
    )
    assert json.loads(area_layer(rates, MapClass.NO_FIBRE)) == {
        "format": 1,
        "lack": "no_fibre",
        "name": ["Xã Y Tý", "<b>"],
        "lacking": [1, 0],
        "known": [4, 0],
        "unknown": [1, 0],
        "shade": ["share_3", "share_empty"],
    }


def test_the_site_layer_names_kind_and_technology() -> None:
    sites = gpd.GeoDataFrame(
        {
            "site_id": ["S1"],
            "name": ["Trạm\n1"],
            "kind": ["base_station"],
            "technology": ["4g"],
        },
        geometry=gpd.points_from_xy([104.0], [22.0]),
        crs=4326,
    )
    assert json.loads(site_layer(sites)) == {
        "format": 1,
        "id": ["S1"],
        "name": ["Trạm 1"],
        "kind": ["base_station"],
        "technology": ["4g"],
        "lon": [104.0],
        "lat": [22.0],
    }
