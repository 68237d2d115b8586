"""Forms for one village: what was seen, how the work goes, corrected facts, its history."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
import streamlit as st

from i18n import Translator
from planning.authority import Act, Actor
from planning.errors import ConflictError
from planning.vocabulary import GAP_SERVICE, Evidence, Gap, GridPower, Service, WorkStatus
from services.intake import hash_content
from services.province import Province
from services.recording import Updates, accepted_service, apply_updates, correct_village
from store import subjects
from store.attachments import MOST_BYTES, keep_attachment
from store.days import office_day
from store.history import versions_of
from store.observations import STATES, Observed
from store.works import WorkReport
from ui import cache, state
from ui.components.update_history import show_village_history
from ui.identity import may, require
from ui.theme import show_uploader_words

_FILES: Final = ["jpg", "jpeg", "png", "webp", "pdf"]
_MOST_NOTE: Final = 2_000
_PENDING: Final = "updates_pending"


def show_forms(
    province: Province, row: pd.Series, gap: Gap, actor: Actor, words: Translator
) -> None:
    """Show what can be recorded of a village, and what was."""
    parts = ["observation", "work", *(["facts"] if actor.may(Act.EDIT_VILLAGE) else []), "history"]
    tabs = st.tabs([words(f"updates-tab-{part}") for part in parts])
    for tab, part in zip(tabs, parts, strict=True):
        with tab:
            match part:
                case "observation":
                    _observation(row, GAP_SERVICE[gap], words)
                case "work":
                    _work(row, GAP_SERVICE[gap], words)
                case "facts":
                    _facts(province, row, words)
                case _:
                    show_village_history(province, str(row["village_id"]), words)


def _key(part: str, row: pd.Series, service: Service | None = None) -> str:
    """Return the key of a form: a new one after each entry, so that it starts empty again."""
    # By its hash: the key reaches a style sheet, and an id of a file may be hostile.
    village = hash_content(str(row["village_id"]).encode())
    # By its service: what was seen of one service says nothing of the other.
    return f"updates_{part}_{service or ''}_{village}_{state.remembered('updates_round', 0)}"


def _submission(form: str) -> str:
    """Return the key of what a form submits: the same for a double click, new for a new form."""
    kept: str = state.remembered(f"{form}_submission", "")
    if not kept:
        kept = secrets.token_hex(16)
        state.remember(f"{form}_submission", kept)
    return kept


def _observation(row: pd.Series, service: Service, words: Translator) -> None:
    form = _key("observation", row, service)
    # The version seen is the one of the moment the form was first shown, not of the click.
    seen = _seen(form, int(row["version_state"]))
    allowed = may(Act.OBSERVE, words)
    with st.form(form, border=False):
        states = {str(one): words(f"state-{service}-{one}") for one in STATES[service]}
        reached = st.selectbox(
            words("updates-state"),
            list(states),
            format_func=states.__getitem__,
            index=list(states).index(str(row["state"])),
            key=f"{form}_state",
        )
        day = st.date_input(
            words("updates-observed-on"),
            value=_today(),
            max_value=_today(),
            format="DD/MM/YYYY",
            key=f"{form}_day",
        )
        kinds = {str(one): words(f"evidence-{one}") for one in Evidence if one != "register"}
        evidence = st.selectbox(
            words("updates-evidence"),
            list(kinds),
            format_func=kinds.__getitem__,
            key=f"{form}_evidence",
        )
        source, note, upload = _evidence_fields(form, words)
        pressed = st.form_submit_button(
            words("updates-save"), type="primary", icon=":material/save:", disabled=not allowed
        )
    if pressed and isinstance(day, date):
        actor = require(Act.OBSERVE, words)
        one = Observed(
            str(row["village_id"]),
            service,
            reached,
            day,
            Evidence(evidence),
            source=source,
            note=note,
            attachment=_kept(actor, upload),
            seen=seen,
        )
        submit(Updates(observed=(one,)), actor, _submission(form))


def _work(row: pd.Series, service: Service, words: Translator) -> None:
    form = _key("work", row, service)
    seen = _seen(form, int(row["version_work"]))
    seen_state = _seen(f"{form}_state", int(row["version_state"]))
    allowed = may(Act.REPORT_WORK, words)
    with st.form(form, border=False):
        stages = {str(one): words(f"work-{one}") for one in WorkStatus}
        status = st.selectbox(
            words("updates-status"),
            list(stages),
            format_func=stages.__getitem__,
            index=list(stages).index(str(row["status"])),
            key=f"{form}_status",
        )
        since = st.date_input(
            words("updates-since"),
            value=_today(),
            max_value=_today(),
            format="DD/MM/YYYY",
            key=f"{form}_since",
        )
        source, note, upload = _evidence_fields(form, words)
        serves = st.checkbox(words("updates-accepted-serves"), value=True, key=f"{form}_serves")
        pressed = st.form_submit_button(
            words("updates-save"), type="primary", icon=":material/save:", disabled=not allowed
        )
    if pressed and isinstance(since, date):
        actor = require(Act.REPORT_WORK, words)
        one = WorkReport(
            str(row["village_id"]),
            service,
            WorkStatus(status),
            since,
            source=source,
            note=note,
            attachment=_kept(actor, upload),
            seen=seen,
        )
        seen_now = (accepted_service(one, seen_state),) if serves and one.is_accepted else ()
        submit(Updates(seen_now, (one,)), actor, _submission(form))


def _evidence_fields(form: str, words: Translator) -> tuple[str, str, Any]:
    source = st.text_input(words("updates-source"), max_chars=300, key=f"{form}_source")
    note = st.text_area(words("updates-note"), max_chars=_MOST_NOTE, height=80, key=f"{form}_note")
    show_uploader_words(
        f"{form}_file",
        words("import-choose"),
        words("import-limits", megabytes=MOST_BYTES // 2**20, suffixes=", ".join(_FILES)),
    )
    upload = st.file_uploader(words("updates-attachment"), type=_FILES, key=f"{form}_file")
    return source or "", note or "", upload


def _kept(actor: Actor, upload: Any) -> str | None:
    if upload is None:
        return None
    store = cache.begun_record().store
    return keep_attachment(store, actor, upload.getvalue(), str(upload.name), _now())


def _facts(province: Province, row: pd.Series, words: Translator) -> None:
    form = _key("facts", row)
    village_id = str(row["village_id"])
    register = province.villages
    own = register[register["village_id"] == village_id].iloc[0]
    record = cache.record_here()
    subject = subjects.village(village_id)
    found = versions_of(record.store, record.key, [subject])[subject] if record else 0
    seen = _seen(form, found)
    with st.form(form, border=False):
        st.caption(words("updates-facts-note"))
        name = st.text_input(
            words("updates-fact-name"), str(own["name"]), max_chars=120, key=f"{form}_name"
        )
        people = st.number_input(
            words("updates-fact-people"), 0, value=_count(own["people"]), key=f"{form}_people"
        )
        households = st.number_input(
            words("updates-fact-households"),
            0,
            value=_count(own["households"]),
            key=f"{form}_households",
        )
        powers = {str(one): words(f"grid_power-{one}") for one in GridPower}
        known = "unknown" if pd.isna(own["grid_power"]) else str(own["grid_power"])
        power = st.selectbox(
            words("updates-fact-grid"),
            list(powers),
            format_func=powers.__getitem__,
            index=list(powers).index(known),
            key=f"{form}_power",
        )
        pressed = st.form_submit_button(
            words("updates-save"),
            type="primary",
            icon=":material/save:",
            disabled=not may(Act.EDIT_VILLAGE, words),
        )
    if not pressed:
        return
    actor = require(Act.EDIT_VILLAGE, words)
    given: dict[str, Any] = {
        "name": name,
        "people": people,
        "households": households,
        "grid_power": power,
    }
    before = {
        "name": str(own["name"]),
        "people": _count(own["people"]),
        "households": _count(own["households"]),
        "grid_power": known,
    }
    changed = {key: value for key, value in given.items() if value != before[key]}
    receipt = correct_village(
        cache.base_province(),
        cache.begun_record(),
        actor,
        village_id,
        changed,
        submission=_submission(form),
        now=_now(),
        seen=seen,
    )
    _finish(1, receipt.seq, repeated=receipt.repeated)


def _count(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _seen(form: str, version: int) -> int:
    kept: int | None = state.remembered(f"{form}_seen", None)
    if kept is None:
        state.remember(f"{form}_seen", version)
        return version
    return kept


def submit(updates: Updates, actor: Actor, submission: str) -> None:
    """Record, or keep what was submitted beside what others did meanwhile."""
    try:
        receipts = apply_updates(
            cache.base_province(),
            cache.begun_record(),
            actor,
            updates,
            submission=submission,
            now=_now(),
        )
    except ConflictError as error:
        state.remember(_PENDING, (updates, error))
        st.rerun()
    state.remember(_PENDING, None)
    _finish(len(receipts), receipts[-1].seq, repeated=receipts[-1].repeated)


def pending() -> tuple[Updates, ConflictError] | None:
    """Return what was submitted and met a conflict; ``None`` when nothing did."""
    nothing: tuple[Updates, ConflictError] | None = None
    return state.remembered(_PENDING, nothing)


def drop_pending() -> None:
    """Give up what met a conflict, on its author's word."""
    state.remember(_PENDING, None)
    state.remember("updates_round", state.remembered("updates_round", 0) + 1)


def _finish(count: int, seq: int, *, repeated: bool) -> None:
    said = "updates-saved-before" if repeated else "updates-saved"
    state.remember("updates_done", (said, {"count": count, "seq": str(seq)}))
    state.remember("updates_round", state.remembered("updates_round", 0) + 1)
    st.rerun()


def _now() -> datetime:
    return datetime.now().astimezone()


def _today() -> date:
    return office_day(_now())
