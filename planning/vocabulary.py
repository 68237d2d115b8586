"""One word per idea: the closed vocabularies and value objects every layer shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Service(StrEnum):
    """A telecommunication service that is observed village by village."""

    MOBILE = "mobile"
    FIXED = "fixed"


class MobileState(StrEnum):
    """What mobile service the village centre has.

    ``NO_SIGNAL`` is *trắng sóng*, ``PARTIAL`` is *lõm sóng* (clusters of houses in shadow).
    """

    NO_SIGNAL = "no_signal"
    PARTIAL = "partial"
    ONLY_2G = "2g_only"
    BROADBAND = "broadband"
    UNKNOWN = "unknown"


class FixedState(StrEnum):
    """What fixed service the village has; ``OTHER`` is fixed broadband that is not fibre."""

    NONE = "none"
    OTHER = "other"
    FIBRE = "fibre"
    UNKNOWN = "unknown"


class Gap(StrEnum):
    """What a village lacks. ``NO_SIGNAL`` is a subset of ``MOBILE``: never add the two."""

    NO_SIGNAL = "no_signal"
    MOBILE = "mobile"
    FIBRE = "fibre"


class GapStatus(StrEnum):
    """Whether a village has a gap; ``UNKNOWN`` is neither served nor lacking."""

    LACKING = "lacking"
    SERVED = "served"
    UNKNOWN = "unknown"


class Lane(StrEnum):
    """Who can act first: a gate beside the score, never a term of it."""

    FUND = "fund"
    OPERATOR = "operator"
    POWER_FIRST = "power_first"
    UNKNOWN = "unknown"


class GridPower(StrEnum):
    """Whether the national grid reaches the village."""

    GRID = "grid"
    PLANNED = "planned"
    NONE = "none"
    OTHER = "other"
    UNKNOWN = "unknown"


class VillageKind(StrEnum):
    """The legal kind of settlement."""

    THON = "thon"
    BAN = "ban"
    TO_DAN_PHO = "to_dan_pho"


class PositionBasis(StrEnum):
    """How the position of a village is known, which limits what distances may claim."""

    ILLUSTRATIVE = "illustrative"
    SURVEYED = "surveyed"
    COMMUNE_CENTRE = "commune_centre"


class SiteKind(StrEnum):
    """A point of the existing network."""

    FIBRE_POINT = "fibre_point"
    BASE_STATION = "base_station"


class Evidence(StrEnum):
    """Why an observation is believed; ``RESURVEY`` marks a series break, not construction."""

    SURVEY = "survey"
    RESURVEY = "resurvey"
    OPERATOR_REPORT = "operator_report"
    CONSTRUCTION = "construction"
    ACCEPTANCE = "acceptance"
    MEASUREMENT = "measurement"
    REGISTER = "register"


class WorkStatus(StrEnum):
    """How far the work on one service of one village has come, in the order it usually goes.

    ``SUSPENDED`` may follow any of them. ``ON_AIR`` serves the village but is not verified;
    ``ACCEPTED`` is (*đã nghiệm thu*).
    """

    NOT_ASSIGNED = "not_assigned"
    SURVEYED = "surveyed"
    FUNDED = "funded"
    BUILDING = "building"
    ON_AIR = "on_air"
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"


class Role(StrEnum):
    """What a person is to the register of record, least first (planning.authority)."""

    VIEWER = "viewer"
    PLANNER = "planner"
    STEWARD = "steward"
    ADMINISTRATOR = "administrator"


class Direction(StrEnum):
    """Which end of the distance scale scores high."""

    NEAR = "near"
    FAR = "far"


class Criterion(StrEnum):
    """A term of the priority score."""

    DISTANCE = "distance"
    POPULATION = "population"
    MINORITY = "minority"


GAP_SERVICE: Final[Mapping[Gap, Service]] = MappingProxyType(
    {Gap.NO_SIGNAL: Service.MOBILE, Gap.MOBILE: Service.MOBILE, Gap.FIBRE: Service.FIXED}
)
"""The service whose observations decide each gap."""

LACKING_STATES: Final[Mapping[Gap, frozenset[str]]] = MappingProxyType(
    {
        Gap.NO_SIGNAL: frozenset({MobileState.NO_SIGNAL}),
        Gap.MOBILE: frozenset({MobileState.NO_SIGNAL, MobileState.PARTIAL, MobileState.ONLY_2G}),
        Gap.FIBRE: frozenset({FixedState.NONE, FixedState.OTHER}),
    }
)
"""The states that count as the gap. 2G alone is not broadband; ``unknown`` is never here."""


SERVING_TECHNOLOGIES: Final[Mapping[Gap, frozenset[str]]] = MappingProxyType(
    {
        Gap.NO_SIGNAL: frozenset({"2g", "3g", "4g", "5g"}),
        Gap.MOBILE: frozenset({"3g", "4g", "5g"}),
        Gap.FIBRE: frozenset({"fibre"}),
    }
)
"""The technologies of a site that give what the gap lacks."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the three criteria; any non-negative numbers, used in proportion.

    Attributes
    ----------
    distance, population, minority : float
        Non-negative and finite, not all zero. :meth:`shares` makes them sum to one.
    """

    distance: float
    population: float
    minority: float

    def shares(self) -> tuple[float, float, float]:
        """Return the weights divided by their sum, in the order of :class:`Criterion`."""
        total = self.distance + self.population + self.minority
        return (self.distance / total, self.population / total, self.minority / total)


PRESETS: Final[Mapping[str, tuple[Weights, Direction]]] = MappingProxyType(
    {
        "balanced": (Weights(0.4, 0.3, 0.3), Direction.NEAR),
        "quick_wins": (Weights(0.6, 0.4, 0.0), Direction.NEAR),
        "equity": (Weights(0.15, 0.15, 0.7), Direction.NEAR),
        "most_isolated": (Weights(0.6, 0.1, 0.3), Direction.FAR),
    }
)
"""Named weightings; the choice is ours and editable, no source prescribes one."""

DEFAULT_PRESET: Final = "balanced"
DEFAULT_ROUTE_FACTOR: Final = 1.4
"""Cable length over geodesic length in mountains; editable, see docs/explanation/scoring.md."""


class AreaKind(StrEnum):
    """The kind of area that a target may be confined to."""

    DISTRICT = "district"
    UNIT = "unit"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Area:
    """An area by its kind, its code in the register's column ``<kind>_code``, and its name."""

    kind: AreaKind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """How many of a target's cohort are to have the service by a day before its deadline."""

    due_on: date
    count: int


@dataclass(frozen=True, slots=True)
class Target:
    """A published promise: close a gap in part of a cohort by a deadline.

    Attributes
    ----------
    target_id : str
    gap : Gap
    cohort_on : date
        The cohort is every village lacking the service on this day.
    cohort_size : int
        Villages the source counts in the cohort.
    required : int
        How many of the cohort must have the service by the deadline.
    deadline : date
    source : str
        Where the promise is published.
    result : int or None
        The published result; ``None`` while none is published.
    area : Area or None
        Where the cohort lies; ``None`` for the whole province.
    milestones : tuple of Milestone
        Steps on the way, by day; empty when none are set.
    """

    target_id: str
    gap: Gap
    cohort_on: date
    cohort_size: int
    required: int
    deadline: date
    source: str
    result: int | None = None
    area: Area | None = None
    milestones: tuple[Milestone, ...] = ()
