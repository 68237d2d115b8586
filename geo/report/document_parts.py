"""Pieces of a Word document: paragraphs, tables with repeated headings, pictures, fields."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from geo.report.content import ReportTable

FACE: Final = "Times New Roman"
_LANGUAGES: Final = {"vi": "vi-VN", "en": "en-GB"}
_SHADE: Final = "E8EDF2"
_CELL_MARGIN: Final = 57
"""Twentieths of a point: one millimetre."""


def set_up_styles(document: Any, size: float, language: str) -> None:
    """Make every style Times New Roman in black, headings as large as the decree asks for.

    Parameters
    ----------
    document : docx.document.Document
    size : float
        Of running text, points.
    language : str
    """
    for name, points, bold in (
        ("Normal", size, False),
        ("Heading 1", 14.0, True),
        ("Heading 2", min(size, 13.0), True),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = FACE, Pt(points)
        style.font.bold, style.font.italic = bold, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in faces.attrib if key.endswith("Theme")]:
            del faces.attrib[key]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            faces.set(qn(f"w:{script}"), FACE)
        style.paragraph_format.space_before = Pt(3 if bold else 0)
        style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.line_spacing = 1.0
    properties = document.styles["Normal"].element.get_or_add_rPr()
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), _LANGUAGES.get(language, language))
    properties.append(spoken)


def say(
    place: Any,
    said: str,
    size: float | None = None,
    *,
    align: Any = None,
    bold: bool = False,
    italic: bool = False,
    first: bool = False,
    justified: bool = False,
) -> Any:
    """Add a paragraph to a document or cell; ``first`` takes the one a new cell already has."""
    paragraph = tight(place.paragraphs[0] if first else place.add_paragraph())
    run = paragraph.add_run(said)
    run.bold, run.italic = bold or None, italic or None
    if size is not None:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    if justified:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
        paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def tight(paragraph: Any) -> Any:
    """Take the space around a paragraph away; return it."""
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def add_lines(paragraph: Any, lines: Sequence[str], size: float) -> None:
    """Write lines into one paragraph."""
    tight(paragraph)
    for number, line in enumerate(lines):
        run = paragraph.add_run(line)
        run.font.size = Pt(size)
        if number < len(lines) - 1:
            run.add_break(WD_BREAK.LINE)


def add_field(paragraph: Any, code: str, size: float) -> None:
    """Add a number that the program works out, such as ``PAGE``."""
    for part in ("begin", "code", "separate", "said", "end"):
        run = paragraph.add_run("1" if part == "said" else "")
        run.font.size = Pt(size)
        if part == "said":
            continue
        piece = OxmlElement("w:instrText" if part == "code" else "w:fldChar")
        if part == "code":
            piece.set(qn("xml:space"), "preserve")
            piece.text = f" {code} "
        else:
            piece.set(qn("w:fldCharType"), part)
        run._r.append(piece)


def add_picture(paragraph: Any, png: bytes, width_mm: float, alt: str, name: str) -> None:
    """Add a picture with the sentence that stands for it."""
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(width_mm))
    about = shape._inline.docPr
    about.set("descr", alt)
    if name:
        about.set("title", name)


def stroke_below(paragraph: Any, width_mm: float, room_mm: float) -> None:
    """Draw the short line under a title: a border of a paragraph indented to its width."""
    holder = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    holder.append(line)
    # A paragraph of its own, one point high: the title itself must not be indented.
    element = OxmlElement("w:p")
    paragraph._p.addnext(element)
    stroke = type(paragraph)(element, paragraph._parent)
    tight(stroke)
    stroke.paragraph_format.line_spacing = Pt(2)
    side = Mm(max((room_mm - width_mm) / 2 - 2, 0))
    stroke.paragraph_format.left_indent = stroke.paragraph_format.right_indent = side
    stroke.paragraph_format.space_after = Pt(3)
    stroke._p.get_or_add_pPr().insert_element_before(
        holder, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def plain_table(place: Any, widths_mm: Sequence[float], rows: int = 1) -> Any:
    """Add a table without borders to a document or a cell."""
    table = place.add_table(rows=rows, cols=len(widths_mm))
    _fix_widths(table, widths_mm)
    return table


def flatten_empty(cell: Any) -> None:
    """Make the empty paragraphs that Word wants around tables in a cell a point high."""
    for paragraph in cell.paragraphs:
        if not paragraph.runs:
            tight(paragraph).paragraph_format.line_spacing = Pt(1)


def fill_table(document: Any, content: ReportTable, width_mm: float, size: float) -> Any:
    """Add a table whose heading row is repeated on every page.

    Parameters
    ----------
    document : docx.document.Document
    content : ReportTable
    width_mm : float
    size : float
        Of its text, points.
    """
    whole = sum(column.width for column in content.columns)
    widths = [width_mm * column.width / whole for column in content.columns]
    rows = [*content.said, *([content.total] if content.total else [])]
    table = document.add_table(rows=1 + len(rows), cols=len(widths))
    table.style = document.styles["Table Grid"]
    _fix_widths(table, widths)
    _mark_heading(table.rows[0])
    # Asking the table for each cell again would take quadratic time.
    labels = tuple(column.label for column in content.columns)
    for number, (row, texts) in enumerate(zip(table.rows, (labels, *rows), strict=True)):
        is_head, is_total = number == 0, bool(content.total) and number == len(rows)
        for cell, text, column in zip(row.cells, texts, content.columns, strict=True):
            written = say(cell, text, size, bold=is_head or is_total, first=True)
            if is_head:
                written.alignment = WD_ALIGN_PARAGRAPH.CENTER
                _shade(cell)
            elif not column.is_wordy:
                written.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return table


def _fix_widths(table: Any, widths_mm: Sequence[float]) -> None:
    table.autofit = False
    properties = table._tbl.tblPr
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def _mark_heading(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
