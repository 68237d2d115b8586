"""The registers on the shelf, and which one the app works on."""

from __future__ import annotations

import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.authority import Act
from services.shelf import SHIPPED, Shelf, ShelfEntry
from ui import cache, state
from ui.identity import current_actor, may


def show_registers(words: Translator) -> None:
    """Let one of the accepted registers be taken into use; nothing while there is none."""
    shelf = cache.shelf()
    if set(shelf.all_keys()) == {SHIPPED}:
        return
    entries = {
        key: cache.shipped_entry() if key == SHIPPED else shelf.entry(key)
        for key in shelf.all_keys()
    }
    st.markdown(f"#### {words('registers-title')}")
    key = "import_register"
    keys = list(entries)
    st.radio(
        words("import-in-use"),
        keys,
        index=keys.index(in_use) if (in_use := shelf.in_use()) in keys else None,
        format_func=lambda one: _label(entries[one], words),
        key=key,
        disabled=not may(Act.SEED_REGISTER, words),
        on_change=_take_into_use,
        args=(shelf, key, words),
    )


def _take_into_use(shelf: Shelf, key: str, words: Translator) -> None:
    # A callback has no net under it, so what is no longer permitted is left undone here and said
    # by the page that follows.
    if current_actor(words).may(Act.SEED_REGISTER):
        shelf.use(state.said(key))


def _label(entry: ShelfEntry, words: Translator) -> str:
    parts = [display_text(entry.name, 60), words("import-villages", count=entry.villages)]
    if entry.illustrative:
        parts.append(words("illustrative"))
    if entry.key != SHIPPED:
        parts += [words.date(entry.accepted_at.date()), display_text(entry.source, 60)]
    return " · ".join(parts)
