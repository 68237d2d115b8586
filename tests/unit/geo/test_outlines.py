"""The ground from real boundaries: true outlines, numbered for their colours."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import pytest
import shapely

from geo.backdrop import backdrop
from geo.boundaries import Boundaries, read_boundaries
from geo.boundary_columns import AreaLevel
from geo.boundary_file import as_table
from geo.outlines import outlines


def boundaries(level: AreaLevel) -> Boundaries:
    shapes = [shapely.box(104 + i / 10, 22, 104.1 + i / 10, 22.1) for i in range(3)]
    digits = 3 if level is AreaLevel.DISTRICT else 5
    frame = gpd.GeoDataFrame(
        {"code": [f"{i:0{digits}d}" for i in range(3)], "name": ["Xã A", "Phường B", None]},
        geometry=shapes,
        crs=4326,
    )
    return read_boundaries(as_table(frame, "f"), level=level)


def villages() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "commune_code": ["00000", "00001", "00001"],
            "commune": ["A", "B", "B"],
            "district_code": ["080", "082", "080"],
            "district": ["Huyện Đông", "Huyện Tây", "Huyện Đông"],
        },
        geometry=gpd.points_from_xy([104.05, 104.15, 104.15], [22.05, 22.05, 22.06]),
        crs=4326,
    )


def ground(level: AreaLevel) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(outlines(boundaries(level), villages()))
    return content


def level_of(content: dict[str, Any], level: str) -> list[dict[str, Any]]:
    return [f for f in content["features"] if f["properties"]["level"] == level]


def test_the_ground_says_what_its_outlines_are() -> None:
    assert ground(AreaLevel.UNIT)["basis"] == "boundaries"
    assert json.loads(backdrop(villages()))["basis"] == "villages"


def test_every_area_keeps_its_outline_its_number_and_a_label_inside() -> None:
    inner = level_of(ground(AreaLevel.COMMUNE), "inner")
    assert [f["properties"]["area"] for f in inner] == [0, 1, 2]
    assert [f["properties"]["name"] for f in inner] == ["A", "Phường B", ""]
    for i, feature in enumerate(inner):
        shape = shapely.geometry.shape(feature["geometry"])
        expected = shapely.box(104 + i / 10, 22, 104.1 + i / 10, 22.1)
        assert shapely.symmetric_difference(shape, expected).area < 1e-9
        assert shape.covers(shapely.Point(feature["properties"]["at"]))


def test_old_communes_join_into_the_districts_of_their_first_villages() -> None:
    outer = level_of(ground(AreaLevel.COMMUNE), "outer")
    assert [f["properties"]["name"] for f in outer] == ["Đông", "Tây", ""]
    assert shapely.geometry.shape(outer[1]["geometry"]).bounds == pytest.approx(
        (104.1, 22, 104.2, 22.1)
    )


def test_units_lie_in_no_district_and_are_framed_as_a_whole() -> None:
    (outer,) = level_of(ground(AreaLevel.UNIT), "outer")
    assert outer["properties"]["name"] == ""
    assert shapely.geometry.shape(outer["geometry"]).bounds == pytest.approx((104, 22, 104.3, 22.1))


def test_districts_are_large_areas_themselves() -> None:
    content = ground(AreaLevel.DISTRICT)
    assert level_of(content, "inner") == []
    assert [f["properties"]["area"] for f in level_of(content, "outer")] == [0, 1, 2]


def test_simplified_neighbours_still_share_their_border() -> None:
    wavy = [(104.1 + 0.000002 * (-1) ** i, 22 + i / 1000) for i in range(101)]
    west = shapely.Polygon([(104, 22), *wavy, (104, 22.1)])
    east = shapely.Polygon([(104.2, 22), *wavy, (104.2, 22.1)])
    frame = gpd.GeoDataFrame({"code": ["00000", "00001"]}, geometry=[west, east], crs=4326)
    known = read_boundaries(as_table(frame, "f"), level=AreaLevel.UNIT)
    content = outlines(known, villages())
    shapes = [shapely.geometry.shape(f["geometry"]) for f in level_of(json.loads(content), "inner")]
    assert sum(len(shapely.get_coordinates(shape)) for shape in shapes) < 103
    assert shapes[0].intersection(shapes[1]).area == 0
    assert shapely.union_all(shapes).area == pytest.approx(0.02, rel=1e-3)
