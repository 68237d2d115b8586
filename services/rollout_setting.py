"""What a roll-out question is answered from, gathered and checked once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from planning.columns import BoolArray
from planning.errors import PlanningError
from planning.vocabulary import Gap
from services.province import Province
from services.rollout_cohort import find_cohort, find_target
from services.rollout_costs import cost_book_of, price_edges
from services.rollout_draft import Setting, Told
from services.rollout_limits import find_limits
from services.rollout_network import find_site
from services.rollout_values import RolloutQuestion

Watch: TypeAlias = Callable[[str, float, float | None, float | None], bool]
"""Told of the phase (``"network"``, ``"search"``, ``"conflict"``, ``"reasons"``, ``"order"``,
``"curve"``, ``"draws"``), seconds since the start, the best value and the bound (of ``"reasons"``,
``"curve"`` and ``"draws"``: how many are done, of how many); answers whether to go on."""


def find_setting(province: Province, question: RolloutQuestion) -> Setting:
    """Gather everything a question is answered from; as ``roll_out`` raises."""
    question = _of_target(province, question)
    if question.technology == "fibre" and question.gap is not Gap.FIBRE:
        raise PlanningError("error-plan-fibre-only")
    if question.technology == "masts" and question.gap is Gap.FIBRE:
        raise PlanningError("error-plan-masts-only")
    if not question.start <= question.deadline:
        raise PlanningError("error-plan-dates", start=question.start, deadline=question.deadline)
    book = cost_book_of(question)
    cohort = find_cohort(province, question)
    site = find_site(province, question, cohort)
    limits = find_limits(question, cohort, site)
    has_grid: BoolArray = ~cohort.waits_for_power[site.row_of_village]
    return Setting(
        province=province,
        question=replace(question, connect=limits.connect),
        cohort=cohort,
        site=site,
        limits=limits,
        book=book,
        edge_costs=price_edges(question, site.network.network, book, has_grid),
        has_grid=has_grid,
    )


def telling(watch: Watch | None) -> Told:
    """Return what the parts of a plan tell, with seconds since now."""
    began = time.perf_counter()

    def told(phase: str, _: float, value: float | None, bound: float | None) -> bool:
        return watch is None or watch(phase, time.perf_counter() - began, value, bound)

    return told


def _of_target(province: Province, question: RolloutQuestion) -> RolloutQuestion:
    if question.target_id is None:
        return question
    return replace(question, gap=find_target(province, question.target_id).gap)
