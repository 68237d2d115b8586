"""The report to the leadership: made when asked for, then offered in three forms."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from i18n import Translator
from services.province import Province
from services.report_export import REPORT_SUFFIXES
from ui import cache

_LABELS: Final = {".pdf": "PDF", ".docx": "report-download-word", ".xlsx": "Excel"}
_MIMES: Final = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def show_report_downloads(province: Province, day: date, words: Translator) -> None:
    """Offer the report as of a day.

    Parameters
    ----------
    province : Province
    day : date
    words : Translator
        Language of the report.

    Notes
    -----
    Nothing is made before the button is pressed. What was made once for the same data, day and
    language is kept for everybody (:func:`ui.cache.report_file`).
    """
    st.markdown(f"#### {words('report-download')}")
    st.caption(words("report-download-about", date=day))
    if st.button(words("report-download-make"), icon=":material/description:", key="make_report"):
        _show_files(_made(province, day, words), day, words)


def _made(province: Province, day: date, words: Translator) -> dict[str, bytes]:
    progress = st.progress(0.0)
    files = {}
    for number, suffix in enumerate(REPORT_SUFFIXES):
        making = words("report-download-making", form=_label(suffix, words))
        progress.progress(number / len(REPORT_SUFFIXES), text=making)
        files[suffix] = cache.report_file(
            province.data_hash, province.record_head, day, words.language, suffix, province
        )
    progress.empty()
    return files


def _show_files(files: dict[str, bytes], day: date, words: Translator) -> None:
    st.success(words("report-download-done"), icon=":material/task_alt:")
    with st.container(horizontal=True, key="report_downloads"):
        for suffix, content in files.items():
            st.download_button(
                _label(suffix, words),
                data=content,
                file_name=f"{words('report-file-stem')}-{day.isoformat()}{suffix}",
                mime=_MIMES[suffix],
                icon=":material/download:",
                # Another run would take the buttons away: they belong to the press above.
                on_click="ignore",
                key=f"report_download_{suffix[1:]}",
            )


def _label(suffix: str, words: Translator) -> str:
    label = _LABELS[suffix]
    return words(label) if words.has(label) else label
