"""Compare two rankings of one gap: who enters, who leaves, who moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from services.prioritise import Ranking


@dataclass(frozen=True)
class Comparison:
    """Two rankings side by side.

    Attributes
    ----------
    top : int
    common : int
        Villages among the first ``top`` of both.
    table : DataFrame
        One row a village among the first ``top`` of either: ``village_id``, ``name``,
        ``commune``, ``rank_a``, ``rank_b``, ``total_a``, ``total_b``, ``moved`` (rank in A minus
        rank in B: positive means higher in B) and ``change`` (``both``, ``leaves``, ``enters``).
    """

    top: int
    common: int
    table: pd.DataFrame


def compare(a: Ranking, b: Ranking) -> Comparison:
    """Put two rankings of the same villages side by side; ``a`` decides how long the list is."""
    top = a.question.top
    joined = a.table[["village_id", "name", "commune", "rank", "total"]].merge(
        b.table[["village_id", "rank", "total"]],
        on="village_id",
        suffixes=("_a", "_b"),
        validate="one_to_one",
    )
    in_a, in_b = joined["rank_a"] <= top, joined["rank_b"] <= top
    change = np.select([in_a & in_b, in_a], ["both", "leaves"], "enters")
    table = joined.assign(moved=joined["rank_a"] - joined["rank_b"], change=change)
    return Comparison(
        top=top,
        common=int((in_a & in_b).sum()),
        table=table[in_a | in_b].sort_values("rank_a", ignore_index=True),
    )
