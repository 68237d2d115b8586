"""A target as a row of the record, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from planning.vocabulary import Area, AreaKind, Gap, Milestone, Target
from store.fingerprints import canonical
from store.texts import MOST_NOTE, one_line


def target_row(register: str, one: Target, *, removed: bool = False) -> dict[str, Any]:
    """Return a target as the table has it."""
    area = one.area
    return {
        "register": register,
        "target_id": one.target_id,
        "removed": removed,
        "gap": str(one.gap),
        "cohort_on": one.cohort_on,
        "cohort_size": one.cohort_size,
        "required": one.required,
        "deadline": one.deadline,
        "source": one_line(one.source, "source", MOST_NOTE) or "",
        "result": one.result,
        "area": canonical(
            {"kind": str(area.kind), "code": area.code, "name": one_line(area.name, "area") or ""}
            if area
            else {}
        ),
        "milestones": canonical({step.due_on.isoformat(): step.count for step in one.milestones}),
    }


def target_of(row: Mapping[str, Any]) -> Target:
    """Return the target of a row."""
    area = json.loads(row["area"])
    return Target(
        target_id=row["target_id"],
        gap=Gap(row["gap"]),
        cohort_on=row["cohort_on"],
        cohort_size=row["cohort_size"],
        required=row["required"],
        deadline=row["deadline"],
        source=row["source"],
        result=row["result"],
        area=Area(AreaKind(area["kind"]), area["code"], area["name"]) if area else None,
        milestones=tuple(
            Milestone(date.fromisoformat(day), count)
            for day, count in sorted(json.loads(row["milestones"]).items())
        ),
    )
