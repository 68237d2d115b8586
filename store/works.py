"""Work: how far the work on a service has come in a village, report by report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pandas as pd

from planning.authority import Act, Actor
from planning.errors import StoreError
from planning.vocabulary import Service, WorkStatus
from store import subjects
from store.days import office_day
from store.ledger import Entry, Receipt, record
from store.observations import require_villages
from store.opening import Store
from store.recorded_rows import load_rows
from store.registers import lineage
from store.tables import work
from store.texts import many_lines, one_line

COLUMNS: Final = (
    "village_id", "service", "status", "since", "source", "note", "attachment", "event", "by",
    "recorded_at",
)  # fmt: skip
"""Columns of a frame of recorded work, in order of recording."""


@dataclass(frozen=True, slots=True)
class WorkReport:
    """A report on the work in a village.

    Attributes
    ----------
    village_id : str
    service : Service
    status : WorkStatus
    since : date
        The day from which it holds; not after the day of recording.
    source, note, attachment : str or None
    seen : int or None
        Version of this work the author saw; ``None`` for what cannot be contested.
    """

    village_id: str
    service: Service
    status: WorkStatus
    since: date
    source: str | None = None
    note: str | None = None
    attachment: str | None = None
    seen: int | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the work is said to be verified."""
        return self.status is WorkStatus.ACCEPTED


def save_works(
    store: Store,
    actor: Actor,
    register: str,
    reports: Sequence[WorkReport],
    *,
    submission: str,
    now: datetime,
) -> tuple[Receipt, ...]:
    """Record reports, all or none (:func:`store.ledger.record`).

    Raises
    ------
    StoreError
        Also for a village that is not in the register or a day that has not come.
    """
    require_villages(store, register, {one.village_id for one in reports})
    entries = [work_entry(register, one, office_day(now)) for one in reports]
    return record(store, actor, entries, submission, now)


def work_entry(register: str, one: WorkReport, today: date) -> Entry:
    """Return a report as the ledger takes it."""
    if one.since > today:
        raise StoreError("error-store-future", day=one.since, today=today)
    fields = {
        "status": str(one.status),
        "since": one.since,
        "source": one_line(one.source, "source"),
        "note": many_lines(one.note, "note"),
        "attachment": one.attachment,
    }
    row = fields | {
        "register": register,
        "village_id": one.village_id,
        "service": str(one.service),
    }
    return Entry(
        register=register,
        kind="work.reported",
        subject=subjects.work_of(one.village_id, one.service),
        act=Act.REPORT_WORK,
        fields=fields,
        rows=[(work, row)],
        seen=one.seen,
    )


def load_works(store: Store, register: str, *, known_at: datetime | None = None) -> pd.DataFrame:
    """Return the reports that stand, in order of recording.

    Reports on a register that this one continues are included.

    Returns
    -------
    DataFrame
        Columns :data:`COLUMNS`; ``since`` as datetime64.
    """
    with store.reading() as connection:
        keys = lineage(connection, register)
        return load_rows(connection, work, COLUMNS, "since", keys, known_at=known_at)
