"""CSV and its kin: text between separators, every cell a text, nothing converted."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from geo.formulas import unguard_formula
from geo.intake.byte_texts import finish
from geo.intake.columns import check_cells, text_series, tidy
from geo.intake.encodings import decode
from geo.intake.grid import Grid
from geo.intake.grid_building import check_extent
from geo.intake.layout import Layout, lay_out
from geo.intake.limits import MAX_CELL_LENGTH
from geo.intake.separators import find_separator, split_record
from geo.intake.table import RawColumn, RawTable, ReadOptions
from planning.columns import IntArray
from planning.errors import DataError, Fault, Severity

_TEXT: Final = pa.large_string()
_BLOCK_BYTES: Final = 4 * 2**20
_MOST_FAULTS: Final = 1000
_MOST_IRREGULAR: Final = 20_000
_END: Final = "\x1f"
"""Every cell of a row put after the last one: it is read back unless a quotation took it in."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A record that has not as many fields as the list; row counted from 1."""

    row: int
    fields: tuple[str, ...]


def read_delimited(path: Path, options: ReadOptions) -> RawTable:
    """Read a delimited text file.

    Encoding and separator are recognised from the whole structure. A record counts as one row,
    however many lines it fills; empty lines count too. A record with fewer fields than the others
    is read as if the missing ones were empty, one with more is left out; both are faults.

    Parameters
    ----------
    path : Path
    options : ReadOptions

    Raises
    ------
    DataError
        If it holds no text, a zero character, a quotation mark that is never closed, or more
        than :mod:`geo.intake.limits` allows.
    """
    decoded = decode(path.read_bytes(), options.encoding, file=path.name)
    _refuse_zeros(decoded.text, path)
    separator, width = find_separator(decoded.text)
    check_extent(1, width, path.name, "")
    grid, irregular, long = _read_grid(decoded.text, separator, width, path)
    layout = lay_out(grid, header_row=options.header_row, file=path.name)
    table = RawTable(
        columns=layout.columns,
        rows=layout.rows,
        format="csv",
        encoding=decoded.encoding,
        separator=separator,
        header_rows=layout.header_rows,
        set_aside=layout.set_aside,
        faults=(
            *layout.faults,
            *_length_faults(layout, irregular, long, len(grid.columns)),
        ),
        metadata=layout.metadata,
    )
    return finish(table, options.encoding, file=path.name, sure=decoded.sure)


def _refuse_zeros(text: str, path: Path) -> None:
    at = text.find("\x00")
    if at >= 0:
        raise DataError("error-intake-zeros", file=path.name, row=text.count("\n", 0, at) + 1)


def _read_grid(
    text: str, separator: str, width: int, path: Path
) -> tuple[Grid, list[_Record], list[_Record]]:
    """Return the grid, its short records, and the long ones that are not in it."""
    odd: list[tuple[int, str]] = []

    def keep(row: pyarrow.csv.InvalidRow) -> str:
        # Only noted here: an error raised within the reader would come out as one of its own.
        odd.append((row.number, row.text))
        return "error" if len(odd) > _MOST_IRREGULAR else "skip"

    names = [str(at) for at in range(width)]
    ended = text.rstrip("\r\n") + "\n" + separator.join([_END] * width)
    try:
        table = pyarrow.csv.read_csv(
            pa.py_buffer(ended.encode("utf-8", "replace")),
            pyarrow.csv.ReadOptions(use_threads=False, block_size=_BLOCK_BYTES, column_names=names),
            pyarrow.csv.ParseOptions(
                delimiter=separator,
                newlines_in_values='"' in text,
                ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        if len(odd) > _MOST_IRREGULAR:
            raise DataError("error-intake-ragged", file=path.name, row=odd[-1][0]) from error
        raise DataError("error-intake-cell-long", file=path.name, limit=MAX_CELL_LENGTH) from error
    records = [_Record(row, _fields(text, separator, row, path)) for row, text in odd]
    if not table.num_rows or any(cells[-1].as_py() != _END for cells in table.columns):
        # A quotation without end has taken in all that follows its beginning.
        last = table.num_rows + len(odd)
        raise DataError("error-intake-quote", file=path.name, row=last)
    table = table.slice(0, table.num_rows - 1)
    return _assembled(table, records, path, composed=unicodedata.is_normalized("NFC", text))


def _fields(text: str, separator: str, row: int, path: Path) -> tuple[str, ...]:
    if "\n" in text.strip() and text.count('"') % 2:
        raise DataError("error-intake-quote", file=path.name, row=row)
    fields = split_record(text, separator)
    while fields and not fields[-1].strip():
        fields.pop()
    return tuple(fields)


def _assembled(
    table: pa.Table, odd: Sequence[_Record], path: Path, *, composed: bool
) -> tuple[Grid, list[_Record], list[_Record]]:
    width = table.num_columns
    rows = _row_numbers(table.num_rows, odd)
    top = rows[0] if len(rows) else np.inf
    # Only a heading may be wider than the list: a wider row below it has a mark too many.
    full = max([width, *(len(record.fields) for record in odd if record.row < top)])
    check_extent(table.num_rows + len(odd), full, path.name, "")
    fitting = [record for record in odd if len(record.fields) <= full]
    long = [record for record in odd if len(record.fields) > full]
    # Stable order of the file: the regular records and the others were read apart.
    numbers = np.concatenate([rows, np.array([record.row for record in fitting], dtype=np.int64)])
    order = np.argsort(numbers, kind="stable")
    columns = []
    for at in range(full):
        texts = table.column(at).combine_chunks() if at < width else pa.nulls(len(rows), _TEXT)
        texts = tidy(_unguarded(texts), composed=composed)
        if fitting:
            given = [record.fields[at] if at < len(record.fields) else None for record in fitting]
            others = tidy(_unguarded(pa.array(given, _TEXT)))
            texts = pa.concat_arrays([texts, others]).take(pa.array(order))
        columns.append(RawColumn("", text_series(texts)))
    check_cells(columns, path.name)
    short = [record for record in fitting if len(record.fields) < width]
    return Grid(tuple(columns), numbers[order]), short, long


def _unguarded(texts: pa.Array) -> pa.Array:
    """Take away the apostrophes that keep a spreadsheet from running a text, as our files do."""
    guarded = pc.fill_null(pc.match_substring(texts, "'"), fill_value=False)
    if not pc.any(guarded).as_py():
        return texts
    plain = [unguard_formula(text) for text in texts.filter(guarded).to_pylist()]
    return pc.replace_with_mask(texts, guarded, pa.array(plain, _TEXT))


def _row_numbers(count: int, odd: Sequence[_Record]) -> IntArray:
    apart = np.zeros(count + len(odd) + 1, dtype=bool)
    apart[[record.row for record in odd]] = True
    rows: IntArray = np.flatnonzero(~apart)[1:].astype(np.int64)
    return rows


def _length_faults(
    layout: Layout, short: Sequence[_Record], long: Sequence[_Record], width: int
) -> list[Fault]:
    villages = set(layout.rows.tolist()) if short else set()
    faults = [
        Fault(
            "fault-row-short",
            row=record.row,
            got=str(len(record.fields)),
            expected=str(width),
            severity=Severity.WARNING,
            remedy="remedy-row-short",
        )
        for record in short
        if record.row in villages
    ]
    faults += [
        Fault(
            "fault-row-long",
            row=record.row,
            got=str(len(record.fields)),
            expected=str(width),
            remedy="remedy-row-long",
        )
        for record in long
    ]
    return sorted(faults, key=lambda fault: fault.row or 0)[:_MOST_FAULTS]
