"""Reading the product's own files: everything checked once, all faults at once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from geo.reading import (
    hash_files,
    observations_of_register,
    read_observations,
    read_villages,
)
from geo.target_file import read_targets
from planning.errors import DataError
from planning.vocabulary import Gap

GOOD: dict[str, Any] = {
    "village_id": "a",
    "name": "Hoa\u0300 Ma\u0323c",
    "mobile_state": "2g_only",
    "mobile_observed_on": "2024-03-14",
    "fixed_state": "none",
    "fixed_observed_on": "2024-03-14",
}


def written(folder: Path, *properties: dict[str, Any], geometry: Any = None) -> Path:
    point = geometry or {"type": "Point", "coordinates": [104.0, 22.3]}
    features = [{"type": "Feature", "properties": p, "geometry": point} for p in properties]
    file = folder / "villages.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


def test_text_becomes_nfc_and_rows_are_sorted_by_id(tmp_path: Path) -> None:
    villages = read_villages(written(tmp_path, {**GOOD, "village_id": "b"}, GOOD))
    assert villages["village_id"].tolist() == ["a", "b"]
    assert villages["name"].tolist() == ["Hoà Mạc", "Hoà Mạc"]
    assert villages.crs.to_epsg() == 4326


def test_an_absent_column_is_missing_and_never_nought(tmp_path: Path) -> None:
    villages = read_villages(written(tmp_path, GOOD))
    for column in ("people", "households", "minority_share", "border", "grid_power"):
        assert villages[column].isna().all(), column


def test_all_faults_come_at_once_with_row_column_and_value(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        {**GOOD, "people": -3},
        {**GOOD, "village_id": "b", "mobile_state": "3g"},
        {**GOOD, "village_id": "c", "minority_share": 1.7},
    )
    with pytest.raises(DataError) as refused:
        read_villages(file)
    faults = {(f.row, f.column, f.got) for f in refused.value.faults}
    assert faults == {(1, "people", "-3"), (2, "mobile_state", "3g"), (3, "minority_share", "1.7")}


def test_a_value_of_the_wrong_type_hides_no_other_fault_of_its_column(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        {**GOOD, "people": "many"},
        {**GOOD, "village_id": "b", "people": "-3"},
        {**GOOD, "village_id": "c", "people": "12"},
    )
    with pytest.raises(DataError) as refused:
        read_villages(file)
    assert [(f.row, f.column, f.got, f.expected) for f in refused.value.faults] == [
        (1, "people", "many", "expected-integer"),
        (2, "people", "-3", "≥ 0"),
    ]


def test_an_id_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        read_villages(written(tmp_path, GOOD, GOOD))
    assert refused.value.key == "error-schema"


def test_a_missing_column_that_is_needed_is_named(tmp_path: Path) -> None:
    without = {name: value for name, value in GOOD.items() if name != "mobile_state"}
    with pytest.raises(DataError) as refused:
        read_villages(written(tmp_path, without))
    assert any(f.column == "mobile_state" for f in refused.value.faults)


def test_a_file_without_villages_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        read_villages(written(tmp_path))
    assert refused.value.key == "error-no-villages"


def test_shapes_that_are_not_points_are_refused(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[104, 22], [105, 23]]}
    with pytest.raises(DataError) as refused:
        read_villages(written(tmp_path, GOOD, geometry=line))
    assert refused.value.key == "error-not-points"


def test_a_virtual_dataset_named_geojson_does_not_open_another_file(tmp_path: Path) -> None:
    secret = written(tmp_path, {**GOOD, "name": "secret"})
    disguised = tmp_path / "village.geojson"
    disguised.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="villages"><SrcDataSource>{secret}'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    with pytest.raises(DataError) as refused:
        read_villages(disguised)
    assert refused.value.key == "error-file-unreadable"
    disguised.rename(tmp_path / "village.gpkg")
    with pytest.raises(DataError):
        read_villages(tmp_path / "village.gpkg")


@pytest.mark.parametrize("suffix", [".gpkg", ".parquet"])
def test_the_same_register_reads_the_same_from_every_kind(tmp_path: Path, suffix: str) -> None:
    first = read_villages(written(tmp_path, {**GOOD, "people": 120, "border": True}))
    other = tmp_path / f"villages{suffix}"
    if suffix == ".gpkg":
        first.to_file(other, engine="pyogrio")
    else:
        first.to_parquet(other)
    second = read_villages(other)
    pd.testing.assert_frame_equal(pd.DataFrame(first), pd.DataFrame(second))


def test_another_projection_is_brought_to_wgs84(tmp_path: Path) -> None:
    first = read_villages(written(tmp_path, GOOD))
    projected = tmp_path / "utm.gpkg"
    first.to_crs(32648).to_file(projected, engine="pyogrio")
    point = read_villages(projected).geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx((104.0, 22.3), abs=1e-9)


def test_a_state_without_a_date_is_no_observation(tmp_path: Path) -> None:
    villages = read_villages(written(tmp_path, {**GOOD, "fixed_observed_on": None}))
    seen = observations_of_register(villages, "list.geojson")
    assert seen[["service", "state", "evidence"]].to_numpy().tolist() == [
        ["mobile", "2g_only", "register"]
    ]


def test_an_observation_of_the_wrong_service_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "observations.csv"
    file.write_text(
        "village_id,service,state,observed_on,evidence,source\n"
        "a,mobile,fibre,2024-03-14,survey,x\n"
        "a,fixed,none,2024-03-14,survey,x\n"
    )
    with pytest.raises(DataError):
        read_observations(file)


def test_a_day_that_is_none_is_a_fault_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "observations.csv"
    file.write_text(
        "village_id,service,state,observed_on,evidence,source\na,fixed,none,14/03/2024,survey,x\n"
    )
    with pytest.raises(DataError) as refused:
        read_observations(file)
    assert [(f.row, f.column, f.got) for f in refused.value.faults] == [
        (1, "observed_on", "14/03/2024")
    ]


def test_targets_are_read_with_their_dates(tmp_path: Path) -> None:
    file = tmp_path / "targets.toml"
    file.write_text(
        '[[target]]\ntarget_id = "t"\ngap = "fibre"\ncohort_on = 2024-06-30\ncohort_size = 56\n'
        'required = 28\ndeadline = 2024-12-31\nsource = "s"\n'
    )
    (target,) = read_targets(file)
    assert (target.gap, target.required, target.deadline) == (Gap.FIBRE, 28, date(2024, 12, 31))
    assert target.result is None


@pytest.mark.parametrize(
    "text", ["[[target]]\ngap = 'fibre'", "[[target", "[[target]]\ngap = 'water'"]
)
def test_targets_that_make_no_sense_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "targets.toml"
    file.write_text(text)
    with pytest.raises(DataError):
        read_targets(file)


def test_the_hash_names_content_and_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("ab")
    two.write_text("c")
    first = hash_files([one, two])
    assert len(first) == 12
    assert hash_files([two, one]) != first
    one.write_text("a")
    two.write_text("bc")
    assert hash_files([one, two]) != first


def test_geometry_is_kept_row_by_row(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        [{**GOOD, "village_id": i} for i in ("c", "a", "b")],
        geometry=gpd.points_from_xy([103, 101, 102], [22, 20, 21]),
        crs=4326,
    )
    file = tmp_path / "villages.parquet"
    frame.to_parquet(file)
    assert read_villages(file).geometry.x.tolist() == [101, 102, 103]
