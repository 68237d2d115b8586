"""Coordinates in all the ways lists write them, and in the order they should have."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.intake.table import RawColumn
from geo.register.angles import has_marks, read_angles, tidy_angles
from geo.register.coordinate_order import CoordinateKind
from geo.register.coordinate_pairs import split_pairs
from geo.register.coordinates import CoordinateReading, read_coordinates, read_points
from geo.register.extent import VIETNAM, WORLD, Extent
from planning.errors import Severity

Cells = list[str | None]


def column(name: str, cells: Cells) -> RawColumn:
    return RawColumn(name, pd.Series(cells, dtype="str"))


def read(*, swap: bool = False, extent: Extent | None = None, **cells: Cells) -> CoordinateReading:
    columns = {field: column(f"cột {field}", texts) for field, texts in cells.items()}
    rows = np.arange(2, 2 + len(next(iter(cells.values()))))
    return read_coordinates(columns, rows, extent=extent or Extent(), swap=swap)


def keys(reading: CoordinateReading) -> list[tuple[str, int | None]]:
    return [(fault.key, fault.row) for fault in reading.faults]


@pytest.mark.parametrize(
    "text",
    [
        "22°20'06\"N", "22 20 06", "22°20.1'", "22°20,1'", "22° 20′ 06″ B", "N22°20'06''",
        "22 độ 20 phút 6 giây", "22d20m06s", "22:20:06", "22º20´06´´ Bắc", "Vĩ độ: 22°20'06”",
        "22.335°", "22,335° N", "22°20'06''n",
    ],
)  # fmt: skip
def test_an_angle_reads_the_same_in_every_usual_spelling(text: str) -> None:
    tidy = tidy_angles(pd.Series([text], dtype="str"))
    assert has_marks(tidy).tolist() == [True]
    found = read_angles(tidy, nam_is_south=False)
    assert found.degrees[0] == pytest.approx(22.335, abs=1e-12)
    assert not found.unreadable[0]


@pytest.mark.parametrize(
    "text",
    [
        "22°75'",
        "22°20'61\"",
        "N22°20'N",
        "-22°20'N",
        "22.5°20'",
        "22°20.5'06\"",
        "22°20'06\"X",
        "°",
    ],
)
def test_what_is_no_angle_is_not_read_as_one(text: str) -> None:
    found = read_angles(tidy_angles(pd.Series([text, None], dtype="str")), nam_is_south=False)
    assert np.isnan(found.degrees).all()
    assert found.unreadable.tolist() == [True, False]


def test_a_minus_is_west_or_south() -> None:
    found = read_angles(tidy_angles(pd.Series(["-22°20'06\"", "−0°30'"])), nam_is_south=False)
    assert found.degrees.tolist() == [pytest.approx(-22.335), -0.5]


def test_a_long_text_is_refused_at_once() -> None:
    hostile = pd.Series(["1 " * 50_000, "°" * 50_000, "22°" + "2" * 50_000], dtype="str")
    assert np.isnan(read_angles(tidy_angles(hostile), nam_is_south=False).degrees).all()
    assert split_pairs(hostile)[2].all()


def test_thousands_set_apart_by_spaces_are_no_angle() -> None:
    assert has_marks(tidy_angles(pd.Series(["2 487 684", "22 20 06"], dtype="str"))).tolist() == [
        False,
        True,
    ]


def test_the_side_sets_the_sign_and_n_is_nam_only_beside_bac() -> None:
    reading = read(longitude=["103°50'30\"Đ", "70°30'T"], latitude=["22°20'06\"B", "33°30'N"])
    assert reading.x.tolist() == [pytest.approx(103.84166667), -70.5]
    assert reading.y.tolist() == [pytest.approx(22.335), -33.5]
    english = read(longitude=["103°50'30\"E"], latitude=["22°20'06\"N"])
    assert (english.x[0], english.y[0]) == (pytest.approx(103.84166667), pytest.approx(22.335))
    # Đ is Vietnamese, yet an N without any B would put the village south of Vietnam.
    mixed = read(longitude=["103°50'30\"Đ"], latitude=["22°20'06\"N"])
    assert mixed.y[0] == pytest.approx(22.335)


@settings(deadline=None)
@given(st.floats(8.5, 23.4), st.floats(102.2, 109.5))
def test_degrees_minutes_and_seconds_come_back(lat: float, lon: float) -> None:
    def angle(value: float, side: str) -> str:
        tenths = round(value * 36_000)
        degrees, rest = divmod(tenths, 36_000)
        return f"{degrees}°{rest // 600}'{rest % 600 / 10:.1f}\"{side}"

    reading = read(longitude=[angle(lon, "E")], latitude=[angle(lat, "N")])
    assert reading.faults == ()
    assert abs(reading.x[0] - lon) <= 0.5 / 36_000 + 1e-9
    assert abs(reading.y[0] - lat) <= 0.5 / 36_000 + 1e-9


@pytest.mark.parametrize(
    "text",
    [
        "22.335, 103.84", "22,335; 103,84", "(22.335,103.84)", "22.335 103.84", "22,335 103,84",
        "22,335, 103,84", "22.335/103.84", "22.335N, 103.84E", "Vĩ độ: 22.335, Kinh độ: 103.84",
        "103.84, 22.335", "POINT (103.84 22.335)", "22°20'06''N 103°50'24''E",
        "N22°20'06'' E103°50'24''", "22°20'06''B - 103°50'24''Đ", "22 20 06 103 50 24",
        "22°20'06'' 103°50'24''", "22°20'06\"B; 103°50'24\"Đ",
    ],
)  # fmt: skip
def test_one_column_may_hold_both_coordinates(text: str) -> None:
    reading = read(coordinates=[text])
    assert reading.faults == ()
    assert (reading.x[0], reading.y[0]) == (pytest.approx(103.84), pytest.approx(22.335))
    assert reading.heading == "cột coordinates"


def test_a_row_in_the_other_order_than_its_column_is_a_fault() -> None:
    reading = read(coordinates=["22.335, 103.84", "103.84, 22.335", "22.4, 103.9", "hỏi xã", None])
    assert keys(reading) == [
        ("fault-coordinate-unreadable", 5),
        ("fault-coordinate-swapped", 3),
    ]
    assert reading.at_fault.tolist() == [False, True, False, True, False]
    assert reading.given.tolist() == [True, True, True, True, False]
    assert reading.faults[1].got == "22.335; 103.84"


def test_decimal_marks_may_differ_where_no_degree_has_a_thousand() -> None:
    reading = read(longitude=["103,841", "103.85"], latitude=["22.335", "22,335"])
    assert reading.faults == ()
    assert reading.x.tolist() == [103.841, 103.85]
    assert reading.y.tolist() == [22.335, 22.335]


def test_number_cells_are_taken_as_they_are() -> None:
    columns = {
        "longitude": RawColumn("lon", pd.Series([None], dtype="str"), np.array([103.84])),
        "latitude": RawColumn("lat", pd.Series(["22,335"], dtype="str")),
    }
    reading = read_coordinates(columns, np.array([2]), extent=Extent())
    assert (reading.x[0], reading.y[0]) == (103.84, 22.335)


def test_a_wholly_swapped_column_is_asked_about_and_exchanged_only_on_request() -> None:
    longitude: Cells = ["22.335", "22.4"]
    latitude: Cells = ["103.84", "103.9"]
    asked = read(longitude=longitude, latitude=latitude)
    assert keys(asked) == [("fault-coordinate-swapped-all", None)]
    assert asked.faults[0].severity is Severity.ERROR
    assert asked.faults[0].values == {"count": 2}
    assert asked.x.tolist() == [22.335, 22.4]
    agreed = read(swap=True, longitude=longitude, latitude=latitude)
    assert [(f.key, f.severity) for f in agreed.faults] == [
        ("fault-coordinate-swapped-back", Severity.WARNING)
    ]
    assert (agreed.x.tolist(), agreed.y.tolist()) == ([103.84, 103.9], [22.335, 22.4])


def test_letters_that_contradict_the_headings_are_a_swap_too() -> None:
    reading = read(longitude=["22°20'06\"N"], latitude=["103°50'30\"E"], extent=Extent(WORLD))
    assert keys(reading) == [("fault-coordinate-swapped-all", None)]


def test_single_swapped_rows_are_faults_and_the_others_stay() -> None:
    longitude: Cells = ["103.84", "22.335", "103.9"]
    latitude: Cells = ["22.335", "103.84", "22.4"]
    reading = read(longitude=longitude, latitude=latitude)
    assert keys(reading) == [("fault-coordinate-swapped", 3)]
    assert reading.at_fault.tolist() == [False, True, False]
    exchanged = read(swap=True, longitude=longitude, latitude=latitude)
    assert exchanged.x.tolist() == [103.84, 103.84, 103.9]


def test_the_northing_called_x_is_vietnamese_convention_and_stated() -> None:
    reading = read(x=["2487684,182", "2487690"], y=["419543,581", "419600"])
    assert reading.kind is CoordinateKind.METRES
    assert reading.x.tolist() == [419543.581, 419600.0]
    assert reading.y.tolist() == [2487684.182, 2487690.0]
    assert [(f.key, f.severity) for f in reading.faults] == [
        ("fault-coordinate-northing-first", Severity.WARNING)
    ]
    other = read(x=["419.543,581"], y=["2.487.684,182"])
    assert (other.x[0], other.y[0], other.faults) == (419543.581, 2487684.182, ())


def test_half_a_position_and_an_unreadable_one_are_faults_with_their_column() -> None:
    reading = read(longitude=["103.8", "103.8", "x", None], latitude=["22.3", None, "22.3", None])
    found = [(f.key, f.row, f.column) for f in reading.faults]
    assert ("fault-coordinate-half", 3, "cột latitude") in found
    assert {(row, col) for _, row, col in found} == {(3, "cột latitude"), (4, "cột longitude")}
    assert reading.at_fault.tolist() == [False, True, True, False]
    assert reading.given.tolist() == [True, True, True, False]


@pytest.mark.parametrize("text", ["1e999", "nan", "inf", "999", "-181"])
def test_what_is_no_longitude_is_a_fault_and_no_number(text: str) -> None:
    reading = read(longitude=["103.8", text], latitude=["22.3", "22.3"])
    assert np.isnan(reading.x[1])
    if reading.given[1]:
        assert reading.at_fault[1]
        assert 3 in {fault.row for fault in reading.faults}


def test_columns_that_are_not_used_are_named() -> None:
    reading = read(longitude=["103.8"], latitude=["22.3"], x=["1"], coordinates=[None])
    assert [(f.key, f.column) for f in reading.faults] == [("fault-coordinate-unused", "cột x")]
    nothing = read(longitude=["103.8"])
    assert [f.key for f in nothing.faults] == ["fault-coordinate-unused"]
    assert (nothing.kind, nothing.given.tolist()) == (None, [False])


def test_points_of_a_map_must_be_points() -> None:
    shapes = np.array(
        [
            shapely.Point(103.84, 22.335),
            None,
            shapely.LineString([(103, 22), (104, 23)]),
            shapely.Point(np.nan, 22.0),
            shapely.Point(),
        ],
        dtype=object,
    )
    reading = read_points(shapes, np.arange(1, 6), extent=Extent())
    assert keys(reading) == [("fault-coordinate-not-point", row) for row in (3, 4, 5)]
    assert reading.given.tolist() == [True, False, True, True, True]
    assert (reading.x[0], reading.y[0]) == (103.84, 22.335)


def test_swapped_points_of_a_map_are_seen() -> None:
    shapes = shapely.points([[22.335, 103.84], [22.4, 103.9]])
    assert keys(read_points(shapes, np.array([1, 2]), extent=Extent())) == [
        ("fault-coordinate-swapped-all", None)
    ]


def test_longitudes_and_latitudes_of_vietnam_do_not_overlap() -> None:
    assert VIETNAM.north < VIETNAM.west
