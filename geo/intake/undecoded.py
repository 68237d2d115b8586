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
    preview,
)
from geo.intake.table import RawColumn, RawTable
from planning.errors import Fault

LEGACY_FAULT: Final = "fault-legacy-text"
"""Key of the fault of a column that a person should decide about."""

_SAMPLED_TEXTS: Final = 500
_BEYOND_ASCII: Final = r"[^\x00-\x7F]"
_LONGEST_SAMPLE: Final = 80


def mark_legacy(table: RawTable, encoding: str | None) -> RawTable:
    """Report columns of a legacy font, or decode them if a person named the encoding.

    Parameters
    ----------
    table : RawTable
    encoding : str or None
        What the person chose; other than a legacy encoding it changes nothing.

    Returns
    -------
    RawTable
        With one fault for each column that reads better in a legacy encoding; or, if
        ``encoding`` is one, with such columns and headings decoded.
    """
    if encoding in LEGACY_ENCODINGS:
        return _decoded(table, encoding)
    faults = [
        _fault(column.name, found)
        for column in table.columns
        if (found := find_legacy(_sample(column))) is not None
    ]
    heading = find_legacy(list(table.names))
    if heading is not None and not faults:
        faults = [_fault(" | ".join(table.names)[:_LONGEST_SAMPLE], heading)]
    return replace(table, faults=(*table.faults, *faults)) if faults else table


def _decoded(table: RawTable, encoding: str) -> RawTable:
    columns = tuple(_decoded_column(column, encoding) for column in table.columns)
    names = _decoded_texts(list(table.names), encoding)
    return replace(
        table,
        columns=tuple(
            replace(column, name=name) for column, name in zip(columns, names, strict=True)
        ),
        set_aside=tuple(
            (row, why, text)
            for (row, why, _), text in zip(
                table.set_aside,
                _decoded_texts([text for _, _, text in table.set_aside], encoding),
                strict=True,
            )
        ),
        encoding=encoding,
    )


def _decoded_column(column: RawColumn, encoding: str) -> RawColumn:
    if not _reads_better(_sample(column), encoding):
        return column
    distinct = column.texts.dropna().unique()
    words = {text: decode_legacy(text, encoding) for text in distinct}
    return replace(column, texts=column.texts.map(words).astype("str"))


def _decoded_texts(texts: list[str], encoding: str) -> list[str]:
    if not _reads_better(texts, encoding):
        return texts
    return [decode_legacy(text, encoding) for text in texts]


def _reads_better(texts: Sequence[str], encoding: str) -> bool:
    seen = preview(texts, encoding)
    return seen.fit > seen.fit_before


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
