"""In which administrative units a list is written, told from its own values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from geo.register.place_claims import Reading
from planning.columns import IntArray


class ListVintage(StrEnum):
    """Which units the undated columns of a list mean."""

    OLD = "old"
    NEW = "new"
    MIXED = "mixed"
    OPEN = "open"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class VintageEvidence:
    """What a list says about its vintage.

    Attributes
    ----------
    vintage : ListVintage
        ``STATED`` if no value is undated; ``OPEN`` if none of the undated exists on one side only.
    old_only, new_only : int
        Rows whose undated value exists only before, only since July 2025.
    old_example, new_example : str or None
    """

    vintage: ListVintage
    old_only: int = 0
    new_only: int = 0
    old_example: str | None = None
    new_example: str | None = None

    @property
    def key(self) -> str:
        """Message that says the vintage and its evidence, filled by ``values``."""
        return f"places-vintage-{self.vintage}"

    @property
    def values(self) -> dict[str, Any]:
        """Values of that message."""
        return {
            "old": self.old_only,
            "new": self.new_only,
            "old_example": self.old_example or "–",
            "new_example": self.new_example or "–",
        }


def find_list_vintage(readings: Sequence[Reading], counts: IntArray) -> VintageEvidence:
    """Tell in which units the undated columns of a list are written.

    A row that names a district says nothing about the others, so it is no evidence here.

    Parameters
    ----------
    readings : sequence of Reading
        Of the distinct statements.
    counts : ndarray of int
        Rows of each.

    Returns
    -------
    VintageEvidence
    """
    undated = [(r, int(n)) for r, n in zip(readings, counts, strict=True) if r.undated]
    if not undated:
        return VintageEvidence(ListVintage.STATED)
    free = [(r, n) for r, n in undated if not r.districts]
    old = [(r, n) for r, n in free if r.old.found and not r.new.found]
    new = [(r, n) for r, n in free if r.new.found and not r.old.found]
    if old and new:
        vintage = ListVintage.MIXED
    elif old or (not new and any(r.districts for r, _ in undated)):
        vintage = ListVintage.OLD
    else:
        vintage = ListVintage.NEW if new else ListVintage.OPEN
    return VintageEvidence(
        vintage,
        sum(n for _, n in old),
        sum(n for _, n in new),
        _example(old),
        _example(new),
    )


def _example(found: Sequence[tuple[Reading, int]]) -> str | None:
    if not found:
        return None
    row = found[0][0].row
    return row.place or row.place_code
