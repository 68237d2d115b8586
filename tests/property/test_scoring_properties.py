"""What must hold of scores, ranks and access for every register."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from planning.access import measure_access
from planning.ranking import rank_villages
from planning.scoring import Scores, filled, score_villages, weighted_total
from planning.vocabulary import Direction, Weights

SHARES = st.floats(0.0, 1.0)
WEIGHTS = (
    st.tuples(SHARES, SHARES, SHARES)
    .filter(lambda weights: sum(weights) > 1e-3)
    .map(lambda weights: Weights(*weights))
)
DIRECTIONS = st.sampled_from(Direction)
Register = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def missing_or(values: st.SearchStrategy[float]) -> st.SearchStrategy[float]:
    return st.one_of(values, values, values, st.just(float("nan")))


@st.composite
def registers(draw: st.DrawFn) -> Register:
    n = draw(st.integers(1, 12))

    def column(values: st.SearchStrategy[float]) -> np.ndarray:
        return draw(npst.arrays(np.float64, n, elements=missing_or(values)))

    return (
        column(st.floats(0.0, 60_000.0)),
        column(st.integers(0, 3000).map(float)),
        column(st.sampled_from([0.0, 0.25, 0.5, 1.0])),
        column(SHARES),
    )


def score(register: Register, weights: Weights, direction: Direction) -> Scores:
    return score_villages(*register, weights=weights, direction=direction)


@given(registers(), WEIGHTS, DIRECTIONS)
def test_scores_and_totals_lie_in_the_unit_interval(
    register: Register, weights: Weights, direction: Direction
) -> None:
    scores = score(register, weights, direction)
    known = scores.parts[~np.isnan(scores.parts)]
    assert ((known >= 0.0) & (known <= 1.0)).all()
    assert (scores.total_low >= 0.0).all()
    assert (scores.total_high <= 1.0).all()
    assert (scores.total_low <= scores.total).all()
    assert (scores.total <= scores.total_high).all()
    complete = ~scores.incomplete
    np.testing.assert_array_equal(scores.total_low[complete], scores.total_high[complete])


@given(registers(), WEIGHTS, DIRECTIONS)
def test_scores_are_monotone_in_every_criterion(
    register: Register, weights: Weights, direction: Direction
) -> None:
    parts = score(register, weights, direction).parts
    distance, people, minority_share, access = register
    sign = -1.0 if direction is Direction.NEAR else 1.0
    for column, part in ((sign * distance, parts[:, 0]), (people, parts[:, 1])):
        known = ~np.isnan(part)
        order = np.argsort(column[known], kind="stable")
        assert (np.diff(part[known][order]) >= 0.0).all()
    # Of two villages with the same share, the one with less access scores no lower.
    for share in np.unique(minority_share[~np.isnan(minority_share)]):
        alike = (minority_share == share) & ~np.isnan(access)
        order = np.argsort(-access[alike], kind="stable")
        assert (np.diff(parts[alike, 2][order]) >= 0.0).all()


@given(registers(), WEIGHTS, DIRECTIONS, st.integers(0, 2), SHARES)
def test_a_better_part_never_lowers_the_total(
    register: Register, weights: Weights, direction: Direction, criterion: int, better: float
) -> None:
    parts = filled(score(register, weights, direction).parts)
    raised = parts.copy()
    raised[:, criterion] = np.maximum(parts[:, criterion], better)
    before, after = (weighted_total(each, weights.shares()) for each in (parts, raised))
    assert (after >= before).all()


@given(registers(), WEIGHTS, DIRECTIONS, st.data())
def test_rank_ignores_input_order(
    register: Register,
    weights: Weights,
    direction: Direction,
    data: st.DataObject,
) -> None:
    n = len(register[0])
    ids = np.array([f"LC-{i:03d}" for i in range(n)])
    shuffled = np.array(data.draw(st.permutations(range(n))))
    rank = rank_villages(score(register, weights, direction).total, register[1], ids)
    distance, people, minority_share, access = (column[shuffled] for column in register)
    moved = (distance, people, minority_share, access)
    moved_rank = rank_villages(score(moved, weights, direction).total, moved[1], ids[shuffled])
    np.testing.assert_array_equal(moved_rank, rank[shuffled])
    assert sorted(rank) == list(range(1, n + 1))


@given(registers(), WEIGHTS, DIRECTIONS)
def test_a_higher_total_never_ranks_lower(
    register: Register, weights: Weights, direction: Direction
) -> None:
    total = score(register, weights, direction).total
    ids = [f"LC-{i:03d}" for i in range(len(total))]
    rank = rank_villages(total, register[1], ids)
    in_order = total[np.argsort(rank)]
    assert (np.diff(in_order) <= 0.0).all()


@given(registers(), st.floats(100.0, 50_000.0))
def test_access_is_a_share_and_full_where_everybody_is_served(
    register: Register, catchment_m: float
) -> None:
    distance, people, _, served = register
    n = len(distance)
    apart = np.abs(np.subtract.outer(np.nan_to_num(distance), np.nan_to_num(distance)))
    csr = (np.arange(n + 1) * n, np.tile(np.arange(n), n), apart.ravel())
    found = measure_access(*csr, people, served, catchment_m=catchment_m)
    known = found[~np.isnan(found)]
    assert ((known >= 0.0) & (known <= 1.0)).all()
    full = measure_access(*csr, people, np.ones(n), catchment_m=catchment_m)
    np.testing.assert_allclose(full[~np.isnan(full)], 1.0)
    assert np.isnan(full).all() == (not (people > 0).any())
