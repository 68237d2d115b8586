"""``python -m benchmarks.forecast``: the table of docs/explanation/forecast.md."""

from __future__ import annotations

import argparse
import time
from datetime import date

from benchmarks.forecast.calibration import measure
from benchmarks.forecast.histories import World, longer
from services.forecast import shipped_assumptions


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--villages", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only worlds whose name contains this")
    asked = parser.parse_args()
    # Crews are without limit where the queue is not what is measured.
    book = shipped_assumptions().with_base(crews=1000.0)
    tight = shipped_assumptions().with_base(crews=1.0)
    worlds = {
        "the model itself": (book, World(book)),
        "stages 30 % longer": (book, World(longer(book, 1.3))),
        "stages 30 % shorter": (book, World(longer(book, 1 / 1.3))),
        "a contractor per village": (book, World(book, contractor_by_village=True)),
        "a storm for certain": (book, World(book.with_base(storm_chance=1.0))),
        "one crew, a real queue": (tight, World(tight, queue=True)),
    }
    print(
        "| histories drawn from | forecast of | stated | happened | bias, errors "
        "| inside P10-P90: stated | happened | Brier | if it held | naive pace |"
    )
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    began = time.perf_counter()
    for name, (own, world) in worlds.items():
        if asked.only not in name:
            continue
        for day in (date(2024, 6, 30), date(2024, 8, 15), date(2024, 10, 31)):
            record = measure(
                own, world, day, histories=asked.histories, villages=asked.villages,
                seed=asked.seed,
            )  # fmt: skip
            print(
                f"| {name} | {day:%d %b} | {record.stated.mean():.3f} "
                f"| {record.happened.mean():.3f} | {record.bias:+.1f} "
                f"| {record.expected_inside.mean():.3f} | {record.inside.mean():.3f} "
                f"| {record.brier:.3f} | {record.brier_expected:.3f} | {record.brier_naive:.3f} |",
                flush=True,
            )
    print(f"\n{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
