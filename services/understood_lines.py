"""What was understood of positions and places, and the verdict, in a sentence each."""

from __future__ import annotations

from geo.register.places import PlaceSummary
from geo.register.positions import PositionAccount
from i18n import Translator
from services.intake import Understanding


def positions_line(account: PositionAccount, words: Translator) -> str:
    """Say where positions come from: system, transformation, accuracy, how many at a centre."""
    parts = []
    if account.system is not None:
        parts.append(
            words(
                "understood-system-assumed" if account.assumed else "understood-system",
                system=account.system,
            )
        )
    if account.operation:
        parts.append(
            words(
                "understood-operation",
                operation=account.operation,
                accuracy="–" if account.accuracy_m is None else f"{account.accuracy_m:g}",
            )
        )
    parts.append(
        words(
            "understood-positions",
            given=account.given,
            centre=account.at_centre + account.replaced,
            missing=account.missing,
        )
    )
    return " ".join(parts)


def places_line(summary: PlaceSummary, words: Translator) -> str:
    """Say how the places were resolved to communes of before and units since July 2025."""
    evidence = summary.evidence
    told = evidence.old_only or evidence.new_only
    line = words(
        "understood-places",
        old=summary.old,
        new=summary.new,
        both=summary.both,
        unresolved=summary.unresolved,
        silent=summary.silent,
    )
    return f"{line} {words(evidence.key, **evidence.values)}" if told else line


def verdict_line(understood: Understanding, words: Translator, *, separated: bool = False) -> str:
    """Say whether a list can be accepted, as it is or without its rows at fault."""
    draft = understood.draft
    key = "import-verdict-ready" if understood.acceptable else "import-verdict-faults"
    if separated and not understood.acceptable:
        key = "import-verdict-separated"
    return words(
        key,
        rows=len(draft.raw),
        errors=len(draft.errors),
        warnings=len(draft.warnings),
        faulty=int(draft.faulty.sum()),
        sound=int((~draft.faulty).sum()),
    )
