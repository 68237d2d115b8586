"""KMZ for Google Earth and field phones: a folder for each class, complete without a network.

Built with the standard library's ElementTree, which escapes every text; ``description`` is HTML
to its readers, so what stands there is escaped once more and reads as plain text.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

from geo.export.content import Cell, Content, Position
from geo.export.icons import icon_png
from geo.export.numbers import said
from geo.export.table import Column
from geo.symbology import SYMBOLS, MapClass

_NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PX_AT_SCALE_ONE: Final = 20
"""Symbol height that Google Earth's icon scale 1 should stand for."""
_BALLOON: Final = '<pre style="white-space:pre-wrap;font-family:sans-serif">$[description]</pre>'
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def encode_kmz(content: Content) -> bytes:
    """Return the list as a KMZ archive: ``doc.kml`` and one icon for each class.

    Rows keep their order within the folder of their class. ``ExtendedData`` holds the values
    under their stable keys with the reader's heading as ``displayName``: plain numbers and ISO
    dates, labels for choices; a missing value has no entry.

    Parameters
    ----------
    content : Content

    Returns
    -------
    bytes
        The same for the same content.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # Google Earth takes the first .kml of an archive as its document.
        _add_file(archive, "doc.kml", (_DECLARATION + _kml(content)).encode())
        for member in content.legend:
            _add_file(archive, _icon_path(member), icon_png(SYMBOLS[member]))
    return buffer.getvalue()


def kml_colour(colour: str) -> str:
    """Turn ``#RRGGBB`` into KML's ``aabbggrr``, opaque.

    Examples
    --------
    >>> kml_colour("#D55E00")
    'ff005ed5'
    """
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"ff{blue}{green}{red}".lower()


def _kml(content: Content) -> str:
    root = ET.Element("kml", xmlns=_NAMESPACE)
    document = ET.SubElement(root, "Document")
    _add_text(document, "name", _joined(content.title, content.illustrative))
    _add_text(document, "description", _plain(_document_lines(content)))
    for member in content.legend:
        _add_style(document, member)
    _add_data(document, ((key, key, value) for key, value in content.metadata.items()))
    folders = {member: _add_folder(document, label) for member, label in content.legend.items()}
    shown = [content.shown(column) for column in content.columns]
    rows = zip(
        content.classes, content.positions, content.stored[content.name_key], *shown, strict=True
    )
    for member, position, name, *values in rows:
        placemark = ET.SubElement(folders[member], "Placemark")
        if name is not None:
            _add_text(placemark, "name", str(name))
        ET.SubElement(placemark, "Snippet", maxLines="0")
        _add_text(placemark, "description", _plain(_village_lines(content, values)))
        _add_text(placemark, "styleUrl", f"#{member}")
        _add_data(placemark, _named(content.columns, values))
        _add_point(placemark, position)
    return ET.tostring(root, encoding="unicode")


def _add_style(document: ET.Element, member: MapClass) -> None:
    symbol = SYMBOLS[member]
    style = ET.SubElement(document, "Style", id=str(member))
    icon_style = ET.SubElement(style, "IconStyle")
    _add_text(icon_style, "color", kml_colour(symbol.fill or symbol.stroke))
    _add_text(icon_style, "scale", str(symbol.size_px / _PX_AT_SCALE_ONE))
    _add_text(ET.SubElement(icon_style, "Icon"), "href", _icon_path(member))
    ET.SubElement(icon_style, "hotSpot", x="0.5", y="0.5", xunits="fraction", yunits="fraction")
    _add_text(ET.SubElement(style, "LabelStyle"), "scale", "0.8")
    _add_text(ET.SubElement(style, "BalloonStyle"), "text", _BALLOON)


def _add_folder(document: ET.Element, name: str) -> ET.Element:
    folder = ET.SubElement(document, "Folder")
    _add_text(folder, "name", name)
    return folder


def _add_data(parent: ET.Element, rows: Iterator[tuple[str, str, Cell]]) -> None:
    extended = ET.SubElement(parent, "ExtendedData")
    for key, label, value in rows:
        if value is not None:
            data = ET.SubElement(extended, "Data", name=key)
            _add_text(data, "displayName", label)
            _add_text(data, "value", _machine_text(value))


def _add_point(placemark: ET.Element, position: Position) -> None:
    if position is not None:
        longitude, latitude = position
        point = ET.SubElement(placemark, "Point")
        _add_text(point, "coordinates", f"{longitude!r},{latitude!r}")


def _add_text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _add_file(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def _icon_path(member: MapClass) -> str:
    return f"icons/{member}.png"


def _named(columns: Sequence[Column], values: Sequence[Cell]) -> Iterator[tuple[str, str, Cell]]:
    return ((c.key, c.label, value) for c, value in zip(columns, values, strict=True))


def _document_lines(content: Content) -> Iterator[str]:
    if content.subtitle:
        yield content.subtitle
    yield from (f"{label}: {value}" for label, value in content.notes)


def _village_lines(content: Content, values: Sequence[Cell]) -> Iterator[str]:
    for column, value in zip(content.columns, values, strict=True):
        if value is not None:
            yield f"{column.label}: {said(value, column.kind, content.language)}"
    if content.illustrative:
        yield content.illustrative


def _plain(lines: Iterator[str]) -> str:
    return html.escape("\n".join(lines))


def _joined(*texts: str) -> str:
    return " · ".join(filter(None, texts))


def _machine_text(value: Cell) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
