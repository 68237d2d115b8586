"""From pandera's failures to the product's faults: row, column, value got, value expected."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from planning.columns import each_row
from planning.errors import Fault

MOST_FAULTS: Final = 1000

_EXPECTED: Final = {
    "field_uniqueness": "expected-unique",
    "str_length": "expected-text",
    "not_nullable": "expected-value",
    "column_in_dataframe": "expected-column",
    "add_missing_has_default": "expected-column",
    "Int64": "expected-integer",
    "float64": "expected-number",
    "boolean": "expected-boolean",
    "datetime64": "expected-date",
    "state belongs to service": "expected-state-of-service",
}
"""How pandera names a check, and the message that says what was expected."""


def find_faults(
    frame: pd.DataFrame, schema: pa.DataFrameSchema, *, most: int = MOST_FAULTS
) -> list[Fault]:
    """Return every fault of a frame, each once, in order of row and column.

    One value of the wrong type keeps pandera from checking the rest of its column, so such values
    are taken out and the rest is checked again.

    Parameters
    ----------
    frame : DataFrame
        As read; row numbers of the faults count from 1, as a person does.
    schema : DataFrameSchema
    most : int
        How many of them to return; those beyond are not even counted.

    Returns
    -------
    list of Fault
        Empty for a frame that is right.
    """
    found: dict[tuple[int, str], Fault] = {}
    remaining = frame
    while True:
        try:
            schema.validate(remaining, lazy=True)
            break
        except pandera.errors.SchemaErrors as error:
            cases = error.failure_cases
        for fault in _faults_of(cases):
            found.setdefault((fault.row or 0, str(fault.column)), fault)
        wrong_type = cases[
            cases["check"].astype(str).str.contains("dtype") & cases["index"].notna()
        ]
        if wrong_type.empty:
            break
        remaining = remaining.copy()
        for column, rows in wrong_type.groupby("column")["index"]:
            remaining.loc[remaining.index[rows.astype(int)], column] = None
    return [found[place] for place in sorted(found)][:most]


def _faults_of(cases: pd.DataFrame) -> Iterator[Fault]:
    # Of a column with values at fault, what pandera says of the column as a whole says no more.
    located = set(cases.loc[cases["index"].notna(), "column"].dropna())
    for case in each_row(cases):
        column = case.column if pd.notna(case.column) else case.failure_case
        row = None if pd.isna(case.index) else int(case.index) + 1
        if row is None and column in located:
            continue
        yield Fault(
            "fault-column" if row is None else "fault-value",
            row=row,
            column=str(column),
            got=None if pd.isna(case.failure_case) else str(case.failure_case),
            expected=_expected(str(case.check)),
        )


def _expected(check: str) -> str:
    name, _, rest = check.partition("(")
    given: Any = _literal("(" + rest) if rest else None
    if name == "isin":
        return ", ".join(str(value) for value in given)
    if name == "in_range":
        low, high = given
        return f"{low:g}–{high:g}"
    if name == "greater_than_or_equal_to":
        return f"≥ {given:g}"
    if name in {"dtype", "coerce_dtype"}:
        name = re.sub(r"[^\w].*", "", str(given))
    return _EXPECTED.get(name, "expected-valid")


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text
