"""One line of the table: the same work done by us and by another tool, and whether both agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.measure import Timing, measure

HEADER: Final = ("work", "way", "median (spread)", "times ours", "bar", "agrees")


@dataclass(frozen=True, slots=True)
class Way:
    """Another tool.

    Attributes
    ----------
    work : callable
    check : callable
        Takes our result and that of the tool; says in words how far they agree.
    bar : float or None
        How many times our duration it should take at least.
    times : float
        What its duration is multiplied with where it is given only a part of the work.
    """

    work: Callable[[], Any]
    check: Callable[[Any, Any], str]
    bar: float | None = None
    times: float = 1.0


def compare(
    work: str, ours: Callable[[], Any], ways: Mapping[str, Way], rounds: int
) -> list[tuple[str, ...]]:
    """Run everything in turn and return rows of the table, ours first."""
    timings = measure({"": ours, **{name: way.work for name, way in ways.items()}}, rounds)
    own = timings.pop("")
    rows: list[tuple[str, ...]] = [(work, "ours", str(own), "1.0", "", "")]
    for name, timing in timings.items():
        way = ways[name]
        scaled = Timing(tuple(s * way.times for s in timing.seconds), timing.result)
        part = "" if way.times == 1.0 else f", 1/{way.times:,.0f} measured"
        rows.append(
            (
                work,
                f"{name}{part}",
                str(scaled),
                f"{scaled.median_s / own.median_s:.1f}",
                "" if way.bar is None else f"≥ {way.bar:g}",
                way.check(own.result, timing.result),
            )
        )
    return rows
