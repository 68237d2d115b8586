"""Seeded randomness that gives the same bytes on every run and machine."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

SEED: Final = 20240314
"""The baseline day, written as a number."""


class Theme(IntEnum):
    """What a stream of draws is for: changing one part never shifts the draws of another."""

    PEOPLE = 1
    HOUSEHOLDS = 2
    MINORITY = 3
    GROUPS = 4
    AREAS = 5
    POVERTY = 6
    FIBRE_GAP = 7
    MOBILE_GAP = 8
    STATES = 9
    POWER = 10
    FIBRE_POINTS = 11
    BASE_STATIONS = 12


def stream(theme: Theme) -> np.random.Generator:
    """Return the generator of a theme (PCG64, fixed seed)."""
    return np.random.Generator(np.random.PCG64([SEED, int(theme)]))


def noise(rng: np.random.Generator, size: int) -> NDArray[np.float64]:
    """Draw bell-shaped noise with mean 0 and variance 1, within [-3, 3].

    A sum of three uniforms (Irwin-Hall) instead of ``Generator.normal``: it needs no logarithm,
    whose last digit may differ between machines, and it has no long tail.
    """
    return np.asarray(2.0 * (rng.random((size, 3)).sum(axis=1) - 1.5))
