"""The order of building: a table of quarters, and how soon people are reached."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from i18n import Translator
from planning.columns import each_row
from services.rollout_values import RolloutPlan
from ui.components.plan_charts import show_waves_chart
from ui.components.plan_words import say_km, say_money, say_wave


def show_waves(plan: RolloutPlan, words: Translator) -> None:
    """Show what is built in each quarter, and the sum over time beside the order of the list."""
    waves = plan.waves
    if waves.empty:
        st.info(words("planpage-waves-none"), icon=":material/calendar_month:")
        return
    st.table(_table(plan, words))
    _show_order(plan, words)
    villages, people = st.columns(2, gap="medium")
    for column, measure in ((villages, "villages"), (people, "people")):
        with column:
            st.markdown(f"**{words(f'planpage-waves-{measure}')}**")
            show_waves_chart(plan, measure, words)
    st.caption(words("planpage-waves-note"))


def _table(plan: RolloutPlan, words: Translator) -> pd.DataFrame:
    links = plan.links["wave"].value_counts()
    rows = [
        {
            words("planpage-quarter"): say_wave(wave.wave, words),
            words("planpage-axis-villages"): words.number(int(wave.villages)),
            words("field-people"): words.number(int(wave.people)),
            words("planpage-links"): words.number(int(links.get(wave.wave, 0))),
            words("planpage-figure-km"): say_km(wave.km, words),
            words("planpage-capacity"): say_km(wave.capacity_km, words),
            words("planpage-axis-cost-short"): say_money(wave.cost_vnd, words),
            words("planpage-so-far"): words.number(int(wave.villages_total)),
        }
        for wave in each_row(plan.waves)
    ]
    return pd.DataFrame(rows).set_index(words("planpage-quarter"))


def _show_order(plan: RolloutPlan, words: Translator) -> None:
    order = plan.order
    if order is None:
        return
    late = int((plan.villages["is_connected"].astype(bool) & plan.villages["wave"].isna()).sum())
    if late:
        st.warning(
            words(
                "planpage-waves-late",
                count=late,
                deadline=plan.question.deadline,
                pace=words.number(order.pace_needed, 1),
            ),
            icon=":material/event_busy:",
        )
    key = "planpage-order-proven" if order.proven else "planpage-order-gap"
    st.caption(words(key, gap=words.percent(order.gap)))
