"""The Open Fibre Data Standard: required fields by name, references that hold, nothing guessed."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from geo.export.ofds import (
    NODES_FILE,
    SCHEMA,
    SPANS_FILE,
    OfdsAbout,
    encode_ofds,
    encode_ofds_geojson,
)
from geo.networks.network import GeoNetwork
from geo.networks.noding import node_roads
from geo.networks.road_network import road_network
from tests.unit.geo.networks.drawn_roads import line, places, roads

ABOUT = OfdsAbout(
    plan_id="0123456789ab",
    name="Kế hoạch cáp quang 2024",
    description="28 trong 56 thôn.",
    publisher="Sở Thông tin và Truyền thông",
    published_on=date(2024, 7, 1),
    phases={1: "Quý III/2024", 2: "Quý IV/2024"},
    illustrative="Dữ liệu minh hoạ",
)
HOSTILE = 'Thôn "A"\u202e</script>\x00${1}\ud800'
NAMES = {"v1": "Nậm Pẻn", "v2": HOSTILE, "f1": "Trạm Bát Xát"}


@pytest.fixture
def network() -> GeoNetwork:
    drawn = roads(line((0, 0), (500, 0)), line((500, 0), (900, 0)), line((500, 0), (500, 600)))
    return road_network(
        node_roads(drawn), places("v", (900, 50), (500, 700)), places("f", (-10, 0))
    )


def waves(network: GeoNetwork) -> tuple[np.ndarray, np.ndarray]:
    edges = np.arange(len(network.network.edges))
    north = network.node_lonlat[network.network.edges].mean(axis=1)[:, 1] > 22.001
    return edges, np.where(north, 2, 1)


def package(network: GeoNetwork, about: OfdsAbout = ABOUT) -> Any:
    return json.loads(encode_ofds(network, *waves(network), NAMES, about))


def by_name(records: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (found,) = (record for record in records if record.get("name") == name)
    return found


def test_the_package_has_what_the_standard_requires(network: GeoNetwork) -> None:
    document = package(network)
    assert set(document) == {"networks"}
    (whole,) = document["networks"]
    assert uuid.UUID(whole["id"]).version == 5
    assert whole["links"][0] == {"href": SCHEMA, "rel": "describedby"}
    assert whole["crs"] == {
        "name": "urn:ogc:def:crs:OGC::CRS84",
        "uri": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    }
    assert whole["publisher"] == {"name": "Sở Thông tin và Truyền thông"}
    assert whole["publicationDate"] == "2024-07-01"
    assert whole["language"] == "vi"
    for part in ("nodes", "spans", "phases", "organisations"):
        ids = [record["id"] for record in whole[part]]
        assert ids
        assert all(isinstance(key, str) and key for key in ids)
        assert len(ids) == len(set(ids))


def test_spans_join_nodes_that_are_there_at_their_places(network: GeoNetwork) -> None:
    (whole,) = package(network)["networks"]
    at = {node["id"]: node["location"]["coordinates"] for node in whole["nodes"]}
    assert {node["location"]["type"] for node in whole["nodes"]} == {"Point"}
    assert len(whole["spans"]) == 3
    for span in whole["spans"]:
        assert span["route"]["type"] == "LineString"
        assert span["route"]["coordinates"][0] == at[span["start"]]
        assert span["route"]["coordinates"][-1] == at[span["end"]]
        assert span["status"] == "proposed"
        assert span["directed"] is False
        assert span["transmissionMedium"] == ["fibre"]
        assert span["countries"] == ["VN"]
        # Longitude first.
        assert all(103 < lon < 105 and 21 < lat < 23 for lon, lat in span["route"]["coordinates"])


def test_lengths_are_kilometres_of_cable(network: GeoNetwork) -> None:
    (whole,) = package(network)["networks"]
    total = sum(span["fibreLength"] for span in whole["spans"])
    assert total == pytest.approx(network.network.lengths_m.sum() / 1000, abs=0.002)
    assert total == pytest.approx(0.5 + 0.4 + 0.6 + 1.4 * (0.01 + 0.05 + 0.1), rel=2e-3)


def test_phases_are_the_waves(network: GeoNetwork) -> None:
    (whole,) = package(network)["networks"]
    assert [(phase["id"], phase["name"]) for phase in whole["phases"]] == [
        ("phase-1", "Quý III/2024"),
        ("phase-2", "Quý IV/2024"),
    ]
    assert by_name(whole["nodes"], "Nậm Pẻn")["phase"] == {
        "id": "phase-1",
        "name": "Quý III/2024",
    }
    assert sorted(span["phase"]["id"] for span in whole["spans"]) == [
        "phase-1", "phase-1", "phase-2",
    ]  # fmt: skip


def test_only_what_is_there_already_is_operational(network: GeoNetwork) -> None:
    (whole,) = package(network)["networks"]
    root = by_name(whole["nodes"], "Trạm Bát Xát")
    assert (root["id"], root["status"]) == ("f1", "operational")
    assert "phase" not in root
    others = [node["status"] for node in whole["nodes"] if node["id"] != "f1"]
    assert others == ["proposed"] * 3


def test_illustrative_data_says_so_wherever_there_is_a_description(network: GeoNetwork) -> None:
    (whole,) = package(network)["networks"]
    assert whole["name"] == "Kế hoạch cáp quang 2024 (Dữ liệu minh hoạ)"
    assert whole["accuracyDetails"] == "Dữ liệu minh hoạ"
    assert all(p["description"].startswith("Dữ liệu minh hoạ") for p in whole["phases"])
    (real,) = package(network, replace(ABOUT, illustrative=""))["networks"]
    assert "minh hoạ" not in json.dumps(real, ensure_ascii=False)


def test_organisations_are_referred_to_where_they_act(network: GeoNetwork) -> None:
    about = replace(ABOUT, operators=("VNPT Lào Cai",), funders=("Quỹ",))
    (whole,) = package(network, about)["networks"]
    assert [(one["id"], one.get("roles")) for one in whole["organisations"]] == [
        ("publisher", None),
        ("operator-1", ["networkProvider"]),
        ("funder-1", ["funder"]),
    ]
    assert all(
        span["networkProviders"] == [{"id": "operator-1", "name": "VNPT Lào Cai"}]
        for span in whole["spans"]
    )
    assert all(p["funders"] == [{"id": "funder-1", "name": "Quỹ"}] for p in whole["phases"])


def test_names_stay_data(network: GeoNetwork) -> None:
    (whole,) = package(network)["networks"]
    assert by_name(whole["nodes"], 'Thôn "A"\u202e</script>${1}')["id"] == "v2"


def test_nothing_empty_is_written(network: GeoNetwork) -> None:
    def empty(value: Any) -> bool:
        if isinstance(value, dict):
            return not value or any(map(empty, value.values()))
        if isinstance(value, list):
            return not value or any(map(empty, value))
        return value in ("", None)

    assert not empty(package(network))
    nothing = np.zeros(0, dtype=np.int64)
    bare = replace(ABOUT, publisher="", description="", illustrative="", phases={})
    (whole,) = json.loads(encode_ofds(network, nothing, nothing, {}, bare))["networks"]
    assert not empty(whole)
    assert {"id", "links"} <= set(whole)
    assert "nodes" not in whole


def test_the_same_plan_is_the_same_file_and_another_plan_another_network(
    network: GeoNetwork,
) -> None:
    one, again = (encode_ofds(network, *waves(network), NAMES, ABOUT) for _ in range(2))
    assert one == again
    (other,) = package(network, replace(ABOUT, plan_id="another"))["networks"]
    assert other["id"] != json.loads(one)["networks"][0]["id"]


def test_each_geojson_file_can_be_read_alone(network: GeoNetwork) -> None:
    files = encode_ofds_geojson(network, *waves(network), NAMES, ABOUT)
    assert set(files) == {NODES_FILE, SPANS_FILE}
    (whole,) = package(network)["networks"]
    nodes, spans = (json.loads(files[name])["features"] for name in (NODES_FILE, SPANS_FILE))
    assert [feature["properties"]["featureType"] for feature in nodes] == ["node"] * 4
    assert [feature["properties"]["featureType"] for feature in spans] == ["span"] * 3
    for feature, record in zip(nodes, whole["nodes"], strict=True):
        assert feature["geometry"] == record["location"]
        assert feature["properties"]["id"] == record["id"]
    for feature, record in zip(spans, whole["spans"], strict=True):
        said = feature["properties"]
        assert feature["geometry"] == record["route"]
        assert said["start"]["id"] == record["start"]
        assert said["phase"]["description"].startswith("Dữ liệu minh hoạ")
        assert said["network"]["id"] == whole["id"]
        assert not {"nodes", "spans", "phases", "organisations"} & set(said["network"])
