from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from geo.export import ExportTable, to_bytes
from geo.export.icons import ICON_SIZE_PX, icon_png
from geo.export.kmz import kml_colour
from geo.symbology import SYMBOLS, MapClass

MakeTable = Callable[..., ExportTable]

KML = {"k": "http://www.opengis.net/kml/2.2"}


def parsed(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314  (our own output)


def document_of(table: ExportTable) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(to_bytes(table, ".kmz"))) as archive:
        document = parsed(archive.read("doc.kml")).find("k:Document", KML)
    assert document is not None
    return document


def text_of(element: ET.Element, path: str) -> str | None:
    return element.findtext(path, namespaces=KML)


def test_the_archive_holds_the_document_first_and_an_icon_for_each_class(
    table: ExportTable,
) -> None:
    with zipfile.ZipFile(io.BytesIO(to_bytes(table, ".kmz"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "doc.kml",
            "icons/no_signal.png",
            "icons/no_mobile.png",
            "icons/no_fibre.png",
        ]


def test_nothing_points_outside_the_archive(table: ExportTable) -> None:
    document = document_of(table)
    links = [e.text for e in document.iter() if e.tag.rpartition("}")[2] in {"href", "link"}]
    assert links == ["icons/no_signal.png", "icons/no_mobile.png", "icons/no_fibre.png"]
    addresses = re.findall(r"https?://[^\s<\"&]+", ET.tostring(document, encoding="unicode"))
    assert set(addresses) == {"http://www.opengis.net/kml/2.2", "http://x.example"}  # a name


def test_folders_are_classes_and_keep_the_order_of_the_list(table: ExportTable) -> None:
    folders = {
        text_of(folder, "k:name"): [
            text_of(placemark, "k:name") for placemark in folder.iterfind("k:Placemark", KML)
        ]
        for folder in document_of(table).iterfind("k:Folder", KML)
    }
    assert folders == {
        "Không có sóng": ['=HYPERLINK("http://x.example")'],
        "Chưa có băng rộng di động": [None],
        "Chưa có cáp quang": ["Y Tý – thôn 3", "<b>A & B</b>"],
    }


def test_styles_are_shared_and_come_from_the_colour_table(table: ExportTable) -> None:
    document = document_of(table)
    colours = {
        style.get("id"): text_of(style, "k:IconStyle/k:color")
        for style in document.iterfind("k:Style", KML)
    }
    assert colours == {"no_signal": "ff005ed5", "no_mobile": "ff009fe6", "no_fibre": "ffb27200"}
    used = {text_of(p, "k:styleUrl") for p in document.iterfind(".//k:Placemark", KML)}
    assert used == {"#no_signal", "#no_mobile", "#no_fibre"}


def test_values_stand_under_stable_keys_with_the_readers_headings(table: ExportTable) -> None:
    placemark = document_of(table).findall(".//k:Placemark", KML)[2]
    rows = [
        (data.get("name"), text_of(data, "k:displayName"), text_of(data, "k:value"))
        for data in placemark.iterfind("k:ExtendedData/k:Data", KML)
    ]
    assert rows == [
        ("rank", "Hạng", "1"),
        ("name", "Thôn", "Y Tý – thôn 3"),
        ("commune_code", "Mã xã", "02701"),
        ("map_class", "Khoảng trống", "Chưa có cáp quang"),
        ("lane", "Nhóm giải pháp", "Quỹ viễn thông"),
        ("people", "Số khẩu", "1568"),
        ("change", "Thay đổi", "-12.5"),
        ("minority_share", "Tỷ lệ DTTS", "0.6621"),
        ("border", "Biên giới", "Có"),
        ("observed_on", "Ngày quan sát", "2024-06-30"),
        ("route_km", "Km tuyến", "12.346"),
        ("total", "Điểm ưu tiên", "0.876543"),
    ]
    assert text_of(placemark, "k:Point/k:coordinates") == "103.6123457,22.6543211"


def test_the_description_is_plain_text_for_the_reader(table: ExportTable) -> None:
    placemarks = document_of(table).findall(".//k:Placemark", KML)
    described = text_of(placemarks[2], "k:description")
    assert described is not None
    assert described.splitlines()[-4:] == [
        "Ngày quan sát: 30/06/2024",
        "Km tuyến: 12,3",
        "Điểm ưu tiên: 0,877",
        "Dữ liệu minh hoạ",
    ]
    hostile = text_of(placemarks[3], "k:description")
    assert hostile is not None
    assert "Thôn: &lt;b&gt;A &amp; B&lt;/b&gt;" in hostile


def test_the_document_says_what_it_is(table: ExportTable) -> None:
    document = document_of(table)
    assert text_of(document, "k:name") == "Danh sách ưu tiên – Chưa có cáp quang · Dữ liệu minh hoạ"
    assert text_of(document, "k:description") == (
        "Tính đến ngày 30/06/2024\n"
        "Tình trạng dữ liệu: Dữ liệu minh hoạ\n"
        "Tính đến ngày: 30/06/2024\n"
        "Mã dữ liệu: ab12"
    )
    assert text_of(document, "k:ExtendedData/k:Data[@name='as_of']/k:value") == "2024-06-30"


def test_a_village_without_a_position_has_no_point(table: ExportTable) -> None:
    placemark = document_of(table).findall(".//k:Placemark", KML)[1]
    assert placemark.find("k:Point", KML) is None


def test_kml_colours_are_alpha_blue_green_red() -> None:
    assert kml_colour("#123456") == "ff563412"


@pytest.mark.parametrize("member", MapClass)
def test_every_icon_is_white_to_be_tinted_and_hollow_when_the_symbol_is(member: MapClass) -> None:
    image = Image.open(io.BytesIO(icon_png(SYMBOLS[member]))).convert("RGBA")
    assert image.size == (ICON_SIZE_PX, ICON_SIZE_PX)
    assert image.getchannel("A").getpixel((0, 0)) == 0
    middle = (ICON_SIZE_PX // 2, ICON_SIZE_PX * 2 // 5)
    if SYMBOLS[member].fill:
        assert image.getpixel(middle) == (255, 255, 255, 255)
    else:
        assert image.getchannel("A").getpixel(middle) == 0


def test_shapes_differ_even_without_colour() -> None:
    shapes = {symbol.shape: icon_png(symbol) for symbol in SYMBOLS.values() if symbol.fill}
    assert len(set(shapes.values())) == len(shapes)
