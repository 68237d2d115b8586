"""What a person typed after ``gap-planner plan``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Typed:
    """The options of ``gap-planner plan`` as typed."""

    target: str | None
    connect: int | None
    budget: str | None
    aim: str
    technology: str | None
    roads: Path | None
    dem: Path | None
    route_factor: float
    cost_case: str
    cost_file: Path | None
    lock: Sequence[str]
    exclude: Sequence[str]
    min_minority_share: float | None
    min_per_district: Sequence[str]
    reach_km: float
    power_first: str | None
    start: str | None
    deadline: str | None
    crews: int
    km_per_crew: float
    time_limit: float
    gap: float
    seed: int
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted beside the plan, and where it goes.

    Attributes
    ----------
    frontier : bool
        The cost curve.
    robust : int
        Draws of unit costs; 0 for none.
    out : Path or None
        Folder to write to.
    format : str
    """

    frontier: bool
    robust: int
    out: Path | None
    format: str
