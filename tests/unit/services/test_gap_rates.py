"""The share of villages with a gap in each area, by code first and by position where need be."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.boundaries import Boundaries, read_boundaries
from geo.boundary_columns import AreaLevel
from geo.boundary_file import as_table
from planning.vocabulary import Gap
from services.assess import assess
from services.boundaries import areas_of_villages, gap_rates
from services.province import Province, shipped_province


@pytest.fixture
def units() -> Boundaries:
    frame = gpd.GeoDataFrame(
        {"code": ["00001", "00002", "00003", None], "name": ["Một", "Hai", "Ba", "Bốn"]},
        geometry=[shapely.box(i, 0, i + 1, 1) for i in range(4)],
        crs=4326,
    )
    return read_boundaries(as_table(frame, "f"), level=AreaLevel.UNIT)


def register(codes: list[str | None], lon: list[float]) -> Any:
    frame = gpd.GeoDataFrame(
        {"unit_code": pd.Series(codes, dtype="str")},
        geometry=gpd.points_from_xy(lon, [0.5] * len(lon)),
        crs=4326,
    )
    return SimpleNamespace(villages=frame)


def assessed(states: list[str]) -> Any:
    names = np.array(states)
    return SimpleNamespace(
        lacking={Gap.FIBRE: names == "lacking"}, unknown={Gap.FIBRE: names == "unknown"}
    )


def test_the_registers_code_comes_before_the_position(units: Boundaries) -> None:
    villages = register(["00002", None, "99999", None], [0.5, 0.5, 2.5, 7.5])
    assert areas_of_villages(villages, units).tolist() == [1, 0, 2, -1]


def test_rates_by_hand(units: Boundaries) -> None:
    # Một: 1 of 4 lacks it, one more is not known; Hai: nothing is known; Ba: nobody lives there.
    codes: list[str | None] = ["00001"] * 5 + ["00002"] + [None] * 2
    states = ["lacking", "served", "served", "served", "unknown", "unknown", "served", "lacking"]
    table = gap_rates(register(codes, [0.5] * 6 + [3.5, 9.5]), units, assessed(states), Gap.FIBRE)
    assert table["name"].tolist() == ["Một", "Hai", "Ba", "Bốn"]
    assert table["villages"].tolist() == [5, 1, 0, 1]
    assert table["known"].tolist() == [4, 0, 0, 1]
    assert table["unknown"].tolist() == [1, 1, 0, 0]
    assert table["lacking"].tolist() == [1, 0, 0, 0]
    assert table["rate"].tolist()[0] == 0.25
    assert table["rate"].isna().tolist() == [False, True, True, False]
    assert table["shade"].tolist() == ["share_3", "share_unknown", "share_empty", "share_0"]


@pytest.mark.parametrize(
    ("lacking", "of", "shade"),
    [
        (0, 20, "share_0"),
        (1, 100, "share_1"),
        (1, 20, "share_1"),
        (3, 20, "share_2"),
        (16, 100, "share_3"),
        (30, 100, "share_3"),
        (31, 100, "share_4"),
        (20, 20, "share_4"),
    ],
)
def test_a_class_ends_where_it_says(units: Boundaries, lacking: int, of: int, shade: str) -> None:
    states = ["lacking"] * lacking + ["served"] * (of - lacking)
    table = gap_rates(register(["00001"] * of, [0.5] * of), units, assessed(states), Gap.FIBRE)
    assert table["shade"].iloc[0] == shade


def test_the_rates_of_the_shipped_province_add_up_to_its_key_figures() -> None:
    province: Province = shipped_province()
    named = pd.DataFrame(province.villages[["district_code", "district"]]).drop_duplicates()
    hulls = province.villages.dissolve("district_code").convex_hull
    frame = gpd.GeoDataFrame(
        {"code": named["district_code"], "name": named["district"]},
        geometry=hulls.loc[named["district_code"]].to_numpy(),
        crs=4326,
    )
    districts = read_boundaries(as_table(frame, "f"))
    now = assess(province, date(2024, 3, 14))
    table = gap_rates(province, districts, now, Gap.FIBRE).set_index("code")
    assert (table["villages"].sum(), table["lacking"].sum()) == (1568, 225)
    by_district = now.by_district.set_index("district_code")
    assert table["lacking"].to_dict() == by_district["fibre"].to_dict()
