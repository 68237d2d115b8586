"""A report as PDF, and its pictures as PNG, by the typesetter that comes with the product.

What a report says reaches the typesetter as one JSON text; a name can therefore never be markup.
Nothing is fetched, and no font of the machine is used.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst

from geo.report.content import ReportContent, ReportTable
from geo.report.fonts import FACE, FALLBACKS, font_folder
from geo.report.gap_map import draw_map
from geo.report.gauges import draw_gauge
from geo.report.numbering import annex_number

_LAYOUT: Final = Path(__file__).with_name("report.typ")
_PICTURE: Final = _LAYOUT.with_name("picture.typ")
_ROOT: Final = _LAYOUT.parent
"""The only folder the typesetter may read from; the layouts read nothing."""
_DOTS: Final = 300.0
"""Per inch, of a picture for print."""


def encode_pdf(content: ReportContent) -> bytes:
    """Return a report as PDF.

    Parameters
    ----------
    content : ReportContent

    Returns
    -------
    bytes
        The same for the same content: the file knows no clock, only the day of the report.
        Tagged, with the alternative text of each picture.

    Raises
    ------
    PlannerError
        If the fonts are not installed.
    """
    pdf = typst.compile(
        _LAYOUT,
        format="pdf",
        timestamp=datetime.combine(content.as_of, datetime.min.time(), UTC),
        sys_inputs=_inputs(content),
        font_paths=_fonts(),
        root=_ROOT,
    )
    return _whole(pdf)


def fitting_size(content: ReportContent) -> float:
    """Return the size of running text, in points, with which the first page is full.

    Raises
    ------
    PlannerError
        If the fonts are not installed.
    """
    found = typst.query(
        _LAYOUT,
        "<size>",
        field="value",
        one=True,
        sys_inputs=_inputs(content),
        font_paths=_fonts(),
        root=_ROOT,
    )
    return float(json.loads(found))


def encode_png(picture: str) -> bytes:
    """Return an SVG picture as PNG at 300 dots an inch.

    Raises
    ------
    PlannerError
        If the fonts are not installed.
    """
    png = typst.compile(
        _PICTURE,
        format="png",
        ppi=_DOTS,
        sys_inputs={"picture": picture},
        font_paths=_fonts(),
        root=_ROOT,
    )
    return _whole(png)


def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(font_folder())]
    )


def _inputs(content: ReportContent) -> dict[str, str]:
    return {"report": json.dumps(_plain(content), ensure_ascii=False)}


def _whole(made: Any) -> bytes:
    # The typesetter gives a list for several pages of pictures, and one file otherwise.
    return bytes(made[0] if isinstance(made, list) else made)


def _plain(content: ReportContent) -> dict[str, Any]:
    head = content.letterhead
    return {
        "fonts": [FACE, *FALLBACKS],
        "language": content.language,
        "year": content.as_of.year,
        "month": content.as_of.month,
        "day": content.as_of.day,
        "letterhead": {name: getattr(head, name) for name in head.__slots__},
        "kind": content.kind,
        "subject": content.subject,
        "illustrative": content.illustrative,
        "illustrative_note": content.illustrative_note,
        "targets_heading": content.targets_heading,
        "gauges": [
            {
                "title": gauge.title,
                "sign": gauge.sign,
                "band": gauge.band,
                "about": gauge.about,
                "alt": gauge.alt,
                "svg": draw_gauge(gauge),
            }
            for gauge in content.gauges
        ],
        "further_targets": content.further_targets,
        "figures": content.figures,
        "map": {
            "svg": draw_map(content.map),
            "alt": content.map.alt,
            "note": content.map.note,
        },
        "priorities": _table(content.priorities),
        "sections": [
            {"heading": section.heading, "paragraphs": section.paragraphs}
            for section in content.sections
        ],
        "annex_title": content.annex_title,
        "annexes": [
            {**_table(table), "number": annex_number(index)}
            for index, table in enumerate(content.annexes)
        ],
        "foot": content.foot,
        "page": content.page,
    }


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "note": table.note,
        "columns": [
            {"label": column.label, "width": column.width, "wordy": column.is_wordy}
            for column in table.columns
        ],
        "said": table.said,
        "total": table.total,
    }
