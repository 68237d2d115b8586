"""Everything known of one village, for its card on the map and on the command line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planning.errors import PlannerError
from planning.vocabulary import Gap, PositionBasis
from services.assess import Assessment
from services.prioritise import Ranking
from services.province import Province


@dataclass(frozen=True)
class Place:
    """Where a village stands in the ranking of one gap.

    Attributes
    ----------
    gap : Gap
    of : int
        Villages in the ranking.
    row : Series
        The village's row of :attr:`services.prioritise.Ranking.table`.
    """

    gap: Gap
    of: int
    row: pd.Series


@dataclass(frozen=True)
class VillageCard:
    """One village at a date.

    Attributes
    ----------
    row : int
        Its row in the register.
    register : Series
        Its columns of the register.
    state : Series
        Its row of :attr:`services.assess.Assessment.villages`.
    history : DataFrame
        Its observations up to the date, newest first.
    places : tuple of Place
        Its place in the ranking of each gap it has.
    nearest : DataFrame
        One row a gap: the nearest *other* point with that service (columns of
        :func:`services.serving.nearest_served`), with ``gap``.
    """

    row: int
    register: pd.Series
    state: pd.Series
    history: pd.DataFrame
    places: tuple[Place, ...]
    nearest: pd.DataFrame

    @property
    def no_distance(self) -> str | None:
        """Message that says why there are no distances; ``None`` if they are measured."""
        return no_distance(self.register["position_basis"])


def no_distance(position_basis: object) -> str | None:
    """Return the message that says why a village has no distance; ``None`` if it has one.

    Parameters
    ----------
    position_basis : object
        A :class:`planning.vocabulary.PositionBasis` value, or missing.
    """
    at_centre = position_basis == PositionBasis.COMMUNE_CENTRE
    return "no-distance-commune-centre" if at_centre else None


def locate(province: Province, village_id: str) -> int:
    """Return the register row of a village.

    Raises
    ------
    PlannerError
        If there is none with this id; the closest id is suggested.
    """
    ids = province.villages["village_id"]
    at = int(ids.searchsorted(village_id))
    if at < len(ids) and ids.iloc[at] == village_id:
        return at
    close = difflib.get_close_matches(village_id.upper(), ids, n=1, cutoff=0.85)
    if close:
        raise PlannerError("error-village-suggest", village_id=village_id, suggestion=close[0])
    raise PlannerError("error-village-unknown", village_id=village_id)


def describe(
    province: Province,
    assessment: Assessment,
    rankings: Mapping[Gap, Ranking],
    nearest: Mapping[Gap, pd.DataFrame],
    village_id: str,
) -> VillageCard:
    """Gather everything known of a village at the assessment's date.

    Parameters
    ----------
    province : Province
    assessment : Assessment
    rankings : mapping of Gap to Ranking
        Rankings in which to look the village up.
    nearest : mapping of Gap to DataFrame
        What :func:`services.serving.nearest_of_all` found for the assessment's date.
    village_id : str

    Raises
    ------
    PlannerError
        If there is no such village.
    """
    row = locate(province, village_id)
    observed = province.observations
    own = observed[
        (observed["village_id"] == village_id)
        & (observed["observed_on"] <= pd.Timestamp(assessment.as_of))
    ]
    return VillageCard(
        row=row,
        register=province.villages.iloc[row],
        state=assessment.villages.iloc[row],
        history=own.sort_values("observed_on", kind="stable", ascending=False),
        places=tuple(_places(rankings, village_id)),
        nearest=pd.concat(
            [found.iloc[[row]].assign(gap=str(gap)) for gap, found in nearest.items()],
            ignore_index=True,
        ),
    )


def _places(rankings: Mapping[Gap, Ranking], village_id: str) -> list[Place]:
    found = []
    for gap, ranking in rankings.items():
        at = np.flatnonzero(ranking.table["village_id"] == village_id)
        if len(at):
            found.append(Place(gap, len(ranking.table), ranking.table.iloc[at[0]]))
    return found
