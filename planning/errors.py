"""The one error tree.

::

    PlannerError            carries a message key and values; the mouth says it in its language
    ├── DataError           a file or table is not usable; carries every fault found
    ├── PlanningError       a question has no answer as put (names the limit that binds)
    └── StoreError          the register of record refused (not found, conflict)

A message key names a Fluent message in ``i18n/<language>/errors.ftl``; the values fill it. No
English sentence is written here, so that none reaches a user by accident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """Whether a fault stops a file from being accepted."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one value, row or file.

    Attributes
    ----------
    key : str
        Fluent message of the sentence.
    row : int or None
        Row of the file as a person counts it (the first data row is 1); ``None`` for the whole.
    column : str or None
    got : str or None
        The offending value as read.
    expected : str or None
        A key or literal describing what would have been right.
    values : dict
        Further values of the sentence and of the remedy.
    severity : Severity
        An error stops acceptance, a warning does not.
    remedy : str or None
        Fluent message of what to do about it.
    """

    key: str
    row: int | None = None
    column: str | None = None
    got: str | None = None
    expected: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    remedy: str | None = None


class PlannerError(Exception):
    """Something the user should be told in a sentence, never as a traceback."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key, values)
        self.key = key
        self.values: dict[str, Any] = values


class DataError(PlannerError):
    """Data is not usable as given; ``faults`` holds every reason, not only the first."""

    def __init__(self, key: str, faults: Sequence[Fault] = (), **values: Any) -> None:
        super().__init__(key, **values)
        self.faults = tuple(faults)


class PlanningError(PlannerError):
    """A planning question that cannot be answered as put."""


class StoreError(PlannerError):
    """The register of record refused a request."""
