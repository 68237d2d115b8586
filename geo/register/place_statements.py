"""The distinct statements of a list about its places, with the zeros its codes lost.

A hundred thousand rows name a few hundred places. Numbers of a spreadsheet take the leading zeros
of codes away: ``02671`` arrives as 2671 or ``2671.0``. They are given back and reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.register.gazetteer import CODE_DIGITS, DISTRICT_DIGITS, Gazetteer
from planning.columns import IntArray
from planning.errors import Fault, Severity

PLACE_FIELDS: Final = (
    "commune_code", "commune", "district_code", "district", "unit_code", "unit",
    "place_code", "place",
)  # fmt: skip

Statement: TypeAlias = dict[str, str | None]
Restored: TypeAlias = dict[str, list[tuple[int, str, str]]]
"""Field to the statements whose code changed: position, as given, as restored."""


def statement_texts(named: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of :data:`PLACE_FIELDS` there are as text, empty cells missing."""
    return {name: _text(named[name]) for name in PLACE_FIELDS if name in named}


def _text(column: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
        return pd.Series(values, dtype="object").map(lambda v: f"{v:.15g}").where(~np.isnan(values))
    text = column.astype("str").str.strip()
    return text.where((column.notna() & (text != "")).to_numpy())


def distinct_statements(
    texts: Mapping[str, pd.Series], length: int
) -> tuple[list[dict[str, str | None]], IntArray]:
    """Return the distinct statements and which of them each row makes."""
    key = np.zeros(length, dtype=np.int64)
    parts: dict[str, tuple[IntArray, NDArray[np.object_]]] = {}
    for name, column in texts.items():
        code, values = pd.factorize(column)
        parts[name] = (code.astype(np.int64), np.asarray(values, dtype=object))
        _, key = np.unique(key * (len(values) + 1) + code + 1, return_inverse=True)
    _, first, of_row = np.unique(key, return_index=True, return_inverse=True)
    statements = [
        {
            name: None if code[at] < 0 else str(values[code[at]])
            for name, (code, values) in parts.items()
        }
        for at in first
    ]
    return statements, of_row.astype(np.int64)


def restore_codes(
    distinct: Sequence[Statement], gazetteer: Gazetteer
) -> tuple[list[Statement], Restored]:
    """Give codes back the leading zeros they lost, and say where.

    Once one code of a column proves that its zeros are lost, they are lost from the codes nobody
    knows as well.

    Parameters
    ----------
    distinct : sequence of Statement
    gazetteer : Gazetteer

    Returns
    -------
    statements : list of Statement
        The same with codes restored.
    restored : Restored
    """
    communes, units = frozenset(gazetteer.commune_at), frozenset(gazetteer.unit_at)
    statements = [dict(statement) for statement in distinct]
    restored: Restored = {}
    for field, digits, known in (
        ("commune_code", CODE_DIGITS, communes),
        ("unit_code", CODE_DIGITS, units),
        ("place_code", CODE_DIGITS, communes | units),
        ("district_code", DISTRICT_DIGITS, frozenset(gazetteer.district_codes)),
    ):
        given = {at: code for at, code in enumerate(s.get(field) for s in distinct) if code}
        padded = {at: padded_code(code, digits) for at, code in given.items()}
        changed = {at: code for at, code in padded.items() if code != given[at]}
        if known.intersection(changed.values()):
            restored[field] = [(at, given[at], code) for at, code in changed.items()]
            for at, code in changed.items():
                statements[at][field] = code
    return statements, restored


def padded_code(text: str, digits: int) -> str:
    """Return a code as a spreadsheet would have to show it; what is no number stays as it is.

    >>> padded_code("2671.0", 5)
    '02671'
    >>> padded_code("HN-12", 5)
    'HN-12'
    """
    whole = text.removesuffix(".0").removesuffix(",0")
    return whole.zfill(digits) if whole.isascii() and whole.isdigit() else text


def find_zero_faults(
    restored: Restored, counts: IntArray, headings: Mapping[str, str]
) -> list[Fault]:
    """Return one warning for each column whose codes got their zeros back.

    Parameters
    ----------
    restored : Restored
    counts : ndarray of int
        Rows of each statement.
    headings : mapping of str to str
        Heading of each field in the file.

    Returns
    -------
    list of Fault
    """
    return [
        Fault(
            "fault-place-zeros",
            column=headings.get(field, field),
            got=cases[0][1],
            expected=cases[0][2],
            values={"count": int(counts[[at for at, _, _ in cases]].sum())},
            severity=Severity.WARNING,
            remedy="remedy-place-zeros",
        )
        for field, cases in restored.items()
    ]
