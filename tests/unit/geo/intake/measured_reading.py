"""Reading a foreign file in a process that has no other children, so that its memory can be told.

The high-water mark of children is one figure for a whole process: in the process of the tests any
other child, or the size of the tests themselves at the moment of forking, would be part of it.
"""

from __future__ import annotations

import resource
from pathlib import Path

from geo.intake.sandbox import read_foreign
from geo.intake.table import RawTable
from i18n import LANGUAGES, translator
from i18n.refusals import say_refusal
from planning.errors import DataError
from tests.unit.geo.intake.hostile_files import READ


def read_and_measure(path: Path, name: str) -> tuple[str, str, int]:
    """Return how reading ended, all that was said or read, and the most kilobytes a child took."""
    outcome, said = _outcome(path, name)
    return outcome, said, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def _outcome(path: Path, name: str) -> tuple[str, str]:
    try:
        table = read_foreign(path, name=name)
    except DataError as error:
        for language in LANGUAGES:
            sentence = say_refusal(error, translator(language))
            assert name in sentence
            assert sentence.endswith(".")
            assert "\n" not in sentence.strip()
        return error.key, str(error.values)
    return READ, _everything(table)


def _everything(table: RawTable) -> str:
    cells = [column.texts.to_list() for column in table.columns]
    return str((cells, table.names, table.set_aside, table.faults, table.metadata))
