"""The villages of a plan: a table with the reason of each, and one of them in full."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from planning.columns import each_row
from services.rollout_values import RolloutPlan
from ui import state
from ui.components.plan_words import say_money, say_reason, say_wave
from ui.components.village_table import figures_column, numbers, padded, percents
from ui.theme import text

_HEIGHT_PX: Final = 460
_PANEL_PX: Final = 560
"""As high as the map beside it."""


def show_plan_villages(plan: RolloutPlan, words: Translator) -> None:
    """Show all villages of the cohort, those of the plan first; a click chooses one."""
    villages = plan.villages.sort_values(
        ["is_connected", "rank"], ascending=[False, True], kind="stable"
    )
    table = pd.DataFrame(
        {
            "in": [
                words("planpage-in" if one else "planpage-out") for one in villages["is_connected"]
            ],
            "rank": villages["rank"].to_numpy(),
            "name": [display_text(name, 80) for name in villages["village"]],
            "commune": [display_text(name, 80) for name in villages["commune"]],
            "wave": [
                say_wave(one.wave, words) if one.technology == "fibre" else "–"
                for one in each_row(villages)
            ],
            "loss": padded([say_money(v, words) for v in villages["replacement_cost_vnd"]]),
            "enters": padded([say_money(v, words) for v in _entering(villages)]),
            "reason": [say_reason(one, words) for one in each_row(villages)],
            "instead": _names_of(plan, villages["alternates"]),
            "technology": [_technology(one, words) for one in each_row(villages)],
            "own": padded([say_money(v, words) for v in villages["connection_cost_vnd"]]),
            "people": numbers(villages["people"], words),
            "minority": percents(villages["minority_share"], words),
            "district": [display_text(name, 80) for name in villages["district"]],
            "id": villages["village_id"].to_numpy(),
        }
    )
    st.dataframe(
        table,
        column_config={
            "in": st.column_config.TextColumn(words("planpage-column-in"), width="small"),
            "rank": st.column_config.NumberColumn(words("field-rank"), width="small"),
            "name": words("field-name"),
            "commune": words("field-commune"),
            "district": words("field-district"),
            "wave": words("planpage-quarter"),
            "technology": words("planpage-technology-label"),
            "own": figures_column(words("planpage-column-own"), words("planpage-column-own-help")),
            "loss": figures_column(
                words("planpage-column-loss"), words("planpage-column-loss-help")
            ),
            "enters": figures_column(
                words("planpage-column-enters"), words("planpage-column-enters-help")
            ),
            "reason": st.column_config.TextColumn(words("planpage-column-reason"), width="large"),
            "instead": st.column_config.TextColumn(
                words("planpage-column-instead"), help=words("planpage-column-instead-help")
            ),
            "people": figures_column(words("field-people")),
            "minority": figures_column(words("field-minority_share")),
            "id": words("field-village_id"),
        },
        hide_index=True,
        height=min(_HEIGHT_PX, 38 + 35 * max(len(table), 1)),
        on_select=partial(_choose_row, table["id"].tolist()),
        selection_mode="single-row",
        key="plan_villages",
    )
    st.caption(words("planpage-villages-note"))


def _entering(villages: pd.DataFrame) -> pd.Series:
    """Return what entering costs those that may enter; those kept out are told by their reason."""
    return villages["enters_at_vnd"].where(villages["reason"] == "reason-left-out")


def _choose_row(ids: list[str]) -> None:
    chosen = state.said("plan_villages")["selection"]["rows"]
    # The browser's word: it may speak of a longer list than the one it was sent last.
    if chosen and chosen[0] < len(ids):
        state.choose_village(str(ids[chosen[0]]))


def show_village_panel(plan: RolloutPlan, words: Translator) -> None:
    """Show what the plan says of the chosen village, or what can be chosen."""
    chosen = state.chosen_village()
    found = plan.villages[plan.villages["village_id"] == chosen]
    with st.container(border=True, height=_PANEL_PX, key="plan_panel"):
        if len(found):
            _show_one(plan, found.iloc[0], words)
            return
        masts = plan.sites[plan.sites["site_id"] == chosen] if len(plan.sites) else plan.sites
        if len(masts):
            _show_mast(plan, masts.iloc[0], words)
            return
        st.markdown(f"**{words('planpage-panel-title')}**")
        st.markdown(words("planpage-panel-hint"))
        _show_edges(plan, words)


def _show_one(plan: RolloutPlan, village: Any, words: Translator) -> None:
    title, close = st.columns([6, 1], vertical_alignment="top")
    title.markdown(f"### {escape_markdown(village['village'], 80)}")
    close.button(
        "",
        icon=":material/close:",
        type="tertiary",
        key="plan_close",
        help=words("card-close"),
        on_click=state.choose_village,
        args=(None,),
    )
    st.caption(
        escape_markdown(
            f"{village['commune']} · {village['district']} · {village['village_id']}", 200
        )
    )
    verdict = words("planpage-verdict-in" if village["is_connected"] else "planpage-verdict-out")
    sign = "●" if village["is_connected"] else "◇"
    st.markdown(f"**{sign} {verdict}**")
    st.markdown(escape_markdown(say_reason(village, words), 400))
    facts = [(words("field-rank"), words.number(int(village["rank"])))]
    if pd.notna(village["people"]):
        facts.append((words("field-people"), words.number(int(village["people"]))))
    if pd.notna(village["minority_share"]):
        facts.append((words("field-minority_share"), words.percent(village["minority_share"])))
    if village["technology"] == "fibre":
        facts.append((words("planpage-quarter"), say_wave(village["wave"], words)))
    if village["is_connected"]:
        facts.append((words("planpage-technology-label"), _technology(village, words)))
    for column, label in (
        ("connection_cost_vnd", "planpage-column-own"),
        ("replacement_cost_vnd", "planpage-column-loss"),
        ("enters_at_vnd", "planpage-column-enters"),
        ("needed_budget_vnd", "planpage-column-budget"),
    ):
        value = village[column]
        if pd.notna(value) and column == "enters_at_vnd" and value < 0:
            facts.append((words("planpage-column-gain"), say_money(-value, words)))
        elif pd.notna(value):
            facts.append((words(label), say_money(value, words)))
    items = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in facts)
    st.html(f'<dl class="gp-facts">{items}</dl>')
    names = _names_of(plan, [village["alternates"]])[0]
    if names:
        key = "planpage-instead-in" if village["is_connected"] else "planpage-instead-out"
        st.markdown(f"{words(key)}: {escape_markdown(names, 400)}")


def _show_mast(plan: RolloutPlan, mast: Any, words: Translator) -> None:
    st.markdown(f"### {words('planpage-legend-mast')}")
    st.markdown(f"{say_money(mast['cost_vnd'], words)}")
    names = _names_of(plan, [mast["serves"]])[0]
    st.markdown(
        f"{words('planpage-serves', count=len(mast['serves']))}: {escape_markdown(names, 600)}"
    )


def _show_edges(plan: RolloutPlan, words: Translator) -> None:
    """Show the villages just inside and just outside: those that small changes would move."""
    inside = plan.villages[plan.villages["is_connected"].astype(bool)].nsmallest(
        3, "replacement_cost_vnd"
    )
    outside = plan.villages.assign(enters_at_vnd=_entering(plan.villages)).nsmallest(
        3, "enters_at_vnd"
    )
    for rows, column, title in (
        (inside, "replacement_cost_vnd", "planpage-edge-in"),
        (outside, "enters_at_vnd", "planpage-edge-out"),
    ):
        known = rows[rows[column].notna()]
        if known.empty:
            continue
        st.markdown(f"**{words(title)}**")
        lines = [
            f"- {escape_markdown(one.village, 60)}: {say_money(getattr(one, column), words)}"
            for one in each_row(known)
        ]
        st.markdown("\n".join(lines))


def _technology(village: Any, words: Translator) -> str:
    value = village["technology"] if isinstance(village, pd.Series) else village.technology
    return words(f"planpage-by-{value}") if isinstance(value, str) else "–"


def _names_of(plan: RolloutPlan, groups: Any) -> list[str]:
    names = dict(zip(plan.villages["village_id"], plan.villages["village"], strict=True))
    return [
        ", ".join(display_text(names.get(one, one), 60) for one in group)
        if isinstance(group, tuple | list)
        else ""
        for group in groups
    ]
