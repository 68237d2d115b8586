"""What is asked of a roll-out plan, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import geopandas as gpd
import pandas as pd

from planning.costs import Case
from planning.errors import Fault
from planning.optimise.build_calendar import DEFAULT_CREWS, DEFAULT_KM_PER_CREW
from planning.vocabulary import DEFAULT_ROUTE_FACTOR, Gap

if TYPE_CHECKING:
    # Named only: whoever puts a question need not load the solvers.
    from geo.networks.network import GeoNetwork
    from planning.optimise.build_calendar import BuildCalendar
    from planning.optimise.waves import BuildOrder

Aim: TypeAlias = Literal["score", "people", "villages"]
Technology: TypeAlias = Literal["fibre", "mix", "masts"]
PowerFirst: TypeAlias = Literal["later", "allowed"]

AIMS: Final[tuple[Aim, ...]] = ("score", "people", "villages")
TECHNOLOGIES: Final[tuple[Technology, ...]] = ("fibre", "mix", "masts")
POWER_FIRST: Final[tuple[PowerFirst, ...]] = ("later", "allowed")
COST_CASES: Final[tuple[Case, ...]] = ("low", "base", "high")

GPON_REACH_M: Final = 20_000.0
"""Longest fibre from exchange to household: ITU-T G.984.2, class B+ optics."""

FIBRE, MAST, SATELLITE = "fibre", "mast", "satellite"
"""Values of a village's ``technology``."""


@dataclass(frozen=True, slots=True)
class RolloutQuestion:
    """What is asked.

    Attributes
    ----------
    target_id : str or None
        The promise the plan is for; ``None`` plans for the gap as it is on ``as_of``.
    gap : Gap
        The target's own where there is a target.
    as_of : date
        Day of the states: who lacks the service, and where it is already.
    start, deadline : date
        First and last day of building.
    connect : int or None
        Villages to connect, beyond those that have the service. ``None``: what the target still
        lacks, all without a target; with a budget, as many as it brings.
    budget_vnd : float or None
        Most that may be spent; the aim is then maximised within it.
    aim : {"score", "people", "villages"}
        What a budget maximises.
    technology : {"fibre", "mix", "masts"}
    roads, dem : Path or None
        Files of roads (lines) and of heights (GeoTIFF).
    route_factor : float
        Cable over straight line, where no roads are given.
    cost_case : {"low", "base", "high"}
    cost_values : mapping of str to float
        The user's own unit costs, by key of :class:`planning.costs.Cost`, each in the unit and
        currency of the parameter; they stay as given in every cost case.
    cost_file : Path or None
        Unit costs as a TOML file, :func:`geo.cost_book.read_cost_book`.
    decided : tuple of str
        Ids of villages that are to be in the plan.
    excluded : mapping of str to str
        Ids of villages that are not, each with its reason in the user's words (may be empty).
    min_minority_share : float or None
        Least share of people of ethnic minorities among the people connected, 0 to 1.
    min_per_district : mapping of str to int
        Least villages by district code.
    reach_m : float or None
        Longest cable from a fibre point to a village; ``None``: no limit.
    power_first : {"later", "allowed"}
        Whether villages without grid power wait for it, and so are not in this plan.
    crews : int
    km_per_crew_quarter : float
        Kilometres of plain ground a crew builds in a dry quarter.
    time_limit_s, gap_allowed : float
        Of the plan itself. ``gap_allowed`` is the proportion of the cost that may stay unproven.
    seed : int
    """

    target_id: str | None
    gap: Gap
    as_of: date
    start: date
    deadline: date
    connect: int | None = None
    budget_vnd: float | None = None
    aim: Aim = "score"
    technology: Technology = "fibre"
    roads: Path | None = None
    dem: Path | None = None
    route_factor: float = DEFAULT_ROUTE_FACTOR
    cost_case: Case = "base"
    cost_values: Mapping[str, float] = field(default_factory=dict)
    cost_file: Path | None = None
    decided: tuple[str, ...] = ()
    excluded: Mapping[str, str] = field(default_factory=dict)
    min_minority_share: float | None = None
    min_per_district: Mapping[str, int] = field(default_factory=dict)
    reach_m: float | None = GPON_REACH_M
    power_first: PowerFirst = "later"
    crews: int = DEFAULT_CREWS
    km_per_crew_quarter: float = DEFAULT_KM_PER_CREW
    time_limit_s: float = 60.0
    gap_allowed: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """A plan in figures.

    Attributes
    ----------
    villages : int
        Connected by the plan.
    people, households : int or None
        Of those villages, as far as known; ``None`` when of none.
    minority_share : float or None
        People of ethnic minorities among their people, 0 to 1.
    km : float
        Cable to be laid, the route factor included.
    cost_vnd, cost_usd : float
    gap : float
        Distance from the bound in proportion; 0 when nothing better exists.
    proven : bool
    bound_vnd : float or None
        No plan is cheaper. With a budget ``None``: the bound is then one of the aim.
    seconds : float
        Of the solve; the only figure that differs from run to run.
    plan_hash : str
        SHA-256 of what is built and whom it connects.
    people_unknown : int
        Villages of the plan whose people are not known.
    score : float
        What the aim of a budget comes to: points of score, people or villages.
    score_bound : float or None
        No plan within the budget reaches more; ``None`` without a budget.
    power_later : int
        Villages of the gap that wait for grid power.
    """

    villages: int
    people: int | None
    households: int | None
    minority_share: float | None
    km: float
    cost_vnd: float
    cost_usd: float
    gap: float
    proven: bool
    bound_vnd: float | None
    seconds: float
    plan_hash: str
    people_unknown: int = 0
    score: float = 0.0
    score_bound: float | None = None
    power_later: int = 0


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One of the limits that cannot all be kept.

    Attributes
    ----------
    message : str
        Fluent message, filled from ``values``.
    values : mapping
    asked, nearest : float or None
        What was asked and the nearest value at which the others can be kept, in the units of
        :class:`RolloutQuestion` (villages, VND, share, metres); ``None`` where a limit can only go.
    is_enough : bool
        Whether giving way here alone makes a plan possible.
    """

    message: str
    values: Mapping[str, Any]
    asked: float | None = None
    nearest: float | None = None
    is_enough: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why the question has no plan as put, and what its plan answers instead.

    Attributes
    ----------
    lines : tuple of ConflictLine
        Never empty.
    is_minimal : bool
        Whether each of them is known to be needed for the conflict.
    further : tuple of ConflictLine
        Of another conflict beside the first; may be empty.
    given_way : tuple of ConflictLine
        Limits the plan shown does not keep as asked.
    """

    lines: tuple[ConflictLine, ...]
    is_minimal: bool = False
    further: tuple[ConflictLine, ...] = ()
    given_way: tuple[ConflictLine, ...] = ()


