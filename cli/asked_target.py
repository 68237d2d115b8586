"""A target as a person typed it: a new one, or one there is with something changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cli.options import one_of, parse_date
from planning.errors import PlannerError
from planning.vocabulary import Area, AreaKind, Gap, Milestone, Target
from services.province import Province


def asked_target(
    province: Province,
    target_id: str,
    *,
    gap: Gap | None,
    cohort_on: date | None,
    deadline: date | None,
    required: int | None,
    source: str,
    area: str | None,
    milestones: Sequence[str],
    result: int | None,
) -> Target:
    """Return the target a command speaks of.

    Raises
    ------
    PlannerError
        If it is a new one and something it needs was left out, or a part cannot be read.
    """
    steps = tuple(sorted(map(_milestone, milestones), key=lambda step: step.due_on))
    known = {one.target_id: one for one in province.targets}
    before = known.get(target_id)
    if before is not None:
        return replace(
            before,
            required=before.required if required is None else required,
            deadline=deadline or before.deadline,
            milestones=steps or before.milestones,
            result=before.result if result is None else result,
        )
    for option, value in (("--gap", gap), ("--required", required), ("--deadline", deadline)):
        if value is None:
            raise PlannerError("error-option-missing", option=option, target=target_id)
    if gap is None or required is None or deadline is None:
        raise TypeError(target_id)
    on = cohort_on or province.latest
    wanted = Target(
        target_id, gap, on, 1, required, deadline, source, result, _area(province, area), steps
    )
    return replace(wanted, cohort_size=int(province.cohort_of(wanted).sum()))


def _milestone(got: str) -> Milestone:
    day, equals, count = got.partition("=")
    if not equals or not count.strip().isdecimal():
        raise PlannerError("error-number", got=got, option="--milestone", expected="2024-09-30=14")
    return Milestone(parse_date(day.strip(), date.min), int(count))


def _area(province: Province, got: str | None) -> Area | None:
    if got is None:
        return None
    kind, _, code = got.partition(":")
    one_of(kind, [str(one) for one in AreaKind], "--area")
    villages = province.villages
    own = villages[villages[f"{kind}_code"] == code]
    if own.empty:
        codes = sorted(villages[f"{kind}_code"].dropna().unique())
        one_of(code, [str(one) for one in codes], "--area")
    return Area(AreaKind(kind), code, str(own[kind].iloc[0]))
