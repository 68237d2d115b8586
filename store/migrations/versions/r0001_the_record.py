"""The record: events, registers, villages, observations, work, targets.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import refuse_changes
from store.migrations.history import create_history, day, flag, text, whole

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the first schema and their guards."""
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        whole("seq"),
        text("hash"),
    )
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        *(text(name) for name in ("register", "kind", "subject")),
        whole("version"),
        *(text(name) for name in ("actor", "role")),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        text("submission"),
        whole("part"),
        *(text(name) for name in ("fields", "rows_hash", "before", "hash")),
        sa.UniqueConstraint("submission", "part", name="event_once"),
        sa.UniqueConstraint("register", "subject", "version", name="event_version"),
    )
    op.create_table(
        "latest",
        text("register"),
        text("subject"),
        whole("version"),
        sa.PrimaryKeyConstraint("register", "subject"),
    )
    create_history(
        "register",
        *(text(name) for name in ("register", "name", "data_hash")),
        flag("illustrative"),
        text("continues"),
        index=("register",),
    )
    create_history(
        "village",
        *(text(name) for name in ("register", "village_id", "name")),
        text("kind", null=True),
        sa.Column("lon", sa.Float),
        sa.Column("lat", sa.Float),
        text("facts"),
        index=("register", "village_id"),
    )
    create_history(
        "alias",
        *(text(name) for name in ("register", "village_id", "alias")),
        index=("register", "village_id"),
    )
    create_history(
        "membership",
        *(text(name) for name in ("register", "village_id", "area_kind", "code", "name")),
        day("valid_from", null=True),
        day("valid_to", null=True),
        index=("register", "village_id"),
    )
    create_history(
        "observation",
        *(text(name) for name in ("register", "village_id", "service", "state")),
        day("observed_on"),
        text("evidence"),
        *(text(name, null=True) for name in ("source", "note", "attachment")),
        index=("register", "village_id"),
    )
    create_history(
        "work",
        *(text(name) for name in ("register", "village_id", "service", "status")),
        day("since"),
        *(text(name, null=True) for name in ("source", "note", "attachment")),
        index=("register", "village_id"),
    )
    create_history(
        "withdrawal", text("register"), whole("withdrawn"), index=("register", "withdrawn")
    )
    create_history(
        "target",
        *(text(name) for name in ("register", "target_id")),
        flag("removed"),
        text("gap"),
        day("cohort_on"),
        whole("cohort_size"),
        whole("required"),
        day("deadline"),
        text("source"),
        whole("result", null=True),
        *(text(name) for name in ("area", "milestones")),
        index=("register", "target_id"),
    )
    refuse_changes(
        "event", "register", "village", "alias", "membership", "observation", "work",
        "withdrawal", "target",
    )  # fmt: skip
    op.bulk_insert(
        sa.table("chain", sa.column("id"), sa.column("seq"), sa.column("hash")),
        [{"id": 1, "seq": 0, "hash": "0" * 64}],
    )
