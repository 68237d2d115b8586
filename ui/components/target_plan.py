"""Which kept plan a target's chart and forecast go by."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.vocabulary import Target
from services import scenarios
from services.province import Province
from ui import cache

_NONE: Final = ""


def choose_kept_plan(province: Province, target: Target, words: Translator) -> str:
    """Let one of the kept plans for the target's gap be chosen; return its key, or nothing.

    Without such a plan there is nothing to choose and nothing is shown.
    """
    kept = {
        one.key: display_text(f"{one.name} · {words.date(one.saved_at.date())}", 120)
        for one in scenarios.list_saved()
        if one.province == province.name and cache.kept_plan(one.key).question.gap == target.gap
    }
    if not kept:
        return _NONE
    choices = {_NONE: words("target-no-plan"), **kept}
    chosen = st.selectbox(
        words("target-by-plan"),
        list(choices),
        format_func=choices.__getitem__,
        key=f"target_plan_{target.target_id}_{words.language}",
    )
    return chosen or _NONE
