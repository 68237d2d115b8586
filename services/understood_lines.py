"""What was understood of positions and places, in a sentence each."""

from __future__ import annotations

from geo.register.places import PlaceSummary
from geo.register.positions import PositionAccount
from i18n import Translator


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
    return words(
        "understood-places",
        old=summary.old,
        new=summary.new,
        both=summary.both,
        unresolved=summary.unresolved,
        silent=summary.silent,
    )
