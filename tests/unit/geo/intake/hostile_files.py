"""A corpus of files nobody should have to open, each made here and by hand.

``expected`` holds the keys of the sentences that would be right; ``read`` among them if the file
may also come back as a table.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlwt

from tests.unit.geo.intake.archive_building import (
    HEADING,
    ODS_ROWS,
    PLAIN_ROWS,
    SHEET_SPACE,
    encrypted,
    ods,
    ods_row,
    overlapping,
    sheet_rows,
    text_cell,
    understated,
    with_entry,
    xlsx,
    xlsx_parts,
    zipped,
)

READ = "read"
MAP_SUFFIXES = (".geojson", ".json", ".gpkg", ".kml", ".kmz", ".parquet", ".zip")
CSV = "STT;Thôn;Xã;Số hộ\n1;Nậm Chảy;Y Tý;30\n2;Bản Phố;Y Tý;41\n".encode()
_SYMLINK = 0o120777 << 16


@dataclass(frozen=True, slots=True)
class Canary:
    """A secret outside the room and an address nobody may call."""

    path: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/canary"


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file, and what may be said about it."""

    name: str
    content: bytes
    expected: frozenset[str]


def hostile_files(canary: Canary) -> Iterator[HostileFile]:
    """Make every file of the corpus."""
    for make in (
        _archives,
        _workbooks,
        _far_cells,
        _entities,
        _open_documents,
        _old_workbooks,
        _texts,
        _encodings,
        _misnamed,
        _vrts,
        _empty,
        _truncated,
    ):
        yield from make(canary)


def _file(name: str, content: bytes, *expected: str) -> HostileFile:
    keys = (key if key == READ else f"error-intake-{key}" for key in expected)
    return HostileFile(name, content, frozenset(keys))


def _archives(canary: Canary) -> Iterator[HostileFile]:
    yield _file("slip.zip", with_entry("../../thon.dbf"), "zip-names")
    yield _file("slip-windows.zip", with_entry("..\\..\\thon.dbf"), "zip-names")
    yield _file("absolute.zip", with_entry(str(canary.path)), "zip-names")
    yield _file("drive.zip", with_entry("C:/thon.dbf"), "zip-names")
    yield _file("zero-in-name.zip", with_entry("thon\x00.dbf"), "zip-names")
    link = with_entry("thon.dbf", str(canary.path).encode(), attributes=_SYMLINK)
    yield _file("link.zip", link, "zip-names")
    yield _file("twins.zip", with_entry("THON.SHP"), "zip-names")
    yield _file("overlap.zip", overlapping(), "zip-damaged")
    yield _file("encrypted.zip", encrypted(), "zip-encrypted")
    bomb = zipped({"thon.shp": bytes(60_000_000)})
    yield _file("bomb.zip", bomb, "zip-bomb")
    yield _file("nested.zip", zipped({"thon.shp": b"x", "more.zip": bomb}), "zip-nested")
    hidden = zipped({"thon.shp": zipped({"a": b"b"}), "thon.dbf": b"", "thon.shx": b""})
    yield _file("hidden-nested.zip", hidden, "zip-nested", "map-shp", "map-member", "damaged")
    many = zipped({f"{number}.shp": b"" for number in range(3000)})
    yield _file("many.zip", many, "zip-entries")
    lie = understated("thon.shp", bytes(30_000_000), 100)
    yield _file("lie.zip", lie, "zip-damaged", "zip-size", "map-shp", "map-member", "damaged")
    yield _file("nothing.zip", zipped({}), "zip-empty")
    yield _file("csv-inside.zip", zipped({"thon.csv": CSV}), "foreign")


