"""Trees sought by chance: never dearer, the same for a seed, and over every terminal."""

from __future__ import annotations

import numpy as np
import pytest

from planning.optimise.annealing import annealed_tree
from planning.optimise.growth import Tree
from planning.optimise.problem import Problem
from planning.optimise.rooted import Rooted
from planning.optimise.rooting import rooting


def hypercube(dimension: int) -> Rooted:
    """Every second corner of a cube is a terminal; all edges cost the same."""
    corners = np.arange(1 << dimension)
    edges = np.array([(v, v | 1 << i) for v in corners for i in range(dimension) if not v >> i & 1])
    even = np.array([v for v in corners if int(v).bit_count() % 2 == 0])
    question = Problem(
        n_nodes=len(corners),
        edges=edges,
        costs=np.ones(len(edges)),
        roots=np.empty(0, np.int64),
        terminals=even,
        quota=len(even),
        prizes=np.ones(len(even)),
        budget=None,
        locked=np.empty(0, np.int64),
        forbidden=np.empty(0, np.int64),
    )
    return rooting(question).problem


def spanning(problem: Rooted) -> Tree:
    """A tree over all nodes: the dearest to begin with."""
    seen = {problem.root}
    chosen: list[int] = []
    for _ in range(problem.n_nodes):
        for e, (a, b) in enumerate(problem.edges.tolist()):
            if (a in seen) != (b in seen):
                seen |= {a, b}
                chosen.append(e)
    edges = np.array(sorted(chosen), np.int64)
    return Tree(edges, float(problem.costs[edges].sum()))


@pytest.mark.parametrize(("dimension", "optimum"), [(3, 5.0), (4, 10.0), (5, 20.0)])
def test_a_walk_finds_the_best_tree_of_a_cube(dimension: int, optimum: float) -> None:
    # The optima that the exact methods prove for these cubes.
    problem = hypercube(dimension)
    tree = annealed_tree(problem, problem.adjacency(), spanning(problem), steps=50_000, seed=0)
    assert tree.cost == optimum


def test_the_same_seed_walks_the_same_way() -> None:
    problem = hypercube(5)
    first, second = (
        annealed_tree(problem, problem.adjacency(), spanning(problem), steps=2_000, seed=7)
        for _ in range(2)
    )
    assert first.edges.tolist() == second.edges.tolist()


def test_a_walk_of_no_steps_returns_the_tree_or_a_better_one() -> None:
    problem = hypercube(4)
    begun = spanning(problem)
    assert annealed_tree(problem, problem.adjacency(), begun, steps=0, seed=0).cost <= begun.cost


def test_every_terminal_is_in_the_tree_found() -> None:
    problem = hypercube(5)
    tree = annealed_tree(problem, problem.adjacency(), spanning(problem), steps=5_000, seed=1)
    touched = np.unique(problem.edges[tree.edges])
    assert set(problem.mandatory.tolist()) <= set(touched.tolist())
    assert len(touched) == len(tree.edges) + 1
