"""How firm a plan is: asked again at the ends of the unit costs and at drawn ones."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.columns import each_row
from services.province import Province
from services.rollout import Robustness
from services.rollout_values import RolloutPlan
from ui import cache
from ui.components.plan_words import say_money
from ui.components.plan_work import begin, show_refused, show_work
from ui.components.village_table import figures_column, percents
from ui.recent_plans import question_key

_HEIGHT_PX = 420


def show_firmness(plan: RolloutPlan, province: Province, words: Translator) -> None:
    """Show how often each village stays in the plan, or the button that has it worked out."""
    if plan.question.technology != "fibre":
        st.info(words("planpage-curve-none"), icon=":material/casino:")
        return
    key = question_key(province.data_hash, plan.question)
    st.caption(words("planpage-draws-note"))
    if show_work("draws", words):
        return
    found = cache.recent_answers("draws").get(key)
    if not isinstance(found, Robustness):
        show_refused("draws", key, words)
        st.button(
            words("planpage-draws-run"),
            icon=":material/casino:",
            on_click=begin,
            args=("draws", key, province, plan.question),
            key="plan_draws_run",
        )
        return
    left, right = st.columns([1, 1.4], gap="medium")
    with left:
        st.markdown(f"**{words('planpage-draws-costs')}**")
        st.table(_costs(found, words))
        st.caption(words("planpage-draws-solved", draws=found.draws, solved=found.solved))
    with right:
        st.markdown(f"**{words('planpage-draws-villages')}**")
        _show_villages(found, words)


def _costs(found: Robustness, words: Translator) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words("planpage-cost-case"): [
                words(f"planpage-draws-case-{case}") for case in found.costs["case"]
            ],
            words("planpage-draws-best"): [say_money(v, words) for v in found.costs["cost_vnd"]],
            words("planpage-draws-kept"): [say_money(v, words) for v in found.costs["kept_vnd"]],
        }
    ).set_index(words("planpage-cost-case"))


def _show_villages(found: Robustness, words: Translator) -> None:
    villages = found.villages
    limits = [
        f"{words.percent(one.share_low, 0)} – {words.percent(one.share_high, 0)}"
        for one in each_row(villages)
    ]
    table = pd.DataFrame(
        {
            "name": [display_text(name, 80) for name in villages["village"]],
            "in": [words("planpage-in" if one else "planpage-out") for one in villages["in_plan"]],
            "share": percents(villages["share"], words, 0),
            "limits": limits,
        }
    )
    st.dataframe(
        table,
        column_config={
            "name": words("field-name"),
            "in": words("planpage-column-in"),
            "share": figures_column(words("planpage-draws-share")),
            "limits": figures_column(words("planpage-draws-limits")),
        },
        hide_index=True,
        height=_HEIGHT_PX,
    )
