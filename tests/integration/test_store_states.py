"""The states of any day, as known at any moment, are those of the core's own rule."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.gaps import states_at
from planning.vocabulary import Evidence, FixedState, MobileState, Service
from store.history import undo
from store.observations import (
    Observed,
    load_observations,
    load_states,
    save_observations,
)
from store.opening import Store
from store.registers import seed_register
from store.verification import verify
from tests.integration.small_record import PLANNER, moment, small_register

IDS = pd.Index(["LC-1", "LC-2", "LC-3", "LC-4"])
FIRST = date(2024, 1, 1)
_KEYS = itertools.count()

days = st.integers(0, 6).map(lambda n: FIRST + timedelta(days=n))
evidence = st.sampled_from(sorted(Evidence))
seen_mobile = st.builds(
    Observed,
    st.sampled_from(["LC-1", "LC-2"]),
    st.just(Service.MOBILE),
    st.sampled_from(sorted(MobileState)).map(str),
    days,
    evidence,
)
seen_fixed = st.builds(
    Observed,
    st.sampled_from(["LC-1", "LC-2"]),
    st.just(Service.FIXED),
    st.sampled_from(sorted(FixedState)).map(str),
    days,
    evidence,
)
batches = st.lists(seen_mobile | seen_fixed, min_size=1, max_size=3)
steps = st.lists(batches | st.integers(0, 9), min_size=1, max_size=6)


def as_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ["village_id", "service", "state", "observed_on", "evidence"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(observed_on=pd.to_datetime(frame["observed_on"]).astype("datetime64[ns]"))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, as_of=days, known=st.integers(0, 7))
def test_states_of_any_day_as_known_at_any_moment(
    store: Store, steps: list[Any], as_of: date, known: int
) -> None:
    key = f"register-{next(_KEYS)}"
    seed_register(store, PLANNER, small_register(key), moment())
    # The same story told by hand: (recorded at, withdrawn at, row) in order of recording.
    story: list[tuple[int, list[int], dict[str, Any]]] = [
        (0, [], {"village_id": one, "service": "fixed", "state": "none",
                 "observed_on": date(2023, 12, 31), "evidence": "register"})
        for one in IDS
    ]  # fmt: skip
    events: list[tuple[int, int]] = []
    for n, step in enumerate(steps, start=1):
        if isinstance(step, int):
            if step < len(events):
                seq, place = events[step]
                if not story[place][1]:
                    undo(store, PLANNER, seq, f"{key}-{n}", moment(n))
                    story[place][1].append(n)
            continue
        told = save_observations(store, PLANNER, key, step, submission=f"{key}-{n}", now=moment(n))
        for one, receipt in zip(step, told, strict=True):
            events.append((receipt.seq, len(story)))
            row = {
                "village_id": one.village_id,
                "service": str(one.service),
                "state": one.state,
                "observed_on": one.observed_on,
                "evidence": str(one.evidence),
            }
            story.append((n, [], row))
    for at in (known, None):
        stands = [
            row
            for recorded, withdrawn, row in story
            if (at is None and not withdrawn)
            or (at is not None and recorded <= at and not (withdrawn and withdrawn[0] <= at))
        ]
        expected = states_at(as_frame(stands), IDS, as_of)
        when = None if at is None else moment(at)
        found = load_states(store, key, as_of, known_at=when)
        pd.testing.assert_frame_equal(states_at(found, IDS, as_of), expected, check_dtype=False)
        recorded = load_observations(store, key, known_at=when)
        pd.testing.assert_frame_equal(states_at(recorded, IDS, as_of), expected, check_dtype=False)


def test_the_record_of_all_these_stories_is_sound(store: Store) -> None:
    seed_register(store, PLANNER, small_register("last"), moment())
    assert verify(store).breaches == ()
