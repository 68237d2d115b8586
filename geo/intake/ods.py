"""OpenDocument spreadsheets, read as a stream that never repeats what the file asks to repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from geo.intake.archives import open_archive
from geo.intake.grid import CellError, Grid, Merge
from geo.intake.grid_building import GridBuilder, check_extent
from geo.intake.limits import MAX_CELL_LENGTH
from geo.intake.table import RawTable, ReadOptions
from geo.intake.workbook import Sheet, read_workbook
from planning.errors import DataError

_CONTENT: Final = "content.xml"
_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_CALC: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_DRAWN: Final = (
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 ",
    "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0 ",
)
"""Pictures, shapes and charts anchored to a cell: what is written in them is not the cell's."""
_CELL: Final = _TABLE + "table-cell"
_COVERED_CELL: Final = _TABLE + "covered-table-cell"
_ROW: Final = _TABLE + "table-row"
_COLUMNS_REPEATED: Final = _TABLE + "number-columns-repeated"
_VALUE_TYPE: Final = _OFFICE + "value-type"
_VALUE: Final = _OFFICE + "value"
_ERROR_TYPE: Final = _CALC + "value-type"
_NUMBERS: Final = frozenset({"float", "percentage", "currency"})
_MOST_ERRORS: Final = 1000
_MOST_SPACES: Final = 100
_PLAIN_ATTRIBUTES: Final = 1
"""A cell with its kind alone is neither merged nor an error."""
_MOST_REPEATS: Final = 2**31


