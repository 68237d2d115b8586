"""What the product writes, the product reads: villages, values and positions of every format."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from shapely import Point

from geo.export import SUFFIXES, Column, ColumnKind, ExportTable, to_bytes
from geo.export.content import Cell, Content, content_of
from geo.export.dbase import cut_text
from geo.export.field_names import field_names
from geo.intake.child import read_source
from geo.intake.sandbox import read_foreign
from geo.intake.table import RawColumn, RawTable, ReadOptions
from tests.export_wording import WORDING

GRID_POWER: Final = {"grid": "Điện lưới", "none": "Chưa có điện", "solar": "Điện mặt trời"}
COLUMNS: Final = (
    Column("rank", "Hạng", ColumnKind.INTEGER),
    Column("village_id", "Mã thôn", ColumnKind.TEXT),
    Column("name", "Tên thôn", ColumnKind.TEXT),
    Column("map_class", "Khoảng trống", ColumnKind.CHOICE),
    Column("grid_power", "Điện", ColumnKind.CHOICE, choices=GRID_POWER),
    Column("people", "Số khẩu", ColumnKind.INTEGER),
    Column("minority_share", "Tỷ lệ DTTS", ColumnKind.SHARE),
    Column("border", "Biên giới", ColumnKind.BOOLEAN),
    Column("observed_on", "Ngày ghi nhận", ColumnKind.DATE),
    Column("distance_km", "Khoảng cách (km)", ColumnKind.KM),
)
NOTES: Final = (("Tình trạng", "Dữ liệu minh hoạ"), ("Tính đến ngày", "30/06/2024"))
KINDS: Final = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".geojson": "geojson",
    ".gpkg": "gpkg",
    ".kmz": "kmz",
    ".parquet": "parquet",
    ".zip": "shp",
}
FOR_PEOPLE: Final = {".csv", ".xlsx", ".kmz"}
"""Formats that show labels in place of stored values."""

NAMES: Final = (
    "Y Tý – thôn 3",
    "Nậm Xây, thôn Phìn Hồ",
    "Bản Hoà; tổ 2",
    '"Séo Mý Tỷ"',
    "=1+1",
    "x;=1+1",
    "-5",
    "+84",
    "@x",
    "＝1",
    "'=1",
    "<b>A & B</b>",
    "hai\ndòng",
    "02701",
    "1e5",
    "🏔",
    "x" * 300,
)

# Words of real names: the readers rightly suspect an odd letter of an old font.
SYLLABLES: Final = (
    "Y",
    "Tý",
    "Nậm",
    "Xây",
    "Phìn",
    "Hồ",
    "Mường",
    "Khương",
    "Séo",
    "Mý",
    "Tỷ",
    "Lử",
)
names = st.one_of(
    st.sampled_from(NAMES),
    st.builds(
        lambda kind, words, end: f"{kind} {' '.join(words)}{end}",
        st.sampled_from(["Thôn", "Bản", "Tổ"]),
        st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4),
        st.text(alphabet=" 12;,-=+'\"&<>\n", max_size=6),
    ),
)
villages = st.fixed_dictionaries(
    {
        "name": names,
        "map_class": st.sampled_from(["no_signal", "no_mobile", "no_fibre"]),
        "grid_power": st.one_of(st.none(), st.sampled_from(sorted(GRID_POWER))),
        "people": st.one_of(st.none(), st.integers(0, 10**6)),
        "minority_share": st.one_of(st.none(), st.floats(0, 1)),
        "border": st.one_of(st.none(), st.booleans()),
        "observed_on": st.one_of(st.none(), st.dates(date(1900, 3, 1), date(2199, 12, 31))),
        "distance_km": st.floats(0, 500),
        "geometry": st.one_of(
            st.none(), st.builds(Point, st.floats(102, 110), st.floats(8.0, 23.5))
        ),
    }
)
EVERY_NAME: Final = [
    {
        "name": name,
        "map_class": "no_fibre",
        "grid_power": sorted(GRID_POWER)[index % 3],
        "people": index or None,
        "minority_share": index / 17,
        "border": [True, False, None][index % 3],
        "observed_on": date(2024, 3, 14) if index % 4 else None,
        "distance_km": index * 1.2345,
        "geometry": Point(103.5 + index / 97, 22 + index / 89) if index % 5 else None,
    }
    for index, name in enumerate(NAMES)
]


def list_of(given_villages: list[dict[str, Any]]) -> ExportTable:
    keys = [column.key for column in COLUMNS[2:]]
    count = len(given_villages)
    return ExportTable(
        title="Danh sách ưu tiên",
        subtitle="30/06/2024",
        frame=gpd.GeoDataFrame(
            {
                "rank": range(1, count + 1),
                "village_id": [f"LC-{number:04d}" for number in range(1, count + 1)],
                **{
                    key: pd.Series([village[key] for village in given_villages], dtype=object)
                    for key in keys
                },
            },
            geometry=gpd.GeoSeries(
                [village["geometry"] for village in given_villages], crs="EPSG:4326"
            ),
        ),
        columns=COLUMNS,
        notes=NOTES,
        metadata={"as_of": "2024-06-30"},
        class_key="map_class",
        class_labels={"no_signal": "Không có sóng", "no_mobile": "Chưa có", "no_fibre": "Cáp"},
        wording=WORDING,
        language="vi",
        illustrative="Dữ liệu minh hoạ",
    )


def read_here(table: ExportTable, suffix: str, **how: Any) -> RawTable:
    """Read an export in this process, which is quick; the sandbox reads by the same function."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "source"
        path.write_bytes(to_bytes(table, suffix, **how))
        return read_source(path, suffix, ReadOptions(), lambda _stage, _share: None)


