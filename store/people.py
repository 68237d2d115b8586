"""People and their roles, where the identity provider does not say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from planning.authority import Act, Actor
from planning.errors import StoreError
from planning.vocabulary import Role
from store import subjects
from store.ledger import MOST_LETTERS, OWN_MACHINE_WIDE, Entry, Receipt, record_in
from store.opening import Store
from store.tables import person
from store.texts import one_line


@dataclass(frozen=True, slots=True)
class Person:
    """A person the record knows.

    Attributes
    ----------
    login, name : str
    role : Role
    active : bool
        False once the role is taken away.
    """

    login: str
    name: str
    role: Role
    active: bool


def grant_role(
    store: Store, actor: Actor, granted: Person, submission: str, now: datetime
) -> Receipt:
    """Give a person a role, change it or take it away.

    Raises
    ------
    StoreError
        Also when the last active administrator would be left without the role.
    """
    login = one_line(granted.login, "login", MOST_LETTERS)
    if not login:
        raise StoreError("error-store-login", got="")
    fields = {
        "name": one_line(granted.name, "name") or login,
        "role": str(granted.role),
        "active": granted.active,
    }
    entry = Entry(
        register=OWN_MACHINE_WIDE,
        kind="role.granted" if granted.active else "role.withdrawn",
        subject=subjects.person(login),
        act=Act.GRANT_ROLE,
        fields=fields,
        rows=[(person, fields | {"login": login})],
    )
    with store.writing() as connection:
        # Two administrators who take the role from each other ask here one after the other.
        left = {one.login for one in _standing(connection) if _administers(one)}
        if left == {login} and not _administers(granted) and actor.may(Act.GRANT_ROLE):
            raise StoreError("error-store-last-administrator", login=login)
        (receipt,) = record_in(connection, actor, [entry], submission, now)
    return receipt


def _administers(one: Person) -> bool:
    return one.active and one.role == Role.ADMINISTRATOR


def load_people(store: Store) -> tuple[Person, ...]:
    """Return every person as they stand now, by login."""
    with store.reading() as connection:
        return _standing(connection)


def _standing(connection: Connection) -> tuple[Person, ...]:
    rows = connection.execute(select(person).order_by(person.c.event)).mappings().all()
    last = {row["login"]: row for row in rows}
    return tuple(
        Person(row["login"], row["name"], Role(row["role"]), row["active"])
        for _, row in sorted(last.items())
    )


def role_of(store: Store, login: str) -> Role:
    """Return the role a person has been given; a viewer's where none was."""
    query = (
        select(person.c.role, person.c.active)
        .where(person.c.login == login)
        .order_by(person.c.event.desc())
    )
    with store.reading() as connection:
        row = connection.execute(query).first()
    return Role(row.role) if row and row.active else Role.VIEWER
