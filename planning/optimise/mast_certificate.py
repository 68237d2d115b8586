"""A plan of masts looked at again, by plain counting and without the code that made it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import PlanningError
from planning.optimise.masts import NO_SITES, MastPlan

_ROUNDING = 1e-9


def check_masts(
    plan: MastPlan,
    covers: BoolArray,
    costs: FloatArray,
    *,
    every_village: bool,
    count: int | None = None,
    budget: float | None = None,
    weights: FloatArray | None = None,
    locked: Sequence[int] | IntArray = NO_SITES,
    forbidden: Sequence[int] | IntArray = NO_SITES,
) -> None:
    """Check that a plan is what it says it is.

    Parameters
    ----------
    plan : MastPlan
    covers, costs, count, budget, weights, locked, forbidden
        The question, as put to :func:`~planning.optimise.masts.cover_all` or
        :func:`~planning.optimise.masts.cover_most`.
    every_village : bool
        Whether every village must be cleared.

    Raises
    ------
    PlanningError
        ``error-masts-certificate`` with ``values["broken"]``, the names of the claims that do
        not hold, in order.
    """
    sites = [int(site) for site in plan.sites]
    reach = [{i for i, hit in enumerate(covers[site]) if hit} for site in sites]
    cleared = sorted(set().union(*reach))
    cost = math.fsum(float(costs[site]) for site in sites)
    weight = math.fsum(1.0 if weights is None else float(weights[i]) for i in cleared)
    value = cost if every_village else weight
    slack = _ROUNDING * max(abs(value), 1.0)
    over = plan.bound - value if every_village else value - plan.bound
    claims = {
        "sites": sites == sorted(set(sites)) and not set(sites) & {int(j) for j in forbidden},
        "locked": {int(j) for j in locked} <= set(sites),
        "clears": [set(map(int, each)) for each in plan.clears] == reach,
        "villages": list(map(int, plan.villages)) == cleared,
        "every_village": not every_village or len(cleared) == covers.shape[1],
        "covered_by": list(map(int, plan.covered_by))
        == [sum(i in each for each in reach) for i in range(covers.shape[1])],
        "cost": math.isfinite(cost) and abs(cost - plan.cost) <= _ROUNDING * max(cost, 1.0),
        "weight": abs(weight - plan.weight) <= _ROUNDING * max(weight, 1.0),
        "count": count is None or len(sites) <= count,
        "budget": budget is None or cost <= budget * (1.0 + _ROUNDING),
        "bound": over <= slack,
        "proven": not plan.proven or abs(over) <= slack,
    }
    broken = tuple(name for name, holds in claims.items() if not holds)
    if broken:
        raise PlanningError("error-masts-certificate", broken=", ".join(broken))
