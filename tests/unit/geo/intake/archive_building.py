"""Archives and workbooks made by hand, sound or wicked, for the tests of the intake."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

SHEET_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_ROOT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE_SPACE}"><Relationship Id="rId1" Type="{_RELATIONS_SPACE}'
    '/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_WORKBOOK = (
    f'<workbook xmlns="{SHEET_SPACE}" xmlns:r="{_RELATIONS_SPACE}">'
    '<sheets><sheet name="Thôn" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE_SPACE}"><Relationship Id="rId1" Type="{_RELATIONS_SPACE}'
    '/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
HEADING = ("STT", "Thôn", "Xã", "Số hộ")


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_rows(*rows: Sequence[str]) -> str:
    """Write rows of text cells as the XML of a sheet's data."""
    return "".join(
        f'<row r="{number}">'
        + "".join(text_cell(f"{chr(65 + at)}{number}", text) for at, text in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )


PLAIN_ROWS = sheet_rows(HEADING, ("1", "Nậm Chảy", "Y Tý", "30"), ("2", "Bản Phố", "Y Tý", "41"))


def xlsx_parts(
    rows: str = PLAIN_ROWS, *, prologue: str = "", after: str = "", sheet: str | None = None
) -> dict[str, bytes]:
    """Return the parts of a workbook of one sheet."""
    written = sheet or (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<worksheet xmlns="{SHEET_SPACE}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT_RELATIONS,
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS,
        "xl/worksheets/sheet1.xml": written,
    }
    return {name: text.encode("utf-8") for name, text in parts.items()}


def zipped(parts: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    """Return an archive of the parts."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return buffer.getvalue()


def xlsx(rows: str = PLAIN_ROWS, **options: str) -> bytes:
    return zipped(xlsx_parts(rows, **options))


def ods(table: str, prologue: str = "") -> bytes:
    """Return an ODS workbook of one sheet whose rows are given as XML."""
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style")
    )
    calc = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<office:document-content{names}{calc}>'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="Thôn">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode("utf-8")})


def ods_row(*texts: str, repeated: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


ODS_ROWS = (
    ods_row(*HEADING) + ods_row("1", "Nậm Chảy", "Y Tý", "30") + ods_row("2", "Phố", "Y Tý", "4")
)


def with_entry(name: str, content: bytes = b"x", *, attributes: int = 0) -> bytes:
    """Return an archive of a shapefile's name and one more entry under exactly this name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("thon.shp", b"x")
        entry = zipfile.ZipInfo("placeholder")
        entry.filename = name
        entry.external_attr = attributes
        archive.writestr(entry, content)
    return buffer.getvalue()


def overlapping() -> bytes:
    """Return an archive whose two entries share one and the same content."""
    content = zipped({"thon.shp": b"x" * 100}, stored=True)
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[start:end]
    twin = entry.replace(b"thon.shp", b"tron.shp")
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(entry), start, 0)
    return content[:start] + entry + twin + tail


def encrypted() -> bytes:
    """Return an archive whose entry says that it is encrypted."""
    content = bytearray(zipped({"thon.shp": b"x" * 100}, stored=True))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def understated(name: str, content: bytes, stated: int) -> bytes:
    """Return an archive that states a smaller size for its content than it inflates to."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeezer.compress(content) + squeezer.flush()
    encoded = name.encode("ascii")
    common = struct.pack(
        "<5H3I2H", 20, 0, 8, 0, 33, zlib.crc32(content), len(data), stated, len(encoded), 0
    )
    local = b"PK\x03\x04" + common + encoded + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + bytes(14) + encoded
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + tail
