"""What a foreign list may hold, read off the dictionary of fields and the limits of the readers."""

from __future__ import annotations

from typing import Final

from docs.markdown_table import table
from geo.intake import archives, limits
from geo.register.dictionary import Field, fields
from i18n import translator

POSITION: Final = ("geometry", "position_basis")
DERIVED: Final = {
    "ordinal": (),
    "place": ("commune", "unit"),
    "place_code": ("commune_code", "unit_code"),
    "province": (),
    "minority_people": ("minority_share",),
    "coverage_gap": ("mobile_state",),
    "no_signal": ("mobile_state",),
    "partial": ("mobile_state",),
    "has_2g": ("mobile_state",),
    "has_3g": ("mobile_state",),
    "has_4g": ("mobile_state",),
    "has_fibre": ("fixed_state",),
    "no_fibre": ("fixed_state",),
    "state": ("mobile_state", "fixed_state"),
    "observed_on": ("mobile_observed_on", "fixed_observed_on"),
    **dict.fromkeys(("longitude", "latitude", "x", "y", "coordinates"), POSITION),
}
"""Fields that are no column of the register, and the columns they go into."""


def field_dictionary() -> str:
    """Return what a list may record: one row a field of ``geo/register/fields.toml``."""
    vietnamese, english = translator("vi"), translator("en")
    rows = [
        (
            f"`{key}`",
            field.names[0],
            str(field.kind) + _bounds(field),
            _filled(key),
            english(f"about-{key}"),
            vietnamese(f"about-{key}"),
        )
        for key, field in fields().items()
    ]
    return table(("field", "usual heading", "kind", "fills", "meaning", "nghĩa"), rows)


def field_headings() -> str:
    """Return every heading of every field."""
    rows = [(f"`{key}`", " · ".join(field.names)) for key, field in fields().items()]
    return table(("field", "headings"), rows)


def field_words() -> str:
    """Return what cells may say for each value of the fields of kind ``choice``."""
    rows = [
        (f"`{key}`", f"`{value}`", " · ".join(words))
        for key, field in fields().items()
        for value, words in field.examples.items()
    ]
    return table(("field", "value", "words"), rows)


def intake_limits() -> str:
    """Return what a foreign file may have and cost."""
    child = limits.Limits()
    rows = [
        ("size of the file", _megabytes(limits.MAX_FILE_BYTES)),
        ("rows", f"{limits.MAX_ROWS:,}"),
        ("columns", f"{limits.MAX_COLUMNS:,}"),
        ("cells (rows × columns)", f"{limits.MAX_CELLS:,}"),
        ("length of a cell", f"{limits.MAX_CELL_LENGTH:,}"),
        ("files in an archive", f"{archives.MAX_ENTRIES:,}"),
        ("one of them, unpacked", _megabytes(archives.MAX_MEMBER_BYTES)),
        ("all of them, unpacked", _megabytes(archives.MAX_TOTAL_BYTES)),
        ("unpacked over packed size", f"{archives.MAX_RATIO}"),
        ("memory while reading", _megabytes(child.memory_bytes)),
        ("processor time", f"{child.cpu_s} s"),
        ("time", f"{child.wall_s:g} s"),
    ]
    return table(("what", "at most"), rows)


def _megabytes(size: int) -> str:
    return f"{size // 2**20} MB"


def _bounds(field: Field) -> str:
    return "" if field.bounds is None else f", {field.bounds[0]:,.0f} to {field.bounds[1]:,.0f}"


def _filled(key: str) -> str:
    columns = DERIVED.get(key, (key,))
    return ", ".join(f"`{column}`" for column in columns) or "nothing"
