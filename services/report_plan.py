"""Read from a plan's certificate what a report says of the plan."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any, Final

from planning.errors import PlannerError
from services.report_values import PlanNote
from services.rollout_certificate import FORM
from services.rollout_export import PLAN_FILES

_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a certificate; one of 100,000 edges has a third of it."""
_HASH: Final = re.compile(r"[0-9A-Za-z]{1,128}")


def read_plan_note(folder: Path, data_hash: str) -> PlanNote:
    """Read the certificate in a folder that ``gap-planner plan --out`` wrote.

    Parameters
    ----------
    folder : Path
    data_hash : str
        Of the data the report is about.

    Returns
    -------
    PlanNote

    Raises
    ------
    PlannerError
        If there is no certificate, or it is not one.
    """
    file = folder / PLAN_FILES["certificate"]
    try:
        if file.stat().st_size > _LARGEST:
            raise PlannerError("error-report-plan", file=str(file))
        stated = json.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise PlannerError("error-report-plan-missing", file=str(file)) from problem
    except (ValueError, RecursionError) as problem:
        raise PlannerError("error-report-plan", file=str(file)) from problem
    note = _note(stated, data_hash)
    if note is None:
        raise PlannerError("error-report-plan", file=str(file))
    return note


def _note(stated: Any, data_hash: str) -> PlanNote | None:
    if not isinstance(stated, dict) or stated.get("form") != FORM:
        return None
    figures, plan_hash = stated.get("figures"), stated.get("plan_hash")
    if not isinstance(figures, dict) or not isinstance(plan_hash, str):
        return None
    numbers = [figures.get(name) for name in ("villages", "km", "cost_vnd")]
    if not _HASH.fullmatch(plan_hash) or not all(_is_amount(number) for number in numbers):
        return None
    return PlanNote(
        plan_hash=plan_hash,
        villages=int(figures["villages"]),
        km=float(figures["km"]),
        cost_vnd=float(figures["cost_vnd"]),
        proven=figures.get("proven") is True,
        holds=stated.get("holds") is True,
        is_of_this_data=stated.get("data_hash") == data_hash,
    )


def _is_amount(value: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and 0 <= value < 1e18
    )
