"""Observations: what was seen in a village on a day, and by which evidence we believe it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import Select, bindparam, func, select

from planning.authority import Act, Actor
from planning.errors import StoreError
from planning.vocabulary import Evidence, FixedState, MobileState, Service
from store import subjects
from store.days import office_day
from store.ledger import Entry, Receipt, record
from store.opening import Store
from store.recorded_rows import load_rows, standing
from store.tables import event, observation, village
from store.texts import many_lines, one_line, sound

STATES: Final[dict[Service, type[MobileState] | type[FixedState]]] = {
    Service.MOBILE: MobileState,
    Service.FIXED: FixedState,
}

COLUMNS: Final = (
    "village_id", "service", "state", "observed_on", "evidence", "source", "note", "attachment",
    "event", "by", "recorded_at",
)  # fmt: skip
"""Columns of a frame of recorded observations, in order of recording."""

_KNOWN: Final = select(village.c.village_id).where(
    village.c.register == bindparam("of"),
    village.c.village_id.in_(bindparam("ids", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class Observed:
    """An observation to record.

    Attributes
    ----------
    village_id : str
    service : Service
    state : str
        A value of :class:`MobileState` or :class:`FixedState`, as the service has it.
    observed_on : date
        Not after the day of recording.
    evidence : Evidence
    source, note : str or None
    attachment : str or None
        Content hash of a piece of evidence (:mod:`store.attachments`).
    seen : int or None
        Version of this state the author saw; ``None`` for what cannot be contested.
    """

    village_id: str
    service: Service
    state: str
    observed_on: date
    evidence: Evidence
    source: str | None = None
    note: str | None = None
    attachment: str | None = None
    seen: int | None = None


def save_observations(
    store: Store,
    actor: Actor,
    register: str,
    observed: Sequence[Observed],
    *,
    submission: str,
    now: datetime,
) -> tuple[Receipt, ...]:
    """Record observations, all or none (:func:`store.ledger.record`).

    Raises
    ------
    StoreError
        Also for a village that is not in the register, a state the service does not have, or a
        day that has not come.
    """
    require_villages(store, register, {one.village_id for one in observed})
    entries = [observation_entry(register, one, office_day(now)) for one in observed]
    return record(store, actor, entries, submission, now)


def observation_entry(register: str, one: Observed, today: date) -> Entry:
    """Return an observation as the ledger takes it."""
    if one.state not in {str(state) for state in STATES[one.service]}:
        raise StoreError(
            "error-store-state",
            got=one.state,
            expected=", ".join(str(state) for state in STATES[one.service]),
        )
    if one.observed_on > today:
        raise StoreError("error-store-future", day=one.observed_on, today=today)
    fields = {
        "state": one.state,
        "observed_on": one.observed_on,
        "evidence": str(one.evidence),
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
        kind="observation.recorded",
        subject=subjects.state_of(one.village_id, one.service),
        act=Act.OBSERVE,
        fields=fields,
        rows=[(observation, row)],
        seen=one.seen,
    )


def require_villages(store: Store, register: str, village_ids: set[str]) -> None:
    """Refuse villages that the register does not have."""
    wanted = sorted(village_ids)
    askable = [one for one in wanted if sound(one) == one]
    known: set[str] = set()
    with store.reading() as connection:
        for first in range(0, len(askable), 500):
            asked = {"of": register, "ids": askable[first : first + 500]}
            known |= set(connection.execute(_KNOWN, asked).scalars())
    for village_id in wanted:
        if village_id not in known:
            raise StoreError("error-village-unknown", village_id=sound(village_id))


def load_observations(
    store: Store, register: str, *, seeded: bool = True, known_at: datetime | None = None
) -> pd.DataFrame:
    """Return what is recorded and not withdrawn, in order of recording.

    Parameters
    ----------
    store : Store
    register : str
    seeded : bool
        Whether to include what the register held when it was taken into the record.
    known_at : datetime, optional
        Answer as the record stood then.

    Returns
    -------
    DataFrame
        Columns :data:`COLUMNS`; ``observed_on`` as datetime64.
    """
    with store.reading() as connection:
        return load_rows(
            connection,
            observation,
            COLUMNS,
            "observed_on",
            [register],
            known_at=known_at,
            seeded=seeded,
        )


def load_states(
    store: Store, register: str, as_of: date, *, known_at: datetime | None = None
) -> pd.DataFrame:
    """Return the state of every service in every village at the end of a day: one query.

    Returns
    -------
    DataFrame
        ``village_id``, ``service``, ``state``, ``observed_on``, ``evidence``; a village without
        an observation by then has no row.
    """
    query = last_states(register, as_of, known_at)
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    names = ["village_id", "service", "state", "observed_on", "evidence"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(observed_on=pd.to_datetime(frame["observed_on"]).astype("datetime64[ns]"))


def last_states(register: str, as_of: date, known_at: datetime | None) -> Select[Any]:
    """Return the query of :func:`load_states`: of one day's observations the later row wins."""
    place = func.row_number().over(
        partition_by=(observation.c.village_id, observation.c.service),
        order_by=(
            observation.c.observed_on.desc(),
            observation.c.event.desc(),
            observation.c.row.desc(),
        ),
    )
    names = ("village_id", "service", "state", "observed_on", "evidence")
    ranked = (
        select(*(observation.c[name] for name in names), place.label("place"))
        .join(event, event.c.seq == observation.c.event)
        .where(
            observation.c.register == register,
            observation.c.observed_on <= as_of,
            standing(observation, known_at),
        )
        .subquery()
    )
    return (
        select(*(ranked.c[name] for name in names))
        .where(ranked.c.place == 1)
        .order_by(ranked.c.village_id, ranked.c.service)
    )
