"""Plans, people and pieces of evidence.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa

from store.migrations.guards import refuse_changes
from store.migrations.history import create_history, flag, text, whole

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their tables and guards."""
    create_history(
        "plan",
        *(text(name) for name in ("register", "plan_id")),
        flag("removed"),
        *(text(name) for name in ("name", "plan_hash", "data_hash", "card")),
        index=("register", "plan_id"),
    )
    create_history(
        "person",
        *(text(name) for name in ("login", "name", "role")),
        flag("active"),
        index=("login",),
    )
    create_history(
        "attachment",
        *(text(name) for name in ("content_hash", "name", "media_type")),
        whole("size"),
        sa.Column("content", sa.LargeBinary),
        index=("content_hash",),
    )
    refuse_changes("plan", "person", "attachment")
