"""The Steiner tree instances of PACE 2018, track A, with their optima.

Public (CC0) and not part of the project: ``GAP_PLANNER_PACE`` names their folder, else
``../shared/data/steiner_pace2018`` is looked into.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.rollout.instances import Instance

FOLDER: Final = Path(__file__).parents[3] / "shared" / "data" / "steiner_pace2018"


def instances() -> list[Instance]:
    """Read every instance there is, by name; none where the folder is absent."""
    folder = Path(os.environ.get("GAP_PLANNER_PACE", FOLDER))
    if not (folder / "optima.csv").is_file():
        return []
    with (folder / "optima.csv").open(encoding="utf-8", newline="") as table:
        optima = {row["paceName"]: float(row["opt"]) for row in csv.DictReader(table)}
    return [_read(path, optima.get(path.name)) for path in sorted(folder.glob("track1/*.gr"))]


def _read(path: Path, optimum: float | None) -> Instance:
    """Read ``Nodes N``, ``E u v w`` and ``T v``; nodes are counted from 1."""
    edges, costs, terminals, n_nodes = [], [], [], 0
    for line in path.read_text(encoding="ascii").splitlines():
        match line.split():
            case ["Nodes", count]:
                n_nodes = int(count)
            case ["E", u, v, cost]:
                edges.append((int(u) - 1, int(v) - 1))
                costs.append(float(cost))
            case ["T", node]:
                terminals.append(int(node) - 1)
    return Instance(
        name=path.stem,
        family="PACE 2018",
        n_nodes=n_nodes,
        edges=np.array(edges, np.int64),
        costs=np.array(costs),
        roots=np.empty(0, np.int64),
        terminals=np.array(terminals, np.int64),
        quota=len(terminals),
        optimum=optimum,
    )
