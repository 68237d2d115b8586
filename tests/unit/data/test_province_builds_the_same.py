"""Building the province again gives the committed bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.builder.apportion import apportion
from data.builder.draws import Theme, noise, stream
from data.builder.province import build_province
from data.builder.write import write_province

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("province")
    write_province(build_province(), folder)
    return folder


@pytest.mark.parametrize(
    "name", ["villages.geojson", "sites.geojson", "observations.csv", "communes.csv"]
)
def test_rebuilding_gives_the_committed_bytes(rebuilt: Path, name: str) -> None:
    # Compared line by line first: a failure then shows the line, not a megabyte.
    committed = (DATA / name).read_bytes()
    fresh = (rebuilt / name).read_bytes()
    for old, new in zip(committed.splitlines(), fresh.splitlines(), strict=False):
        assert new == old
    assert fresh == committed


def test_the_builder_writes_nothing_else(rebuilt: Path) -> None:
    assert len(list(rebuilt.iterdir())) == 4


@given(
    weights=st.lists(st.floats(0.01, 1e6), min_size=1, max_size=40),
    spare=st.integers(0, 10_000),
    at_least=st.integers(0, 50),
)
def test_apportioned_numbers_add_up_and_respect_the_floor(
    weights: list[float], spare: int, at_least: int
) -> None:
    total = spare + at_least * len(weights)
    parts = apportion(total, np.array(weights), at_least)
    assert parts.sum() == total
    assert parts.min() >= at_least


def test_apportioning_seven_seats_by_hand() -> None:
    # Quotas 3.5, 2.45, 1.05: whole parts 3, 2, 1; the seat left over goes to the remainder 0.5.
    assert apportion(7, np.array([50.0, 35.0, 15.0]), 0).tolist() == [4, 2, 1]


def test_noise_is_bounded_centred_and_the_same_each_time() -> None:
    draws = noise(stream(Theme.PEOPLE), 20_000)
    assert np.abs(draws).max() <= 3
    assert draws.mean() == pytest.approx(0, abs=0.03)
    assert draws.std() == pytest.approx(1, abs=0.03)
    assert (draws == noise(stream(Theme.PEOPLE), 20_000)).all()
    assert (draws[:10] != noise(stream(Theme.POVERTY), 10)).all()
