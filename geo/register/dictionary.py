"""The dictionary of fields: what a list may record, and by which headings offices call it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from geo.export.field_names import field_names
from planning.folding import fold


class FieldKind(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    SHARE = "share"
    FLAG = "flag"
    PRESENCE = "presence"
    DAY = "day"
    CHOICE = "choice"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    METRES = "metres"
    COORDINATES = "coordinates"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a list may record of a village.

    Attributes
    ----------
    key : str
        Stable name; its words are the messages ``field-<key>`` and ``about-<key>``.
    kind : FieldKind
    names : tuple of str
        Headings, the usual one first.
    words : mapping of str to str
        For a choice: folded word to the value it stands for.
    examples : mapping of str to tuple of str
        For a choice: value to its words as written in the dictionary.
    many : bool
        Whether several columns may mean it.
    low, high : float or None
        Plausible bounds of a number.
    """

    key: str
    kind: FieldKind
    names: tuple[str, ...]
    words: Mapping[str, str]
    examples: Mapping[str, tuple[str, ...]]
    many: bool = False
    low: float | None = None
    high: float | None = None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The plausible bounds, if there are any."""
        if self.low is None or self.high is None:
            return None
        return (self.low, self.high)


@cache
def fields() -> Mapping[str, Field]:
    """Return the dictionary by key, read once from ``geo/register/fields.toml``."""
    text = (resources.files("geo.register") / "fields.toml").read_text(encoding="utf-8")
    return MappingProxyType({k: _field(k, entry) for k, entry in tomllib.loads(text).items()})


@cache
def headings() -> Mapping[str, str]:
    """Return the field of every folded heading.

    The field's own key is among them, and what is left of it in a Shapefile of ours.
    """
    known = {fold(name): key for key, name in zip(fields(), field_names([*fields()]), strict=True)}
    known |= {fold(key): key for key in fields()}
    known |= {fold(name): field.key for field in fields().values() for name in field.names}
    return MappingProxyType(known)


def _field(key: str, entry: dict[str, Any]) -> Field:
    words = {value: tuple(said) for value, said in entry.get("words", {}).items()}
    return Field(
        key=key,
        kind=FieldKind(entry["kind"]),
        names=tuple(entry["names"]),
        words=MappingProxyType(
            {fold(word): value for value, said in words.items() for word in (value, *said)}
        ),
        examples=MappingProxyType(words),
        many=entry.get("many", False),
        low=entry.get("low"),
        high=entry.get("high"),
    )
