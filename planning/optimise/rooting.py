"""From a question to a rooted problem: roots merged, forbidden nodes out, sure ones marked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from planning.columns import BoolArray, IntArray
from planning.optimise.problem import Problem
from planning.optimise.rooted import MANDATORY, OPTIONAL, STEINER, Rooted


@dataclass(frozen=True, slots=True, eq=False)
class Rooting:
    """A rooted problem.

    Attributes
    ----------
    problem : Rooted
    single : bool
        Whether the root stands for "anywhere" and has no edges yet; see :func:`anywhere`.
    is_reached : ndarray of bool, shape (n,)
        Nodes of the question that can be reached, from a root if there is one.
    """

    problem: Rooted
    single: bool
    is_reached: BoolArray


def reachable(question: Problem) -> BoolArray:
    """Tell which nodes hang together with a root without passing forbidden ones, shape (n,).

    Without roots, with the piece of the graph that holds the locked nodes; without those either,
    every node that is not forbidden.
    """
    allowed = np.ones(question.n_nodes, bool)
    allowed[question.forbidden] = False
    begin = question.roots if len(question.roots) else question.locked[:1]
    if not len(begin):
        return allowed
    _, piece = pieces(question, allowed)
    reached: BoolArray = np.isin(piece, piece[begin]) & allowed
    return reached


def pieces(question: Problem, allowed: BoolArray) -> tuple[int, IntArray]:
    """Return the connected pieces of the graph over the allowed nodes."""
    edges = question.edges[allowed[question.edges].all(axis=1)]
    matrix = sparse.coo_array(
        (np.ones(len(edges), np.int8), (edges[:, 0], edges[:, 1])),
        (question.n_nodes, question.n_nodes),
    )
    count, piece = csgraph.connected_components(matrix.tocsr(), directed=False)
    return count, piece.astype(np.int64)


def rooting(question: Problem) -> Rooting:
    """Build the rooted problem of a question that has an answer."""
    n = question.n_nodes
    reached = reachable(question)
    is_root = np.zeros(n, bool)
    is_root[question.roots] = True
    is_root &= reached
    kind = np.full(n + 1, STEINER, np.int64)
    terminals = question.terminals[reached[question.terminals] & ~is_root[question.terminals]]
    kind[terminals] = OPTIONAL
    kind[question.locked] = MANDATORY
    kind[:n][is_root | ~reached] = STEINER
    given = int(is_root[question.terminals].sum())
    locked = int((kind[question.terminals] == MANDATORY).sum())
    needed = question.quota - given - locked
    optional = np.flatnonzero(kind == OPTIONAL)
    # Conditions, prizes and reach speak of the terminals themselves; a plain quota counts them.
    is_plain = question.budget is None and not question.conditions and question.reach_m is None
    if needed >= len(optional):
        kind[optional] = MANDATORY
        needed = 0
    elif needed <= 0 and is_plain:
        kind[optional] = STEINER
        needed = 0
    needed = max(needed, 0)
    single, root = False, n
    where = np.arange(n + 1)
    if is_root.any():
        where[:n][is_root] = n
    else:
        sure = np.flatnonzero(kind == MANDATORY)
        if len(sure):
            root = int(sure[0])
        else:
            single = True
    ends = where[question.edges]
    may = np.append(reached, True)
    alive = np.flatnonzero((ends[:, 0] != ends[:, 1]) & may[question.edges].all(axis=1))
    return Rooting(
        Rooted(
            edges=ends[alive],
            costs=question.costs[alive],
            kind=kind,
            root=root,
            label=np.append(np.arange(n), -1),
            needed=needed,
            parts_start=np.arange(len(alive) + 1),
            parts=alive,
            fixed=np.empty(0, np.int64),
            fixed_cost=0.0,
        ),
        single,
        reached,
    )


def anywhere(problem: Rooted, beyond: int) -> Rooted:
    """Let the root of a tree that may stand anywhere be any optional terminal, for nothing.

    A tree uses exactly one of the new edges. Graph tests must come before: they would take the root
    for a way between terminals.

    Parameters
    ----------
    problem : Rooted
        Whose root has no edges.
    beyond : int
        Number of edges of the question; what the new edges stand for is counted on from it.
    """
    begin = problem.optional
    new = np.column_stack([np.full(len(begin), problem.root), begin])
    parts = beyond + np.arange(len(begin))
    ends = problem.parts_start[-1] + 1 + np.arange(len(begin))
    return replace(
        problem,
        edges=np.vstack([problem.edges, new]),
        costs=np.concatenate([problem.costs, np.zeros(len(begin))]),
        parts_start=np.concatenate([problem.parts_start, ends]),
        parts=np.concatenate([problem.parts, parts]),
    )
