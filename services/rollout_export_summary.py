"""What a plan comes to and what was asked, line by line, for the first sheet and the notes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Final

from geo.export.content import Cell
from geo.export.plan_content import SummaryLine
from geo.export.table import ColumnKind
from i18n import Translator
from i18n.refusals import say_fault
from services.rollout_export_tables import say_message, village_names
from services.rollout_values import RolloutPlan

_DISTRIBUTION: Final = "gap-planner"


def summary_lines(plan: RolloutPlan, words: Translator) -> tuple[SummaryLine, ...]:
    """Return what the plan comes to, then what was asked.

    Returns
    -------
    tuple of SummaryLine
        A figure that is not known has no line.
    """
    return (
        SummaryLine(words("planfile-part-result")),
        *_conflict(plan, words),
        *_result(plan, words),
        SummaryLine(words("planfile-part-question")),
        *_question(plan, words),
        SummaryLine(words("planfile-part-sources")),
        *(SummaryLine(label, value) for label, value in _sources(plan, words)),
    )


def plan_notes(plan: RolloutPlan, words: Translator) -> tuple[tuple[str, str], ...]:
    """Return what must be known to read the plan, as label and value."""
    assumed = words("planfile-note-assumed")
    notes = [*_sources(plan, words)]
    if plan.illustrative:
        notes.append((words("note-warning"), words("illustrative-long")))
    notes += [(line.label, str(line.value)) for line in _conflict(plan, words)]
    notes += [(assumed, words(message)) for message in plan.notes]
    notes += [
        (words("planfile-note-cost"), words("planfile-note-cost-text")),
        (words("planfile-note-proof"), words("planfile-note-proof-text")),
        (words("planfile-note-waves"), words("planfile-note-waves-text")),
    ]
    notes += [(words("planfile-note-fault"), say_fault(fault, words)) for fault in plan.faults]
    return tuple(notes)


def plan_metadata(plan: RolloutPlan, title: str, words: Translator) -> dict[str, Cell]:
    """Return what identifies the plan, under stable English keys, as JSON can hold it."""
    question, totals = plan.question, plan.totals
    return {
        "title": title,
        "language": words.language,
        "data_status": words("illustrative") if plan.illustrative else "",
        "illustrative": int(plan.illustrative),
        "province": plan.province,
        "as_of": question.as_of.isoformat(),
        "gap": str(question.gap),
        "target": question.target_id or "",
        "technology": question.technology,
        "answers_question": int(plan.conflict is None),
        "villages": totals.villages,
        "people": totals.people,
        "households": totals.households,
        "minority_share": None
        if totals.minority_share is None
        else round(totals.minority_share, 6),
        "km": round(totals.km, 3),
        "cost_vnd": round(totals.cost_vnd),
        "cost_usd": round(totals.cost_usd),
        "bound_vnd": None if totals.bound_vnd is None else round(totals.bound_vnd),
        "relative_gap": totals.gap,
        "proven": int(totals.proven),
        "plan_hash": totals.plan_hash,
        "data_hash": plan.data_hash,
        "software": software(),
    }


def software() -> str:
    """Return the name and version of the product."""
    return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}"


def _conflict(plan: RolloutPlan, words: Translator) -> Iterator[SummaryLine]:
    if plan.conflict is None:
        return
    yield SummaryLine(words("planfile-conflict"), words("planfile-conflict-text"))
    for line in (*plan.conflict.lines, *plan.conflict.further):
        said = say_message(line.message, line.values, words)
        yield SummaryLine(words("planfile-conflict-limit"), said)
    for line in plan.conflict.given_way:
        said = say_message(line.message, line.values, words)
        yield SummaryLine(words("planfile-conflict-given-way"), said)


def _result(plan: RolloutPlan, words: Translator) -> Iterator[SummaryLine]:
    totals = plan.totals
    whole, share = ColumnKind.INTEGER, ColumnKind.SHARE
    yield SummaryLine(words("planfile-total-villages"), totals.villages, whole)
    yield from _known("planfile-total-people", totals.people, whole, words)
    if totals.people_unknown:
        yield SummaryLine(words("planfile-total-unknown"), totals.people_unknown, whole)
    yield from _known("planfile-total-households", totals.households, whole, words)
    yield from _known("planfile-total-minority", totals.minority_share, share, words)
    yield SummaryLine(words("planfile-total-km"), round(totals.km, 3), ColumnKind.KM)
    yield SummaryLine(words("planfile-total-vnd"), round(totals.cost_vnd), whole)
    yield SummaryLine(words("planfile-total-usd"), round(totals.cost_usd), whole)
    if totals.score_bound is not None:
        number = ColumnKind.SCORE if plan.question.aim == "score" else whole
        yield SummaryLine(words("planfile-total-score"), totals.score, number)
        yield SummaryLine(words("planfile-total-score-bound"), totals.score_bound, number)
    bound = None if totals.bound_vnd is None else round(totals.bound_vnd)
    yield from _known("planfile-total-bound", bound, whole, words)
    yield SummaryLine(words("planfile-total-gap"), totals.gap, share)
    yield SummaryLine(
        words("planfile-total-proven"), words("yes") if totals.proven else words("no")
    )
    if totals.power_later:
        yield SummaryLine(words("planfile-total-power-later"), totals.power_later, whole)
    checks = plan.certificate.get("checks")
    if checks:
        held = sum(bool(check["holds"]) for check in checks)
        yield SummaryLine(
            words("planfile-total-checks"),
            words("planfile-total-checks-text", held=held, checks=len(checks)),
        )


def _question(plan: RolloutPlan, words: Translator) -> Iterator[SummaryLine]:
    question = plan.question
    whole = ColumnKind.INTEGER
    if question.target_id is not None:
        yield SummaryLine(words("planfile-ask-target"), question.target_id)
    yield SummaryLine(words("note-gap"), words(f"gap-{question.gap}"))
    yield SummaryLine(words("note-as-of"), question.as_of, ColumnKind.DATE)
    yield SummaryLine(words("planfile-ask-start"), question.start, ColumnKind.DATE)
    yield SummaryLine(words("planfile-ask-deadline"), question.deadline, ColumnKind.DATE)
    yield from _known("planfile-ask-connect", question.connect, whole, words)
    if question.budget_vnd is not None:
        yield SummaryLine(words("planfile-ask-budget"), round(question.budget_vnd), whole)
        yield SummaryLine(words("planfile-ask-aim"), words(f"planfile-aim-{question.aim}"))
    yield SummaryLine(
        words("planfile-ask-technology"), words(f"planfile-technologies-{question.technology}")
    )
    yield from _ground(plan, words)
    yield SummaryLine(words("planfile-ask-cost-case"), words(f"planfile-case-{question.cost_case}"))
    yield from _limits(plan, words)
    yield SummaryLine(words("planfile-ask-power"), words(f"planfile-power-{question.power_first}"))
    yield SummaryLine(words("planfile-ask-crews"), question.crews, whole)
    yield SummaryLine(words("planfile-ask-pace"), question.km_per_crew_quarter, ColumnKind.KM)
    yield SummaryLine(words("planfile-ask-gap"), question.gap_allowed, ColumnKind.SHARE)


def _ground(plan: RolloutPlan, words: Translator) -> Iterator[SummaryLine]:
    question = plan.question
    if question.roads is not None:
        yield SummaryLine(words("planfile-ask-roads"), question.roads.name)
    else:
        label = words("note-route-factor")
        yield SummaryLine(label, question.route_factor, ColumnKind.NUMBER)
    if question.dem is not None:
        yield SummaryLine(words("planfile-ask-heights"), question.dem.name)


def _limits(plan: RolloutPlan, words: Translator) -> Iterator[SummaryLine]:
    question, names = plan.question, village_names(plan)
    for village in question.decided:
        yield SummaryLine(words("planfile-ask-decided"), _named(village, names.get(village)))
    for village, why in question.excluded.items():
        said = ": ".join(filter(None, (_named(village, names.get(village)), why)))
        yield SummaryLine(words("planfile-ask-excluded"), said)
    share = question.min_minority_share
    yield from _known("planfile-ask-minority", share, ColumnKind.SHARE, words)
    codes = zip(plan.villages["district_code"], plan.villages["district"], strict=True)
    districts = {str(code): str(name) for code, name in codes}
    for code, least in question.min_per_district.items():
        label = words("planfile-ask-district", name=districts.get(code, code))
        yield SummaryLine(label, least, ColumnKind.INTEGER)
    if question.reach_m is not None:
        label = words("planfile-ask-reach")
        yield SummaryLine(label, question.reach_m / 1000.0, ColumnKind.KM)


def _sources(plan: RolloutPlan, words: Translator) -> list[tuple[str, str]]:
    return [
        (words("note-data"), plan.province),
        (words("note-as-of"), words.date(plan.question.as_of)),
        (words("note-hash"), plan.data_hash),
        (words("planfile-note-plan-hash"), plan.totals.plan_hash),
        (words("note-software"), software()),
    ]


def _known(key: str, value: Cell, kind: ColumnKind, words: Translator) -> Iterator[SummaryLine]:
    if value is not None:
        yield SummaryLine(words(key), value, kind)


def _named(village: str, name: str | None) -> str:
    return village if name is None else f"{name} ({village})"
