"""The offline background covers every village, whatever the province looks like."""

import json
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import Point, shape

from geo.backdrop import MAX_CELLS, backdrop


def register(
    points: Sequence[tuple[float, float]], communes: Sequence[str], districts: Sequence[str]
) -> gpd.GeoDataFrame:
    frame = {
        "commune_code": list(communes),
        "commune": [f"Xã {code}" for code in communes],
        "district_code": list(districts),
        "district": [f"Huyện {code}" for code in districts],
    }
    xy = np.array(points, dtype=float)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(xy[:, 0], xy[:, 1]), crs=4326)


def areas(villages: gpd.GeoDataFrame, level: str) -> dict[str, Any]:
    features = json.loads(backdrop(villages))["features"]
    return {
        f["properties"]["name"]: shape(f["geometry"])
        for f in features
        if f["properties"]["level"] == level
    }


SHAPES = {
    "one village": [(104.0, 22.0)],
    "two villages": [(104.0, 22.0), (104.1, 22.1)],
    "two on one spot": [(104.0, 22.0), (104.0, 22.0)],
    "three": [(104.0, 22.0), (104.1, 22.0), (104.0, 22.1)],
    "three and a double": [(104.0, 22.0), (104.1, 22.0), (104.0, 22.1), (104.0, 22.1)],
    "five on a line": [(104.0 + i / 10, 22.0 + i / 20) for i in range(5)],
    "five on a parallel": [(104.0 + i / 10, 22.0) for i in range(5)],
    "far apart": [(102.0, 9.0), (109.0, 23.0), (104.0, 22.0)],
}


@pytest.mark.parametrize("points", SHAPES.values(), ids=SHAPES.keys())
def test_every_village_stands_on_land(points: list[tuple[float, float]]) -> None:
    villages = register(points, [str(i) for i in range(len(points))], ["D"] * len(points))
    (land,) = areas(villages, "outer").values()
    assert land.is_valid
    assert all(land.covers(Point(p)) for p in points)


def test_each_commune_covers_its_own_villages_and_no_other() -> None:
    points = [(104 + x / 10, 22 + y / 10) for x in range(6) for y in range(4)]
    communes = ["west" if x < 3 else "east" for x in range(6) for _ in range(4)]
    inner = areas(register(points, communes, communes), "inner")
    for point, commune in zip(points, communes, strict=True):
        assert [name for name, area in inner.items() if area.contains(Point(point))] == [commune]


def test_communes_fill_their_district_without_overlap() -> None:
    rng = np.random.default_rng(5)
    points = [tuple(p) for p in rng.uniform([104, 22], [105, 23], (300, 2))]
    communes = [f"{int(x * 4) % 4}{int(y * 3) % 3}" for x, y in points]
    villages = register(points, communes, [code[0] for code in communes])
    inner, outer = areas(villages, "inner"), areas(villages, "outer")
    assert len(inner) == 12
    assert len(outer) == 4
    together = sum(area.area for area in inner.values())
    assert shapely.union_all(list(inner.values())).area == pytest.approx(together, rel=1e-3)
    assert sum(area.area for area in outer.values()) == pytest.approx(together, rel=1e-3)


def test_labels_stand_inside_their_area() -> None:
    points = [(104 + x / 10, 22 + y / 10) for x in range(6) for y in range(4)]
    villages = register(points, [str(i % 3) for i in range(24)], ["D"] * 24)
    for feature in json.loads(backdrop(villages))["features"]:
        assert shape(feature["geometry"]).covers(Point(feature["properties"]["at"]))


def test_the_usual_kind_of_area_goes_without_saying() -> None:
    villages = register([(104.0, 22.0)], ["1"], ["D"])
    villages["commune"] = "Xã Y\u200b Tý"
    villages["district"] = "Thị xã Sa Pa"
    names = [f["properties"]["name"] for f in json.loads(backdrop(villages))["features"]]
    assert names == ["Y Tý", "Thị xã Sa Pa"]


def test_a_numbered_commune_keeps_its_kind() -> None:
    villages = register([(104.0, 22.0)], ["1"], ["D"])
    assert list(areas(villages, "inner")) == ["Xã 1"]


def test_the_order_of_the_villages_does_not_matter() -> None:
    points = [(104 + x / 10, 22 + y / 10) for x in range(4) for y in range(4)]
    villages = register(points, [str(i // 4) for i in range(16)], ["D"] * 16)
    assert backdrop(villages) == backdrop(villages.iloc[::-1])


def test_a_country_of_villages_is_thinned_but_keeps_every_commune() -> None:
    rng = np.random.default_rng(1)
    xy = rng.uniform([102, 10], [108, 22], (2 * MAX_CELLS, 2))
    codes = [f"{int(x)}-{int(y)}" for x, y in xy]
    villages = register([tuple(p) for p in xy], codes, [code.split("-")[0] for code in codes])
    content = backdrop(villages)
    assert len(areas(villages, "inner")) == 72
    assert len(content) < 1_000_000


def test_a_register_without_villages_has_no_background() -> None:
    villages = register([(104.0, 22.0)], ["1"], ["D"])
    with pytest.raises(ValueError, match="villages"):
        backdrop(villages.iloc[:0])


def test_villages_whose_commune_or_district_is_not_known_break_nothing() -> None:
    villages = gpd.GeoDataFrame(
        {
            "commune_code": ["02701", None, None, None],
            "commune": ["Xã Y Tý", None, None, None],
            "unit_code": ["02701", "02695", "02695", None],
            "unit": ["Xã Y Tý", "Xã Trịnh Tường", "Xã Trịnh Tường", None],
            "district_code": ["082", None, None, None],
            "district": ["Huyện Bát Xát", None, None, None],
        },
        geometry=gpd.points_from_xy([103.6, 103.7, 103.75, 103.9], [22.6, 22.7, 22.65, 22.5]),
        crs="EPSG:4326",
    )
    drawn = json.loads(backdrop(villages))["features"]
    names: dict[str, list[str]] = {"inner": [], "outer": []}
    for feature in drawn:
        names[feature["properties"]["level"]].append(feature["properties"]["name"])
    assert sorted(names["inner"]) == ["", "Trịnh Tường", "Y Tý"]
    assert sorted(names["outer"]) == ["", "Bát Xát"]
