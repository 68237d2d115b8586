"""Say a refusal: the one place that turns an error and its faults into sentences."""

from __future__ import annotations

from typing import Any

from i18n.translator import Translator
from planning.errors import DataError, Fault, PlannerError


def say_refusal(error: PlannerError, words: Translator) -> str:
    """Return the sentence of an error."""
    return words(error.key, **error.values)


def say_faults(error: PlannerError, words: Translator) -> list[str]:
    """Return a sentence for each fault an error carries; none for most errors."""
    faults = error.faults if isinstance(error, DataError) else ()
    return [say_fault(fault, words) for fault in faults]


def say_fault(fault: Fault, words: Translator) -> str:
    """Return the sentence of a fault: where, what was got, what was expected."""
    return words(fault.key, **_values(fault, words))


def say_remedy(fault: Fault, words: Translator) -> str:
    """Return what to do about a fault; empty if nothing is proposed."""
    return words(fault.remedy, **_values(fault, words)) if fault.remedy else ""


def say_expected(fault: Fault, words: Translator) -> str:
    """Return what would have been right; empty if the fault does not say."""
    expected = fault.expected or ""
    return words(expected, **fault.values) if words.has(expected) else expected


def _values(fault: Fault, words: Translator) -> dict[str, Any]:
    return {
        # A number of a row is a name: it has no thousands mark.
        "row": "–" if fault.row is None else str(fault.row),
        "column": fault.column or "–",
        "got": fault.got or words("fault-nothing"),
        "expected": say_expected(fault, words) or "–",
        **fault.values,
    }
