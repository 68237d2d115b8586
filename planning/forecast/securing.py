"""The smallest change that makes a target safe, of each kind, with the proof that none is smaller.

Of villages the fewest are sought. A number of them is ruled out either by trying every choice,
equal villages once, or by a bound no choice exceeds (:meth:`Outlook.met_at_best`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from planning.forecast.completion import Outset
from planning.forecast.outlook import Change, Outlook
from planning.forecast.standing import ORDER, Standing
from planning.vocabulary import WorkStatus

SAFE: Final = 0.9
"""A target is called safe from this probability on; our choice."""
_MOST_TRIED: Final = 300
_MOST_CREWS: Final = 200


class Lever(StrEnum):
    """A kind of change."""

    RESUME = "resume"
    RAISE = "raise"
    BRING_FORWARD = "bring_forward"
    CREWS = "crews"
    FORWARD_WITH_CREWS = "forward_with_crews"


@dataclass(frozen=True, slots=True)
class Remedy:
    """The smallest change of a kind.

    Attributes
    ----------
    lever : Lever
    count : int or None
        Villages, or crews more; ``None`` where even all of them are not enough.
    least : int
        No smaller number of the kind suffices; equal to ``count`` where that is proven.
    villages : tuple of str
        Which; empty for crews.
    met : float
        Probability of the target after it; with all of them where even that is not enough.
    available : int
        Villages there are to change; of crews the most that were tried.
    crews : int
        Crews more that go with it: the fewest with which all the villages would do.
    """

    lever: Lever
    count: int | None
    least: int
    villages: tuple[str, ...]
    met: float
    available: int
    crews: int = 0

    @property
    def is_proven(self) -> bool:
        """Whether no smaller change of this kind suffices."""
        return self.count is not None and self.least == self.count


def smallest_changes(outlook: Outlook, safe: float = SAFE) -> tuple[Remedy, ...]:
    """Return the smallest change of each kind that there is anything of to change.

    Parameters
    ----------
    outlook : Outlook
    safe : float
        Probability wanted.

    Returns
    -------
    tuple of Remedy
        Empty where the target is safe as things are. What suffices comes first, the fewest first.
    """
    if outlook.chances().met >= safe:
        return ()
    found = [
        _fewest_villages(outlook, lever, options, safe)
        for lever in (Lever.RESUME, Lever.RAISE, Lever.BRING_FORWARD)
        if (options := changes_of(outlook, lever))
    ]
    found.append(_fewest_crews(outlook, safe))
    if all(one.count is None for one in found):
        found += _both(outlook, safe)
    return tuple(
        sorted(found, key=lambda one: (one.count is None, one.count or 0, -one.met, one.lever))
    )


def changes_of(outlook: Outlook, lever: Lever) -> dict[int, Outset]:
    """Return where each village that can be changed would stand.

    ``RESUME``: at work again today, at what a suspension interrupted. ``RAISE``: one status
    further, today. ``BRING_FORWARD``: crews start building today, whatever the plan's quarter.
    """
    options = {}
    workload, today = outlook.workload, outlook.as_of
    for village, (done, standing) in enumerate(
        zip(workload.is_done, workload.standings, strict=True)
    ):
        status, before = standing.status, standing.before
        is_suspended = status is WorkStatus.SUSPENDED
        to: WorkStatus | None = None
        if done or status is WorkStatus.ACCEPTED:
            continue
        if lever is Lever.RESUME and is_suspended:
            to = before
        elif lever is Lever.RAISE and not is_suspended:
            to = ORDER[ORDER.index(status) + 1]
        elif lever is Lever.BRING_FORWARD and not is_suspended:
            to = WorkStatus.BUILDING if ORDER.index(status) < 3 else None
        if to is not None:
            outset = replace(outlook.outset(village), standing=Standing(to, today, to))
            if lever is Lever.BRING_FORWARD:
                outset = replace(outset, not_before=None)
            options[village] = outset
    return options


def _both(outlook: Outlook, safe: float) -> list[Remedy]:
    """Return villages to bring forward together with crews, where neither alone is enough."""
    options = changes_of(outlook, Lever.BRING_FORWARD)
    if not options:
        return []
    crews = _fewest_crews(outlook, safe, options)
    if crews.count is None:
        return []
    return [_fewest_villages(outlook, Lever.FORWARD_WITH_CREWS, options, safe, crews.count)]


def _fewest_villages(
    outlook: Outlook, lever: Lever, options: Mapping[int, Outset], safe: float, crews: int = 0
) -> Remedy:
    def met(chosen: Sequence[int]) -> float:
        change = Change({village: options[village] for village in chosen}, crews)
        return outlook.chances(change).met

    ranked = _most_gained_first(outlook, options)
    everything = met(ranked)
    name = outlook.workload.village_ids

    def remedy(count: int | None, least: int, chosen: Sequence[int], chance: float) -> Remedy:
        ids = tuple(name[village] for village in chosen)
        return Remedy(lever, count, least, ids, chance, len(options), crews)

    if everything < safe:
        return remedy(None, len(options) + 1, (), everything)
    least = next(
        (
            count
            for count in range(1, len(options) + 1)
            if outlook.met_at_best(options, count, crews) >= safe
        ),
        len(options) + 1,
    )
    # In the order of what each gains; the first number that suffices is an upper end.
    low, high = least, len(ranked)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if met(ranked[:middle]) >= safe else (middle + 1, high)
    count, chosen = high, ranked[:high]
    tried = 0
    kinds = _kinds(outlook, options)
    for smaller in range(least, count):
        tried += _number_of_choices(kinds, smaller)
        if tried > _MOST_TRIED:
            break
        best = max(_choices(kinds, smaller), key=met)
        if met(best) >= safe:
            return remedy(smaller, smaller, best, met(best))
        least = smaller + 1
    return remedy(count, least, chosen, met(chosen))


def _most_gained_first(outlook: Outlook, options: Mapping[int, Outset]) -> list[int]:
    before = outlook.chances().villages
    after = outlook.chances(Change(options)).villages
    return sorted(options, key=lambda village: (-(after[village] - before[village]), village))


def _kinds(outlook: Outlook, options: Mapping[int, Outset]) -> dict[int, object]:
    """Return what makes two villages the same to choose: their own law and their neighbours'."""
    workload = outlook.workload

    def own(village: int) -> tuple[object, ...]:
        return (
            outlook.outset(village),
            bool(workload.is_done[village]),
            workload.contractors[village],
            options.get(village),
        )

    by_site: dict[str, list[int]] = {}
    for village, site in enumerate(workload.sites):
        by_site.setdefault(site, []).append(village)
    kinds: dict[int, object] = {}
    for village in options:
        mates = by_site[workload.sites[village]]
        beside = frozenset(Counter(own(other) for other in mates).items())
        # Where several of one site are chosen it matters that they are of one site.
        kinds[village] = (own(village), beside, workload.sites[village] if len(mates) > 1 else "")
    return kinds


