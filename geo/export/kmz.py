"""KMZ for Google Earth and field phones: a folder for each class, complete without a network.

Every text is escaped where it becomes XML; ``description`` is HTML to its readers, so what
stands there is escaped once more and reads as plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.export.archive import zip_bytes
from geo.export.content import Content
from geo.export.icons import icon_png
from geo.export.placemarks import data_element, element, html_text, placemarks
from geo.symbology import SYMBOLS, MapClass

OPENING: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
)
CLOSING: Final = "</Document></kml>\n"
_PX_AT_SCALE_ONE: Final = 20
"""Symbol height that Google Earth's icon scale 1 should stand for."""
BALLOON: Final = '<pre style="white-space:pre-wrap;font-family:sans-serif">$[description]</pre>'
_CENTRED: Final = '<hotSpot x="0.5" y="0.5" xunits="fraction" yunits="fraction"/>'
_MANY_ROWS: Final = 100_000
"""From here on a document may grow beyond 2 GiB."""


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
    # Google Earth takes the first .kml of an archive as its document.
    document = ("doc.kml", (piece.encode() for piece in _document(content)))
    icons = ((icon_path(member), [icon_png(SYMBOLS[member])]) for member in content.legend)
    return zip_bytes([document, *icons], large=len(content.classes) > _MANY_ROWS)


def kml_colour(colour: str) -> str:
    """Turn ``#RRGGBB`` into KML's ``aabbggrr``, opaque.

    Examples
    --------
    >>> kml_colour("#D55E00")
    'ff005ed5'
    """
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"ff{blue}{green}{red}".lower()


def _document(content: Content) -> Iterator[str]:
    yield OPENING
    yield element("name", " · ".join(filter(None, (content.title, content.illustrative))))
    evidence = "\n".join(_evidence(content))
    yield f"<description>{html_text(evidence)}</description>\n"
    yield from map(icon_style, content.legend)
    values = (data_element(key, key, value) for key, value in content.metadata.items())
    yield f"<ExtendedData>{''.join(values)}</ExtendedData>\n"
    shown = {column.key: content.shown(column) for column in content.columns}
    for member, label in content.legend.items():
        yield f"<Folder>{element('name', label)}\n"
        yield from placemarks(content, shown, member)
        yield "</Folder>\n"
    yield CLOSING


def _evidence(content: Content) -> Iterator[str]:
    if content.subtitle:
        yield content.subtitle
    yield from (f"{label}: {value}" for label, value in content.notes)


def icon_style(member: MapClass) -> str:
    """Write the style of a class of points; its id is the class."""
    symbol = SYMBOLS[member]
    icon = "".join(
        (
            element("color", kml_colour(symbol.fill or symbol.stroke)),
            element("scale", str(symbol.size_px / _PX_AT_SCALE_ONE)),
            f"<Icon>{element('href', icon_path(member))}</Icon>",
            _CENTRED,
        )
    )
    return (
        f'<Style id="{member}"><IconStyle>{icon}</IconStyle>'
        f"<LabelStyle>{element('scale', '0.8')}</LabelStyle>"
        f"<BalloonStyle>{element('text', BALLOON)}</BalloonStyle></Style>\n"
    )


def icon_path(member: MapClass) -> str:
    """Return where the icon of a class lies in the archive."""
    return f"icons/{member}.png"
