"""Updates: what waits for whom, and recording what was seen, built and accepted."""

from __future__ import annotations

from datetime import date

import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from planning.authority import Act, Actor
from planning.vocabulary import Gap
from services.province import Province
from services.work_queue import OVERDUE_DAYS, Queue, standing_of, with_versions
from ui import cache, state
from ui.components.filters import choose_day
from ui.components.update_conflict import show_conflict
from ui.components.update_forms import show_forms
from ui.components.update_history import show_recent
from ui.components.update_queue import choose_from_queue
from ui.components.update_sheets import show_sheets
from ui.components.weighting import choose_gap
from ui.frame import framed, open_province, show_header
from ui.identity import current_actor


@framed
def show_updates_page(words: Translator) -> None:
    """Show the page."""
    province = open_province(words)
    show_header(words("page-updates"), province, words)
    actor = current_actor(words)
    _show_who(actor, province, words)
    _show_done(province, words)
    if show_conflict(province, actor, words):
        return
    gap_column, day_column = st.columns([2, 1], vertical_alignment="bottom")
    with gap_column:
        gap = choose_gap(words)
    with day_column:
        day = choose_day(province, words)
    waiting = cache.open_work(province.data_hash, gap, actor.role, day, province)
    queue = Queue(with_versions(waiting.table, cache.record_here(), gap), waiting.mine)
    _show_figures(queue, words)
    _show_work(province, queue, gap, day, words)
    show_recent(province, actor, words)


def _show_who(actor: Actor, province: Province, words: Translator) -> None:
    role = words(f"role-{actor.role}")
    if actor.may(Act.OBSERVE):
        said = words("updates-who", role=role, name=escape_markdown(actor.name or actor.login, 80))
    else:
        said = words("updates-read-only", role=role)
    if province.illustrative:
        said += f" {words('updates-illustrative')}"
    st.caption(said)


def _show_done(province: Province, words: Translator) -> None:
    nothing: tuple[str, dict[str, object]] | None = None
    done = state.remembered("updates_done", nothing)
    if done is not None:
        key, values = done
        st.success(words(key, **values), icon=":material/check_circle:")
        state.remember("updates_done", None)
        # What was just recorded shows on the last day; an earlier one would seem to ignore it.
        state.set_values(words.language, {state.AS_OF: province.days[-1].isoformat()})


def _show_figures(queue: Queue, words: Translator) -> None:
    quiet = int((queue.table["days"] > OVERDUE_DAYS).sum())
    figures = (
        (words("updates-waiting"), queue.mine),
        (words("updates-open"), len(queue.table)),
        (words("updates-quiet", days=OVERDUE_DAYS), quiet),
    )
    for column, (label, count) in zip(st.columns(len(figures)), figures, strict=True):
        column.metric(label, words.number(count), border=True)


def _show_work(province: Province, queue: Queue, gap: Gap, day: date, words: Translator) -> None:
    st.markdown(f"#### {words('updates-queue')}")
    if queue.table.empty:
        st.info(words("updates-queue-empty", date=day), icon=":material/task_alt:")
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.caption(words("updates-queue-note"))
        row = choose_from_queue(queue, gap, words)
        village = state.chosen_village()
        if row is not None:
            state.choose_village(str(row["village_id"]))
        elif village is not None:
            # Chosen on the map or by a colleague's link, whether it waits for anybody or not.
            row = standing_of(province, cache.record_here(), gap, village, day)
        show_sheets(province, queue, gap, day, words)
    with right:
        if row is None:
            st.info(words("updates-choose"), icon=":material/touch_app:")
        else:
            st.markdown(f"##### {escape_markdown(display_text(row['village'], 80))}")
            show_forms(province, row, gap, current_actor(words), words)
