"""A target over time: published, planned, verified and expected, each in its own shape."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from i18n import Translator
from planning.columns import each_row
from ui.components.plan_charts import number_axis
from ui.theme import SERIES_COLOUR, SERIES_SIGN, text

_HEIGHT_PX: Final = 260
_SHAPES: Final = {
    "published": "diamond",
    "plan": "square",
    "waves": "cross",
    "verified": "circle",
    "forecast": "triangle-up",
}
_SIZES: Final = {"published": 230, "plan": 130, "waves": 90, "verified": 60, "forecast": 45}
"""Where figures are the same, each is seen behind the next."""
_DASHES: Final = {
    "published": [1, 0],
    "plan": [7, 4],
    "waves": [2, 3],
    "verified": [1, 0],
    "forecast": [10, 3, 2, 3],
}


@dataclass(frozen=True)
class TargetChart:
    """A chart ready to be shown.

    Attributes
    ----------
    spec : dict
        What the browser draws, data included; not to be changed.
    series : tuple of str
        The series there are, in the order of their keys.
    """

    spec: dict[str, Any]
    series: tuple[str, ...]


def draw_target_chart(
    series: pd.DataFrame, breaks: list[date], words: Translator
) -> TargetChart | None:
    """Draw how many villages lack the service, by each series; ``None`` where nothing is known.

    Lines join figures of one segment only, so that none crosses a change in the way of counting.

    Parameters
    ----------
    series : DataFrame
        :func:`services.series.series_of`.
    breaks : list of date
        Days on which the way of counting changed; marked.
    words : Translator
    """
    if series.empty:
        return None
    data = _data(series, words)
    there = [name for name in SERIES_COLOUR if name in set(data["series"])]
    base = alt.Chart(data).encode(
        x=_across(),
        y=alt.Y("lacking:Q", title=None, axis=number_axis(words, 0, tickMinStep=1)),
        detail="segment:N",
        color=alt.Color("series:N", scale=_scale(SERIES_COLOUR, there), legend=None),
        tooltip=[
            alt.Tooltip("said:N", title=words("series-column")),
            alt.Tooltip("day_said:N", title=words("cli-date")),
            alt.Tooltip("lacking_said:N", title=words("target-still-lacking")),
        ],
    )
    band = (
        alt.Chart(data[data["low"].notna()])
        .mark_area(opacity=0.22, color=SERIES_COLOUR["forecast"])
        .encode(x=_across(), y=alt.Y("low:Q", title=None), y2="high:Q")
    )
    lines = base.mark_line(strokeWidth=2.2).encode(
        strokeDash=alt.StrokeDash("series:N", scale=_scale(_DASHES, there), legend=None)
    )
    points = base.mark_point(filled=True, opacity=1).encode(
        shape=alt.Shape("series:N", scale=_scale(_SHAPES, there), legend=None),
        size=alt.Size("series:N", scale=_scale(_SIZES, there), legend=None),
    )
    layers: list[Any] = [band, lines, points]
    if breaks:
        marked = pd.DataFrame(
            {"day": pd.to_datetime(breaks), "said": [words("series-break") for _ in breaks]}
        )
        rule = alt.Chart(marked).encode(x=_across())
        layers.append(rule.mark_rule(strokeDash=[2, 2], strokeWidth=1.5, color="#737B83"))
        layers.append(
            rule.mark_text(align="left", dx=5, baseline="top", fontSize=11, color="#737B83").encode(
                y=alt.value(2), text="said:N"
            )
        )
    drawn = alt.layer(*layers).properties(height=_HEIGHT_PX)
    return TargetChart(drawn.to_dict(), tuple(there))


def show_target_chart(chart: TargetChart | None, words: Translator) -> None:
    """Show a drawn chart and what its colours and signs mean."""
    if chart is None:
        return
    st.markdown(f"**{words('series-axis')}**")
    # Streamlit takes the data out of the specification it is given.
    st.vega_lite_chart(deepcopy(chart.spec), width="stretch")
    keys = " &emsp; ".join(
        f'<span style="color:{SERIES_COLOUR[name]}">{SERIES_SIGN[name]}</span> '
        f"{text(words(f'series-{name}'))}"
        for name in chart.series
    )
    st.html(f'<div style="font-size:.85rem">{keys}</div>')


def _across() -> alt.X:
    # Figures only: the names of months would be English whatever the language of the page.
    return alt.X("day:T", title=None, axis=alt.Axis(format="%m/%Y", labelOverlap=True))


def _scale(values: dict[str, Any], there: list[str]) -> alt.Scale:
    return alt.Scale(domain=there, range=[values[name] for name in there])


def _data(series: pd.DataFrame, words: Translator) -> pd.DataFrame:
    said = []
    for figure in each_row(series):
        count = words.number(figure.lacking)
        if pd.notna(figure.low) and figure.low != figure.high:
            count += f" ({words.number(figure.low)}–{words.number(figure.high)})"
        said.append((words(f"series-{figure.series}"), words.date(figure.day.date()), count))
    names = ["said", "day_said", "lacking_said"]
    drawn = series[["series", "segment", "day", "lacking", "low", "high"]]
    # Points are drawn in the order of rows: the largest first.
    drawn = drawn.assign(size_rank=[-_SIZES[str(name)] for name in series["series"]])
    return drawn.assign(**pd.DataFrame(said, columns=names, index=series.index)).sort_values(
        ["size_rank", "day"], kind="stable"
    )
