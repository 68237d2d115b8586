"""Many updates at once: a workbook out, the same workbook back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from planning.authority import Act
from planning.vocabulary import Gap
from services.intake import hash_content
from services.province import Province
from services.recording import Updates
from services.update_sheet import read_update_sheet, write_update_sheet
from services.work_queue import Queue
from store.days import office_day
from ui import cache, state
from ui.components.update_forms import submit
from ui.identity import may, require
from ui.theme import show_uploader_words

_MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class _Found:
    file_hash: str
    updates: Updates


def show_sheets(province: Province, queue: Queue, gap: Gap, day: date, words: Translator) -> None:
    """Offer the queue as a workbook, and take a filled-in one."""
    register = cache.begun_key()
    with st.expander(words("updates-bulk"), icon=":material/table_view:"):
        st.caption(words("updates-bulk-note"))
        st.download_button(
            words("updates-bulk-download", count=len(queue.table)),
            data=partial(
                write_update_sheet, queue, gap, province, words, register=register, as_of=day
            ),
            file_name=f"{words('sheet-name')}-{gap}-{day.isoformat()}.xlsx",
            mime=_MIME,
            icon=":material/download:",
            key="updates_sheet_download",
            on_click="ignore",
        )
        _take(register, words)


def _take(register: str, words: Translator) -> None:
    key = f"updates_sheet_{state.remembered('updates_round', 0)}"
    show_uploader_words(
        key,
        words("import-choose"),
        words("import-limits", megabytes=st.get_option("server.maxUploadSize"), suffixes=".xlsx"),
    )
    given = st.file_uploader(words("updates-bulk-drop"), type=["xlsx"], key=key)
    if given is None:
        return
    content = given.getvalue()
    name = display_text(given.name, 120)
    found = _read(content, name, register)
    st.markdown(
        words(
            "updates-bulk-found",
            file=escape_markdown(name, 120),
            observed=len(found.updates.observed),
            reports=len(found.updates.reports),
        )
    )
    if st.button(
        words("updates-bulk-apply", count=len(found.updates)),
        type="primary",
        icon=":material/save:",
        key="updates_sheet_apply",
        disabled=not may(Act.OBSERVE, words),
    ):
        actor = require(Act.OBSERVE, words)
        # The same file sent twice is recorded once.
        submit(found.updates, actor, f"sheet:{actor.login}:{found.file_hash}")


def _read(content: bytes, name: str, register: str) -> _Found:
    """Read a sheet once; the page runs again for every click."""
    file_hash = hash_content(content)
    nothing: _Found | None = None
    kept = state.remembered("updates_sheet_read", nothing)
    if kept is not None and kept.file_hash == file_hash:
        return kept
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        path.write_bytes(content)
        today = office_day(datetime.now().astimezone())
        found = _Found(file_hash, read_update_sheet(path, name, register, today))
    state.remember("updates_sheet_read", found)
    return found
