from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from geo.export import Column, ColumnKind, ExportTable
from geo.export.content import clean_text, content_of, stored_values
from geo.export.numbers import said
from geo.symbology import MapClass

MakeTable = Callable[..., ExportTable]


def test_everything_inconsistent_is_said_at_once(table: ExportTable, make_table: MakeTable) -> None:
    columns = (*table.columns, table.columns[0], Column("OGR_STYLE", "x", ColumnKind.TEXT))
    with pytest.raises(ValueError, match="two columns are named rank") as caught:
        make_table(
            columns=columns,
            frame=table.frame.to_crs("EPSG:9208"),
            name_key="title",
            class_labels={"no_fibre": "x", "no_signal": "x"},
        )
    said_faults = str(caught.value).split("; ")
    assert said_faults == [
        "two columns are named rank",
        "'OGR_STYLE' cannot name a field",
        "the frame has no column 'OGR_STYLE'",
        "'title' must be one of the columns",
        "map class 'no_mobile' has no label",
        "frame must be in EPSG:4326, got EPSG:9208",
    ]


def test_a_value_that_is_no_map_class_is_refused(table: ExportTable, make_table: MakeTable) -> None:
    with pytest.raises(ValueError, match="'purple' is no map class"):
        make_table(frame=table.frame.assign(map_class="purple"))


@pytest.mark.parametrize("key", ["ogr_style", "fid", "geom", "lon", "tên", "a b", "", "1st"])
def test_a_key_that_would_upset_a_driver_is_refused(
    key: str, table: ExportTable, make_table: MakeTable
) -> None:
    with pytest.raises(ValueError, match="cannot name a field"):
        make_table(
            frame=table.frame.assign(**{key: "x"}),
            columns=(*table.columns, Column(key, "x", ColumnKind.TEXT)),
        )


def test_numbers_are_rounded_once_and_missing_stays_missing(table: ExportTable) -> None:
    values = content_of(table).stored
    assert values["people"] == [1568, 240, 0, None]
    assert values["change"] == [-12.5, None, 0.25, None]
    assert values["minority_share"] == [0.6621, 1.0, 0.0, None]
    assert values["route_km"] == [12.346, 3.0, 0.0, None]
    assert values["total"] == [0.876543, 0.5, 0.0, None]
    assert values["border"] == [True, False, None, True]
    assert values["observed_on"] == [
        date(2024, 6, 30),
        date(2024, 3, 14),
        None,
        date(2024, 6, 30),
    ]
    assert "unused" not in values


def test_positions_have_seven_decimals_and_may_be_missing(table: ExportTable) -> None:
    assert content_of(table).positions == [
        (103.6123457, 22.6543211),
        (103.97, 22.486),
        (104.0, 22.0),
        None,
    ]


def test_people_read_labels_and_programs_read_stored_values(table: ExportTable) -> None:
    content = content_of(table)
    lane = next(c for c in content.columns if c.key == "lane")
    border = next(c for c in content.columns if c.key == "border")
    assert content.stored["lane"] == ["fund", "operator", "fund", None]
    assert content.shown(lane) == ["Quỹ viễn thông", "Doanh nghiệp", "Quỹ viễn thông", None]
    assert content.shown(border) == ["Có", "Không", None, "Có"]


def test_the_class_is_a_column_of_every_file(table: ExportTable, make_table: MakeTable) -> None:
    without = make_table(columns=tuple(c for c in table.columns if c.key != "map_class"))
    last = content_of(without).columns[-1]
    assert (last.key, last.label) == ("map_class", "Nhóm")
    assert last.choices["no_fibre"] == "Chưa có cáp quang"


def test_the_legend_has_the_classes_that_occur_in_the_order_of_the_colour_table(
    table: ExportTable,
) -> None:
    assert list(content_of(table).legend) == [
        MapClass.NO_SIGNAL,
        MapClass.NO_MOBILE,
        MapClass.NO_FIBRE,
    ]


def test_the_illustrative_label_is_a_note_once(table: ExportTable, make_table: MakeTable) -> None:
    assert content_of(table).notes[0] == ("Tình trạng dữ liệu", "Dữ liệu minh hoạ")
    noted = (("Lưu ý", "Dữ liệu minh hoạ"),)
    assert content_of(make_table(notes=noted)).notes == noted
    assert content_of(make_table(notes=(), illustrative="")).notes == ()


def test_metadata_without_a_finite_value_is_null(make_table: MakeTable) -> None:
    metadata = content_of(make_table(metadata={"weight": float("nan")})).metadata
    assert metadata["weight"] is None
    assert metadata["data_status"] == "Dữ liệu minh hoạ"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("thôn\x00 \x0b3\x1f", "thôn 3"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\ud800x\uffff\ufffe", "x"),
        ("tab\tstays, 🏔 too", "tab\tstays, 🏔 too"),
    ],
)
def test_only_what_xml_cannot_hold_is_removed(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


def test_the_ways_to_say_missing_are_one() -> None:
    missing = pd.Series([None, float("nan"), pd.NA, pd.NaT, "", "\x00"], dtype=object)
    assert stored_values(missing, ColumnKind.TEXT) == [None] * 6
    assert stored_values(missing[:4], ColumnKind.DATE) == [None] * 4
    assert stored_values(missing[:3], ColumnKind.SCORE) == [None] * 3
    assert stored_values(missing[:3], ColumnKind.INTEGER) == [None] * 3
    assert stored_values(missing[:3], ColumnKind.BOOLEAN) == [None] * 3


def test_dates_may_come_as_dates_or_timestamps() -> None:
    stamps = pd.Series([pd.Timestamp("2024-06-30"), pd.NaT])
    assert stored_values(stamps, ColumnKind.DATE) == [date(2024, 6, 30), None]


@pytest.mark.parametrize(
    ("value", "kind", "vietnamese", "english"),
    [
        (1568, ColumnKind.INTEGER, "1.568", "1,568"),
        (0.9961, ColumnKind.SHARE, "99,6\N{NO-BREAK SPACE}%", "99.6%"),
        (0.87654, ColumnKind.SCORE, "0,877", "0.877"),
        (1234.56, ColumnKind.KM, "1.234,6", "1,234.6"),
        (-12.5, ColumnKind.NUMBER, "-12,50", "-12.50"),
        (date(2024, 3, 14), ColumnKind.DATE, "14/03/2024", "2024-03-14"),
        ("1,5", ColumnKind.TEXT, "1,5", "1,5"),
    ],
)
def test_values_are_said_by_the_customs_of_the_language(
    value: str | float | date, kind: ColumnKind, vietnamese: str, english: str
) -> None:
    assert said(value, kind, "vi") == vietnamese
    assert said(value, kind, "en") == english
