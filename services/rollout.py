"""Roll out: the cheapest way to connect villages, with its proof, its reasons and its order."""

from __future__ import annotations

from planning.vocabulary import Gap
from services.province import Province
from services.rollout_certificate import certificate_of
from services.rollout_costs import cost_lines
from services.rollout_draft import Setting, Told
from services.rollout_fibre import plan_fibre
from services.rollout_mix import plan_mix
from services.rollout_order import no_waves, order_building, waves_table
from services.rollout_setting import Watch, find_setting, telling
from services.rollout_tables import baselines_table, links_table, totals_of, villages_table
from services.rollout_values import RolloutPlan, RolloutQuestion
from services.rollout_variations import Robustness, robustness, trace_costs

__all__ = ["Robustness", "Watch", "robustness", "roll_out", "roll_out_setting", "trace_costs"]


def roll_out(
    province: Province, question: RolloutQuestion, *, watch: Watch | None = None
) -> RolloutPlan:
    """Plan a roll-out.

    Parameters
    ----------
    province : Province
    question : RolloutQuestion
    watch : callable, optional
        Told of progress; where it answers ``False`` the search ends with what it has.

    Returns
    -------
    RolloutPlan
        Checked. With a ``conflict`` where the question has no answer: the plan then answers one
        near it.

    Raises
    ------
    PlannerError
        If something is asked for that does not exist, a file cannot be used, or time was too short
        for any plan.
    """
    told = telling(watch)
    told("network", 0.0, None, None)
    return roll_out_setting(find_setting(province, question), told)


def roll_out_setting(setting: Setting, told: Told) -> RolloutPlan:
    """Plan a roll-out from what is gathered already; as :func:`roll_out`."""
    province, question = setting.province, setting.question
    is_fibre = question.technology == "fibre"
    draft = plan_fibre(setting, told) if is_fibre else plan_mix(setting, told)
    ordered = order_building(setting, draft, told)
    cost_table = cost_lines(setting.question, setting.book)
    return RolloutPlan(
        question=setting.question,
        network=setting.site.network,
        villages=villages_table(setting, draft, ordered),
        links=links_table(setting, draft, ordered),
        sites=draft.sites,
        totals=totals_of(setting, draft),
        certificate=certificate_of(setting, draft, ordered),
        baselines=baselines_table(draft),
        order=None if ordered is None else ordered.order,
        calendar=None if ordered is None else ordered.calendar,
        waves=no_waves() if ordered is None else waves_table(setting, draft, ordered),
        costs=cost_table,
        conditions=draft.conditions,
        conflict=draft.conflict,
        faults=setting.site.network.faults,
        province=province.name,
        data_hash=province.data_hash,
        illustrative=province.illustrative,
        notes=_notes(setting),
    )


def _notes(setting: Setting) -> tuple[str, ...]:
    question = setting.question
    notes = ["plan-note-illustrative"] if setting.province.illustrative else []
    notes.append("plan-note-costs")
    if question.technology == "fibre":
        notes.append("plan-note-poles")
    if question.roads is None and question.technology != "masts":
        notes.append("plan-note-straight")
    if question.technology == "mix":
        notes += ["plan-note-lifetime", "plan-note-mix-reach"]
        if question.gap is Gap.FIBRE:
            notes.append("counting-any_broadband")
    if question.technology != "fibre":
        notes.append("plan-note-sight" if question.dem else "plan-note-radius")
        notes.append("plan-note-order-cable")
    if (setting.cohort.table["people"].isna() & setting.limits.is_open(len(setting.cohort))).any():
        notes.append("plan-note-people")
    return tuple(notes)
