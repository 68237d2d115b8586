"""A register of four villages whose names test a database, and a record of everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pandas as pd
import pytest
from sqlalchemy import select

from planning.authority import Actor
from planning.errors import StoreError
from planning.vocabulary import (
    Area,
    AreaKind,
    Evidence,
    Gap,
    Milestone,
    Role,
    Service,
    Target,
    WorkStatus,
)
from store.attachments import keep_attachment
from store.history import undo
from store.ledger import Receipt
from store.observations import Observed, save_observations
from store.opening import Store
from store.people import Person, grant_role
from store.plans import save_plan
from store.registers import Taken, seed_register
from store.tables import event
from store.targets import save_target
from store.villages import edit_village
from store.works import WorkReport, save_works

KEY: Final = "lao-cai-1"
VIEWER: Final = Actor("chu-tich@lao-cai.example", Role.VIEWER)
PLANNER: Final = Actor("lan@lao-cai.example", Role.PLANNER)
STEWARD: Final = Actor("hùng@lao-cai.example", Role.STEWARD)
ADMINISTRATOR: Final = Actor("quản-trị", Role.ADMINISTRATOR)
ACTORS: Final = {actor.role: actor for actor in (VIEWER, PLANNER, STEWARD, ADMINISTRATOR)}

HOSTILE: Final = 'Bản "Ngải Thầu\'); DROP TABLE event;--" 🛰️ <b>'
DECOMPOSED: Final = "Nga\u0309i Tha\u0302\u0300u"
PNG: Final = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
NAMES: Final = ("Ngải Thầu", HOSTILE, "Sín Chải\u00a0A", "Lũng Pô")
SURVEYED: Final = date(2023, 12, 31)


def moment(minutes: float = 0) -> datetime:
    """Return a moment of the morning on which the record is written."""
    return datetime(2026, 11, 2, 3, 0, tzinfo=UTC) + timedelta(minutes=minutes)


FIBRE: Final = Target(
    target_id="fibre-2024",
    gap=Gap.FIBRE,
    cohort_on=SURVEYED,
    cohort_size=4,
    required=2,
    deadline=date(2024, 12, 31),
    source="Kế hoạch 123/KH-UBND",
)


def small_register(key: str = KEY, **changes: Any) -> Taken:
    """Return the register; ``changes`` replace what else is said of it."""
    count = len(NAMES)
    villages = pd.DataFrame(
        {
            "village_id": [f"LC-{n}" for n in range(1, count + 1)],
            "name": NAMES,
            "kind": ["thon", "ban", None, "ban"],
            "aliases": ["Ngải Trồ; Ngai Thau", None, "", None],
            "commune_code": "02701",
            "commune": "Y Tý",
            "district_code": "082",
            "district": "Bát Xát",
            "unit_code": ["02701", "02701", None, "02701"],
            "unit": ["Y Tý", "Y Tý", None, "Y Tý"],
            "people": pd.array([120, 0, None, 86], dtype="Int64"),
            "minority_share": [0.1 + 0.2, 1.0, float("nan"), 1 / 3],
            "specially_difficult": pd.array([True, False, None, True], dtype="boolean"),
            "grid_power": ["grid", "none", "unknown", "planned"],
            "mobile_state": "no_signal",
            "lon": [103.97, 104.0, -0.0, 103.5],
            "lat": [22.486, 22.0, 22.1, 1e-17],
        }
    )
    observations = pd.DataFrame(
        {
            "village_id": villages["village_id"],
            "service": "fixed",
            "state": "none",
            "observed_on": pd.Timestamp(SURVEYED),
            "evidence": "register",
            "source": ["Sở TT&TT", None, "", "Sở TT&TT"],
        }
    )
    told: dict[str, Any] = {
        "key": key,
        "name": "Tỉnh Lào Cai",
        "data_hash": "0123456789ab",
        "illustrative": True,
        "villages": villages,
        "observations": observations,
        "targets": (FIBRE,),
        "units_since": date(2025, 7, 1),
    }
    return Taken(**(told | changes))


def seeded(store: Store, key: str = KEY) -> Store:
    """Take the register into a store and return the store."""
    seed_register(store, PLANNER, small_register(key), moment())
    return store


def seen(village: int = 1, state: str = "fibre", day: date = date(2024, 3, 14), **more: Any) -> Any:
    """Return an observation of the fixed service in a village."""
    told: dict[str, Any] = {"service": Service.FIXED, "evidence": Evidence.SURVEY} | more
    return Observed(village_id=f"LC-{village}", state=state, observed_on=day, **told)


def observe(store: Store, submission: str, *observed: Observed, at: float = 1) -> Receipt:
    """Record observations as the planner and return the last receipt."""
    done = save_observations(
        store, PLANNER, KEY, observed or [seen()], submission=submission, now=moment(at)
    )
    return done[-1]


def building(village: int = 1, status: WorkStatus = WorkStatus.BUILDING, **more: Any) -> WorkReport:
    """Return a report on the work on fibre in a village."""
    told: dict[str, Any] = {"service": Service.FIXED, "since": date(2024, 2, 1)} | more
    return WorkReport(village_id=f"LC-{village}", status=status, **told)


def one_of_everything(store: Store) -> Store:
    """Record something in every history table, and take one of it back."""
    seeded(store)
    photo = keep_attachment(store, PLANNER, PNG, "ảnh.png", moment(1))
    observe(store, "o1", seen(attachment=photo, note="dòng 1\ndòng 2 🛰️"), seen(2, "other"), at=2)
    wrong = observe(store, "o2", seen(3), at=3)
    undo(store, PLANNER, wrong.seq, "u1", moment(4))
    save_works(store, PLANNER, KEY, [building(note=HOSTILE)], submission="w1", now=moment(5))
    edit_village(
        store, STEWARD, KEY, "LC-1", {"people": 121}, submission="v1", now=moment(6), seen=0
    )
    area = Area(AreaKind.DISTRICT, "082", "Bát Xát")
    steps = (Milestone(date(2024, 6, 30), 1), Milestone(date(2024, 9, 30), 2))
    own = Target(
        "own", Gap.MOBILE, SURVEYED, 3, 2, date(2024, 12, 31), "nội bộ", area=area, milestones=steps
    )
    save_target(store, PLANNER, KEY, own, submission="t1", now=moment(7))
    save_plan(
        store,
        PLANNER,
        KEY,
        plan_id="p1",
        name="Phương án 1",
        plan_hash="ab" * 8,
        data_hash="cd" * 8,
        card={"villages": ["LC-1"], "cost_vnd": 1.5e9},
        now=moment(8),
    )
    grant_role(
        store,
        ADMINISTRATOR,
        Person("lan@lao-cai.example", "Lan", Role.PLANNER, active=True),
        "g1",
        moment(9),
    )
    return store


def hashes(store: Store) -> list[str]:
    """Return the hash of every event, the first first."""
    with store.reading() as connection:
        return list(connection.execute(select(event.c.hash).order_by(event.c.seq)).scalars())


def log(store: Store) -> list[dict[str, Any]]:
    """Return every event as it stands in the table."""
    with store.reading() as connection:
        return [
            dict(row) for row in connection.execute(select(event).order_by(event.c.seq)).mappings()
        ]


def rows(store: Store, query: Any) -> list[Any]:
    """Return the rows of a query."""
    with store.reading() as connection:
        return list(connection.execute(query).all())


def refusal(act: Callable[[], object]) -> StoreError:
    """Return the refusal with which an act must end."""
    with pytest.raises(StoreError) as refused:
        act()
    return refused.value
