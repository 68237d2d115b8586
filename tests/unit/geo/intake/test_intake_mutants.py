"""Damaged files never end or hold the process that reads them."""

from __future__ import annotations

import sys

import pytest

from tests.unit.geo.intake.mutants import formats_with_readers, mutate, run_mutants
from tests.unit.geo.intake.sound_files import sound_file

_COUNT = 150


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals to notice a hang")
@pytest.mark.parametrize("kind", formats_with_readers())
def test_mutants_are_read_or_refused(kind: str) -> None:
    outcome = run_mutants(kind, first=0, count=_COUNT)
    assert outcome.deaths == []
    assert outcome.read + outcome.refused + outcome.broken.total() == _COUNT


def test_a_seed_names_its_mutant() -> None:
    sound = sound_file("xlsx")
    assert mutate(sound, 7, zipped=True) == mutate(sound, 7, zipped=True)
    assert len({mutate(sound, seed, zipped=True) for seed in range(50)}) > 45
