"""Print results: a table for eyes, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from rich import box
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from geo.formulas import guard_formula

# A name from a file must not steer the terminal: escape sequences and other controls go.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(value: object) -> str:
    """Return text that is safe to print on a terminal."""
    return _CONTROL.sub("", str(value))


def say(text: str, *, error: bool = False) -> None:
    """Print one line."""
    print(plain(text), file=sys.stderr if error else sys.stdout)


def terminal_width() -> int:
    """Return how many characters a line of the terminal holds."""
    return Console().width


def print_json(value: object) -> None:
    """Print a JSON document; keys are stable English names."""
    print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame under its stable keys; a missing value is ``None``."""
    whole = frame.astype(object)
    return [
        {str(k): v for k, v in row.items()}
        for row in whole.where(frame.notna(), None).to_dict("records")
    ]


def print_csv(rows: Sequence[Mapping[Any, Any]], *, illustrative: bool) -> None:
    """Print rows as :func:`csv_text` writes them."""
    print(csv_text(rows, illustrative=illustrative), end="")


def csv_text(rows: Sequence[Mapping[Any, Any]], *, illustrative: bool) -> str:
    """Return rows as CSV under their stable keys; the last column says whether they are invented.

    Text that a spreadsheet would take for a formula is guarded as in exported files.
    """
    labelled = [
        {k: guard_formula(v) if isinstance(v, str) else v for k, v in row.items()}
        | {"illustrative": str(illustrative).lower()}
        for row in rows
    ]
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(labelled[0]) if labelled else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(labelled)
    return buffer.getvalue()


def print_table(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    numeric: Sequence[int],
    whole: Sequence[int] = (),
) -> None:
    """Print a table.

    Columns in ``numeric`` are aligned to the right; those in ``whole`` are never cut or wrapped.
    """
    table = Table(
        title=plain(title),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1),
        collapse_padding=True,
        pad_edge=False,
    )
    for position, heading in enumerate(headings):
        justify: JustifyMethod = "right" if position in numeric else "left"
        table.add_column(plain(heading), justify=justify, no_wrap=position in whole)
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    Console(highlight=False).print(table)
