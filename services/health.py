"""Is this installation well: its store, its disk, its last backup.

A check is a callable that answers with a :class:`Finding`; a refusal it raises is a finding too. A
finding says good or bad under a name and nothing else: the answer is public, so no path, figure or
secret is part of it.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from planning.errors import PlannerError
from services.shelf import shelf_here

BACKUPS_VARIABLE: Final = "GAP_PLANNER_BACKUPS"
"""Environment variable: the folder of backups; not set: nobody promised any."""

LEAST_FREE_BYTES: Final = 512 * 2**20
"""Free space below which a register can soon no longer be written."""

MOST_BACKUP_AGE: Final = timedelta(hours=26)
"""A nightly backup, and two hours for a slow night."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes
    ----------
    name : str
        Stable English name: ``disk``, ``backup``, ``store``.
    good : bool
    """

    name: str
    good: bool


Check: TypeAlias = Callable[[], Finding]


@dataclass(frozen=True, slots=True)
class Health:
    """What all checks found.

    Attributes
    ----------
    findings : tuple of Finding
    """

    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Whether every check is good."""
        return all(finding.good for finding in self.findings)

    def as_answer(self) -> Mapping[str, object]:
        """Return what is told to anyone who asks."""
        return {
            "status": _said(self.good),
            "checks": {finding.name: _said(finding.good) for finding in self.findings},
        }


def examine(checks: Iterable[Check]) -> Health:
    """Run all checks; one that fails keeps no other from running."""
    return Health(tuple(_found(check) for check in checks))


def check_disk(folder: Path, least_bytes: int) -> Finding:
    """Check that there is room to write, in a folder that may be written to.

    Parameters
    ----------
    folder : Path
        Where the register is kept; the nearest folder above it while it does not exist yet.
    least_bytes : int
    """
    there = next(one for one in (folder, *folder.resolve().parents) if one.is_dir())
    free = shutil.disk_usage(there).free
    return Finding("disk", free >= least_bytes and os.access(there, os.W_OK))


def check_backup(folder: Path, most_age: timedelta, now: datetime) -> Finding:
    """Check that the newest backup is young enough and not empty.

    Parameters
    ----------
    folder : Path
        Holds one file for each backup; hidden files are not finished.
    most_age : timedelta
    now : datetime
        With time zone.
    """
    finished = [
        file.stat()
        for file in (folder.iterdir() if folder.is_dir() else ())
        if file.is_file() and not file.name.startswith(".")
    ]
    newest = max((one.st_mtime for one in finished if one.st_size), default=None)
    if newest is None:
        return Finding("backup", good=False)
    age = now - datetime.fromtimestamp(newest, UTC)
    # A backup from the future says only that a clock was wrong.
    return Finding("backup", good=-most_age <= age <= most_age)


def check_store(ask: Callable[[], object]) -> Finding:
    """Check that the store answers.

    Parameters
    ----------
    ask : callable
        Asks the store something small; a ``StoreError`` or ``OSError`` means that it is not well.
    """
    ask()
    return Finding("store", good=True)


def checks_here(
    now: Callable[[], datetime], ask_store: Callable[[], object] | None = None
) -> Sequence[Check]:
    """Return the checks of this installation.

    Parameters
    ----------
    now : callable
        Returns the moment, with time zone.
    ask_store : callable or None
        See :func:`check_store`; ``None`` while there is no store.
    """
    home = shelf_here().home
    checks: list[Check] = [_Named("disk", lambda: check_disk(home, LEAST_FREE_BYTES))]
    backups = os.environ.get(BACKUPS_VARIABLE)
    if backups:
        folder = Path(backups)
        backup = _Named("backup", lambda: check_backup(folder, MOST_BACKUP_AGE, now()))
        checks.append(backup)
    if ask_store is not None:
        checks.append(_Named("store", lambda: check_store(ask_store)))
    return checks


@dataclass(frozen=True, slots=True)
class _Named:
    """A check whose name is known before it runs, so that one that raises has one too."""

    name: str
    check: Check

    def __call__(self) -> Finding:
        return self.check()


def _found(check: Check) -> Finding:
    name = getattr(check, "name", "other")
    try:
        return check()
    except (OSError, PlannerError):
        logging.getLogger("gap_planner").warning("health check failed: %s", name, exc_info=True)
        return Finding(name, good=False)


def _said(good: bool) -> str:
    return "ok" if good else "failed"
