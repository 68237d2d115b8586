"""Gravity access beside PySAL's ``access`` and a dense matrix."""

from __future__ import annotations

import math
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
from access.fca import weighted_catchment
from numpy.typing import NDArray

from benchmarks.peers.comparison import Way, compare
from benchmarks.ranking import Register, generate
from geo.geodesy import geodesic_between_m, to_ecef
from geo.neighbours import Neighbours, pairs_within
from planning.access import DEFAULT_CATCHMENT_M, gaussian_weight, measure_access

FloatArray = NDArray[np.float64]

PYSAL_PART: Final = 20
DENSE_PART: Final = 1_000
_EDGE: Final = math.exp(-0.5)


def gravity_access(rounds: int, n: int = 100_000) -> list[tuple[str, ...]]:
    """From known neighbours (as ``access`` is given them) and from coordinates."""
    register = generate(n)
    around = pairs_within(register.lon, register.lat, DEFAULT_CATCHMENT_M)
    costs = _costs(around, n // PYSAL_PART)

    def from_neighbours() -> FloatArray:
        return _ours(register, around)

    def from_coordinates() -> FloatArray:
        return _ours(register, pairs_within(register.lon, register.lat, DEFAULT_CATCHMENT_M))

    return [
        *compare(
            f"access of {n:,}, neighbours given",
            from_neighbours,
            {
                "PySAL access": Way(
                    partial(_pysal, register, costs), _largest_difference, 10, PYSAL_PART
                )
            },
            rounds,
        ),
        *compare(
            f"access of {n:,}, from coordinates",
            from_coordinates,
            {
                "dense numpy": Way(
                    partial(_dense, register, n // DENSE_PART), _largest_difference, 10, DENSE_PART
                )
            },
            rounds,
        ),
    ]


def _ours(register: Register, around: Neighbours) -> FloatArray:
    return measure_access(
        around.indptr, around.indices, around.distance_m, register.people, register.served
    )


def _costs(around: Neighbours, first: int) -> pd.DataFrame:
    """Return the pairs of the first villages as ``access`` wants them."""
    pairs = around.indptr[first]
    return pd.DataFrame(
        {
            "origin": around.indices[:pairs],
            "dest": np.repeat(np.arange(first), np.diff(around.indptr[: first + 1])),
            "cost": around.distance_m[:pairs],
        }
    )


def _pysal(register: Register, costs: pd.DataFrame) -> FloatArray:
    villages = pd.DataFrame(
        {"everyone": register.people, "having": register.people * register.served}
    )

    def near(distance_m: float) -> float:
        curve = math.exp(-0.5 * (distance_m / DEFAULT_CATCHMENT_M) ** 2)
        return max((curve - _EDGE) / (1.0 - _EDGE), 0.0)

    sums = {
        value: weighted_catchment(
            villages[[value]], costs, loc_index=True, loc_value=value, weight_fn=near
        )
        for value in ("having", "everyone")
    }
    return np.asarray((sums["having"] / sums["everyone"]).sort_index(), dtype=np.float64)


def _dense(register: Register, first: int) -> FloatArray:
    """Every distance from each of the first villages to all."""
    points = to_ecef(register.lon, register.lat)
    having = register.people * register.served
    share = np.empty(first)
    for i in range(first):
        # The chord to everybody; along the surface only where it can matter, for exactness.
        length = np.linalg.norm(points - points[i], axis=1)
        near = np.flatnonzero(length <= DEFAULT_CATCHMENT_M)
        length[near] = geodesic_between_m(np.tile(points[i], (len(near), 1)), points[near])
        weight = gaussian_weight(length, DEFAULT_CATCHMENT_M)
        share[i] = (weight @ having) / (weight @ register.people)
    return share


def _largest_difference(ours: FloatArray, theirs: Any) -> str:
    return f"to {np.nanmax(np.abs(ours[: len(theirs)] - theirs)):.0e}"
