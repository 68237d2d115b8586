"""What is written into an export file is what a reader finds in it, in every format."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapefile
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from shapely import Point

from geo.export import Column, ColumnKind, ExportTable, to_bytes
from geo.export.content import Cell, Content, clean_text, content_of
from geo.export.dbase import cut_text
from geo.formulas import guard_formula, unguard_formula
from tests.export_wording import WORDING

Row = dict[str, Cell]

HOSTILE: Final = (
    '=HYPERLINK("http://x.example","y")',
    "+84",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r\n=1",
    "'=1",
    "＝1",
    "<script>alert(1)</script>",
    "<r><t>x</t></r>",
    "<r></si>",
    "]]>&amp;&#0;",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    "_x0041_",
    "'; DROP TABLE priority_list; --",
    '"quoted", and; separated',
    "hai\ndòng",
    "hai\r\ndòng",
    " khoảng trắng ",
    "Nậm Xây – thôn Phìn Hồ",
    "a\x00b\x0b\x1f",
    "\ud800",
    "\ufffe",
    "\x85\u2028",
    "{{7*7}}${x}$[name]",
    "🏔",
    "NULL",
    "nan",
    "02701",
    "1e5",
    "TRUE",
    "30/06/2024",
    "",
    "x" * 300,
)
CLASSES: Final = ("no_signal", "no_mobile", "no_fibre", "unknown")
LANES: Final = {"fund": "Quỹ", "operator": "Doanh nghiệp", "power_first": "Điện trước"}
COLUMNS: Final = (
    Column("rank", "Hạng", ColumnKind.INTEGER),
    Column("name", "Thôn", ColumnKind.TEXT),
    Column("remark", "Ghi chú", ColumnKind.TEXT),
    Column("map_class", "Khoảng trống", ColumnKind.CHOICE),
    Column("lane", "Nhóm", ColumnKind.CHOICE, choices=LANES),
    Column("people", "Số khẩu", ColumnKind.INTEGER),
    Column("change", "Thay đổi", ColumnKind.NUMBER),
    Column("minority_share", "Tỷ lệ", ColumnKind.SHARE),
    Column("border", "Biên giới", ColumnKind.BOOLEAN),
    Column("observed_on", "Ngày", ColumnKind.DATE),
    Column("route_km", "Km", ColumnKind.KM),
    Column("total", "Điểm", ColumnKind.SCORE),
)

texts = st.one_of(
    st.none(),
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.text(alphabet="=+-@'\t\n\r\"<>&;,_xr/ ấ\x00\ud800", max_size=12),
)
finite = st.floats(-1e12, 1e12, allow_nan=False)
any_float = st.one_of(finite, st.sampled_from([float("nan"), float("inf"), float("-inf")]))
shares = st.one_of(st.none(), st.floats(0, 1))
points = st.one_of(st.none(), st.builds(Point, st.floats(-180, 180), st.floats(-90, 90)))
rows = st.fixed_dictionaries(
    {
        "name": texts,
        "remark": texts,
        "map_class": st.sampled_from(CLASSES),
        "lane": st.one_of(st.none(), st.sampled_from(sorted(LANES))),
        "people": st.one_of(st.none(), st.integers(-(2**53), 2**53)),
        "change": any_float,
        "minority_share": shares,
        "border": st.one_of(st.none(), st.booleans()),
        "observed_on": st.one_of(st.none(), st.dates(date(1900, 3, 1), date(2199, 12, 31))),
        "route_km": st.one_of(st.none(), st.floats(0, 1e4)),
        "total": shares,
        "geometry": points,
    }
)


def table_of(given_rows: list[dict[str, Any]]) -> ExportTable:
    frame = {
        key: pd.Series([row[key] for row in given_rows], dtype=object)
        for key in (column.key for column in COLUMNS)
        if key != "rank"
    }
    return ExportTable(
        title="Danh sách ưu tiên",
        subtitle="30/06/2024",
        frame=gpd.GeoDataFrame(
            {"rank": list(range(1, len(given_rows) + 1)), **frame},
            geometry=gpd.GeoSeries([row["geometry"] for row in given_rows], crs="EPSG:4326"),
        ),
        columns=COLUMNS,
        notes=(("Tính đến ngày", "30/06/2024"),),
        metadata={"as_of": "2024-06-30"},
        class_key="map_class",
        class_labels={name: f"Nhãn {name}" for name in CLASSES},
        wording=WORDING,
        language="vi",
        illustrative="Dữ liệu minh hoạ",
    )


def expected_rows(content: Content) -> list[Row]:
    """The rows as every file should hold them, choices as stored values."""
    columns = dict(content.stored)
    columns["lon"] = [None if p is None else p[0] for p in content.positions]
    columns["lat"] = [None if p is None else p[1] for p in content.positions]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


# Readers: each gives rows keyed by column key plus lon and lat, in list order, as stored values.

_FROM_TEXT: Final[Mapping[ColumnKind, Callable[[str], Cell]]] = {
    ColumnKind.TEXT: str,
    ColumnKind.CHOICE: str,
    ColumnKind.INTEGER: int,
    ColumnKind.DATE: lambda text: datetime.strptime(text, "%d/%m/%Y").date(),  # noqa: DTZ007
    ColumnKind.BOOLEAN: {"Có": True, "Không": False}.__getitem__,
}
_STORED: Final = {label: value for value, label in LANES.items()} | {
    f"Nhãn {name}": name for name in CLASSES
}


def typed(column: Column, text: str) -> Cell:
    value = _FROM_TEXT.get(column.kind, float)(text)
    return _STORED[text] if column.kind is ColumnKind.CHOICE else value


def read_csv(data: bytes, separator: str = ",") -> list[Row]:
    stream = io.StringIO(data.decode("utf-8-sig"), newline="")
    _, *lines = csv.reader(stream, delimiter=separator)
    return [
        {
            **{
                column.key: typed(column, unguard_formula(number(field, column, separator)))
                if field
                else None
                for column, field in zip(COLUMNS, line, strict=False)
            },
            "lon": degrees(line[len(COLUMNS)], separator),
            "lat": degrees(line[len(COLUMNS) + 1], separator),
        }
        for line in lines
    ]


def number(field: str, column: Column, separator: str) -> str:
    words = {ColumnKind.TEXT, ColumnKind.CHOICE, ColumnKind.BOOLEAN}
    return field if separator == "," or column.kind in words else field.replace(",", ".")


def degrees(field: str, separator: str = ",") -> float | None:
    return float(field.replace(",", ".") if separator == ";" else field) if field else None


def read_xlsx(data: bytes) -> list[Row]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    lines = sheet.iter_rows(min_row=5, max_col=len(COLUMNS) + 2, values_only=True)
    return [
        {
            **{c.key: from_cell(c, value) for c, value in zip(COLUMNS, line, strict=False)},
            "lon": plain(line[-2]),
            "lat": plain(line[-1]),
        }
        for line in lines
    ]


def from_cell(column: Column, value: Any) -> Cell:
    match column.kind, value:
        case _, None:
            return None
        case ColumnKind.DATE, _:
            return pd.Timestamp(value).date()
        case ColumnKind.TEXT, _:
            # The escape that XLSX has for a text that looks like one of its own escapes.
            return str(value).replace("_x005F_", "_")
        case ColumnKind.CHOICE | ColumnKind.BOOLEAN, _:
            return typed(column, str(value))
        case _:
            return plain(value)


def plain(value: Any) -> Cell:
    assert value is None or isinstance(value, (int, float))
    return value


def read_geojson(data: bytes) -> list[Row]:
    found: list[Row] = []
    for feature in json.loads(data)["features"]:
        row = dict(feature["properties"])
        if row["observed_on"] is not None:
            row["observed_on"] = date.fromisoformat(row["observed_on"])
        lon, lat = feature["geometry"]["coordinates"] if feature["geometry"] else (None, None)
        found.append({**row, "lon": lon, "lat": lat})
    return found


def read_gpkg(data: bytes) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.gpkg"
        path.write_bytes(data)
        _, arrow = pyogrio.read_arrow(path, layer="priority_list")
    shapes = gpd.GeoSeries.from_wkb(arrow["geom"].to_pandas())
    found = arrow.drop_columns(["geom"]).to_pylist()
    return [
        {**row, "lon": shape.x if shape else None, "lat": shape.y if shape else None}
        for row, shape in zip(found, shapes, strict=True)
    ]


def read_kmz(data: bytes) -> list[Row]:
    name = "{http://www.opengis.net/kml/2.2}"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ET.fromstring(archive.read("doc.kml"))  # noqa: S314  (our own output)
    found: list[Row] = []
    for placemark in root.iter(f"{name}Placemark"):
        data_of = {
            element.get("name"): element.findtext(f"{name}value") or ""
            for element in placemark.iter(f"{name}Data")
        }
        row = {c.key: from_kml(c, data_of.get(c.key)) for c in COLUMNS}
        lon, lat = None, None
        if coordinates := placemark.findtext(f"{name}Point/{name}coordinates"):
            lon, lat = map(float, coordinates.split(","))
        found.append({**row, "lon": lon, "lat": lat})
    return sorted(found, key=lambda row: int(str(row["rank"])))


def from_kml(column: Column, text: str | None) -> Cell:
    if text is None:
        return None
    return date.fromisoformat(text) if column.kind is ColumnKind.DATE else typed(column, text)


def read_parquet(data: bytes) -> list[Row]:
    arrow = parquet.read_table(io.BytesIO(data))
    shapes = shapely.from_wkb(arrow["geometry"].to_pylist())
    found = arrow.drop_columns(["geometry"]).to_pylist()
    return [
        {**row, "lon": shape.x if shape else None, "lat": shape.y if shape else None}
        for row, shape in zip(found, shapes, strict=True)
    ]


def read_shapefile(data: bytes) -> list[Row]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {
            suffix: io.BytesIO(archive.read(f"priority_list.{suffix}"))
            for suffix in ("shp", "shx", "dbf")
        }
        named = csv.DictReader(
            io.StringIO(archive.read("fields.csv").decode("utf-8-sig")), delimiter=";"
        )
        keys = {row[WORDING.field]: row[WORDING.key] for row in named}
    reader = shapefile.Reader(**parts, encoding="utf-8")
    names = [field.name for field in reader.fields[1:]]
    found: list[Row] = []
    for shape, record in zip(reader.shapes(), reader.records(), strict=True):
        row = {
            keys[name]: value.strip() or None if isinstance(value, str) else value
            for name, value in zip(names, record, strict=True)
        }
        lon, lat = shape.points[0] if shape.points else (None, None)
        found.append({**row, "lon": lon, "lat": lat})
    return found


def held_by_shapefile(rows: list[Row]) -> list[Row]:
    """The rows as that format can hold them: texts cut, and without white space around them."""
    return [
        {k: cut_text(v).strip() or None if isinstance(v, str) else v for k, v in row.items()}
        for row in rows
    ]


def held(suffix: str, rows: list[Row]) -> list[Row]:
    return held_by_shapefile(rows) if suffix == ".zip" else rows


READERS: Final[Mapping[str, Callable[[bytes], list[Row]]]] = {
    ".csv": read_csv,
    ".xlsx": read_xlsx,
    ".geojson": read_geojson,
    ".gpkg": read_gpkg,
    ".kmz": read_kmz,
    ".parquet": read_parquet,
    ".zip": read_shapefile,
}

HOSTILE_LIST: Final = [
    {
        "name": text,
        "remark": text,
        "map_class": CLASSES[index % len(CLASSES)],
        "lane": [None, *LANES][index % 4],
        "people": index - 3,
        "change": -index / 7,
        "minority_share": index / 40,
        "border": [None, True, False][index % 3],
        "observed_on": date(2024, 3, 14) + timedelta(index),
        "route_km": index * 1.2345678,
        "total": index / 41,
        "geometry": Point(103.5 + index / 97, 22 + index / 89) if index % 5 else None,
    }
    for index, text in enumerate(HOSTILE)
]


@pytest.mark.parametrize("suffix", READERS)
def test_hostile_texts_come_back_as_they_went_in(suffix: str) -> None:
    table = table_of(HOSTILE_LIST)
    assert READERS[suffix](to_bytes(table, suffix)) == held(
        suffix, expected_rows(content_of(table))
    )


def test_the_files_of_a_list_agree_row_by_row() -> None:
    table = table_of(HOSTILE_LIST)
    found = {suffix: read(to_bytes(table, suffix)) for suffix, read in READERS.items()}
    first = found[".csv"]
    assert len(first) == len(HOSTILE)
    for suffix, rows in found.items():
        assert rows == held(suffix, first)


@pytest.mark.parametrize("suffix", READERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_rows=st.lists(rows, max_size=4))
@example(given_rows=[])
def test_every_format_gives_back_what_was_written(
    suffix: str, given_rows: list[dict[str, Any]]
) -> None:
    table = table_of(given_rows)
    assert READERS[suffix](to_bytes(table, suffix)) == held(
        suffix, expected_rows(content_of(table))
    )


@settings(max_examples=60, deadline=None)
@given(given_rows=st.lists(rows, max_size=4))
def test_a_csv_with_semicolons_gives_back_what_was_written(
    given_rows: list[dict[str, Any]],
) -> None:
    table = table_of(given_rows)
    data = to_bytes(table, ".csv", separator=";")
    assert read_csv(data, ";") == expected_rows(content_of(table))


@settings(max_examples=60, deadline=None)
@given(text=texts)
def test_no_text_becomes_a_formula(text: str | None) -> None:
    base = HOSTILE_LIST[0]
    table = table_of([{**base, "name": text, "remark": text}])
    workbook = openpyxl.load_workbook(io.BytesIO(to_bytes(table, ".xlsx")))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    for line in csv.reader(io.StringIO(to_bytes(table, ".csv").decode("utf-8-sig"), newline="")):
        assert not line[1].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert not line[2].startswith(("=", "+", "-", "@", "\t", "\r"))


@given(text=st.text())
@example(text="'=1")
@example(text="''=1")
def test_the_apostrophe_guard_is_undone_exactly(text: str) -> None:
    assert unguard_formula(guard_formula(text)) == text


@given(text=st.text())
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given_rows=st.lists(rows, min_size=1, max_size=3))
def test_gdal_reads_the_kmz_and_finds_every_village(
    given_rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    # A reader that shares no code with the writer.
    path = tmp_path / "list.kmz"
    path.write_bytes(to_bytes(table_of(given_rows), ".kmz"))
    with zipfile.ZipFile(path) as archive:
        kml = tmp_path / "doc.kml"
        kml.write_bytes(archive.read("doc.kml"))
    layers = pyogrio.list_layers(kml)[:, 0]
    assert sum(pyogrio.read_info(kml, layer=name)["features"] for name in layers) == len(given_rows)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given_rows=st.lists(rows, min_size=1, max_size=3))
def test_gdal_reads_the_shapefile_as_it_was_written(
    given_rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    # A second reader, for a format of which each program has its own idea.
    table = table_of(given_rows)
    path = tmp_path / "list.shp.zip"
    path.write_bytes(to_bytes(table, ".zip"))
    _, arrow = pyogrio.read_arrow(path)
    expected = held_by_shapefile(expected_rows(content_of(table)))
    for name, key in (
        ("people", "people"),
        ("change", "change"),
        ("mino_share", "minority_share"),
        ("border", "border"),
        ("route_km", "route_km"),
    ):
        assert arrow[name].to_pylist() == [row[key] for row in expected]
    texts = [None if text is None else text.strip() or None for text in arrow["name"].to_pylist()]
    assert texts == [row["name"] for row in expected]
    shapes = shapely.from_wkb(arrow["wkb_geometry"].to_pylist())
    assert [s and s.x for s in shapes] == [row["lon"] for row in expected]
