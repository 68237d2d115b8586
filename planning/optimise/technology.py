"""Every village by fibre, by a 4G site or by satellite, whichever makes the whole cheapest.

Fibre trunks are shared among villages and with sites, a site among the villages it covers; so the
choice for one village hangs on those for the others. The question is put as a Steiner problem
(:mod:`planning.optimise.technology_graph`), solved by :mod:`planning.optimise.steiner`, read back
(:mod:`planning.optimise.technology_reading`) and checked from scratch before anyone sees it.
See docs/explanation/technology.md for the mathematics, the proof and a worked example.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planning.columns import FloatArray
from planning.optimise.problem import SteinerPlan, Watch
from planning.optimise.steiner import solve
from planning.optimise.technology_answer import Mix, priced
from planning.optimise.technology_certificate import check_mix
from planning.optimise.technology_graph import Augmented, augment, ways_alone
from planning.optimise.technology_question import Technology, TechnologyQuestion
from planning.optimise.technology_reading import Reading, lay_fibre, read_tree


def solve_technology(
    question: TechnologyQuestion,
    *,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    watch: Watch | None = None,
) -> Mix:
    """Serve villages, each in the way that makes the whole cheapest.

    Without a budget at least ``quota`` villages at least cost; with one the largest sum of prizes
    whose cost is within it.

    Parameters
    ----------
    question : TechnologyQuestion
    time_limit_s, gap, seed, watch
        As for :func:`planning.optimise.steiner.solve`. What ``watch`` is told includes the tolls
        of :mod:`planning.optimise.technology_graph`.

    Returns
    -------
    Mix
        Checked by :func:`planning.optimise.technology_certificate.check_mix`.

    Raises
    ------
    PlanningError
        ``error-plan-...``: the question has no answer, or none was found in time.
    """
    augmented = augment(question)
    plan = solve(
        augmented.problem,
        time_limit_s=time_limit_s,
        gap=_gap_with_tolls(augmented, gap),
        seed=seed,
        watch=watch,
    )
    mix = mix_of_plan(question, augmented, plan)
    check_mix(question, mix)
    return mix


def mix_of_plan(question: TechnologyQuestion, augmented: Augmented, plan: SteinerPlan) -> Mix:
    """Read a solver's plan for the augmented problem as an answer to the question."""
    reading = read_tree(question, augmented, plan.edges)
    mix = priced(question, reading)
    if question.budget is None:
        bound = min(max(plan.bound - augmented.tolls, 0.0), mix.cost)
        gap = (mix.cost - bound) / mix.cost if mix.cost > 0 else 0.0
    else:
        bound = max(plan.bound, mix.prize)
        gap = (bound - mix.prize) / bound if bound > 0 else 0.0
    if plan.proven and plan.gap == 0.0:
        # The difference is rounding of the tolls.
        bound, gap = (mix.cost if question.budget is None else mix.prize), 0.0
    return replace(
        mix,
        bound=bound,
        proven=plan.proven,
        gap=gap,
        seconds=plan.seconds,
        method=plan.method,
    )


def only_fibre(question: TechnologyQuestion) -> TechnologyQuestion:
    """Return the question with fibre as the only way: what the mix is compared with."""
    return replace(
        question,
        satellite_costs=np.full(len(question.satellite_costs), np.inf),
        sites=replace(question.sites, covers=np.zeros_like(question.sites.covers)),
    )


def each_alone(question: TechnologyQuestion) -> Mix:
    """Serve every wanted village in the way that is cheapest for it by itself.

    What a village-by-village comparison proposes, costed with everything shared that happens to be
    shared: the baseline the mix is measured against. Its bound is 0.
    """
    alone = ways_alone(question)
    costs = np.vstack([alone.fibre, alone.mobile, alone.satellite])
    technology = np.where(np.isfinite(costs.min(axis=0)), costs.argmin(axis=0), Technology.NONE)
    technology[alone.has_fibre & question.wanted] = Technology.FIBRE
    site = np.full(len(technology), -1, np.int64)
    if len(alone.site):
        ways: FloatArray = np.where(alone.covers, alone.site[:, None], np.inf)
        by_site = technology == Technology.MOBILE
        site[by_site] = ways.argmin(axis=0)[by_site]
    # Cheapest ways of the same search never part again once they have met.
    edges = lay_fibre(question, alone, technology, site, np.empty(0, np.int64))
    return priced(question, Reading(technology.astype(np.int64), site, edges))


def _gap_with_tolls(augmented: Augmented, gap: float) -> float:
    """Return the gap to ask of the solver so that it is ``gap`` once the tolls are off.

    The solver compares a difference with a cost that includes the tolls. The real cost is at least
    that of the cheapest wanted village, so this much of ``gap`` is always strict enough.
    """
    if gap <= 0 or augmented.problem.budget is not None:
        return gap
    ways = augmented.alone.cheapest
    finite = ways[np.isfinite(ways)]
    least = float(finite.min(initial=np.inf)) if len(finite) else 0.0
    return gap * least / (least + augmented.tolls) if least + augmented.tolls > 0 else gap
