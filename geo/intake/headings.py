"""Which row of a sheet is its heading, and what the columns are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.intake.grid import Grid, Merge
from planning.columns import BoolArray
from planning.folding import fold

_SEARCHED_ROWS: Final = 60
_MAX_LEVELS: Final = 3
_LONGEST_HEADING: Final = 120
_WRITTEN: Final = """
    stt tt so thu tu ma ten thon ban to dan pho khu xom lang buon phum soc dia danh don vi hanh
    chinh xa phuong thi tran quan huyen thanh tinh cap vung vuc ho khau nhan nguoi ngheo can toc
    thieu chu yeu kinh do toa cao x y long lat lon latitude longitude coordinates khoang cach km
    m tram bts song di dong mang internet quang bang rong co dinh dien luoi thoai hien trang
    ngay thang nam khao sat ghi nguon loai tich nha diem truong te duong name village commune
    district province ward town hamlet code id no number population households household people
    persons area type date source note notes remarks status state service mobile fixed coverage
    signal electricity grid distance height elevation ethnic minority poor region zone cu moi
    truoc sau sap xep tong cong trong la cua theo va hoac khong 2g 3g 4g 5g
    rank class kind lane unit observed on basis position nearest point points score access around
    route estimated share selected best worst incomplete priority the with since before july group
    main specially difficult
    """
_WORDS: Final = frozenset(_WRITTEN.split())
"""Words headings are made of, without accents; a heading consists of them for the most part."""

_NUMERIC: Final = re.compile(r"[-+(]?\s*[\d.,\s/:%°'″\"-]*\d[\d.,\s/:%°'″\"NSEWBĐTD-]*\)?")
_YEAR: Final = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table.

    Attributes
    ----------
    first, last : int
        Positions in the grid of its first and last line; both -1 if the table has none.
    names : tuple of str
        One for each column.
    """

    first: int
    last: int
    names: tuple[str, ...]


def looks_numeric(text: str) -> bool:
    """Tell whether a text is a number, date or coordinate rather than words."""
    return _NUMERIC.fullmatch(text) is not None


def find_heading(grid: Grid, filled: BoolArray, last: int | None = None) -> Heading:
    """Find the heading near the top of a grid.

    The first row that is as wide as the table and made of words of headings is its heading; if
    none is, the first wide row without numbers. Lines above or below belong to it where they
    divide or group its columns.

    Parameters
    ----------
    grid : Grid
    filled : ndarray of bool, shape (n, m)
        :meth:`Grid.filled`.
    last : int or None
        Position of its last line, if a person named it.
    """
    if last is None:
        last = _find_line(grid, filled)
    if last < 0:
        return Heading(-1, -1, ("",) * len(grid.columns))
    first = last
    while first > 0 and last - first < _MAX_LEVELS - 1 and _divides(grid, filled, first - 1, first):
        first -= 1
    while (
        last + 1 < len(grid)
        and last - first < _MAX_LEVELS - 1
        and _divides(grid, filled, last, last + 1)
        and _wordy(grid.shown(last + 1)) == 1.0
    ):
        last += 1
    return Heading(first, last, _names(grid, first, last))


def heading_share(texts: Iterable[str]) -> float:
    """Return the share of the filled cells that read like headings, in [0, 1]."""
    cells = [text for text in texts if text]
    return sum(map(_is_heading, cells)) / len(cells) if cells else 0.0


def _find_line(grid: Grid, filled: BoolArray) -> int:
    width = _usual_width(filled)
    wide = [
        at
        for at in range(min(_SEARCHED_ROWS, len(grid)))
        if filled[at].sum() >= max(1 if width < 2 else 2, 0.5 * width)
    ]
    shown = dict(zip(wide, grid.shown_rows(np.array(wide, dtype=np.int64)), strict=True))
    for at in wide:
        needed = 1 if width <= 2 else 2
        cells = [text for text in shown[at] if text]
        named = sum(map(_is_heading, cells))
        if named >= needed and named >= 0.3 * len(cells) and _wordy(cells) >= 0.6:
            return at
    for at in wide:
        if filled[at].sum() >= 0.6 * width and _wordy(shown[at]) == 1.0:
            return at
    return -1


def _usual_width(filled: BoolArray) -> float:
    counts = filled.sum(axis=1)
    counts = counts[counts > 0]
    return float(np.median(counts)) if len(counts) else 0.0


def _is_heading(text: str) -> bool:
    words = fold(text).split()
    if not words or len(text) > _LONGEST_HEADING or looks_numeric(text):
        return False
    return sum(word in _WORDS for word in words) >= 0.8 * len(words)


def _wordy(texts: Iterable[str]) -> float:
    """Return the share of filled cells that are words; a year may head a column."""
    cells = [text for text in texts if text]
    words = sum(not looks_numeric(text) or bool(_YEAR.fullmatch(text)) for text in cells)
    return words / len(cells) if cells else 0.0


def _divides(grid: Grid, filled: BoolArray, upper: int, lower: int) -> bool:
    """Tell whether the lower row divides columns of the upper one.

    That is so if merged cells say it, or else if the two complete each other: below a filled cell
    stands nothing, or the first of several parts whose other parts have nothing above.
    """
    if grid.rows[lower] != grid.rows[upper] + 1:
        return False
    if filled[upper].sum() < 1 or filled[lower].sum() < 1:
        return False
    merged = _merged_division(grid, upper, lower, filled)
    if merged is not None:
        return merged
    both = filled[upper] & filled[lower]
    only_below = ~filled[upper] & filled[lower]
    if not only_below.any() or filled[upper].sum() < 2:
        return False
    starts_part = np.append(only_below[1:], False)
    return bool((~both | starts_part).all()) and bool(
        (filled[upper] | filled[lower]).sum() >= 0.8 * filled.any(axis=0).sum()
        and heading_share(grid.shown(upper)) > 0
    )


def _merged_division(grid: Grid, upper: int, lower: int, filled: BoolArray) -> bool | None:
    line, below = int(grid.rows[upper]) - 1, int(grid.rows[lower]) - 1
    touching = [merge for merge in grid.merges if merge.top <= line <= merge.bottom]
    if not touching:
        return None
    if any(merge.bottom >= below and merge.top <= line for merge in touching):
        return True
    width = filled.any(axis=0).sum()
    groups = [merge for merge in touching if 2 <= merge.right - merge.left + 1 < 0.8 * width]
    return any(filled[lower][merge.left : merge.right + 1].sum() >= 2 for merge in groups) and bool(
        _wordy(grid.shown(lower)) == 1.0
    )


def _names(grid: Grid, first: int, last: int) -> tuple[str, ...]:
    levels = [
        _level(grid, at, is_last=at == last, below=grid.shown(at + 1) if at < last else [])
        for at in range(first, last + 1)
    ]
    return tuple(
        " / ".join(dict.fromkeys(part for part in parts if part))
        for parts in zip(*levels, strict=True)
    )


def _level(grid: Grid, at: int, *, is_last: bool, below: Sequence[str]) -> list[str]:
    texts = [" ".join(text.split()) for text in grid.shown(at)]
    line = int(grid.rows[at]) - 1
    across = [merge for merge in grid.merges if merge.top == line and merge.right > merge.left]
    for merge in across:
        _spread(texts, merge)
    if not is_last and not across:
        for column in range(1, len(texts)):
            # A group without merged cells reaches as far as parts stand below it.
            if not texts[column] and below[column]:
                texts[column] = texts[column - 1]
    return texts


def _spread(texts: list[str], merge: Merge) -> None:
    for column in range(merge.left, min(merge.right + 1, len(texts))):
        texts[column] = texts[merge.left]
