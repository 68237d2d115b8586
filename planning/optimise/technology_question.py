"""What may serve a village, and what is asked: the technology question as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray, IntArray
from planning.network import Network
from planning.optimise.problem import Condition
from planning.vocabulary import SERVING_TECHNOLOGIES, Gap


class Technology(IntEnum):
    """How a village is served; the numbers are those of the arrays here."""

    NONE = -1
    FIBRE = 0
    MOBILE = 1
    SATELLITE = 2

    @property
    def message(self) -> str:
        """Key of the Fluent message with the technology's name."""
        return f"technology-{self.name.lower()}"


class Counting(StrEnum):
    """Whether a gap is closed by its own service only, or by broadband of any kind."""

    OWN_SERVICE = "own_service"
    ANY_BROADBAND = "any_broadband"

    @property
    def message(self) -> str:
        """Key of the Fluent message that says what counts."""
        return f"counting-{self}"


_OF_A_SITE: Final[Mapping[Technology, str]] = MappingProxyType(
    {Technology.FIBRE: "fibre", Technology.MOBILE: "4g"}
)
FROM_FIBRE_POINTS: Final = -1
"""Feed of a site that needs no new fibre: microwave to a point that has it."""


def counts_for(technology: Technology, counting: Counting) -> frozenset[Gap]:
    """Return the gaps a technology closes.

    Fibre closes the fibre gap; a 4G site the mobile gaps. A satellite terminal is neither fibre nor
    a phone signal, so it closes none, unless any broadband counts: then every technology closes
    the fibre gap. The mobile gaps ask for a signal in the village, which that choice does not
    change.
    """
    own = frozenset(
        gap
        for gap, serving in SERVING_TECHNOLOGIES.items()
        if _OF_A_SITE.get(technology) in serving
    )
    if counting is Counting.ANY_BROADBAND and technology is not Technology.NONE:
        return own | {Gap.FIBRE}
    return own


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """Places where a 4G mast could stand.

    Attributes
    ----------
    feeds : ndarray of int, shape (s,)
        Node of the network that fibre must reach before the site works, or
        :data:`FROM_FIBRE_POINTS` where microwave feeds it. A site with both possibilities is two
        sites here.
    costs : ndarray of float, shape (s,)
        Of the site with its microwave link or its own piece of fibre; infinite closes it.
    covers : ndarray of bool, shape (s, v)
        Villages each would serve, in the order of the network's.
    """

    feeds: IntArray
    costs: FloatArray
    covers: BoolArray


def no_sites(n_villages: int) -> Sites:
    """Return that no mast may be built."""
    return Sites(np.empty(0, np.int64), np.empty(0), np.zeros((0, n_villages), bool))


@dataclass(frozen=True, slots=True, eq=False)
class TechnologyQuestion:
    """Serve villages, each in the way that makes the whole cheapest.

    Attributes
    ----------
    network : Network
        Of ``m`` edges and ``v`` villages.
    fibre_costs : ndarray of float, shape (m,)
        Of each edge; on a village's own edge its connection with what stands in the village.
        Infinite closes an edge, and on a village's own edge denies it fibre.
    satellite_costs : ndarray of float, shape (v,)
        Infinite where it is not offered.
    sites : Sites
    wanted : ndarray of bool, shape (v,)
        Villages that may be served; the others are left alone.
    quota : int or None
        The least number to serve; ``None`` for all that are wanted (with a budget: 0).
    budget : float or None
        With it the largest sum of prizes within it is asked for, in the measure of the costs.
    prizes : ndarray of float, shape (v,), or None
        1 for each village unless given.
    conditions : tuple of Condition
        On which villages are served, whatever serves them; a coefficient for each of the ``v``.
    """

    network: Network
    fibre_costs: FloatArray
    satellite_costs: FloatArray
    sites: Sites
    wanted: BoolArray
    quota: int | None = None
    budget: float | None = None
    prizes: FloatArray | None = None
    conditions: tuple[Condition, ...] = ()

    @property
    def least(self) -> int:
        """How many villages must be served."""
        if self.quota is not None:
            return self.quota
        return 0 if self.budget is not None else int(np.count_nonzero(self.wanted))
