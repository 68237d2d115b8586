"""Targets in the record: set, changed and given up by new versions, never rewritten."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from planning.authority import Act, Actor
from planning.errors import StoreError
from planning.vocabulary import Target
from store import subjects
from store.ledger import Entry, Receipt, record_in
from store.opening import Store
from store.registers import lineage
from store.tables import target
from store.target_rows import target_of, target_row
from store.texts import is_name

_MOST: Final = 1_000_000_000
_MOST_LETTERS: Final = 64


def save_target(
    store: Store,
    actor: Actor,
    register: str,
    one: Target,
    *,
    submission: str,
    now: datetime,
    seen: int | None = None,
    removed: bool = False,
) -> Receipt:
    """Record a target as it is from now on, or that it is given up.

    A target whose published result is given, or has been, needs the act that publishes results.

    Raises
    ------
    StoreError
        Also for a count above the cohort, or milestones that do not rise towards the deadline.
    """
    check_target(one)
    row = target_row(register, one, removed=removed)
    fields = {name: value for name, value in row.items() if name not in {"register", "target_id"}}
    with store.writing() as connection:
        standing = _standing(connection, register).get(one.target_id)
        published = one.result is not None or (standing and standing.result is not None)
        entry = Entry(
            register=register,
            kind="target.removed" if removed else "target.set",
            subject=subjects.target(one.target_id),
            act=Act.PUBLISH_RESULT if published else Act.SET_TARGET,
            fields=fields,
            rows=[(target, row)],
            seen=seen,
        )
        (receipt,) = record_in(connection, actor, [entry], submission, now)
    return receipt


def check_target(one: Target) -> None:
    """Refuse a target that cannot be meant."""
    if not is_name(one.target_id, _MOST_LETTERS) or not one.target_id.strip():
        raise StoreError("error-target-name")
    if not 0 < one.required <= one.cohort_size <= _MOST:
        raise StoreError("error-target-count", required=one.required, cohort=one.cohort_size)
    if one.result is not None and not 0 <= one.result <= _MOST:
        raise StoreError("error-store-value", field="result", got=str(one.result)[:80])
    if one.deadline <= one.cohort_on:
        raise StoreError("error-target-deadline", deadline=one.deadline, cohort_on=one.cohort_on)
    last_day, last_count = one.cohort_on, 0
    for step in one.milestones:
        if not (last_day < step.due_on <= one.deadline and last_count <= step.count):
            raise StoreError("error-target-milestone", day=step.due_on, count=step.count)
        last_day, last_count = step.due_on, step.count
    if last_count > one.required:
        raise StoreError("error-target-milestone", day=last_day, count=last_count)


def load_targets(store: Store, register: str) -> tuple[Target, ...]:
    """Return the targets that stand, in the order they were first set."""
    with store.reading() as connection:
        return tuple(_standing(connection, register).values())


def _standing(connection: Connection, register: str) -> dict[str, Target]:
    query = (
        select(target)
        .where(target.c.register.in_(lineage(connection, register)))
        .order_by(target.c.event, target.c.row)
    )
    last = {row["target_id"]: row for row in connection.execute(query).mappings()}
    return {name: target_of(dict(row)) for name, row in last.items() if not row["removed"]}
