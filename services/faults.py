"""The faults of a list in both languages, for the table on a page and the files of a report."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from geo.text_workbook import text_workbook
from i18n import LANGUAGES, Translator, translator
from i18n.refusals import say_expected, say_fault, say_remedy
from planning.errors import Fault, PlannerError, Severity
from services.intake import Understanding

REPORT_SUFFIXES: Final = (".json", ".xlsx")
"""Forms of a report."""

MOST_EXPLAINED: Final = 100_000
"""Faults spelled out in a report; all are counted."""


def fault_records(faults: tuple[Fault, ...]) -> list[dict[str, Any]]:
    """Return faults under stable English keys, every text in both languages.

    Returns
    -------
    list of dict
        ``severity``, ``key``, ``row``, ``column``, ``got``, and by language ``expected``,
        ``sentence`` and ``remedy``.
    """
    spoken = [translator(language) for language in LANGUAGES]
    return [
        {
            "severity": str(fault.severity),
            "key": fault.key,
            "row": fault.row,
            "column": fault.column,
            "got": fault.got,
            "expected": {words.language: say_expected(fault, words) for words in spoken},
            "sentence": {words.language: say_fault(fault, words) for words in spoken},
            "remedy": {words.language: say_remedy(fault, words) for words in spoken},
        }
        for fault in faults[:MOST_EXPLAINED]
    ]


def report_bytes(understood: Understanding, suffix: str) -> bytes:
    """Return the report of a list as the contents of a file.

    Parameters
    ----------
    understood : Understanding
    suffix : str
        One of :data:`REPORT_SUFFIXES`.

    Raises
    ------
    PlannerError
        If the suffix names neither form.
    """
    return faults_bytes(understood.draft.faults, understood.file, suffix, head=summary(understood))


def faults_bytes(
    faults: tuple[Fault, ...], file: str, suffix: str, *, head: dict[str, Any] | None = None
) -> bytes:
    """Return the faults of a file in one of :data:`REPORT_SUFFIXES`; ``head`` opens the JSON."""
    match suffix.lower():
        case ".json":
            document = (head or {"file": file}) | {"faults": fault_records(faults)}
            return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode()
        case ".xlsx":
            return _workbook(faults, file)
        case _:
            raise PlannerError(
                "error-export-format", suffix=suffix, expected=", ".join(REPORT_SUFFIXES)
            )


def summary(understood: Understanding) -> dict[str, Any]:
    """Return what was understood of a list, under stable English keys."""
    draft = understood.draft
    raw, account, places = draft.raw, draft.located.account, draft.places.summary
    return {
        "file": understood.file,
        "file_hash": understood.file_hash,
        "acceptable": understood.acceptable,
        "villages": len(raw),
        "errors": len(draft.errors),
        "warnings": len(draft.warnings),
        "rows_at_fault": int(draft.faulty.sum()),
        "format": raw.format,
        "layer": raw.layer,
        "layers": [layer.name for layer in raw.layers],
        "encoding": raw.encoding,
        "header_rows": list(raw.header_rows),
        "set_aside": [{"row": row, "why": why, "text": text} for row, why, text in raw.set_aside],
        "columns": [
            {
                "heading": column.label,
                "field": column.field or None,
                "confidence": str(column.confidence),
                "read_as": column.read_as or None,
                "asks": column.asks or None,
                "samples": list(column.samples),
            }
            for column in draft.cells.accounts
        ],
        "positions": {
            "system": account.system,
            "operation": account.operation or None,
            "accuracy_m": account.accuracy_m,
            "given": account.given,
            "at_commune_centre": account.at_centre + account.replaced,
            "missing": account.missing,
        },
        "places": {
            "old": places.old,
            "new": places.new,
            "both": places.both,
            "unresolved": places.unresolved,
            "silent": places.silent,
        },
    }


def _workbook(faults: tuple[Fault, ...], file: str) -> bytes:
    spoken = [translator(language) for language in LANGUAGES]
    texts = ("severity", "row", "column", "got")
    both = ("expected", "sentence", "remedy")
    headings = [
        *(_joined(f"report-{name}", spoken) for name in texts),
        *(words(f"report-{name}") for name in both for words in spoken),
    ]
    rows = [
        [
            _joined(f"severity-{record['severity']}", spoken),
            "" if record["row"] is None else record["row"],
            record["column"] or "",
            record["got"] or "",
            *(record[name][words.language] for name in both for words in spoken),
        ]
        for record in fault_records(faults)
    ]
    counts = Counter(fault.severity for fault in faults)
    title = " / ".join(
        words(
            "report-title",
            file=file,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
        )
        for words in spoken
    )
    return text_workbook(headings, rows, title=title)


def _joined(key: str, spoken: list[Translator]) -> str:
    return " / ".join(words(key) for words in spoken)
