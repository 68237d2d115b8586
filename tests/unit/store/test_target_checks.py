"""A target that cannot be meant is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planning.errors import StoreError
from planning.vocabulary import Milestone
from store.target_rows import target_of, target_row
from store.targets import check_target
from tests.integration.small_record import FIBRE

JUNE, SEPTEMBER = date(2024, 6, 30), date(2024, 9, 30)

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"target_id": ""}, "error-target-name"),
    ({"target_id": "  "}, "error-target-name"),
    ({"target_id": "x" * 65}, "error-target-name"),
    ({"target_id": "a\nb"}, "error-target-name"),
    ({"required": 0}, "error-target-count"),
    ({"required": 5}, "error-target-count"),
    ({"cohort_size": 2_000_000_000}, "error-target-count"),
    ({"result": -1}, "error-store-value"),
    ({"result": 2**40}, "error-store-value"),
    ({"deadline": FIBRE.cohort_on}, "error-target-deadline"),
    ({"milestones": (Milestone(FIBRE.cohort_on, 1),)}, "error-target-milestone"),
    ({"milestones": (Milestone(date(2025, 1, 1), 1),)}, "error-target-milestone"),
    ({"milestones": (Milestone(JUNE, 2), Milestone(SEPTEMBER, 1))}, "error-target-milestone"),
    ({"milestones": (Milestone(SEPTEMBER, 1), Milestone(JUNE, 2))}, "error-target-milestone"),
    ({"milestones": (Milestone(JUNE, 3),)}, "error-target-milestone"),
]


@pytest.mark.parametrize(("change", "key"), WRONG)
def test_a_target_that_cannot_be_meant_is_refused(change: dict[str, Any], key: str) -> None:
    with pytest.raises(StoreError) as told:
        check_target(replace(FIBRE, **change))
    assert told.value.key == key


def test_a_target_with_milestones_up_to_the_deadline_is_meant() -> None:
    check_target(
        replace(FIBRE, milestones=(Milestone(JUNE, 1), Milestone(FIBRE.deadline, 2)), result=2)
    )


def test_a_target_and_its_row_say_the_same() -> None:
    one = replace(FIBRE, milestones=(Milestone(JUNE, 1), Milestone(SEPTEMBER, 2)), result=0)
    assert target_of(target_row("x", one)) == one
    assert target_of(target_row("x", FIBRE)) == FIBRE
