"""Targets written to a file are the targets read from it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.target_file import read_targets, write_targets
from planning.vocabulary import Area, AreaKind, Gap, Milestone, Target

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30
).filter(lambda text: text.strip() != "")


@st.composite
def targets(draw: st.DrawFn) -> Target:
    first = draw(st.dates(date(2000, 1, 1), date(2040, 1, 1)))
    length = draw(st.integers(1, 2000))
    last = date.fromordinal(first.toordinal() + length)
    size = draw(st.integers(1, 2000))
    required = draw(st.integers(1, size))
    days = {day % length for day in draw(st.sets(st.integers(1, 2000), max_size=4))} - {0}
    counts = draw(st.sets(st.integers(1, required), max_size=4))
    steps = [
        Milestone(date.fromordinal(first.toordinal() + day), count)
        for day, count in zip(sorted(days), sorted(counts), strict=False)
    ]
    area = draw(st.none() | st.builds(Area, st.sampled_from(AreaKind), TEXTS, TEXTS))
    return Target(
        target_id=draw(TEXTS),
        gap=draw(st.sampled_from(Gap)),
        cohort_on=first,
        cohort_size=size,
        required=required,
        deadline=last,
        source=draw(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]))),
        result=draw(st.none() | st.integers(0, 2000)),
        area=area,
        milestones=tuple(steps),
    )


@given(st.lists(targets(), max_size=4, unique_by=lambda target: target.target_id))
def test_targets_written_are_the_targets_read(
    tmp_path_factory: pytest.TempPathFactory, given_targets: list[Target]
) -> None:
    file = tmp_path_factory.mktemp("targets") / "targets.toml"
    write_targets(file, given_targets)
    assert read_targets(file) == tuple(given_targets)
