"""Fingerprints of a question and of a plan: the same on every machine, another for any change."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from planning.optimise.problem import Problem, SteinerPlan

_FORM: Final = "gap-planner plan 1"
"""Changed whenever the form below is."""


def problem_hash(problem: Problem) -> str:
    """Return the SHA-256 of a question, as hexadecimal digits.

    Roots, locked and forbidden nodes are sets: their order makes no difference. Prizes count only
    where there is a budget, lengths only where reach is limited.
    """
    digest = _begun("problem")
    _add(digest, "nodes", np.array([problem.n_nodes]))
    _add(digest, "edges", problem.edges)
    _add(digest, "costs", problem.costs)
    _add(digest, "terminals", problem.terminals)
    _add(digest, "quota", np.array([problem.quota]))
    for name, nodes in (
        ("roots", problem.roots),
        ("locked", problem.locked),
        ("forbidden", problem.forbidden),
    ):
        _add(digest, name, np.unique(nodes))
    if problem.budget is not None:
        _add(digest, "budget", np.array([problem.budget]))
        _add(digest, "prizes", problem.prizes)
    for condition in problem.conditions:
        _add(digest, f"condition {condition.key}", condition.coefficients)
        _add(digest, "least", np.array([condition.least], float))
    if problem.reach_m is not None:
        _add(digest, "reach", np.array([problem.reach_m]))
        if problem.lengths_m is not None:
            _add(digest, "lengths", problem.lengths_m)
    return str(digest.hexdigest())


def plan_hash(plan: SteinerPlan, problem: Problem) -> str:
    """Return the SHA-256 of a plan as an answer to its question, as hexadecimal digits.

    What is built and connected counts, not how long it took or how it was proven: two solvers that
    find the same plan give it the same fingerprint.
    """
    digest = _begun("plan")
    digest.update(problem_hash(problem).encode())
    _add(digest, "edges", plan.edges)
    _add(digest, "terminals", np.sort(plan.terminals))
    return str(digest.hexdigest())


def _begun(what: str) -> Any:
    return hashlib.sha256(f"{_FORM} {what}\n".encode())


def _add(digest: Any, name: str, values: npt.NDArray[Any]) -> None:
    plain = np.asarray(values)
    # Little-endian, 8 bytes, row by row; minus nought is nought.
    form = "<f8" if plain.dtype.kind == "f" else "<i8"
    fixed = np.ascontiguousarray(plain.astype(form))
    if form == "<f8":
        fixed = fixed + 0.0
    digest.update(f"{name} {fixed.dtype.str} {fixed.shape}\n".encode())
    digest.update(fixed.tobytes())
