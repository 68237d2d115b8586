"""The generated list with a slip in every row, and as it comes a quarter later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks.office_list import NAME

Spoil = Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]


def next_list(villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the list a quarter later: some renamed, moved, covered or gone, many larger."""
    rng = np.random.default_rng(len(villages))

    def some(share: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return rng.random(len(villages)) < share

    moved = villages.geometry.where(~some(0.02), villages.geometry.translate(0.001, 0.001))
    later = villages.set_geometry(moved).assign(
        **{
            NAME: villages[NAME].where(~some(0.02), villages[NAME] + " mới"),
            "Số hộ": villages["Số hộ"] + 3 * some(0.3),
            "Di động": villages["Di động"].where(~some(0.05), "3G/4G"),
            "Ngày cập nhật": villages["Ngày cập nhật"] + pd.Timedelta(days=91),
        }
    )
    return later[~some(0.01)].reset_index(drop=True)


def _with(**columns: Callable[[pd.Series[str]], Any]) -> Spoil:
    def spoil(villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        number = pd.Series(np.arange(len(villages)), index=villages.index).astype("str")
        return villages.assign(**{name: make(number) for name, make in columns.items()})

    return spoil


def _on_spots(villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    every_second = np.arange(len(villages)) // 2 * 2
    return villages.set_geometry(villages.geometry.iloc[every_second].reset_index(drop=True))


def _turned_round(villages: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return villages.set_geometry(villages.geometry.iloc[::-1].reset_index(drop=True))


FAULTS: Final[Mapping[str, Spoil]] = {
    "another word for a number": _with(**{"Số hộ": lambda number: "nhiều " + number}),
    "another strange word for the power": _with(**{"Điện lưới": lambda number: "lạ " + number}),
    "no date": _with(**{"Ngày cập nhật": lambda _: "31/02/2025"}),
    "the same key": _with(**{"Mã thôn": lambda _: "LC-1"}),
    "the same name": _with(**{NAME: lambda _: "Thôn Một"}),
    "another unknown district": _with(
        **{"Huyện": lambda number: "Huyện lạ " + number, "Mã huyện": lambda _: None}
    ),
    "another unknown commune": _with(
        **{
            "Xã cũ": lambda number: "Xã lạ " + number,
            **{name: lambda _: None for name in ("Mã xã cũ", "Xã mới", "Mã xã mới")},
        }
    ),
    "a neighbour on the same spot": _on_spots,
    "the position of another commune": _turned_round,
}
"""What every row has wrong, and how a list comes to have it."""
