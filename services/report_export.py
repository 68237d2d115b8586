"""Write a report: as PDF to print, Word document to edit, workbook to calculate with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from geo.report.content import ReportContent
from geo.report.document import encode_docx
from geo.report.typeset import encode_pdf
from geo.report.workbook import encode_report_xlsx
from geo.writing import write_file
from i18n import Translator
from planning.errors import PlannerError
from services.report_content import Office, report_content
from services.report_values import Report

_ENCODERS: Final[Mapping[str, Callable[[ReportContent], bytes]]] = {
    ".pdf": encode_pdf,
    ".docx": encode_docx,
    ".xlsx": encode_report_xlsx,
}
REPORT_SUFFIXES: Final = tuple(_ENCODERS)
"""Forms a report can be written in."""


def check_report_suffix(suffix: str) -> str:
    """Return the suffix of a form in small letters.

    Raises
    ------
    PlannerError
        If there is no such form.
    """
    known = suffix.lower()
    if known not in _ENCODERS:
        expected = ", ".join(REPORT_SUFFIXES)
        raise PlannerError("error-report-format", suffix=suffix or "?", expected=expected)
    return known


def report_bytes(
    report: Report, suffix: str, words: Translator, office: Office | None = None
) -> bytes:
    """Return a report as the contents of a file.

    Parameters
    ----------
    report : Report
    suffix : str
        One of :data:`REPORT_SUFFIXES`, in any case.
    words : Translator
    office : Office, optional

    Returns
    -------
    bytes
        The same for the same report, language and office: no clock is in it.

    Raises
    ------
    PlannerError
        If there is no such form, or the fonts are not installed.
    """
    encode = _ENCODERS[check_report_suffix(suffix)]
    return encode(report_content(report, words, office))


def write_report(
    report: Report, path: Path, words: Translator, office: Office | None = None
) -> None:
    """Write a report to a file whose suffix chooses the form, completely or not at all.

    Raises
    ------
    PlannerError
        As :func:`report_bytes`, or if the place cannot be written to.
    """
    write_file(path, report_bytes(report, path.suffix, words, office))
