"""What a file is: recognised by its content, and only accepted under a name that agrees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geo.intake.archives import Archive, open_archive
from planning.errors import DataError

SUFFIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "csv": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx", ".xlsm"),
    "xls": (".xls",),
    "ods": (".ods",),
    "geojson": (".geojson", ".json"),
    "gpkg": (".gpkg",),
    "shp": (".zip",),
    "tab": (".zip",),
    "kml": (".kml",),
    "kmz": (".kmz",),
    "parquet": (".parquet", ".geoparquet"),
}
"""Formats that are read, and the names each may come under; the first is the usual one."""

LABELS: Final[Mapping[str, str]] = {
    "csv": "CSV",
    "xlsx": "Excel (XLSX)",
    "xls": "Excel 97–2003 (XLS)",
    "ods": "OpenDocument (ODS)",
    "geojson": "GeoJSON",
    "gpkg": "GeoPackage",
    "shp": "Shapefile (ZIP)",
    "tab": "MapInfo TAB (ZIP)",
    "kml": "KML",
    "kmz": "KMZ",
    "parquet": "GeoParquet",
}
"""Proper names of the formats, the same in every language."""

_HEAD_BYTES: Final = 64 * 2**10
_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"SQLite format 3\x00", "gpkg"),
    (b"PAR1", "parquet"),
    (b"\x09\x08\x10\x00\x00\x06", "xls"),
    (b"\x09\x08\x08\x00\x00\x05", "xls"),
)
_FOREIGN: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "word"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x00\x00\x27\x0a", "part"),
    (b"!table", "part"),
    (b"!TABLE", "part"),
)
"""How kinds of file begin that are not read; ``part`` is a map file that needs its companions."""

_WRITTEN_IN_TEXT: Final = frozenset({"pdf", "word", "part"})
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""A byte no text holds but every program, picture and archive does: MZ may begin a heading too."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_PROLOGUE: Final = re.compile(
    r"\A\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>\[]*>\s*)*", re.DOTALL
)
_HTML_ROOTS: Final = frozenset({"html", "head", "body", "table", "div", "style", "meta"})
_SEPARATORS: Final = (";", ",", "\t")


def recognise(path: Path, suffix: str) -> str:
    """Return the format of a file, a key of :data:`SUFFIXES`.

    Parameters
    ----------
    path : Path
    suffix : str
        Suffix of the name the person gave it, lower case, with its point; may be empty.

    Raises
    ------
    DataError
        If the content is of no supported format, or of another than the name says.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise DataError("error-intake-empty", file=path.name)
    found = _recognise_binary(path, head) or _recognise_text(path, head, suffix)
    if suffix in SUFFIXES[found]:
        return found
    raise DataError(
        "error-intake-misnamed",
        file=path.name,
        found=LABELS[found],
        named=suffix or "–",
        rename=SUFFIXES[found][0],
    )


def supported_suffixes() -> tuple[str, ...]:
    """Return every suffix that is read, lower case, with its point."""
    return tuple(dict.fromkeys(suffix for all_ in SUFFIXES.values() for suffix in all_))


def _recognise_binary(path: Path, head: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_ZIP):
        return _recognise_zip(path)
    if head.startswith(_OLE):
        return _recognise_ole(path)
    for magic, kind in _FOREIGN:
        if head.startswith(magic) and (kind in _WRITTEN_IN_TEXT or _CONTROL.search(head)):
            raise DataError("error-intake-foreign", file=path.name, kind=kind)
    return None


def _recognise_zip(path: Path) -> str:
    with open_archive(path, nested=True) as archive:
        names = {name.lower() for name in archive.names}
        if "xl/workbook.xml" in names:
            return "xlsx"
        if _is_ods(archive):
            return "ods"
        if any(name.endswith(".shp") for name in names):
            return "shp"
        if any(name.endswith(".tab") for name in names):
            return "tab"
        if any(name.endswith(".kml") for name in names):
            return "kmz"
    raise DataError("error-intake-foreign", file=path.name, kind=_kind_of_zip(names))


def _is_ods(archive: Archive) -> bool:
    if "content.xml" not in archive.names or "mimetype" not in archive.names:
        return False
    return archive.read("mimetype", 2**16).startswith(
        b"application/vnd.oasis.opendocument.spreadsheet"
    )


def _kind_of_zip(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "word"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("ppt/") for name in names):
        return "slides"
    return "zip"


def _recognise_ole(path: Path) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise DataError("error-intake-encrypted", file=path.name)
    if any(name.encode("utf-16-le") in content for name in ("Workbook\x00", "Book\x00")):
        return "xls"
    kind = "word" if "WordDocument".encode("utf-16-le") in content else "unknown"
    raise DataError("error-intake-foreign", file=path.name, kind=kind)


def _recognise_text(path: Path, head: bytes, suffix: str) -> str:
    text = _rough_text(head)
    start = text.lstrip()
    if start.startswith("<"):
        return _recognise_markup(path, text)
    if start.startswith(("{", "[")) and suffix not in SUFFIXES["csv"]:
        return "geojson"
    if _is_binary(text):
        raise DataError("error-intake-foreign", file=path.name, kind="unknown")
    first_lines = text.splitlines()[:5]
    if suffix in SUFFIXES["csv"] or any(
        mark in line for line in first_lines for mark in _SEPARATORS
    ):
        return "csv"
    raise DataError(
        "error-intake-kind",
        file=path.name,
        named=suffix or "–",
        expected=", ".join(supported_suffixes()),
    )


def _rough_text(head: bytes) -> str:
    """Decode just enough to see what kind of text it is."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if len(head) > 3 and head[1:2] == b"\x00" and head[0:1] != b"\x00" and head[3:4] == b"\x00":
        return head.decode("utf-16-le", "replace")
    if len(head) > 3 and head[0:1] == b"\x00" and head[1:2] != b"\x00" and head[2:3] == b"\x00":
        return head.decode("utf-16-be", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _recognise_markup(path: Path, text: str) -> str:
    prologue = _PROLOGUE.match(text)
    root = _ROOT.match(text, prologue.end() if prologue else 0)
    name = root.group(1) if root else ""
    # Behind a document type of its own making the root is not seen; its reader refuses that.
    if name == "kml" or (not name and "<kml" in text):
        return "kml"
    kind = "xml"
    if name.lower() in _HTML_ROOTS or "<html" in text.lower() or "<table" in text.lower():
        kind = "html"
    elif name == "Workbook":
        kind = "xmlss"
    elif name == "OGRVRTDataSource":
        kind = "vrt"
    raise DataError("error-intake-foreign", file=path.name, kind=kind)


def _is_binary(text: str) -> bool:
    control = sum(text.count(chr(code)) for code in (*range(1, 9), *range(14, 27), 28, 29, 30, 31))
    return control > max(len(text) // 200, 4)
