"""One thing to solve, and an independent look at what a way of solving it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.columns import FloatArray, IntArray
from planning.optimise.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """Connect ``quota`` of the terminals to any root at least cost.

    Attributes
    ----------
    name, family : str
    n_nodes : int
    edges : ndarray of int, shape (m, 2)
    costs : ndarray of float, shape (m,)
    roots, terminals : ndarray of int
        Without roots the tree may stand anywhere.
    quota : int
    optimum : float or None
        As published; ``None`` where it is not.
    """

    name: str
    family: str
    n_nodes: int
    edges: IntArray
    costs: FloatArray
    roots: IntArray
    terminals: IntArray
    quota: int
    optimum: float | None = None

    def problem(self) -> Problem:
        """Return it as the product puts it."""
        nothing = np.empty(0, np.int64)
        return Problem(
            n_nodes=self.n_nodes,
            edges=self.edges,
            costs=self.costs,
            roots=self.roots,
            terminals=self.terminals,
            quota=self.quota,
            prizes=np.ones(len(self.terminals)),
            budget=None,
            locked=nothing,
            forbidden=nothing,
        )


class WrongAnswerError(Exception):
    """A way of solving answered with something that is no plan."""


def recount(instance: Instance, edges: IntArray) -> float:
    """Return what a set of edges costs, after seeing for oneself that it is a plan.

    Parameters
    ----------
    instance : Instance
    edges : ndarray of int
        Indices; an edge listed twice is paid twice.

    Returns
    -------
    float

    Raises
    ------
    WrongAnswerError
        If what is connected to a root (or, without roots, together) holds too few terminals.
    """
    leader = np.arange(instance.n_nodes + 1)

    def find(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = int(leader[node])
        return node

    leader[instance.roots] = instance.n_nodes
    for u, v in instance.edges[np.unique(edges)].tolist():
        leader[find(u)] = find(v)
    groups = [find(int(node)) for node in instance.terminals]
    if len(instance.roots):
        connected = groups.count(find(instance.n_nodes))
    else:
        connected = max(map(groups.count, set(groups)), default=0)
    if connected < instance.quota:
        raise WrongAnswerError(f"{instance.name}: {connected} of {instance.quota} connected")
    return float(instance.costs[edges].sum())
