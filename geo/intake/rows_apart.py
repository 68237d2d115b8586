"""Rows of a list that are no villages: numbering, totals, sections and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.intake.grid import Grid
from geo.intake.headings import looks_numeric
from planning.columns import BoolArray, IntArray
from planning.folding import fold

_TOTAL_COLUMNS: Final = 5
_LEAST_USUAL: Final = 4
"""In a narrower table a row with two cells says nothing about itself."""
_USUAL_QUANTILE: Final = 0.75
"""Above the middle, for notes and sections may be many in a short list."""
_LONG_NOTE: Final = 60
_NUMBERING: Final = re.compile(r"\(?(\d{1,3})\)?(\s*=.*)?")
_LETTER: Final = re.compile(r"\(?[A-ZĐ]\)?")
_INDEX: Final = re.compile(r"([IVXLC]+|[A-ZĐ]|\d+(\.\d+)*)[.)]?")
_COUNTED: Final = r"^\d+\.?$"
_ROMAN: Final = r"^([IVXLC]+|[A-ZĐ])[.)]?$"
_TOTAL_START: Final = r"(?i)^\W*(tổng|cộng|tong|cong|toàn|total|grand total|subtotal|sum)"
_TOTAL: Final = re.compile(
    r"(tong (cong|so)|cong|tong|total|grand total|sub ?total|sum"
    r"|(tong|tong cong|cong|toan) (toan )?(xa|huyen|tinh|phuong|thi tran|thi xa|thanh pho)"
    r"( .*)?|total (of|for) .*)"
)
_PLACE: Final = re.compile(
    r"(tinh|thanh pho|tp|thi xa|tx|huyen|quan|xa|phuong|thi tran|tt|khu vuc|cum|vung"
    r"|district|commune|ward|town|province|region)\b.*"
)
_VILLAGE: Final = re.compile(
    r"(thon|ban|to|to dan pho|tdp|khu|xom|lang|buon|ap|village|hamlet)\b.*"
)
_NOTE: Final = re.compile(
    r"(ghi chu|nguon|luu y|chu thich|nguoi lap|thu truong|lanh dao|chu tich|pho chu tich|tm|kt"
    r"|ngay .*|.* ngay \d+ thang .*|note|notes|source|remark|prepared by|signed)\b.*"
)


@dataclass(frozen=True, slots=True)
class RowApart:
    """A row that is no village: its position, why, and what stands there."""

    position: int
    why: str
    text: str


def find_numbering(grid: Grid, filled: BoolArray, after: int) -> RowApart | None:
    """Find the row right below a heading that only counts its columns, as ``(1) (2) (3)``.

    Parameters
    ----------
    grid : Grid
    filled : ndarray of bool, shape (n, m)
    after : int
        Position of the last line of the heading.
    """
    at = after + 1
    if at >= len(grid) or filled[at].sum() < max(3, 0.5 * filled[after].sum()):
        return None
    cells = [text for text in grid.shown(at) if text]
    matches = [_NUMBERING.fullmatch(text) for text in cells]
    counted = [int(match.group(1)) for match in matches if match]
    letters = sum(_LETTER.fullmatch(text) is not None for text in cells)
    if len(counted) + letters < len(cells) or len(counted) + letters < 3:
        return None
    ascending = counted == list(range(counted[0], counted[0] + len(counted))) if counted else True
    if not ascending or (counted and counted[0] > 2 + letters):
        return None
    return RowApart(at, "numbering", " ".join(cells))


def find_rows_apart(grid: Grid, filled: BoolArray, start: int) -> list[RowApart]:
    """Find totals, sections and notes among the rows of a table.

    Only rows that stand out are looked at one by one: those that begin with a word for totals,
    that hold far less than the others, or that carry a letter or Roman number where the others
    count.

    Parameters
    ----------
    grid : Grid
    filled : ndarray of bool, shape (n, m)
    start : int
        Position of the first row below the heading.
    """
    counts = filled[start:].sum(axis=1)
    if not (counts > 0).any():
        return []
    usual = float(np.quantile(counts[counts > 0], _USUAL_QUANTILE))
    sparse = (counts > 0) & (counts <= max(2.0, 0.3 * usual)) & (usual >= _LEAST_USUAL)
    full = np.flatnonzero(~sparse & (counts > 0))
    end = start + int(full[-1]) if len(full) else len(grid)
    merged = {merge.top for merge in grid.merges if merge.right > merge.left}
    counting = _counting_column(grid, filled, start)
    positions = _standing_out(grid, start, sparse, counting)
    found = []
    for at, shown in zip(positions, grid.shown_rows(positions), strict=True):
        row = _Row(
            shown,
            index=shown[counting] if counting is not None else "",
            is_sparse=bool(sparse[at - start]),
            is_last=bool(at > end),
            is_merged=int(grid.rows[at]) - 1 in merged,
        )
        why = _why(row)
        if why:
            found.append(RowApart(int(at), why, " ".join(text for text in shown if text)))
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that stands out, and how."""

    shown: list[str]
    index: str
    is_sparse: bool
    is_last: bool
    is_merged: bool

    @property
    def words(self) -> list[str]:
        """Cells that are neither numbers nor the index of a section."""
        return [
            text
            for text in self.shown
            if text and not looks_numeric(text) and not _INDEX.fullmatch(text)
        ]

    @property
    def is_counted(self) -> bool:
        """Whether it carries a number of the list, as only villages do."""
        return self.index.rstrip(".").isdigit()


