"""What is asked of a plan: which promise, how many villages or how much money, by what means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final, cast

import streamlit as st

from i18n import LANGUAGES, Translator
from planning.vocabulary import Gap, Target
from services.province import Province
from services.rollout_cohort import Cohort
from services.rollout_values import AIMS, GPON_REACH_M, Aim, RolloutQuestion, Technology
from ui import cache, state
from ui.components.controls import choose_one, enter_count, enter_number
from ui.components.filters import choose_day
from ui.components.plan_building import choose_building
from ui.components.plan_conditions import choose_conditions
from ui.components.plan_costs import choose_costs

MEANS: Final[dict[Gap, tuple[Technology, ...]]] = {
    Gap.FIBRE: ("fibre", "mix"),
    Gap.MOBILE: ("masts", "mix"),
    Gap.NO_SIGNAL: ("masts", "mix"),
}
"""What can close each gap; a mast gives no fibre. The first is offered first."""

_BILLION: Final = 1e9
_DEFAULT_BUDGET: Final = 5.0
_MOST_BUDGET: Final = 100_000.0
_DEPENDENT: Final = (
    state.CONNECT,
    state.TECHNOLOGY,
    state.START,
    state.DEADLINE,
    state.REACH,
    state.DECIDED,
    state.EXCLUDED,
)
"""Choices that belong to a target: with another target they begin again."""


def choose_rollout(province: Province, words: Translator) -> RolloutQuestion | None:
    """Show the question; return it, or ``None`` where no village lacks the service.

    Parameters
    ----------
    province : Province
    words : Translator
    """
    target_column, day_column = st.columns([2.4, 1])
    with target_column:
        target, gap = _choose_target(province, words)
    with day_column:
        as_of = choose_day(province, words)
    first = _first(target, gap, as_of)
    cohort = cache.plan_cohort(province.data_hash, first.target_id, gap, as_of, province)
    if cohort is None:
        said = words("rank-empty", gap=words(f"gap-{gap}"), date=as_of)
        st.info(said, icon=":material/check:")
        return None
    question = _choose_extent(first, cohort, words)
    question = choose_conditions(question, cohort.table, words)
    question = choose_costs(question, words)
    return choose_building(question, words)


def _choose_target(province: Province, words: Translator) -> tuple[Target | None, Gap]:
    """Show the promises, and the gaps for which there is none."""
    promised = {target.target_id: target for target in province.targets}
    open_gaps = set(MEANS) - {target.gap for target in province.targets} - {Gap.MOBILE}
    labels = {
        key: words(
            "planpage-target",
            gap=words(f"gap-{target.gap}"),
            required=target.required,
            cohort=target.cohort_size,
        )
        for key, target in sorted(promised.items())
    }
    labels |= {str(gap): words(f"gap-{gap}") for gap in MEANS if gap in open_gaps}
    chosen = choose_one(
        words("planpage-target-label"),
        labels,
        state.TARGET,
        next(iter(labels)),
        words.language,
        on_change=state.forget,
        args=(_DEPENDENT, LANGUAGES),
    )
    target = promised.get(chosen)
    return target, Gap(chosen) if target is None else target.gap


def _first(target: Target | None, gap: Gap, as_of: date) -> RolloutQuestion:
    start = as_of + timedelta(days=1)
    deadline = date(start.year, 12, 31) if target is None else target.deadline
    return RolloutQuestion(
        target_id=None if target is None else target.target_id,
        gap=gap,
        as_of=as_of,
        start=start,
        deadline=deadline if deadline > start else date(start.year + 1, 12, 31),
        technology=MEANS[gap][0],
        reach_m=GPON_REACH_M if gap is Gap.FIBRE else None,
    )


def _choose_extent(question: RolloutQuestion, cohort: Cohort, words: Translator) -> RolloutQuestion:
    ask_column, amount, means = st.columns([1.25, 1, 1.15])
    with ask_column:
        ask = choose_one(
            words("planpage-ask-label"),
            {"connect": words("planpage-ask-connect"), "budget": words("planpage-ask-budget")},
            state.ASK,
            "connect",
            words.language,
        )
    with means:
        technology = choose_one(
            words("planpage-technology-label"),
            {means: words(f"planpage-technology-{means}") for means in MEANS[question.gap]},
            state.TECHNOLOGY,
            question.technology,
            words.language,
            help=words("planpage-technology-help"),
        )
    question = replace(question, technology=cast(Technology, technology))
    with amount:
        if ask == "connect":
            return replace(question, connect=_enter_count(cohort, words))
        budget = _enter_budget(words)
    aim = choose_one(
        words("planpage-aim-label"),
        {aim: words(f"planpage-aim-{aim}") for aim in AIMS},
        state.AIM,
        AIMS[0],
        words.language,
    )
    return replace(question, budget_vnd=budget, aim=cast(Aim, aim))


def _enter_count(cohort: Cohort, words: Translator) -> int:
    most = len(cohort)
    return enter_count(
        words("planpage-connect", most=most),
        (1, most),
        min(max(cohort.remaining, 1), most),
        state.CONNECT,
        words.language,
    )


def _enter_budget(words: Translator) -> float:
    billions = enter_number(
        words("planpage-budget"),
        (0.0, _MOST_BUDGET),
        _DEFAULT_BUDGET,
        state.BUDGET,
        words.language,
        step=0.5,
        format="%.2f",
    )
    return billions * _BILLION
