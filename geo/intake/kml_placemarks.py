"""Placemarks gathered while the XML of a KML document passes by, never holding the document.

Only what a list of villages can use is kept: names, descriptions, extended data, folders and
coordinates. Links, images, styles and overlays are counted or passed over; none is followed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from geo.intake.assembly import check_size
from planning.errors import DataError

FOLDER: Final = "Folder"
"""Column of the names of the folders a placemark lies in."""

_DATA: Final = "Data"
_MAX_DEPTH: Final = 64
_MAX_TEXT: Final = 4 * 2**20
"""Longest text of one element; the outline of a province in full detail is half of it."""

_ROOTS: Final = frozenset({"kml", "Document", "Folder", "Placemark"})
_CONTAINERS: Final = frozenset({"kml", "Document", "Folder"})
_LINKS: Final = frozenset({"NetworkLink", "NetworkLinkControl", "GroundOverlay", "PhotoOverlay"})
_SHAPES: Final = frozenset({"Point", "LineString", "Polygon", "LinearRing"})
_TEXTS: Final = frozenset(
    {"name", "description", "address", "value", "displayName", "SimpleData", "coordinates"}
)


@dataclass(slots=True)
class Shape:
    """A geometry as written: its element and the text of its (rings of) coordinates."""

    kind: str
    coordinates: list[str] = field(default_factory=list)


class PlacemarkCollector:
    """Target of an XML parser that keeps placemarks.

    Parameters
    ----------
    file : str
        Name of the file, for refusals.

    Attributes
    ----------
    shapes : list of list of Shape
        Of each placemark.
    columns : dict of list
        Texts by element (``Data`` for extended data) and heading; a list may end before the last
        placemark.
    repeated : Counter
        Headings that stand twice in one placemark, of which the first is kept.
    titles : dict
        Heading a column is shown under (``displayName``), by its name.
    notes : dict
        Name, description and extended data of the document itself.
    links : int
        Links and overlays that were not followed.
    has_begun : bool
        Whether an element has passed by.
    """

    def __init__(self, file: str) -> None:
        self.shapes: list[list[Shape]] = []
        self.columns: dict[tuple[str, str], list[str | None]] = {}
        self.repeated: Counter[str] = Counter()
        self.titles: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.links = 0
        self.has_begun = False
        self._file = file
        self._open: list[str] = []
        self._folders: list[str] = []
        self._within = False
        self._column: str | None = None
        self._text: list[str] | None = None
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note that an element begins."""
        element = tag.rpartition("}")[2]
        if not self._open:
            self._begin_document(element)
        if len(self._open) >= _MAX_DEPTH:
            raise DataError("error-intake-map-xml-depth", file=self._file, limit=_MAX_DEPTH)
        self._open.append(element)
        if element in _TEXTS:
            self._text, self._length = [], 0
        elif element == "Placemark":
            self._begin_placemark()
        elif element == "Folder":
            self._folders.append("")
        elif element in _SHAPES and self._within:
            self._begin_shape(element)
        elif element in _LINKS:
            self.links += 1
        if element in {"Data", "SimpleData", "SimpleField"}:
            self._column = attributes.get("name", "")

    def data(self, text: str) -> None:
        """Take text of the current element."""
        if self._text is None:
            return
        self._length += len(text)
        if self._length > _MAX_TEXT:
            raise DataError("error-intake-map-cell", file=self._file, limit=_MAX_TEXT)
        self._text.append(text)

    def end(self, _tag: str) -> None:
        """Note that an element ends."""
        element = self._open.pop()
        if element in _TEXTS and self._text is not None:
            self._keep(element, "".join(self._text).strip())
            self._text = None
        elif element == "Placemark":
            self._within = False
        elif element == "Folder":
            self._folders.pop()

    def close(self) -> None:
        """Note that the document ends."""

    def _begin_document(self, element: str) -> None:
        self.has_begun = True
        if element not in _ROOTS:
            raise DataError("error-intake-map-kml-root", file=self._file, got=element[:40])

    def _begin_placemark(self) -> None:
        self._within = True
        self.shapes.append([])
        check_size(self._file, len(self.shapes), len(self.columns))
        folder = " / ".join(filter(None, self._folders))
        if folder:
            self._keep_cell(FOLDER, FOLDER, folder)

    def _begin_shape(self, element: str) -> None:
        if not (element == "LinearRing" and "Polygon" in self._open):
            self.shapes[-1].append(Shape(element))

    def _keep(self, element: str, text: str) -> None:
        parent = self._open[-1] if self._open else ""
        if element == "displayName" and self._column:
            self.titles.setdefault(self._column, text)
        elif element == "coordinates":
            if self._within and self.shapes[-1]:
                self.shapes[-1][-1].coordinates.append(text)
        elif element in {"value", "SimpleData"}:
            if self._column is not None:
                self._keep_cell(_DATA, self._column, text)
        elif parent == "Placemark":
            self._keep_cell(element, element, text)
        elif parent == "Folder" and element == "name":
            self._folders[-1] = " ".join(text.split())
        elif parent in _CONTAINERS and not self._within:
            self.notes.setdefault(element, text)

    def _keep_cell(self, element: str, name: str, text: str) -> None:
        if self._within:
            row = len(self.shapes) - 1
            column = self.columns.get((element, name))
            if column is None:
                column = self.columns[element, name] = []
                check_size(self._file, len(self.shapes), len(self.columns))
            if len(column) > row:
                self.repeated[name] += 1
                return
            column.extend([None] * (row - len(column)))
            column.append(text)
        elif "Folder" not in self._open:
            self.notes.setdefault(name, text)
