"""Time several ways of doing the same work side by side and print them as one table."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds one way of doing the work took, and what it returned.

    Attributes
    ----------
    seconds : tuple of float
        One per round.
    result : Any
        Of the last round.
    """

    seconds: tuple[float, ...]
    result: Any

    @property
    def median_s(self) -> float:
        """The middle of the rounds."""
        return median(self.seconds)

    def __str__(self) -> str:
        """Median and spread, in the unit that reads best."""
        unit, factor = ("ms", 1e3) if self.median_s < 1.0 else ("s", 1.0)
        low, high = min(self.seconds) * factor, max(self.seconds) * factor
        return f"{self.median_s * factor:.3g} {unit} ({low:.3g} to {high:.3g})"


def measure(ways: Mapping[str, Callable[[], Any]], rounds: int = 5) -> dict[str, Timing]:
    """Run every way once per round, in turn, so that a busy machine slows all of them alike.

    Parameters
    ----------
    ways : mapping of name to callable
    rounds : int, default 5
        After one round that is not counted.

    Returns
    -------
    dict of name to Timing
    """
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    results: dict[str, Any] = {}
    for turn in range(rounds + 1):
        for name, work in ways.items():
            start = perf_counter()
            results[name] = work()
            if turn:
                seconds[name].append(perf_counter() - start)
    return {name: Timing(tuple(seconds[name]), results[name]) for name in ways}


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table that also reads well in a terminal."""
    widths = [max(len(row[i]) for row in (header, *rows)) for i in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    print(f"\n{title}\n")
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print(f"| {' | '.join(cells)} |")


def machine() -> str:
    """Return what the figures were measured on."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}"
