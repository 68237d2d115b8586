"""Every fault at once: counted, listed with its remedy, shown on a map, taken away as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from i18n.refusals import say_expected, say_fault, say_remedy
from planning.errors import Fault, Severity
from services.faults import REPORT_SUFFIXES, faults_bytes, report_bytes
from services.intake import Understanding
from services.set_aside import set_aside_workbook

_MOST_SHOWN: Final = 2_000
_HEIGHT_PX: Final = 360
_SIGN: Final = {Severity.ERROR: "✗", Severity.WARNING: "!"}
_MIMES: Final = {
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show_fault_table(faults: Sequence[Fault], words: Translator) -> None:
    """Show faults as a table: severity, place, what was got and expected, what to do."""
    if not faults:
        st.success(words("import-no-faults"), icon=":material/check_circle:")
        return
    shown = list(faults)[:_MOST_SHOWN]
    st.dataframe(
        pd.DataFrame(
            {
                "severity": [
                    f"{_SIGN[f.severity]} {words(f'severity-{f.severity}')}" for f in shown
                ],
                "row": ["" if f.row is None else str(f.row) for f in shown],
                "column": [display_text(f.column, 60) for f in shown],
                "got": [display_text(f.got, 80) for f in shown],
                "expected": [display_text(say_expected(f, words), 120) for f in shown],
                "sentence": [display_text(say_fault(f, words), 400) for f in shown],
                "remedy": [display_text(say_remedy(f, words), 300) for f in shown],
            }
        ),
        column_config={
            "severity": st.column_config.TextColumn(words("report-severity"), width="small"),
            "row": st.column_config.TextColumn(words("report-row"), width="small"),
            "column": words("report-column"),
            "got": words("report-got"),
            "expected": words("report-expected"),
            "sentence": st.column_config.TextColumn(words("report-sentence"), width="large"),
            "remedy": st.column_config.TextColumn(words("report-remedy"), width="large"),
        },
        column_order=("severity", "row", "column", "sentence", "remedy", "got", "expected"),
        hide_index=True,
        height=min(_HEIGHT_PX, 38 + 35 * len(shown)),
    )
    if len(faults) > _MOST_SHOWN:
        st.caption(words("import-more-faults", count=len(faults) - _MOST_SHOWN))


def _severity(fault: Fault, words: Translator) -> str:
    return f"{_SIGN[fault.severity]} {words(f'severity-{fault.severity}')}"


def show_report_downloads(understood: Understanding, words: Translator) -> None:
    """Offer the report, and the rows at fault with their faults beside them."""
    stem = Path(understood.file).stem
    with st.container(horizontal=True, key="import_downloads"):
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
    with st.container(horizontal=True, key="import_downloads"):
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
    )
