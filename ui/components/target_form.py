"""Set a target, record its published result, or give it up."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, datetime
from typing import Final

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.authority import Act, Actor
from planning.vocabulary import Area, Gap, Milestone, Target
from services.province import Province
from services.recording import free_target_id, set_target
from ui import cache, state
from ui.identity import current_actor, require

_PROVINCE: Final = ""
_MOST_SOURCE: Final = 300


def show_target_forms(province: Province, words: Translator) -> None:
    """Show what the visitor may do to targets; nothing for those who only read."""
    _show_done(words)
    actor = current_actor(words)
    if not actor.may(Act.SET_TARGET):
        return
    with st.expander(words("target-set"), icon=":material/add_task:"):
        _new(province, words)
    if province.targets and actor.may(Act.PUBLISH_RESULT):
        with st.expander(words("target-change"), icon=":material/edit:"):
            _change(province, words)


def _show_done(words: Translator) -> None:
    done: str = state.remembered("target_done", "")
    if done:
        st.success(words(done), icon=":material/check_circle:")
        state.remember("target_done", "")


def _areas(province: Province, words: Translator) -> dict[str, Area | None]:
    areas: dict[str, Area | None] = {words("target-whole-province"): None}
    found = cache.target_areas(province.data_hash, province)
    return areas | {display_text(one.name, 60): one for one in found}


def _new(province: Province, words: Translator) -> None:
    key = f"target_new_{state.remembered('target_round', 0)}"
    gaps = {words(f"gap-{gap}"): gap for gap in Gap}
    areas = _areas(province, words)
    left, middle, right = st.columns(3)
    gap = gaps[left.selectbox(words("cli-gap"), list(gaps), key=f"{key}_gap")]
    area = areas[middle.selectbox(words("target-area"), list(areas), key=f"{key}_area")]
    cohort_on = right.date_input(
        words("target-cohort-on"), province.latest, format="DD/MM/YYYY", key=f"{key}_on"
    )
    size = cache.cohort_size(province.data_hash, gap, area, cohort_on, province)
    st.caption(words("target-cohort-found", count=size, date=cohort_on))
    if not size:
        return
    with st.form(key, border=False):
        left, right = st.columns(2)
        required = left.number_input(words("target-required"), 1, size, size, key=f"{key}_required")
        deadline = right.date_input(
            words("cli-deadline"),
            date(cohort_on.year + (cohort_on.month == 12), 12, 31),
            format="DD/MM/YYYY",
            key=f"{key}_deadline",
        )
        source = st.text_input(words("cli-source"), max_chars=_MOST_SOURCE, key=f"{key}_source")
        st.caption(words("target-milestones-note"))
        steps = st.data_editor(
            pd.DataFrame(
                {"day": pd.Series(dtype="datetime64[ns]"), "count": pd.Series(dtype="Int64")}
            ),
            num_rows="dynamic",
            hide_index=True,
            column_config={
                "day": st.column_config.DateColumn(
                    words("target-milestone-day"), format="DD/MM/YYYY"
                ),
                "count": st.column_config.NumberColumn(
                    words("target-milestone-count"), min_value=1, step=1
                ),
            },
            key=f"{key}_steps",
        )
        pressed = st.form_submit_button(
            words("updates-save"), type="primary", icon=":material/save:"
        )
    if pressed and isinstance(deadline, date):
        target = Target(
            target_id=free_target_id(province, gap, deadline),
            gap=gap,
            cohort_on=cohort_on,
            cohort_size=size,
            required=int(required),
            deadline=deadline,
            source=source or words("target-own-source"),
            area=area,
            milestones=_milestones(steps),
        )
        _record(province, target, require(Act.SET_TARGET, words), "target-was-set")


def _milestones(steps: pd.DataFrame) -> tuple[Milestone, ...]:
    whole = steps.dropna()
    pairs = zip(pd.to_datetime(whole["day"]), whole["count"], strict=True)
    return tuple(sorted((Milestone(day.date(), int(n)) for day, n in pairs), key=_due))


def _due(step: Milestone) -> date:
    return step.due_on


def _change(province: Province, words: Translator) -> None:
    targets = {
        f"{words(f'gap-{one.gap}')} · {one.required}/{one.cohort_size} · "
        f"{words.date(one.deadline)} · {display_text(one.target_id, 60)}": one
        for one in province.targets
    }
    key = f"target_change_{state.remembered('target_round', 0)}"
    chosen = targets[st.selectbox(words("cli-target"), list(targets), key=f"{key}_which")]
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    result = left.number_input(
        words("target-result"), 0, chosen.cohort_size, chosen.result, key=f"{key}_result"
    )
    if right.button(words("target-result-save"), key=f"{key}_save", icon=":material/campaign:"):
        actor = require(Act.PUBLISH_RESULT, words)
        published = replace(chosen, result=None if result is None else int(result))
        _record(province, published, actor, "target-was-set")
    if st.button(words("target-give-up"), key=f"{key}_drop", icon=":material/delete:"):
        actor = require(Act.SET_TARGET, words)
        _record(province, chosen, actor, "target-was-dropped", removed=True)


def _record(
    province: Province, target: Target, actor: Actor, done: str, *, removed: bool = False
) -> None:
    set_target(
        cache.base_province(),
        cache.begun_record(),
        actor,
        target,
        known_areas=province.area_codes(),
        submission=secrets.token_hex(16),
        now=datetime.now().astimezone(),
        removed=removed,
    )
    state.remember("target_done", done)
    state.remember("target_round", state.remembered("target_round", 0) + 1)
    st.rerun()
