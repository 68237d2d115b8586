from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from geo.export.kmz import kml_colour
from geo.symbology import ROUTES, SYMBOLS, MapClass, RouteClass
from i18n import LANGUAGES, translator
from planning.errors import PlannerError
from services.rollout_export import PLAN_FILES, plan_bytes, plan_content, write_plan
from services.rollout_export_columns import COLUMNS, STATUSES
from services.rollout_values import Conflict, ConflictLine, RolloutPlan
from tests.rollout_plan import FIRST, HOSTILE, ROOT, SECOND, small_plan, villages_with

KML = {"k": "http://www.opengis.net/kml/2.2"}
HEADER = 4
VI = translator("vi")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_plan(small_plan(), tmp_path / "plan", list(PLAN_FILES), VI)
    return tmp_path / "plan"


def workbook(plan: RolloutPlan, language: str = "vi") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(plan_bytes(plan, "xlsx", translator(language))))


def column(sheet: Worksheet, heading: str) -> list[SheetCell]:
    (found,) = (cell for cell in sheet[HEADER] if cell.value == heading)
    return [
        cell
        for (cell,) in sheet.iter_rows(
            min_row=HEADER + 1, min_col=found.column, max_col=found.column
        )
        if isinstance(cell, SheetCell)
    ]


def values(sheet: Worksheet, heading: str) -> list[Any]:
    return [cell.value for cell in column(sheet, heading)]


def summary(plan: RolloutPlan, language: str = "vi") -> dict[str, Any]:
    rows = workbook(plan, language).worksheets[0].iter_rows(min_row=HEADER, values_only=True)
    return {str(label): value for label, value in rows}


def document(plan: RolloutPlan) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(plan_bytes(plan, "kmz", VI))) as archive:
        found = ET.fromstring(archive.read("doc.kml")).find("k:Document", KML)  # noqa: S314
    assert found is not None
    return found


def children(element: ET.Element, path: str) -> list[ET.Element]:
    return element.findall(path, KML)


def text(element: ET.Element, path: str) -> str:
    return element.findtext(path, default="", namespaces=KML)


def features(plan: RolloutPlan) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(plan_bytes(plan, "geojson", VI))["features"]
    return found


def named(plan: RolloutPlan, kind: str) -> list[dict[str, Any]]:
    return [f["properties"] for f in features(plan) if f["properties"]["kind"] == kind]


def test_every_form_is_written_under_its_name_and_nothing_else(tmp_path: Path) -> None:
    written = write_plan(small_plan(), tmp_path / "a" / "b", ["ofds", "kmz", "xlsx"], VI)
    assert [path.name for path in written] == ["plan.kmz", "plan.xlsx", "ofds.json"]
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(
        path.name for path in written
    )


def test_an_unknown_form_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(PlannerError) as refused:
        write_plan(small_plan(), tmp_path / "plan", ["kmz", "dwg"], VI)
    assert refused.value.key == "error-export-format"
    assert refused.value.values["suffix"] == "dwg"
    assert not (tmp_path / "plan").exists()


def test_a_place_that_is_no_folder_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("mine", encoding="utf-8")
    with pytest.raises(PlannerError) as refused:
        write_plan(small_plan(), tmp_path / "plan", ["kmz"], VI)
    assert refused.value.key == "error-export-write"
    assert (tmp_path / "plan").read_text(encoding="utf-8") == "mine"


