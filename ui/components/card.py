"""The card of a village: its data, history, scores, rank and nearest points."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from geo.display import display_text, escape_markdown
from i18n import Translator
from planning.columns import each_row
from planning.vocabulary import Criterion
from services.village import Place, VillageCard
from ui import state
from ui.theme import CRITERION_COLOUR, text

_FACTS = (
    "village_id",
    "kind",
    "commune",
    "district",
    "unit",
    "households",
    "people",
    "minority_share",
    "main_group",
    "poor_households",
    "area_class",
    "specially_difficult",
    "border",
    "grid_power",
    "position_basis",
)


_HEIGHT_PX = 560
"""As high as the map beside it; the rest scrolls."""


def show_card(card: VillageCard, words: Translator) -> None:
    """Show a village, with a button that closes the card."""
    with st.container(border=True, height=_HEIGHT_PX, key="card"):
        title, close = st.columns([6, 1], vertical_alignment="top")
        title.markdown(f"### {escape_markdown(card.register['name'], 80)}")
        close.button(
            "",
            icon=":material/close:",
            type="tertiary",
            key="close_card",
            help=words("card-close"),
            on_click=state.choose_village,
            args=(None,),
        )
        _show_states(card, words)
        for place in card.places:
            _show_place(place, words)
        _show_nearest(card, words)
        with st.expander(words("card-data"), expanded=False):
            facts = [(words(f"field-{k}"), fact(k, card.register[k], words)) for k in _FACTS]
            st.html(_definition_list(facts))
        with st.expander(words("card-history")):
            _show_history(card, words)


def fact(key: str, value: Any, words: Translator) -> str:
    """Say one value of the register; a missing one says so."""
    if pd.isna(value):
        return words("unknown")
    if pd.api.types.is_bool(value):
        return words("yes" if value else "no")
    if key == "minority_share":
        return words.percent(float(value))
    if key in {"kind", "grid_power", "position_basis"}:
        return words(f"{key}-{value}")
    if key in {"households", "people", "poor_households"}:
        return words.number(int(value))
    return display_text(value, 80)


def _show_states(card: VillageCard, words: Translator) -> None:
    states = [
        (words(f"service-{service}"), words(f"state-{service}-{card.state[f'{service}_state']}"))
        for service in ("mobile", "fixed")
    ]
    lane = str(card.state["lane"])
    states.append((words("field-lane"), words(f"lane-{lane}")))
    st.html(_definition_list(states))
    if card.places:
        st.caption(words(f"lane-{lane}-why"))


def _show_place(place: Place, words: Translator) -> None:
    row = place.row
    rank = words("card-rank", gap=words(f"gap-{place.gap}"), rank=int(row["rank"]))
    st.markdown(f"**{rank}** {words('card-rank-of', of=place.of)}")
    bars = "".join(
        f'<span style="width:{100 * float(row[f"{c}_points"]):.1f}%;'
        f'background:{CRITERION_COLOUR[c]}"></span>'
        for c in Criterion
    )
    legend = " · ".join(
        f'<span class="gp-key" style="background:{CRITERION_COLOUR[c]}"></span>'
        f"{text(words(f'criterion-{c}'))} {words.number(float(row[f'{c}_points']), 3)}"
        for c in Criterion
    )
    total = words("card-total", total=words.number(float(row["total"]), 3))
    st.html(
        f'<div class="gp-parts" role="img" aria-label="{text(total)}">{bars}</div>'
        f'<div style="font-size:.82rem">{text(total)} = {legend}</div>'
    )


def _show_nearest(card: VillageCard, words: Translator) -> None:
    if card.no_distance:
        st.caption(words(card.no_distance))
        return
    lines = [
        (
            words(f"gap-short-{row.gap}"),
            f"{display_text(row.nearest_name, 60)}, {words.number(row.distance_m / 1000, 2)} km",
        )
        for row in each_row(card.nearest)
        if pd.notna(row.distance_m)
    ]
    if lines:
        st.markdown(f"**{words('card-nearest-title')}**")
        st.html(_definition_list(lines))
        st.caption(words("card-distance-note"))


def _show_history(card: VillageCard, words: Translator) -> None:
    lines = [
        (
            words.date(o.observed_on.date()),
            f"{words(f'state-{o.service}-{o.state}')} · {words(f'evidence-{o.evidence}')}",
        )
        for o in each_row(card.history)
    ]
    st.html(_definition_list(lines))
    for source in card.history["source"].dropna().unique():
        st.caption(escape_markdown(source, 300))


def _definition_list(pairs: list[tuple[str, str]]) -> str:
    items = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in pairs)
    return f'<dl class="gp-facts">{items}</dl>'