def _workbooks(_canary: Canary) -> Iterator[HostileFile]:
    formula = (
        f'{sheet_rows(HEADING)}<row r="2"><c r="A2"><v>1</v></c>'
        '<c r="B2" t="str"><f>HYPERLINK("file:///etc/passwd")</f><v>Nậm</v></c>'
        f'{text_cell("C2", "Y Tý")}<c r="D2"><f>1+1</f></c></row>'
    )
    yield _file("formulas.xlsx", xlsx(formula), READ)
    numbers = '<row r="1">' + text_cell("A1", "Thôn") + text_cell("B1", "Số hộ") + "</row>"
    for number, value in enumerate(("NaN", "INF", "-INF", "1e308", "1e999", "-0"), start=2):
        numbers += (
            f'<row r="{number}">{text_cell(f"A{number}", f"Thôn {number}")}'
            f'<c r="B{number}"><v>{value}</v></c></row>'
        )
    yield _file("numbers.xlsx", xlsx(numbers), READ, "damaged")
    surrogate = sheet_rows(HEADING, ("1", "N_xD800_m", "Y_x0000_ Tý", "_xFFFF_"))
    yield _file("surrogates.xlsx", xlsx(surrogate), READ, "damaged")
    yield _file("deep.xlsx", xlsx("<a>" * 100_000), "damaged", READ, "empty")
    parts = xlsx_parts()
    bomb = parts | {"xl/sharedStrings.xml": b"<sst>" + b" " * 80_000_000 + b"</sst>"}
    yield _file("bomb.xlsx", zipped(bomb), "zip-bomb")
    no_sheets = parts | {"xl/workbook.xml": b"<workbook/>"}
    yield _file("no-sheets.xlsx", zipped(no_sheets), "empty", "damaged")
    self_target = parts | {
        "xl/_rels/workbook.xml.rels": parts["xl/_rels/workbook.xml.rels"].replace(
            b"worksheets/sheet1.xml", b"../../../../../../etc/passwd"
        )
    }
    yield _file("target.xlsx", zipped(self_target), "damaged", "empty")
    yield _file("no-part.xlsx", zipped({"xl/workbook.xml": b"x"}), "damaged")
    wild = xlsx(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    yield _file("merge-all.xlsx", wild, READ)
    only_heading = xlsx(sheet_rows(HEADING))
    yield _file("only-heading.xlsx", only_heading, READ)


def _far_cells(_canary: Canary) -> Iterator[HostileFile]:
    far = f'<row r="1048576">{text_cell("XFD1048576", "xa")}</row>'
    yield _file("far.xlsx", xlsx(PLAIN_ROWS + far), "far-cell-sheet")
    backwards = f'<row r="1048576">{text_cell("XFD1048576", "xa")}</row>'
    yield _file("far-first.xlsx", xlsx(backwards + PLAIN_ROWS), "far-cell-sheet")
    wrong_row = f'<row r="4">{text_cell("XFD1048576", "xa")}</row>'
    yield _file("far-in-row-4.xlsx", xlsx(PLAIN_ROWS + wrong_row), "far-cell-sheet")
    spaced = far.replace('<c r="XFD1048576" t', '<c\n r = "XFD1048576" t')
    yield _file("far-unusual.xlsx", xlsx(PLAIN_ROWS + spaced), "far-cell-sheet", "damaged")
    escaped = far.replace('r="XFD1048576"', 'r="&#88;FD1048576"')
    yield _file("far-escaped.xlsx", xlsx(PLAIN_ROWS + escaped), "far-cell-sheet", "damaged")
    prefixed = (
        f'<x:worksheet xmlns:x="{SHEET_SPACE}"><x:sheetData><x:row r="1048576">'
        '<x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    yield _file("far-prefixed.xlsx", xlsx(sheet=prefixed), "far-cell-sheet", "damaged")
    dimension = f'<worksheet xmlns="{SHEET_SPACE}"><dimension ref="A1:XFD1048576"/><sheetData>'
    dimension += f"{PLAIN_ROWS}</sheetData></worksheet>"
    yield _file("far-dimension.xlsx", xlsx(sheet=dimension), READ)
    huge_row = f'<row r="99999999999">{text_cell("A99999999999", "xa")}</row>'
    yield _file("huge-row.xlsx", xlsx(PLAIN_ROWS + huge_row), "far-cell-sheet", "damaged", READ)
    utf16 = xlsx_parts(PLAIN_ROWS + far)
    sheet = utf16["xl/worksheets/sheet1.xml"].decode().replace("UTF-8", "UTF-16")
    utf16["xl/worksheets/sheet1.xml"] = sheet.encode("utf-16")
    yield _file("far-utf16.xlsx", zipped(utf16), "far-cell-sheet", "damaged", "entities")


def _entities(canary: Canary) -> Iterator[HostileFile]:
    laughs = '<!DOCTYPE x [<!ENTITY a "hahahahaha">'
    laughs += "".join(
        f'<!ENTITY {chr(letter)} "{f"&{chr(letter - 1)};" * 10}">' for letter in range(98, 108)
    )
    laughs += "]>"
    external = f'<!DOCTYPE x [<!ENTITY k SYSTEM "{canary.path.as_uri()}">]>'
    remote = f'<!DOCTYPE x [<!ENTITY k SYSTEM "{canary.address}">]>'
    for name, prologue in (("laughs", laughs), ("external", external), ("remote", remote)):
        rows = sheet_rows(HEADING, ("1", "&k;", "&k;", "30"), ("2", "&k;", "x", "31"))
        yield _file(f"{name}.xlsx", xlsx(rows, prologue=prologue), "entities")
        table = ods_row(*HEADING) + ods_row("1", "&k;", "&k;", "30")
        yield _file(f"{name}.ods", ods(table, prologue), "entities")
    parts = xlsx_parts()
    parts["xl/workbook.xml"] = laughs.encode() + parts["xl/workbook.xml"]
    yield _file("laughs-workbook.xlsx", zipped(parts), "entities", "damaged")
    strings = xlsx_parts() | {"xl/sharedStrings.xml": external.encode() + b"<sst>&k;</sst>"}
    yield _file("external-strings.xlsx", zipped(strings), "entities")


def _open_documents(_canary: Canary) -> Iterator[HostileFile]:
    yield _file("far-row.ods", ods(ods_row(repeated=2_000_000_000) + ODS_ROWS), "far-cell-sheet")
    columns = (
        '<table:table-row><table:table-cell table:number-columns-repeated="2000000000"/>'
        '<table:table-cell office:value-type="string"><text:p>xa</text:p></table:table-cell>'
        "</table:table-row>"
    )
    yield _file("far-column.ods", ods(ODS_ROWS + columns), "far-cell-sheet")
    yield _file("repeated-rows.ods", ods(ods_row("a", "b", repeated=10**9)), "far-cell-sheet")
    cells = columns.replace("</table:table-row>", "").replace(
        '<table:table-cell office:value-type="string">',
        '<table:table-cell office:value-type="string" table:number-columns-repeated="999999999">',
    )
    yield _file("repeated-cells.ods", ods(cells + "</table:table-row>"), "far-cell-sheet")
    tail = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
    tail += 'table:number-columns-repeated="16384"/></table:table-row>'
    yield _file("usual-tail.ods", ods(ODS_ROWS + tail), READ)
    digits = ods_row("a", "b").replace('repeated="1"', f'repeated="{"9" * 100_000}"')
    yield _file("digits.ods", ods(digits), "far-cell-sheet", READ)
    spaces = ODS_ROWS.replace("Phố", '<text:s text:c="2000000000"/>')
    yield _file("spaces.ods", ods(spaces), READ)
    nested = ods("<table:table-row><table:table-cell>" * 50_000)
    yield _file("deep.ods", nested, "damaged")


def _old_workbooks(_canary: Canary) -> Iterator[HostileFile]:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Thôn")
    for at, name in enumerate(HEADING):
        sheet.write(0, at, name)
        sheet.write(1, at, name + " 1")
    sheet.write(65535, 255, "xa")
    yield _file("far.xls", _saved(book), "far-cell-sheet")
    plain = _plain_xls()
    longer = bytearray(plain)
    longer[0x2C:0x30] = struct.pack("<I", 0x7FFFFFFF)
    yield _file("sectors.xls", bytes(longer), "damaged", READ, "foreign")
    ring = bytearray(plain)
    ring[512:1024] = bytes(512)
    yield _file("ring.xls", bytes(ring), "damaged", READ, "foreign")
    yield _file("web-page.xls", b"<html><table><tr><td>Thon</td></tr></table></html>", "foreign")
    flat = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    yield _file("flat.xls", flat, "foreign")


def _texts(_canary: Canary) -> Iterator[HostileFile]:
    yield _file("zeros-only.csv", bytes(5000), "empty")
    yield _file("zero-inside.csv", CSV.replace(b"Ph", b"P\x00h"), "zeros")
    yield _file("wide.csv", b"a;" * 100_000 + b"\n" + b"1;" * 100_000, "far-cell")
    yield _file("giant-field.csv", CSV + b'3;"' + b"x" * 20_000_000 + b'";a;b\n', "cell-long")
    yield _file("giant-line.csv", b"x" * 20_000_000, "cell-long")
    yield _file("open-quote.csv", CSV + b'3;"Ban;Y Ty;5\n4;Cao;Y Ty;6\n5;Son;Y Ty;7\n', "quote")
    ragged = CSV + b"".join(b";" * (number % 50) + b"x\n" for number in range(50_000))
    yield _file("ragged.csv", ragged, "ragged")
    yield _file("quotes.csv", b'"' * 1_000_001, READ, "quote", "cell-long")
    yield _file("only-heading.csv", CSV.splitlines()[0], READ)
    numbers = CSV + b"3;NaN;inf;1e308\n4;-inf;1e999;nan\n"
    yield _file("numbers.csv", numbers, READ)
    formulas = CSV + b"3;\"=cmd|'/C calc'!A0\";@SUM(1);+1\n"
    yield _file("formulas.csv", formulas, READ)
    yield _file("carriage.csv", CSV.replace(b"\n", b"\r"), READ)
    yield _file("many-rows.csv", CSV + b"1;2;3;4\n" * 500_000, "far-cell")
    yield _file("escape.csv", CSV + b"3;\x1b[31mred\x1b[0m;\x07;x\n", READ, "foreign")


def _encodings(_canary: Canary) -> Iterator[HostileFile]:
    text = CSV.decode()
    yield _file("odd.csv", text.encode("utf-16")[:-1], "utf16")
    lone = text.encode("utf-16-le").replace("N".encode("utf-16-le"), b"\x00\xd8")
    yield _file("lone.csv", b"\xff\xfe" + lone, READ)
    yield _file("damaged-utf8.csv", CSV * 20 + b"3;\xff\xfe;b;c\n", READ)
    yield _file("surrogates-utf8.csv", CSV * 20 + b"3;\xed\xa0\x80;b;c\n", READ)
    yield _file("bytes.csv", bytes(range(1, 256)) * 100, "foreign", READ, "ragged", "quote")


def _misnamed(_canary: Canary) -> Iterator[HostileFile]:
    yield _file("book.csv", xlsx(), "misnamed")
    yield _file("book.xls", xlsx(), "misnamed")
    yield _file("text.xlsx", CSV, "misnamed")
    yield _file("text.xls", CSV, "misnamed")
    yield _file("old.xlsx", _plain_xls(), "misnamed")
    yield _file("open.xlsx", ods(ODS_ROWS), "misnamed")
    yield _file("database.csv", b"SQLite format 3\x00" + bytes(5000), "misnamed")
    yield _file("map.csv", b'<kml xmlns="http://www.opengis.net/kml/2.2"/>', "misnamed")
    yield _file("list.geojson", CSV, "misnamed")
    yield _file("no-suffix", CSV, "misnamed")
    yield _file("shortcut.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(200), "foreign")
    yield _file("shortcut.csv", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(200), "foreign")
    yield _file("program.xlsx", b"MZ\x90\x00" + bytes(500), "foreign")
    yield _file("program.csv", b"\x7fELF\x02\x01\x01" + bytes(500), "foreign")
    yield _file("report.csv", b"%PDF-1.7\n" + b"1;2;3\n" * 20, "foreign")
    yield _file("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(500), "foreign")
    yield _file("../../etc/passwd.csv", CSV, READ)
    yield _file("$(touch x);`id`.csv", CSV, READ)


def _vrts(canary: Canary) -> Iterator[HostileFile]:
    vrt = (
        '<OGRVRTDataSource><OGRVRTLayer name="thon"><SrcDataSource>'
        f'CSV:{canary.path}</SrcDataSource></OGRVRTLayer><OGRVRTLayer name="x">'
        f"<SrcDataSource>/vsicurl/{canary.address}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    ).encode()
    for suffix in (*MAP_SUFFIXES, ".csv", ".xlsx", ".vrt"):
        yield _file(f"vrt{suffix}", vrt, "foreign")
    yield _file("address.csv", f"{canary.address}\n".encode(), READ, "kind")
    yield _file("address.geojson", canary.address.encode(), "kind")


def _empty(_canary: Canary) -> Iterator[HostileFile]:
    for suffix in (*MAP_SUFFIXES, ".csv", ".xlsx", ".xls", ".ods"):
        yield _file(f"empty{suffix}", b"", "empty")
    yield _file("blank.csv", b"\n\n \t\n;;;\n", "empty")
    yield _file("mark-only.csv", b"\xef\xbb\xbf", "empty")
    yield _file("empty-sheet.xlsx", xlsx(rows=""), "empty")
    yield _file("empty-sheet.ods", ods(""), "empty")


def _truncated(_canary: Canary) -> Iterator[HostileFile]:
    table = pa.table({"thôn": ["a", "b"] * 50, "số hộ": [1, 2] * 50})
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    geojson = json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature"}] * 50})
    sound = {
        ".xlsx": xlsx(),
        ".ods": ods(ODS_ROWS),
        ".xls": _plain_xls(),
        ".geojson": geojson.encode(),
        ".kml": b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>' + b"<Placemark/>" * 50,
        ".kmz": zipped({"doc.kml": b"<kml/>" * 200}, stored=True),
        ".gpkg": b"SQLite format 3\x00" + bytes(8000),
        ".parquet": buffer.getvalue(),
        ".zip": zipped({"thon.shp": b"\x00\x00\x27\x0a" + bytes(400)}, stored=True),
    }
    for suffix, content in sound.items():
        expected = ("damaged", "zip-damaged", "foreign", "empty", READ)
        half = content[: len(content) // 2]
        yield HostileFile(f"half{suffix}", half, _file("", b"", *expected).expected | {"map"})


def _plain_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Thôn")
    for row in range(3):
        for at, name in enumerate(HEADING):
            sheet.write(row, at, name if row == 0 else f"{name} {row}")
    return _saved(book)


def _saved(book: xlwt.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
