"""Scores, ranks, access, weight draws and turning points on generated villages.

Run ``python -m benchmarks.ranking``; ``--large`` also draws weights for 100,000 villages (a
minute or two).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.measure import machine, measure, print_table
from geo.neighbours import pairs_within
from planning.access import measure_access
from planning.ranking import rank_villages
from planning.robustness import draw_weights, rank_intervals
from planning.scoring import Scores, score_villages
from planning.tipping import find_tipping_points
from planning.vocabulary import Weights

WEIGHTS = Weights(0.4, 0.3, 0.3)
TOP = 28
LOOP_DRAWS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Villages at rural density, about one per 4 km²."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    distance_m: NDArray[np.float64]
    people: NDArray[np.float64]
    minority_share: NDArray[np.float64]
    served: NDArray[np.float64]
    village_id: pd.Series[str]


def generate(n: int) -> Register:
    """Return ``n`` villages; the same every time."""
    rng = np.random.default_rng(n)
    side = 2.0 * np.sqrt(n) / 111.0
    return Register(
        lon=rng.uniform(104.0, 104.0 + side, n),
        lat=rng.uniform(15.0, 15.0 + side, n),
        distance_m=rng.exponential(5000.0, n),
        people=rng.lognormal(6.0, 0.7, n).round(),
        minority_share=rng.beta(0.6, 0.4, n),
        served=(rng.random(n) < 0.8).astype(np.float64),
        village_id=pd.Series([f"LC-{i:07d}" for i in range(n)], dtype="str"),
    )


def score(register: Register) -> Scores:
    """Score every village, with the state of a village standing in for its access."""
    return score_villages(
        register.distance_m,
        register.people,
        register.minority_share,
        register.served,
        weights=WEIGHTS,
    )


def score_and_rank(register: Register) -> NDArray[np.int64]:
    """From columns to ranks."""
    return rank_villages(score(register).total, register.people, register.village_id)


def rank_with_pandas(register: Register) -> NDArray[np.int64]:
    """Do the same in pandas alone, as one would write it by hand."""
    frame = pd.DataFrame(
        {
            "total": score(register).total,
            "people": register.people,
            "village_id": register.village_id,
        }
    )
    by = frame.sort_values(["total", "people", "village_id"], ascending=[False, False, True])
    rank = pd.Series(np.arange(1, len(by) + 1), index=by.index)
    return rank.sort_index().to_numpy()


def loop_over_draws(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rank 100 draws one after the other with pandas: what a loop costs."""
    drawn = draw_weights(WEIGHTS, draws=LOOP_DRAWS, concentration=30.0, seed=1)
    return np.array([pd.Series(parts @ w).rank(ascending=False).to_numpy() for w in drawn])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also draws for 100,000 villages")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print(machine())
    nation = generate(100_000)
    million = generate(1_000_000)
    around = pairs_within(nation.lon, nation.lat, 10_000.0)
    works: dict[str, Callable[[], Any]] = {
        "score and rank 100,000 villages": lambda: score_and_rank(nation),
        "the same, ranked by pandas sort_values": lambda: rank_with_pandas(nation),
        "score and rank 1,000,000 villages": lambda: score_and_rank(million),
        "the same million, ranked by pandas sort_values": lambda: rank_with_pandas(million),
        f"neighbours within 10 km of 100,000 ({len(around.indices):,} pairs)": lambda: pairs_within(
            nation.lon, nation.lat, 10_000.0
        ),
        "access of 100,000 from their neighbours": lambda: measure_access(
            around.indptr, around.indices, around.distance_m, nation.people, nation.served
        ),
    }
    for n in (225, 1568):
        works |= questions(n)
    timings = measure(works, arguments.rounds)
    print_table(
        "Scores, ranks and what stands behind them",
        ("work", "median (spread)"),
        [(name, str(timing)) for name, timing in timings.items()],
    )
    if arguments.large:
        parts = score(nation).parts
        large = measure(
            {
                "10,000 weight draws of 100,000 villages": lambda: rank_intervals(
                    parts, WEIGHTS, nation.people, nation.village_id, k=TOP, seed=1
                ),
            },
            rounds=1,
        )
        print_table(
            "Large", ("work", "time"), [(name, str(timing)) for name, timing in large.items()]
        )


def questions(n: int) -> dict[str, Callable[[], Any]]:
    """Return what is asked about a list of ``n`` villages."""
    register = generate(n)
    parts, people, ids = score(register).parts, register.people, register.village_id
    return {
        f"10,000 weight draws of {n:,} villages": lambda: rank_intervals(
            parts, WEIGHTS, people, ids, k=TOP, seed=1
        ),
        f"{LOOP_DRAWS} draws of {n:,} villages in a pandas loop": lambda: loop_over_draws(parts),
        f"all turning points of {n:,} villages": lambda: find_tipping_points(
            parts, WEIGHTS, people, ids, k=TOP
        ),
    }


if __name__ == "__main__":
    main()
