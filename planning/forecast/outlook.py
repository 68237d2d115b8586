"""Whether a target will be met: the law of the count at its deadline, shocks shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.forecast.completion import Completion, Outset
from planning.forecast.counting import at_least, capped, count_law, percentile
from planning.forecast.crews import served_in_turn
from planning.forecast.shocks import contractor_groups, enumerate_shocks
from planning.forecast.standing import ORDER, Standing
from planning.forecast_assumptions import Assumption, Assumptions
from planning.vocabulary import Lane, WorkStatus

_DAYS_PER_QUARTER: Final = 365.25 / 4
PERCENTILES: Final = (0.1, 0.5, 0.9)


@dataclass(frozen=True, eq=False)
class Workload:
    """The villages of a target and their work.

    Attributes
    ----------
    village_ids : tuple of str, length n
        In order of priority: of two that are as far along the first is served first.
    is_done : ndarray of bool, shape (n,)
        Verified to have the service already.
    standings : tuple of Standing, length n
    lanes : tuple of Lane, length n
    contractors, sites : tuple of str, length n
        Who builds, and what shares the same ground; villages of equal text share their shocks.
    not_before : tuple of date or None, length n
        First day on which the plan lets building begin.
    """

    village_ids: tuple[str, ...]
    is_done: BoolArray
    standings: tuple[Standing, ...]
    lanes: tuple[Lane, ...]
    contractors: tuple[str, ...]
    sites: tuple[str, ...]
    not_before: tuple[date | None, ...]

    def __len__(self) -> int:
        """Return the number of villages."""
        return len(self.village_ids)


@dataclass(frozen=True)
class Change:
    """What might be done otherwise.

    Attributes
    ----------
    outsets : mapping of int to Outset
        By village: where it would stand.
    crews : int
        Crews more.
    """

    outsets: Mapping[int, Outset] = field(default_factory=dict)
    crews: int = 0


@dataclass(frozen=True, eq=False)
class Chances:
    """What a forecast says.

    Attributes
    ----------
    law : ndarray of float, shape (n + 1,)
        Of the count at the deadline, villages done already included.
    villages : ndarray of float, shape (n,)
        Probability of each village.
    met : float
        Probability of ``required`` or more.
    """

    law: FloatArray
    villages: FloatArray
    met: float

    def percentile(self, share: float) -> int:
        """Return the count that is not exceeded with probability ``share``."""
        return percentile(self.law, share)


class Outlook:
    """A target's villages, ready to be asked what would follow from this or that."""

    def __init__(
        self,
        workload: Workload,
        assumptions: Assumptions,
        as_of: date,
        deadline: date,
        required: int,
    ) -> None:
        """Work out what does not depend on the question.

        Parameters
        ----------
        workload : Workload
        assumptions : Assumptions
        as_of, deadline : date
            The forecast is made at the end of the one for the end of the other; after the
            deadline nothing more can be finished by it.
        required : int
        """
        self.workload, self.assumptions = workload, assumptions
        self.as_of, self.deadline, self.required = as_of, max(deadline, as_of), required
        groups = contractor_groups(workload.contractors)
        self._shocks = enumerate_shocks(
            as_of,
            self.deadline,
            assumptions,
            groups=groups,
            standings=workload.standings,
            lanes=workload.lanes,
        )
        self.checkpoints = month_ends(as_of, self.deadline) or (self.deadline,)
        self._quarter_ends = np.array(
            [(day + timedelta(days=1)).day == 1 and day.month % 3 == 0 for day in self.checkpoints],
            dtype=np.bool_,
        )
        self._completion = Completion(
            as_of, self.deadline, self.checkpoints, assumptions, self._shocks
        )
        count = len(self._shocks.weights)
        shape = (count, len(workload))
        self._nodes = self._shocks.node_of[:, groups] if len(workload) else np.zeros(shape, int)
        self._sites = np.unique(np.asarray(workload.sites, dtype=str), return_inverse=True)[1]

    def outset(self, village: int) -> Outset:
        """Return where a village stands."""
        workload = self.workload
        return Outset(
            workload.standings[village], workload.lanes[village], workload.not_before[village]
        )

    def chances(self, change: Change | None = None) -> Chances:
        """Return what to expect, as things are or after a change."""
        usual, hit, most = self._scenarios(change or Change())
        law = self._mixed(capped(count_law(usual, hit, self._sites, self._chance), most))
        share = self._chance
        villages = self._mixed((1.0 - share) * usual + share * hit)
        return Chances(law, villages, float(at_least(law, self.required)))

    def path(self, days: Sequence[date]) -> list[tuple[int, ...]]:
        """Return :data:`PERCENTILES` of the count at the end of checkpoints."""
        told = []
        for day in days:
            usual, hit, most = self._scenarios(Change(), self.checkpoints.index(day))
            law = self._mixed(capped(count_law(usual, hit, self._sites, self._chance), most))
            told.append(tuple(percentile(law, share) for share in PERCENTILES))
        return told

    def met_at_best(self, changes: Mapping[int, Outset], count: int, crews: int = 0) -> float:
        """Return a bound: no ``count`` of some changes make the target likelier than this.

        Every scenario may choose its own villages, no site is hit, no village waits for crews, and
        the best ``count`` chances after a change stand beside the best ones before it of as many
        villages as are left: whatever is chosen, its chances in order of size are nowhere larger.

        Parameters
        ----------
        changes : mapping of int to Outset
            A change by village.
        count : int
        crews : int
            Crews more.
        """
        _, _, most = self._scenarios(Change(crews=crews))
        may = np.array(sorted(changes), dtype=np.int64)
        before, after = self._finished({}, 0), self._finished(changes, 0)
        chances = np.concatenate(
            [
                np.delete(before, may, axis=1),
                np.sort(after[:, may], axis=1)[:, len(may) - count :],
                np.sort(before[:, may], axis=1)[:, count:],
            ],
            axis=1,
        )
        alone = np.arange(chances.shape[1])
        # A village raised past building needs no crew: the crews then finish one more.
        law = self._mixed(capped(count_law(chances, chances, alone, 0.0), most + count))
        return float(at_least(law, self.required))

    @property
    def _chance(self) -> float:
        return self.assumptions.base(Assumption.SITE_CHANCE)

    def _mixed(self, values: FloatArray) -> FloatArray:
        return np.asarray(np.tensordot(self._shocks.weights, values, axes=1), dtype=np.float64)

    def _finished(self, outsets: Mapping[int, Outset], site: int) -> FloatArray:
        """Return chances at the deadline without crews' limits, shape (scenarios, n)."""
        return self._laws(outsets)[:, :, site, -1]

    def _laws(self, outsets: Mapping[int, Outset]) -> FloatArray:
        """Return shape (scenarios, n, 2, checkpoints)."""
        number: dict[Outset, int] = {}
        own = np.zeros(len(self.workload), dtype=np.int64)
        for village in range(len(self.workload)):
            outset = outsets.get(village) or self.outset(village)
            own[village] = number.setdefault(outset, len(number))
        shape = (len(self._shocks.weights), len(self.workload), 2, len(self.checkpoints))
        if not number:
            return np.zeros(shape)
        laws = np.array([self._completion.law(outset) for outset in number])
        found = laws[own[None, :], self._shocks.storm_of[:, None], self._nodes]
        return np.where(self.workload.is_done[None, :, None, None], 1.0, found)

    def _scenarios(
        self, change: Change, checkpoint: int = -1
    ) -> tuple[FloatArray, FloatArray, IntArray]:
        """Return chances by scenario, site as usual and hit, and the most that can be finished."""
        laws = self._laws(change.outsets)
        usual, hit = laws[:, :, 0], laws[:, :, 1]
        skips = self._skips_crews(change)
        per_day = self.assumptions.base(Assumption.VILLAGES_PER_CREW) / _DAYS_PER_QUARTER
        crews = self.assumptions.base(Assumption.CREWS) + change.crews
        capacity = (crews * per_day * self._completion.dry_at_checkpoints)[self._shocks.storm_of]
        expected = (1.0 - self._chance) * usual + self._chance * hit
        order = self._order(change)
        order = order[~skips[order]]
        share = np.ones_like(usual)
        if len(order):
            some = expected[:, order]
            share[:, order] = served_in_turn(
                some, capacity, self._quarter_ends, np.arange(len(order))
            )
        at = share[:, :, checkpoint]
        most = int(skips.sum()) + np.floor(capacity[:, checkpoint] + 1e-9).astype(np.int64)
        return usual[:, :, checkpoint] * at, hit[:, :, checkpoint] * at, most

    def _skips_crews(self, change: Change) -> BoolArray:
        """Tell which villages need no crew any more."""
        built = {WorkStatus.ON_AIR, WorkStatus.ACCEPTED}
        return np.array(
            [
                bool(done) or (change.outsets.get(at) or self.outset(at)).standing.status in built
                for at, done in enumerate(self.workload.is_done)
            ],
            dtype=np.bool_,
        )

    def _order(self, change: Change) -> IntArray:
        """Return villages in the order crews serve them: the furthest along first."""

        def behind(village: int) -> int:
            standing = (change.outsets.get(village) or self.outset(village)).standing
            late = len(ORDER) if standing.status is WorkStatus.SUSPENDED else 0
            return late - ORDER.index(standing.before)

        return np.array(sorted(range(len(self.workload)), key=behind), dtype=np.int64)


def month_ends(as_of: date, deadline: date) -> tuple[date, ...]:
    """Return the last days of months after ``as_of``, and the deadline if it is after it."""
    ends = []
    first = as_of.replace(day=1)
    while first <= deadline:
        following = (first + timedelta(days=31)).replace(day=1)
        end = min(following - timedelta(days=1), deadline)
        if end > as_of:
            ends.append(end)
        first = following
    return tuple(dict.fromkeys(ends))
