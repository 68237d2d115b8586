"""Read what a person asks of a roll-out plan."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import timedelta
from typing import Final, cast

from cli.options import one_of, parse_date
from cli.plan_typed import Typed
from planning.costs import Case
from planning.errors import PlannerError
from planning.vocabulary import Gap
from services.province import Province
from services.rollout_cohort import find_target
from services.rollout_values import (
    AIMS,
    COST_CASES,
    POWER_FIRST,
    TECHNOLOGIES,
    Aim,
    PowerFirst,
    RolloutQuestion,
    Technology,
)

_MULTIPLES: Final = {
    "": 1.0, "vnd": 1.0, "d": 1.0, "dong": 1.0,
    "trieu": 1e6, "tr": 1e6, "million": 1e6, "m": 1e6,
    "ty": 1e9, "ti": 1e9, "billion": 1e9, "bn": 1e9, "b": 1e9,
}  # fmt: skip
_MONEY: Final = re.compile(r"([\d.,]+(?:e\d{1,2})?)\s*([^\W\d_]*)(?:\s+(?:dong|vnd|d))?")
_MOST_MONEY: Final = 1e18
_GROUPED: Final = re.compile(r"\d{1,3}([.,]\d{3})+")


def read_question(typed: Typed, province: Province) -> RolloutQuestion:
    """Return the question, every value checked.

    Raises
    ------
    PlannerError
        For the first value that cannot be.
    """
    as_of = parse_date(typed.as_of, province.latest)
    target = None if typed.target is None else find_target(province, typed.target)
    technology = _technology(typed.technology, None if target is None else target.gap)
    gap = (Gap.NO_SIGNAL if technology == "masts" else Gap.FIBRE) if target is None else target.gap
    start = parse_date(typed.start, as_of + timedelta(days=1))
    a_year = start + timedelta(days=364)
    is_ahead = target is not None and target.deadline >= start
    deadline = parse_date(typed.deadline, target.deadline if target and is_ahead else a_year)
    _check_numbers(typed)
    return RolloutQuestion(
        target_id=typed.target,
        gap=gap,
        as_of=as_of,
        start=start,
        deadline=deadline,
        connect=typed.connect,
        budget_vnd=None if typed.budget is None else parse_money(typed.budget),
        aim=cast(Aim, one_of(typed.aim, AIMS, "--aim")),
        technology=technology,
        roads=typed.roads,
        dem=typed.dem,
        route_factor=typed.route_factor,
        cost_case=cast(Case, one_of(typed.cost_case, COST_CASES, "--cost-case")),
        cost_file=typed.cost_file,
        decided=tuple(dict.fromkeys(typed.lock)),
        excluded=dict(_excluded(one) for one in typed.exclude),
        min_minority_share=typed.min_minority_share,
        min_per_district=dict(_district(one) for one in typed.min_per_district),
        reach_m=typed.reach_km * 1000.0 if typed.reach_km > 0 else None,
        power_first=_power_first(typed.power_first, technology),
        crews=typed.crews,
        km_per_crew_quarter=typed.km_per_crew,
        time_limit_s=typed.time_limit,
        gap_allowed=typed.gap,
        seed=typed.seed,
    )


def parse_money(got: str) -> float:
    """Read a sum in VND: ``12e9``, ``12 tỷ``, ``850 triệu``, ``12,5 tỷ``, ``1.500.000.000``.

    Raises
    ------
    PlannerError
        ``error-plan-money``.
    """
    said = _MONEY.fullmatch(_without_marks(got))
    if said is None or said.group(2) not in _MULTIPLES:
        raise PlannerError("error-plan-money", got=got)
    digits = said.group(1)
    if _GROUPED.fullmatch(digits) and (said.group(2) == "" or digits.count(digits[-4]) > 1):
        digits = re.sub(r"[.,]", "", digits)
    try:
        amount = float(digits.replace(",", ".")) * _MULTIPLES[said.group(2)]
    except ValueError as error:
        raise PlannerError("error-plan-money", got=got) from error
    if amount > _MOST_MONEY:
        raise PlannerError("error-plan-money", got=got)
    return amount


def _without_marks(got: str) -> str:
    """Return text in lower case without diacritics, its figures as they are: ``12,5 ty``."""
    parts = unicodedata.normalize("NFD", got.strip().lower().replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _technology(got: str | None, gap: Gap | None) -> Technology:
    if got is None:
        return "fibre" if gap in {None, Gap.FIBRE} else "masts"
    return cast(Technology, one_of(got, TECHNOLOGIES, "--technology"))


def _power_first(got: str | None, technology: Technology) -> PowerFirst:
    if got is None:
        # A mast or a terminal brings solar power of its own; fibre in the houses does not.
        return "later" if technology == "fibre" else "allowed"
    return cast(PowerFirst, one_of(got, POWER_FIRST, "--power-first"))


def _excluded(got: str) -> tuple[str, str]:
    village, _, why = got.partition("=")
    return village.strip(), why.strip()


def _district(got: str) -> tuple[str, int]:
    code, equals, count = got.partition("=")
    if not equals or not code.strip() or not count.strip().isdecimal():
        raise PlannerError(
            "error-plan-pair", got=got, option="--min-per-district", expected="082=3"
        )
    return code.strip(), int(count)


def _check_numbers(typed: Typed) -> None:
    share = typed.min_minority_share
    checks: list[tuple[float, bool, str, str]] = [
        (typed.route_factor, 1.0 <= typed.route_factor <= 10.0, "--route-factor", "1–10"),
        (typed.reach_km, 0.0 <= typed.reach_km < math.inf, "--reach-km", "≥ 0"),
        (typed.crews, 0 <= typed.crews <= 10_000, "--crews", "0–10000"),
        (typed.km_per_crew, 0.0 <= typed.km_per_crew < math.inf, "--km-per-crew", "≥ 0"),
        (typed.time_limit, 0.0 < typed.time_limit <= 86_400.0, "--time-limit", "0–86400"),
        (typed.gap, 0.0 <= typed.gap < 1.0, "--gap", "0–1"),
        (typed.seed, typed.seed >= 0, "--seed", "≥ 0"),
    ]
    if typed.connect is not None:
        checks.append((typed.connect, typed.connect >= 0, "--connect", "≥ 0"))
    if share is not None:
        checks.append((share, 0.0 <= share <= 1.0, "--min-minority-share", "0–1"))
    for got, is_right, option, expected in checks:
        if not is_right:
            raise PlannerError("error-number", got=f"{got:g}", option=option, expected=expected)
