"""Read what a person typed: every value checked, every refusal a sentence."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from i18n import LANGUAGES
from planning.errors import PlannerError
from planning.vocabulary import PRESETS, Direction, Gap, Weights
from services.province import Province, load_province
from services.record import province_here

LANGUAGE_VARIABLE: Final = "GAP_PLANNER_LANG"
FORMATS: Final = ("table", "json", "csv")

Choice = TypeVar("Choice", bound=StrEnum)


def language_of(arguments: Sequence[str]) -> str:
    """Find the language before the command line is parsed, since its help needs it.

    ``--lang`` wins over the variable ``GAP_PLANNER_LANG``; Vietnamese is the default. A value
    that is no language is refused later, by the command itself.
    """
    asked = os.environ.get(LANGUAGE_VARIABLE, LANGUAGES[0])
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            asked = arguments[position + 1]
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def one_of(got: str, expected: Iterable[str], option: str) -> str:
    """Return ``got`` if it is among ``expected``.

    Raises
    ------
    PlannerError
        ``error-choice`` otherwise.
    """
    choices = list(expected)
    if got not in choices:
        raise PlannerError("error-choice", got=got, option=option, expected=", ".join(choices))
    return got


def parse_gap(got: str) -> Gap:
    """Read ``fibre``, ``mobile`` or ``no-signal`` (``no_signal`` too)."""
    value = got.replace("-", "_")
    one_of(value, [str(g) for g in Gap], "--gap")
    return Gap(value)


def parse_date(got: str | None, default: date) -> date:
    """Read an ISO date, or take the default where none was given."""
    if got is None:
        return default
    try:
        return date.fromisoformat(got)
    except ValueError as error:
        raise PlannerError("error-date", got=got) from error


def parse_weights(
    weights: str | None, preset: str | None, direction: str | None
) -> tuple[Weights, Direction]:
    """Read the weighting: a preset, changed by explicit weights and direction.

    Parameters
    ----------
    weights : str or None
        ``distance=.4,population=.3,minority=.3``; criteria left out weigh nothing.
    preset : str or None
        A name of :data:`planning.vocabulary.PRESETS`, hyphens allowed.
    direction : str or None
        ``near`` or ``far``.
    """
    name = (preset or "balanced").replace("-", "_")
    if name not in PRESETS:
        raise PlannerError("error-preset", got=preset, expected=", ".join(PRESETS))
    chosen, towards = PRESETS[name]
    if weights is not None:
        chosen = _weights(weights)
    if direction is not None:
        towards = Direction(one_of(direction, [str(d) for d in Direction], "--direction"))
    return chosen, towards


def _weights(got: str) -> Weights:
    shares = {"distance": 0.0, "population": 0.0, "minority": 0.0}
    for term in got.split(","):
        name, equals, number = term.partition("=")
        try:
            value = float(number)
        except ValueError as error:
            raise PlannerError("error-weights", got=got) from error
        known = name.strip() in shares and bool(equals)
        if not known or not math.isfinite(value) or value < 0:
            raise PlannerError("error-weights", got=got)
        shares[name.strip()] = value
    if not any(shares.values()):
        raise PlannerError("error-weights", got=got)
    return Weights(**shares)


def province_of(
    villages: Path | None, observations: Path | None = None, sites: Path | None = None
) -> Province:
    """Load the register a person named, else the administrator's folder, else the one in use."""
    if villages is None:
        for option, file in (("--observations", observations), ("--sites", sites)):
            if file is not None:
                raise PlannerError("error-option-alone", option=option, needed="--villages")
        return province_here()
    return load_province(villages, observations=observations, sites=sites)
