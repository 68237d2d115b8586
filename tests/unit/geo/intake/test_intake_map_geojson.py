"""GeoJSON as offices and programs write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geo.intake.geojson import read_geojson
from geo.intake.json_text import cut_features
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError, Severity
from tests.unit.geo.intake.map_building import collection, feature

NONE = ReadOptions()


def read(folder: Path, text: str | bytes, options: ReadOptions = NONE) -> RawTable:
    path = folder / "thon.geojson"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read_geojson(path, options)


def point(x: Any, y: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


def test_each_cell_keeps_the_kind_the_file_gives_it(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        collection(
            feature(v="  Bản  "), feature(v=3), feature(v=2.5), feature(v=True), feature(v=None),
            feature(v=[1, {"a": "é"}]), feature(v="2024-03-14"), feature(v=""), feature(v=2**60),
        ),
    )  # fmt: skip
    column = table.columns[table.names.index("v")]
    texts = column.texts.astype(object).where(column.texts.notna(), None).tolist()
    assert texts == [
        "Bản", None, None, "TRUE", None, '[1,{"a":"é"}]', "2024-03-14", None, "1152921504606846976",
    ]  # fmt: skip
    assert column.numbers is not None
    np.testing.assert_array_equal(column.numbers, [np.nan, 3, 2.5, *[np.nan] * 6])
    assert column.days is None


def test_names_and_texts_are_composed(tmp_path: Path) -> None:
    table = read(
        tmp_path, collection({**feature(), "properties": {"Te\u0302n  thôn": "Ba\u0309n"}})
    )
    assert table.names == ["Tên thôn"]
    assert table.columns[0].texts.tolist() == ["Bản"]


def test_points_lie_where_the_file_says_and_missing_ones_nowhere(tmp_path: Path) -> None:
    polygon = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 1], [0, 0]]]}
    shapes = [
        point(103.84, 22.335),
        None,
        {"type": "Point", "coordinates": [104, 22, 850]},
        polygon,
    ]
    table = read(tmp_path, collection(*map(feature, shapes)))
    assert table.geometry is not None
    assert [shape and shape.wkt for shape in table.geometry] == [
        "POINT (103.84 22.335)",
        None,
        "POINT (104 22)",
        "POLYGON ((0 0, 2 0, 2 1, 0 0))",
    ]
    assert table.faults == ()
    assert table.rows.tolist() == [1, 2, 3, 4]


def test_broken_geometries_are_faults_of_their_rows_and_cost_no_other(tmp_path: Path) -> None:
    shapes = [
        point(103.84, 22.335),
        point("103", "22"),
        point(1e308, 1),
        {"type": "Point", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "LineString", "coordinates": [[0, 0], [1e300, 1]]},
    ]
    table = read(tmp_path, collection(*map(feature, shapes)))
    assert table.geometry is not None
    assert [shape is not None for shape in table.geometry] == [True, *[False] * 5]
    assert [(fault.row, fault.key, fault.severity) for fault in table.faults] == [
        (2, "fault-intake-map-geometry", Severity.ERROR),
        (3, "fault-intake-map-coordinate", Severity.ERROR),
        (4, "fault-intake-map-empty", Severity.WARNING),
        (5, "fault-intake-map-geometry", Severity.ERROR),
        (6, "fault-intake-map-coordinate", Severity.ERROR),
    ]
    assert table.columns[0].texts.tolist() == ["Thôn"] * 6


def test_a_feature_that_is_none_leaves_an_empty_row_and_a_fault(tmp_path: Path) -> None:
    table = read(tmp_path, collection(feature(), 7, {**feature(), "properties": [1]}))
    assert table.columns[0].texts.isna().tolist() == [False, True, True]
    assert [fault.row for fault in table.faults] == [2, 3]
    assert table.geometry is not None
    assert table.geometry[2].wkt == "POINT (103.9 22.3)"


@pytest.mark.parametrize(
    ("members", "crs"),
    [
        ({}, "EPSG:4326"),
        ({"crs": None}, None),
        (
            {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9208"}}},
            "EPSG:9208",
        ),
        (
            {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}},
            "OGC:CRS84",
        ),
    ],
)
def test_the_coordinate_system_is_the_stated_one(
    members: dict[str, Any], crs: str | None, tmp_path: Path
) -> None:
    table = read(tmp_path, collection(feature(), **members))
    assert table.crs_wkt == crs
    assert table.faults == ()


def test_a_linked_coordinate_system_is_reported_and_not_followed(tmp_path: Path) -> None:
    link = {"type": "link", "properties": {"href": "http://127.0.0.1:9/x"}}
    table = read(tmp_path, collection(feature(), crs=link))
    assert table.crs_wkt is None
    assert [fault.key for fault in table.faults] == ["fault-intake-map-crs"]


def test_metres_without_a_stated_system_are_not_called_degrees(tmp_path: Path) -> None:
    metres = [feature(point(440_000 + step, 2_480_000)) for step in range(3)]
    assert read(tmp_path, collection(*metres)).crs_wkt is None
    one_slip = [feature(), feature(), feature(point(1039, 22))]
    assert read(tmp_path, collection(*one_slip)).crs_wkt == "EPSG:4326"


def test_facts_beside_the_features_are_kept(tmp_path: Path) -> None:
    table = read(tmp_path, collection(feature(), metadata={"label": "Dữ liệu minh hoạ"}, name="x"))
    assert table.metadata == {"label": "Dữ liệu minh hoạ", "name": "x"}


def test_identifiers_of_features_are_a_column_unless_there_is_one(tmp_path: Path) -> None:
    table = read(tmp_path, collection({**feature(), "id": "LC-1"}, feature()))
    assert table.names[0] == "id"
    assert table.columns[0].texts.iloc[0] == "LC-1"
    kept = read(tmp_path, collection({**feature(id="a"), "id": "b"}))
    assert [column.texts.tolist() for column in kept.columns if column.name == "id"] == [["a"]]


def test_one_feature_and_one_feature_per_line_are_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, json.dumps(feature()))) == 1
    lines = "".join(f"\x1e{json.dumps(feature(n=number))}\n" for number in range(3))
    table = read(tmp_path, lines)
    assert table.columns[1].numbers is not None
    assert table.columns[1].numbers.tolist() == [0, 1, 2]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_other_spellings_of_unicode_are_understood(codec: str, tmp_path: Path) -> None:
    text = collection(feature()).replace("\\u00f4", "ô")
    assert read(tmp_path, text.encode(codec)).columns[0].texts.tolist() == ["Thôn"]


def test_a_key_written_twice_is_reported_with_its_count(tmp_path: Path) -> None:
    text = collection(feature(), feature()).replace('"ten":', '"ten": "khác", "ten":', 1)
    faults = read(tmp_path, text).faults
    assert [(fault.column, fault.values) for fault in faults] == [("ten", {"count": 1})]
    quoted = collection(feature(note='he said "x": y', more={"a": {"b": [1, {"c": 2}]}}))
    assert read(tmp_path, quoted).faults == ()


def test_refusals_name_the_place_of_the_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        read(tmp_path, '{"type": "FeatureCollection",\n "features": [NaN]}')
    assert refused.value.key == "error-intake-map-json-number"
    assert refused.value.values == {"file": "thon.geojson", "line": 2, "column": 15, "got": "NaN]}"}


def test_a_legacy_font_is_marked_and_decoded_when_asked_for(tmp_path: Path) -> None:
    names = ["Th«n B¶n Phè", "X· NËm Ch¶y", "B¶n Sµng", "Th«n Ph×n Hå", "Hå Mµ", "Th«n ThÊp"]
    text = collection(*(feature(ten=name) for name in names))
    marked = read(tmp_path, text)
    assert [fault.key for fault in marked.faults] == ["fault-legacy-text"]
    decoded = read(tmp_path, text, ReadOptions(encoding="tcvn3"))
    assert decoded.columns[0].texts.iloc[0] == "Thôn Bản Phố"


def test_thousand_random_points_come_back_exactly(tmp_path: Path) -> None:
    generator = np.random.default_rng(7)
    xy = generator.uniform((103, 21), (105, 23), (1_000, 2))
    table = read(tmp_path, collection(*(feature(point(x, y)) for x, y in xy.tolist())))
    assert table.geometry is not None
    np.testing.assert_array_equal(shapely.get_coordinates(table.geometry), xy)


def large(count: int, **members: Any) -> str:
    return collection(*(feature(n=number, note="x" * 900) for number in range(count)), **members)


def test_a_large_file_is_read_in_pieces_that_say_what_the_whole_says(tmp_path: Path) -> None:
    text = large(12_000, metadata={"label": "minh hoạ"})
    text = text.replace('"note": "x', '"late": 1, "note": "x', 1)[:-1] + ', "title": "cuối"}'
    assert len(cut_features(text.encode())) > 2
    table = read(tmp_path, text)
    assert table.names == ["ten", "n", "late", "note"]
    assert table.columns[1].numbers is not None
    assert table.columns[1].numbers.tolist() == list(range(12_000))
    assert table.columns[2].numbers is not None
    assert np.isfinite(table.columns[2].numbers).sum() == 1
    assert table.rows.tolist() == list(range(1, 12_001))
    assert table.metadata == {"label": "minh hoạ", "title": "cuối"}
    assert table.faults == ()


def test_a_large_file_that_cannot_be_cut_is_read_at_once(tmp_path: Path) -> None:
    inner: dict[str, Any] = {
        "type": "Feature",
        "properties": {},
        "geometry": None,
        "note": "x" * 900,
    }
    text = collection({**feature(), "parts": [inner] * 12_000}, feature(ten="b"))
    assert len(cut_features(text.encode())) > 2
    table = read(tmp_path, text)
    assert table.columns[0].texts.tolist() == ["Thôn", "b"]


def test_features_of_another_member_of_a_large_file_are_not_taken_in(tmp_path: Path) -> None:
    removed = [feature(ten="cũ", note="x" * 900) for _ in range(12_000)]
    own = '"features": [' + json.dumps(feature(ten="mới")) + "]"
    other = f'"removed": {json.dumps(removed)}'
    last = f'"features": {json.dumps(removed)}'
    for members, expected in (
        ((other, own), ["mới"]),
        ((own, other), ["mới"]),
        # Of two members of one name a parser keeps the last.
        ((last, own), ["mới"]),
        ((own, last), ["cũ"] * 12_000),
    ):
        text = '{"type": "FeatureCollection", ' + ", ".join(members) + "}"
        assert len(text) > 8 * 2**20
        assert read(tmp_path, text).columns[0].texts.tolist() == expected


def test_a_fault_far_into_a_large_file_is_told_with_its_row(tmp_path: Path) -> None:
    text = large(12_000).replace('"n": 11000', '"n": 11000, "n": 7').replace("103.9", '"x"', 1)
    faults = read(tmp_path, text).faults
    assert [(fault.key, fault.row, fault.column) for fault in faults] == [
        ("fault-intake-map-repeated-key", None, "n"),
        ("fault-intake-map-geometry", 1, None),
    ]
    with pytest.raises(DataError) as refused:
        read(tmp_path, large(12_000)[:-30])
    assert refused.value.key == "error-intake-map-json-cut"
