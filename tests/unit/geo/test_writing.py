"""The product's own files: whole or not at all, and read back as they were."""

import io
import json
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from geo.reading import read_observations, read_villages
from geo.schema import VILLAGES
from geo.text_workbook import text_workbook
from geo.writing import observations_csv, register_geojson, write_file
from planning.errors import DataError, PlannerError


def register() -> gpd.GeoDataFrame:
    frame = pd.DataFrame(
        {
            "village_id": ["V-1", "V-2"],
            "name": ['=1+1 "<b>"', "2024-01-01"],
            "commune_code": ["02701", None],
            "households": [45, None],
            "minority_share": [0.123456789, None],
            "border": [True, None],
            "mobile_state": ["no_signal", "unknown"],
            "mobile_observed_on": ["2024-03-14", None],
            "fixed_state": ["none", "fibre"],
            "fixed_observed_on": [None, "2024-06-30"],
            "deadline": ["2024/12/31", None],
            "Ghi chú": ["0012", None],
        }
    )
    checked = VILLAGES.validate(frame)
    points = [shapely.Point(103.6, 22.65), shapely.Point(103.123456789, 22.0)]
    return gpd.GeoDataFrame(checked, geometry=points, crs="EPSG:4326")


def test_a_register_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "villages.geojson"
    write_file(path, register_geojson(register(), {"source": "danh sách.xlsx"}))
    back = read_villages(path)
    pd.testing.assert_frame_equal(
        pd.DataFrame(back.drop(columns="geometry"))[register().columns[:-1]],
        pd.DataFrame(register().drop(columns="geometry")),
        check_dtype=False,
    )
    assert back.geometry.x.tolist() == [103.6, 103.123456789]
    assert list(tmp_path.iterdir()) == [path]


def test_a_village_without_a_point_has_no_geometry() -> None:
    points = [shapely.Point(103.6, 22.65), None, shapely.Point()]
    frame = gpd.GeoDataFrame({"name": ["a", "b", "c"]}, geometry=points, crs="EPSG:4326")
    features = json.loads(register_geojson(frame, {}))["features"]
    assert [feature["geometry"] for feature in features] == [
        {"type": "Point", "coordinates": [103.6, 22.65]},
        None,
        None,
    ]


def test_days_stay_days_and_a_time_of_day_is_kept() -> None:
    columns = {
        "day": pd.to_datetime(["2024-03-14", "NaT"]),
        "time": pd.to_datetime(["2024-03-14T10:30:05", "2024-03-14T00:00:00"]),
        "parts": pd.to_datetime(["2024-03-14T10:30:05.25", "NaT"]),
        "zone": pd.to_datetime(["2024-03-14T00:00:00+07:00", "NaT"]),
        "never": pd.to_datetime(["NaT", "NaT"]),
    }
    points = [shapely.Point(103.6, 22.65)] * 2
    frame = gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")
    features = json.loads(register_geojson(frame, {}))["features"]
    assert [feature["properties"] for feature in features] == [
        {
            "day": "2024-03-14",
            "time": "2024-03-14T10:30:05",
            "parts": "2024-03-14T10:30:05.250000",
            "zone": "2024-03-14T00:00:00+07:00",
            "never": None,
        },
        {"day": None, "time": "2024-03-14T00:00:00", "parts": None, "zone": None, "never": None},
    ]


def test_a_place_within_a_file_is_said_to_be_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(PlannerError) as refusal:
        write_file(tmp_path / "file" / "list.csv", b"x")
    assert refusal.value.key == "error-export-write"


def test_a_file_that_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(PlannerError):
        write_file(tmp_path / "taken", b"x")
    with pytest.raises(PlannerError):
        write_file(tmp_path / "nowhere" / "file", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_observations_come_back_in_their_order(tmp_path: Path) -> None:
    history = pd.DataFrame(
        {
            "village_id": ["V-2", "V-1"],
            "service": ["fixed", "mobile"],
            "state": ["none", "2g_only"],
            "observed_on": pd.to_datetime(["2024-06-30", "2024-03-14"]).astype("datetime64[ns]"),
            "evidence": ["register", "survey"],
            "source": ['a "quoted", list.csv', None],
        }
    )
    path = tmp_path / "observations.csv"
    write_file(path, observations_csv(history))
    pd.testing.assert_frame_equal(read_observations(path), history, check_dtype=False)


def test_a_sheet_of_faults_holds_texts_as_texts_and_figures_as_figures() -> None:
    content = text_workbook(["Dòng", "Lỗi"], [[7, "=cmd()"], [None, "x"]], title="Báo cáo")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [["Báo cáo", None], ["Dòng", "Lỗi"], [7, "=cmd()"], [None, "x"]]
    assert sheet["B3"].data_type == "s"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:B4"
    plain = openpyxl.load_workbook(io.BytesIO(text_workbook(["a"], [[1]]))).active
    assert plain is not None
    assert plain["A1"].value == "a"


@pytest.mark.parametrize(("title", "most"), [("", 1_048_575), ("Báo cáo", 1_048_574)])
def test_a_sheet_of_more_rows_than_it_holds_is_refused_and_not_cut(title: str, most: int) -> None:
    with pytest.raises(DataError) as refusal:
        text_workbook(["a"], [["x"]] * (most + 1), title=title)
    assert refusal.value.key == "error-export-rows"
    assert refusal.value.values == {"rows": most + 1, "limit": most}
