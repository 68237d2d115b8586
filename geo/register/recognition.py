"""Which field a heading means: exactly, without its accents and units, or but for a slip."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process

from geo.register.choices import NO_FIELD
from geo.register.dictionary import FieldKind, fields, headings
from planning.folding import fold


class Confidence(StrEnum):
    """How a heading was recognised."""

    CHOSEN = "chosen"
    EXACT = "exact"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What one column was taken for.

    Attributes
    ----------
    label : str
        The heading, made different from every other: the second ``Ghi chú`` is ``Ghi chú #2``,
        a column without heading ``#4``. The name under which choices speak of the column.
    field : str
        Key of the field, :data:`~geo.register.choices.NO_FIELD` for none.
    confidence : Confidence
    rival : str or None
        Label of the column that already has the field this one would have had.
    """

    label: str
    field: str
    confidence: Confidence
    rival: str | None = None


SIMILAR: Final = 88.0
"""Least similarity (Levenshtein, 0 to 100) of a heading with a slip to the name it means."""
CLEAR: Final = 4.0
"""By how much the best name must beat the best name of another field."""
SHORTEST: Final = 5
"""Letters from which a slip can be told from another word."""

_IN_BRACKETS: Final = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_YEAR: Final = re.compile(r"(?:năm\s+)?(?<!\d)(?:19|20)\d{2}(?!\d)", re.IGNORECASE)
_OPERATOR: Final = re.compile(
    r"\b(?:viettel|vnpt|vinaphone|vina|mobifone|mobi|vietnamobile|vnm|gmobile|fpt|sctv)\b"
)
_OPENING: Final = re.compile(r"^(?:(?:hien trang|tinh trang|trang thai|thuc trang|ve) )+(?=\S)")
_GENERIC: Final = frozenset({"tong so", "tong", "so luong", "cong", "total", "trong do"})


def labels(names: Sequence[str]) -> tuple[str, ...]:
    """Return a different label for every column; see :class:`Recognised`."""
    seen: Counter[str] = Counter()
    made = []
    for position, name in enumerate(names, start=1):
        seen[name] += 1
        if not name:
            made.append(f"#{position}")
        else:
            made.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return tuple(made)


def recognise(names: Sequence[str], chosen: Mapping[str, str]) -> tuple[Recognised, ...]:
    """Tell the field of every column of a file.

    Parameters
    ----------
    names : sequence of str
        Headings in file order.
    chosen : mapping of str to str
        Decisions of a person by label; they win over everything.

    Returns
    -------
    tuple of Recognised
        One for each column. A field that only one column may have goes to the column chosen for
        it, else to the surest heading, else to the first.
    """
    wanted = [
        (label, *_field_of(name, chosen.get(label)))
        for label, name in zip(labels(names), names, strict=True)
    ]
    order = {Confidence.CHOSEN: 0, Confidence.EXACT: 1, Confidence.LIKELY: 2, Confidence.NONE: 3}
    owner: dict[str, str] = {}
    for label, field, _ in sorted(wanted, key=lambda one: order[one[2]]):
        if field and not _shareable(field):
            owner.setdefault(field, label)
    return tuple(
        Recognised(label, field, confidence)
        if owner.get(field, label) == label
        else Recognised(label, NO_FIELD, Confidence.NONE, rival=owner[field])
        for label, field, confidence in wanted
    )


def field_of(heading: str) -> tuple[str, Confidence]:
    """Tell which field a heading means, and how surely."""
    known = headings()
    for candidate in _candidates(heading):
        if candidate in known:
            return known[candidate], Confidence.EXACT
    for candidate in _candidates(heading):
        found = _similar(candidate, known)
        if found:
            return found, Confidence.LIKELY
    return NO_FIELD, Confidence.NONE


def _field_of(heading: str, chosen: str | None) -> tuple[str, Confidence]:
    return field_of(heading) if chosen is None else (chosen, Confidence.CHOSEN)


def _shareable(field: str) -> bool:
    return fields()[field].many or fields()[field].kind is FieldKind.ORDINAL


def _candidates(heading: str) -> list[str]:
    """Return the readings of a heading from the fullest on: whole, unit cut, lowest level."""
    levels = [level.strip() for level in heading.split(" / ")]
    last, upper = levels[-1], " ".join(levels[:-1])
    written = [heading, _IN_BRACKETS.sub(" ", heading)]
    if upper:
        # Under "Số hộ", a column "Tổng số" means what the heading above says.
        generic = fold(_IN_BRACKETS.sub(" ", last)) in _GENERIC
        written += [upper, _IN_BRACKETS.sub(" ", upper)] if generic else []
        written += [last, _IN_BRACKETS.sub(" ", last)]
        written += [] if generic else [upper, _IN_BRACKETS.sub(" ", upper)]
    written += [_YEAR.sub(" ", text) for text in written]
    folded = list(dict.fromkeys(map(fold, written)))
    # "4G Viettel" asks about 4G, "Hiện trạng cáp quang" about fibre.
    folded += [_OPERATOR.sub(" ", text).strip() for text in folded]
    folded += [_OPENING.sub("", text) for text in folded]
    return [" ".join(text.split()) for text in dict.fromkeys(folded) if text]


def _similar(folded: str, known: Mapping[str, str]) -> str | None:
    if len(folded) < SHORTEST:
        return None
    ranked = process.extract(folded, known.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=8)
    if not ranked:
        return None
    best_name, best_score, _ = ranked[0]
    field = known[best_name]
    rivals = [score for name, score, _ in ranked if known[name] != field]
    if len(best_name) < SHORTEST or (rivals and best_score - rivals[0] < CLEAR):
        return None
    return field
