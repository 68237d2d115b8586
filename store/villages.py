"""Facts of villages as the office corrects them: new versions over the register's own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from planning.authority import Act, Actor
from planning.errors import StoreError
from planning.vocabulary import GridPower
from store import subjects
from store.fingerprints import canonical
from store.ledger import Entry, Receipt, record_in, repeated_in
from store.opening import Store
from store.registers import lineage
from store.tables import event, village
from store.texts import one_line, sound

EDITABLE: Final[Mapping[str, type]] = {
    "name": str,
    "people": int,
    "households": int,
    "minority_share": float,
    "grid_power": str,
    "specially_difficult": bool,
}
"""Facts that may be corrected in the record, and their kind; the rest comes with a new list."""

_MOST_PEOPLE: Final = 1_000_000


def edit_village(
    store: Store,
    actor: Actor,
    register: str,
    village_id: str,
    facts: Mapping[str, Any],
    *,
    submission: str,
    now: datetime,
    seen: int | None = None,
) -> Receipt:
    """Correct facts of a village.

    Parameters
    ----------
    facts : mapping
        Some of :data:`EDITABLE` with their new values.

    Raises
    ------
    StoreError
        Also for a fact that may not be corrected here, or a value it cannot have.
    """
    checked = {name: _checked(name, value) for name, value in facts.items()}
    if not checked:
        raise StoreError("error-store-nothing")
    subject = subjects.village(village_id)

    def same(rows: Sequence[Row[Any]]) -> bool:
        # The other facts may have been corrected since; they are not what was submitted.
        kept = [json.loads(row.fields) for row in rows if row.subject == subject]
        return len(rows) == 1 and kept != [] and kept[0] == kept[0] | checked

    # What the others have corrected is read where nobody can write meanwhile.
    with store.writing() as connection:
        repeated = repeated_in(connection, actor, submission, same)
        if repeated:
            return repeated[0]
        entry = _entry(connection, register, village_id, checked, seen)
        (receipt,) = record_in(connection, actor, [entry], submission, now)
    return receipt


def _entry(
    connection: Connection,
    register: str,
    village_id: str,
    checked: Mapping[str, Any],
    seen: int | None,
) -> Entry:
    before = None
    if sound(village_id) == village_id:
        query = (
            select(village)
            .where(
                village.c.register.in_(lineage(connection, register)),
                village.c.village_id == village_id,
            )
            .order_by(village.c.event.desc(), village.c.row.desc())
        )
        before = connection.execute(query).mappings().first()
    if before is None:
        raise StoreError("error-village-unknown", village_id=sound(village_id))
    told = json.loads(before["facts"]) | {k: v for k, v in checked.items() if k != "name"}
    row = {
        "register": register,
        "village_id": village_id,
        "name": checked.get("name", before["name"]),
        "kind": before["kind"],
        "lon": before["lon"],
        "lat": before["lat"],
        "facts": canonical(told),
    }
    fields = {name: row["name"] if name == "name" else told.get(name) for name in EDITABLE}
    return Entry(
        register=register,
        kind="village.edited",
        subject=subjects.village(village_id),
        act=Act.EDIT_VILLAGE,
        fields=fields,
        rows=[(village, row)],
        seen=seen,
    )


def _checked(name: str, value: Any) -> Any:
    kind = EDITABLE.get(name)
    if kind is None:
        raise StoreError("error-store-fact", field=name, expected=", ".join(EDITABLE))
    text = one_line(value, name) if isinstance(value, str) else value
    right = {
        "name": isinstance(text, str),
        "people": _is_count(value),
        "households": _is_count(value),
        "minority_share": _is_share(value),
        "grid_power": value in set(GridPower),
        "specially_difficult": isinstance(value, bool),
    }[name]
    if not right:
        raise StoreError("error-store-value", field=name, got=str(value)[:80])
    return str(text) if kind is str else kind(value)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_PEOPLE


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def load_corrections(store: Store, register: str) -> dict[str, dict[str, Any]]:
    """Return the facts of every village that was corrected, as they stand now, by id."""
    query = (
        select(village)
        .join(event, event.c.seq == village.c.event)
        .where(village.c.register == register, event.c.kind != "register.seeded")
        .order_by(village.c.event)
    )
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    corrected = {}
    for row in rows:
        told = json.loads(row["facts"])
        own = {name: told[name] for name in EDITABLE if told.get(name) is not None}
        corrected[row["village_id"]] = {"name": row["name"]} | own
    return corrected
