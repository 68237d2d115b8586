"""What a plan holds is what a reader finds in its files, whatever stands in the register."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geo.export.content import Cell, clean_text
from geo.export.plan_content import PlanTable
from geo.export.table import ColumnKind
from i18n import translator
from services.rollout_export import PLAN_FILES, plan_bytes, plan_content
from services.rollout_values import RolloutPlan
from tests.rollout_plan import HOSTILE, small_plan

Row = dict[str, Cell]

KML: Final = "{http://www.opengis.net/kml/2.2}"
VI: Final = translator("vi")
WAVES: Final = ("2024-Q3", "2024-Q4", "2025-Q1")
EVIL: Final = (
    HOSTILE,
    "+84",
    "@SUM(A1)",
    "\t=1",
    "<script>alert(1)</script>",
    "<r><t>x</t></r>",
    "]]>&amp;&#0;",
    "_x0041_",
    "a\x00b\x1f",
    "\ud800",
    "hai\r\ndòng",
    "$[name]",
    "02701",
    "",
    "🏔",
)

texts = st.one_of(
    st.sampled_from(EVIL), st.text(max_size=20), st.text(alphabet="=+-@'\t\n<>&;{}", max_size=8)
)
maybe = st.one_of(st.none(), texts)
waves = st.one_of(st.none(), st.sampled_from(WAVES))
money = st.one_of(st.none(), st.floats(0, 9e14))
degrees = st.tuples(st.floats(-179, 179), st.floats(-89, 89))
villages = st.fixed_dictionaries(
    {
        "village": maybe,
        "commune": maybe,
        "district": maybe,
        "is_connected": st.booleans(),
        "wave": waves,
        "people": st.one_of(st.none(), st.integers(0, 10**9)),
        "minority_share": st.one_of(st.none(), st.floats(0, 1)),
        "score": st.floats(0, 1),
        "connection_cost_vnd": money,
        "replacement_cost_vnd": money,
        "place": st.one_of(st.none(), degrees),
    }
)
links = st.fixed_dictionaries(
    {
        "technology": st.sampled_from(["fibre", "microwave"]),
        "from_name": maybe,
        "to_name": maybe,
        "wave": waves,
        "length_km": st.floats(0, 1000),
        "cost_vnd": st.floats(0, 9e14),
        "way": st.lists(degrees, min_size=2, max_size=4),
    }
)
plans = st.tuples(st.lists(villages, max_size=5), st.lists(links, max_size=4), texts)
examined = settings(
    max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def plan_of(
    given_villages: list[dict[str, Any]], given_links: list[dict[str, Any]], province: str
) -> RolloutPlan:
    base = small_plan()
    template = base.villages.iloc[3]
    places = [row["place"] or (None, None) for row in given_villages]
    rows = [
        {
            **template.to_dict(),
            **{key: value for key, value in row.items() if key != "place"},
            "village_id": f"V{at}",
            "rank": at + 1,
            "lon": lon,
            "lat": lat,
        }
        for at, (row, (lon, lat)) in enumerate(zip(given_villages, places, strict=True))
    ]
    table = pd.DataFrame(rows, columns=list(base.villages.columns), dtype=object).astype(
        {
            **dict.fromkeys(("people", "households"), "Int64"),
            **dict.fromkeys(
                (
                    "lon",
                    "lat",
                    "minority_share",
                    "score",
                    "connection_cost_vnd",
                    "replacement_cost_vnd",
                    "enters_at_vnd",
                    "needed_budget_vnd",
                    "shortest_cable_km",
                    "equipment_cost_vnd",
                ),
                "float64",
            ),
            "is_connected": "bool",
        }
    )
    drawn = pd.DataFrame(
        [
            {key: value for key, value in link.items() if key != "way"}
            | {"link_id": f"L{at}", "villages": 1}
            for at, link in enumerate(given_links)
        ],
        columns=[name for name in base.links.columns if name != "geometry"],
        dtype=object,
    ).astype({"length_km": "float64", "cost_vnd": "float64"})
    lines = [shapely.LineString(link["way"]) for link in given_links]
    return replace(
        base,
        villages=table,
        links=gpd.GeoDataFrame(drawn, geometry=lines, crs="EPSG:4326"),
        province=province,
    )


def expected(table: PlanTable) -> list[Row]:
    return list(table.rows())


def plain(value: Any) -> Cell:
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124
        return None
    if isinstance(value, datetime | pd.Timestamp):
        return value.date()
    item: Cell = value.item() if hasattr(value, "item") else value
    return item


def same(one: Cell, other: Cell) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return one == pytest.approx(other, rel=1e-12, abs=1e-12)
    return one == other


def assert_rows(found: list[Row], wanted: list[Row]) -> None:
    assert len(found) == len(wanted)
    for got, row in zip(found, wanted, strict=True):
        assert list(got) == list(row)
        for key, value in row.items():
            assert same(value, got[key]), (key, value, got[key])


@given(plans)
@example(([], [], ""))
@examined
def test_tables_hold_the_texts_of_the_register_without_what_no_file_may_hold(
    parts: tuple[list[dict[str, Any]], list[dict[str, Any]], str],
) -> None:
    content = plan_content(plan_of(*parts), VI)
    names = content.tables["villages"].stored["name"]
    assert names == [clean_text(row["village"] or "") or None for row in parts[0]]
    sums = content.tables["links"].stored["cost_vnd"]
    assert sums == [round(link["cost_vnd"]) for link in parts[1]]


@given(plans)
@examined
def test_geojson_brings_back_every_row_and_vertex(
    parts: tuple[list[dict[str, Any]], list[dict[str, Any]], str],
) -> None:
    plan = plan_of(*parts)
    content = plan_content(plan, VI)
    collection = json.loads(plan_bytes(plan, "geojson", VI))
    for layer, kind in (("villages", "village"), ("links", "link")):
        table = content.tables[layer]
        found = [f for f in collection["features"] if f["properties"]["kind"] == kind]
        days = {c.key for c in table.columns if c.kind is ColumnKind.DATE}
        rows = [
            {
                key: date.fromisoformat(value) if key in days and value else value
                for key, value in feature["properties"].items()
                if key != "kind"
            }
            for feature in found
        ]
        assert_rows(rows, expected(table))
        ways = [shapely.from_geojson(json.dumps(f["geometry"])) if f["geometry"] else None
                for f in found]  # fmt: skip
        assert table.shapes is not None
        assert all(
            (one is None and other is None) or shapely.equals_exact(one, other)
            for one, other in zip(ways, table.shapes, strict=True)
        )


@given(plans)
@examined
def test_a_geopackage_brings_back_every_row(
    parts: tuple[list[dict[str, Any]], list[dict[str, Any]], str],
) -> None:
    plan = plan_of(*parts)
    content = plan_content(plan, VI)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.gpkg"
        path.write_bytes(plan_bytes(plan, "gpkg", VI))
        for layer in ("villages", "links", "waves"):
            frame = pyogrio.read_dataframe(path, layer=layer)
            columns = [name for name in frame.columns if name != "geometry"]
            rows = [
                {key: plain(value) for key, value in zip(columns, values, strict=True)}
                for values in frame[columns].itertuples(index=False, name=None)
            ]
            table = content.tables[layer]
            kinds = {c.key: c.kind for c in table.columns}
            for row in rows:  # a reader makes floats of whole numbers where one is missing
                for key, value in row.items():
                    if kinds[key] is ColumnKind.BOOLEAN and value is not None:
                        row[key] = bool(value)
            assert_rows(rows, expected(table))


@given(plans)
@examined
def test_a_workbook_brings_back_every_row_as_people_read_it(
    parts: tuple[list[dict[str, Any]], list[dict[str, Any]], str],
) -> None:
    plan = plan_of(*parts)
    content = plan_content(plan, VI)
    book = openpyxl.load_workbook(io.BytesIO(plan_bytes(plan, "xlsx", VI)))
    for sheet in book.worksheets:
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    for key, table in content.tables.items():
        sheet = book.worksheets[1 + list(content.tables).index(key)]
        names = [column.key for column in table.columns]
        rows = [
            dict(zip(names, map(plain, values), strict=False))
            for values in sheet.iter_rows(min_row=5, values_only=True)
        ][: len(table)]
        shown = {column.key: table.shown(column) for column in table.columns}
        wanted = [{name: shown[name][at] for name in names} for at in range(len(table))]
        assert_rows(rows, wanted)


@given(plans)
@examined
def test_a_kmz_places_every_village_and_link_once_with_its_values(
    parts: tuple[list[dict[str, Any]], list[dict[str, Any]], str],
) -> None:
    plan = plan_of(*parts)
    content = plan_content(plan, VI)
    with zipfile.ZipFile(io.BytesIO(plan_bytes(plan, "kmz", VI))) as archive:
        root = ET.fromstring(archive.read("doc.kml"))  # noqa: S314
    marks = list(root.iter(f"{KML}Placemark"))
    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    assert {mark.findtext(f"{KML}styleUrl") for mark in marks} <= styles
    found: dict[str, dict[str, str]] = {}
    for mark in marks:
        data = {
            str(one.get("name")): one.findtext(f"{KML}value") or ""
            for one in mark.iter(f"{KML}Data")
        }
        key = data.get("village_id") or data.get("link_id") or data["site_id"]
        assert key not in found
        found[key] = data
        assert "<" not in (mark.findtext(f"{KML}description") or "")
    for layer, name in (("villages", "village_id"), ("links", "link_id")):
        for row in content.tables[layer].rows():
            data = found.pop(str(row[name]))
            known = {key for key, value in row.items() if value is not None}
            assert set(data) == known
            for column in content.tables[layer].columns:
                if column.kind is ColumnKind.TEXT and column.key in known:
                    assert data[column.key] == row[column.key]
                elif column.kind is ColumnKind.INTEGER and column.key in known:
                    assert int(data[column.key]) == row[column.key]
    assert set(found) == {"M001"}


@given(plans)
@settings(max_examples=10)
def test_every_file_of_any_plan_is_the_same_twice(
    parts: tuple[list[dict[str, Any]], list[dict[str, Any]], str],
) -> None:
    for name in PLAN_FILES:
        assert plan_bytes(plan_of(*parts), name, VI) == plan_bytes(plan_of(*parts), name, VI)
