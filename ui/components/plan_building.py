"""Who builds, how fast, from when to when, and how long a plan may be looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from i18n import Translator
from planning.optimise.build_calendar import DEFAULT_CREWS, DEFAULT_KM_PER_CREW
from services.rollout_values import RolloutQuestion
from ui import state
from ui.components.controls import enter_count, enter_day, enter_number

_MOST_CREWS: Final = 1_000
_MOST_KM: Final = 1_000.0
_MOST_SECONDS: Final = 1_800
_MOST_GAP: Final = 50.0
_LAST_DAY: Final = date(2100, 12, 31)


def choose_building(question: RolloutQuestion, words: Translator) -> RolloutQuestion:
    """Show crews, dates and the patience with the solver; return the question with them."""
    language = words.language
    with st.expander(words("planpage-building"), icon=":material/engineering:"):
        first, second, third, fourth = st.columns(4, vertical_alignment="bottom")
        with first:
            start = enter_day(
                words("planpage-start"), state.START, question.start, language, max_value=_LAST_DAY
            )
        with second:
            deadline = enter_day(
                words("planpage-deadline"),
                state.DEADLINE,
                question.deadline,
                language,
                max_value=_LAST_DAY,
            )
        with third:
            crews = enter_count(
                words("planpage-crews"), (1, _MOST_CREWS), DEFAULT_CREWS, state.CREWS, language
            )
        with fourth:
            km = enter_number(
                words("planpage-km-per-crew"),
                (0.1, _MOST_KM),
                DEFAULT_KM_PER_CREW,
                state.KM_PER_CREW,
                language,
                step=1.0,
                format="%.1f",
            )
        st.caption(words("planpage-building-note"))
        patience, allowed, _ = st.columns([1, 1, 2], vertical_alignment="bottom")
        with patience:
            seconds = enter_count(
                words("planpage-time-limit"),
                (1, _MOST_SECONDS),
                round(question.time_limit_s),
                state.TIME_LIMIT,
                language,
            )
        with allowed:
            gap = enter_number(
                words("planpage-gap-allowed"),
                (0.0, _MOST_GAP),
                0.0,
                state.GAP_ALLOWED,
                language,
                step=0.5,
                format="%.1f",
                help=words("planpage-gap-allowed-help"),
            )
    return replace(
        question,
        start=start,
        deadline=deadline,
        crews=crews,
        km_per_crew_quarter=km,
        time_limit_s=float(seconds),
        gap_allowed=gap / 100,
    )
