"""Who lacks what, when: the published totals laid on illustrative villages.

No list of the villages behind the published totals was found, so the villages are chosen here: the
hardest to serve by the measure in :mod:`data.builder.areas`, with seeded noise. The totals are
published; every name is an illustration.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from data.builder.draws import Theme, noise, stream
from data.builder.remoteness import plane_m
from planning.vocabulary import Evidence, FixedState, GridPower, MobileState, Service

BASELINE: Final = "2024-03-14"
MID_YEAR: Final = "2024-06-30"
"""Nominal: the source says "the first six months of 2024"."""

MOBILE_GAPS: Final = 14
NO_SIGNAL: Final = 6
FIBRE_GAPS: Final = 225
FIBRE_GAPS_MID_YEAR: Final = 56

NEAREST_GAP_TO_CENTRE_M: Final = 2_000.0
MOBILE_GAPS_APART_M: Final = 4_500.0
ONLY_2G: Final = 3
FIXED_OTHER: Final = 24
WITHOUT_GRID: Final = {GridPower.NONE: 8, GridPower.PLANNED: 7, GridPower.OTHER: 1}

BASELINE_SOURCE: Final = (
    "Minh hoạ: phân bổ tổng số công bố đến 14/3/2024 / illustrative allocation of published total"
)
MID_YEAR_SOURCE: Final = (
    "Minh hoạ: phân bổ tổng số 6 tháng đầu năm 2024 (ngày 30/6 danh nghĩa) / "
    "illustrative allocation of published half-year total (30 June is nominal)"
)


def _hardest(hard: pd.Series[float], count: int) -> pd.Index[int]:
    """Return the index of the ``count`` largest values, ties by position."""
    return hard.sort_values(ascending=False, kind="stable").index[:count]


def _hardest_apart(
    villages: pd.DataFrame, hard: pd.Series[float], count: int, apart_m: float
) -> pd.Index[int]:
    """Return the ``count`` hardest villages that lie at least ``apart_m`` from each other."""
    order = _hardest(hard, len(hard))
    places = plane_m(villages.loc[order, "lon"].to_numpy(), villages.loc[order, "lat"].to_numpy())
    taken: list[int] = []
    for position in range(len(order)):
        if len(taken) == count:
            break
        if not taken or KDTree(places[taken]).query(places[position])[0] >= apart_m:
            taken.append(position)
    return order[taken]


def choose_gaps(villages: pd.DataFrame) -> pd.DataFrame:
    """Add the states at both dates.

    Candidates are thôn and bản at least two kilometres from every commune centre. The fibre gap
    takes the hardest with little noise; the mobile gap with much more, because a ridge in the way
    counts as much as distance, and well apart from each other. The villages that stay in a gap at
    mid-year are the hardest of those in it at the baseline.

    Returns
    -------
    DataFrame
        The villages with ``mobile_baseline``, ``mobile_state``, ``fixed_baseline``,
        ``fixed_state`` (states of :mod:`planning.vocabulary`; the unmarked ones at mid-year).
    """
    remote = ~villages["urban"] & (villages["nearest_centre_m"] >= NEAREST_GAP_TO_CENTRE_M)
    hard = villages.loc[remote, "difficulty"]

    fibre_rng, mobile_rng = stream(Theme.FIBRE_GAP), stream(Theme.MOBILE_GAP)
    fibre = _hardest(hard + 0.10 * noise(fibre_rng, len(hard)), FIBRE_GAPS)
    no_fibre_yet = _hardest(hard[fibre] + 0.05 * noise(fibre_rng, FIBRE_GAPS), FIBRE_GAPS_MID_YEAR)
    mobile = _hardest_apart(
        villages, hard + 0.16 * noise(mobile_rng, len(hard)), MOBILE_GAPS, MOBILE_GAPS_APART_M
    )
    no_signal = _hardest(hard[mobile], NO_SIGNAL)

    rng = stream(Theme.STATES)
    improving = mobile.difference(no_signal)
    only_2g = rng.permutation(improving.to_numpy())[:ONLY_2G]
    resurveyed = fibre.difference(no_fibre_yet)
    other_fixed = rng.permutation(resurveyed.to_numpy())[:FIXED_OTHER]

    states = villages.assign(
        mobile_state=str(MobileState.BROADBAND), fixed_state=str(FixedState.FIBRE)
    )
    states.loc[no_signal, "mobile_state"] = str(MobileState.NO_SIGNAL)
    states.loc[no_fibre_yet, "fixed_state"] = str(FixedState.NONE)
    states = states.assign(
        mobile_baseline=states["mobile_state"], fixed_baseline=states["fixed_state"]
    )
    states.loc[improving, "mobile_baseline"] = str(MobileState.PARTIAL)
    states.loc[only_2g, "mobile_baseline"] = str(MobileState.ONLY_2G)
    states.loc[resurveyed, "fixed_baseline"] = str(FixedState.NONE)
    states.loc[other_fixed, "fixed_baseline"] = str(FixedState.OTHER)

    return states


def power_villages(villages: pd.DataFrame) -> pd.DataFrame:
    """Add ``grid_power``: the grid everywhere but in some of the hardest villages without fibre.

    Villages with fibre, other fixed broadband or a mobile service that improved have power.
    """
    dark = villages.loc[
        (villages["fixed_baseline"] == FixedState.NONE)
        & (villages["mobile_baseline"] == villages["mobile_state"]),
        "difficulty",
    ]
    rng = stream(Theme.POWER)
    chosen = _hardest(dark + 0.07 * noise(rng, len(dark)), sum(WITHOUT_GRID.values()))
    kinds = np.repeat([str(kind) for kind in WITHOUT_GRID], list(WITHOUT_GRID.values()))
    power = pd.Series(str(GridPower.GRID), index=villages.index)
    power[chosen] = rng.permutation(kinds)
    return villages.assign(grid_power=power)


def observe_states(villages: pd.DataFrame) -> pd.DataFrame:
    """Return the observations: everything at the baseline, the gap villages again at mid-year.

    A village that has mobile broadband at mid-year is known from an operator's report; one that
    has fibre, from the re-survey: a series break, not construction.

    Returns
    -------
    DataFrame
        ``village_id, service, state, observed_on, evidence, source``, in order of date, service
        and village.
    """
    parts = []
    for service, was, now, changed_by in (
        (Service.MOBILE, "mobile_baseline", "mobile_state", Evidence.OPERATOR_REPORT),
        (Service.FIXED, "fixed_baseline", "fixed_state", Evidence.RESURVEY),
    ):
        good = MobileState.BROADBAND if service == Service.MOBILE else FixedState.FIBRE
        lacking = villages.loc[villages[was] != good]
        parts += [
            villages[["village_id"]].assign(
                service=str(service),
                state=villages[was],
                observed_on=BASELINE,
                evidence=str(Evidence.SURVEY),
                source=BASELINE_SOURCE,
            ),
            lacking[["village_id"]].assign(
                service=str(service),
                state=lacking[now],
                observed_on=MID_YEAR,
                evidence=str(changed_by),
                source=MID_YEAR_SOURCE,
            ),
        ]
    order = ["observed_on", "service", "village_id"]
    return pd.concat(parts).sort_values(order).reset_index(drop=True)