def _standing_out(grid: Grid, start: int, sparse: BoolArray, counting: int | None) -> IntArray:
    mask = sparse.copy()
    for column in grid.columns[:_TOTAL_COLUMNS]:
        mask |= _matches(column.texts, _TOTAL_START)[start:]
    if counting is not None:
        mask |= _matches(grid.columns[counting].texts, _ROMAN)[start:]
    return np.flatnonzero(mask) + start


def _matches(texts: pd.Series, pattern: str) -> BoolArray:
    array = pa.array(texts, type=pa.large_string(), from_pandas=True)
    found = pc.fill_null(pc.match_substring_regex(array, pattern=pattern), fill_value=False)
    matches: BoolArray = found.to_numpy(zero_copy_only=False)
    return matches


def _counting_column(grid: Grid, filled: BoolArray, start: int) -> int | None:
    """Return the first column if it mostly counts, as ``STT`` does."""
    used = np.flatnonzero(filled[start:].any(axis=0))
    if not len(used):
        return None
    first = int(used[0])
    texts = grid.columns[first].texts.iloc[start:].dropna()
    numbers = int(filled[start:, first].sum()) - len(texts)
    counted = int(_matches(texts, _COUNTED).sum())
    indexed = int(_matches(texts, _ROMAN).sum())
    return first if numbers + counted >= (numbers + len(texts) - indexed) / 2 else None


def _why(row: _Row) -> str | None:
    words = row.words
    if not words:
        return "note" if row.is_last and row.is_sparse else None
    said = fold(words[0])
    if len(words) == 1 and _TOTAL.fullmatch(said):
        return "total"
    if row.is_sparse and not row.is_counted:
        if _is_note(words[0], said):
            return "note"
        if row.is_last and not (len(words) == 1 and _VILLAGE.fullmatch(said)):
            return "note"
    if len(words) == 1 and _is_section(row, said):
        return "section"
    return "note" if row.is_sparse and row.is_merged and len(words[0]) > _LONG_NOTE else None


def _is_note(text: str, said: str) -> bool:
    # Without its accents the word for a signature is also the beginning of place names.
    return text.lower().lstrip("( ").startswith(("ký", "*")) or _NOTE.fullmatch(said) is not None


def _is_section(row: _Row, said: str) -> bool:
    if row.is_counted:
        # Communes are counted too, within their district.
        return row.is_sparse and _PLACE.fullmatch(said) is not None
    if not row.is_sparse:
        return re.match(_ROMAN, row.index) is not None
    return row.is_merged or bool(row.index) or _PLACE.fullmatch(said) is not None