def headings(suffix: str) -> list[str]:
    match suffix:
        case ".csv" | ".xlsx":
            return [column.label for column in COLUMNS]
        case ".zip":
            return list(field_names([column.key for column in COLUMNS]))
        case _:
            return [column.key for column in COLUMNS]


def column_of(raw: RawTable, heading: str) -> RawColumn:
    found = [c for c in raw.columns if c.name in {heading, f"{heading} (dd/mm/yyyy)"}]
    if found:
        # The last: KML also has a name of its own for each placemark.
        return found[-1]
    assert raw.format == "kmz", heading  # where a value that no village has is written nowhere
    return RawColumn(heading, pd.Series([None] * len(raw), dtype="str"))


def cells_of(raw: RawColumn, kind: ColumnKind) -> list[Cell]:
    """The cells of a column as the values that they say, whatever way the file says it."""
    texts = [None if pd.isna(text) else str(text) for text in raw.texts]
    cells: list[Cell] = [None if text is None else FROM_TEXT[kind](text) for text in texts]
    if raw.numbers is not None:
        cells = [c if pd.isna(n) else float(n) for c, n in zip(cells, raw.numbers, strict=True)]
    if raw.days is not None:
        days = pd.Series(raw.days)
        cells = [c if pd.isna(d) else d.date() for c, d in zip(cells, days, strict=True)]
    return cells


def day(text: str) -> date:
    return date.fromisoformat("-".join(reversed(text.split("/"))) if "/" in text else text)


def decimal(text: str) -> float:
    return float(text.replace(",", "."))


FROM_TEXT: Final[Mapping[ColumnKind, Callable[[str], Cell]]] = {
    ColumnKind.TEXT: str,
    ColumnKind.CHOICE: str,
    ColumnKind.INTEGER: int,
    ColumnKind.SHARE: decimal,
    ColumnKind.KM: decimal,
    ColumnKind.DATE: day,
    ColumnKind.BOOLEAN: {"TRUE": True, "FALSE": False, "Có": True, "Không": False}.__getitem__,
}


