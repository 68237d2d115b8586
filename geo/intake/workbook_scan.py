"""How large the sheets of an XLSX really are, found out before a fast reader may open it.

The fast reader allots one cell for every place between the first and the last used one: a file of
four kilobytes with a cell in the last row makes it ask for hundreds of gigabytes. So the XML of
every part is searched first, as bytes and in pieces, for the places of cells. The search
understands only the plain way in which office programs write cells; anything else is said to be
unusual, and such a file is read by a slower, bounded reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from geo.intake.archives import Archive
from geo.intake.grid import CellError, Merge

_PIECE_OVERLAP: Final = 4096
_FULL_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"[^<>/]*>')
_CELL_START: Final = b'<c r="'
_AFTER_NAME: Final = np.isin(np.arange(256), list(b" >/\n\r\t"))
"""Which bytes may follow the name of an element."""
_LONGEST_PLACE: Final = 32
_PREFIXED_CELL: Final = re.compile(rb"<[^\s<>/]+:c[\s/>]")
_ERROR_CELL: Final = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9]\d{0,6})"[^<>/]*\bt="e"[^<>/]*>(?:<f[^<>]*>[^<>]*</f>|<f[^<>]*/>)?'
    rb"<v>([^<>]{1,20})</v>"
)
_MERGE: Final = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"\s*/>')
_UNCALCULATED: Final = re.compile(rb"(?:</f>|<f[^<>]*/>)\s*(?:<v\s*/>|<v></v>|</c>)")
_ENCODING: Final = re.compile(rb'encoding\s*=\s*["\']([\w.-]+)')
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SHEET_DATA: Final = b"sheetData"
_MOST_ERRORS: Final = 1000
_MOST_MERGES: Final = 200_000


@dataclass(slots=True)
class SheetScan:
    """What the XML of one part says.

    Attributes
    ----------
    is_sheet : bool
        Whether it holds cells.
    is_usual : bool
        Whether every cell is written in the plain way, so that the bounds can be trusted.
    has_entities : bool
        Whether it declares a document type or an entity, which no office program does.
    rows, columns : int
        Last row and column with content, counted from 1.
    merges : list of Merge
    errors : list of CellError
    uncalculated : int
        Formulas without a stored result.
    """

    is_sheet: bool = False
    is_usual: bool = True
    has_entities: bool = False
    rows: int = 0
    columns: int = 0
    merges: list[Merge] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    uncalculated: int = 0


def scan_part(archive: Archive, name: str, *, only_full: bool = False) -> SheetScan:
    """Search one part of a workbook for the places of its cells.

    Parameters
    ----------
    archive : Archive
    name : str
    only_full : bool
        Whether cells that have a format but no content are left out of the bounds, which takes
        longer.
    """
    scan = SheetScan()
    for at, piece in enumerate(_pieces(archive, name)):
        if at == 0 and not _is_plain(piece):
            scan.is_usual = False
        scan.is_sheet = scan.is_sheet or _SHEET_DATA in piece
        scan.has_entities = scan.has_entities or (
            b"<!" in piece and _DOCTYPE.search(piece) is not None
        )
        bounds = _bounds_of_full(piece) if only_full else _bounds(piece)
        if bounds is None:
            scan.is_usual = False
        else:
            scan.rows, scan.columns = max(scan.rows, bounds[0]), max(scan.columns, bounds[1])
        _scan_piece(piece, scan)
    return scan


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters: 1 for ``A``, 27 for ``AA``."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _bounds(piece: bytes) -> tuple[int, int] | None:
    """Return the last row and column of all cells; ``None`` if one is written in another way.

    Places are read letter by letter for all cells at once, which is five times as quick as a
    pattern.
    """
    if b":c" in piece and _PREFIXED_CELL.search(piece):
        return None
    codes = np.frombuffer(piece + bytes(_LONGEST_PLACE), dtype=np.uint8)
    starts = np.flatnonzero(codes == ord("<"))
    starts = starts[codes[starts + 1] == ord("c")]
    starts = starts[_AFTER_NAME[codes[starts + 2]]]
    if not len(starts):
        return (0, 0)
    for offset, code in enumerate(_CELL_START):
        if (codes[starts + offset] != code).any():
            return None
    places = starts + len(_CELL_START)
    column = row = np.zeros(len(places), dtype=np.int64)
    for _ in range(3):
        code = codes[places]
        is_letter = (code >= ord("A")) & (code <= ord("Z"))
        column = np.where(is_letter, 26 * column + code - (ord("A") - 1), column)
        places = places + is_letter
    for _ in range(7):
        code = codes[places]
        is_digit = (code >= ord("0")) & (code <= ord("9"))
        row = np.where(is_digit, 10 * row + code - ord("0"), row)
        places = places + is_digit
    if (codes[places] != ord('"')).any() or (column == 0).any() or (row == 0).any():
        return None
    return int(row.max()), int(column.max())


def _bounds_of_full(piece: bytes) -> tuple[int, int]:
    """Return the last row and column of the cells that hold something."""
    cells = _FULL_CELL.findall(piece)
    rows = max((int(row) for _, row in cells), default=0)
    return rows, max(map(column_number, {letters for letters, _ in cells}), default=0)


def _scan_piece(piece: bytes, scan: SheetScan) -> None:
    if b't="e"' in piece and len(scan.errors) < _MOST_ERRORS:
        scan.errors += [
            CellError(int(row) - 1, column_number(column) - 1, text.decode("ascii", "replace"))
            for column, row, text in _ERROR_CELL.findall(piece)
        ]
    if b"<mergeCell " in piece and len(scan.merges) < _MOST_MERGES:
        scan.merges += map(_merge, _MERGE.findall(piece))
    if b"<f" in piece:
        scan.uncalculated += len(_UNCALCULATED.findall(piece))


def _pieces(archive: Archive, name: str) -> Iterator[bytes]:
    """Inflate a part in pieces that end where a cell or another element begins."""
    rest = b""
    for chunk in archive.chunks(name):
        piece = rest + chunk
        cut = max(piece.rfind(b"<c "), piece.rfind(b"<row"), piece.rfind(b"<mergeCell "))
        if cut <= 0:
            cut = piece.rfind(b"<")
        if cut <= 0:
            cut = max(len(piece) - _PIECE_OVERLAP, 0)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest


def _is_plain(beginning: bytes) -> bool:
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in beginning[:64]:
        return False
    declared = _ENCODING.search(beginning[:200])
    return declared is None or declared.group(1).lower() in {b"utf-8", b"us-ascii"}


def _merge(found: tuple[bytes, bytes, bytes, bytes]) -> Merge:
    left, top, right, bottom = found
    return Merge(int(top) - 1, column_number(left) - 1, int(bottom) - 1, column_number(right) - 1)
