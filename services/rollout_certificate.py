"""A plan as a document that anybody can check: the question, the edges, the costs, the proof."""

from __future__ import annotations

import dataclasses
import math
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from services.rollout_costs import cost_lines, measure_of
from services.rollout_draft import Draft, Setting
from services.rollout_order import Ordered
from services.rollout_tables import totals_of

FORM: Final = "gap-planner plan certificate 1"


def certificate_of(setting: Setting, draft: Draft, ordered: Ordered | None) -> dict[str, Any]:
    """Return the certificate; all but ``seconds`` is the same whenever the question is."""
    network = setting.site.network.network
    totals = totals_of(setting, draft)
    figures = dataclasses.asdict(totals)
    seconds = figures.pop("seconds")
    plan_hash = figures.pop("plan_hash")
    measure = measure_of(setting.question)
    return {
        "form": FORM,
        "illustrative": setting.province.illustrative,
        "province": setting.province.name,
        "data_hash": setting.province.data_hash,
        "software": f"gap-planner {version('gap-planner')}",
        "plan_hash": plan_hash,
        "problem_hash": draft.problem_hash,
        "holds": all(bool(check["holds"]) for check in draft.checks),
        "checks": [_plain(dict(check)) for check in draft.checks],
        "question": _plain(dataclasses.asdict(setting.question)),
        "figures": _plain(figures) | {"measure": str(measure), "method": draft.method},
        "answers_question": draft.conflict is None,
        "conflict": None if draft.conflict is None else _plain(dataclasses.asdict(draft.conflict)),
        "network": {
            "kind": str(setting.site.network.kind),
            "nodes": network.n_nodes,
            "edges": len(network.edges),
            "roots": len(network.roots),
            "villages": len(network.villages),
        },
        "costs": _plain(cost_lines(setting.question, setting.book).to_dict("records")),
        "villages": [
            village
            for village, is_served in zip(setting.cohort.ids, draft.is_served, strict=True)
            if is_served
        ],
        "edges": _edges(setting, draft),
        "sites": _plain(draft.sites.to_dict("records")),
        "baselines": _plain([dict(line) for line in draft.baselines]),
        "conditions": _plain(
            draft.conditions.drop(columns=["comes_in", "goes_out"], errors="ignore").to_dict(
                "records"
            )
        ),
        "order": None if ordered is None else _order(ordered),
        "seconds": round(float(seconds), 3),
    }


def _edges(setting: Setting, draft: Draft) -> list[dict[str, Any]]:
    network = setting.site.network
    edges = []
    for edge in draft.edges.tolist():
        ends = network.network.edges[edge]
        edges.append(
            {
                "edge": edge,
                "nodes": ends.tolist(),
                "lonlat": np.round(network.node_lonlat[ends], 7).tolist(),
                "length_m": round(float(network.network.lengths_m[edge]), 3),
                "effort": round(float(network.network.effort[edge]), 6),
                "cost_vnd": round(float(setting.edge_costs.total[edge]), 2),
            }
        )
    return edges


def _order(ordered: Ordered) -> dict[str, Any]:
    order = ordered.order
    return {
        "people_months": round(order.waves.people_months, 6),
        "bound": round(order.bound, 6),
        "proven": order.proven,
        "gap": round(order.gap, 9),
        "baseline_people_months": round(order.baseline.people_months, 6),
        "pace_needed": round(order.pace_needed, 6),
        "unfinished": len(order.waves.unfinished),
    }


def _plain(value: Any) -> Any:
    """Return values as JSON can hold them: days as text, what is not finite or missing as null."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, Path):
        # The folder is nobody's business but the machine's.
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
