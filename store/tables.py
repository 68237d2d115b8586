"""The tables of the register of record (docs/reference/store.md), in SQLAlchemy's words.

History tables only grow: triggers of the database refuse UPDATE and DELETE. Each of their rows
carries the event that wrote it and its own hash. Two small tables are rewritten and are no
history: ``latest`` (the version of every subject) and ``chain`` (the head of the event log).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata: Final = MetaData()


class Moment(TypeDecorator[datetime]):
    """An instant with its time zone; kept as UTC, also where a database knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring an instant to UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give an instant its time zone back."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


chain: Final = Table(
    "chain",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

event: Final = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("register", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("submission", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("rows_hash", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("submission", "part", name="event_once"),
    UniqueConstraint("register", "subject", "version", name="event_version"),
)

latest: Final = Table(
    "latest",
    metadata,
    Column("register", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("version", Integer, nullable=False),
    PrimaryKeyConstraint("register", "subject"),
)


def _history(name: str, *columns: Column[Any], index: tuple[str, ...] = ()) -> Table:
    """Return a history table: what every one has, then its own columns."""
    return Table(
        name,
        metadata,
        Column("event", Integer, ForeignKey("event.seq"), nullable=False),
        Column("row", Integer, nullable=False),
        *columns,
        Column("row_hash", Text, nullable=False),
        PrimaryKeyConstraint("event", "row", name=f"{name}_key"),
        *([Index(f"{name}_by_{index[-1]}", *index)] if index else []),
    )


register: Final = _history(
    "register",
    Column("register", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("data_hash", Text, nullable=False),
    Column("illustrative", Boolean, nullable=False),
    Column("continues", Text, nullable=False),
    index=("register",),
)

village: Final = _history(
    "village",
    Column("register", Text, nullable=False),
    Column("village_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text),
    Column("lon", Float),
    Column("lat", Float),
    Column("facts", Text, nullable=False),
    index=("register", "village_id"),
)

alias: Final = _history(
    "alias",
    Column("register", Text, nullable=False),
    Column("village_id", Text, nullable=False),
    Column("alias", Text, nullable=False),
    index=("register", "village_id"),
)

membership: Final = _history(
    "membership",
    Column("register", Text, nullable=False),
    Column("village_id", Text, nullable=False),
    Column("area_kind", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    index=("register", "village_id"),
)

observation: Final = _history(
    "observation",
    Column("register", Text, nullable=False),
    Column("village_id", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("observed_on", Date, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("source", Text),
    Column("note", Text),
    Column("attachment", Text),
    index=("register", "village_id"),
)

work: Final = _history(
    "work",
    Column("register", Text, nullable=False),
    Column("village_id", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("source", Text),
    Column("note", Text),
    Column("attachment", Text),
    index=("register", "village_id"),
)

withdrawal: Final = _history(
    "withdrawal",
    Column("register", Text, nullable=False),
    Column("withdrawn", Integer, ForeignKey("event.seq"), nullable=False),
    index=("register", "withdrawn"),
)

target: Final = _history(
    "target",
    Column("register", Text, nullable=False),
    Column("target_id", Text, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("gap", Text, nullable=False),
    Column("cohort_on", Date, nullable=False),
    Column("cohort_size", Integer, nullable=False),
    Column("required", Integer, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("result", Integer),
    Column("area", Text, nullable=False),
    Column("milestones", Text, nullable=False),
    index=("register", "target_id"),
)

plan: Final = _history(
    "plan",
    Column("register", Text, nullable=False),
    Column("plan_id", Text, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("plan_hash", Text, nullable=False),
    Column("data_hash", Text, nullable=False),
    Column("card", Text, nullable=False),
    index=("register", "plan_id"),
)

person: Final = _history(
    "person",
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    index=("login",),
)

attachment: Final = _history(
    "attachment",
    Column("content_hash", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary),
    index=("content_hash",),
)

HISTORY: Final = (
    register, village, alias, membership, observation, work, withdrawal, target, plan, person,
    attachment,
)  # fmt: skip
"""Tables whose rows belong to events; with ``event`` they refuse UPDATE and DELETE."""
