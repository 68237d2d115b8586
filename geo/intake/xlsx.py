"""Excel workbooks since 2007, read by a fast reader once their size is known to be harmless."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

import python_calamine
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from geo.intake.archives import Archive, open_archive
from geo.intake.grid import Grid
from geo.intake.grid_building import GridBuilder, check_extent
from geo.intake.limits import fits
from geo.intake.table import RawTable, ReadOptions
from geo.intake.workbook import Sheet, read_workbook
from geo.intake.workbook_scan import SheetScan, scan_part
from planning.errors import DataError

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_MAX_PART_BYTES: Final = 8 * 2**20
_MEDIA: Final = "xl/media/"


def read_xlsx(path: Path, options: ReadOptions) -> RawTable:
    """Read a sheet of an XLSX workbook; see :func:`geo.intake.workbook.read_workbook`.

    Results of formulas are read as they were last stored. Dates count from 1900 or 1904 as the
    workbook says.

    Raises
    ------
    DataError
        If the archive is not sound, the XML declares entities, or cells lie so far apart that
        they cannot belong to a list.
    """
    with open_archive(path, nested=True) as archive:
        parts = _sheet_parts(archive, path)
        scans = _scan(archive, path, {part: name for name, part in parts.items()})
    usual = all(scan.is_usual for scan in scans.values() if scan.is_sheet)
    sheets = _quick_sheets(path, scans, parts) if usual else _bounded_sheets(path, scans, parts)
    return read_workbook(path, options, sheets, "xlsx")


def _scan(archive: Archive, path: Path, titles: Mapping[str, str]) -> dict[str, SheetScan]:
    """Search every part, whatever it is called: the name of a sheet's part is up to the file."""
    scans = {}
    for name in archive.names:
        if name.startswith(_MEDIA):
            continue
        scan = scan_part(archive, name)
        if scan.has_entities:
            raise DataError("error-intake-entities", file=path.name)
        if scan.is_usual and not fits(scan.rows, scan.columns):
            bounds = scan_part(archive, name, only_full=True)
            check_extent(bounds.rows, bounds.columns, path.name, titles.get(name, name))
            scan.rows, scan.columns = bounds.rows, bounds.columns
        scans[name] = scan
    return scans


def _sheet_parts(archive: Archive, path: Path) -> dict[str, str]:
    """Return the part of each sheet by its name, in the order of the workbook."""
    targets = {}
    if _RELATIONS in archive.names:
        for relation in _parsed(archive, _RELATIONS, path):
            target = posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))
            targets[relation.get("Id")] = target.lstrip("/")
    parts = {}
    for element in _parsed(archive, _WORKBOOK, path).iter():
        if _local(element.tag) == "sheet":
            ids = [value for key, value in element.attrib.items() if _local(key) == "id"]
            parts[element.get("name", "")] = targets.get(ids[0] if ids else "", "")
    return parts


def _parsed(archive: Archive, name: str, path: Path) -> Element:
    try:
        root: Element = fromstring(archive.read(name, _MAX_PART_BYTES), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DataError("error-intake-damaged", file=path.name) from error
    return root


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _quick_sheets(
    path: Path, scans: Mapping[str, SheetScan], parts: Mapping[str, str]
) -> list[Sheet]:
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.CalamineError as error:
        raise DataError("error-intake-damaged", file=path.name) from error
    sheets = []
    for about in book.sheets_metadata:
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        scan = scans.get(parts.get(about.name, ""), SheetScan())
        sheets.append(
            Sheet(
                about.name,
                about.visible != python_calamine.SheetVisibleEnum.Visible,
                partial(_load_quickly, book, about.name, path, scan),
                rows=scan.rows,
                uncalculated=scan.uncalculated,
            )
        )
    return sheets


def _load_quickly(
    book: python_calamine.CalamineWorkbook, name: str, path: Path, scan: SheetScan
) -> Grid:
    try:
        sheet = book.get_sheet_by_name(name)
    except python_calamine.CalamineError as error:
        raise DataError("error-intake-damaged", file=path.name) from error
    first_column = sheet.start[1] if sheet.start else 0
    builder = GridBuilder(path.name, name, first_column)
    if sheet.start:
        builder.add(sheet.iter_rows())
    return builder.grid(scan.merges, scan.errors)


def _bounded_sheets(
    path: Path, scans: Mapping[str, SheetScan], parts: Mapping[str, str]
) -> list[Sheet]:
    import openpyxl  # noqa: PLC0415  (only for the few workbooks written in an unusual way)

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (KeyError, ValueError, TypeError, AttributeError, ParseError) as error:
        raise DataError("error-intake-damaged", file=path.name) from error
    sheets = []
    for sheet in book.worksheets:
        scan = scans.get(parts.get(sheet.title, ""), SheetScan())
        sheets.append(
            Sheet(
                sheet.title,
                sheet.sheet_state != "visible",
                partial(_load_bounded, sheet, path, scan),
                uncalculated=scan.uncalculated,
            )
        )
    return sheets


def _load_bounded(sheet: Any, path: Path, scan: SheetScan) -> Grid:
    # Without this the reader believes the size the file claims.
    sheet.reset_dimensions()
    builder = GridBuilder(path.name, sheet.title)
    builder.add(_trimmed_rows(sheet))
    return builder.grid(scan.merges, scan.errors)


def _trimmed_rows(sheet: Any) -> Iterator[list[Any]]:
    for values in sheet.iter_rows(values_only=True):
        row = list(values)
        while row and row[-1] is None:
            row.pop()
        yield row
