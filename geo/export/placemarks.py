"""The villages of a KML document, written column by column.

A document of 100,000 villages has millions of elements. They are text from the start, and each
different value of a column is escaped and formatted once in a block of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import chain, repeat
from typing import Final

from geo.export.content import Cell, Content, Position
from geo.export.numbers import said
from geo.export.table import Column
from geo.symbology import MapClass

_BLOCK: Final = 4096
"""Rows written at a time; bounds the memory, whatever the length of the list."""


def placemarks(
    content: Content, shown: Mapping[str, Sequence[Cell]], member: MapClass
) -> Iterator[str]:
    """Write the villages of a class, in list order.

    Parameters
    ----------
    content : Content
    shown : mapping of str to sequence of Cell
        Columns as people read them (:meth:`Content.shown`), by key.
    member : MapClass

    Yields
    ------
    str
        ``Placemark`` elements of a block of rows.
    """
    rows = [row for row, found in enumerate(content.classes) if found is member]
    for start in range(0, len(rows), _BLOCK):
        yield _block(content, shown, member, rows[start : start + _BLOCK])


def element(tag: str, text: str) -> str:
    """Write an element that holds a text and nothing else.

    Examples
    --------
    >>> element("name", "A & B")
    '<name>A &amp; B</name>'
    """
    return f"<{tag}>{escape(text)}</{tag}>"


def data_element(key: str, label: str, value: Cell) -> str:
    """Write a value of ``ExtendedData``; a missing one is nothing at all.

    Parameters
    ----------
    key : str
    label : str
        What the reader sees in place of the key.
    value : Cell
        Written so that a program reads it back: decimal points, ISO 8601 dates.

    Returns
    -------
    str
    """
    return _data_of(key, label)(value)


def html_text(text: str) -> str:
    """Escape a text for ``description``, which is HTML within XML, so that it reads as itself."""
    return escape(escape(text))


def _block(
    content: Content,
    shown: Mapping[str, Sequence[Cell]],
    member: MapClass,
    rows: Sequence[int],
) -> str:
    values = {key: [column[row] for row in rows] for key, column in shown.items()}
    names = content.stored[content.name_key]
    pieces = [
        repeat("<Placemark>"),
        _written([names[row] for row in rows], _name),
        repeat('<Snippet maxLines="0"/><description>'),
        *(_written(values[c.key], _line_of(c, content.language)) for c in content.columns),
        repeat(f"{html_text(content.illustrative)}</description><styleUrl>#{member}</styleUrl>"),
        repeat("<ExtendedData>"),
        *(_written(values[c.key], _data_of(c.key, c.label)) for c in content.columns),
        repeat("</ExtendedData>"),
        [_point(content.positions[row]) for row in rows],
        repeat("</Placemark>\n"),
    ]
    return "".join(chain.from_iterable(zip(*pieces, strict=False)))


def _written(values: Sequence[Cell], write: Callable[[Cell], str]) -> list[str]:
    written = {value: write(value) for value in set(values)}
    return [written[value] for value in values]


def _name(value: Cell) -> str:
    return "" if value is None else element("name", str(value))


def _line_of(column: Column, language: str) -> Callable[[Cell], str]:
    heading = html_text(column.label)

    def write(value: Cell) -> str:
        if value is None:
            return ""
        text = said(value, column.kind, language)
        # Only words need escaping, and most of a list is figures.
        return f"{heading}: {html_text(text) if isinstance(value, str) else text}\n"

    return write


def _data_of(key: str, label: str) -> Callable[[Cell], str]:
    opening = f'<Data name="{escape(key)}">{element("displayName", label)}<value>'

    def write(value: Cell) -> str:
        match value:
            case None:
                return ""
            case str():
                text = escape(value)
            case date():
                text = value.isoformat()
            case _:
                text = str(value)
        return f"{opening}{text}</value></Data>"

    return write


def _point(position: Position) -> str:
    if position is None:
        return ""
    longitude, latitude = position
    return f"<Point><coordinates>{longitude!r},{latitude!r}</coordinates></Point>"
