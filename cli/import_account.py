"""What an import prints: what was understood, what is wrong, and how far the reading is."""

import sys
from typing import Final

from cli.output import print_table, say
from geo.register.accounts import ColumnAccount
from i18n import Translator
from i18n.refusals import say_fault, say_remedy
from planning.errors import Fault, Severity
from services.change_lines import change_lines
from services.intake import Understanding
from services.merge import Merge
from services.understood_lines import places_line, positions_line, verdict_line

_MOST_PRINTED: Final = 40
_HEADINGS: Final = ("heading", "field", "sure", "read-as-column", "samples")


def print_understanding(
    understood: Understanding, merge: Merge | None, words: Translator, *, separated: bool = False
) -> None:
    """Print what was made of a list, what changes with it, and every fault with its remedy."""
    draft = understood.draft
    raw = draft.raw
    say(words("import-read-as", file=understood.file, format=raw.format, rows=len(raw)))
    for name, value in (("layer", raw.layer), ("encoding", raw.encoding)):
        if value:
            say(f"{words(f'import-{name}')}: {value}")
    for row, why, text in raw.set_aside[:_MOST_PRINTED]:
        say(words("import-row-aside", row=str(row), why=words(f"aside-{why}"), text=text[:60]))
    print_table(
        words("import-columns"),
        [words(f"import-{name}") for name in _HEADINGS],
        [_column(account, words) for account in draft.cells.accounts],
        numeric=(),
    )
    say(positions_line(draft.located.account, words))
    say(places_line(draft.places.summary, words))
    if merge is not None:
        for change, count in merge.counts().items():
            if count:
                say(words("import-change-count", change=words(f"change-{change}"), count=count))
        if merge.confirmed:
            say(words("import-confirmed", count=merge.confirmed))
        _print_changes(merge, words)
    print_faults(draft.faults, words)
    say(verdict_line(understood, words, separated=separated))


def _print_changes(merge: Merge, words: Translator) -> None:
    lines = change_lines(merge, words)
    if lines.empty:
        say(words("import-no-changes"))
        return
    print_table(
        words("import-change"),
        [
            words(heading)
            for heading in (
                "field-village_id",
                "field-name",
                "import-change",
                "import-field",
                "import-before",
                "import-after",
            )
        ],
        lines.head(_MOST_PRINTED).to_numpy().tolist(),
        numeric=(),
        whole=(0,),
    )
    if len(lines) > _MOST_PRINTED:
        say(words("import-more-changes", count=len(lines) - _MOST_PRINTED))


def _column(account: ColumnAccount, words: Translator) -> list[str]:
    return [
        account.label,
        words(f"field-{account.field}") if account.field else words("import-carried"),
        words(f"confidence-{account.confidence}") if account.field else "",
        words(f"read-as-{account.read_as}") if account.read_as else "",
        " · ".join(account.samples),
    ]


def print_faults(faults: tuple[Fault, ...], words: Translator) -> None:
    """Print the first faults, errors before warnings, each with what to do about it."""
    ordered = sorted(faults, key=lambda fault: fault.severity is Severity.WARNING)
    for fault in ordered[:_MOST_PRINTED]:
        mark = "✗" if fault.severity is Severity.ERROR else "!"
        remedy = say_remedy(fault, words)
        say(f"{mark} {say_fault(fault, words)}" + (f" → {remedy}" if remedy else ""))
    if len(faults) > _MOST_PRINTED:
        say(words("import-more-faults", count=len(faults) - _MOST_PRINTED))


class ProgressLine:
    """A line on a terminal that tells how far the reading is; nothing where nobody looks."""

    def __init__(self, words: Translator) -> None:
        self._words = words
        self._seen = sys.stderr.isatty()

    def __call__(self, step: str, share: float) -> None:
        """Show a step and the share of the work that is done."""
        if self._seen:
            said = self._words(f"stage-intake-{step}")
            print(f"\r{said} {share:4.0%}\033[K", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Clear the line."""
        if self._seen:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
