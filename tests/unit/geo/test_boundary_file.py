"""A province's boundaries come back from their file as they went in."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.boundaries import read_boundaries
from geo.boundary_columns import AreaLevel
from geo.boundary_file import as_table, read_boundary_file, write_boundaries
from planning.errors import DataError


def areas() -> gpd.GeoDataFrame:
    third = 1 / 3
    shapes = [
        shapely.MultiPolygon(
            [shapely.box(104, 22, 104 + third, 22.5), shapely.box(105, 22, 106, 23)]
        ),
        shapely.box(104 + third, 22, 105, 22.5),
    ]
    return gpd.GeoDataFrame(
        {"code": ["02701", None], "name": ['Xã "Y Tý"\\', "A Lù"]}, geometry=shapes, crs=4326
    )


def test_reading_what_was_written_gives_the_same(tmp_path: Path) -> None:
    first = read_boundaries(as_table(areas(), "f"), level=AreaLevel.UNIT)
    path = tmp_path / "boundaries.geojson"
    path.write_bytes(write_boundaries(first))
    again = read_boundary_file(path)
    assert again.level is AreaLevel.UNIT
    assert again.codes.tolist() == first.codes.tolist() == ["02701", None]
    assert again.names.tolist() == first.names.tolist()
    assert shapely.equals_exact(again.polygons, first.polygons).all()
    assert again.area_km2 == pytest.approx(first.area_km2)
    assert write_boundaries(again) == write_boundaries(first)


def test_a_file_that_names_one_code_twice_is_refused_with_its_faults(tmp_path: Path) -> None:
    twice = areas().assign(code=["02701", "02701"], level="unit")
    path = tmp_path / "boundaries.geojson"
    path.write_text(twice.to_json(), encoding="utf-8")
    with pytest.raises(DataError) as refusal:
        read_boundary_file(path)
    assert [fault.key for fault in refusal.value.faults] == ["fault-boundary-code-twice"]


@pytest.mark.parametrize("content", ["", "{", json.dumps({"type": "FeatureCollection"}), "<VRT/>"])
def test_what_is_no_map_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "boundaries.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError):
        read_boundary_file(path)
