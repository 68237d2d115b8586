"""A report as a Word document: real headings and tables, to be edited before it is signed."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any, Final

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from geo.export.archive import zip_bytes
from geo.report.content import ReportContent, ReportTable
from geo.report.document_parts import (
    add_field,
    add_lines,
    add_picture,
    fill_table,
    flatten_empty,
    plain_table,
    say,
    set_up_styles,
    stroke_below,
    tight,
)
from geo.report.gap_map import draw_map
from geo.report.gauges import draw_gauge
from geo.report.numbering import annex_number
from geo.report.typeset import encode_png, fitting_size

_CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
_WIDTH_MM: Final = 165.0
"""Between the margins."""
_MAP_MM: Final = 60.0
_GAUGE_MM: Final = 38.0


def encode_docx(content: ReportContent) -> bytes:
    """Return a report as a Word document.

    Parameters
    ----------
    content : ReportContent

    Returns
    -------
    bytes
        The same for the same content. A4 with the margins and type sizes of Decree
        30/2020/NĐ-CP, Times New Roman by name; page numbers in the top margin from the second
        page on; the foot with dates and hashes on every page.

    Raises
    ------
    PlannerError
        If the fonts of the pictures are not installed.
    """
    document = docx.Document()
    # Word sets tables a little wider apart than the typesetter that measured the page.
    size = min(max(fitting_size(content) - 0.75, 7.0), 13.0)
    set_up_styles(document, size, content.language)
    _set_up_page(document, content)
    _add_letterhead(document, content)
    _add_title(document, content)
    _add_state(document, content)
    _add_priorities(document, content, size)
    for section in content.sections:
        document.add_heading(section.heading, level=2)
        for said in section.paragraphs:
            say(document, said, justified=True)
    _add_signatures(document, content)
    for index, table in enumerate(content.annexes):
        _add_annex(document, content, index, table)
    return _undated(document, content)


def _set_up_page(document: Any, content: ReportContent) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance, section.footer_distance = Mm(10), Mm(7)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    add_field(number, "PAGE", 13)
    for footer in (section.first_page_footer, section.footer):
        last = footer.paragraphs[0]
        # The style for footers has a stop in the middle, which is in the way.
        last.style = document.styles["Normal"]
        add_lines(last, content.foot, 7.5)
        last.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
        label = last.add_run("\t" + content.illustrative.upper())
        label.bold, label.font.size = True, Pt(8)
        parting = " · " if content.illustrative else ""
        last.add_run(f"{parting}{content.page} ").font.size = Pt(8)
        add_field(last, "PAGE", 8)
        last.add_run("/").font.size = Pt(8)
        add_field(last, "NUMPAGES", 8)


def _add_letterhead(document: Any, content: ReportContent) -> None:
    head = content.letterhead
    left, right = plain_table(document, (72.5, 94.5)).rows[0].cells
    say(left, head.superior.upper(), 12, align=_CENTRE, first=True)
    stroke_below(say(left, head.issuer.upper(), 12, align=_CENTRE, bold=True), 24, 72.5)
    say(left, head.number, 12, align=_CENTRE)
    say(right, head.country.upper(), 12, align=_CENTRE, bold=True, first=True)
    stroke_below(say(right, head.motto, 13, align=_CENTRE, bold=True), 52, 94.5)
    say(right, head.place_and_date, 13, align=_CENTRE, italic=True)


def _add_title(document: Any, content: ReportContent) -> None:
    title = document.add_heading(content.kind.upper(), level=1)
    title.alignment = _CENTRE
    subject = say(document, content.subject, 13, align=_CENTRE, bold=True)
    stroke_below(subject, 40, _WIDTH_MM)
    if content.illustrative:
        label = say(document, content.illustrative.upper(), 11, align=_CENTRE, bold=True)
        note = label.add_run(f" — {content.illustrative_note}")
        note.font.size = Pt(8.5)


def _add_state(document: Any, content: ReportContent) -> None:
    document.add_heading(content.targets_heading, level=2)
    left_mm = _WIDTH_MM - _MAP_MM - 4
    left, right = plain_table(document, (left_mm, _MAP_MM + 4)).rows[0].cells
    if content.gauges:
        share = left_mm / len(content.gauges)
        cells = plain_table(left, [share] * len(content.gauges)).rows[0].cells
        for gauge, cell in zip(content.gauges, cells, strict=True):
            say(cell, gauge.title, 9.5, align=_CENTRE, bold=True, first=True)
            drawn = tight(cell.add_paragraph())
            drawn.alignment = _CENTRE
            png = encode_png(draw_gauge(gauge))
            add_picture(drawn, png, min(_GAUGE_MM, share - 6), gauge.alt, gauge.title)
            say(cell, f"{gauge.sign} {gauge.band}", 9.5, align=_CENTRE, bold=True)
            say(cell, gauge.about, 9, align=_CENTRE)
    if content.further_targets:
        say(left, content.further_targets, 9)
    figures = plain_table(left, (left_mm - 44, 40), rows=len(content.figures))
    figures.style = document.styles["Table Grid"]
    for row, (name, value) in zip(figures.rows, content.figures, strict=True):
        say(row.cells[0], name, 9.5, first=True)
        say(row.cells[1], value, 9.5, bold=True, align=WD_ALIGN_PARAGRAPH.RIGHT, first=True)
    flatten_empty(left)
    drawn = tight(right.paragraphs[0])
    add_picture(drawn, encode_png(draw_map(content.map)), _MAP_MM, content.map.alt, "")
    say(right, content.map.note, 7.5, italic=True)


def _add_priorities(document: Any, content: ReportContent, size: float) -> None:
    document.add_heading(content.priorities.title, level=2)
    if content.priorities.said:
        fill_table(document, content.priorities, _WIDTH_MM, min(size - 3, 9.0))


def _add_signatures(document: Any, content: ReportContent) -> None:
    head = content.letterhead
    left, right = plain_table(document, (80, 85)).rows[0].cells
    title = say(left, head.recipients_title, 12, bold=True, italic=True, first=True)
    title.paragraph_format.space_before = Pt(4)
    for one in head.recipients:
        say(left, f"- {one}", 11)
    for index, line in enumerate(head.signatory):
        signed = say(right, line.upper(), 13, align=_CENTRE, bold=True, first=index == 0)
        signed.paragraph_format.space_before = Pt(4 if index == 0 else 0)
    # Room for signature and seal.
    tight(right.add_paragraph()).paragraph_format.space_before = Mm(8)


def _add_annex(document: Any, content: ReportContent, index: int, table: ReportTable) -> None:
    heading = document.add_heading(f"{content.annex_title} {annex_number(index)}", level=1)
    heading.alignment = _CENTRE
    heading.paragraph_format.page_break_before = index == 0
    heading.paragraph_format.space_before = Pt(0 if index == 0 else 18)
    name = document.add_heading(table.title, level=2)
    name.alignment = _CENTRE
    note = say(document, table.note, 11, align=_CENTRE, italic=True)
    note.paragraph_format.keep_with_next = True
    note.paragraph_format.space_after = Pt(4)
    drawn = fill_table(document, table, _WIDTH_MM, 9.5)
    drawn.alignment = WD_TABLE_ALIGNMENT.CENTER


def _undated(document: Any, content: ReportContent) -> bytes:
    """Return the file with no day in it but that of the report."""
    day = datetime.combine(content.as_of, datetime.min.time())
    about = document.core_properties
    about.title, about.subject = f"{content.kind}: {content.subject}"[:255], content.illustrative
    about.author = content.letterhead.issuer[:255]
    about.last_modified_by, about.comments = "", "; ".join(content.foot)[:255]
    about.created = about.modified = day
    about.language = content.language
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as archive:
        return zip_bytes([(name, [archive.read(name)]) for name in archive.namelist()])
