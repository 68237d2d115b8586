"""Side conditions a planner asks for, as linear ones over the terminals that are connected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from planning.columns import BoolArray, FloatArray
from planning.optimise.problem import Condition


@dataclass(frozen=True, slots=True, eq=False)
class ShareCondition(Condition):
    """At least a share of the whole that is connected belongs to a part of it.

    ``part · y >= share * (whole · y)``, which is linear: ``(part - share * whole) · y >= 0``.

    Attributes
    ----------
    part, whole : ndarray of float, shape (t,)
        Of each terminal, say its people of ethnic minorities and its people.
    share : float
        In [0, 1].
    """

    part: FloatArray = field(default_factory=lambda: np.empty(0))
    whole: FloatArray = field(default_factory=lambda: np.empty(0))
    share: float = 0.0

    def with_share(self, share: float) -> ShareCondition:
        """Return the condition with another share."""
        others = {name: value for name, value in self.values.items() if name != "share"}
        return share_condition(self.key, self.part, self.whole, share, **others)


def share_condition(
    key: str, part: FloatArray, whole: FloatArray, share: float, **values: Any
) -> ShareCondition:
    """Ask that the part makes up at least a share of the whole that is connected.

    Parameters
    ----------
    key : str
        ``"minority_share"``, for people of ethnic minorities among all people.
    part, whole : ndarray of float, shape (t,)
        Not negative, one per terminal.
    share : float
        In [0, 1].
    **values
        What an explanation is filled with besides.

    Returns
    -------
    ShareCondition
    """
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    return ShareCondition(
        key=key,
        coefficients=part - share * whole,
        least=0.0,
        values=values | {"share": share},
        part=part,
        whole=whole,
        share=share,
    )


def count_condition(key: str, is_member: BoolArray, least: int, **values: Any) -> Condition:
    """Ask for at least so many terminals of a group.

    Parameters
    ----------
    key : str
        ``"district"``, for the villages of one.
    is_member : ndarray of bool, shape (t,)
    least : int
    **values
        What an explanation is filled with, the ``name`` of the district say.

    Returns
    -------
    Condition
    """
    return Condition(key, np.asarray(is_member, float), float(least), values | {"least": least})
