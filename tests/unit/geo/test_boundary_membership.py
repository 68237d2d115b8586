"""A village lies where it is said to lie, or the area it really lies in is named."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.boundaries import Boundaries, read_boundaries
from geo.boundary_columns import AreaLevel
from geo.boundary_file import as_table
from geo.boundary_membership import areas_at, inside, stated_areas


@pytest.fixture
def communes() -> Boundaries:
    """Three cells in a row; the third also claims the right half of the second; a lone fourth."""
    frame = gpd.GeoDataFrame(
        {
            "code": ["00001", "00002", "00003", "00004"],
            "name": ["Xã Y Tý", "Phường Hoà Bình", "Xã Tả Van", "Xã Tả Van"],
        },
        geometry=[
            shapely.box(0, 0, 1, 1),
            shapely.box(1, 0, 2, 1),
            shapely.box(1.5, 0, 3, 1),
            shapely.box(9, 0, 10, 1),
        ],
        crs=4326,
    )
    return read_boundaries(as_table(frame, "f"), level=AreaLevel.COMMUNE)


def test_every_case_of_a_stated_code(communes: Boundaries) -> None:
    lon = [0.5, 0.5, 1.7, 1.7, 5.0, np.nan, 0.5, 0.5]
    stated = ["00001", "00002", "00002", "00003", "00001", "00001", None, "99999"]
    result = inside(communes, lon, [0.5] * 8, pd.Series(stated, dtype="str"))
    assert result.status.tolist() == [
        "inside",
        "outside",
        "inside",
        "inside",
        "outside",
        "unknown",
        "unknown",
        "unknown",
    ]
    assert result.area.tolist() == [0, 0, 1, 2, -1, -1, 0, 0]


def test_names_match_whatever_their_kind_and_case(communes: Boundaries) -> None:
    names = pd.Series(
        ["y ty", "XÃ Y TÝ", "P. Hòa Bình", "phường hòa bình", "X.Y Tý", "Tả Van", "", "–"],
        dtype="str",
    )
    # A name that two areas bear means neither.
    assert stated_areas(communes, names).tolist() == [0, 0, 1, 1, 0, -1, -1, -1]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (["Xã Nậm Chảy", "Nậm Chày", "X. Nậm Chảy", "P.Lào Cai"], [0, 1, 0, 2]),
        # Without accents the two are one name, unless the list writes accents elsewhere.
        (["Nam Chay", "Lao Cai"], [-1, 2]),
        (["Sa Pa", "Lao Cai"], [-1, 2]),
        (["Sa Pa", "Lào Cai"], [3, 2]),
        (["Nậm Chay", "Lao Cai"], [-1, 2]),
    ],
)
def test_an_accent_is_part_of_a_name(stated: list[str], expected: list[int]) -> None:
    names = ["Xã Nậm Chảy", "Xã Nậm Chày", "Phường Lào Cai", "Thị trấn Sa Pa", "Xã Sa Pả"]
    shapes = [shapely.box(at, 0, at + 1, 1) for at in range(5)]
    frame = gpd.GeoDataFrame({"name": names}, geometry=shapes, crs=4326)
    areas = read_boundaries(as_table(frame, "f"), level=AreaLevel.COMMUNE)
    assert stated_areas(areas, pd.Series(stated, dtype="str")).tolist() == expected


def test_a_point_on_a_border_lies_in_both_areas(communes: Boundaries) -> None:
    border = inside(communes, [1.0, 1.0], [0.5, 0.5], pd.Series(["00001", "00002"]))
    assert border.status.tolist() == ["inside", "inside"]


def test_areas_at_agrees_with_a_look_at_every_area() -> None:
    rng = np.random.default_rng(7)
    corners = rng.uniform(0, 9, (12, 2))
    shapes = [shapely.box(x, y, x + 1.5, y + 1.5) for x, y in corners]
    frame = gpd.GeoDataFrame({"code": [f"{i:05d}" for i in range(12)]}, geometry=shapes, crs=4326)
    areas = read_boundaries(as_table(frame, "f"), level=AreaLevel.UNIT)
    lon, lat = rng.uniform(0, 10, (2, 500))
    expected = [
        next((i for i, shape in enumerate(shapes) if shape.covers(shapely.Point(x, y))), -1)
        for x, y in zip(lon, lat, strict=True)
    ]
    assert areas_at(areas, lon, lat).tolist() == expected


def test_no_villages_are_no_trouble(communes: Boundaries) -> None:
    nobody = inside(communes, [], [], pd.Series([], dtype="str"))
    assert len(nobody.status) == len(nobody.area) == 0
