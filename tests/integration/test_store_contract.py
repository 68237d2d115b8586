"""What the register of record promises, on SQLite and on a real PostgreSQL with PostGIS alike."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from unicodedata import normalize

import pandas as pd
import pytest
from sqlalchemy import select, text

from planning.authority import Actor
from planning.vocabulary import (
    Area,
    AreaKind,
    Gap,
    Milestone,
    Role,
    Service,
    Target,
    WorkStatus,
)
from planning.work import work_at
from store import subjects
from store.attachments import keep_attachment, load_attachment
from store.history import head_of, load_history
from store.ledger import Receipt
from store.observations import load_observations, load_states, save_observations
from store.opening import Store, open_store
from store.people import Person, grant_role, load_people, role_of
from store.plans import load_plans, save_plan
from store.registers import is_seeded, last_event, seed_register
from store.tables import alias, membership, village
from store.targets import load_targets, save_target
from store.verification import verify
from store.villages import edit_village, load_corrections
from store.works import load_works, save_works
from tests.integration.postgres_server import Server
from tests.integration.small_record import (
    ADMINISTRATOR,
    DECOMPOSED,
    FIBRE,
    HOSTILE,
    KEY,
    NAMES,
    PLANNER,
    PNG,
    STEWARD,
    building,
    hashes,
    moment,
    observe,
    one_of_everything,
    refusal,
    rows,
    seeded,
    seen,
    small_register,
)

FIXED = subjects.state_of("LC-1", Service.FIXED)


# --- taken in ---------------------------------------------------------------------------------


def test_a_register_is_taken_in_whole_and_read_back_as_it_was(store: Store) -> None:
    receipt = seed_register(store, PLANNER, small_register(), moment())
    assert (receipt.seq, receipt.version, receipt.repeated) == (1, 1, False)
    assert is_seeded(store, KEY)
    assert not is_seeded(store, "another")
    named = rows(store, select(village.c.village_id, village.c.name).order_by(village.c.row))
    assert [tuple(one) for one in named] == [(f"LC-{n + 1}", NAMES[n]) for n in range(4)]
    assert rows(store, select(alias.c.alias).order_by(alias.c.row)) == [
        ("Ngải Trồ",),
        ("Ngai Thau",),
    ]
    dated = select(
        membership.c.area_kind, membership.c.code, membership.c.valid_from, membership.c.valid_to
    ).where(membership.c.village_id == "LC-1")
    change = date(2025, 7, 1)
    assert {tuple(one) for one in rows(store, dated)} == {
        ("commune", "02701", None, change),
        ("district", "082", None, change),
        ("unit", "02701", change, None),
    }
    states = load_states(store, KEY, date(2024, 1, 1))
    assert list(states["state"]) == ["none"] * 4
    assert load_states(store, KEY, date(2023, 12, 30)).empty
    assert load_observations(store, KEY, seeded=False).empty
    assert load_targets(store, KEY) == (FIBRE,)
    assert last_event(store, KEY) == ""
    assert verify(store).breaches == ()


def test_a_register_is_taken_in_once_whoever_begins(store: Store) -> None:
    seeded(store)
    again = seed_register(store, STEWARD, small_register(), moment(5))
    assert again.repeated
    assert head_of(store)[0] == 1


def test_two_people_who_begin_at_once_take_it_in_once(store: Store) -> None:
    together = threading.Barrier(2)
    told: list[Receipt] = []

    def begin(actor: Actor) -> None:
        together.wait()
        told.append(seed_register(store, actor, small_register(), moment()))

    threads = [threading.Thread(target=begin, args=(actor,)) for actor in (PLANNER, STEWARD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.repeated for one in told) == [False, True]
    assert head_of(store)[0] == 1


# --- recorded and read back -------------------------------------------------------------------

TEXTS = {
    "Vietnamese": ("Nậm Pung, trạm số 7 – ổn định", None),
    "decomposed letters become composed": (DECOMPOSED, normalize("NFC", DECOMPOSED)),
    "quotes and statements": (HOSTILE, None),
    "a zero byte is no letter": ("trước\x00sau", "trước sau"),
    "emoji and rare letters": ("🛰️👩🏽‍🌾 𠀀 𝔖", None),
    "half of a letter is no letter": ("a\ud800b", "a b"),
    "right to left": ("\u05d0\u05d1 abc", None),
    "per cent and backslash": ("100 % \\N \\x41 %s :x {y}", None),
}


@pytest.mark.parametrize("told", TEXTS.values(), ids=TEXTS)
def test_a_note_comes_back_as_it_was_written(store: Store, told: tuple[str, str | None]) -> None:
    written, kept = told[0], told[1] or told[0]
    seeded(store)
    observe(store, "s1", seen(note=written, source=written))
    back = load_observations(store, KEY, seeded=False).iloc[0]
    assert (back["note"], back["source"]) == (kept, kept)
    assert load_history(store, KEY)[0].fields["note"] == kept
    assert verify(store).breaches == ()


def test_hostile_names_of_a_register_are_kept_and_still_fit_both_databases(store: Store) -> None:
    taken = small_register()
    named = taken.villages.assign(name=["a\x00b", DECOMPOSED, "x\x7fy", "bản"])
    seed_register(store, PLANNER, replace(taken, villages=named, name="Tỉnh\x00"), moment())
    found = rows(store, select(village.c.name).order_by(village.c.row))
    assert [one.name for one in found] == ["a b", normalize("NFC", DECOMPOSED), "x y", "bản"]
    assert verify(store).breaches == ()


def test_an_observation_says_who_when_by_which_evidence(store: Store) -> None:
    seeded(store)
    observe(store, "s1", seen(source="đoàn khảo sát", note="cột 12"))
    back = load_observations(store, KEY, seeded=False)
    assert len(back) == 1
    row = back.iloc[0]
    assert row["observed_on"] == pd.Timestamp("2024-03-14")
    assert (row["village_id"], row["service"], row["state"]) == ("LC-1", "fixed", "fibre")
    assert (row["evidence"], row["source"], row["note"]) == ("survey", "đoàn khảo sát", "cột 12")
    assert (row["by"], row["recorded_at"], row["event"]) == (PLANNER.login, moment(1), 2)
    assert len(load_observations(store, KEY)) == 5


def test_work_is_reported_and_stands_from_its_day(store: Store) -> None:
    seeded(store)
    reports = [building(), building(status=WorkStatus.ON_AIR, since=date(2024, 5, 1))]
    save_works(store, PLANNER, KEY, reports, submission="w1", now=moment(1))
    works = load_works(store, KEY)
    ids = pd.Index(["LC-1", "LC-2"])
    at = [work_at(works, ids, Service.FIXED, day)["status"].tolist() for day in (
        date(2024, 1, 31), date(2024, 2, 1), date(2024, 5, 1),
    )]  # fmt: skip
    assert at == [
        ["not_assigned", "not_assigned"],
        ["building", "not_assigned"],
        ["on_air", "not_assigned"],
    ]
    assert load_works(store, KEY, known_at=moment(0.5)).empty


def test_a_corrected_fact_leaves_the_others(store: Store) -> None:
    seeded(store)
    facts = {"name": " Ngải  Thầu 2 ", "people": 131, "minority_share": 0.25}
    edit_village(store, STEWARD, KEY, "LC-1", facts, submission="v1", now=moment(1))
    edit_village(
        store, STEWARD, KEY, "LC-1", {"grid_power": "none"}, submission="v2", now=moment(2)
    )
    assert load_corrections(store, KEY) == {
        "LC-1": {
            "name": "Ngải Thầu 2",
            "people": 131,
            "minority_share": 0.25,
            "grid_power": "none",
            "specially_difficult": True,
        }
    }


def test_a_target_comes_back_with_its_area_and_milestones(store: Store) -> None:
    seeded(store)
    own = Target(
        target_id="own",
        gap=Gap.MOBILE,
        cohort_on=date(2023, 12, 31),
        cohort_size=9,
        required=6,
        deadline=date(2024, 12, 31),
        source="Quyết định 5/QĐ-UBND",
        area=Area(AreaKind.DISTRICT, "082", "Huyện Bát Xát"),
        milestones=(Milestone(date(2024, 6, 30), 2), Milestone(date(2024, 9, 30), 4)),
    )
    save_target(store, PLANNER, KEY, own, submission="t1", now=moment(1))
    assert load_targets(store, KEY) == (FIBRE, own)
    save_target(store, PLANNER, KEY, own, submission="t2", now=moment(2), removed=True)
    assert load_targets(store, KEY) == (FIBRE,)


def test_text_of_a_target_is_cleaned_as_every_text(store: Store) -> None:
    seeded(store)
    area = Area(AreaKind.DISTRICT, "082", f"{DECOMPOSED}\x00")
    save_target(
        store,
        PLANNER,
        KEY,
        replace(FIBRE, source="a\x00b\n c", area=area),
        submission="t1",
        now=moment(1),
    )
    (back,) = load_targets(store, KEY)
    assert back.source == "a b c"
    assert back.area == Area(AreaKind.DISTRICT, "082", normalize("NFC", DECOMPOSED))


def test_a_plan_is_kept_given_up_and_kept_again(store: Store) -> None:
    seeded(store)

    def keep(at: float, *, removed: bool = False, name: str = "Phương án") -> Receipt:
        return save_plan(
            store,
            PLANNER,
            KEY,
            plan_id="p1",
            name=name,
            plan_hash="ab",
            data_hash="cd",
            card={"b": 1.5, "a": ["LC-1"]},
            now=moment(at),
            removed=removed,
        )

    assert keep(1).version == 1
    assert keep(1.01).repeated
    (kept,) = load_plans(store, KEY)
    assert (kept.name, kept.card, kept.by, kept.removed) == (
        "Phương án",
        {"a": ["LC-1"], "b": 1.5},
        PLANNER.login,
        False,
    )
    assert keep(2, removed=True).version == 2
    assert load_plans(store, KEY)[0].removed
    assert keep(3, name="Phương án, lần hai").version == 3
    assert [(one.name, one.removed) for one in load_plans(store, KEY)] == [
        ("Phương án, lần hai", False)
    ]


def test_two_people_may_keep_the_same_plan(store: Store) -> None:
    seeded(store)
    told = {"plan_id": "p1", "name": "x", "plan_hash": "ab", "data_hash": "cd", "card": {}}
    save_plan(store, PLANNER, KEY, **told, now=moment(1))  # type: ignore[arg-type]
    again = save_plan(store, STEWARD, KEY, **told, now=moment(2))  # type: ignore[arg-type]
    assert again.repeated
    (kept,) = load_plans(store, KEY)
    assert kept.by == PLANNER.login


def test_a_role_is_given_changed_and_taken_away(store: Store) -> None:
    def grant(login: str, role: Role, n: int, *, active: bool = True) -> None:
        person = Person(login, "Lan", role, active)
        grant_role(store, ADMINISTRATOR, person, f"g{n}", moment(n))

    assert role_of(store, "lan") == Role.VIEWER
    grant("quản-trị", Role.ADMINISTRATOR, 1)
    grant("lan", Role.PLANNER, 2)
    assert role_of(store, "lan") == Role.PLANNER
    grant("lan", Role.STEWARD, 3)
    assert role_of(store, "lan") == Role.STEWARD
    grant("lan", Role.VIEWER, 4, active=False)
    assert role_of(store, "lan") == Role.VIEWER
    assert [(one.login, one.active) for one in load_people(store)] == [
        ("lan", False),
        ("quản-trị", True),
    ]


def test_evidence_is_kept_once_with_every_byte(store: Store) -> None:
    content = PNG + bytes(100_000)
    first = keep_attachment(store, PLANNER, content, "ảnh/1.png", moment(1))
    again = keep_attachment(store, STEWARD, content, "khác.png", moment(2))
    assert first == again
    back = load_attachment(store, first)
    assert back is not None
    assert (back.name, back.media_type, back.content) == ("1.png", "image/png", content)
    assert load_attachment(store, "0" * 64) is None
    assert head_of(store)[0] == 1


# --- seen by day and by what was known ---------------------------------------------------------


def test_the_state_of_a_day_is_the_last_before_it_as_it_was_known(store: Store) -> None:
    seeded(store)
    observe(store, "s1", seen(state="fibre", day=date(2024, 5, 1)), at=10)
    observe(store, "s2", seen(state="other", day=date(2024, 3, 1)), at=20)

    def state(day: date, known: float | None) -> str:
        at = None if known is None else moment(known)
        table = load_states(store, KEY, day, known_at=at).set_index("village_id")
        return str(table.loc["LC-1", "state"])

    april, may = date(2024, 4, 1), date(2024, 5, 1)
    assert [state(april, None), state(may, None)] == ["other", "fibre"]
    assert [state(april, 15), state(may, 15)] == ["none", "fibre"]
    assert [state(april, 5), state(may, 5)] == ["none", "none"]


# --- one record, whatever it lies on -------------------------------------------------------------


def test_the_same_events_have_the_same_hashes_on_both_databases(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = open_store("", tmp_path_factory.mktemp("other"))
    try:
        assert hashes(one_of_everything(store)) == hashes(one_of_everything(other))
        assert verify(store) == verify(other)
        assert verify(store).breaches == ()
    finally:
        other.close()


def test_numbers_that_databases_write_differently_keep_their_hash(store: Store) -> None:
    taken = small_register()
    places = taken.villages.assign(lon=[-0.0, 104, 1e-300, 0.1 + 0.2], lat=[22, 22.0, 1e22, -0.0])
    seed_register(store, PLANNER, replace(taken, villages=places), moment())
    assert verify(store).breaches == ()


def test_a_day_has_come_when_it_has_come_in_the_office(store: Store) -> None:
    seeded(store)
    early = moment(-3 * 60)  # midnight in UTC, seven in the morning in Lào Cai
    evening = early - timedelta(hours=3)  # four in the morning of the same day there
    save_observations(
        store, PLANNER, KEY, [seen(day=date(2026, 11, 2))], submission="s1", now=evening
    )
    refused = refusal(
        lambda: save_observations(
            store, PLANNER, KEY, [seen(day=date(2026, 11, 3))], submission="s2", now=evening
        )
    )
    assert refused.key == "error-store-future"
    assert refused.values["today"] == date(2026, 11, 2)


def test_numbers_and_names_no_database_can_hold_are_refused_in_words(store: Store) -> None:
    seeded(store)
    large = replace(FIBRE, cohort_size=2**40, required=1)
    refused = refusal(
        lambda: save_target(store, PLANNER, KEY, large, submission="t", now=moment(1))
    )
    assert refused.key == "error-target-count"
    for login in ("", "a\x00b", "x" * 201, "a\ud800"):
        bad = refusal(
            lambda name=login: save_observations(  # type: ignore[misc]
                store,
                Actor(name, Role.PLANNER),
                KEY,
                [seen()],
                submission="s",
                now=moment(1),
            )
        )
        assert bad.key == "error-store-login"
    for key in ("", "a\x00b", "x" * 201):
        assert refusal(lambda told=key: observe(store, told)).key == "error-store-submission"  # type: ignore[misc]
    unknown = refusal(lambda: observe(store, "s", replace(seen(), village_id="LC\x001")))
    assert unknown.key == "error-village-unknown"
    assert head_of(store)[0] == 1


# --- PostGIS ------------------------------------------------------------------------------------


def test_the_record_on_a_server_lies_on_the_map(server: Server) -> None:
    store = open_store(server.new_database())
    try:
        seeded(store)
        projected = text(
            "SELECT ST_X(p) AS e, ST_Y(p) AS n FROM (SELECT ST_Transform(place, 9208) AS p "
            "FROM village_now WHERE village_id = 'LC-1') AS found"
        )
        with store.reading() as connection:
            known = connection.execute(
                text("SELECT auth_name, auth_srid FROM spatial_ref_sys WHERE srid = 9208")
            ).one()
            at = connection.execute(projected).one()
        assert tuple(known) == ("EPSG", 9208)
        assert (at.e, at.n) == pytest.approx((419543.581, 2487684.182), abs=0.002)
        edit_village(store, STEWARD, KEY, "LC-1", {"name": "Mới"}, submission="v", now=moment(1))
        named = rows(store, text("SELECT name FROM village_now WHERE village_id = 'LC-1'"))
        assert [one.name for one in named] == ["Mới"]
    finally:
        store.close()
