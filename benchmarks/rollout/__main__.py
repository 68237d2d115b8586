"""Roll-out plans: how good, how fast, and what other ways find on the same instances.

``python -m benchmarks.rollout`` runs everything but the largest road graph. ``--only`` takes any of
``pace``, ``classical``, ``sample`` and ``roads``; ``--large`` adds the road graph of a million
nodes. Every instance is solved once, in one process; the first, not counted, compiles.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Sequence
from statistics import mean, median

import numpy as np

from benchmarks.measure import machine, print_table
from benchmarks.rollout import classical, mountain_roads, pace, sample_case
from benchmarks.rollout.instances import Instance
from benchmarks.rollout.mountain_roads import NATION, PROVINCE, REGION, Size
from benchmarks.rollout.ways import PEERS, Answer, Way, first_plan, optimum

PARTS = ("sample", "roads", "classical", "pace")
LIMITS_S = {PROVINCE: 60.0, REGION: 60.0, NATION: 600.0}
GAPS = {PROVINCE: 0.0, REGION: 0.0, NATION: 0.01}


def warm_up() -> None:
    """Let everything compile, on roads small enough to be solved at once."""
    for quota in (3, 6):
        small = _on_roads(Size(300, 4, 6), quota)
        for way in (first_plan, optimum(10.0), *PEERS.values()):
            way(small)


def show_family(name: str, instances: Sequence[Instance], time_limit_s: float) -> None:
    """Print how many instances of a family are proven, how fast, and how far off other ways are."""
    ways: dict[str, Way] = {"first plan": first_plan, **PEERS}
    solved = [optimum(time_limit_s)(instance) for instance in instances]
    others = {way: [ask(instance) for instance in instances] for way, ask in ways.items()}
    references = [
        _reference(instance, answer) for instance, answer in zip(instances, solved, strict=True)
    ]
    wrong = [
        instance.name
        for instance, answer in zip(instances, solved, strict=True)
        if answer.proven and instance.optimum is not None and answer.cost != instance.optimum
    ]
    seconds = [answer.seconds for answer in solved]
    rows = [
        [
            "this solver",
            f"{sum(answer.proven for answer in solved)} of {len(solved)}",
            *_gaps(solved, references),
            f"{median(seconds):.3f}",
            f"{max(seconds):.2f}",
        ]
    ]
    for way, answers in others.items():
        given = [answer for answer in answers if answer is not None]
        if not any(answer.cost is not None for answer in given):
            remark = given[0].remark if given else "no answer to this"
            rows.append([way, remark, "", "", "", ""])
            continue
        taken = [answer.seconds for answer in given]
        answered = sum(answer.cost is not None for answer in given)
        rows.append(
            [
                way,
                f"({answered} answered)" if answered < len(solved) else "",
                *_gaps(answers, references),
                f"{median(taken):.3f}",
                f"{max(taken):.2f}",
            ]
        )
    print_table(
        f"{name}: {len(instances)} instances, {time_limit_s:.0f} s each; "
        f"{len(wrong)} wrong optima {' '.join(wrong)}",
        ["way", "proven", "mean above best", "most", "median s", "max s"],
        rows,
    )
    slowest = sorted(zip(seconds, instances, solved, strict=True), key=lambda row: -row[0])[:10]
    print_table(
        f"{name}: the slowest",
        ["instance", "nodes", "edges", "terminals", "quota", "seconds", "cost", "bound"],
        [
            [
                each.name,
                str(each.n_nodes),
                str(len(each.edges)),
                str(len(each.terminals)),
                str(each.quota),
                f"{taken:.2f}",
                "none" if answer.cost is None else f"{answer.cost:,.0f}",
                f"{answer.bound:,.1f}" + ("" if answer.proven else " not proven"),
            ]
            for taken, each, answer in slowest
        ],
    )


def _reference(instance: Instance, answer: Answer) -> float:
    """Return the published optimum, else the best cost this solver found."""
    if instance.optimum is not None:
        return instance.optimum
    return np.inf if answer.cost is None else answer.cost


def _gaps(answers: Sequence[Answer | None], references: Sequence[float]) -> tuple[str, str]:
    above = [
        answer.cost / best - 1.0
        for answer, best in zip(answers, references, strict=True)
        if answer is not None and answer.cost is not None and 0.0 < best < np.inf
    ]
    return (f"{mean(above):.2%}", f"{max(above):.1%}") if above else ("", "")


def show_roads(size: Size, quotas: Sequence[int]) -> None:
    """Print every way's cost and time on one road graph."""
    for quota in quotas:
        instance = _on_roads(size, quota)
        ways: dict[str, Way] = {
            "this solver": optimum(LIMITS_S[size], GAPS[size]),
            "its first plan": first_plan,
            **PEERS,
        }
        answers = {name: way(instance) for name, way in ways.items()}
        exact = answers["this solver"]
        rows = [
            _row(name, answer, exact.cost if exact is not None else None)
            for name, answer in answers.items()
        ]
        print_table(
            f"{size.nodes:,} nodes, {len(instance.edges):,} edges, {size.roots:,} with fibre: "
            f"{quota:,} of {size.terminals:,} villages",
            ["way", "km of plain ground", "above the solver's", "seconds", "proof"],
            rows,
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0**2
    print(f"\nPeak of memory so far: {peak:.1f} GiB")


def _row(name: str, answer: Answer | None, best: float | None) -> list[str]:
    if answer is None:
        return [name, "", "", "", "no answer to this, or not waited for"]
    if answer.cost is None:
        return [name, "", "", f"{answer.seconds:.2f}", answer.remark]
    above = "" if best is None or best == 0 else f"{answer.cost / best - 1.0:+.2%}"
    proof = "optimal" if answer.proven else ""
    if answer.bound > 0.0 and (1.0 - answer.bound / answer.cost) > 1e-9:
        proof = f"gap {1.0 - answer.bound / answer.cost:.3%}"
    return [name, f"{answer.cost / 1000.0:,.1f}", above, f"{answer.seconds:.2f}", proof]


def _on_roads(size: Size, quota: int) -> Instance:
    roads = mountain_roads.generate(*size)
    return Instance(
        name=f"roads {size.nodes}-{quota}",
        family="roads",
        n_nodes=roads.n_nodes,
        edges=roads.edges,
        costs=roads.costs,
        roots=roads.roots,
        terminals=roads.terminals,
        quota=quota,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--large", action="store_true", help="and a million nodes")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for one instance")
    chosen = parser.parse_args()
    print(machine())
    warm_up()
    if "sample" in chosen.only:
        sample_case.show(chosen.limit)
    if "roads" in chosen.only:
        show_roads(PROVINCE, (28, 56))
        show_roads(REGION, (112, 225))
        if chosen.large:
            show_roads(NATION, (2_500, 5_000))
    if "classical" in chosen.only:
        drawn = classical.instances()
        for family in dict.fromkeys(instance.family for instance in drawn):
            show_family(family, [each for each in drawn if each.family == family], chosen.limit)
    if "pace" in chosen.only:
        published = pace.instances()
        if published:
            show_family("PACE 2018", published, chosen.limit)
        else:
            print("\nPACE 2018: no instances here (GAP_PLANNER_PACE names their folder)")


if __name__ == "__main__":
    main()
