"""Names of what events are about: one spelling for writers and readers."""

from __future__ import annotations

from planning.vocabulary import Service

REGISTER = "register"


def state_of(village_id: str, service: Service) -> str:
    """Name the state of a service in a village."""
    return f"state:{village_id}:{service}"


def work_of(village_id: str, service: Service) -> str:
    """Name the work on a service in a village."""
    return f"work:{village_id}:{service}"


def village(village_id: str) -> str:
    """Name a village's own facts."""
    return f"village:{village_id}"


def target(target_id: str) -> str:
    """Name a target."""
    return f"target:{target_id}"


def plan(plan_id: str) -> str:
    """Name a plan that was kept."""
    return f"plan:{plan_id}"


def person(login: str) -> str:
    """Name a person."""
    return f"person:{login}"


def attachment(content_hash: str) -> str:
    """Name a piece of evidence by its content."""
    return f"attachment:{content_hash}"
