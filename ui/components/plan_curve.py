"""The cost curve: what every number of villages costs, and the price of the next one."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.columns import each_row
from services.province import Province
from services.rollout_values import RolloutPlan, RolloutQuestion
from ui import cache
from ui.components.plan_charts import show_curve_chart
from ui.components.plan_words import say_money
from ui.components.plan_work import begin, show_refused, show_work
from ui.components.village_table import figures_column, numbers, padded
from ui.recent_plans import question_key

_HEIGHT_PX = 320


def show_curve(plan: RolloutPlan, province: Province, words: Translator) -> None:
    """Show the curve of a plan's question, or the button that has it traced."""
    if plan.question.technology != "fibre":
        st.info(words("planpage-curve-none"), icon=":material/show_chart:")
        return
    question = _asked(plan.question)
    key = question_key(province.data_hash, question)
    st.caption(words("planpage-curve-note"))
    if plan.question.budget_vnd is not None:
        st.caption(words("planpage-curve-budget"))
    if show_work("curve", words):
        return
    curve = cache.recent_answers("curve").get(key)
    if not isinstance(curve, pd.DataFrame):
        show_refused("curve", key, words)
        st.button(
            words("planpage-curve-run"),
            icon=":material/show_chart:",
            on_click=begin,
            args=("curve", key, province, question),
            key="plan_curve_run",
        )
        return
    chosen = plan.totals.villages
    _say_next(curve, chosen, words)
    show_curve_chart(curve, chosen, words)
    _show_table(curve, plan, words)


def _asked(question: RolloutQuestion) -> RolloutQuestion:
    """Return the question of the curve: the same for every number, budget and pace of building."""
    plain = RolloutQuestion(
        target_id=None,
        gap=question.gap,
        as_of=question.as_of,
        start=question.as_of,
        deadline=question.as_of,
    )
    return replace(
        question,
        connect=None,
        budget_vnd=None,
        aim=plain.aim,
        start=plain.start,
        deadline=plain.deadline,
        crews=plain.crews,
        km_per_crew_quarter=plain.km_per_crew_quarter,
    )


def _say_next(curve: pd.DataFrame, chosen: int, words: Translator) -> None:
    point = curve[curve["k"] == chosen]
    if point.empty:
        return
    cost, following = point["cost_vnd"].iloc[0], point["price_next_vnd"].iloc[0]
    said = {"count": chosen, "cost": say_money(cost, words)}
    if pd.isna(following):
        st.markdown(words("planpage-curve-last", **said))
        return
    price = say_money(following, words)
    st.markdown(words("planpage-curve-next", **said, next=chosen + 1, price=price))


def _show_table(curve: pd.DataFrame, plan: RolloutPlan, words: Translator) -> None:
    names = dict(zip(plan.villages["village_id"], plan.villages["village"], strict=True))

    def named(ids: tuple[str, ...]) -> str:
        return ", ".join(display_text(names.get(one, one), 60) for one in ids)

    # Folded away it is not sent at all.
    shown = st.expander(words("planpage-curve-table"), key="plan_curve_table", on_change="rerun")
    if not shown.open:
        return
    with shown:
        table = pd.DataFrame(
            {
                "k": curve["k"],
                "cost": padded([say_money(v, words) for v in curve["cost_vnd"]]),
                "price": padded([say_money(v, words) for v in curve["price_vnd"]]),
                "people": numbers(curve["people"], words),
                "proof": [
                    words("planpage-proven" if one else "planpage-not-proven")
                    for one in curve["proven"]
                ],
                "joins": [named(point.joins) for point in each_row(curve)],
                "leaves": [named(point.leaves) for point in each_row(curve)],
            }
        )
        st.dataframe(
            table,
            column_config={
                "k": words("planpage-axis-villages"),
                "cost": figures_column(words("planpage-axis-cost-short")),
                "price": figures_column(words("planpage-curve-price")),
                "people": figures_column(words("field-people")),
                "proof": words("planpage-figure-proof"),
                "joins": words("planpage-curve-joins"),
                "leaves": words("planpage-curve-leaves"),
            },
            hide_index=True,
            height=_HEIGHT_PX,
        )
