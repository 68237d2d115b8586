"""The last step: as a register of its own or over the one in use, and what that would change."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.authority import Act
from planning.columns import each_row
from services.change_lines import change_lines
from services.changes import Change
from services.intake import Understanding, accept, acceptable_register
from services.merge import Merge
from services.outline import Outline, outline_file
from services.province import Province
from services.shelf import SHIPPED
from ui import cache, state
from ui.identity import may, require

_MOST_CHANGES: Final = 2_000
_HEIGHT_PX: Final = 320


def show_acceptance(
    understood: Understanding,
    settled: bytes,
    outline: Outline | None,
    province: Province,
    words: Translator,
) -> None:
    """Show what acceptance would do, and the button for it."""
    draft = understood.draft
    aside = False
    if draft.errors and understood.separable:
        aside = st.checkbox(
            words(
                "import-set-aside",
                sound=int((~draft.faulty).sum()),
                faulty=int(draft.faulty.sum()),
            ),
            key=f"import_aside_{understood.file_hash}",
        )
    ready = understood.acceptable or aside
    over = _register_to_update(words)
    merge = (
        _show_merge(understood, settled, province, words, aside=aside) if over and ready else None
    )
    name, button = st.columns([3, 1], vertical_alignment="bottom")
    called = name.text_input(
        words("import-name"),
        value=province.name if over else Path(understood.file).stem,
        key=f"import_name_{understood.file_hash}_{over}",
        max_chars=80,
    )
    pressed = button.button(
        words("import-accept"),
        type="primary",
        icon=":material/check:",
        disabled=not may(Act.SEED_REGISTER, words) or not ready or not called.strip(),
        width="stretch",
    )
    if not ready:
        st.caption(_what_stands_against(understood, words))
    if pressed:
        actor = require(Act.SEED_REGISTER, words)
        with st.spinner(words("import-accepting"), show_time=True):
            entry = accept(
                understood,
                acceptable_register(understood, set_aside=aside),
                cache.shelf(),
                name=display_text(called, 80),
                moment=datetime.now().astimezone(),
                merge=merge,
                boundaries=outline_file(outline) if outline else None,
                by=actor,
            )
            # Opened while the wheel turns: the next page need not wait for it.
            cache.province()
        state.remember("import_done", (entry.name, entry.villages))
        state.remember("import_kept", None)
        state.remember("import_round", state.remembered("import_round", 0) + 1)
        st.rerun()


def _what_stands_against(understood: Understanding, words: Translator) -> str:
    draft = understood.draft
    if understood.separable:
        return words("import-not-ready", errors=len(draft.errors))
    return words(
        "import-not-separable", errors=len(draft.errors), whole=len(draft.errors_of_the_whole)
    )


def _register_to_update(words: Translator) -> bool:
    """Ask whether the list is laid over the register in use; never over the invented one."""
    if cache.shelf().in_use() == SHIPPED:
        return False
    choice = st.radio(
        words("import-how"),
        ("update", "new"),
        format_func=lambda value: words(f"import-how-{value}"),
        key="import_how",
        horizontal=True,
    )
    return choice == "update"


def _show_merge(
    understood: Understanding, settled: bytes, province: Province, words: Translator, *, aside: bool
) -> Merge:
    name = f"import_same_{understood.file_hash}"
    same: tuple[tuple[int, str], ...] = state.remembered(name, ())
    merge = cache.merged(
        understood.file_hash,
        settled,
        aside,
        province.data_hash,
        same,
        _understood=understood,
        _province=province,
    )
    counts = merge.counts()
    shown = [change for change in Change if counts[change]]
    for column, change in zip(st.columns(max(len(shown), 1)), shown, strict=False):
        column.metric(words(f"change-{change}"), words.number(counts[change]))
    if merge.confirmed:
        st.caption(words("import-confirmed", count=merge.confirmed))
    _ask_same(merge, name, same, words)
    changes = change_lines(merge, words).head(_MOST_CHANGES)
    if changes.empty:
        st.info(words("import-no-changes"), icon=":material/done_all:")
    else:
        st.dataframe(_shown(changes, words), hide_index=True, height=_HEIGHT_PX)
    return merge


def _ask_same(
    merge: Merge, name: str, same: tuple[tuple[int, str], ...], words: Translator
) -> None:
    """Ask about villages that may only have another name now."""
    if merge.similar.empty and not same:
        return
    pairs = {
        (int(pair.new_row), str(pair.village_id)): f"{pair.old_name} → {pair.name}"
        for pair in each_row(merge.similar)
    }
    labels = {**state.remembered(f"{name}_labels", {}), **pairs}
    state.remember(f"{name}_labels", labels)
    key = f"{name}_{words.language}"
    st.multiselect(
        words("import-same"),
        list(labels),
        default=list(same),
        key=key,
        format_func=lambda pair: display_text(labels[pair], 100),
        placeholder=words("import-same-none"),
        on_change=lambda: state.remember(name, tuple(state.said(key))),
    )


def _shown(changes: pd.DataFrame, words: Translator) -> pd.DataFrame:
    headings = {
        "name": "field-name",
        "change": "import-change",
        "field": "import-field",
        "before": "import-before",
        "after": "import-after",
        "village_id": "field-village_id",
    }
    return pd.DataFrame(
        {
            words(heading): [display_text(value, 80) for value in changes[column]]
            for column, heading in headings.items()
        }
    )
