"""What was recorded, and taking one's own entries back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.authority import Act, Actor
from services.province import Province
from services.record import Record
from services.record_words import about, content_of, what_happened
from store.attachments import load_attachment
from store.history import Told, load_history, undo
from ui import cache, state
from ui.identity import require

_LATELY: Final = 30
_OF_A_VILLAGE: Final = 100
_UNDOABLE: Final = frozenset(
    {"observation.recorded", "work.reported", "village.edited", "target.set", "target.removed"}
)


def show_recent(province: Province, actor: Actor, words: Translator) -> None:
    """Show the newest entries, with undo for those the actor may take back."""
    st.markdown(f"#### {words('updates-recent')}")
    record = cache.record_here()
    told = load_history(record.store, record.key, most=_LATELY) if record else ()
    if record is None or not told:
        st.info(words("updates-recent-empty"), icon=":material/history:")
        return
    st.dataframe(_table(told, province, words), hide_index=True, key="updates_recent")
    _show_undo(told, record, province, actor, words)
    st.caption(words("updates-head", head=province.record_head[:16]))


def _show_undo(
    told: Sequence[Told], record: Record, province: Province, actor: Actor, words: Translator
) -> None:
    mine = {
        one.seq: one
        for one in told
        if one.kind in _UNDOABLE
        and not one.undone
        and actor.may(Act.UNDO_OWN if one.actor == actor.login else Act.UNDO_ANY)
    }
    if not mine:
        return
    names = _names(province)
    choose, press = st.columns([3, 1], vertical_alignment="bottom")
    seq = choose.selectbox(
        words("updates-undo-choose"),
        list(mine),
        format_func=lambda seq: (
            f"{seq} · {what_happened(mine[seq], words)} · "
            f"{display_text(about(mine[seq], names, words), 80)}"
        ),
        key=f"updates_undo_{words.language}",
    )
    if press.button(
        words("updates-undo", seq=str(seq)), icon=":material/undo:", key="updates_undo_do",
        width="stretch",
    ):  # fmt: skip
        person = require(Act.UNDO_OWN, words)
        undo(record.store, person, seq, secrets.token_hex(16), datetime.now().astimezone())
        state.remember("updates_done", ("updates-undone", {"seq": str(seq)}))
        st.rerun()


def show_village_history(province: Province, village_id: str, words: Translator) -> None:
    """Show everything recorded of a village, and its evidence."""
    record = cache.record_here()
    told = (
        load_history(record.store, record.key, village_id=village_id, most=_OF_A_VILLAGE)
        if record
        else ()
    )
    if record is None or not told:
        st.info(words("updates-recent-empty"), icon=":material/history:")
        return
    st.dataframe(_table(told, province, words), hide_index=True, key=f"history_{village_id}")
    hashes = {str(one.fields["attachment"]) for one in told if one.fields.get("attachment")}
    for content_hash in sorted(hashes):
        kept = load_attachment(record.store, content_hash)
        if kept is not None:
            st.download_button(
                words("updates-attachment-open", name=display_text(kept.name, 60)),
                data=partial(bytes, kept.content),
                file_name=kept.name,
                mime=kept.media_type,
                icon=":material/attachment:",
                key=f"attachment_{content_hash[:16]}",
                on_click="ignore",
            )


def _names(province: Province) -> dict[str, str]:
    villages = province.villages
    return dict(zip(villages["village_id"], villages["name"], strict=True))


def _table(told: Sequence[Told], province: Province, words: Translator) -> pd.DataFrame:
    names = _names(province)
    return pd.DataFrame(
        {
            words("record-seq"): [one.seq for one in told],
            words("record-when"): [
                f"{one.recorded_at.astimezone():%d/%m/%Y %H:%M}" for one in told
            ],
            words("record-by"): [display_text(one.actor, 60) for one in told],
            words("record-what"): [what_happened(one, words) for one in told],
            words("record-subject"): [display_text(about(one, names, words), 80) for one in told],
            words("record-said"): [display_text(content_of(one, words), 300) for one in told],
        }
    )
