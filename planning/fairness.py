"""Who gets the service first: the minority share of the selected beside that of the gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.columns import BoolArray, Column, FloatArray, float_column


@dataclass(frozen=True, slots=True)
class GroupShare:
    """Ethnic-minority share of a group of villages, counted in people.

    Attributes
    ----------
    villages : int
        Villages of the group.
    counted : int
        Of these, villages whose people and minority share are both known.
    people, minority_people : float
        In the counted villages.
    """

    villages: int
    counted: int
    people: float
    minority_people: float

    @property
    def minority_share(self) -> float:
        """Share in [0, 1]; NaN when nobody is counted."""
        return self.minority_people / self.people if self.people > 0.0 else float("nan")


@dataclass(frozen=True, slots=True)
class Fairness:
    """The selected villages beside all villages of the gap."""

    selected: GroupShare
    gap: GroupShare

    @property
    def difference(self) -> float:
        """Minority share of the selected minus that of the gap; below 0 the choice falls short."""
        return self.selected.minority_share - self.gap.minority_share


def compare_shares(selected: Column, people: Column, minority_share: Column) -> Fairness:
    """Compare the minority share of the selected villages with that of the whole gap.

    Parameters
    ----------
    selected : array-like of bool, shape (n,)
        Which villages of the gap are chosen.
    people, minority_share : array-like, shape (n,)
        Villages that miss either are left out of the shares and counted as such.

    Returns
    -------
    Fairness
    """
    chosen = np.asarray(selected, dtype=np.bool_)
    head, share = float_column(people), float_column(minority_share)
    everyone = np.ones(len(chosen), dtype=np.bool_)
    return Fairness(_group(chosen, head, share), _group(everyone, head, share))


def _group(member: BoolArray, people: FloatArray, minority_share: FloatArray) -> GroupShare:
    counted = member & ~np.isnan(people) & ~np.isnan(minority_share)
    return GroupShare(
        villages=int(member.sum()),
        counted=int(counted.sum()),
        people=float(people[counted].sum()),
        minority_people=float((people[counted] * minority_share[counted]).sum()),
    )