def positions_of(raw: RawTable) -> list[tuple[float, float] | None]:
    if raw.geometry is not None:
        return [None if shape is None else (shape.x, shape.y) for shape in raw.geometry]
    lon, lat = (
        cells_of(column_of(raw, heading), ColumnKind.KM)
        for heading in (WORDING.longitude, WORDING.latitude)
    )
    return [
        (float(x), float(y)) if isinstance(x, float) and isinstance(y, float) else None
        for x, y in zip(lon, lat, strict=True)
    ]


def entered(text: str) -> str | None:
    """A text as every entrance of the product leaves it."""
    return unicodedata.normalize("NFC", text).strip() or None


def expected(content: Content, column: Column, suffix: str) -> list[Cell]:
    labels = suffix in FOR_PEOPLE and column.kind is ColumnKind.CHOICE
    values = content.shown(column) if labels else content.stored[column.key]
    if suffix == ".zip":
        values = [cut_text(value) if isinstance(value, str) else value for value in values]
    return [entered(value) if isinstance(value, str) else value for value in values]


def check(raw: RawTable, table: ExportTable, suffix: str) -> None:
    content = content_of(table)
    rank = cells_of(column_of(raw, headings(suffix)[0]), ColumnKind.INTEGER)
    # KMZ has a folder for each class: the rank gives the order of the list back.
    order = [rank.index(number) for number in range(1, len(content.positions) + 1)]
    for column, heading in zip(content.columns, headings(suffix), strict=True):
        cells = cells_of(column_of(raw, heading), column.kind)
        assert [cells[row] for row in order] == expected(content, column, suffix), heading
    found = positions_of(raw)
    assert [found[row] for row in order] == content.positions
    assert raw.format == KINDS[suffix]
    assert not raw.faults


def test_every_format_has_its_reader() -> None:
    assert tuple(KINDS) == SUFFIXES


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_export_comes_back_through_the_sandbox(suffix: str, tmp_path: Path) -> None:
    table = list_of(EVERY_NAME)
    path = tmp_path / f"list{suffix}"
    path.write_bytes(to_bytes(table, suffix))
    check(read_foreign(path), table, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_villages=st.lists(villages, min_size=1, max_size=5))
@example(given_villages=EVERY_NAME)
def test_whatever_is_exported_is_read_back(
    suffix: str, given_villages: list[dict[str, Any]]
) -> None:
    table = list_of(given_villages)
    check(read_here(table, suffix), table, suffix)


@settings(max_examples=25, deadline=None)
@given(given_villages=st.lists(villages, min_size=1, max_size=5))
def test_the_semicolon_csv_with_decimal_commas_is_read_back(
    given_villages: list[dict[str, Any]],
) -> None:
    table = list_of(given_villages)
    raw = read_here(table, ".csv", separator=";")
    assert raw.separator == ";"
    check(raw, table, ".csv")


def test_the_heading_of_a_workbook_is_found_under_its_three_lines() -> None:
    raw = read_here(list_of(EVERY_NAME), ".xlsx")
    assert raw.header_rows == (4,)
    assert raw.rows.tolist() == list(range(5, 5 + len(EVERY_NAME)))
    assert raw.layer == "Danh sách"
    assert [(row, why) for row, why, _ in raw.set_aside] == [(n, "title") for n in (1, 2, 3)]


def test_the_notes_of_a_csv_are_columns() -> None:
    raw = read_here(list_of(EVERY_NAME), ".csv")
    assert (raw.encoding, raw.separator, raw.header_rows) == ("utf-8", ",", (1,))
    for label, value in NOTES:
        assert set(column_of(raw, label).texts) == {value}


def test_the_label_of_illustrative_data_survives_in_files_for_programs() -> None:
    for suffix in (".geojson", ".kmz"):
        raw = read_here(list_of(EVERY_NAME), suffix)
        assert raw.metadata["data_status"] == "Dữ liệu minh hoạ"
