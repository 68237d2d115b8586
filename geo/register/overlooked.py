"""Columns nobody recognised whose cells speak the words of a field all the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.register.dictionary import fields
from geo.register.words import NO, YES
from planning.errors import Fault, Severity
from planning.folding import fold

_SPEAKING: Final = ("mobile_state", "coverage_gap", "fixed_state", "grid_power")
"""Fields without which a list may be accepted while the file knows better."""

_MOST_WORDS: Final = 40
_SHARE: Final = 0.8


def find_overlooked(spare: Mapping[str, pd.Series], known: Mapping[str, pd.Series]) -> list[Fault]:
    """Warn of columns left without a field whose cells are the words of one.

    Parameters
    ----------
    spare : mapping of str to Series of str
        Columns without a field, by label.
    known : mapping of str to Series
        Columns by field; what a field has already is not missed.

    Returns
    -------
    list of Fault
        One warning a column: at least four in five of its cells are words of the field, plain
        yes and no not counted.
    """
    faults = []
    for label, column in spare.items():
        counts = column.dropna().map(fold).value_counts()
        if not len(counts) or len(counts) > _MOST_WORDS:
            continue
        telling = counts[[word not in YES | NO for word in counts.index]]
        for name in _SPEAKING:
            spoken = telling[[word in fields()[name].words for word in telling.index]]
            if name not in known and len(spoken) and spoken.sum() >= _SHARE * counts.sum():
                faults.append(
                    Fault(
                        "fault-column-overlooked",
                        column=label,
                        got=str(column.dropna().iloc[0]),
                        values={"field": name},
                        severity=Severity.WARNING,
                        remedy="remedy-column-overlooked",
                    )
                )
                break
    return faults
