"""A province as it is recorded: nothing lost, nothing invented, and the register moves on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from planning.authority import Actor
from planning.errors import ConflictError, StoreError
from planning.vocabulary import Evidence, Gap, Role, Service, Target, WorkStatus
from planning.work import work_at
from services.province import Province, shipped_province
from services.record import (
    Record,
    as_recorded,
    carry_on,
    is_begun,
    open_here,
    permit_seeding,
    person_here,
    province_here,
    register_key,
)
from services.recording import (
    Updates,
    apply_updates,
    correct_village,
    over_theirs,
    set_target,
)
from services.shelf import SHIPPED, Shelf, ShelfEntry
from services.track import track
from services.work_queue import work_queue
from store.history import load_history, undo
from store.ledger import Receipt
from store.observations import Observed, load_states
from store.works import WorkReport

NOW = datetime(2024, 10, 1, 8, 0, tzinfo=UTC)
BUILT = date(2024, 9, 1)
PLANNER = Actor("lan@example.vn", Role.PLANNER)
STEWARD = Actor("minh@example.vn", Role.STEWARD)


@pytest.fixture(scope="module")
def base() -> Province:
    return shipped_province()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "home")


@pytest.fixture
def record(shelf: Shelf) -> Iterator[Record]:
    store = open_here(shelf)
    yield Record(store, SHIPPED)
    store.close()


def lacking_fibre(base: Province) -> list[str]:
    cohort = base.cohort(Gap.FIBRE, date(2024, 6, 30)).to_numpy()
    return [str(one) for one in base.villages.loc[cohort, "village_id"]]


def observe(
    base: Province, record: Record, actor: Actor, observed: list[Observed], *, submission: str,
    now: datetime,
) -> tuple[Receipt, ...]:  # fmt: skip
    updates = Updates(observed=tuple(observed))
    return apply_updates(base, record, actor, updates, submission=submission, now=now)


def report_work(
    base: Province, record: Record, actor: Actor, reports: list[WorkReport], *, submission: str,
    now: datetime,
) -> tuple[Receipt, ...]:  # fmt: skip
    updates = Updates(reports=tuple(reports))
    return apply_updates(base, record, actor, updates, submission=submission, now=now)


def fibre(village_id: str, *, seen: int | None = None, note: str | None = None) -> Observed:
    return Observed(
        village_id, Service.FIXED, "fibre", BUILT, Evidence.ACCEPTANCE, note=note, seen=seen
    )


def test_reading_makes_no_store(shelf: Shelf, base: Province) -> None:
    assert province_here(shelf).data_hash == base.data_hash
    assert not is_begun(shelf)
    assert not shelf.home.exists()


def test_three_villages_accepted_are_three_of_twenty_eight(base: Province, record: Record) -> None:
    chosen = lacking_fibre(base)[:3]
    observe(base, record, PLANNER, [fibre(one) for one in chosen], submission="a", now=NOW)
    recorded = as_recorded(base, record)
    achieved = {
        report.progress.target.target_id: report.progress.achieved
        for report in track(recorded, date(2024, 12, 31))
    }
    assert achieved == {"no-signal-2024": 0, "fibre-2024": 3}
    assert recorded.data_hash != base.data_hash
    assert len(recorded.record_head) == 64
    # Looked at the day before, nothing of it was known to be there.
    before = [report.progress.achieved for report in track(recorded, date(2024, 8, 31))]
    assert before == [0, 0]


def test_the_store_answers_as_the_pages_do(base: Province, record: Record) -> None:
    observe(base, record, PLANNER, [fibre(lacking_fibre(base)[0])], submission="a", now=NOW)
    day = date(2024, 9, 30)
    stored = load_states(record.store, record.key, day)
    shown = as_recorded(base, record).states(day)
    for service, column in ((Service.FIXED, "fixed_state"), (Service.MOBILE, "mobile_state")):
        states = stored[stored["service"] == service].set_index("village_id")["state"]
        expected = states.reindex(shown.index).fillna("unknown")
        assert (expected == shown[column]).all()


def test_undo_returns_the_figures_and_keeps_both_entries(base: Province, record: Record) -> None:
    (receipt,) = observe(
        base, record, PLANNER, [fibre(lacking_fibre(base)[0])], submission="a", now=NOW
    )
    undo(record.store, PLANNER, receipt.seq, "u", NOW)
    recorded = as_recorded(base, record)
    pd.testing.assert_frame_equal(recorded.states(BUILT), base.states(BUILT))
    kinds = [told.kind for told in load_history(record.store, record.key)]
    assert kinds == ["observation.withdrawn", "observation.recorded", "register.seeded"]


def test_a_planner_may_not_undo_what_a_steward_recorded(base: Province, record: Record) -> None:
    (receipt,) = observe(
        base, record, STEWARD, [fibre(lacking_fibre(base)[0])], submission="a", now=NOW
    )
    with pytest.raises(StoreError) as refused:
        undo(record.store, PLANNER, receipt.seq, "u", NOW)
    assert refused.value.key == "error-store-forbidden"


def test_work_reaches_the_province_with_its_days(base: Province, record: Record) -> None:
    one = lacking_fibre(base)[0]
    reports = [
        WorkReport(one, Service.FIXED, WorkStatus.BUILDING, date(2024, 8, 1)),
        WorkReport(one, Service.FIXED, WorkStatus.ON_AIR, date(2024, 9, 20)),
    ]
    report_work(base, record, PLANNER, reports, submission="a", now=NOW)
    recorded = as_recorded(base, record)
    ids = pd.Index([one])
    for day, status in (
        (date(2024, 7, 31), "not_assigned"),
        (date(2024, 8, 15), "building"),
        (date(2024, 9, 20), "on_air"),
    ):
        assert work_at(recorded.works, ids, Service.FIXED, day)["status"].tolist() == [status]
    assert recorded.days[-1] == date(2024, 9, 20)


def test_the_queue_puts_what_waits_for_the_role_first(base: Province, record: Record) -> None:
    one, two = lacking_fibre(base)[:2]
    report_work(
        base,
        record,
        PLANNER,
        [
            WorkReport(one, Service.FIXED, WorkStatus.ON_AIR, BUILT),
            WorkReport(two, Service.FIXED, WorkStatus.BUILDING, BUILT),
        ],
        submission="a",
        now=NOW,
    )
    recorded = as_recorded(base, record)
    queue = work_queue(recorded, record, Gap.FIBRE, Role.STEWARD, date(2024, 10, 1))
    assert (len(queue.table), queue.mine) == (56, 1)
    first = queue.table.iloc[0]
    assert (first["village_id"], first["waiting_for"], first["days"]) == (one, "accept", 30)
    assert (first["version_state"], first["version_work"]) == (0, 1)
    for_planner = work_queue(recorded, record, Gap.FIBRE, Role.PLANNER, date(2024, 10, 1))
    power = int((for_planner.table["waiting_for"] == "power").sum())
    assert for_planner.mine == 56 - 1 - power


def test_a_village_served_and_accepted_leaves_the_queue(base: Province, record: Record) -> None:
    one = lacking_fibre(base)[0]
    updates = Updates((fibre(one),), (WorkReport(one, Service.FIXED, WorkStatus.ACCEPTED, BUILT),))
    apply_updates(base, record, STEWARD, updates, submission="a", now=NOW)
    queue = work_queue(as_recorded(base, record), record, Gap.FIBRE, Role.STEWARD, BUILT)
    assert one not in set(queue.table["village_id"])


def test_a_late_edit_is_shown_beside_theirs_and_can_be_recorded_over_it(
    base: Province, record: Record
) -> None:
    one, two = lacking_fibre(base)[:2]
    observe(base, record, STEWARD, [fibre(one, note="của Minh")], submission="a", now=NOW)
    mine = Updates((fibre(one, seen=0, note="của Lan"), fibre(two, seen=0)))
    with pytest.raises(ConflictError) as refused:
        apply_updates(base, record, PLANNER, mine, submission="b", now=NOW)
    (conflict,) = refused.value.conflicts
    assert (conflict.by, conflict.part, conflict.seen, conflict.version) == (STEWARD.login, 0, 0, 1)
    assert (conflict.theirs["note"], conflict.yours["note"]) == ("của Minh", "của Lan")
    # Nothing was recorded, not even what nobody contests.
    assert two not in set(as_recorded(base, record).observations.tail(1)["village_id"])
    dropped = over_theirs(mine, refused.value, frozenset())
    assert [seen.village_id for seen in dropped.observed] == [two]
    again = over_theirs(mine, refused.value, frozenset({0}))
    receipts = apply_updates(base, record, PLANNER, again, submission="c", now=NOW)
    assert [receipt.version for receipt in receipts] == [2, 1]


def test_a_double_click_records_once(base: Province, record: Record) -> None:
    observed = [fibre(lacking_fibre(base)[0], seen=0)]
    first = observe(base, record, PLANNER, observed, submission="same", now=NOW)
    second = observe(base, record, PLANNER, observed, submission="same", now=NOW)
    assert [one.seq for one in first] == [one.seq for one in second]
    assert second[0].repeated


def test_corrected_facts_show_and_can_be_taken_back(base: Province, record: Record) -> None:
    one = lacking_fibre(base)[0]
    receipt = correct_village(
        base, record, STEWARD, one, {"people": 321, "name": "Bản Mới"}, submission="a", now=NOW
    )
    shown = as_recorded(base, record).villages.set_index("village_id").loc[one]
    assert (shown["people"], shown["name"]) == (321, "Bản Mới")
    undo(record.store, STEWARD, receipt.seq, "u", NOW)
    back = as_recorded(base, record).villages.set_index("village_id").loc[one]
    before = base.villages.set_index("village_id").loc[one]
    assert (back["people"], back["name"]) == (before["people"], before["name"])


def test_a_planner_may_not_correct_facts(base: Province, record: Record) -> None:
    with pytest.raises(StoreError) as refused:
        correct_village(
            base, record, PLANNER, lacking_fibre(base)[0], {"people": 1}, submission="a", now=NOW
        )
    assert refused.value.key == "error-store-forbidden"


def test_a_new_target_stands_beside_the_shipped_ones(base: Province, record: Record) -> None:
    added = Target("fibre-2025", Gap.FIBRE, date(2024, 6, 30), 56, 56, date(2025, 12, 31), "KH 478")
    set_target(base, record, PLANNER, added, submission="a", now=NOW)
    assert as_recorded(base, record).targets == (*base.targets, added)
    set_target(base, record, PLANNER, added, submission="b", now=NOW, removed=True)
    assert as_recorded(base, record).targets == base.targets


def test_work_goes_on_when_a_newer_list_takes_the_registers_place(
    base: Province, shelf: Shelf, record: Record
) -> None:
    one = lacking_fibre(base)[0]
    report = WorkReport(one, Service.FIXED, WorkStatus.BUILDING, BUILT)
    report_work(base, record, PLANNER, [report], submission="a", now=NOW)
    entry = ShelfEntry("next", "Lào Cai", "list.xlsx", NOW, len(base.villages), illustrative=True)
    shelf.put(entry, shelf.files(SHIPPED))
    carry_on(shelf, SHIPPED, "next", STEWARD, NOW + timedelta(days=1))
    shelf.use("next")
    recorded = province_here(shelf)
    assert recorded.works["status"].tolist() == ["building"]
    assert {target.target_id for target in recorded.targets} == {"no-signal-2024", "fibre-2024"}


def test_a_folder_of_the_administrator_keeps_its_record_when_its_files_change(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert register_key(shelf) == SHIPPED
    monkeypatch.setenv("GAP_PLANNER_DATA", str(tmp_path / "Yên Bái"))
    assert register_key(shelf) == "folder-yen-bai"


def test_whoever_holds_the_file_administers_it(record: Record) -> None:
    assert person_here(record.store).role == Role.ADMINISTRATOR


def test_only_those_who_keep_the_data_accept_registers() -> None:
    assert permit_seeding(None).role == Role.ADMINISTRATOR
    assert permit_seeding(STEWARD) == STEWARD
    with pytest.raises(StoreError) as refused:
        permit_seeding(PLANNER)
    assert refused.value.key == "error-store-forbidden"
