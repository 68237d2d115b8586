"""The one error tree.

::

    PlannerError            carries a message key and values; the mouth says it in its language
    ├── DataError           a file or table is not usable; carries every fault found
    ├── PlanningError       a question has no answer as put (names the limit that binds)
    └── StoreError          the register of record refused (not found, not permitted)
        └── ConflictError   somebody else changed the same meanwhile; carries theirs and yours

A message key names a Fluent message in ``i18n/<language>/errors.ftl``; the values fill it. No
English sentence is written here, so that none reaches a user by accident.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Conflict:
    """A subject that somebody changed after the author of an edit had looked at it.

    Attributes
    ----------
    subject : str
        What both speak of, for example ``state:LC-02701-002:fixed``.
    part : int
        Place of the refused entry in what was submitted.
    seen, version : int
        The version the author saw, and the one there is now.
    by : str
        Who recorded the version there is now.
    recorded_at : datetime
    original, theirs, yours : mapping
        The fields at the version seen (empty where nothing was recorded), now, and as submitted.
    """

    subject: str
    part: int
    seen: int
    version: int
    by: str
    recorded_at: datetime
    original: Mapping[str, Any]
    theirs: Mapping[str, Any]
    yours: Mapping[str, Any]


class ConflictError(StoreError):
    """Edits came too late; nothing of what was submitted is recorded and nothing is lost."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__("error-store-conflict", count=len(conflicts), by=conflicts[0].by)
        self.conflicts = tuple(conflicts)
