"""How each column of a file was understood, for a person to check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.intake.columns import is_filled, take_rows
from geo.intake.table import RawColumn
from geo.register.recognition import Confidence, Recognised
from geo.register.words import cell_texts

_SAMPLES: Final = 3
_LONGEST_SAMPLE: Final = 80
_NEAR_THE_TOP: Final = 1000


@dataclass(frozen=True, slots=True)
class ColumnAccount:
    """How one column of the file was understood.

    Attributes
    ----------
    label : str
        Its name among the choices, :attr:`geo.register.recognition.Recognised.label`.
    heading : str
        As in the file; may be empty.
    field : str
        Key of the field, empty if it has none.
    confidence : Confidence
    read_as : str
        How its cells were read: a style of numbers (``comma``, ``point``), an order of dates
        (``day``, ``month``), ``per_cent``, or empty where nothing had to be decided.
    asks : str
        What a person has to decide: ``numbers``, ``dates``, ``blank`` or empty.
    samples : tuple of str
        Up to three different cells.
    filled : int
        Cells that are not empty.
    rival : str or None
        Label of the column that has this one's field.
    """

    label: str
    heading: str
    field: str
    confidence: Confidence
    read_as: str
    asks: str
    samples: tuple[str, ...]
    filled: int
    rival: str | None = None


def give_account(column: RawColumn, known: Recognised, *, read_as: str, asks: str) -> ColumnAccount:
    """Return the account of a column.

    Parameters
    ----------
    column : RawColumn
    known : Recognised
        What it was taken for.
    read_as, asks : str
        As in :class:`ColumnAccount`.
    """
    return ColumnAccount(
        label=known.label,
        heading=column.name,
        field=known.field,
        confidence=known.confidence,
        read_as=read_as,
        asks=asks,
        samples=_samples(column),
        filled=int(is_filled(column).sum()),
        rival=known.rival,
    )


def _samples(column: RawColumn) -> tuple[str, ...]:
    """Return the first different cells, looked for near the top before everywhere."""
    at = np.flatnonzero(is_filled(column))
    found: list[str] = []
    for count in (_NEAR_THE_TOP, len(at)):
        found = cell_texts(take_rows(column, at[:count])).unique()[:_SAMPLES].tolist()
        if len(found) == _SAMPLES:
            break
    return tuple(text[:_LONGEST_SAMPLE] for text in found)
