"""Who may do what to the record, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from planning.authority import PERMITTED, Act, Actor
from planning.errors import StoreError
from planning.vocabulary import (
    Role,
    Service,
)
from store import subjects
from store.history import undo
from store.observations import save_observations
from store.opening import Store
from store.people import Person, grant_role, load_people
from store.plans import save_plan
from store.registers import seed_register
from store.targets import load_targets, save_target
from store.villages import edit_village
from store.works import save_works
from tests.integration.small_record import (
    ACTORS,
    ADMINISTRATOR,
    FIBRE,
    KEY,
    PLANNER,
    STEWARD,
    building,
    log,
    moment,
    refusal,
    seeded,
    seen,
    small_register,
)

FIXED = subjects.state_of("LC-1", Service.FIXED)


# --- who may do what ----------------------------------------------------------------------------


def _observe(store: Store, actor: Actor) -> None:
    save_observations(store, actor, KEY, [seen(2)], submission="m-o", now=moment(30))


def _work(store: Store, actor: Actor) -> None:
    save_works(store, actor, KEY, [building(2)], submission="m-w", now=moment(30))


def _undo_own(store: Store, actor: Actor) -> None:
    # What a person once recorded as a planner is theirs, whatever they are now.
    own = Actor(actor.login, Role.PLANNER)
    (told,) = save_observations(store, own, KEY, [seen(4)], submission="m-own", now=moment(29))
    undo(store, actor, told.seq, "m-uo", moment(30))


def _undo_any(store: Store, actor: Actor) -> None:
    other = Actor("ai-đó", Role.PLANNER)
    (told,) = save_observations(store, other, KEY, [seen(4)], submission="m-any", now=moment(29))
    undo(store, actor, told.seq, "m-ua", moment(30))


def _plan(store: Store, actor: Actor) -> None:
    save_plan(
        store,
        actor,
        KEY,
        plan_id="m",
        name="m",
        plan_hash="",
        data_hash="",
        card={},
        now=moment(30),
    )


def _target(store: Store, actor: Actor) -> None:
    save_target(store, actor, KEY, replace(FIBRE, target_id="m"), submission="m-t", now=moment(30))


def _village(store: Store, actor: Actor) -> None:
    edit_village(store, actor, KEY, "LC-2", {"people": 5}, submission="m-v", now=moment(30))


def _register(store: Store, actor: Actor) -> None:
    seed_register(store, actor, small_register("lao-cai-2", continues=KEY), moment(30))


def _result(store: Store, actor: Actor) -> None:
    save_target(store, actor, KEY, replace(FIBRE, result=2), submission="m-r", now=moment(30))


def _role(store: Store, actor: Actor) -> None:
    person = Person("mới", "Mới", Role.PLANNER, active=True)
    grant_role(store, actor, person, "m-g", moment(30))


DOES = {
    Act.OBSERVE: _observe,
    Act.REPORT_WORK: _work,
    Act.UNDO_OWN: _undo_own,
    Act.UNDO_ANY: _undo_any,
    Act.SAVE_PLAN: _plan,
    Act.SET_TARGET: _target,
    Act.EDIT_VILLAGE: _village,
    Act.SEED_REGISTER: _register,
    Act.PUBLISH_RESULT: _result,
    Act.GRANT_ROLE: _role,
}


def test_every_act_has_a_function_that_does_it() -> None:
    assert set(DOES) == set(Act)


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_table_says_and_nothing_else(store: Store, role: Role) -> None:
    seeded(store)
    actor = ACTORS[role]
    for act, does in DOES.items():
        written = sum(1 for row in log(store) if row["role"] == role)
        if act in PERMITTED[role]:
            does(store, actor)
            assert sum(1 for row in log(store) if row["role"] == role) > written, act
        else:
            refused = refusal(lambda do=does: do(store, actor))  # type: ignore[misc]
            assert refused.key == "error-store-forbidden", act
            assert refused.values == {"act": str(act), "role": str(role)}
            # Only what others recorded to be undone has been added.
            assert sum(1 for row in log(store) if row["role"] == role) <= written + (
                role == Role.PLANNER
            ), act


def test_a_planner_may_not_take_a_published_result_away(store: Store) -> None:
    seeded(store)
    save_target(store, STEWARD, KEY, replace(FIBRE, result=2), submission="t1", now=moment(1))
    for n, (one, removed) in enumerate([(FIBRE, False), (FIBRE, True)]):
        refused = refusal(
            lambda told=(n, one, removed): save_target(  # type: ignore[misc]
                store,
                PLANNER,
                KEY,
                told[1],
                submission=f"t2{told[0]}",
                now=moment(2),
                removed=told[2],
            )
        )
        assert refused.values["act"] == Act.PUBLISH_RESULT
    assert load_targets(store, KEY)[0].result == 2


def test_two_administrators_cannot_take_the_role_from_each_other_at_once(store: Store) -> None:
    for n, login in enumerate(("a", "b")):
        person = Person(login, login, Role.ADMINISTRATOR, active=True)
        grant_role(store, ADMINISTRATOR, person, f"g{n}", moment(n))
    together = threading.Barrier(2)
    refused: list[str] = []

    def take(by: str, login: str) -> None:
        together.wait()
        person = Person(login, login, Role.VIEWER, active=False)
        try:
            grant_role(store, Actor(by, Role.ADMINISTRATOR), person, f"x-{login}", moment(5))
        except StoreError as problem:
            refused.append(problem.key)

    threads = [threading.Thread(target=take, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["error-store-last-administrator"]
    assert sum(one.active for one in load_people(store)) == 1
