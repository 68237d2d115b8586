"""Many questions asked of one solver: what it answers, how much time each may take, who is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

import numpy as np

from planning.errors import PlanningError
from planning.optimise.problem import Problem, SolverProgress, SteinerPlan, Watch

_LEAST_SECONDS: Final = 0.05
_TIMES_ITS_SHARE: Final = 4.0
"""Hard steps may take longer than their share of the time: most are easy."""
_NO_TIME: Final = "error-plan-time"


class Solve(Protocol):
    """What answers a question, as :func:`planning.optimise.steiner.solve` does."""

    def __call__(
        self,
        question: Problem,
        /,
        *,
        time_limit_s: float = ...,
        gap: float = ...,
        watch: Watch | None = ...,
    ) -> SteinerPlan:
        """Return a plan, or raise a :class:`~planning.errors.PlanningError`."""
        ...


@dataclass(frozen=True, slots=True)
class StepProgress:
    """Where a row of questions stands."""

    seconds: float
    done: int
    total: int


StepWatch: TypeAlias = Callable[[StepProgress], bool]
"""Told of progress; answers whether to go on."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What came of a question.

    Attributes
    ----------
    plan : SteinerPlan or None
        The best plan found.
    is_impossible : bool
        Whether there is none. Without a plan and not impossible, time was too short to tell.
    bound : float
        No plan is better, as far as is known; of a question without a budget at least 0.
    """

    plan: SteinerPlan | None
    is_impossible: bool
    bound: float


def ask(
    solve: Solve,
    problem: Problem,
    *,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    watch: Watch | None = None,
) -> Answer:
    """Ask a question and take "there is no plan" for an answer.

    Returns
    -------
    Answer

    Raises
    ------
    PlanningError
        ``error-plan-arrays``: the question is malformed.
    """
    worst = 0.0 if problem.budget is None else np.inf
    seen = [worst]

    def look(progress: SolverProgress) -> bool:
        if progress.bound is not None and problem.budget is None:
            seen.append(max(progress.bound, seen[-1]))
        return watch is None or watch(progress)

    try:
        plan = solve(problem, time_limit_s=time_limit_s, gap=gap, watch=look)
    except PlanningError as error:
        if error.key == "error-plan-arrays":
            raise
        return Answer(None, error.key != _NO_TIME, seen[-1])
    return Answer(plan, False, plan.bound)


@dataclass(slots=True)
class Course:
    """A row of questions under one clock.

    Attributes
    ----------
    total : int
        Number of questions.
    time_limit_s : float
        For all of them.
    told : callable or None
        Told after each and, now and then, during one; answers whether to go on.
    done : int
    is_stopped : bool
        Whether ``told`` asked to stop.
    is_short : bool
        Whether a question was not answered to its end, for want of time.
    """

    total: int
    time_limit_s: float
    told: StepWatch | None = None
    done: int = 0
    is_stopped: bool = False
    is_short: bool = False
    began: float = field(default_factory=time.perf_counter)

    def ask(self, solve: Solve, problem: Problem, gap: float = 0.0) -> Answer:
        """Ask one question, within its share of the time that is left.

        When no time is left it is answered without asking: not known.
        """
        left = self.time_limit_s - (time.perf_counter() - self.began)
        if self.is_stopped or left <= 0:
            self.is_short = True
            return Answer(None, False, 0.0 if problem.budget is None else np.inf)
        share = _TIMES_ITS_SHARE * left / max(self.total - self.done, 1)
        seconds = min(max(share, _LEAST_SECONDS), left)
        answer = ask(solve, problem, time_limit_s=seconds, gap=gap, watch=self._go_on)
        is_settled = answer.is_impossible or (answer.plan is not None and answer.plan.proven)
        self.is_short |= not is_settled
        return answer

    def step(self) -> bool:
        """Count a question as answered and tell; answers whether to go on."""
        self.done += 1
        return self._tell()

    def _go_on(self, progress: SolverProgress) -> bool:
        _ = progress
        return self._tell()

    def _tell(self) -> bool:
        if self.told is not None and not self.is_stopped:
            seconds = time.perf_counter() - self.began
            self.is_stopped = not self.told(StepProgress(seconds, self.done, self.total))
        return not self.is_stopped