def read_ods(path: Path, options: ReadOptions) -> RawTable:
    """Read a sheet of an ODS workbook; see :func:`geo.intake.workbook.read_workbook`.

    Raises
    ------
    DataError
        If the archive or its XML is not sound, declares entities, or cells lie too far apart.
    """
    reader = _Reader(path.name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse_entities
    parser.EntityDeclHandler = reader.refuse_entities
    parser.ExternalEntityRefHandler = reader.refuse_entities
    try:
        with open_archive(path, nested=True) as archive:
            for chunk in archive.chunks(_CONTENT):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise DataError("error-intake-damaged", file=path.name) from error
    sheets = [
        Sheet(sheet.name, sheet.hidden, partial(_load, sheet), rows=sheet.rows)
        for sheet in reader.sheets
    ]
    return read_workbook(path, options, sheets, "ods")


@dataclass(slots=True)
class _OpenSheet:
    """A sheet while it is read."""

    name: str
    hidden: bool
    builder: GridBuilder
    rows: int = 0
    empty_rows: int = 0
    merges: list[Merge] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


def _load(sheet: _OpenSheet) -> Grid:
    return sheet.builder.grid(sheet.merges, sheet.errors)


class _Reader:
    """Takes the events of the parser; empty cells and rows are counted until something follows."""

    def __init__(self, file: str) -> None:
        self.sheets: list[_OpenSheet] = []
        self._file = file
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth_skipped = 0
        self._row: list[Any] = []
        self._row_repeats = 1
        self._empty_cells = 0
        self._cell: dict[str, str] | None = None
        self._texts: list[str] = []
        self._length = 0
        # Millions of events: looking up what to do beats asking one question after another.
        self._starts: Mapping[str, Callable[[dict[str, str]], None]] = {
            _CELL: self._start_cell,
            _COVERED_CELL: self._start_cell,
            _ROW: self._start_row,
            _TABLE + "table": self._start_sheet,
            _TABLE + "shapes": self._skip,
            _OFFICE + "annotation": self._skip,
            _TEXT + "p": self._start_paragraph,
            _TEXT + "s": self._add_spaces,
            _TEXT + "tab": self._add_space,
            _TEXT + "line-break": self._add_space,
            _STYLE + "style": self._start_style,
            _STYLE + "table-properties": self._note_style,
        }

    def refuse_entities(self, *_declaration: Any) -> int:
        """Refuse a document type or entity, which no office program writes."""
        raise DataError("error-intake-entities", file=self._file)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if self._depth_skipped:
            self._depth_skipped += 1
            return
        action = self._starts.get(name)
        if action is not None:
            action(attributes)
        elif name.startswith(_DRAWN):
            self._skip(attributes)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._depth_skipped:
            self._depth_skipped -= 1
        elif name == _CELL and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == _COVERED_CELL and self._cell is not None:
            self._empty_cells += _count(self._cell, _COLUMNS_REPEATED)
            self._cell = None
        elif name == _ROW and self.sheets:
            self._end_row(self.sheets[-1])

    def text(self, text: str) -> None:
        """Take a text, if it stands in a cell."""
        if self._cell is not None and not self._depth_skipped:
            self._texts.append(text)
            self._length += len(text)
            if self._length > MAX_CELL_LENGTH:
                raise DataError("error-intake-cell-long", file=self._file, limit=MAX_CELL_LENGTH)

    def _skip(self, _attributes: dict[str, str]) -> None:
        self._depth_skipped = 1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._texts, self._length = [], 0

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row, self._empty_cells = [], 0
        self._row_repeats = _count(attributes, _TABLE + "number-rows-repeated")

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        hidden = attributes.get(_TABLE + "style-name", "") in self._hidden_styles
        title = attributes.get(_TABLE + "name", "")
        self.sheets.append(_OpenSheet(title, hidden, GridBuilder(self._file, title)))

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(_STYLE + "name", "")

    def _note_style(self, attributes: dict[str, str]) -> None:
        if attributes.get(_TABLE + "display") == "false":
            self._hidden_styles.add(self._style)

    def _start_paragraph(self, _attributes: dict[str, str]) -> None:
        if self._texts:
            self.text("\n")

    def _add_spaces(self, attributes: dict[str, str]) -> None:
        self.text(" " * min(_count(attributes, _TEXT + "c"), _MOST_SPACES))

    def _add_space(self, _attributes: dict[str, str]) -> None:
        self.text(" ")

    def _end_cell(self, attributes: dict[str, str]) -> None:
        repeats = _count(attributes, _COLUMNS_REPEATED) if _COLUMNS_REPEATED in attributes else 1
        is_plain = len(attributes) <= _PLAIN_ATTRIBUTES
        is_error = not is_plain and attributes.get(_ERROR_TYPE) == "error"
        # Beside an error stands an empty text as its value: what it is only shows.
        value = "".join(self._texts) if is_error else self._value(attributes)
        if value is None or value == "":
            self._empty_cells += repeats
            return
        sheet = self.sheets[-1] if self.sheets else None
        if sheet is None:
            return
        at = len(self._row) + self._empty_cells
        if self._empty_cells or repeats > 1:
            check_extent(1, at + repeats, self._file, sheet.name)
            self._row += [None] * self._empty_cells + [value] * repeats
            self._empty_cells = 0
        else:
            self._row.append(value)
        if is_error:
            self._note_errors(sheet, at, repeats)
        if not is_plain:
            self._note_merge(sheet, attributes, at)

    def _note_errors(self, sheet: _OpenSheet, at: int, repeats: int) -> None:
        """Clear a cell that shows an error, in each place it is repeated in."""
        text = "".join(self._texts)
        self._row[at : at + repeats] = [None] * repeats
        top = sheet.rows + sheet.empty_rows
        errors = (
            CellError(row, column, text)
            for row in range(top, top + self._row_repeats)
            for column in range(at, at + repeats)
        )
        sheet.errors += islice(errors, _MOST_ERRORS - len(sheet.errors))

    def _note_merge(self, sheet: _OpenSheet, attributes: Mapping[str, str], at: int) -> None:
        down = _count(attributes, _TABLE + "number-rows-spanned")
        across = _count(attributes, _TABLE + "number-columns-spanned")
        top = sheet.rows + sheet.empty_rows
        if down > 1 or across > 1:
            sheet.merges.append(Merge(top, at, top + down - 1, at + across - 1))

    def _value(self, attributes: Mapping[str, str]) -> Any:
        kind = attributes.get(_VALUE_TYPE)
        if kind in _NUMBERS:
            try:
                return float(attributes[_VALUE])
            except (KeyError, ValueError):
                pass
        elif kind == "date":
            day = _day(attributes.get(_OFFICE + "date-value", ""))
            if day is not None:
                return day
        elif kind == "boolean":
            return attributes.get(_OFFICE + "boolean-value") == "true"
        elif kind == "string" and _OFFICE + "string-value" in attributes:
            return attributes[_OFFICE + "string-value"]
        return "".join(self._texts)

    def _end_row(self, sheet: _OpenSheet) -> None:
        if not self._row:
            sheet.empty_rows += self._row_repeats
            return
        rows = sheet.rows + sheet.empty_rows + self._row_repeats
        check_extent(rows, len(self._row), self._file, sheet.name)
        if sheet.empty_rows:
            sheet.builder.add([[]] * sheet.empty_rows)
        sheet.builder.add([self._row] * self._row_repeats)
        sheet.rows, sheet.empty_rows = rows, 0


def _count(attributes: Mapping[str, str], name: str) -> int:
    written = attributes.get(name)
    if written is None:
        return 1
    # More digits than this are no count of anything and cost time to read.
    return min(max(int(written[:12]), 1), _MOST_REPEATS) if written.isdecimal() else 1


def _day(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written[:19])
    except ValueError:
        return None