def _number_of_choices(kinds: Mapping[int, object], count: int) -> int:
    """Return in how many ways ``count`` villages can be of different kinds."""
    ways = [1] + [0] * count
    for size in Counter(kinds.values()).values():
        ways = [sum(ways[max(0, at - size) : at + 1]) for at in range(count + 1)]
    return ways[count]


def _choices(kinds: Mapping[int, object], count: int) -> Iterator[tuple[int, ...]]:
    """Yield one choice of ``count`` villages for each way of choosing kinds."""
    members: dict[object, list[int]] = {}
    for village, kind in kinds.items():
        members.setdefault(kind, []).append(village)
    groups = list(members.values())

    def chosen(at: int, left: int) -> Iterator[tuple[int, ...]]:
        if left == 0:
            yield ()
        elif at < len(groups):
            for taken in range(min(left, len(groups[at])), -1, -1):
                for rest in chosen(at + 1, left - taken):
                    yield (*groups[at][:taken], *rest)

    yield from chosen(0, count)


def _fewest_crews(
    outlook: Outlook, safe: float, outsets: Mapping[int, Outset] | None = None
) -> Remedy:
    """Return the crews needed: what crews leave of a chance only grows with them."""

    def met(crews: int) -> float:
        return outlook.chances(Change(outsets or {}, crews)).met

    everything = met(_MOST_CREWS)
    if everything < safe:
        return Remedy(Lever.CREWS, None, _MOST_CREWS + 1, (), everything, _MOST_CREWS)
    low, high = 1, _MOST_CREWS
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if met(middle) >= safe else (middle + 1, high)
    return Remedy(Lever.CREWS, high, high, (), met(high), _MOST_CREWS)
