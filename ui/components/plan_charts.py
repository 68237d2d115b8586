"""Charts of a plan: what one more village costs, and how many are reached by when."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from i18n import Translator
from planning.columns import each_row
from services.rollout_values import RolloutPlan
from ui.components.plan_words import say_money, say_wave
from ui.theme import PLAN_COLOUR, text

_BILLION: Final = 1e9
_MILLION: Final = 1e6
_CURVE_PX: Final = 250
_PRICE_PX: Final = 170
_WAVES_PX: Final = 220


def show_curve_chart(curve: pd.DataFrame, chosen: int | None, words: Translator) -> None:
    """Show the cost of every number of villages and, below it, the price of each one more.

    Parameters
    ----------
    curve : DataFrame
        ``k``, ``cost_vnd``, ``bound_vnd``, ``proven``, ``price_next_vnd``, ``is_efficient``.
    chosen : int or None
        The number the plan connects, marked.
    words : Translator
    """
    data = _curve_data(curve, words)
    if data.empty:
        return
    domain = alt.Scale(domain=[0.5, float(data["k"].max()) + 0.5], nice=False)
    tips = [
        alt.Tooltip("k_said:N", title=words("planpage-axis-villages")),
        alt.Tooltip("cost_said:N", title=words("planpage-axis-cost-short")),
        alt.Tooltip("next_said:N", title=words("planpage-axis-next-short")),
        alt.Tooltip("proof:N", title=words("planpage-figure-proof")),
    ]

    def across(title: str | None) -> alt.X:
        return alt.X("k:Q", title=title, scale=domain, axis=number_axis(words, 0, tickMinStep=1))

    base = alt.Chart(data).encode(x=across(None), tooltip=tips)
    y = alt.Y("cost:Q", title=None, axis=number_axis(words, 1))
    points = base.mark_point(filled=True, opacity=1, size=45).encode(
        y=y,
        shape=alt.Shape("sort:N", scale=_scale(words, ["circle", "diamond"]), legend=_legend()),
        color=alt.Color(
            "sort:N",
            scale=_scale(words, [PLAN_COLOUR["plan"], PLAN_COLOUR["wait"]]),
            legend=_legend(),
        ),
    )
    line = base.mark_line(color=PLAN_COLOUR["plan"], strokeWidth=2).encode(y=y)
    prices = alt.Chart(data).encode(x=across(words("planpage-axis-villages")), tooltip=tips)
    bars = prices.mark_bar(color=PLAN_COLOUR["way"], width={"band": 0.7}).encode(
        y=alt.Y("price:Q", title=None, axis=number_axis(words, 0))
    )
    above: list[Any] = [line, points]
    below: list[Any] = [bars]
    marked = data[data["k"] == chosen]
    if len(marked):
        mark = alt.Chart(marked).encode(x=across(None))
        rule = mark.mark_rule(color=PLAN_COLOUR["mark"], strokeDash=[5, 4], strokeWidth=1.5)
        label = mark.mark_text(
            align="right", dx=-8, dy=-14, color=PLAN_COLOUR["mark"], fontWeight="bold", fontSize=12
        )
        above += [rule, label.encode(y=y, text="label:N")]
        below.append(rule)
    for title, layers, height in (
        ("planpage-axis-cost", above, _CURVE_PX),
        ("planpage-axis-next", below, _PRICE_PX),
    ):
        st.markdown(f"**{words(title)}**")
        st.altair_chart(alt.layer(*layers).properties(height=height), width="stretch")


def _curve_data(curve: pd.DataFrame, words: Translator) -> pd.DataFrame:
    rows = []
    for point in each_row(curve):
        if not np.isfinite(point.cost_vnd):
            continue
        following = point.price_next_vnd
        has_next = pd.notna(following) and np.isfinite(following)
        kind = "efficient" if point.is_efficient else "wait"
        rows.append(
            {
                "k": int(point.k),
                "cost": point.cost_vnd / _BILLION,
                "price": point.price_vnd / _MILLION if pd.notna(point.price_vnd) else None,
                "k_said": words.number(int(point.k)),
                "cost_said": say_money(point.cost_vnd, words),
                "next_said": say_money(following, words) if has_next else "–",
                "proof": words("planpage-proven" if point.proven else "planpage-not-proven"),
                "sort": words(f"planpage-curve-{kind}"),
                "label": words(
                    "planpage-curve-label",
                    count=int(point.k),
                    cost=say_money(point.cost_vnd, words),
                ),
            }
        )
    return pd.DataFrame(rows)


def _scale(words: Translator, values: list[Any]) -> alt.Scale:
    kinds = [words("planpage-curve-efficient"), words("planpage-curve-wait")]
    return alt.Scale(domain=kinds, range=values)


def _legend() -> alt.Legend:
    return alt.Legend(title=None, orient="top-left", labelLimit=0)


def show_waves_chart(plan: RolloutPlan, measure: str, words: Translator) -> None:
    """Show villages or people reached by the end of each quarter, beside the order of the list.

    Parameters
    ----------
    plan : RolloutPlan
    measure : {"villages", "people"}
    words : Translator
    """
    waves = plan.waves
    ways = [words("planpage-waves-plan"), words("planpage-waves-rank")]
    start = words("planpage-waves-start")
    rows: list[dict[str, Any]] = [
        {"wave": start, "at": 0, "way": way, "reached": 0.0} for way in ways
    ]
    for at, wave in enumerate(each_row(waves), start=1):
        for way, column in zip(ways, ("", "baseline_"), strict=True):
            reached = float(getattr(wave, f"{column}{measure}_total"))
            rows.append(
                {"wave": say_wave(wave.wave, words), "at": at, "way": way, "reached": reached}
            )
    data = pd.DataFrame(rows)
    data["said"] = [words.number(value) for value in data["reached"]]
    colours = [PLAN_COLOUR["plan"], PLAN_COLOUR["way"]]
    encoded = alt.Chart(data).encode(
        x=alt.X("wave:N", sort=alt.SortField("at"), title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            "reached:Q",
            title=None,
            axis=number_axis(words, 0, tickCount=4),
            scale=alt.Scale(domain=[0, 1.18 * max(float(data["reached"].max()), 1.0)], nice=False),
        ),
        color=alt.Color(
            "way:N",
            scale=alt.Scale(domain=ways, range=colours),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("wave:N", title=words("planpage-quarter")),
            alt.Tooltip("way:N", title=" "),
            alt.Tooltip("said:N", title=words(f"planpage-axis-{measure}")),
        ],
    )
    line = encoded.mark_line(strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash(
            "way:N", scale=alt.Scale(domain=ways, range=[[1, 0], [6, 4]]), legend=None
        )
    )
    points = encoded.mark_point(filled=True, opacity=1).encode(
        shape=alt.Shape(
            "way:N", scale=alt.Scale(domain=ways, range=["circle", "square"]), legend=None
        ),
        # The square is larger, so that it is seen behind the circle where both are the same.
        size=alt.Size("way:N", scale=alt.Scale(domain=ways, range=[50, 150]), legend=None),
    )
    numbers = (
        encoded.transform_filter(alt.datum.way == ways[0])
        .mark_text(dy=-14, fontWeight="bold")
        .encode(text="said:N")
    )
    behind, before = (alt.datum.way == way for way in (ways[1], ways[0]))
    chart = alt.layer(
        line.transform_filter(behind),
        points.transform_filter(behind),
        line.transform_filter(before),
        points.transform_filter(before),
        numbers,
    )
    st.altair_chart(chart.properties(height=_WAVES_PX), width="stretch")
    plan_key, rank_key = (
        f'<span style="color:{colour};font-size:1.05rem">{sign}</span> {text(way)}'
        for sign, colour, way in zip("●■", colours, ways, strict=True)
    )
    st.html(f'<div style="font-size:.85rem">{plan_key} &emsp; {rank_key}</div>')


def number_axis(words: Translator, decimals: int, **looks: Any) -> alt.Axis:
    """Return an axis whose numbers are written in the language of the page."""
    marks = words.number(1234.5, 1)
    thousands, point = marks[1], marks[5]
    # Vega writes numbers as in English; swap the marks in one go, through a sign neither uses.
    written = f"format(datum.value, ',.{decimals}~f')"
    if thousands != ",":
        written = (
            f"replace(replace(replace({written}, /,/g, '|'), '.', '{point}'), /[|]/g, "
            f"'{thousands}')"
        )
    return alt.Axis(labelExpr=written, **looks)
