"""Everything in turn: ``python -m benchmarks.peers`` (half an hour); ``--only`` for some of it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from functools import partial
from typing import Final

from benchmarks.measure import machine, print_table
from benchmarks.peers.access_shares import gravity_access
from benchmarks.peers.comparison import HEADER
from benchmarks.peers.lists import READERS, taking_in
from benchmarks.peers.maps import drawing
from benchmarks.peers.places import nearest_sites
from benchmarks.peers.ranks import drawn_ranks, scores_and_ranks

Work = Callable[[int], list[tuple[str, ...]]]

WORKS: Final[dict[str, tuple[Work, ...]]] = {
    "nearest": (nearest_sites,),
    "access": (gravity_access,),
    "ranks": (scores_and_ranks,),
    "draws": (partial(drawn_ranks, n=1_568, loop=100), partial(drawn_ranks, n=100_000, loop=2)),
    "maps": (partial(drawing, n=10_336), partial(drawing, n=100_000)),
    "lists": tuple(partial(taking_in, suffix=suffix) for suffix in READERS),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=WORKS, default=list(WORKS))
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print(f"{machine()}; load before {os.getloadavg()[0]:.1f}", flush=True)
    rows: list[tuple[str, ...]] = []
    for name in arguments.only:
        for work in WORKS[name]:
            rows += work(arguments.rounds)
            print(f"{rows[-1][0]}: done", flush=True)
    print_table("Beside the peers", HEADER, rows)
    print(f"\nload after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
