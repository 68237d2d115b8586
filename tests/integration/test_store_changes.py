"""What is taken back, contested or sent twice, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from planning.errors import ConflictError
from planning.vocabulary import (
    Service,
)
from store import subjects
from store.history import head_of, load_history, undo, versions_of
from store.ledger import Receipt
from store.observations import load_observations, save_observations
from store.opening import Store, open_store
from store.registers import seed_register
from store.targets import load_targets, save_target
from store.villages import edit_village, load_corrections
from store.works import load_works, save_works
from tests.integration.small_record import (
    ADMINISTRATOR,
    FIBRE,
    KEY,
    PLANNER,
    STEWARD,
    building,
    hashes,
    log,
    moment,
    observe,
    one_of_everything,
    refusal,
    seeded,
    seen,
    small_register,
)

FIXED = subjects.state_of("LC-1", Service.FIXED)


# --- taken back --------------------------------------------------------------------------------


def test_an_observation_taken_back_stands_no_more_and_stays_in_the_history(store: Store) -> None:
    seeded(store)
    kept = observe(store, "s1", seen(state="other"), at=1)
    wrong = observe(store, "s2", seen(state="fibre"), at=2)
    receipt = undo(store, PLANNER, wrong.seq, "u1", moment(3))
    assert receipt.version == 3
    assert load_observations(store, KEY, seeded=False)["event"].tolist() == [kept.seq]
    known = load_observations(store, KEY, seeded=False, known_at=moment(2.5))
    assert known["event"].tolist() == [kept.seq, wrong.seq]
    told = load_history(store, KEY, village_id="LC-1")
    assert [(one.kind, one.undone) for one in told] == [
        ("observation.withdrawn", False),
        ("observation.recorded", True),
        ("observation.recorded", False),
    ]
    assert told[0].fields["state"] == "other"
    assert told[0].fields["withdrawn"] == wrong.seq
    assert refusal(lambda: undo(store, PLANNER, wrong.seq, "u2", moment(4))).key == (
        "error-store-undone"
    )


def test_work_taken_back_stands_no_more(store: Store) -> None:
    seeded(store)
    (first,) = save_works(store, PLANNER, KEY, [building()], submission="w1", now=moment(1))
    undo(store, PLANNER, first.seq, "u1", moment(2))
    assert load_works(store, KEY).empty
    assert len(load_works(store, KEY, known_at=moment(1.5))) == 1


def test_a_corrected_village_returns_to_what_it_was(store: Store) -> None:
    seeded(store)
    told: dict[str, Any] = {"actor": STEWARD, "register": KEY, "village_id": "LC-1"}
    edit_village(store, **told, facts={"people": 130}, submission="v1", now=moment(1))
    wrong = edit_village(store, **told, facts={"people": 999}, submission="v2", now=moment(2))
    undo(store, STEWARD, wrong.seq, "u1", moment(3))
    assert load_corrections(store, KEY)["LC-1"]["people"] == 130
    assert load_history(store, KEY)[0].fields["people"] == 130


def test_only_the_newest_correction_of_a_village_can_be_taken_back(store: Store) -> None:
    seeded(store)
    told: dict[str, Any] = {"actor": STEWARD, "register": KEY, "village_id": "LC-1"}
    first = edit_village(store, **told, facts={"people": 130}, submission="v1", now=moment(1))
    edit_village(store, **told, facts={"people": 140}, submission="v2", now=moment(2))
    refused = refusal(lambda: undo(store, STEWARD, first.seq, "u1", moment(3)))
    assert refused.key == "error-store-changed-since"
    assert load_corrections(store, KEY)["LC-1"]["people"] == 140


def test_a_target_returns_to_what_it_was_also_from_given_up(store: Store) -> None:
    seeded(store)
    told: dict[str, Any] = {"actor": PLANNER, "register": KEY}
    changed = save_target(
        store, **told, one=replace(FIBRE, required=3), submission="t1", now=moment(1)
    )
    undo(store, PLANNER, changed.seq, "u1", moment(2))
    assert load_targets(store, KEY) == (FIBRE,)
    gone = save_target(store, **told, one=FIBRE, submission="t2", now=moment(3), removed=True)
    assert load_targets(store, KEY) == ()
    undo(store, PLANNER, gone.seq, "u2", moment(4))
    assert load_targets(store, KEY) == (FIBRE,)
    new = save_target(
        store, **told, one=replace(FIBRE, target_id="x"), submission="t3", now=moment(5)
    )
    undo(store, PLANNER, new.seq, "u3", moment(6))
    assert load_targets(store, KEY) == (FIBRE,)


def test_a_target_of_the_register_before_returns_to_what_it_was_there(store: Store) -> None:
    seeded(store)
    later = replace(small_register("lao-cai-2", continues=KEY), targets=())
    seed_register(store, STEWARD, later, moment(1))
    assert load_targets(store, "lao-cai-2") == (FIBRE,)
    changed = save_target(
        store,
        PLANNER,
        "lao-cai-2",
        replace(FIBRE, required=4),
        submission="t1",
        now=moment(2),
    )
    undo(store, PLANNER, changed.seq, "u1", moment(3))
    assert load_targets(store, "lao-cai-2") == (FIBRE,)


def test_what_cannot_be_taken_back_says_so(store: Store) -> None:
    one_of_everything(store)
    kinds = {row["kind"]: row["seq"] for row in log(store)}
    for kind in ("register.seeded", "plan.kept", "role.granted", "attachment.kept"):
        refused = refusal(lambda seq=kinds[kind]: undo(store, ADMINISTRATOR, seq, "u9", moment(20)))  # type: ignore[misc]
        assert refused.key == "error-store-not-undoable"
    missing = refusal(lambda: undo(store, ADMINISTRATOR, 999, "u9", moment(20)))
    assert missing.key == "error-store-no-event"


# --- versions and conflicts ---------------------------------------------------------------------


def test_history_and_versions_count_what_was_recorded_of_a_subject(store: Store) -> None:
    one_of_everything(store)
    work = subjects.work_of("LC-1", Service.FIXED)
    wanted = [FIXED, work, subjects.state_of("LC-3", Service.FIXED), "state:nobody:fixed"]
    assert list(versions_of(store, KEY, wanted).values()) == [1, 1, 2, 0]
    own = load_history(store, KEY, village_id="LC-1")
    assert [one.kind for one in own] == [
        "village.edited",
        "work.reported",
        "observation.recorded",
    ]
    assert {one.actor for one in load_history(store, KEY, by=STEWARD.login)} == {STEWARD.login}
    assert len(load_history(store, KEY, most=2)) == 2
    assert [one.seq for one in load_history(store, KEY)] == sorted(
        (one.seq for one in load_history(store, KEY)), reverse=True
    )


def test_who_comes_late_is_shown_theirs_yours_and_the_original(store: Store) -> None:
    seeded(store)
    observe(store, "s1", seen(state="none", seen=0), at=1)
    save_observations(
        store, STEWARD, KEY, [seen(state="other", seen=1)], submission="s2", now=moment(2)
    )
    before = hashes(store)
    mine = [seen(2, seen=0), seen(state="fibre", seen=1, note="của tôi")]
    with pytest.raises(ConflictError) as late:
        save_observations(store, PLANNER, KEY, mine, submission="s3", now=moment(3))
    (conflict,) = late.value.conflicts
    assert (conflict.subject, conflict.part, conflict.seen, conflict.version) == (FIXED, 1, 1, 2)
    assert (conflict.by, conflict.recorded_at) == (STEWARD.login, moment(2))
    assert [one["state"] for one in (conflict.original, conflict.theirs, conflict.yours)] == [
        "none",
        "other",
        "fibre",
    ]
    assert conflict.yours["note"] == "của tôi"
    assert hashes(store) == before
    # Having seen it, the author may decide; nothing of anybody is discarded.
    observe(store, "s3", seen(state="fibre", seen=2, note="của tôi"), at=4)
    assert load_observations(store, KEY, seeded=False)["state"].tolist() == [
        "none",
        "other",
        "fibre",
    ]


def test_a_version_that_never_was_is_refused(store: Store) -> None:
    seeded(store)
    refused = refusal(lambda: observe(store, "s1", seen(seen=7)))
    assert refused.key == "error-store-version"


# --- once, however often it is sent -------------------------------------------------------------


def test_a_double_click_makes_one_event(store: Store) -> None:
    seeded(store)
    first = observe(store, "s1", seen(seen=0), at=1)
    again = observe(store, "s1", seen(seen=0), at=2)
    assert again == replace(first, repeated=True)
    assert head_of(store)[0] == 2


def test_a_retry_after_a_crash_makes_one_event(address: str) -> None:
    first_life = open_store(address)
    seeded(first_life)
    first = observe(first_life, "s1", seen(), seen(2))
    first_life.close()
    second_life = open_store(address)
    try:
        again = observe(second_life, "s1", seen(), seen(2), at=60)
        assert again == replace(first, repeated=True)
        assert head_of(second_life)[0] == 3
    finally:
        second_life.close()


def test_a_retried_undo_answers_as_the_first(store: Store) -> None:
    seeded(store)
    wrong = observe(store, "s1")
    edited = edit_village(
        store, STEWARD, KEY, "LC-1", {"people": 9}, submission="v1", now=moment(2)
    )
    for actor, event, key in ((PLANNER, wrong.seq, "u1"), (STEWARD, edited.seq, "u2")):
        first = undo(store, actor, event, key, moment(3))
        assert undo(store, actor, event, key, moment(4)) == replace(first, repeated=True)


def test_two_threads_with_one_key_make_one_event(store: Store) -> None:
    seeded(store)
    together = threading.Barrier(8)
    told: list[Receipt] = []

    def click() -> None:
        together.wait()
        told.append(observe(store, "s1", seen(seen=0)))

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.repeated for one in told) == [False] + [True] * 7
    assert {one.hash for one in told} == {hashes(store)[-1]}
    assert head_of(store)[0] == 2


def test_a_key_used_for_something_else_is_refused_not_swallowed(store: Store) -> None:
    seeded(store)
    observe(store, "s1", seen(state="none"))
    for changed in ([seen(state="fibre")], [seen(2, state="none")], [seen(state="none"), seen(2)]):
        refused = refusal(lambda told=changed: observe(store, "s1", *told))  # type: ignore[misc]
        assert refused.key == "error-store-submission"
    stolen = refusal(
        lambda: save_observations(
            store, STEWARD, KEY, [seen(state="none")], submission="s1", now=moment(5)
        )
    )
    assert stolen.key == "error-store-submission"
    undone = refusal(lambda: undo(store, PLANNER, 2, "s1", moment(6)))
    assert undone.key == "error-store-submission"
