"""The import page without a browser: it explains itself, and takes a list when one is dropped."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from i18n import translator
from services.shelf import SHIPPED, shelf_here

SCRIPT = """
from ui.frame import choose_language
from ui.pages.importing import show_import_page
show_import_page(choose_language())
"""


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAP_PLANNER_STATE", str(tmp_path))
    monkeypatch.setenv("GAP_PLANNER_TILES", "none")


def opened(language: str) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    app.query_params["lang"] = language
    return app.run()


def said(app: AppTest) -> str:
    blocks = [*app.markdown, *app.caption, *app.info, *app.error, *app.warning, *app.success]
    texts = [str(block.value) for block in blocks]
    html = [str(block.proto.body) for block in app.get("html")]
    tables = [table.value.to_string() for table in [*app.table, *app.dataframe]]
    return "\n".join(texts + html + tables)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_a_file_the_page_says_what_it_takes_and_what_it_does_with_it(
    language: str,
) -> None:
    app = opened(language)
    words = translator(language)
    assert not app.exception
    assert not app.error
    text = said(app)
    assert words("import-step-file") in text
    for kind in (
        "Excel",
        "GeoJSON",
        "GeoPackage",
        "Shapefile",
        "MapInfo",
        "KML",
        "VN-2000",
        "TCVN3",
    ):
        assert kind in text
    uploaders: list[Any] = list(app.get("file_uploader"))
    assert [uploader.label for uploader in uploaders] == [
        words("import-drop-list"), words("import-drop-mapping"), words("import-drop-boundaries"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_shipped_province_stands_on_the_shelf_as_illustrative(language: str) -> None:
    text = said(opened(language))
    assert "Lào Cai" in text
    assert ("Dữ liệu minh hoạ" if language == "vi" else "Illustrative data") in text
    assert shelf_here().in_use() == SHIPPED


LIST = (
    "Thôn;Xã;Huyện;Số hộ;Kinh độ;Vĩ độ;Di động;Ngày cập nhật\n"
    "Thôn Choản Thèn;Xã Y Tý;Huyện Bát Xát;56;103,62;22,65;Có 3G/4G;30/06/2024\n"
    "Thôn Lao Chải;Xã Y Tý;Huyện Bát Xát;80;103,61;22,66;Trắng sóng;30/06/2024\n"
)
FAULTY = LIST.replace(";80;", ";tám mươi;").replace("103,61;22,66", "0;0")


def dropped(language: str, name: str, content: bytes) -> AppTest:
    app = opened(language)
    app.file_uploader[0].upload(name, content).run()
    return app


def accept_button(app: AppTest, language: str) -> list[bool]:
    label = translator(language)("import-accept")
    return [button.disabled for button in app.button if button.label == label]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sound_list_is_understood_column_by_column_and_can_be_accepted(language: str) -> None:
    app = dropped(language, "list.csv", LIST.encode("utf-8-sig"))
    words = translator(language)
    assert not app.exception
    text = said(app)
    assert words("import-verdict-ready", rows=2, errors=0, warnings=0, faulty=0) in text
    for key in ("understood", "columns", "faults", "accept"):
        assert words(f"import-step-{key}") in text
    assert accept_button(app, language) == [False]
    button = next(b for b in app.button if b.label == words("import-accept"))
    button.click().run()
    assert not app.exception
    province = shelf_here().open()
    assert sorted(province.villages["name"]) == ["Thôn Choản Thèn", "Thôn Lao Chải"]
    assert province.latest == date(2024, 6, 30)
    assert not province.illustrative


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_faulty_list_names_its_faults_and_cannot_be_accepted(language: str) -> None:
    app = dropped(language, "list.csv", FAULTY.encode("utf-8-sig"))
    words = translator(language)
    assert not app.exception
    text = said(app)
    assert "tám mươi" in text
    assert words("remedy-position-centre").partition(";")[0] in text
    assert accept_button(app, language) == [True]
    assert shelf_here().in_use() == SHIPPED


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", b"PK\x03\x04 broken"),
        ("list.csv", b""),
        ("village.geojson", b"<OGRVRTDataSource/>"),
    ],
)
def test_an_unusable_file_is_one_sentence_and_the_page_stands(
    language: str, name: str, content: bytes
) -> None:
    app = dropped(language, name, content)
    assert not app.exception
    assert len(app.error) == 1
    assert name in str(app.error[0].value).replace("\\", "")
    assert shelf_here().in_use() == SHIPPED


def test_a_hostile_name_and_cell_are_shown_as_text() -> None:
    evil = LIST.replace("Thôn Choản Thèn", "<img src=x onerror=alert(1)>[x](javascript:1)")
    app = dropped("vi", "<b>../../x</b>.csv", evil.encode("utf-8-sig"))
    assert not app.exception
    html = "\n".join(str(block.proto.body) for block in app.get("html"))
    assert "<img" not in html
    assert not [block for block in app.markdown if "](javascript:" in str(block.value)]


def test_boundaries_dropped_as_the_list_are_told_from_villages() -> None:
    square = [[[103.6, 22.6], [103.7, 22.6], [103.7, 22.7], [103.6, 22.7], [103.6, 22.6]]]
    feature = {
        "type": "Feature",
        "properties": {"ma_huyen": "082", "ten_huyen": "Huyện Bát Xát"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    app = dropped("en", "districts.geojson", content)
    assert not app.exception
    assert not app.error
    assert "districts.geojson: 1 boundary" in said(app).replace("\\", "")


def test_a_workbook_of_two_sheets_lets_one_be_chosen() -> None:
    book = openpyxl.Workbook()
    for at, title in enumerate(("Biểu 1", "Biểu 2")):
        sheet = book.create_sheet(title, at)
        for line in LIST.replace("Choản Thèn", f"Choản Thèn {at + 1}").splitlines():
            sheet.append(line.split(";"))
    content = io.BytesIO()
    book.save(content)
    app = dropped("vi", "list.xlsx", content.getvalue())
    assert not app.exception
    words = translator("vi")
    box = next(b for b in app.selectbox if b.label == words("import-layer"))
    assert box.options[:2] == ["Biểu 1", "Biểu 2"]
    box.set_value("Biểu 2").run()
    assert not app.exception
    assert "Choản Thèn 2" in said(app)
    assert "Choản Thèn 1" not in said(app)
