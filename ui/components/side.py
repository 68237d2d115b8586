"""What stands beside a map or a list: the card of the village chosen there."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from geo.display import escape_markdown
from i18n import Translator
from planning.errors import PlannerError
from planning.vocabulary import Direction, Weights
from services.province import Province
from ui import cache, state
from ui.components.card import show_card


def show_side(
    words: Translator, province: Province, day: date, weighting: tuple[Weights, Direction]
) -> None:
    """Show the chosen village, or how to choose one.

    Parameters
    ----------
    words : Translator
    province : Province
    day : date
    weighting : (Weights, Direction)
        By which the card ranks the village: the user's own, wherever it is shown.
    """
    village_id = state.chosen_village()
    if village_id is None:
        st.info(words("card-hint"), icon=":material/touch_app:")
        return
    site = province.sites[province.sites["site_id"] == village_id]
    if len(site):
        _show_site(words, site.iloc[0])
        return
    try:
        card = cache.card(province.data_hash, day, weighting, village_id, province)
    except PlannerError:
        st.warning(words("card-unknown"), icon=":material/search_off:")
        return
    show_card(card, words)


def _show_site(words: Translator, site: Any) -> None:
    with st.container(border=True):
        st.markdown(f"### {escape_markdown(site['name'], 80)}")
        technology = escape_markdown(str(site["technology"]).upper(), 12)
        kind = words(f"site-kind-{site['kind']}")
        st.markdown(f"{kind} · {technology}")
        st.caption(escape_markdown(site["site_id"], 64))
