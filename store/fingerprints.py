"""Fingerprints of rows and events: the same values give the same text on every database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

GENESIS: Final = "0" * 64
"""What the first event names as the one before it."""

_APART: Final = ("row_hash",)


def canonical(value: Mapping[str, Any]) -> str:
    """Return a mapping as one line of JSON: keys sorted, dates as ISO text, NFC as given."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return digest(value)
    raise TypeError(type(value).__name__)


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def hash_row(table: str, row: Mapping[str, Any]) -> str:
    """Return the fingerprint of a row of a history table, its own ``row_hash`` left out."""
    values = {name: value for name, value in row.items() if name not in _APART}
    return digest(f"{table}\n{canonical(values)}".encode())


def hash_rows(row_hashes: Iterable[str]) -> str:
    """Return one fingerprint for the rows of an event, in their order."""
    return digest("\n".join(row_hashes).encode())


def hash_event(row: Mapping[str, Any]) -> str:
    """Return the fingerprint of an event: all it says, and the hash of the one before."""
    return digest(canonical({name: row[name] for name in row if name != "hash"}).encode())
