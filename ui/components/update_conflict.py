"""A conflict: field by field what was there, what others recorded and what is still ours."""

from __future__ import annotations

import secrets

import pandas as pd
import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from planning.authority import Act, Actor
from planning.errors import Conflict
from services.province import Province
from services.record_words import field_said
from services.recording import over_theirs
from ui import state
from ui.components.update_forms import drop_pending, pending, submit
from ui.identity import require

_FIELDS = (
    "state", "observed_on", "evidence", "status", "since", "source", "note", "attachment",
)  # fmt: skip


def show_conflict(province: Province, actor: Actor, words: Translator) -> bool:
    """Show what met a conflict, until its author has chosen.

    Returns
    -------
    bool
        Whether there is one: the rest of the page waits.
    """
    held = pending()
    if held is None:
        return False
    updates, error = held
    st.warning(f"**{words('updates-conflict')}**", icon=":material/call_merge:")
    keep = {one.part for one in error.conflicts if _show_one(one, province, words)}
    resolve, drop = st.columns(2)
    if resolve.button(
        words("updates-conflict-resolve"),
        type="primary",
        icon=":material/check:",
        key="conflict_resolve",
        disabled=not actor.may(Act.OBSERVE),
        width="stretch",
    ):
        again = over_theirs(updates, error, frozenset(keep))
        if len(again):
            submit(again, require(Act.OBSERVE, words), secrets.token_hex(16))
        _drop(words)
    if drop.button(
        words("updates-conflict-drop"), icon=":material/close:", key="conflict_drop",
        width="stretch",
    ):  # fmt: skip
        _drop(words)
    return True


def _drop(words: Translator) -> None:  # noqa: ARG001
    drop_pending()
    state.remember("updates_done", ("updates-conflict-dropped", {}))
    st.rerun()


def _show_one(one: Conflict, province: Province, words: Translator) -> bool:
    village = _village(one, province)
    with st.container(border=True):
        st.markdown(
            words(
                "updates-conflict-note",
                by=escape_markdown(one.by, 80),
                village=escape_markdown(village, 80),
                moment=f"{one.recorded_at.astimezone():%H:%M %d/%m/%Y}",
            )
        )
        st.table(_fields(one, words))
        choices = {"theirs": words("updates-keep-theirs"), "mine": words("updates-keep-mine")}
        chosen = st.radio(
            words("updates-conflict-choose", village=village),
            list(choices),
            format_func=choices.__getitem__,
            horizontal=True,
            key=f"conflict_{one.part}_{one.version}",
        )
    return chosen == "mine"


def _village(one: Conflict, province: Province) -> str:
    village_id = one.subject.split(":")[1]
    villages = province.villages
    found = villages.loc[villages["village_id"] == village_id, "name"]
    return display_text(found.iloc[0] if len(found) else village_id, 80)


def _fields(one: Conflict, words: Translator) -> pd.DataFrame:
    service = one.subject.rpartition(":")[2]
    there = [name for name in _FIELDS if name in one.yours or name in one.theirs]

    def said(fields: object, name: str) -> str:
        value = fields.get(name) if isinstance(fields, dict) else None
        if not fields:
            return words("updates-conflict-nothing")
        return display_text(field_said(name, value, service, words), 200)

    return pd.DataFrame(
        {
            words("updates-conflict-field"): [words(f"record-field-{name}") for name in there],
            words("updates-conflict-original"): [said(one.original, name) for name in there],
            words("updates-conflict-theirs"): [said(one.theirs, name) for name in there],
            words("updates-conflict-yours"): [said(one.yours, name) for name in there],
        }
    ).set_index(words("updates-conflict-field"))
