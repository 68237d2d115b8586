"""Twenty writers at once: nothing lost, nobody told "database is locked", losers told so.

The full length of the issue takes ``GAP_PLANNER_LONG=1``; edits per second are printed, never
asserted: a busy machine is not a fault of the program.
"""

from __future__ import annotations

import os
from typing import Any

import pytest

from planning.errors import StoreError
from planning.vocabulary import Service
from store import subjects
from store.history import load_history, versions_of
from store.observations import load_observations
from store.opening import Store, open_store
from store.verification import verify
from tests.integration.small_record import KEY, hashes, log, moment, observe, seeded, seen
from tests.integration.store_writers import Told, contest, together, write_for

LONG = bool(os.environ.get("GAP_PLANNER_LONG"))
SECONDS = 10 if LONG else 3
CONTESTED = 10_000 if LONG else 1_000
WRITERS = 20


def acknowledged(told: list[Told]) -> dict[str, str]:
    assert [problem for one in told for problem in one.problems] == []
    return {key: told_hash for one in told for key, told_hash in one.acknowledged.items()}


def test_twenty_writers_lose_nothing_and_never_find_it_locked(
    address: str, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    seeded(store)
    known = acknowledged(together(address, write_for, WRITERS, SECONDS))
    recorded = {row["submission"]: row["hash"] for row in log(store)[1:]}
    assert recorded == known
    found = verify(store)
    assert (found.breaches, found.events) == ((), len(known) + 1)
    assert len(load_observations(store, KEY, seeded=False)) == len(known)
    with capsys.disabled():
        kind = "SQLite" if store.is_file else "PostgreSQL"
        print(
            f"\n{kind}: {len(known) / SECONDS:,.0f} edits/s by {WRITERS} processes for {SECONDS} s"
        )


def test_contested_edits_end_as_acknowledged_and_each_loser_is_told(
    address: str, store: Store
) -> None:
    seeded(store)
    told = together(address, contest, WRITERS, CONTESTED // WRITERS)
    known = acknowledged(told)
    assert len(known) + sum(one.late for one in told) == CONTESTED
    assert sum(one.late for one in told) > 0
    recorded = log(store)[1:]
    assert {row["submission"]: row["hash"] for row in recorded} == known
    wanted = [subjects.state_of(f"LC-{n}", one) for n in (1, 2, 3) for one in Service][:5]
    final = versions_of(store, KEY, wanted)
    assert sum(final.values()) == len(known)
    for subject, version in final.items():
        versions = [row["version"] for row in recorded if row["subject"] == subject]
        assert versions == list(range(1, version + 1))
    assert verify(store).breaches == ()


def opening(store: Store, worker: int, amount: int, told: Told) -> None:
    told.acknowledged[f"open-{worker}"] = observe(store, f"open-{worker}").hash


def test_twenty_processes_may_open_a_new_record_at_once(tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"

    told = together(url, seed_and_observe, WRITERS, 1)
    known = acknowledged(told)
    store = open_store(url)
    assert set(hashes(store)[1:]) == set(known.values())
    assert len(known) == WRITERS
    assert verify(store).breaches == ()
    store.close()


def seed_and_observe(store: Store, worker: int, amount: int, told: Told) -> None:
    opening(seeded(store), worker, amount, told)


def test_verifying_while_others_write_finds_nothing(address: str, store: Store) -> None:
    """A reader sees one state, also a reader of many tables."""
    import threading  # noqa: PLC0415

    seeded(store)
    stop = threading.Event()

    def work() -> None:
        for n in range(1_000_000):
            if stop.is_set():
                return
            observe(store, f"s{n}", seen(1 + n % 4), at=n % 50)

    writer = threading.Thread(target=work)
    writer.start()
    try:
        for _ in range(15):
            assert verify(store).breaches == ()
    finally:
        stop.set()
        writer.join()


def test_who_waits_too_long_is_told_that_it_is_busy(
    file_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded(file_store)
    monkeypatch.setattr("store.opening._BUSY_MS", 100)
    impatient = open_store(f"sqlite:///{file_store.file}")
    with file_store.writing(), pytest.raises(StoreError) as told:
        observe(impatient, "s1")
    assert told.value.key == "error-store-busy"
    assert [one.kind for one in load_history(impatient, KEY)] == ["register.seeded"]
    impatient.close()
    assert observe(file_store, "s1", at=2).seq == 2
    assert log(file_store)[-1]["recorded_at"] == moment(2)
