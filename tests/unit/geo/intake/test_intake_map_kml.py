"""KML and KMZ as Google Earth, QGIS and ArcGIS write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.intake.kml import read_kml, read_kmz
from geo.intake.limits import MAX_COLUMNS, MAX_ROWS
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError, Severity
from tests.unit.geo.intake.archive_building import zipped

NONE = ReadOptions()
PLACE = "<Point><coordinates>103.84,22.335,900</coordinates></Point>"
SPACE = ' xmlns="http://www.opengis.net/kml/2.2"'


def read(folder: Path, inner: str, space: str = SPACE, codec: str = "utf-8") -> RawTable:
    path = folder / "thon.kml"
    text = f'<?xml version="1.0" encoding="{codec}"?><kml{space}><Document>{inner}</Document></kml>'
    path.write_bytes(text.encode(codec))
    return read_kml(path, NONE)


def cells(table: RawTable) -> dict[str, list[str | None]]:
    texts = {column.name: column.texts.astype(object) for column in table.columns}
    return {name: cells.where(cells.notna(), None).tolist() for name, cells in texts.items()}


def test_vietnamese_field_names_stay_intact_in_both_kinds_of_data(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        '<Schema name="s"><SimpleField name="Số hộ" type="int"/></Schema>'
        "<Placemark><name>Nậm Chảy</name><ExtendedData>"
        '<Data name="Dân số"><displayName>Dân số (người)</displayName><value>1.234</value></Data>'
        '<SchemaData schemaUrl="#s"><SimpleData name="Số hộ">41</SimpleData></SchemaData>'
        f"</ExtendedData>{PLACE}</Placemark>",
    )
    assert cells(table) == {"name": ["Nậm Chảy"], "Dân số": ["1.234"], "Số hộ": ["41"]}
    assert table.metadata == {"displayName Dân số": "Dân số (người)"}
    assert all(column.numbers is None for column in table.columns)
    assert table.crs_wkt == "EPSG:4326"


@pytest.mark.parametrize("space", ["", SPACE, ' xmlns="http://earth.google.com/kml/2.1"'])
def test_any_name_space_will_do(space: str, tmp_path: Path) -> None:
    table = read(tmp_path, f"<Placemark><name>a</name>{PLACE}</Placemark>", space)
    assert table.geometry is not None
    assert table.geometry[0].wkt == "POINT (103.84 22.335)"


def test_folders_become_a_column(tmp_path: Path) -> None:
    mark = "<Placemark><name>{}</name></Placemark>"
    table = read(
        tmp_path,
        "<name>Lào Cai</name>"
        f"<Folder><name>Bát Xát</name>{mark.format('a')}"
        f"<Folder><name>Y Tý</name>{mark.format('b')}</Folder></Folder>{mark.format('c')}",
    )
    assert cells(table) == {"Folder": ["Bát Xát", "Bát Xát / Y Tý", None], "name": ["a", "b", "c"]}
    assert table.metadata == {"name": "Lào Cai"}


def test_a_name_in_the_data_is_not_the_name_of_the_placemark(tmp_path: Path) -> None:
    data = '<ExtendedData><Data name="name"><value>b</value></Data></ExtendedData>'
    table = read(tmp_path, f"<Placemark><name>a</name>{data}{PLACE}</Placemark>")
    assert [(c.name, c.texts.tolist()) for c in table.columns] == [("name", ["a"]), ("name", ["b"])]


def test_a_value_written_twice_is_reported(tmp_path: Path) -> None:
    data = '<Data name="x"><value>1</value></Data><Data name="x"><value>2</value></Data>'
    table = read(tmp_path, f"<Placemark><ExtendedData>{data}</ExtendedData></Placemark>")
    assert cells(table) == {"x": ["1"]}
    assert [(fault.column, fault.values) for fault in table.faults] == [("x", {"count": 1})]


def test_geometries_of_every_kind(tmp_path: Path) -> None:
    ring = "<LinearRing><coordinates>{}</coordinates></LinearRing>"
    hole = ring.format("1,1 2,1 2,2 1,1")
    shapes = {
        f"<MultiGeometry>{PLACE}</MultiGeometry>": "POINT (103.84 22.335)",
        f"<MultiGeometry>{PLACE}{PLACE}</MultiGeometry>": (
            "MULTIPOINT ((103.84 22.335), (103.84 22.335))"
        ),
        "<Polygon><outerBoundaryIs>" + ring.format("0,0 9,0 9,9 0,0")
        + f"</outerBoundaryIs><innerBoundaryIs>{hole}</innerBoundaryIs></Polygon>": (
            "POLYGON ((0 0, 9 0, 9 9, 0 0), (1 1, 2 1, 2 2, 1 1))"
        ),
        "<LineString><coordinates>\n 0,0,5\n 1, 1,5 </coordinates></LineString>": (
            "LINESTRING (0 0, 1 1)"
        ),
        "": None,
    }  # fmt: skip
    table = read(tmp_path, "".join(f"<Placemark>{shape}</Placemark>" for shape in shapes))
    assert table.geometry is not None
    assert [g and g.wkt for g in table.geometry] == list(shapes.values())
    assert table.faults == ()


def test_unreadable_coordinates_are_faults_of_their_rows(tmp_path: Path) -> None:
    point = "<Placemark><name>a</name><Point><coordinates>{}</coordinates></Point></Placemark>"
    texts = ["103,22", "Thôn", "", "inf,1", "1e300,1"]
    table = read(tmp_path, "".join(point.format(text) for text in texts))
    assert [(fault.row, fault.key) for fault in table.faults] == [
        (2, "fault-intake-map-geometry"),
        (3, "fault-intake-map-empty"),
        (4, "fault-intake-map-coordinate"),
        (5, "fault-intake-map-coordinate"),
    ]


def test_links_are_counted_and_not_followed(tmp_path: Path) -> None:
    link = "<NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink>"
    overlay = "<GroundOverlay><Icon><href>/etc/passwd</href></Icon></GroundOverlay>"
    table = read(tmp_path, f"{link}{overlay}<Placemark><name>a</name></Placemark>")
    assert table.metadata == {"links": "2"}
    assert cells(table) == {"name": ["a"]}


def test_the_declared_encoding_is_heeded(tmp_path: Path) -> None:
    mark = f"<Placemark><name>Tha\u0309o</name>{PLACE}</Placemark>"
    assert cells(read(tmp_path, mark, codec="windows-1258")) == {"name": ["Thảo"]}
    assert cells(read(tmp_path, mark, codec="utf-16")) == {"name": ["Thảo"]}


def test_the_document_of_an_archive_is_read(tmp_path: Path) -> None:
    other = f"<kml><Placemark><name>khác</name>{PLACE}</Placemark></kml>".encode()
    path = tmp_path / "thon.kmz"
    path.write_bytes(zipped({"a.kml": other, "doc.kml": other.replace("khác".encode(), b"doc")}))
    table = read_kmz(path, NONE)
    assert (table.format, cells(table)) == ("kmz", {"name": ["doc"]})


def test_an_entity_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "thon.kml"
    path.write_text('<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml>&x;</kml>')
    with pytest.raises(DataError) as refused:
        read_kml(path, NONE)
    assert refused.value.key == "error-intake-map-xml-dtd"
    assert refused.value.values == {"file": "thon.kml"}


def kmz(folder: Path, files: dict[str, bytes]) -> RawTable:
    path = folder / "thon.kmz"
    path.write_bytes(zipped(files))
    return read_kmz(path, NONE)


def document(name: str) -> bytes:
    return f"<kml><Placemark><name>{name}</name>{PLACE}</Placemark></kml>".encode()


@pytest.mark.parametrize("name", ["danh.kml", "doc.kml", "so lieu/doc.kml"])
def test_what_a_mac_stores_beside_the_document_is_not_read(name: str, tmp_path: Path) -> None:
    folder, _, file = name.rpartition("/")
    shadow = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X" + bytes(60)
    beside = f"{folder}/._{file}".lstrip("/")
    files = {f"__MACOSX/{beside}": shadow, beside: shadow, name: document("a")}
    table = kmz(tmp_path, files)
    assert (cells(table), table.faults) == ({"name": ["a"]}, ())


def test_documents_that_are_not_read_are_told(tmp_path: Path) -> None:
    files = {"a.kml": document("a"), "doc.kml": document("b"), "files/c.KML": document("c")}
    table = kmz(tmp_path, files)
    assert cells(table) == {"name": ["b"]}
    assert [(f.key, f.got, f.values, f.severity) for f in table.faults] == [
        (
            "fault-intake-map-kmz-others",
            "a.kml, files/c.KML",
            {"document": "doc.kml", "count": 2},
            Severity.WARNING,
        )
    ]


def test_an_archive_whose_names_contradict_each_other_is_damaged(tmp_path: Path) -> None:
    content = zipped({"xã.kml": document("a")})
    name = "xã.kml".encode()
    path = tmp_path / "thon.kmz"
    # Only the first of the two, the one that stands before the content.
    path.write_bytes(content.replace(name, name.replace(b"\xc3", b"\xff"), 1))
    with pytest.raises(DataError) as refused:
        read_kmz(path, NONE)
    assert refused.value.key == "error-intake-zip-damaged"


def test_rows_and_columns_count_to_the_last(tmp_path: Path) -> None:
    mark = "<Placemark/>"
    value = '<Data name="{}"><value>1</value></Data>'
    data = "".join(map(value.format, range(MAX_COLUMNS)))
    placemark = "<Placemark><ExtendedData>{}</ExtendedData></Placemark>"
    assert len(read(tmp_path, placemark.format(data)).columns) == MAX_COLUMNS
    for inner, rows, columns in (
        (mark * (MAX_ROWS + 1), MAX_ROWS + 1, 0),
        (mark + placemark.format(data + value.format("x")), 2, MAX_COLUMNS + 1),
    ):
        with pytest.raises(DataError) as refused:
            read(tmp_path, inner)
        assert refused.value.key == "error-intake-map-size"
        assert refused.value.values == {"file": "thon.kml", "rows": rows, "columns": columns}


def test_an_encoding_nobody_knows_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "thon.kml"
    for codec in ("koi99", "shift_jis"):
        path.write_text(f'<?xml version="1.0" encoding="{codec}"?><kml/>')
        with pytest.raises(DataError) as refused:
            read_kml(path, NONE)
        assert refused.value.key == "error-intake-map-xml-encoding"