def test_a_plan_that_does_not_fit_one_form_leaves_the_folder_as_it_was(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    broken = small_plan(certificate={"cost": float("nan")}, province="Khác")
    with pytest.raises(ValueError, match="JSON"):
        write_plan(broken, folder, list(PLAN_FILES), VI)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_same_plan_gives_the_same_bytes_on_another_day(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    write_plan(small_plan(), tmp_path / "again", list(PLAN_FILES), VI)
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name
    with sqlite3.connect(folder / "plan.gpkg") as database:
        days = database.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
    database.close()
    assert days == [("2024-06-30T00:00:00.000Z",)]
    assert openpyxl.load_workbook(folder / "plan.xlsx").properties.created == datetime(2024, 6, 30)  # noqa: DTZ001


def test_the_illustrative_label_stands_in_every_file_and_only_for_invented_data() -> None:
    for illustrative in (True, False):
        plan = small_plan(illustrative=illustrative)
        for name in PLAN_FILES:
            content = plan_bytes(plan, name, VI)
            if name in {"kmz", "xlsx"}:
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    content = b"".join(archive.read(member) for member in archive.namelist())
            assert ("Dữ liệu minh hoạ".encode() in content) is illustrative, name


def test_geojson_holds_villages_links_and_masts_told_apart_by_kind() -> None:
    collection = json.loads(plan_bytes(small_plan(), "geojson", VI))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection  # RFC 7946, section 4
    assert collection["metadata"]["plan_hash"] == "ab" * 32
    assert collection["metadata"]["bound_vnd"] == 1_347_500_000
    kinds = [feature["properties"]["kind"] for feature in collection["features"]]
    assert kinds == ["village"] * 5 + ["link"] * 3 + ["site"]
    for feature in collection["features"]:
        layer = {"village": "villages", "link": "links", "site": "sites"}
        keys = COLUMNS[layer[feature["properties"]["kind"]]]
        assert list(feature["properties"]) == ["kind", *keys]
    assert collection["features"][5]["geometry"] == {
        "type": "LineString",
        "coordinates": [list(ROOT), list(FIRST)],
    }
    assert collection["features"][4]["geometry"] is None
    assert [f["id"] for f in collection["features"][:2]] == ["A", "B"]


def test_each_village_has_the_status_the_plan_gives_it() -> None:
    statuses = {row["village_id"]: row["status"] for row in named(small_plan(), "village")}
    assert statuses == {
        "A": "chosen",
        "B": "decided",
        "C": "chosen",
        "D": "waits",
        "E": "excluded",
    }
    allowed = replace(small_plan().question, power_first="allowed", excluded={})
    freed = {
        row["village_id"]: row["status"] for row in named(small_plan(question=allowed), "village")
    }
    assert (freed["D"], freed["E"]) == ("left_out", "left_out")
    assert set(statuses.values()) | set(freed.values()) == set(STATUSES)


def test_links_add_up_to_the_kilometres_of_the_plan_in_every_file(folder: Path) -> None:
    plan = small_plan()
    assert plan.totals.km == 3.75
    fibre = [row for row in named(plan, "link") if row["technology"] == "fibre"]
    assert sum(row["length_km"] for row in fibre) == 3.75
    assert sum(row["cost_vnd"] for row in fibre) == 375_000_000
    links = gpd.read_file(folder / "plan.gpkg", layer="links")
    assert links.loc[links["technology"] == "fibre", "length_km"].sum() == 3.75
    sheet = workbook(plan)["Tuyến"]
    assert sum(values(sheet, "Chiều dài cáp (km)")[:2]) == 3.75
    waves = workbook(plan)["Theo quý"]
    assert values(waves, "Cáp luỹ kế (km)") == [1.5, 3.75]
    assert values(waves, "Chi phí luỹ kế (VND)") == [150_000_000, 375_000_000]
    assert values(waves, "Số khẩu luỹ kế") == [200, 500]
    spans = json.loads((folder / "ofds.json").read_bytes())["networks"][0]["spans"]
    assert sum(span["fibreLength"] for span in spans) == 3.75


def test_a_geopackage_has_typed_layers_with_looks_and_the_tables_beside_them(folder: Path) -> None:
    path = folder / "plan.gpkg"
    layers = {str(name): kind for name, kind in pyogrio.list_layers(path).tolist()}
    assert layers == {
        "villages": "Point",
        "links": "LineString",
        "sites": "Point",
        "waves": None,
        "costs": None,
        "comparison": None,
        "conditions": None,
        "notes": None,
        "layer_styles": None,
    }
    villages = gpd.read_file(path, layer="villages")
    assert villages.crs.to_epsg() == 4326
    assert list(villages.columns) == [*COLUMNS["villages"], "geometry"]
    assert villages["is_connected"].tolist() == [True, True, True, False, False]
    assert villages["connection_cost_vnd"].tolist()[:2] == [12_700_000, 12_700_000]
    assert villages["name"].tolist()[0] == HOSTILE
    assert str(villages["done_on"].iloc[0])[:10] == "2024-09-30"
    links = gpd.read_file(path, layer="links")
    assert links.geometry.iloc[0].coords[:] == [ROOT, FIRST]
    waves = pyogrio.read_dataframe(path, layer="waves")
    assert waves["villages_total"].tolist() == [1, 2]
    styles = pyogrio.read_dataframe(path, layer="layer_styles")
    assert styles["f_table_name"].tolist() == ["villages", "links", "sites"]
    assert set(styles["f_geometry_column"]) == {"geom"}


def test_the_links_of_a_geopackage_are_drawn_in_the_colours_of_their_waves(folder: Path) -> None:
    styles = pyogrio.read_dataframe(folder / "plan.gpkg", layer="layer_styles")
    root = ET.fromstring(styles["styleQML"].tolist()[1].split("\n", 1)[1])  # noqa: S314
    renderer = root.find("renderer-v2")
    assert renderer is not None
    assert renderer.get("attr") == "wave"
    found = {
        str(category.get("value")): str(category.get("symbol"))
        for category in renderer.iter("category")
    }
    assert list(found) == ["2024-Q3", "2024-Q4", ""]
    colours = {}
    for symbol in renderer.iter("symbol"):
        (option,) = (o for o in symbol.iter("Option") if o.get("name") == "line_color")
        red, green, blue, _ = map(int, str(option.get("value")).split(","))
        colours[symbol.get("name")] = f"#{red:02X}{green:02X}{blue:02X}"
    drawn = [colours[found[wave]] for wave in found]
    waves = (RouteClass.WAVE_1, RouteClass.WAVE_2, RouteClass.NEVER)
    assert drawn == [ROUTES[wave].light.upper() for wave in waves]


def test_villages_of_a_geopackage_are_drawn_by_status(folder: Path) -> None:
    styles = pyogrio.read_dataframe(folder / "plan.gpkg", layer="layer_styles")
    root = ET.fromstring(styles["styleQML"].tolist()[0].split("\n", 1)[1])  # noqa: S314
    assert [category.get("value") for category in root.iter("category")] == list(STATUSES)
    labels = [category.get("label") for category in root.iter("category")]
    assert labels == ["Được chọn", "Đã chốt", "Chưa được chọn", "Chờ điện lưới", "Đã loại"]


def test_a_kmz_has_a_folder_for_each_wave_then_what_has_none_then_what_is_left_out() -> None:
    folders = {
        text(folder, "k:name"): [text(mark, "k:name") for mark in children(folder, "k:Placemark")]
        for folder in children(document(small_plan()), "k:Folder")
    }
    assert folders == {
        "Quý 3/2024": [f"Điểm cáp & 1 – {HOSTILE}", HOSTILE],
        "Quý 4/2024": [f"{HOSTILE} – Thôn Hai", "Thôn Hai"],
        "Chưa xếp quý": ["M001", "Thôn Ba"],
        "Trạm": ["M001"],
        "Thôn ngoài phương án": ["Thôn Tư", ""],
    }


def lines_of(folder: ET.Element) -> Iterator[ET.Element]:
    return (mark for mark in children(folder, "k:Placemark") if children(mark, "k:LineString"))


def test_the_links_of_a_kmz_are_lines_in_the_colours_of_their_waves() -> None:
    whole = document(small_plan())
    styles = {f"#{style.get('id')}": style for style in children(whole, "k:Style")}
    waves = (RouteClass.WAVE_1, RouteClass.WAVE_2, RouteClass.NEVER)
    for folder, wave in zip(children(whole, "k:Folder"), waves, strict=False):
        (line,) = lines_of(folder)
        colour = text(styles[text(line, "k:styleUrl")], "k:LineStyle/k:color")
        assert colour == kml_colour(ROUTES[wave].dark)
    assert text(whole, "k:Folder/k:Placemark/k:LineString/k:coordinates") == (
        f"{ROOT[0]},{ROOT[1]} {FIRST[0]},{FIRST[1]}"
    )


def test_villages_of_a_kmz_have_the_icon_of_their_status_inside_the_archive() -> None:
    with zipfile.ZipFile(io.BytesIO(plan_bytes(small_plan(), "kmz", VI))) as archive:
        names = archive.namelist()
    assert names == [
        "doc.kml",
        "icons/planned.png",
        "icons/left_out.png",
        "icons/planned_site.png",
    ]
    whole = document(small_plan())
    icons = {
        f"#{style.get('id')}": text(style, "k:IconStyle/k:Icon/k:href")
        for style in children(whole, "k:Style")
    }
    used = {
        text(mark, "k:name"): icons[text(mark, "k:styleUrl")]
        for mark in whole.iter(f"{{{KML['k']}}}Placemark")
        if not children(mark, "k:LineString")
    }
    assert used["Thôn Hai"] == "icons/planned.png"
    assert used["Thôn Tư"] == "icons/left_out.png"
    assert SYMBOLS[MapClass.PLANNED].shape != SYMBOLS[MapClass.LEFT_OUT].shape


def test_a_hostile_name_is_plain_text_in_a_kmz_and_no_address_is_called() -> None:
    whole = document(small_plan())
    (mark,) = (m for m in whole.iter(f"{{{KML['k']}}}Placemark") if text(m, "k:name") == HOSTILE)
    description = text(mark, "k:description")
    assert "<" not in description  # what a reader takes for HTML has none
    assert "&lt;b&gt;y&lt;/b&gt;" in description
    places = [element for element in whole.iter() if element.tag.endswith("}href")]
    assert all(str(place.text).startswith("icons/") for place in places)


def test_the_workbook_has_its_sheets_in_order_with_frozen_headings_and_filters() -> None:
    book = workbook(small_plan())
    assert book.sheetnames == [
        "Tổng hợp",
        "Thôn",
        "Tuyến",
        "Trạm",
        "Theo quý",
        "Đơn giá",
        "Lý do",
        "So sánh",
        "Điều kiện",
        "Ghi chú",
    ]
    assert workbook(small_plan(), "en").sheetnames[:4] == ["Summary", "Villages", "Links", "Masts"]
    for sheet in book.worksheets:
        assert sheet["A1"].value == "Phương án triển khai – Cáp quang – Lào Cai"
        assert sheet["A3"].value == "Dữ liệu minh hoạ"
        if sheet.title not in {"Tổng hợp", "Ghi chú"}:
            assert str(sheet.freeze_panes).endswith(str(HEADER + 1))
            last = get_column_letter(sheet.max_column)
            assert sheet.auto_filter.ref == f"A{HEADER}:{last}{sheet.max_row}"


def test_the_villages_of_the_workbook_are_numbers_and_dates_as_an_office_writes_them() -> None:
    sheet = workbook(small_plan())["Thôn"]
    assert sheet.freeze_panes == "D5"
    money = column(sheet, "Chi phí thay thế (VND)")[0]
    assert (money.value, money.number_format) == (12_345_678, "#,##0")
    day = column(sheet, "Xong trước hết ngày")[0]
    assert (day.value, day.number_format) == (datetime(2024, 9, 30), "dd/mm/yyyy")  # noqa: DTZ001
    share = column(sheet, "Tỷ lệ DTTS")[0]
    assert (share.value, share.number_format) == (0.5, "0.0%")
    assert values(sheet, "Trong phương án") == ["Có", "Có", "Có", "Không", "Không"]
    assert values(sheet, "Quý") == ["Quý 3/2024", "Quý 4/2024", None, None, None]
    assert values(sheet, "Thôn thay thế")[:2] == ["Thôn Tư; E", None]
    assert values(sheet, "Kinh độ")[:2] == [FIRST[0], SECOND[0]]
    wave = column(sheet, "Quý")[1]
    assert wave.border.left.color.rgb == "FF" + ROUTES[RouteClass.WAVE_2].light.removeprefix("#")


def test_a_column_of_money_is_wide_enough_for_its_largest_sum() -> None:
    plan = small_plan(villages=villages_with({"needed_budget_vnd": [None, None, None, 1e14, None]}))
    sheet = workbook(plan)["Thôn"]
    cell = column(sheet, "Ngân sách cần có (VND)")[3]
    assert sheet.column_dimensions[cell.column_letter].width >= len("100,000,000,000,000")


def test_reasons_are_sentences_with_their_sums() -> None:
    said = values(workbook(small_plan())["Lý do"], "Lý do")
    assert said[0] == "Được chọn: thiếu thôn này, phương án tốt nhất kém đi 12.345.678 đồng"
    assert said[2].startswith("Không thể thiếu")
    english = values(workbook(small_plan(), "en")["Reasons"], "Reason")
    assert english[0] == "Chosen: without it the best plan is worse by VND 12,345,678"


@pytest.mark.parametrize(
    ("unit", "said"),
    [("people", "12.346 người"), ("villages", "12.346 thôn"), ("score", "12.345,678 điểm")],
)
def test_a_difference_of_a_budget_is_said_in_what_it_aims_at(unit: str, said: str) -> None:
    reasons = [{"difference": 12_345.678, "unit": unit}] + [{"difference": 0.0}] * 4
    plan = small_plan(villages=villages_with({"reason_values": reasons}))
    assert values(workbook(plan)["Lý do"], "Lý do")[0].endswith(said)


def test_no_cell_of_the_workbook_is_a_formula_or_a_link() -> None:
    for sheet in workbook(small_plan()).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None
    sheet = workbook(small_plan())["Thôn"]
    assert values(sheet, "Thôn")[0] == HOSTILE
    assert column(sheet, "Thôn")[0].data_type == "s"


def test_the_summary_says_what_it_comes_to_and_what_was_asked() -> None:
    said = summary(small_plan())
    assert said["Số thôn được nối"] == 3
    assert said["Số khẩu"] == 600
    assert said["Số thôn chưa rõ số khẩu"] == 1
    assert said["Cáp (km)"] == 3.75
    assert said["Tổng chi phí (VND)"] == 1_375_000_000
    assert said["Tổng chi phí (USD)"] == 54_134
    assert said["Không phương án nào rẻ hơn (VND)"] == 1_347_500_000
    assert said["Khoảng cách tới cận"] == 0.02
    assert said["Đã chứng minh tối ưu"] == "Không"
    assert said["Kiểm chứng độc lập"] == "Đạt 2 trong 2 điều kiểm tra"
    assert said["Hạn hoàn thành"] == datetime(2024, 12, 31)  # noqa: DTZ001
    assert said["Thôn đã chốt"] == "Thôn Hai (B)"
    assert said["Thôn đã loại"] == "E: +84 không đường <vào>"
    assert said["Số thôn ít nhất của Huyện <X>"] == 1
    assert said["Mã phương án"] == "ab" * 32
    assert "Ngân sách (VND)" not in said


def test_a_budget_is_said_with_its_aim_and_no_bound_of_the_cost() -> None:
    plan = small_plan()
    question = replace(plan.question, budget_vnd=12e9, aim="people")
    totals = replace(plan.totals, bound_vnd=None, score=600.0, score_bound=620.0)
    said = summary(small_plan(question=question, totals=totals))
    assert said["Ngân sách (VND)"] == 12_000_000_000
    assert said["Trong ngân sách, được nhiều nhất"] == "Số khẩu"
    assert said["Giá trị mục tiêu"] == 600
    assert said["Không phương án nào trong ngân sách vượt"] == 620
    assert "Không phương án nào rẻ hơn (VND)" not in said


def test_unit_costs_stand_with_their_source_and_how_they_are_known() -> None:
    plan = small_plan()
    sheet = workbook(plan)["Đơn giá"]
    assert values(sheet, "Tên cố định") == plan.costs["key"].tolist()
    assert values(sheet, "Giá trị đã dùng") == plan.costs["used"].tolist()
    marks = values(sheet, "Căn cứ")
    assert marks[0] == "tính từ nguồn công bố"
    assert values(sheet, "Nguồn")[0] == plan.costs["source"].iloc[0]
    for value, low, high in zip(
        values(sheet, "Giá trị đã dùng"), values(sheet, "Thấp"), values(sheet, "Cao"), strict=True
    ):
        assert low <= value <= high


def test_notes_name_the_plan_its_warnings_and_every_column() -> None:
    sheet = workbook(small_plan())["Ghi chú"]
    rows = [[str(value) for value in row if value is not None] for row in sheet.values]
    notes = {row[0]: row[1] for row in rows if len(row) >= 2}
    assert notes["Mã phương án"] == "ab" * 32
    assert notes["Cảnh báo"].startswith("1 đường, đầu tiên ở dòng 3")
    keys = {(row[0], row[2]) for row in rows if len(row) == 4}
    titles = dict(zip(COLUMNS, workbook(small_plan()).sheetnames[1:-1], strict=True))
    expected = {(titles[table], key) for table, columns in COLUMNS.items() for key in columns}
    assert expected <= keys


def test_a_plan_for_another_question_says_so_wherever_it_is_read() -> None:
    line = ConflictLine("conflict-quota", {"asked": 40, "nearest": 31}, 40.0, 31.0, is_enough=True)
    plan = small_plan(conflict=Conflict(lines=(line,), given_way=(line,)))
    said = "Số thôn: yêu cầu 40, nhiều nhất được 31 nếu giữ các giới hạn khác"
    assert summary(plan)["Giới hạn mâu thuẫn"] == said
    assert summary(plan)["Giới hạn đã nới"] == said
    assert said in text(document(plan), "k:description")
    collection = json.loads(plan_bytes(plan, "geojson", VI))
    assert collection["metadata"]["answers_question"] == 0
    notes = dict(plan_content(plan, VI).notes)
    assert notes["Giới hạn mâu thuẫn"] == said


def test_a_plan_without_masts_conditions_baselines_or_quarters_is_written_too() -> None:
    plain = small_plan()
    plan = small_plan(
        sites=pd.DataFrame(),
        conditions=pd.DataFrame(),
        baselines=pd.DataFrame(),
        waves=pd.DataFrame(),
        links=plain.links.iloc[:2].assign(wave=None),
        villages=villages_with({"wave": None, "done_on": None}),
        faults=(),
    )
    assert workbook(plan).sheetnames == [
        "Tổng hợp",
        "Thôn",
        "Tuyến",
        "Theo quý",
        "Đơn giá",
        "Lý do",
        "Ghi chú",
    ]
    folders = [text(folder, "k:name") for folder in children(document(plan), "k:Folder")]
    assert folders == ["Chưa xếp quý", "Thôn ngoài phương án"]
    (network,) = json.loads(plan_bytes(plan, "ofds", VI))["networks"]
    assert "phases" not in network
    assert len(network["spans"]) == 2
    assert plan_bytes(plan, "gpkg", VI)


def test_a_plan_that_lays_nothing_is_written_too() -> None:
    plan = small_plan()
    plan = small_plan(
        links=plan.links.iloc[:0],
        villages=villages_with({"is_connected": False, "wave": None, "technology": None}),
        certificate={},
    )
    for name in PLAN_FILES:
        assert plan_bytes(plan, name, VI), name


def test_the_certificate_is_canonical_json_of_what_was_certified() -> None:
    plan = small_plan()
    content = plan_bytes(plan, "certificate", VI)
    assert json.loads(content) == {**plan.certificate, "data_status": "Dữ liệu minh hoạ"}
    assert content.startswith(b'{"checks":[{"check":"edges","holds":true}')
    assert content.endswith(b"}\n")
    assert "đường".encode() in content
    backwards = dict(reversed(list(plan.certificate.items())))
    assert plan_bytes(small_plan(certificate=backwards), "certificate", VI) == content


def test_half_a_character_from_a_command_line_does_not_break_the_certificate() -> None:
    plan = small_plan(certificate={"why": "\udcff"})
    assert json.loads(plan_bytes(plan, "certificate", VI))["why"] == "\udcff"


def test_open_fibre_data_has_the_cable_of_the_plan_and_not_the_radio() -> None:
    (network,) = json.loads(plan_bytes(small_plan(), "ofds", VI))["networks"]
    nodes = {node["id"]: node for node in network["nodes"]}
    assert set(nodes) == {"F1", "A", "B"}
    assert nodes["F1"]["name"] == "Điểm cáp & 1"
    assert nodes["F1"]["status"] == "operational"
    assert nodes["B"]["status"] == "proposed"
    assert nodes["B"]["phase"]["name"] == "Quý 4/2024"
    ends = [(span["start"], span["end"], span["phase"]["name"]) for span in network["spans"]]
    assert ends == [("F1", "A", "Quý 3/2024"), ("A", "B", "Quý 4/2024")]
    assert network["publicationDate"] == "2024-06-30"
    assert "publisher" not in network


def test_a_village_outside_the_plan_is_no_node_of_its_network() -> None:
    only_b = villages_with({"is_connected": [False, True, True, False, False]})
    (network,) = json.loads(plan_bytes(small_plan(villages=only_b), "ofds", VI))["networks"]
    assert "A" not in {node["id"] for node in network["nodes"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_heading_and_a_meaning_in_every_language(language: str) -> None:
    content = plan_content(small_plan(), translator(language))
    assert list(content.tables) == list(COLUMNS)
    for key, table in content.tables.items():
        assert [one.key for one in table.columns] == list(COLUMNS[key])
        assert table.title
        assert table.about
        labels = [one.label for one in table.columns]
        assert len(set(labels)) == len(labels), key
        assert all(one.description.endswith(".") for one in table.columns), key


def test_the_reference_lists_every_file_table_and_column_and_no_other() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs/reference/plan-files.md").read_text(
        encoding="utf-8"
    )
    listed = {
        heading: re.findall(r"^\| `([^`]+)` \|", body, re.MULTILINE)
        for heading, body in re.findall(
            r"^## (.+?)\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE
        )
    }
    assert listed.pop("Files") == list(PLAN_FILES.values())
    tables = {f"`{table}`": list(columns) for table, columns in COLUMNS.items()}
    assert {heading: keys for heading, keys in listed.items() if keys} == tables
