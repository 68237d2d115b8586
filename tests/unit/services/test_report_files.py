"""The report as PDF, Word document and workbook: one page, whole words, harmless, reproducible."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import docx
import geopandas as gpd
import openpyxl
import pytest
from defusedxml import ElementTree
from docx.shared import Mm
from pypdf import PdfReader

from geo.report.fonts import font_folder
from geo.report.gap_map import draw_map
from geo.report.gauges import draw_gauge
from geo.report.typeset import encode_png
from i18n import translator
from planning.errors import PlannerError
from services.assess import assess
from services.report import _gap_map, gather_report
from services.report_content import report_content
from services.report_export import REPORT_SUFFIXES, report_bytes, write_report
from services.report_values import Report
from tests.unit.services.report_provinces import CASES, HEAD, HOSTILE, JUNE, MARCH, more_targets

SVG = "{http://www.w3.org/2000/svg}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
POINTS_PER_MM = 72 / 25.4


@cache
def gathered(case: str) -> Report:
    return gather_report(CASES[case](), JUNE)


@cache
def made(case: str, suffix: str, language: str = "vi") -> bytes:
    return report_bytes(gathered(case), suffix, translator(language))


@cache
def pages(case: str, language: str = "vi") -> tuple[str, ...]:
    reader = PdfReader(io.BytesIO(made(case, ".pdf", language)))
    return tuple(" ".join(page.extract_text().split()) for page in reader.pages)


def document(case: str = "as shipped", language: str = "vi") -> Any:
    return docx.Document(io.BytesIO(made(case, ".docx", language)))


def test_the_text_of_the_pdf_is_vietnamese_and_whole() -> None:
    first = pages("as shipped")[0]
    for said in (
        "UỶ BAN NHÂN DÂN TỈNH LÀO CAI",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "0,0 % kế hoạch; ước thực hiện đến 31/12/2024: chưa có dự báo; còn 56 thôn, trong đó 14",
        "đạt 0/28 thôn, 0,0 % kế hoạch",
        "6/1.568 thôn (0,4 %)",
        "56/1.568 thôn (3,6 %)",
        "0/6",
        "Chưa có cáp quang: 56 thôn",
        "Nơi nhận:",
        "GIÁM ĐỐC",
    ):
        assert said in first


def test_march_shows_14_and_225() -> None:
    report = gather_report(CASES["as shipped"](), MARCH)
    pdf = PdfReader(io.BytesIO(report_bytes(report, ".pdf", translator("en"))))
    first = " ".join(pdf.pages[0].extract_text().split())
    assert "14/1,568 (0.9%)" in first
    assert "225/1,568 (14.3%)" in first
    assert "Signal, no mobile broadband: 8" in first


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("case", CASES)
def test_the_chairman_gets_one_page_whatever_the_day_brings(case: str, language: str) -> None:
    words = translator(language)
    first, second, *_ = pages(case, language)
    assert words("report-signatory").upper() in first
    assert words("report-recipient-file") in first
    assert f"{words('report-annex')} I " in second
    assert f"{words('report-annex')} I " not in first


@pytest.mark.parametrize("case", CASES)
def test_every_page_is_a4_with_hashes_head_label_and_number_at_its_foot(case: str) -> None:
    province = CASES[case]()
    reader = PdfReader(io.BytesIO(made(case, ".pdf")))
    total = len(reader.pages)
    for number, (page, text) in enumerate(zip(reader.pages, pages(case), strict=True), start=1):
        width, height = (float(side) / POINTS_PER_MM for side in page.mediabox[2:])
        assert (round(width), round(height)) == (210, 297)
        assert f"mã dữ liệu {province.data_hash}" in text
        assert "Mã phương án: không kèm phương án" in text
        assert f"Đầu sổ theo dõi: {province.record_head or 'chưa có bản ghi'}" in text
        assert ("DỮ LIỆU MINH HOẠ" in text) is province.illustrative
        assert f"Trang {number}/{total}" in text


def test_the_head_of_the_record_is_printed_whole() -> None:
    assert len(HEAD) == 64
    assert all(HEAD in text for text in pages("more targets"))


def test_headings_of_long_tables_are_repeated() -> None:
    # Two pages of the table of 48 units.
    assert sum("Xã, phường Số thôn" in text for text in pages("as shipped")) >= 2


def test_the_pdf_is_set_in_tinos_alone_and_carries_it() -> None:
    reader = PdfReader(io.BytesIO(made("as shipped", ".pdf")))
    faces = set()
    for page in reader.pages:
        fonts: Any = page["/Resources"]
        for font in fonts["/Font"].values():
            faces.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
            (below,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in below.get_object()["/FontDescriptor"].get_object()
    assert {face.partition("-")[0] for face in faces} == {"Tinos"}


@pytest.mark.parametrize("case", CASES)
def test_margins_of_the_first_page_are_those_of_the_decree(case: str) -> None:
    (left, top) = first_marks(made(case, ".pdf"))
    assert left == pytest.approx(30, abs=1.0)
    assert top >= 20 - 1


def first_marks(pdf: bytes) -> tuple[float, float]:
    """Return where text begins from the left and from the top, millimetres."""
    found: list[tuple[float, float]] = []

    def note(text: str, _: Any, matrix: list[float], *__: Any) -> None:
        if text.strip():
            found.append((matrix[4], matrix[5]))

    page = PdfReader(io.BytesIO(pdf)).pages[0]
    height = float(page.mediabox.height)
    page.extract_text(visitor_text=lambda text, cm, tm, *rest: note(text, cm, _times(tm, cm)))
    return (
        min(x for x, _ in found) / POINTS_PER_MM,
        (height - max(y for _, y in found)) / POINTS_PER_MM,
    )


def _times(text: list[float], page: list[float]) -> list[float]:
    a, b, c, d, e, f = page
    return [0, 0, 0, 0, text[4] * a + text[5] * c + e, text[4] * b + text[5] * d + f]


def test_nothing_hostile_is_read_as_code_of_the_typesetter() -> None:
    whole = " ".join(pages("hostile names"))
    assert '#image("/etc/passwd")' in whole
    assert '#panic("typst") *b* $x$ `r`' in whole
    assert "root:" not in whole


@pytest.mark.parametrize("suffix", REPORT_SUFFIXES)
def test_equal_reports_are_equal_files_at_any_hour_and_place(suffix: str, tmp_path: Any) -> None:
    script = (
        "import sys, pathlib; from datetime import date; from i18n import translator\n"
        "from services.province import shipped_province\n"
        "from services.report import gather_report\n"
        "from services.report_export import report_bytes\n"
        "report = gather_report(shipped_province(), date(2024, 6, 30))\n"
        "made = report_bytes(report, sys.argv[1], translator('vi'))\n"
        "pathlib.Path(sys.argv[2]).write_bytes(made)\n"
    )
    file = tmp_path / "elsewhere"
    there = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LANG": "C"}
    subprocess.run([sys.executable, "-c", script, suffix, file], check=True, env=there)
    assert file.read_bytes() == made("as shipped", suffix)


def test_a_report_of_another_day_or_language_is_another_file() -> None:
    assert made("as shipped", ".pdf", "en") != made("as shipped", ".pdf")
    other = report_bytes(gather_report(CASES["as shipped"](), MARCH), ".pdf", translator("vi"))
    assert other != made("as shipped", ".pdf")


def test_the_document_is_a4_with_the_margins_of_the_decree_and_times_new_roman() -> None:
    word = document()
    section = word.sections[0]
    for side, millimetres in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 20),
        (section.bottom_margin, 20),
        (section.left_margin, 30),
        (section.right_margin, 15),
    ):
        assert abs(side - Mm(millimetres)) <= Mm(0.1)
    for name in ("Normal", "Heading 1", "Heading 2"):
        faces = word.styles[name].element.rPr.rFonts
        said = {faces.get(f"{W}{script}") for script in ("ascii", "hAnsi", "cs", "eastAsia")}
        assert said == {"Times New Roman"}
        assert not [key for key in faces.attrib if key.endswith("Theme")]


def test_the_document_has_real_headings_and_the_national_header() -> None:
    word = document()
    headings = [p.text for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:2] == ["BÁO CÁO", "1. Chỉ tiêu"]
    assert headings[-2:] == ["Phụ lục IV", "Thôn chưa có điện lưới còn thiếu dịch vụ"]
    left, right = word.tables[0].rows[0].cells
    assert [p.text for p in left.paragraphs if p.text] == [
        "UỶ BAN NHÂN DÂN TỈNH LÀO CAI",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số: ……/BC-SKHCN",
    ]
    assert [p.text for p in right.paragraphs if p.text][:2] == [
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_tables_of_the_document_repeat_their_heading_and_hold_the_figures() -> None:
    tables = [t for t in document().tables if t._tbl.findall(f".//{W}tblHeader")]
    # The ten priorities and four annexes.
    assert len(tables) == 5
    priorities, districts, units, *_ = tables
    assert len(priorities.rows) == 11
    assert [cell.text for cell in districts.rows[-1].cells][:6] == [
        "Cộng",
        "1.568",
        "6",
        "6",
        "56",
        "14",
    ]
    assert len(units.rows) == 1 + 48 + 1


def test_pictures_of_the_document_have_a_sentence_for_those_who_cannot_see_them() -> None:
    about = [
        one.get("descr") for one in document().element.body.iter() if one.tag.endswith("docPr")
    ]
    assert len(about) == 3
    assert any(text.startswith("Cáp quang: đạt 0/28 thôn") for text in about)
    assert any("Chưa có cáp quang: 56 thôn" in text for text in about)


def test_the_document_carries_hashes_on_each_foot_and_numbers_from_the_second_page() -> None:
    section = document("more targets").sections[0]
    assert section.different_first_page_header_footer
    for footer in (section.first_page_footer, section.footer):
        text = "\n".join(p.text for p in footer.paragraphs)
        assert CASES["more targets"]().data_hash in text
        assert HEAD in text
        assert "DỮ LIỆU MINH HOẠ" in text
        assert "NUMPAGES" in ElementTree.tostring(footer._element, "unicode")
    assert "PAGE" in ElementTree.tostring(section.header._element, "unicode")
    assert not section.first_page_header.paragraphs[0].text


def test_the_document_knows_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(made("as shipped", ".docx"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = document().core_properties
    assert about.created.replace(tzinfo=None) == datetime(2024, 6, 30)  # noqa: DTZ001
    assert about.modified.replace(tzinfo=None) == datetime(2024, 6, 30)  # noqa: DTZ001


def test_hostile_names_are_text_in_the_document_without_their_control_characters() -> None:
    with zipfile.ZipFile(io.BytesIO(made("hostile names", ".docx"))) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(archive.read(name))
        body = archive.read("word/document.xml").decode()
    texts = {cell.text for table in document("hostile names").tables for cell in _cells(table)}
    assert "</w:t><w:p> gnp" in texts
    assert "<script>alert(1)</script>&\"'" in texts
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", body)


def _cells(table: Any) -> Any:
    for row in table.rows:
        yield from row.cells


@pytest.mark.parametrize("case", CASES)
def test_no_cell_of_the_workbook_is_a_formula_and_every_sheet_says_what_it_is(case: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(case, ".xlsx")))
    label = "Dữ liệu minh hoạ" if CASES[case]().illustrative else None
    for sheet in book:
        assert sheet["A3"].value == label
        assert CASES[case]().data_hash in sheet["A2"].value
        assert sheet.print_title_rows in {"$1:$3", "$1:$4"}
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds


def test_the_workbook_holds_all_ranked_villages_and_areas_as_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("as shipped", ".xlsx")))
    assert book.sheetnames == [
        "Báo cáo",
        "Chỉ tiêu",
        "Ưu tiên",
        "Huyện cũ",
        "Xã, phường mới",
        "Xã cũ",
        "Chưa có điện",
    ]
    ranks = [row[0].value for row in book["Ưu tiên"].iter_rows(min_row=5)]
    assert ranks == list(range(1, 57))
    districts = list(book["Huyện cũ"].iter_rows(min_row=5, values_only=True))
    assert len(districts) == 9
    assert [
        sum(column) for column in zip(*districts, strict=True) if not isinstance(column[0], str)
    ][:5] == [1568, 6, 6, 56, 14]
    signal, fibre = book["Chỉ tiêu"].iter_rows(min_row=5, max_row=6, values_only=True)
    assert (signal[1], signal[2], fibre[1], fibre[2]) == (0, 6, 0, 28)


def test_hostile_names_stay_texts_in_the_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("hostile names", ".xlsx")))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert HOSTILE[1] in values
    assert "<r>rich</r>" in values


def content_of(case: str) -> Any:
    return report_content(gathered(case), translator("vi"))


@pytest.mark.parametrize("case", CASES)
def test_pictures_are_well_formed_whatever_the_names(case: str) -> None:
    content = content_of(case)
    for picture in (draw_map(content.map), *map(draw_gauge, content.gauges)):
        root = ElementTree.fromstring(picture)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {
            "svg", "path", "text", "polygon", "rect", "circle", "line", "defs", "pattern",
        }  # fmt: skip


def test_the_map_draws_each_gap_by_its_shape_and_names_the_districts() -> None:
    root = ElementTree.fromstring(draw_map(content_of("as shipped").map))
    # Each village is drawn on white once more; the legend adds one of a kind.
    triangles = [p for p in root.iter(f"{SVG}polygon") if len(p.get("points", "").split()) == 3]
    assert len(triangles) == 2 * 6 + 1
    assert len(list(root.iter(f"{SVG}rect"))) == 2 * 56 + 1
    names = {text.text for text in root.iter(f"{SVG}text")}
    assert {"Bát Xát", "Văn Bàn", "Thị xã Sa Pa", "20 km"} <= names


def test_a_province_without_any_position_has_an_empty_map_that_counts_what_is_missing() -> None:
    province = CASES["as shipped"]()
    nowhere = province.villages.set_geometry(gpd.GeoSeries([None] * 1568, crs="EPSG:4326"))
    drawn = _gap_map(replace(province, villages=nowhere), assess(province, JUNE))
    # 56 without fibre and 6 without signal, of which 4 lack both.
    assert (drawn.unplaced, len(drawn.lon)) == (56 + 6 - 4, 0)
    content = replace(
        content_of("as shipped").map,
        ground=drawn.ground,
        lon=drawn.lon,
        lat=drawn.lat,
        mobile=drawn.mobile,
        fibre=drawn.fibre,
    )
    assert ElementTree.fromstring(draw_map(content)) is not None


def test_a_gauge_fills_as_far_as_achieved_and_marks_the_plan_to_date() -> None:
    empty = content_of("as shipped").gauges[1]
    half = replace(empty, share=0.5, planned_share=0.75)
    parts = [
        len(list(ElementTree.fromstring(draw_gauge(g)).iter(f"{SVG}path"))) for g in (empty, half)
    ]
    assert parts == [1, 2]
    assert len(list(ElementTree.fromstring(draw_gauge(half)).iter(f"{SVG}line"))) == 1
    assert draw_gauge(replace(empty, share=1.7)) == draw_gauge(replace(empty, share=1.0))


def test_a_picture_for_print_has_300_dots_an_inch() -> None:
    png = encode_png(draw_gauge(content_of("as shipped").gauges[0]))
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20], "big")
    assert width == pytest.approx(42 / 25.4 * 300, abs=2)


def test_without_its_fonts_a_report_is_refused(tmp_path: Any) -> None:
    with pytest.raises(PlannerError, match="error-report-fonts"):
        font_folder(tmp_path)


def test_an_unknown_form_is_refused_and_leaves_no_file(tmp_path: Any) -> None:
    report = gather_report(more_targets(), JUNE)
    with pytest.raises(PlannerError, match="error-report-format"):
        write_report(report, tmp_path / "report.odt", translator("vi"))
    assert list(tmp_path.iterdir()) == []
