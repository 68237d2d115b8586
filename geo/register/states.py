"""The two states of a village, from whichever columns a list has about them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from planning.columns import BoolArray, IntArray
from planning.errors import Fault, Severity
from planning.vocabulary import FixedState, MobileState

MOBILE_FIELDS: Final = (
    "mobile_state", "state", "coverage_gap", "no_signal", "partial", "has_2g", "has_3g", "has_4g",
)  # fmt: skip
"""Fields that say something of the mobile state."""

FIXED_FIELDS: Final = ("fixed_state", "state", "has_fibre", "no_fibre")
"""Fields that say something of the fixed state."""


def mobile_states(read: Mapping[str, pd.Series], rows: IntArray) -> tuple[pd.Series, list[Fault]]:
    """Return the mobile state of every village, ``unknown`` where nothing is said.

    Parameters
    ----------
    read : mapping of str to Series, length n
        Columns by field, of :data:`MOBILE_FIELDS`; any may be absent.
    rows : ndarray of int, shape (n,)

    Returns
    -------
    (Series of str, list of Fault)
        A state that is stated wins. Otherwise: a village said to be without signal has none, one
        said to be in shadow is partial; else the best technology decides, 2G alone is not
        broadband, and no signal needs a no for 2G and broadband alike. Columns that contradict
        each other are a fault and leave the state unknown; so does a list that denies broadband
        and says nothing of 2G, with a warning.
    """
    count = len(rows)
    gap = _texts(read, "coverage_gap", count)
    dark = _is_true(read, "no_signal", count) | (gap == "no_signal")
    shadow = _is_true(read, "partial", count) | (gap == "partial")
    broad = _is_true(read, "has_3g", count) | _is_true(read, "has_4g", count)
    only_2g = _is_true(read, "has_2g", count) & ~broad
    broad_denied = np.ones(count, dtype=np.bool_)
    for name in ("has_3g", "has_4g"):
        broad_denied &= _is_false(read, name, count) | (name not in read)
    broad_denied &= ("has_3g" in read) or ("has_4g" in read)
    nothing = broad_denied & _is_false(read, "has_2g", count)
    derived = np.select(
        [dark, shadow, broad, only_2g, nothing],
        [
            str(MobileState.NO_SIGNAL),
            str(MobileState.PARTIAL),
            str(MobileState.BROADBAND),
            str(MobileState.ONLY_2G),
            str(MobileState.NO_SIGNAL),
        ],
        str(MobileState.UNKNOWN),
    )
    stated = _stated(read, "mobile_state", MobileState, count)
    conflict = (dark & (broad | only_2g | shadow)) | _disagree(stated, derived)
    state = _state(stated, derived, conflict, MobileState.UNKNOWN)
    half_said = broad_denied & (state == MobileState.UNKNOWN).to_numpy() & ~conflict
    faults = _conflicts(conflict, rows, "mobile")
    if half_said.any():
        faults.append(
            Fault(
                "fault-signal-not-said",
                expected="expected-signal",
                values={"count": int(half_said.sum())},
                severity=Severity.WARNING,
                remedy="remedy-signal-not-said",
            )
        )
    return state, faults


def fixed_states(read: Mapping[str, pd.Series], rows: IntArray) -> tuple[pd.Series, list[Fault]]:
    """Return the fixed state of every village, like :func:`mobile_states`."""
    count = len(rows)
    there = _is_true(read, "has_fibre", count) | _is_false(read, "no_fibre", count)
    absent = _is_false(read, "has_fibre", count) | _is_true(read, "no_fibre", count)
    derived = np.select(
        [there, absent], [str(FixedState.FIBRE), str(FixedState.NONE)], str(FixedState.UNKNOWN)
    )
    stated = _stated(read, "fixed_state", FixedState, count)
    # "Other fixed broadband" and "no fibre" agree.
    derived = np.where((stated == "other") & absent, "other", derived)
    conflict = (there & absent) | _disagree(stated, derived)
    return _state(stated, derived, conflict, FixedState.UNKNOWN), _conflicts(
        conflict, rows, "fixed"
    )


def _texts(read: Mapping[str, pd.Series], name: str, count: int) -> np.ndarray:
    if name not in read:
        return np.full(count, "", dtype=object)
    return read[name].fillna("").to_numpy(dtype=object)


def _stated(
    read: Mapping[str, pd.Series], name: str, states: type[StrEnum], count: int
) -> np.ndarray:
    """Return the state a service's own column gives, else a column of either service's states."""
    own, either = _texts(read, name, count), _texts(read, "state", count)
    of_service = np.isin(either.astype(str), [str(state) for state in states])
    return np.where((own == "") & of_service, either, own)


def _is_true(read: Mapping[str, pd.Series], name: str, count: int) -> BoolArray:
    if name not in read:
        return np.zeros(count, dtype=np.bool_)
    return read[name].fillna(value=False).to_numpy(dtype=np.bool_)


def _is_false(read: Mapping[str, pd.Series], name: str, count: int) -> BoolArray:
    if name not in read:
        return np.zeros(count, dtype=np.bool_)
    return ~read[name].fillna(value=True).to_numpy(dtype=np.bool_)


def _disagree(stated: np.ndarray, derived: np.ndarray) -> BoolArray:
    spoken = (stated != "") & (stated != "unknown") & (derived != "unknown")
    disagree: BoolArray = spoken & (stated != derived)
    return disagree


def _state(stated: np.ndarray, derived: np.ndarray, conflict: BoolArray, unknown: str) -> pd.Series:
    known = np.where((stated == "") | (stated == "unknown"), derived, stated)
    return pd.Series(np.where(conflict, str(unknown), known), dtype="str")


def _conflicts(conflict: BoolArray, rows: IntArray, service: str) -> list[Fault]:
    return [
        Fault(
            "fault-state-conflict",
            row=int(rows[i]),
            column=None,
            expected=f"expected-one-state-{service}",
            remedy="remedy-state-conflict",
        )
        for i in np.flatnonzero(conflict)
    ]
