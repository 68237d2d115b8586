"""Columns whose text is of a legacy font: marked for a person to decide, or decoded as told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

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

_Words: TypeAlias = Callable[[Sequence[str], str], dict[str, str]]
"""What becomes of each of some texts in an encoding."""


def mark_legacy(table: RawTable, encoding: str | None, *, bytewise: bool = False) -> RawTable:
    """Report columns of a legacy font, or decode them if a person named the encoding.

    Parameters
    ----------
    table : RawTable
    encoding : str or None
        What the person chose; other than a legacy encoding it changes nothing.
    bytewise : bool
        Whether the file is bytes of one encoding throughout. In a file of Unicode text some
        columns may be in the legacy font and others not: only those change that read better so,
        and of those with proof of Unicode in them only the cells that read better alone. What
        reads as well both ways, such as *Hòa*, is what it seems to be. Headings are one column.

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
    words = _decoded_texts if bytewise else _judged_texts
    names = words(table.names, encoding)
    return replace(
        table,
        columns=tuple(
            replace(_reworded(column, encoding, words), name=names[column.name])
            for column in table.columns
        ),
        set_aside=tuple(
            (row, why, words([text], encoding)[text]) for row, why, text in table.set_aside
        ),
        encoding=encoding,
    )


def _reworded(column: RawColumn, encoding: str, words: _Words) -> RawColumn:
    distinct = [str(text) for text in column.texts.dropna().unique()]
    return replace(column, texts=column.texts.map(words(distinct, encoding)).astype("str"))


def _decoded_texts(texts: Sequence[str], encoding: str) -> dict[str, str]:
    return {text: decode_legacy(text, encoding) for text in texts}


def _judged_texts(texts: Sequence[str], encoding: str) -> dict[str, str]:
    """Return what becomes of texts that belong together, of which some may be Unicode."""
    if any(map(is_unicode, texts)):
        better = [text for text in texts if _gains([text], encoding)]
    else:
        beyond = [text for text in texts if not text.isascii()]
        better = list(texts) if _gains(beyond[:_SAMPLED_TEXTS], encoding) else []
    return dict(zip(texts, texts, strict=True)) | _decoded_texts(better, encoding)


def _gains(texts: Sequence[str], encoding: str) -> bool:
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
