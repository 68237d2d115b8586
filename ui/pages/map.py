"""Map: every village that lacks something, where it is and what is known of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from geo.display import escape_markdown
from i18n import Translator
from planning.errors import PlannerError
from services.find import find
from services.province import Province
from ui import cache, state
from ui.components.card import show_card
from ui.components.figures import show_key_figures
from ui.components.filters import choose_day, choose_filter
from ui.components.map_view import gap_legend, new_area, new_click, show_map
from ui.components.village_table import show_village_list
from ui.frame import framed, open_province, show_header, show_refusal


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
        )
    with right:
        _show_side(words, province, day)
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


def _show_side(words: Translator, province: Province, day: date) -> None:
    village_id = state.chosen_village()
    if village_id is None:
        st.info(words("card-hint"), icon=":material/touch_app:")
        return
    try:
        card = cache.card(province.data_hash, day, village_id, province)
    except PlannerError as error:
        # A site was clicked, or the address names a village that is not in this register.
        if not (province.sites["site_id"] == village_id).any():
            show_refusal(error, words)
        else:
            _show_site(province, village_id, words)
        return
    show_card(card, words)


def _show_site(province: Province, site_id: str, words: Translator) -> None:
    site = province.sites[province.sites["site_id"] == site_id].iloc[0]
    with st.container(border=True):
        st.markdown(f"### {escape_markdown(site['name'], 80)}")
        kind = words(f"site-kind-{site['kind']}")
        st.markdown(f"{kind} · {escape_markdown(site['technology'], 12).upper()} · `{site_id}`")
