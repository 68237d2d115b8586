"""How far a target has come at a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from planning.vocabulary import GapStatus, Target


class Band(StrEnum):
    """The province's own bands of completion, met to far behind.

    Source: the steering committee's report of 18 July 2024, see docs/reference/facts.md.
    """

    MET = "met"
    OVER_80 = "over_80"
    FROM_50_TO_80 = "from_50_to_80"
    UNDER_50 = "under_50"


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


def band_of(achieved: int, required: int) -> Band:
    """Return the band of ``achieved`` out of ``required`` (exact, in whole numbers).

    Exactly 80 % is not *over* 80 %; exactly 50 % belongs to 50-80 %.
    """
    if achieved >= required:
        return Band.MET
    if achieved * 5 > required * 4:
        return Band.OVER_80
    if achieved * 2 >= required:
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
        Villages lacking the service on ``target.cohort_on``.
    status : ndarray of str, shape (n,)
        :func:`planning.gaps.gap_status` of the same villages at ``as_of``.
    as_of : date

    Returns
    -------
    Progress
    """
    achieved = int(np.count_nonzero(cohort & (status == GapStatus.SERVED)))
    return Progress(
        target=target,
        as_of=as_of,
        cohort_size=int(np.count_nonzero(cohort)),
        achieved=achieved,
        unknown=int(np.count_nonzero(cohort & (status == GapStatus.UNKNOWN))),
        remaining=max(target.required - achieved, 0),
        share=achieved / target.required if target.required else 1.0,
        days_left=(target.deadline - as_of).days,
        band=band_of(achieved, target.required),
    )
