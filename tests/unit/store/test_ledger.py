"""What the ledger records and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planning.authority import Act, Actor
from planning.errors import ConflictError, StoreError
from planning.vocabulary import Role
from store.fingerprints import GENESIS
from store.history import head_of, load_history
from store.ledger import Entry, record
from store.opening import Store
from store.verification import verify
from tests.integration.small_record import (
    KEY,
    PLANNER,
    STEWARD,
    VIEWER,
    building,
    log,
    moment,
    observe,
    seeded,
    seen,
)

ENTRY = Entry(
    register=KEY,
    kind="note.kept",
    subject="note:1",
    act=Act.OBSERVE,
    fields={"text": "một", "on": date(2024, 1, 2)},
)


def keep(store: Store, *entries: Entry, key: str = "s1", actor: Actor = PLANNER) -> Any:
    return record(store, actor, entries or [ENTRY], key, moment())


def refusal(act: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as refused:
        act()
    return refused.value


def test_a_new_record_has_no_event_and_a_chain_of_zeros(store: Store) -> None:
    assert head_of(store) == (0, GENESIS)
    found = verify(store)
    assert (found.events, found.rows, found.head, found.breaches) == (0, 0, GENESIS, ())


def test_events_are_numbered_and_each_names_the_one_before(store: Store) -> None:
    first, second = keep(store, ENTRY, replace(ENTRY, subject="note:2"))
    (third,) = keep(store, replace(ENTRY, fields={"text": "hai"}), key="s2")
    assert [one.seq for one in (first, second, third)] == [1, 2, 3]
    assert [one.version for one in (first, second, third)] == [1, 1, 2]
    assert [row["before"] for row in log(store)] == [GENESIS, first.hash, second.hash]
    assert head_of(store) == (3, third.hash)
    assert verify(store).breaches == ()


def test_one_subject_twice_in_a_submission_has_two_versions(store: Store) -> None:
    told = keep(store, replace(ENTRY, seen=0), replace(ENTRY, fields={"text": "hai"}, seen=0))
    assert [one.version for one in told] == [1, 2]
    assert load_history(store, KEY)[0].fields == {"text": "hai"}


def test_all_or_none(store: Store) -> None:
    keep(store)
    fine = replace(ENTRY, subject="note:2")
    late = replace(ENTRY, seen=0)
    with pytest.raises(ConflictError) as told:
        keep(store, fine, late, replace(late, subject="note:1"), key="s2")
    assert [one.part for one in told.value.conflicts] == [1, 2]
    assert told.value.values == {"count": 2, "by": PLANNER.login}
    forbidden = replace(ENTRY, act=Act.GRANT_ROLE)
    assert refusal(lambda: keep(store, fine, forbidden, key="s3")).key == "error-store-forbidden"
    assert head_of(store)[0] == 1


def test_nothing_is_no_submission(store: Store) -> None:
    assert refusal(lambda: record(store, PLANNER, [], "s1", moment())).key == "error-store-nothing"


def test_the_role_of_the_moment_is_kept_with_the_event(store: Store) -> None:
    keep(store)
    keep(store, key="s2", actor=replace(PLANNER, role=Role.STEWARD))
    assert [row["role"] for row in log(store)] == ["planner", "steward"]
    assert refusal(lambda: keep(store, key="s1", actor=VIEWER)).key == "error-store-forbidden"


def test_a_state_the_service_does_not_have_and_days_to_come_are_refused(store: Store) -> None:
    seeded(store)
    wrong = refusal(lambda: observe(store, "s1", seen(state="2g_only")))
    assert wrong.key == "error-store-state"
    assert wrong.values == {"got": "2g_only", "expected": "none, other, fibre, unknown"}
    from store.works import save_works  # noqa: PLC0415

    for act in (
        lambda: observe(store, "s1", seen(day=date(2026, 11, 3))),
        lambda: save_works(
            store, PLANNER, KEY, [building(since=date(2027, 1, 1))], submission="w", now=moment()
        ),
    ):
        future = refusal(act)
        assert future.key == "error-store-future"
        assert future.values["today"] == date(2026, 11, 2)
    assert head_of(store)[0] == 1


def test_a_village_the_register_does_not_have_is_refused(store: Store) -> None:
    seeded(store)
    unknown = refusal(lambda: observe(store, "s1", seen(1), seen(9)))
    assert (unknown.key, unknown.values) == ("error-village-unknown", {"village_id": "LC-9"})
    assert head_of(store)[0] == 1


def test_a_bulk_of_many_villages_is_one_submission(store: Store) -> None:
    seeded(store)
    observe(store, "bulk", *(seen(1 + n % 4) for n in range(1_200)))
    assert {row["submission"] for row in log(store)[1:]} == {"bulk"}
    assert [row["part"] for row in log(store)[1:]] == list(range(1_200))
    assert verify(store).breaches == ()


WRONG_FACTS: list[tuple[dict[str, Any], str]] = [
    ({}, "error-store-nothing"),
    ({"commune": "Y Tý"}, "error-store-fact"),
    ({"people": -1}, "error-store-value"),
    ({"people": True}, "error-store-value"),
    ({"people": 1_000_001}, "error-store-value"),
    ({"people": 1.5}, "error-store-value"),
    ({"minority_share": 1.01}, "error-store-value"),
    ({"minority_share": float("nan")}, "error-store-value"),
    ({"minority_share": True}, "error-store-value"),
    ({"grid_power": "steam"}, "error-store-value"),
    ({"specially_difficult": 1}, "error-store-value"),
    ({"name": "  "}, "error-store-value"),
    ({"name": "x" * 501}, "error-store-long"),
]


@pytest.mark.parametrize(("facts", "key"), WRONG_FACTS)
def test_a_fact_a_village_cannot_have_is_refused(
    store: Store, facts: dict[str, Any], key: str
) -> None:
    from store.villages import edit_village  # noqa: PLC0415

    seeded(store)
    refused = refusal(
        lambda: edit_village(store, STEWARD, KEY, "LC-1", facts, submission="v", now=moment())
    )
    assert refused.key == key
    unknown = refusal(
        lambda: edit_village(
            store, STEWARD, KEY, "LC-9", {"people": 1}, submission="v", now=moment()
        )
    )
    assert unknown.key == "error-village-unknown"
