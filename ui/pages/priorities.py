"""Priorities: the ranked list, why it is so, and how firmly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.columns import each_row
from planning.vocabulary import Criterion, Lane
from services.compare import compare
from services.export import Selection, described_weights, priority_list
from services.find import Filter, find
from services.prioritise import Question, Ranking
from services.province import Province
from ui import cache, state
from ui.components.downloads import show_downloads
from ui.components.filters import choose_day, choose_filter, describe_filter
from ui.components.map_view import gap_legend, new_click, show_map
from ui.components.side import show_side
from ui.components.village_table import show_ranked_list
from ui.components.weighting import choose_gap, choose_other_preset, choose_question
from ui.frame import framed, open_province, show_header


@framed
def show_priorities_page(words: Translator) -> None:
    """Show the page."""
    province = open_province(words)
    show_header(words("page-priorities"), province, words)
    _show_working_part(words, province)


@st.fragment
@framed
def _show_working_part(words: Translator, province: Province) -> None:
    gap_column, day_column = st.columns([2, 1], vertical_alignment="bottom")
    with gap_column:
        gap = choose_gap(words)
    with day_column:
        day = choose_day(province, words)
    measured = cache.measures(province.data_hash, gap, day, province)
    question = choose_question(gap, day, len(measured.table), words)
    wanted = replace(choose_filter(province, words, with_gaps=False), area=())
    if measured.table.empty:
        st.info(words("rank-empty", gap=words(f"gap-{gap}"), date=day), icon=":material/check:")
        return
    ranking = cache.ranking(province.data_hash, question, province)
    visible = find(province, cache.assessment(province.data_hash, day, province), wanted)
    rows = ranking.table[visible[ranking.register_rows]]
    _show_summary(ranking, words)
    parts: dict[str, Callable[[], None]] = {
        "list": lambda: _show_list(province, ranking, rows, wanted, words),
        "map": lambda: _show_map(province, ranking, rows, words),
        "change": lambda: _show_change(province, ranking, words),
        "compare": lambda: _show_comparison(province, ranking, words),
    }
    tabs = st.tabs(
        [words(f"tab-{name}") for name in parts],
        key=f"tabs_{words.language}",
        on_change="rerun",
    )
    # Only the open tab is worked out and sent.
    for tab, show in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                show()


def _show_summary(ranking: Ranking, words: Translator) -> None:
    fairness = ranking.fairness
    shares = (fairness.selected.minority_share, fairness.gap.minority_share)
    selected, gap = ("–" if np.isnan(s) else words.percent(s) for s in shares)
    st.caption(
        f"{described_weights(ranking, words)}. "
        + words("fairness-line", top=fairness.selected.villages, selected=selected, gap=gap)
        + f" {_lanes_line(ranking, words)}"
    )


def _lanes_line(ranking: Ranking, words: Translator) -> str:
    first = ranking.table.head(ranking.question.top)
    counts = Counter(first["lane"].astype(str))
    lanes = ", ".join(
        f"{words(f'lane-{lane}')} {words.number(counts[lane])}" for lane in Lane if lane in counts
    )
    return words("lanes-line", top=len(first), lanes=lanes)


def _show_list(
    province: Province, ranking: Ranking, rows: pd.DataFrame, wanted: Filter, words: Translator
) -> None:
    if rows.empty:
        st.info(words("list-empty"), icon=":material/filter_alt_off:")
        return
    question = ranking.question
    st.markdown(f"**{words('ranked-title', count=len(rows), total=len(ranking.table))}**")
    show_ranked_list(ranking, rows, words)
    if state.chosen_village():
        show_side(words, province, question.as_of, (question.weights, question.direction))
    st.caption(words("ranked-note"))
    selection = Selection(
        ids=None if wanted.empty else tuple(rows["village_id"]),
        top=None if wanted.empty else len(rows),
        described=describe_filter(wanted, province, words),
    )
    only_top = st.toggle(words("download-top-only", top=question.top), key="only_top")
    if only_top:
        top_ids = tuple(rows.loc[rows["rank"] <= question.top, "village_id"])
        described = "; ".join(
            part for part in (selection.described, words("filter-top", top=question.top)) if part
        )
        selection = Selection(ids=top_ids, described=described)
    assessed = cache.assessment(province.data_hash, question.as_of, province)
    show_downloads(
        partial(priority_list, province, assessed, ranking, selection, words),
        f"{words('download-stem')}-{question.gap}-{question.as_of:%Y-%m-%d}",
        len(rows) if selection.ids is None else len(selection.ids),
        words,
    )


def _show_map(province: Province, ranking: Ranking, rows: pd.DataFrame, words: Translator) -> None:
    question = ranking.question
    first = rows[rows["rank"] <= question.top]
    visible = np.zeros(len(province.villages), dtype=np.bool_)
    visible[ranking.register_rows] = True
    key = province.data_hash
    legend = gap_legend(
        cache.assessment(key, province.baseline, province),
        cache.assessment(key, question.as_of, province),
        visible,
        province.sites,
        words,
    )
    show_map(
        "ranked",
        province,
        question.as_of,
        legend,
        words,
        heard=_take_click,
        visible=visible,
        selected=state.chosen_village(),
        ranked=first["village_id"].tolist(),
        fit=str(question.gap),
        shaded=question.gap,
    )
    st.caption(words("ranked-map-note", count=len(first)))


def _take_click(returned: dict[str, Any]) -> None:
    clicked = new_click("ranked", returned)
    if clicked:
        state.choose_village(clicked)


def _show_change(province: Province, ranking: Ranking, words: Translator) -> None:
    _show_tipping(province, ranking.question, words)
    _show_correlation(ranking, words)


def _show_tipping(province: Province, question: Question, words: Translator) -> None:
    tipping = cache.tipping(province.data_hash, question, province)
    st.markdown(f"**{words('tipping-title', top=tipping.top)}**")
    if tipping.table.empty:
        st.info(words("tipping-none"), icon=":material/lock:")
        return
    shares = dict(zip([str(c) for c in Criterion], tipping.shares, strict=True))
    lines = [
        words(
            "tipping-leaves" if row.selected else "tipping-enters",
            name=display_text(f"{row.name} ({row.village_id})", 90),
            rank=int(row.rank),
            criterion=words(f"criterion-{row.criterion}"),
            now=words.number(shares[row.criterion], 3),
            then=words.number(row.weight, 3),
        )
        for row in each_row(tipping.table.head(10))
    ]
    st.dataframe(pd.DataFrame({words("tipping-column"): lines}), hide_index=True, width="stretch")
    st.caption(words("tipping-note"))


def _show_correlation(ranking: Ranking, words: Translator) -> None:
    st.markdown(f"**{words('correlation-title')}**")
    labels = [words(f"criterion-{c}") for c in Criterion]
    table = pd.DataFrame(
        [
            ["–" if np.isnan(v) else words.number(float(v), 2) for v in row]
            for row in ranking.correlation.to_numpy(dtype=float)
        ],
        index=labels,
        columns=labels,
    )
    st.table(table)
    st.caption(words("correlation-note"))


def _show_comparison(province: Province, ranking: Ranking, words: Translator) -> None:
    weights, direction = choose_other_preset(words)
    other = cache.quick_ranking(
        province.data_hash,
        replace(ranking.question, weights=weights, direction=direction),
        province,
    )
    result = compare(ranking, other)
    st.markdown(words("compare-summary", common=result.common, top=result.top))
    st.caption(f"A: {described_weights(ranking, words)}  \nB: {described_weights(other, words)}")
    table = result.table
    said = {c: words(f"compare-{c}") for c in ("both", "leaves", "enters")}
    st.dataframe(
        pd.DataFrame(
            {
                "name": [display_text(n, 80) for n in table["name"]],
                "commune": [display_text(n, 80) for n in table["commune"]],
                "rank_a": table["rank_a"],
                "rank_b": table["rank_b"],
                "moved": table["moved"],
                "change": table["change"].map(said),
            }
        ),
        column_config={
            "name": words("field-name"),
            "commune": words("field-commune"),
            "rank_a": words("compare-rank-a"),
            "rank_b": words("compare-rank-b"),
            "moved": st.column_config.NumberColumn(words("compare-moved"), format="%+d"),
            "change": words("compare-change"),
        },
        hide_index=True,
    )
