"""Map: every village that lacks something, where it is and what is known of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from i18n import Translator
from planning.vocabulary import Gap
from services.find import find
from services.province import Province
from ui import cache, state
from ui.components.figures import show_key_figures
from ui.components.filters import choose_day, choose_filter
from ui.components.map_view import gap_legend, new_area, new_click, show_map
from ui.components.side import show_side
from ui.components.village_table import show_village_list
from ui.components.weighting import recall_weighting
from ui.frame import framed, open_province, show_header


@framed
def show_map_page(words: Translator) -> None:
    """Show the page."""
    province = open_province(words)
    show_header(words("page-map"), province, words)
    _show_working_part(words, province)


@st.fragment
@framed
def _show_working_part(words: Translator, province: Province) -> None:
    key = province.data_hash
    day = choose_day(province, words)
    baseline = cache.assessment(key, province.baseline, province)
    now = cache.assessment(key, day, province)
    show_key_figures(baseline, now, cache.targets(key, day, province), words)
    wanted = choose_filter(province, words)
    visible = find(province, now, wanted)
    left, right = st.columns([2.2, 1], gap="small")
    with left:
        legend = gap_legend(baseline, now, visible, province.sites, words)
        show_map(
            "gaps",
            province,
            day,
            legend,
            words,
            heard=_take_clicks,
            visible=visible,
            selected=state.chosen_village(),
            fit=_fit(wanted.districts, wanted.communes, wanted.query),
            area=wanted.area,
            shaded=wanted.gaps[0] if len(wanted.gaps) == 1 else Gap.FIBRE,
        )
    with right:
        show_side(words, province, day, recall_weighting())
    if wanted.area:
        st.button(
            words("filter-clear-area"),
            icon=":material/layers_clear:",
            on_click=state.draw_area,
            args=((),),
        )
    count = int(visible.sum())
    st.markdown(f"**{words('list-title', count=count, total=len(province.villages))}**")
    if count:
        table = cache.village_list(key, day, words.language, province)
        show_village_list(table, visible, words)
    else:
        st.info(words("list-empty"), icon=":material/filter_alt_off:")


def _fit(*chosen: object) -> str:
    return "|".join(str(part) for part in chosen)


def _take_clicks(returned: dict[str, Any]) -> None:
    clicked = new_click("gaps", returned)
    area = new_area("gaps", returned)
    if clicked:
        state.choose_village(clicked)
    if area is not None:
        state.draw_area(area)
