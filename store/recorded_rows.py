"""Rows of a history table that stand: recorded by a moment and not withdrawn since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, and_, select

from store.tables import event, withdrawal


def standing(table: Any, known_at: datetime | None) -> Any:
    """Return the condition of a row of a table standing: recorded by then and not withdrawn."""
    gone = select(withdrawal.c.withdrawn).join(event, event.c.seq == withdrawal.c.event)
    if known_at is None:
        return table.c.event.not_in(gone)
    return and_(
        event.c.recorded_at <= known_at,
        table.c.event.not_in(gone.where(event.c.recorded_at <= known_at)),
    )


def load_rows(
    connection: Connection,
    table: Table,
    columns: Sequence[str],
    day: str,
    registers: Sequence[str],
    *,
    known_at: datetime | None = None,
    seeded: bool = True,
) -> pd.DataFrame:
    """Return the standing rows of registers, in order of recording.

    Parameters
    ----------
    connection : Connection
    table : Table
    columns : sequence of str
        Of the table, but ``event``, ``by`` and ``recorded_at``, which are the event's.
    day : str
        The column to return as datetime64.
    registers : sequence of str
    known_at : datetime, optional
        Answer as the record stood then.
    seeded : bool
        Whether to include what registers held when they were taken in.
    """
    told = {"event": table.c.event, "by": event.c.actor.label("by"),
            "recorded_at": event.c.recorded_at}  # fmt: skip
    query = (
        select(*(told[name] if name in told else table.c[name] for name in columns))
        .join(event, event.c.seq == table.c.event)
        .where(table.c.register.in_(registers), standing(table, known_at))
        .order_by(table.c.event, table.c.row)
    )
    if not seeded:
        query = query.where(event.c.kind != "register.seeded")
    frame = pd.DataFrame(connection.execute(query).mappings().all(), columns=list(columns))
    return frame.assign(**{day: pd.to_datetime(frame[day]).astype("datetime64[ns]")})
