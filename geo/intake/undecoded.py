"""Columns whose text is of a legacy font: marked for a person to decide, or decoded as told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geo.intake.legacy_fonts import (
    LEGACY_ENCODINGS,
    Preview,
    decode_legacy,
    find_legacy,
    is_unicode,
    preview,
)
from geo.intake.table import RawColumn, RawTable
from planning.errors import Fault

LEGACY_FAULT: Final = "fault-legacy-text"
"""Key of the fault of a column that a person should decide about."""

_SAMPLED_TEXTS: Final = 500
_BEYOND_ASCII: Final = r"[^\x00-\x7F]"
_LONGEST_SAMPLE: Final = 80


def mark_legacy(table: RawTable, encoding: str | None, *, bytewise: bool = False) -> RawTable:
    """Report columns of a legacy font, or decode them if a person named the encoding.

    Parameters
    ----------
    table : RawTable
    encoding : str or None
        What the person chose; other than a legacy encoding it changes nothing.
    bytewise : bool
        Whether the file is bytes of one encoding throughout. In a file of Unicode text some
        columns may be in the legacy font and others not: those that would read worse are left,
        and of those with proof of Unicode in them only the cells change that read better alone.

    Returns
    -------
    RawTable
        With one fault for each column that reads better in a legacy encoding; or, if
        ``encoding`` is one, with such columns and headings decoded.
    """
    if encoding in LEGACY_ENCODINGS:
        return _decoded(table, encoding, bytewise=bytewise)
    faults = [
        _fault(column.name, found)
        for column in table.columns
        if (found := find_legacy(_sample(column))) is not None
    ]
    heading = find_legacy(list(table.names))
    if heading is not None and not faults:
        faults = [_fault(" | ".join(table.names)[:_LONGEST_SAMPLE], heading)]
    return replace(table, faults=(*table.faults, *faults)) if faults else table


def _decoded(table: RawTable, encoding: str, *, bytewise: bool) -> RawTable:
    decode = _decoded_column if bytewise else _judged_column
    columns = tuple(decode(column, encoding) for column in table.columns)
    names = list(table.names)
    if bytewise or not _reads_worse(names, encoding):
        names = [decode_legacy(name, encoding) for name in names]
    return replace(
        table,
        columns=tuple(
            replace(column, name=name) for column, name in zip(columns, names, strict=True)
        ),
        set_aside=tuple(
            (row, why, decode_legacy(text, encoding)) for row, why, text in table.set_aside
        ),
        encoding=encoding,
    )


def _decoded_column(column: RawColumn, encoding: str) -> RawColumn:
    distinct = column.texts.dropna().unique()
    words = {text: decode_legacy(text, encoding) for text in distinct}
    return replace(column, texts=column.texts.map(words).astype("str"))


def _judged_column(column: RawColumn, encoding: str) -> RawColumn:
    distinct = [str(text) for text in column.texts.dropna().unique()]
    if any(map(is_unicode, distinct)):
        words = {
            t: decode_legacy(t, encoding) if _reads_better(t, encoding) else t for t in distinct
        }
        return replace(column, texts=column.texts.map(words).astype("str"))
    worse = _reads_worse(_sample(column), encoding)
    return column if worse else _decoded_column(column, encoding)


def _reads_better(text: str, encoding: str) -> bool:
    seen = preview([text], encoding)
    return seen.fit > seen.fit_before


def _reads_worse(texts: Sequence[str], encoding: str) -> bool:
    seen = preview(texts, encoding)
    return seen.fit < seen.fit_before


def _sample(column: RawColumn) -> list[str]:
    texts = column.texts.dropna().drop_duplicates()
    beyond = texts[texts.str.contains(_BEYOND_ASCII, regex=True)]
    return [str(text) for text in beyond.head(_SAMPLED_TEXTS)]


def _fault(column: str, found: Preview) -> Fault:
    before, after = found.pairs[0]
    return Fault(
        LEGACY_FAULT,
        column=column,
        got=before[:_LONGEST_SAMPLE],
        values={
            "encoding": found.encoding,
            "sample_before": before[:_LONGEST_SAMPLE],
            "sample_after": after[:_LONGEST_SAMPLE],
        },
        remedy="remedy-legacy-text",
    )
