"""What a plan must keep to: decisions, refusals, shares and reach."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, cast

import pandas as pd
import streamlit as st

from geo.display import display_text
from i18n import Translator
from planning.columns import each_row
from planning.vocabulary import Gap, Lane
from services.rollout_values import GPON_REACH_M, POWER_FIRST, PowerFirst, RolloutQuestion
from ui import state
from ui.components.controls import (
    choose_amount,
    choose_one,
    choose_some,
    enter_count,
    enter_counts,
    enter_texts,
)

_M_A_KM: Final = 1000.0
_MOST_REACH_KM: Final = 500
_MOST_REASON: Final = 120


def choose_conditions(
    question: RolloutQuestion, cohort: pd.DataFrame, words: Translator
) -> RolloutQuestion:
    """Show the side conditions; return the question with them.

    Parameters
    ----------
    question : RolloutQuestion
    cohort : DataFrame
        The villages that can be planned for, in order of rank.
    words : Translator
    """
    with st.expander(words("planpage-conditions"), icon=":material/rule:"):
        left, right = st.columns(2, gap="medium")
        with left:
            names = _names(cohort)
            decided = choose_some(
                words("planpage-decided"),
                names,
                state.DECIDED,
                words.language,
                placeholder=words("planpage-none"),
                help=words("planpage-decided-help"),
            )
            excluded = _choose_excluded(names, words)
        with right:
            share = choose_amount(
                words("planpage-least-minority"),
                (0, 100),
                0,
                state.LEAST_MINORITY,
                words.language,
                step=5,
                format="%d %%",
                help=words("planpage-least-minority-help"),
            )
            districts = _choose_districts(cohort, words)
        reach_column, power_column = st.columns(2, gap="medium", vertical_alignment="bottom")
        with reach_column:
            reach = _enter_reach(question, words)
        with power_column:
            power = _choose_power(cohort, words)
    return replace(
        question,
        decided=tuple(decided),
        excluded=excluded,
        min_minority_share=share / 100 if share else None,
        min_per_district=districts,
        reach_m=reach,
        power_first=power,
    )


def _names(cohort: pd.DataFrame) -> dict[str, str]:
    return {
        village.village_id: display_text(
            f"{village.rank}. {village.village} · {village.commune}", 80
        )
        for village in each_row(cohort)
    }


def _choose_excluded(names: dict[str, str], words: Translator) -> dict[str, str]:
    excluded = choose_some(
        words("planpage-excluded"),
        names,
        state.EXCLUDED,
        words.language,
        placeholder=words("planpage-none"),
        help=words("planpage-excluded-help"),
    )
    labels = {one: words("planpage-excluded-why", name=names[one]) for one in excluded}
    return enter_texts(
        labels,
        state.WHY,
        words.language,
        max_chars=_MOST_REASON,
        placeholder=words("planpage-excluded-hint"),
    )


def _choose_districts(cohort: pd.DataFrame, words: Translator) -> dict[str, int]:
    counted = cohort.groupby("district_code")["district"].agg(["first", "size"])
    labels = {
        str(code): f"{display_text(name, 60)} ({words.number(int(size))})"
        for code, name, size in zip(counted.index, counted["first"], counted["size"], strict=True)
    }
    chosen = choose_some(
        words("planpage-least-of-districts"),
        labels,
        state.DISTRICTS_ASKED,
        words.language,
        placeholder=words("planpage-none"),
        help=words("planpage-least-of-districts-help"),
    )
    sizes = dict(zip(labels, counted["size"].astype(int), strict=True))
    most = {code: int(sizes[code]) for code in chosen}
    asked = {
        code: words("planpage-least-of-district", name=display_text(counted.loc[code, "first"], 60))
        for code in chosen
    }
    return enter_counts(most, asked, state.LEAST_OF_DISTRICT, words.language)


def _enter_reach(question: RolloutQuestion, words: Translator) -> float | None:
    default = 0 if question.reach_m is None else round(question.reach_m / _M_A_KM)
    kilometres = enter_count(
        words("planpage-reach"),
        (0, _MOST_REACH_KM),
        default,
        state.REACH,
        words.language,
        help=words("planpage-reach-help", gpon=round(GPON_REACH_M / _M_A_KM)),
        disabled=question.gap is not Gap.FIBRE,
    )
    return kilometres * _M_A_KM if kilometres and question.gap is Gap.FIBRE else None


def _choose_power(cohort: pd.DataFrame, words: Translator) -> PowerFirst:
    waiting = int((cohort["lane"] == Lane.POWER_FIRST).sum())
    chosen = choose_one(
        words("planpage-power", count=waiting),
        {power: words(f"planpage-power-{power}") for power in POWER_FIRST},
        state.POWER_FIRST,
        POWER_FIRST[0],
        words.language,
        help=words("planpage-power-help"),
    )
    return cast(PowerFirst, chosen)
