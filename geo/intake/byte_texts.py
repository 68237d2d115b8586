"""Texts of files that are stored as bytes of an unstated encoding, decoded as one text.

The encoding is judged from all cells together, because a single name is too short to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.intake.columns import arrow_texts, check_cells
from geo.intake.dbf import Bytes
from geo.intake.encodings import REPLACEMENT, Decoded, decode
from geo.intake.legacy_fonts import LEGACY_ENCODINGS
from geo.intake.table import RawColumn, RawTable
from geo.intake.undecoded import LEGACY_FAULT, mark_legacy
from planning.errors import Fault, Severity

_BETWEEN_CELLS: Final = "\x1e"
_MOST_FAULTS: Final = 1_000
_SAMPLE: Final = 80
_JUDGED_ROWS: Final = 5_000
_UNICODE: Final = frozenset({None, "utf-8", "utf-16"})
"""Encodings of tables of which some columns may be in a legacy font and others not."""
_VIETNAMESE_PAGES: Final = frozenset({"1258", "cp1258", "windows1258", "windowsvietnamese"})


@dataclass(frozen=True, slots=True, eq=False)
class DecodedColumns:
    """Texts of several columns and the encoding they were all read in.

    Attributes
    ----------
    texts : tuple of pyarrow.Array
    names : tuple of str
    encoding : str
        A name of :data:`geo.intake.encodings.ENCODINGS`.
    sure : bool
        Whether the bytes themselves or a person say so.
    """

    texts: tuple[pa.Array, ...]
    names: tuple[str, ...]
    encoding: str
    sure: bool


def decode_columns(
    columns: Sequence[Bytes],
    names: Sequence[bytes],
    *,
    chosen: str | None,
    stated: str = "",
    file: str,
) -> DecodedColumns:
    """Decode cells and headings in one encoding.

    Parameters
    ----------
    columns : sequence of ndarray of bytes
    names : sequence of bytes
        Headings.
    chosen : str or None
        Encoding a person chose, a name of :data:`geo.intake.encodings.ENCODINGS`. A legacy font
        is left for :func:`finish`, which decodes only the columns it fits.
    stated : str
        What the file says. Only Vietnamese code pages are believed: UTF-8 shows by itself, and
        Western ones are what programs write without having asked.
    file : str
    """
    distinct = [np.unique(cells, return_inverse=True) for cells in columns]
    listed = [cell for cells, _ in distinct for cell in cells.tolist()] + list(names)
    page = "".join(letter for letter in stated.lower() if letter.isalnum())
    # A legacy font is decoded from the Western letters its bytes are.
    encoding = "cp1252" if chosen in LEGACY_ENCODINGS else chosen
    if encoding is None and page in _VIETNAMESE_PAGES:
        encoding = "cp1258"
    decoded = _decode_list(listed, encoding, file)
    texts = []
    at = 0
    for cells, places in distinct:
        words = pa.array(decoded[0][at : at + len(cells)], pa.large_string())
        texts.append(words.take(pa.array(places)))
        at += len(cells)
    return DecodedColumns(
        tuple(texts), tuple(decoded[0][at:]), decoded[1].encoding, decoded[1].sure
    )


def finish(table: RawTable, chosen: str | None, *, file: str, sure: bool = True) -> RawTable:
    """Return the table with what there is to say about its texts.

    Cells with undecodable bytes and an encoding that was only judged become faults; columns of a
    legacy font are marked, or decoded if a person chose it. Of very many faults the first
    thousand are kept, with one that counts the others.

    Parameters
    ----------
    table : RawTable
        Its ``encoding`` tells whether its texts are Unicode or bytes of one encoding throughout.
    chosen : str or None
        Encoding a person chose.
    file : str
        For the sentence of a refusal.
    sure : bool
        Whether the bytes themselves or a person say what the encoding is.

    Raises
    ------
    DataError
        If a cell is longer than :mod:`geo.intake.limits` allows.
    """
    check_cells(table.columns, file)
    if chosen in LEGACY_ENCODINGS:
        marked = mark_legacy(table, chosen, bytewise=table.encoding not in _UNICODE)
    else:
        marked = _marked(table)
    faults = [*marked.faults, *_undecodable(marked)]
    # A legacy font is the better question: one answer settles both.
    if not sure and not any(fault.key == LEGACY_FAULT for fault in marked.faults):
        faults.insert(0, _judged(marked))
    if len(faults) > _MOST_FAULTS:
        faults = [*faults[:_MOST_FAULTS], _and_more(len(faults) - _MOST_FAULTS)]
    return replace(marked, faults=tuple(faults))


def _decode_list(
    listed: Sequence[bytes], encoding: str | None, file: str
) -> tuple[list[str], Decoded]:
    between = _BETWEEN_CELLS.encode("ascii")
    whole = between.join(cell.replace(between, b" ") for cell in listed)
    if encoding is None and whole[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        # Two letters of an old font, not the mark of UTF-16, which no such file is written in.
        encoding = "cp1252"
    decoded = decode(whole, encoding, file=file)
    texts = decoded.text.split(_BETWEEN_CELLS)
    if len(texts) == len(listed):
        return texts, decoded
    # Bytes that take a separator for part of a letter: each cell has to stand for itself.
    return [decode(cell, decoded.encoding, file=file).text for cell in listed], decoded


def _judged(table: RawTable) -> Fault:
    texts = (text for column in table.columns for text in column.texts.dropna().head(200))
    sample = next((text for text in texts if not text.isascii()), "")
    return Fault(
        "fault-encoding-judged",
        got=sample[:_SAMPLE],
        values={"encoding": table.encoding or ""},
        severity=Severity.WARNING,
        remedy="remedy-encoding",
    )


def _marked(table: RawTable) -> RawTable:
    """Report legacy fonts, judged from rows spread evenly over the table."""
    every = slice(None, None, max(1, len(table) // _JUDGED_ROWS))
    sampled = replace(
        table,
        columns=tuple(RawColumn(c.name, c.texts.iloc[every]) for c in table.columns),
        rows=table.rows[every],
    )
    return replace(table, faults=mark_legacy(sampled, None).faults)


def _undecodable(table: RawTable) -> Iterator[Fault]:
    for column in table.columns:
        wrong = pc.fill_null(pc.match_substring(arrow_texts(column), REPLACEMENT), fill_value=False)
        for at in np.flatnonzero(wrong.to_numpy(zero_copy_only=False))[:_MOST_FAULTS].tolist():
            yield Fault(
                "fault-undecodable",
                row=int(table.rows[at]),
                column=column.name,
                got=column.texts.iloc[at][:_SAMPLE],
                remedy="remedy-encoding",
            )


def _and_more(count: int) -> Fault:
    return Fault("fault-intake-map-more", values={"count": count}, remedy="remedy-intake-map-more")
