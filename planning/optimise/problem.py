"""A roll-out question as arrays: what the solver gets and the certificate is checked against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from planning.columns import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A linear side condition on which terminals are connected: ``coefficients · y >= least``.

    A share of at least *s* of minority people is ``minority - s * people >= 0``; at least *n*
    villages of a district is ones of that district ``>= n``.

    Attributes
    ----------
    key : str
        What the condition is, for explanations (``"minority_share"``, ``"district"``).
    coefficients : ndarray of float, shape (t,)
        One per terminal of the problem, in its order.
    least : float
    values : dict
        What an explanation of the condition is filled with.
    """

    key: str
    coefficients: FloatArray
    least: float
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Connect terminals to any root along edges.

    Without a budget: at least ``quota`` terminals at least cost. With one: the largest sum of
    prizes whose cost is at most ``budget``, with at least ``quota`` terminals.

    Attributes
    ----------
    n_nodes : int
    edges : ndarray of int, shape (m, 2)
    costs : ndarray of float, shape (m,)
        Not negative, finite.
    roots : ndarray of int, shape (r,)
        Joined for free. Empty: the tree may stand anywhere.
    terminals : ndarray of int, shape (t,)
        Different nodes. One that is a root is connected from the beginning.
    quota : int
    prizes : ndarray of float, shape (t,)
        Used with a budget only.
    budget : float or None
    locked, forbidden : ndarray of int
        Nodes that must be, and must not be, in the tree.
    conditions : tuple of Condition
    lengths_m : ndarray of float, shape (m,), or None
        Of each edge, where ``reach_m`` limits them.
    reach_m : float or None
        Longest way along the tree from a root to a connected terminal. Needs roots.
    """

    n_nodes: int
    edges: IntArray
    costs: FloatArray
    roots: IntArray
    terminals: IntArray
    quota: int
    prizes: FloatArray
    budget: float | None
    locked: IntArray
    forbidden: IntArray
    conditions: tuple[Condition, ...] = ()
    lengths_m: FloatArray | None = None
    reach_m: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SteinerPlan:
    """A tree (a forest over the roots) and how good it is known to be.

    Attributes
    ----------
    edges : ndarray of int, shape (e,)
        Indices into the problem's edges, ascending.
    terminals : ndarray of int, shape (c,)
        Terminals (nodes) connected, in the order of the problem.
    cost : float
        Sum of the costs of ``edges``.
    prize : float
        Sum of the prizes of ``terminals``.
    bound : float
        No answer is better: the cost of none is below it, or, with a budget, the prize of none is
        above it.
    proven : bool
        Whether nothing better exists, up to the gap asked for.
    gap : float
        Distance from the bound in proportion to the value; 0 when it is optimal.
    seconds : float
    method : str
        What proved it, or stopped it.
    """

    edges: IntArray
    terminals: IntArray
    cost: float
    prize: float
    bound: float
    proven: bool
    gap: float
    seconds: float
    method: str = ""


@dataclass(frozen=True, slots=True)
class SolverProgress:
    """Where a solve stands: the best plan's value so far and the bound."""

    seconds: float
    phase: str
    value: float | None
    bound: float | None


Watch: TypeAlias = Callable[[SolverProgress], bool]
"""Told of progress; answers whether to go on."""
