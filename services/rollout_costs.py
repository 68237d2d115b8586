"""What things cost in a roll-out: the unit costs used, with their sources, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from geo.cost_book import read_cost_book
from planning.columns import BoolArray, FloatArray
from planning.costs import Cost, CostBook
from planning.errors import PlannerError
from planning.lifetime import Measure
from planning.network import Network
from planning.technology_costs import fibre_costs, fibre_per_km
from services.rollout_values import RolloutQuestion

_FIBRE: Final = (Cost.FIBRE_NEW_POLES, Cost.FIBRE_EQUIPMENT)
_FIBRE_LIFE: Final = (Cost.FIBRE_OPEX, Cost.FIBRE_EQUIPMENT_LIFE)
_MASTS: Final = (
    Cost.MOBILE_SITE, Cost.MICROWAVE_RADIOS, Cost.MICROWAVE_DISH_10, Cost.MICROWAVE_DISH_20,
    Cost.MICROWAVE_DISH_30, Cost.MICROWAVE_DISH_40, Cost.MICROWAVE_SPECTRUM,
)  # fmt: skip
_MASTS_LIFE: Final = (
    Cost.MOBILE_OPEX, Cost.MOBILE_RENT, Cost.MOBILE_RENEWED, Cost.MOBILE_LIFE,
    Cost.MICROWAVE_SPECTRUM_FEE, Cost.MICROWAVE_OPEX, Cost.MICROWAVE_LIFE,
)  # fmt: skip
_SATELLITE: Final = (
    Cost.LEO_TERMINAL, Cost.LEO_OPEX, Cost.LEO_LIFE, Cost.LEO_SERVICE, Cost.LEO_HOUSEHOLDS,
)  # fmt: skip
_SOLAR_LIFE: Final = (Cost.SOLAR_OPEX, Cost.SOLAR_RENEWED, Cost.SOLAR_LIFE)
_TIME: Final = (Cost.DISCOUNT_RATE, Cost.HORIZON)


@dataclass(frozen=True, eq=False)
class EdgeCosts:
    """What the edges of a network cost, VND.

    Attributes
    ----------
    cable : ndarray of float, shape (m,)
        Cable with its poles.
    equipment : ndarray of float, shape (v,)
        What stands in each village, with its power.
    total : ndarray of float, shape (m,)
        ``cable``, on a village's own edge ``equipment`` too.
    own_edge : ndarray of int, shape (v,)
        The one edge of each village.
    """

    cable: FloatArray
    equipment: FloatArray
    total: FloatArray
    own_edge: np.ndarray


def measure_of(question: RolloutQuestion) -> Measure:
    """Return what costs are added up: building alone, or all of a life where ways are compared."""
    return Measure.LIFETIME if question.technology == "mix" else Measure.CAPEX


def shipped_costs() -> CostBook:
    """Return the unit costs that ship with the product."""
    return read_cost_book(Path(str(resources.files("data"))) / "costs.toml")


def cost_book_of(question: RolloutQuestion) -> CostBook:
    """Return the unit costs of a question: its file, then its case, then its own values.

    Raises
    ------
    DataError
        If the file has faults.
    PlannerError
        ``cost-fault-unknown`` and others for a value that cannot be.
    """
    book = shipped_costs()
    if question.cost_file is not None:
        book = read_cost_book(question.cost_file, over=book)
    unknown = [key for key in question.cost_values if key not in set(Cost)]
    if unknown:
        raise PlannerError("cost-fault-unknown", got=unknown[0])
    given = {Cost(key): float(value) for key, value in question.cost_values.items()}
    return book.at(question.cost_case).with_values(given)


def price_edges(question: RolloutQuestion, network: Network, book: CostBook,
                has_grid: BoolArray) -> EdgeCosts:  # fmt: skip
    """Return what cable and village equipment cost.

    Parameters
    ----------
    question : RolloutQuestion
    network : Network
    book : CostBook
    has_grid : ndarray of bool, shape (v,)
        Without grid power the equipment of a village has solar power.
    """
    measure = measure_of(question)
    total = fibre_costs(network, book, has_grid, measure=measure)
    per_km = fibre_per_km(book, measure=measure)
    cable = network.lengths_m / 1000.0 * network.effort * per_km
    edge_at = np.full(network.n_nodes, -1, np.int64)
    edge_at[network.edges.ravel()] = np.repeat(np.arange(len(network.edges)), 2)
    own_edge = edge_at[network.villages]
    return EdgeCosts(cable, (total - cable)[own_edge], total, own_edge)


def cost_lines(question: RolloutQuestion, book: CostBook) -> pd.DataFrame:
    """Return the unit costs a plan of this kind is made with, each with its source.

    Returns
    -------
    DataFrame
        ``key``, ``message``, ``low``, ``base``, ``high`` (range of the source), ``used`` (of the
        case asked for, or the user's own), ``unit``, ``currency``, ``mark``, ``range_mark``,
        ``source``, ``url``.
    """
    known = shipped_costs()
    if question.cost_file is not None:
        known = read_cost_book(question.cost_file, over=known)
    rows = []
    for key in _used(question):
        used = book[key]
        ranged = used if str(key) in question.cost_values else known[key]
        rows.append(
            {
                "key": str(key),
                "message": used.message,
                "low": ranged.low,
                "base": ranged.base,
                "high": ranged.high,
                "used": used.base,
                "unit": str(used.unit),
                "currency": str(used.currency),
                "mark": str(used.mark),
                "range_mark": str(used.range_mark),
                "source": used.source,
                "url": used.url,
            }
        )
    return pd.DataFrame(rows)


def _used(question: RolloutQuestion) -> tuple[Cost, ...]:
    """Return the parameters that have a say, in the order of the book."""
    wanted: set[Cost] = {Cost.USD_RATE}
    solar = question.power_first == "allowed"
    if question.technology == "fibre":
        wanted |= {*_FIBRE}
        if solar:
            wanted.add(Cost.SOLAR_VILLAGE)
    elif question.technology == "masts":
        wanted |= {*_MASTS}
        if question.dem is not None:
            wanted.add(Cost.MOBILE_RENEWED)
        if solar:
            wanted.add(Cost.SOLAR_SITE)
    else:
        wanted |= {*_FIBRE, *_FIBRE_LIFE, *_MASTS, *_MASTS_LIFE, *_SATELLITE, *_TIME}
        if solar:
            wanted |= {Cost.SOLAR_VILLAGE, Cost.SOLAR_SITE, *_SOLAR_LIFE}
    return tuple(key for key in Cost if key in wanted)