@dataclass(frozen=True, eq=False)
class RolloutPlan:
    """The answer.

    Attributes
    ----------
    question : RolloutQuestion
        As put, ``connect`` filled in.
    network : GeoNetwork
        Where cable could be laid.
    villages : DataFrame
        One row per village of the cohort that lacks the service, in order of rank:
        ``village_id``, ``village``, ``commune``, ``unit``, ``district``, ``district_code``,
        ``people``, ``households``, ``minority_share`` (nullable), ``score`` (0 to 1), ``rank``,
        ``lon``, ``lat``, ``lane``, ``is_connected``, ``technology`` (``"fibre"``, ``"mast"``,
        ``"satellite"`` or ``None``), ``wave`` (``"2024-Q3"`` or ``None``), ``done_on`` (last day
        of that quarter, a date, or ``None``), ``connection_cost_vnd`` (its own edge and
        equipment), ``equipment_cost_vnd`` (what is spent in the village alone: with the costs of
        links and sites it adds up to the total), ``replacement_cost_vnd`` (what the plan loses
        without it), ``enters_at_vnd`` (what more the plan costs with it), ``needed_budget_vnd``,
        ``shortest_cable_km`` (from the nearest fibre point), ``reason`` (Fluent message),
        ``reason_values`` (dict), ``alternates`` (tuple of ids that come in its place, or leave
        for it).
    links : GeoDataFrame
        EPSG:4326, one row per route: ``link_id``, ``technology`` (``"fibre"`` or
        ``"microwave"``), ``length_km``, ``cost_vnd``, ``wave``, ``from_name``, ``to_name``,
        ``villages`` (how many are served through it), ``geometry``.
    sites : DataFrame
        Masts of the plan (``technology`` other than fibre): ``site_id``, ``lon``, ``lat``,
        ``cost_vnd``, ``serves`` (tuple of village ids); empty without.
    totals : Totals
    certificate : dict
        What JSON can hold: question, checks, hashes, figures, costs with their sources. The same
        question gives the same certificate, but for ``seconds``.
    baselines : DataFrame
        Simpler ways on the same question: ``name`` (a key: ``"plan"``, ``"bound"``, ...),
        ``message``, ``villages``, ``cost_vnd``, ``km``, ``people``.
    order : BuildOrder or None
        Its edges are ``order_edges``, its villages the connected ones in order of ``villages``.
    calendar : BuildCalendar or None
    waves : DataFrame
        One row per quarter: ``wave``, ``capacity_km``, ``villages``, ``people``, ``km``,
        ``cost_vnd`` (in the quarter), ``villages_total``, ``people_total`` (to its end),
        ``baseline_villages_total``, ``baseline_people_total`` (in order of rank).
    costs : DataFrame
        Unit costs of the plan: ``key``, ``message``, ``low``, ``base``, ``high``, ``used``,
        ``unit``, ``currency``, ``mark``, ``range_mark``, ``source``, ``url``.
    conditions : DataFrame
        Side conditions and their price: ``key``, ``name``, ``asked``, ``attained``,
        ``attained_without``, ``price_low_vnd``, ``price_high_vnd``.
    conflict : Conflict or None
        Set when the question has no plan; what is shown then answers a question near it.
    faults : tuple of Fault
        Warnings: of the files of roads and heights, of villages left out.
    province, data_hash : str
    illustrative : bool
        Whether villages and network are invented; everything then says so.
    notes : tuple of str
        Fluent messages of what was assumed.
    """

    question: RolloutQuestion
    network: GeoNetwork
    villages: pd.DataFrame
    links: gpd.GeoDataFrame
    sites: pd.DataFrame
    totals: Totals
    certificate: Mapping[str, Any]
    baselines: pd.DataFrame
    order: BuildOrder | None
    calendar: BuildCalendar | None
    waves: pd.DataFrame
    costs: pd.DataFrame
    conditions: pd.DataFrame
    conflict: Conflict | None
    faults: tuple[Fault, ...]
    province: str
    data_hash: str
    illustrative: bool
    notes: tuple[str, ...] = ()
