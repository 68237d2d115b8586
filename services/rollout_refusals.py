"""Why a question has no plan as put, told as limits with the nearest value of each."""

from __future__ import annotations

from collections.abc import Iterable

from planning.optimise import conflicts
from planning.optimise.limits import LimitKind, LimitName
from services.rollout_draft import Setting
from services.rollout_values import Conflict, ConflictLine


def told_conflict(
    setting: Setting, found: conflicts.Conflict, others: Iterable[ConflictLine]
) -> Conflict:
    """Tell a conflict in the units of the question, with the villages it names.

    Parameters
    ----------
    setting : Setting
    found : planning.optimise.conflicts.Conflict
    others : iterable of ConflictLine
        Limits that the tree problem does not know, such as waiting for power.
    """
    lines = _lines(setting, found.limits)
    lines += others
    lifted = set(found.lifted)
    further: list[ConflictLine] = []
    deeper, limits = found.further, list(found.limits)
    while deeper is not None:
        further += _lines(setting, deeper.limits)
        limits += deeper.limits
        deeper = deeper.further
    given_way: dict[LimitName, conflicts.Limit] = {}
    for one in limits:
        # A limit may be in two conflicts; the first says how far it gives way.
        if one.name in lifted:
            given_way.setdefault(one.name, one)
    return Conflict(
        lines=tuple(lines),
        is_minimal=found.is_minimal,
        further=tuple(further),
        given_way=tuple(_lines(setting, given_way.values())),
    )


def _lines(setting: Setting, limits: Iterable[conflicts.Limit]) -> list[ConflictLine]:
    return [_line(setting, limit) for limit in limits]


def _line(setting: Setting, limit: conflicts.Limit) -> ConflictLine:
    values = dict(limit.values)
    if limit.name.kind in {LimitKind.LOCKED, LimitKind.FORBIDDEN}:
        nodes = setting.site.network.network.villages.tolist()
        row = int(setting.site.row_of_village[nodes.index(limit.name.at)])
        village = setting.cohort.table.iloc[row]
        values |= {"name": str(village["village"]), "village_id": str(village["village_id"])}
    return ConflictLine(
        message=limit.message,
        values=values,
        asked=limit.asked,
        nearest=limit.nearest,
        is_enough=limit.is_enough,
    )
