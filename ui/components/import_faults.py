"""Every fault at once: counted, listed with its remedy, shown on a map, taken away as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, Literal

import streamlit as st

from geo.display import display_text
from i18n import Translator
from i18n.refusals import say_expected, say_fault, say_remedy
from planning.errors import Fault, Severity
from services.faults import REPORT_SUFFIXES, faults_bytes, report_bytes
from services.intake import Understanding
from services.set_aside import set_aside_workbook
from ui.theme import text

_MOST_SHOWN: Final = 300
_FEW: Final = 6
_HEIGHT_PX: Final = 420
_COLUMNS: Final = ("severity", "row", "column", "sentence", "got", "expected", "remedy")
_SIGN: Final = {Severity.ERROR: "✗", Severity.WARNING: "!"}
_MIMES: Final = {
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show_fault_table(faults: Sequence[Fault], words: Translator) -> None:
    """Show faults as a table: severity, place, what was got and expected, what to do.

    A table of the page's own, because a sentence must wrap to be read.
    """
    if not faults:
        st.success(words("import-no-faults"), icon=":material/check_circle:")
        return
    shown = list(faults)[:_MOST_SHOWN]
    head = "".join(f"<th>{text(words(f'report-{name}'))}</th>" for name in _COLUMNS)
    rows = "".join(_row(fault, words) for fault in shown)
    height: int | Literal["content"] = _HEIGHT_PX if len(shown) > _FEW else "content"
    with st.container(height=height, border=True, key="import_faults"):
        st.html(
            f'<table class="gp-faults"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        )
    if len(faults) > _MOST_SHOWN:
        st.caption(words("import-more-faults-below", count=len(faults) - _MOST_SHOWN))


def _row(fault: Fault, words: Translator) -> str:
    cells = (
        f"{_SIGN[fault.severity]} {words(f'severity-{fault.severity}')}",
        "" if fault.row is None else str(fault.row),
        display_text(fault.column, 60),
        display_text(say_fault(fault, words), 400),
        display_text(fault.got, 60),
        display_text(say_expected(fault, words), 120),
        display_text(say_remedy(fault, words), 300),
    )
    written = "".join(f"<td>{text(cell)}</td>" for cell in cells)
    return f'<tr class="gp-{fault.severity}">{written}</tr>'


def show_report_downloads(understood: Understanding, words: Translator) -> None:
    """Offer the report, and the rows at fault with their faults beside them."""
    stem = Path(understood.file).stem
    with st.container(key="import_downloads"):
        for suffix in REPORT_SUFFIXES:
            _offer(
                words(f"import-report-{suffix[1:]}"),
                f"{stem}-{words('import-report-stem')}{suffix}",
                suffix,
                partial(report_bytes, understood, suffix),
            )
        if understood.draft.faulty.any():
            _offer(
                words("import-download-aside", count=int(understood.draft.faulty.sum())),
                f"{stem}-{words('import-aside-stem')}.xlsx",
                ".xlsx",
                partial(set_aside_workbook, understood, words),
                key="aside",
            )


def show_outline_downloads(faults: tuple[Fault, ...], file: str, words: Translator) -> None:
    """Offer the report on a file of boundaries."""
    with st.container(key="import_downloads"):
        for suffix in REPORT_SUFFIXES:
            _offer(
                words(f"import-report-{suffix[1:]}"),
                f"{Path(file).stem}-{words('import-report-stem')}{suffix}",
                suffix,
                partial(faults_bytes, faults, file, suffix),
            )


def _offer(label: str, file: str, suffix: str, data: partial[bytes], key: str = "report") -> None:
    st.download_button(
        label,
        data=data,
        file_name=file,
        mime=_MIMES[suffix],
        icon=":material/download:",
        on_click="ignore",
        key=f"import_{key}{suffix}",
        width="stretch",
    )
