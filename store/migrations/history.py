"""What every history table has, for the migrations that make one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op


def create_history(name: str, *columns: sa.Column[Any], index: tuple[str, ...]) -> None:
    """Create a history table: its event, its place in it, its own columns and its hash."""
    op.create_table(
        name,
        sa.Column("event", sa.Integer, sa.ForeignKey("event.seq"), nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        *columns,
        sa.Column("row_hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("event", "row", name=f"{name}_key"),
    )
    op.create_index(f"{name}_by_{index[-1]}", name, list(index))


def text(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Return a column of text."""
    return sa.Column(name, sa.Text, nullable=null)


def whole(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Return a column of whole numbers."""
    return sa.Column(name, sa.Integer, nullable=null)


def flag(name: str) -> sa.Column[Any]:
    """Return a column of yes and no."""
    return sa.Column(name, sa.Boolean, nullable=False)


def day(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Return a column of days."""
    return sa.Column(name, sa.Date, nullable=null)
