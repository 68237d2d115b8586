"""Who is served how and what it costs: the answer to the technology question."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planning.columns import BoolArray, IntArray
from planning.optimise.technology_question import (
    Counting,
    Technology,
    TechnologyQuestion,
    counts_for,
)
from planning.optimise.technology_reading import Reading
from planning.vocabulary import Gap


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """Who is served how, what it costs and how good it is known to be.

    Attributes
    ----------
    technology : ndarray of int, shape (v,)
        :class:`Technology` of each village; ``NONE`` for those not served.
    site : ndarray of int, shape (v,)
        Site that serves it, -1 for none.
    sites : ndarray of int
        Sites to build, ascending.
    fibre_edges : ndarray of int
        Edges of the network to lay, ascending, connections of villages included.
    cost : float
        All of it, in the measure of the question's costs.
    fibre_cost, mobile_cost, satellite_cost : float
        Its parts; fibre that feeds a site stands under fibre.
    served : int
        Villages served.
    prize : float
        Sum of their prizes.
    bound : float
        No answer costs less; with a budget, none has more prize.
    proven : bool
        Whether nothing better exists, up to the gap asked for.
    gap : float
        Distance from the bound in proportion to the value; 0 when it is optimal.
    seconds : float
    method : str
    """

    technology: IntArray
    site: IntArray
    sites: IntArray
    fibre_edges: IntArray
    cost: float
    fibre_cost: float
    mobile_cost: float
    satellite_cost: float
    served: int
    prize: float
    bound: float
    proven: bool
    gap: float
    seconds: float
    method: str

    def counts(self, gap: Gap, counting: Counting) -> BoolArray:
        """Tell which villages this closes a gap for, shape (v,): not every service is fibre."""
        closing = [t for t in Technology if gap in counts_for(t, counting)]
        return np.isin(self.technology, closing)


def priced(question: TechnologyQuestion, reading: Reading) -> Mix:
    """Add up what a reading costs; nothing is claimed of how good it is."""
    technology, sites = reading.technology, np.unique(reading.site[reading.site >= 0])
    by_satellite = technology == Technology.SATELLITE
    parts = (
        math.fsum(question.fibre_costs[reading.fibre_edges]),
        math.fsum(question.sites.costs[sites]),
        math.fsum(question.satellite_costs[by_satellite]),
    )
    is_served = technology != Technology.NONE
    prizes = np.ones(len(technology)) if question.prizes is None else question.prizes
    prize = math.fsum(prizes[is_served])
    return Mix(
        technology=technology,
        site=reading.site,
        sites=sites,
        fibre_edges=reading.fibre_edges,
        cost=math.fsum(parts),
        fibre_cost=parts[0],
        mobile_cost=parts[1],
        satellite_cost=parts[2],
        served=int(np.count_nonzero(is_served)),
        prize=prize,
        bound=0.0 if question.budget is None else math.inf,
        proven=False,
        gap=1.0,
        seconds=0.0,
        method="",
    )
