"""Plan: the cheapest way to meet a target, with its proof, its reasons and its order."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from geo.display import escape_markdown
from i18n import Translator
from i18n.refusals import say_fault, say_remedy
from services.province import Province
from services.rollout_values import RolloutPlan, RolloutQuestion
from ui import cache, state
from ui.components.plan_conflict import show_conflict
from ui.components.plan_curve import show_curve
from ui.components.plan_downloads import show_plan_downloads
from ui.components.plan_figures import (
    show_certificate,
    show_conditions_price,
    show_plan_figures,
    show_ways,
)
from ui.components.plan_firmness import show_firmness
from ui.components.plan_map import show_plan_map
from ui.components.plan_question import choose_rollout
from ui.components.plan_scenarios import show_scenarios
from ui.components.plan_villages import show_plan_villages, show_village_panel
from ui.components.plan_waves import show_waves
from ui.components.plan_work import begin, show_refused, show_work
from ui.frame import framed, open_province, show_header
from ui.recent_plans import question_key

_SHOWN = "plan_shown"
_START = "plan_start"
_OPENED = "plan_opened"


@framed
def show_plan_page(words: Translator) -> None:
    """Show the page."""
    province = open_province(words)
    show_header(words("page-plan"), province, words)
    _show_working_part(words, province)


@st.fragment
@framed
def _show_working_part(words: Translator, province: Province) -> None:
    with st.container(border=True, key="plan_question"):
        question = choose_rollout(province, words)
        if question is None:
            return
        is_asked = _ask(question, words)
    key = question_key(province.data_hash, question)
    if is_asked and cache.recent_answers("plan").get(key) is None:
        begin("plan", key, province, question)
    if show_work("plan", words):
        return
    is_refused = show_refused("plan", key, words)
    plan, shown_key = _plan_to_show(key)
    if plan is not None and not is_refused:
        _show_plan(shown_key, plan, province, words, is_old=shown_key != key)
    elif not is_refused:
        _show_nothing_yet(words)


def _ask(question: RolloutQuestion, words: Translator) -> bool:
    """Show the button; tell whether a plan is asked for: by it, by a way out or by a link."""
    is_possible = question.start <= question.deadline
    if not is_possible:
        st.warning(words("planpage-dates"), icon=":material/event_busy:")
    pressed = st.button(
        words("planpage-run"),
        type="primary",
        icon=":material/route:",
        disabled=not is_possible,
        key="plan_run",
    )
    is_sent = state.recall(state.PLANNED, "", str) == "1" and not state.remembered(_OPENED, False)
    state.remember(_OPENED, True)
    is_wanted = pressed or state.remembered(_START, False) or is_sent
    state.remember(_START, False)
    if is_wanted:
        state.keep(state.PLANNED, "1", "")
    return is_possible and is_wanted


def _plan_to_show(key: str) -> tuple[RolloutPlan | None, str]:
    """Return the plan that answers the question, else the one shown before, and its name."""
    plans = cache.recent_answers("plan")
    for one in (key, state.remembered(_SHOWN, "")):
        plan = plans.get(one)
        if isinstance(plan, RolloutPlan):
            state.remember(_SHOWN, one)
            return plan, one
    return None, key


def _show_nothing_yet(words: Translator) -> None:
    with st.container(border=True, key="plan_empty"):
        st.markdown(f"**{words('planpage-empty-title')}**")
        st.markdown(words("planpage-empty"))


def _show_plan(
    key: str, plan: RolloutPlan, province: Province, words: Translator, *, is_old: bool
) -> None:
    if is_old:
        st.warning(words("planpage-changed"), icon=":material/history:")
    if plan.conflict is not None:
        show_conflict(plan.conflict, plan.question, words)
        if not plan.totals.villages:
            return
    show_plan_figures(plan, words)
    if plan.totals.power_later:
        st.caption(words("planpage-power-waiting", count=plan.totals.power_later))
    parts: dict[str, Callable[[], None]] = {
        "map": lambda: _show_map(key, plan, province, words),
        "waves": lambda: show_waves(plan, words),
        "villages": lambda: _show_villages(plan, words),
        "curve": lambda: show_curve(plan, province, words),
        "firmness": lambda: show_firmness(plan, province, words),
        "compare": lambda: show_scenarios(plan, words),
    }
    tabs = st.tabs(
        [words(f"planpage-tab-{name}") for name in parts],
        key=f"plan_tabs_{words.language}",
        on_change="rerun",
    )
    # Only the open tab is worked out and sent.
    for tab, show in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                show()
    show_plan_downloads(plan, words)
    _show_notes(plan, words)


def _show_map(key: str, plan: RolloutPlan, province: Province, words: Translator) -> None:
    left, right = st.columns([2.2, 1], gap="small")
    with left:
        show_plan_map(key, plan, province, words, state.choose_village)
    with right:
        show_village_panel(plan, words)
    show_ways(plan, words)
    show_conditions_price(plan, words)
    show_certificate(plan, words)


def _show_villages(plan: RolloutPlan, words: Translator) -> None:
    show_plan_villages(plan, words)
    if state.chosen_village() in set(plan.villages["village_id"]):
        show_village_panel(plan, words)


def _show_notes(plan: RolloutPlan, words: Translator) -> None:
    with st.expander(words("planpage-notes"), icon=":material/info:"):
        st.markdown("\n".join(f"- {words(note)}" for note in plan.notes))
    if plan.faults:
        label = words("planpage-faults", count=len(plan.faults))
        with st.expander(label, icon=":material/warning:"):
            lines = [f"{say_fault(one, words)} {say_remedy(one, words)}" for one in plan.faults]
            st.markdown("\n".join(f"- {escape_markdown(line, 600)}" for line in lines))
