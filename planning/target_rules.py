"""What a target must keep to be one: every reason why it cannot, at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from planning.errors import Fault
from planning.vocabulary import Target


def target_faults(targets: Sequence[Target]) -> list[Fault]:
    """Return what is wrong with targets, each as a sentence that names the target.

    Parameters
    ----------
    targets : sequence of Target

    Returns
    -------
    list of Fault
        Empty where all can be used. ``column`` holds the target's id.
    """
    faults: list[Fault] = []
    seen: set[str] = set()
    for target in targets:
        faults += _faults(target)
        if target.target_id in seen:
            faults.append(_fault(target, "twice", target.target_id))
        seen.add(target.target_id)
    return faults


def area_faults(targets: Iterable[Target], known: Iterable[tuple[str, str]]) -> list[Fault]:
    """Return a fault for each target whose area the register does not have.

    Parameters
    ----------
    targets : iterable of Target
    known : iterable of (str, str)
        Kind (:class:`planning.vocabulary.AreaKind`) and code of the areas of the register.
    """
    areas = set(known)
    return [
        _fault(target, "area", target.area.code, kind=f"area-{target.area.kind}")
        for target in targets
        if target.area is not None and (str(target.area.kind), target.area.code) not in areas
    ]


def _faults(target: Target) -> Iterator[Fault]:
    if not target.target_id.strip():
        yield _fault(target, "id", target.target_id)
    if target.cohort_size < 1:
        yield _fault(target, "cohort", target.cohort_size)
    if target.required < 1:
        yield _fault(target, "required", target.required)
    elif target.required > target.cohort_size >= 1:
        yield _fault(target, "more", target.required, most=target.cohort_size)
    if target.deadline <= target.cohort_on:
        yield _fault(target, "deadline", target.deadline, first=target.cohort_on)
    if target.result is not None and target.result < 0:
        yield _fault(target, "result", target.result)
    yield from _faults_of_steps(target)


def _faults_of_steps(target: Target) -> Iterator[Fault]:
    for step in target.milestones:
        if not target.cohort_on < step.due_on <= target.deadline:
            values = {"first": target.cohort_on, "last": target.deadline}
            yield _fault(target, "milestone-day", step.due_on, **values)
        if step.count < 1:
            yield _fault(target, "milestone-count", step.count)
        elif step.count > target.required:
            yield _fault(target, "milestone-more", step.count, most=target.required)
        if step.due_on == target.deadline and step.count < target.required:
            yield _fault(target, "milestone-last", step.count, most=target.required)
    for before, after in pairwise(target.milestones):
        if after.due_on <= before.due_on:
            yield _fault(target, "milestone-order", after.due_on, before=before.due_on)
        elif after.count <= before.count:
            yield _fault(target, "milestone-rise", after.count, before=before.count)


def _fault(target: Target, what: str, got: object, **values: object) -> Fault:
    return Fault(
        f"fault-target-{what}",
        column=target.target_id or None,
        got=str(got),
        values=dict(values),
    )
