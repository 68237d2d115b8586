from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from geo.export import ExportTable, to_bytes

MakeTable = Callable[..., ExportTable]


def collection_of(table: ExportTable) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads(to_bytes(table, ".geojson"))
    return collection


def test_the_collection_follows_rfc_7946(table: ExportTable) -> None:
    collection = collection_of(table)
    assert list(collection) == ["type", "name", "metadata", "features"]
    assert collection["type"] == "FeatureCollection"
    assert collection["name"] == "priority_list"
    assert not to_bytes(table, ".geojson").startswith(b"\xef\xbb\xbf")


def test_a_feature_has_stable_keys_and_stored_values(table: ExportTable) -> None:
    assert collection_of(table)["features"][0] == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [103.6123457, 22.6543211]},
        "properties": {
            "rank": 1,
            "name": "Y Tý – thôn 3",
            "commune_code": "02701",
            "map_class": "no_fibre",
            "lane": "fund",
            "people": 1568,
            "change": -12.5,
            "minority_share": 0.6621,
            "border": True,
            "observed_on": "2024-06-30",
            "route_km": 12.346,
            "total": 0.876543,
        },
    }


def test_what_is_missing_is_null(table: ExportTable) -> None:
    last = collection_of(table)["features"][3]
    assert last["geometry"] is None
    for key in ("name", "lane", "people", "change", "minority_share", "route_km", "total"):
        assert last["properties"][key] is None


def test_the_evidence_is_inside(table: ExportTable) -> None:
    assert collection_of(table)["metadata"] == {
        "title": "Danh sách ưu tiên – Chưa có cáp quang",
        "subtitle": "Tính đến ngày 30/06/2024",
        "language": "vi",
        "data_status": "Dữ liệu minh hoạ",
        "as_of": "2024-06-30",
        "weight_distance": 0.4,
    }


def test_a_list_without_rows_still_has_its_evidence(empty_table: ExportTable) -> None:
    collection = collection_of(empty_table)
    assert collection["features"] == []
    assert collection["metadata"]["as_of"] == "2024-06-30"
