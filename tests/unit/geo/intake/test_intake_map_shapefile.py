"""Shapefiles in an archive, written by others and by hand."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import pytest
import shapefile
import shapely

from geo.intake.dbf import days_of
from geo.intake.shapefile_archive import read_shapefile
from geo.intake.table import LayerInfo, RawTable, ReadOptions
from planning.errors import DataError, Severity
from tests.unit.geo.intake.archive_building import zipped
from tests.unit.geo.intake.map_building import dbf, dbf_of_fields, shp, shp_point

NONE = ReadOptions()
GOOD = {"a.shp": shp(shp_point(), shp_point(104, 22)), "a.dbf": dbf(b"Thon A", b"Thon B")}


def read(folder: Path, files: dict[str, bytes], options: ReadOptions = NONE) -> RawTable:
    path = folder / "thon.zip"
    path.write_bytes(zipped(files))
    return read_shapefile(path, options)


def written(
    fields: Sequence[tuple[Any, ...]],
    rows: Sequence[tuple[Any, ...]],
    shapes: Sequence[Any],
    encoding: str = "utf-8",
) -> dict[str, bytes]:
    """Write a shapefile with a library of others."""
    parts = {suffix: io.BytesIO() for suffix in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, encoding=encoding) as writer:
        for field in fields:
            writer.field(*field)
        for row, shape in zip(rows, shapes, strict=True):
            writer.record(*row)
            if shape is None:
                writer.null()
            elif isinstance(shape, shapely.Point):
                writer.point(shape.x, shape.y)
            else:
                writer.shape(shapely.geometry.mapping(shape))
    return {f"thon.{suffix}": buffer.getvalue() for suffix, buffer in parts.items()}


def test_every_field_type_comes_back_and_blanks_are_missing(tmp_path: Path) -> None:
    fields = [
        ("TEN", "C", 40),
        ("SO_HO", "N", 9, 0),
        ("TY_LE", "F", 12, 3),
        ("NGAY", "D"),
        ("DIEN", "L"),
    ]
    rows = [("Nậm Chảy", 41, 99.6, "20240314", True), ("", None, None, None, None)]
    table = read(tmp_path, written(fields, rows, [shapely.Point(103.84, 22.335), None]))
    name, households, share, day, grid = table.columns
    assert table.names == ["TEN", "SO_HO", "TY_LE", "NGAY", "DIEN"]
    assert name.texts.iloc[0] == "Nậm Chảy"
    assert grid.texts.iloc[0] == "TRUE"
    for column in (name, grid):
        assert column.texts.isna().tolist() == [False, True]
    for column, value in ((households, 41), (share, 99.6)):
        assert column.numbers is not None
        np.testing.assert_array_equal(column.numbers, [value, np.nan])
    assert day.days is not None
    assert day.days.astype(str).tolist() == ["2024-03-14T00:00:00", "NaT"]
    assert table.geometry is not None
    assert [g and g.wkt for g in table.geometry] == ["POINT (103.84 22.335)", None]
    assert table.encoding == "utf-8"
    assert table.faults == ()


def test_the_shapefile_may_lie_in_any_folder_and_case(tmp_path: Path) -> None:
    deep = {f"So lieu/2024/{name.upper()}": content for name, content in GOOD.items()}
    shadow = {"__MACOSX/So lieu/2024/._A.SHP": b"x"}
    assert len(read(tmp_path, deep | shadow)) == 2


def test_of_several_one_must_be_named(tmp_path: Path) -> None:
    two = GOOD | {"b.shp": shp(shp_point()), "b.dbf": dbf(b"Ban")}
    with pytest.raises(DataError) as refused:
        read(tmp_path, two)
    assert refused.value.key == "error-intake-map-several"
    assert refused.value.values["expected"] == "a, b"
    table = read(tmp_path, two, ReadOptions(layer="b"))
    assert table.layers == (LayerInfo("a"), LayerInfo("b"))
    assert table.columns[0].texts.tolist() == ["Ban"]


def test_deleted_records_are_left_out_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    deleted = GOOD["a.dbf"].replace(b" Thon A", b"*Thon A")
    table = read(tmp_path, GOOD | {"a.dbf": deleted})
    assert table.rows.tolist() == [2]
    assert table.columns[0].texts.tolist() == ["Thon B"]
    assert table.geometry is not None
    assert table.geometry[0].wkt == "POINT (104 22)"


@pytest.mark.parametrize("cpg", [b"UTF-8", b"1252", b"ANSI 1252", None])
def test_vietnamese_in_its_windows_code_page_is_recognised(
    cpg: bytes | None, tmp_path: Path
) -> None:
    words = ["Nậm Chảy", "Bản Phố", "Tả Van", "Y Tý", "Bắc Hà", "Phố Mới", "Sàng Ma"]
    coded = [decomposed(word).encode("cp1258") for word in words]
    files = {"a.shp": shp(*[shp_point()] * 7), "a.dbf": dbf(*coded)}
    table = read(tmp_path, files | ({} if cpg is None else {"a.cpg": cpg}))
    assert table.columns[0].texts.tolist() == words
    assert table.encoding == "cp1258"
    assert [fault.key for fault in table.faults] == ["fault-encoding-judged"]


def test_a_stated_vietnamese_page_or_a_chosen_one_needs_no_judging(tmp_path: Path) -> None:
    files = {"a.shp": shp(shp_point()), "a.dbf": dbf(decomposed("Bản").encode("cp1258"))}
    stated = read(tmp_path, files | {"a.cpg": b"1258"})
    chosen = read(tmp_path, files, ReadOptions(encoding="cp1258"))
    for table in (stated, chosen):
        assert table.columns[0].texts.tolist() == ["Bản"]
        assert table.faults == ()


def test_a_legacy_font_survives_until_somebody_decides(tmp_path: Path) -> None:
    coded = [
        b"Th\xabn B\xb6n",
        b"N\xcbm Ch\xb6y",
        b"Ph\xe8 R\xb5ng",
        b"H\xe5 M\xb5",
        b"B\xb6n Th\xabn",
    ]
    files = {"a.shp": shp(*[shp_point()] * 5), "a.dbf": dbf(*coded)}
    table = read(tmp_path, files)
    assert "fault-legacy-text" in {fault.key for fault in table.faults}
    decoded = read(tmp_path, files, ReadOptions(encoding="tcvn3"))
    assert decoded.columns[0].texts.tolist()[:2] == ["Thôn Bản", "Nậm Chảy"]


def decomposed(text: str) -> str:
    """Split tones off, as code page 1258 wants them, but keep hats and horns."""
    import unicodedata  # noqa: PLC0415

    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in tones)
        rest = "".join(mark for mark in parts if mark not in tones)
        letters.append(unicodedata.normalize("NFC", rest) + tone)
    return "".join(letters)


def test_the_coordinate_system_is_that_of_the_prj_or_unknown(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD).crs_wkt is None
    wkt = pyproj.CRS("EPSG:9208").to_wkt("WKT1_ESRI")
    table = read(tmp_path, GOOD | {"a.prj": wkt.encode()})
    assert table.crs_wkt is not None
    assert pyproj.CRS(table.crs_wkt).name == "VN-2000 / TM-3 104-45"


def test_polygons_find_their_holes_and_islands(tmp_path: Path) -> None:
    lake = shapely.box(2, 2, 8, 8)
    land = shapely.Polygon(shapely.box(0, 0, 10, 10).exterior, [lake.exterior])
    island = shapely.box(4, 4, 6, 6)
    other = shapely.box(20, 0, 21, 1)
    whole = shapely.MultiPolygon([land, island, other])
    fields, row = [("TEN", "C", 9)], ("a",)
    line = shapely.LineString([(0, 0), (1, 1)])
    files = [written(fields, [row], [shape]) for shape in (whole, other, line)]
    first, second, third = (read(tmp_path, parts).geometry for parts in files)
    assert first is not None
    assert second is not None
    assert third is not None
    assert first[0].is_valid
    assert first[0].equals(whole)
    assert second[0].equals(other)
    assert second[0].geom_type == "Polygon"
    assert third[0].wkt == "LINESTRING (0 0, 1 1)"


def test_shapes_and_rows_that_do_not_agree_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        read(tmp_path, GOOD | {"a.dbf": dbf(b"Thon A")})
    assert refused.value.key == "error-intake-map-shp-count"
    assert refused.value.values == {"file": "thon.zip", "shapes": 2, "rows": 1}


@pytest.mark.parametrize(
    ("cell", "number"),
    [(b"1e3", 1000.0), (b"-12.50", -12.5), (b"12,5", 12.5), (b"**********", np.nan), (b"", np.nan)],
)
def test_numbers_as_programs_write_them(cell: bytes, number: float, tmp_path: Path) -> None:
    files = {"a.shp": shp(shp_point()), "a.dbf": dbf(cell, kind=b"N")}
    numbers = read(tmp_path, files).columns[0].numbers
    assert numbers is not None
    np.testing.assert_array_equal(numbers, [number])


def test_what_is_no_number_or_day_stays_the_text_it_is(tmp_path: Path) -> None:
    for kind, cell in ((b"N", b"12/5"), (b"D", b"20240230")):
        files = {"a.shp": shp(shp_point()), "a.dbf": dbf(cell, kind=kind)}
        assert read(tmp_path, files).columns[0].texts.tolist() == [cell.decode()]


def test_binary_fields_are_left_out_and_do_not_spoil_the_encoding(tmp_path: Path) -> None:
    # Bytes of the numbers are no UTF-8: taken for text, they made the names Western.
    numbers = [struct.pack("<d", 1.5 * number) for number in range(1, 41)]
    rows = [(f"Thôn Nậm {at}".encode(), b"%10d" % at, cell) for at, cell in enumerate(numbers)]
    fields = [(b"TEN", b"C", 20), (b"MO_TA", b"M", 10), (b"SO_HO", b"O", 8)]
    files = {"a.shp": shp(*[shp_point()] * 40), "a.dbf": dbf_of_fields(fields, *rows)}
    table = read(tmp_path, files)
    assert table.names == ["TEN"]
    assert table.columns[0].texts.iloc[0] == "Thôn Nậm 0"
    assert table.encoding == "utf-8"
    assert [(fault.key, fault.column, fault.severity) for fault in table.faults] == [
        ("fault-intake-map-left-out", "MO_TA", Severity.WARNING),
        ("fault-intake-map-left-out", "SO_HO", Severity.WARNING),
    ]


def test_a_byte_order_mark_before_the_coordinate_system_is_no_part_of_it(tmp_path: Path) -> None:
    wkt = pyproj.CRS("EPSG:9208").to_wkt("WKT1_ESRI")
    table = read(tmp_path, GOOD | {"a.prj": wkt.encode("utf-8-sig")})
    assert table.crs_wkt is not None
    assert table.faults == ()


def test_a_hundred_thousand_days_are_read_as_the_calendar_says() -> None:
    random = np.random.default_rng(5)
    first = date(1900, 1, 1).toordinal()
    ordinals = random.integers(first, first + 70_000, 100_000).tolist()
    written = [date.fromordinal(day).strftime("%Y%m%d").encode() for day in ordinals]
    strange = {7: b"20240230", 8: b"2024-2-1", 9: b"", 10: b"00000000"}
    for at, cell in strange.items():
        written[at] = cell
    days, odd = days_of(np.array(written, dtype="S8"))
    expected = [None if at in strange else date.fromordinal(day) for at, day in enumerate(ordinals)]
    assert days.astype("datetime64[D]").tolist() == expected
    assert np.flatnonzero(odd).tolist() == [7, 8]
