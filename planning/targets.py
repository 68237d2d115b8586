"""How far a target has come at a date, and how far it should have come by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from planning.vocabulary import GapStatus, Target


class Band(StrEnum):
    """The province's own bands of completion, met to far behind, of the plan to date.

    ``NOT_DUE`` stands while the plan asks for no village yet: nothing can be behind then.

    Source: the steering committee's report of 18 July 2024, see docs/reference/facts.md.
    """

    MET = "met"
    OVER_80 = "over_80"
    FROM_50_TO_80 = "from_50_to_80"
    UNDER_50 = "under_50"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Progress:
    """A target and what the register says of it at a date.

    Attributes
    ----------
    target : Target
    as_of : date
    cohort_size : int
        Villages in the register that lacked the service on ``target.cohort_on``; compare with
        the published ``target.cohort_size``.
    achieved : int
        Of the cohort, villages observed to have the service.
    unknown : int
        Of the cohort, villages whose state is unknown: counted neither way.
    remaining : int
        Still needed to meet the target, never negative.
    share : float
        ``achieved / required``.
    days_left : int
        Days from ``as_of`` to the deadline; negative once it has passed.
    band : Band
        Of ``achieved`` against ``planned_to_date``.
    planned_to_date : int
        Villages that are due by ``as_of`` (:func:`planned_to_date`).
    """

    target: Target
    as_of: date
    cohort_size: int
    achieved: int
    unknown: int
    remaining: int
    share: float
    days_left: int
    band: Band
    planned_to_date: int

    @property
    def share_of_plan(self) -> float | None:
        """``achieved / planned_to_date``; ``None`` while nothing is due."""
        return self.achieved / self.planned_to_date if self.planned_to_date else None

    @property
    def is_past(self) -> bool:
        """Whether the deadline lies behind ``as_of``: what is said is then a look back."""
        return self.days_left < 0


def plan_line(target: Target, day: date) -> Fraction:
    """Return how many villages the plan foresees by a day, as an exact number.

    The plan is the line through nought on ``cohort_on``, the milestones, and ``required`` on the
    deadline: between two of these it rises by the same share of a village every day. Before
    it is nought, after it ``required``.

    Parameters
    ----------
    target : Target
        Its milestones in order of day.
    day : date
        The plan at its end.
    """
    steps = {step.due_on: step.count for step in target.milestones}
    knots = [*({target.cohort_on: 0} | steps | {target.deadline: target.required}).items()]
    if day <= target.cohort_on:
        return Fraction(0)
    for (first, low), (last, high) in pairwise(knots):
        if day <= last:
            return low + Fraction((day - first).days, (last - first).days) * (high - low)
    return Fraction(target.required)


def planned_to_date(target: Target, day: date) -> int:
    """Return how many villages are due by a day: the whole ones of :func:`plan_line`.

    Half a village cannot be connected, so a village is due on the day its share is complete.
    """
    line = plan_line(target, day)
    return line.numerator // line.denominator


def band_of(achieved: int, planned: int, required: int | None = None) -> Band:
    """Return the band of ``achieved`` out of ``planned`` (exact, in whole numbers).

    Exactly 80 % is not *over* 80 %; exactly 50 % belongs to 50-80 %.

    Parameters
    ----------
    achieved : int
    planned : int
        Villages due by the day.
    required : int, optional
        Villages due in the end; ``planned`` by default. What reaches it is met at any time; what
        does not, while nothing is due, is ``NOT_DUE``.
    """
    if achieved >= (planned if required is None else required):
        return Band.MET
    if planned <= 0:
        return Band.NOT_DUE
    if achieved >= planned:
        return Band.MET
    if achieved * 5 > planned * 4:
        return Band.OVER_80
    if achieved * 2 >= planned:
        return Band.FROM_50_TO_80
    return Band.UNDER_50


def assess_target(
    target: Target,
    cohort: npt.NDArray[np.bool_],
    status: npt.NDArray[np.str_],
    as_of: date,
) -> Progress:
    """Measure a target.

    Parameters
    ----------
    target : Target
    cohort : ndarray of bool, shape (n,)
        Villages lacking the service on ``target.cohort_on``, of the target's area.
    status : ndarray of str, shape (n,)
        :func:`planning.gaps.gap_status` of the same villages at ``as_of``.
    as_of : date

    Returns
    -------
    Progress
    """
    achieved = int(np.count_nonzero(cohort & (status == GapStatus.SERVED)))
    planned = planned_to_date(target, as_of)
    return Progress(
        target=target,
        as_of=as_of,
        cohort_size=int(np.count_nonzero(cohort)),
        achieved=achieved,
        unknown=int(np.count_nonzero(cohort & (status == GapStatus.UNKNOWN))),
        remaining=max(target.required - achieved, 0),
        share=achieved / target.required if target.required else 1.0,
        days_left=(target.deadline - as_of).days,
        band=band_of(achieved, planned, target.required),
        planned_to_date=planned,
    )
