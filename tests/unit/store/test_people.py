"""Roles given in the record."""

from __future__ import annotations

import pytest

from planning.authority import Actor
from planning.errors import StoreError
from planning.vocabulary import Role
from store.opening import Store
from store.people import Person, grant_role, load_people, role_of
from tests.integration.small_record import ADMINISTRATOR, moment


def grant(
    store: Store, login: str, role: Role, *, active: bool = True, name: str = "", key: str = ""
) -> None:
    person = Person(login, name, role, active)
    grant_role(store, ADMINISTRATOR, person, key or f"{login}-{role}-{active}", moment())


def refused(store: Store, login: str, role: Role, *, active: bool = True) -> str:
    with pytest.raises(StoreError) as told:
        grant(store, login, role, active=active)
    return told.value.key


def test_the_last_administrator_stays_one(store: Store) -> None:
    grant(store, "lan", Role.ADMINISTRATOR)
    assert refused(store, "lan", Role.STEWARD) == "error-store-last-administrator"
    assert refused(store, "lan", Role.ADMINISTRATOR, active=False) == (
        "error-store-last-administrator"
    )
    grant(store, "hùng", Role.ADMINISTRATOR)
    grant(store, "lan", Role.STEWARD)
    assert refused(store, "hùng", Role.VIEWER) == "error-store-last-administrator"
    assert role_of(store, "lan") == Role.STEWARD


def test_before_the_first_administrator_any_role_may_be_given(store: Store) -> None:
    grant(store, "lan", Role.PLANNER)
    grant(store, "lan", Role.VIEWER)
    assert load_people(store) == (Person("lan", "lan", Role.VIEWER, active=True),)


def test_a_person_without_a_name_is_called_by_the_login(store: Store) -> None:
    grant(store, " lan@x ", Role.PLANNER, name=" Nguyễn  Thị Lan ")
    grant(store, "hùng", Role.PLANNER)
    assert [(one.login, one.name) for one in load_people(store)] == [
        ("hùng", "hùng"),
        ("lan@x", "Nguyễn Thị Lan"),
    ]


def test_nobody_is_no_person(store: Store) -> None:
    assert refused(store, "  ", Role.PLANNER) == "error-store-login"
    assert refused(store, "x" * 201, Role.PLANNER) == "error-store-long"


def test_who_may_not_give_roles_is_told_that_and_no_more(store: Store) -> None:
    grant(store, "lan", Role.ADMINISTRATOR)
    person = Person("lan", "Lan", Role.VIEWER, active=False)
    with pytest.raises(StoreError) as told:
        grant_role(store, Actor("ai", Role.STEWARD), person, "x", moment())
    assert told.value.key == "error-store-forbidden"
