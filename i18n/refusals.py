"""Say a refusal: the one place that turns an error and its faults into sentences."""

from __future__ import annotations

from i18n.translator import Translator
from planning.errors import DataError, Fault, PlannerError


def say_refusal(error: PlannerError, words: Translator) -> str:
    """Return the sentence of an error."""
    return words(error.key, **error.values)


def say_faults(error: PlannerError, words: Translator) -> list[str]:
    """Return a sentence for each fault an error carries; none for most errors."""
    faults = error.faults if isinstance(error, DataError) else ()
    return [_say_fault(fault, words) for fault in faults]


def _say_fault(fault: Fault, words: Translator) -> str:
    expected = fault.expected or "–"
    values = {
        "row": fault.row or "–",
        "column": fault.column or "–",
        "got": fault.got or words("fault-nothing"),
        "expected": words(expected) if words.has(expected) else expected,
    }
    return words(fault.key, **(values | fault.values))
