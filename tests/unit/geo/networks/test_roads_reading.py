"""Roads of foreign files: every format, every kind of dirt, and nothing that runs."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.networks.roads import Roads, read_roads, roads_near
from i18n import LANGUAGES, translator
from i18n.refusals import say_fault, say_refusal, say_remedy
from planning.errors import DataError, Severity
from tests.unit.geo.networks.drawn_roads import line, places, roads, write_geojson

ROADS = [line((0, 0), (100, 0)), line((100, 0), (100, 100), (200, 150))]


def counts(made: Roads) -> dict[str, float]:
    return {fault.key: fault.values["count"] for fault in made.faults}


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".zip"])
def test_roads_are_the_same_in_every_format(tmp_path: Path, suffix: str) -> None:
    frame = gpd.GeoDataFrame({"highway": ["track", "path"]}, geometry=ROADS, crs="EPSG:4326")
    path = tmp_path / f"roads{suffix}"
    match suffix:
        case ".parquet":
            frame.to_parquet(path)
        case ".zip":
            frame.to_file(path.with_suffix(".shz"), driver="ESRI Shapefile")
            path.with_suffix(".shz").rename(path)
        case _:
            frame.to_file(path)
    made = read_roads(path)
    assert [shape.wkt for shape in made.lines] == [
        shape.wkt for shape in sorted(ROADS, key=lambda shape: shape.wkb)
    ]
    assert sorted(made.road_class) == ["path", "track"]
    assert made.faults == ()


def test_metres_of_the_province_become_degrees(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(geometry=ROADS, crs="EPSG:4326").to_crs("EPSG:9208")
    frame.to_file(tmp_path / "roads.gpkg")
    made = read_roads(tmp_path / "roads.gpkg")
    for shape, wanted in zip(made.lines, roads(*ROADS).lines, strict=True):
        np.testing.assert_allclose(shape.coords, wanted.coords, atol=1e-7)


def test_what_a_file_says_of_its_roads_is_kept(tmp_path: Path) -> None:
    path = write_geojson(
        tmp_path / "roads.geojson",
        [
            (
                line((0, 0), (10, 0)),
                {"Loại đường": "Đường đất", "Hệ số chi phí": "1,5", "bridge": "yes"},
            ),
            (line((0, 5), (10, 5)), {"Loại đường": None, "Hệ số chi phí": None, "layer": -1}),
            (line((0, 9), (10, 9)), {"Hệ số chi phí": "rất khó", "bridge": "no"}),
        ],
    )
    made = read_roads(path)
    by_row = np.argsort(made.rows)
    assert made.road_class[by_row].tolist() == ["Đường đất", None, None]
    assert made.effort[by_row].tolist() == [1.5, 1.0, 1.0]
    assert made.level[by_row].tolist() == [1, -1, 0]
    assert counts(made) == {"fault-roads-effort": 1}


def test_dirt_is_counted_and_left_out(tmp_path: Path) -> None:
    path = write_geojson(
        tmp_path / "roads.geojson",
        [
            (shapely.Point(104, 22), {}),
            (shapely.box(104, 22, 104.1, 22.1), {}),
            (line((0, 0), (0, 0)), {}),
            (line((0, 0), (100, 0), (100, 0), (200, 0)), {}),
            (line((200, 0), (100, 0), (0, 0)), {"effort": 0.5}),
            (line((0, 0), (100, 100), (100, 0), (0, 100)), {}),
            (shapely.LineString([(204, 22), (204, 23)]), {}),
            (None, {}),
            (shapely.MultiLineString([line((0, 50), (9, 50)), line((0, 60), (9, 60))]), {}),
        ],
    )
    made = read_roads(path)
    assert len(made) == 4
    assert counts(made) == {
        "fault-roads-not-lines": 2,
        "fault-roads-off-earth": 1,
        "fault-roads-empty": 1,
        "fault-roads-tangled": 1,
        "fault-roads-twice": 1,
    }
    assert made.effort.min() == 0.5
    assert all(fault.severity is Severity.WARNING for fault in made.faults)
    for words in map(translator, LANGUAGES):
        assert all(say_fault(fault, words) and say_remedy(fault, words) for fault in made.faults)


def test_a_file_without_lines_is_refused_in_both_languages(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "points.geojson", [(shapely.Point(104, 22), {"a": 1})])
    with pytest.raises(DataError) as refused:
        read_roads(path)
    assert refused.value.key == "error-roads-no-lines"
    for words in map(translator, LANGUAGES):
        assert "points.geojson" in say_refusal(refused.value, words)


def test_a_table_of_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "roads.csv").write_text("a;b\n1;2\n3;4\n", "utf-8")
    with pytest.raises(DataError) as refused:
        read_roads(tmp_path / "roads.csv")
    assert refused.value.key == "error-roads-no-lines"


def test_a_file_that_names_another_file_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "roads.geojson"
    path.write_text(
        '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>",
        "utf-8",
    )
    with pytest.raises(DataError) as refused:
        read_roads(path)
    assert refused.value.key.startswith("error-intake-")


@pytest.mark.parametrize(
    "coordinates",
    [[[104, 22]], [], [["a", "b"], [1, 2]], [[104, 22], [None, 22]], [[104, 22], [1e300, 22]], 7],
)
def test_broken_coordinates_cost_their_own_road_alone(tmp_path: Path, coordinates: object) -> None:
    sound = json.loads(shapely.to_geojson(ROADS[0]))
    broken = {"type": "LineString", "coordinates": coordinates}
    features = [{"type": "Feature", "properties": {}, "geometry": g} for g in (broken, sound)]
    path = tmp_path / "roads.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    assert read_roads(path).rows.tolist() == [2]


def test_names_are_data_whatever_they_say(tmp_path: Path) -> None:
    name = "=cmd|'/c calc'!A1<script>alert(1)</script>${7*7}"
    path = write_geojson(tmp_path / "roads.geojson", [(ROADS[0], {"highway": name})])
    assert read_roads(path).road_class.tolist() == [name]


def test_a_shift_of_the_datum_is_refused_unless_a_person_decides(tmp_path: Path) -> None:
    shifted = (
        'PROJCS["VN_2000_Lao_Cai",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",'
        'SPHEROID["WGS_1984",6378137.0,298.257223563],TOWGS84[0,0,0,0,0,0,0]],'
        'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
        'PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],'
        'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",104.75],'
        'PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    )
    frame = gpd.GeoDataFrame(geometry=ROADS, crs="EPSG:4326").to_crs("EPSG:9208")
    path = tmp_path / "roads.shz"
    frame.to_file(path, driver="ESRI Shapefile")
    import zipfile  # noqa: PLC0415

    changed = tmp_path / "roads.zip"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for member in old.namelist():
            new.writestr(member, shifted if member.endswith(".prj") else old.read(member))
    with pytest.raises(DataError) as refused:
        read_roads(changed)
    assert refused.value.key == "error-roads-crs"
    assert [fault.key for fault in refused.value.faults] == ["fault-crs-shift"]
    np.testing.assert_allclose(
        read_roads(changed, crs="EPSG:9208").lines[0].coords, roads(*ROADS).lines[0].coords,
        atol=1e-7,
    )  # fmt: skip


def test_roads_of_other_provinces_are_left_out() -> None:
    near, far = ROADS[0], line((0, 90_000), (0, 95_000))
    kept = roads_near(roads(near, far), places("v", (0, 0)))
    assert [shape.wkt for shape in kept.lines] == [near.wkt]
    assert counts(kept) == {"fault-roads-far": 1}
    assert len(roads_near(roads(near, far), places("v", (0, 0), (0, 80_000)))) == 2


def test_roads_of_another_country_are_refused() -> None:
    with pytest.raises(DataError) as refused:
        roads_near(roads(shapely.LineString([(22, 70), (22.1, 70)])), places("v", (0, 0)))
    assert refused.value.key == "error-roads-elsewhere"
