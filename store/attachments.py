"""Evidence: photographs and scans, kept by the hash of their content in the record itself.

They lie in the database, so that a backup holds them and no web server can hand them out. What a
file is follows from its first bytes, never from its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from planning.authority import Act, Actor
from planning.errors import StoreError
from store import subjects
from store.fingerprints import digest
from store.ledger import OWN_MACHINE_WIDE, Entry, record
from store.opening import Store
from store.tables import attachment
from store.texts import one_line

MOST_BYTES: Final = 10 * 1024 * 1024
_KINDS: Final = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"%PDF-", 0, "application/pdf"),
    (b"WEBP", 8, "image/webp"),
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A piece of evidence.

    Attributes
    ----------
    content_hash : str
        SHA-256 of its content.
    name, media_type : str
    content : bytes
    """

    content_hash: str
    name: str
    media_type: str
    content: bytes


def media_type_of(content: bytes) -> str | None:
    """Return what a file is by its first bytes; ``None`` if it is no kind that is kept."""
    for mark, at, kind in _KINDS:
        if content[at : at + len(mark)] == mark:
            return kind
    return None


def keep_attachment(store: Store, actor: Actor, content: bytes, name: str, now: datetime) -> str:
    """Keep a piece of evidence; the same content is kept once.

    Returns
    -------
    str
        Its content hash, to be named by an observation or a report.

    Raises
    ------
    StoreError
        If it is too large, or neither JPEG, PNG, WebP nor PDF.
    """
    if len(content) > MOST_BYTES:
        raise StoreError("error-store-attachment-size", got=len(content), most=MOST_BYTES)
    kind = media_type_of(content)
    if kind is None:
        raise StoreError(
            "error-store-attachment-kind", name=(one_line(name, "name", 1000) or "")[:80]
        )
    content_hash = digest(content)
    if load_attachment(store, content_hash) is not None:
        return content_hash
    called = (one_line(name[-100:], "name") or content_hash[:12]).replace("/", "_")
    fields = {"name": called, "media_type": kind, "size": len(content)}
    entry = Entry(
        register=OWN_MACHINE_WIDE,
        kind="attachment.kept",
        subject=subjects.attachment(content_hash),
        act=Act.OBSERVE,
        fields=fields,
        rows=[(attachment, fields | {"content_hash": content_hash, "content": content})],
    )
    record(store, actor, [entry], f"attachment:{actor.login}:{content_hash}", now)
    return content_hash


def load_attachment(store: Store, content_hash: str) -> Attachment | None:
    """Return a piece of evidence, its content checked against its hash; ``None`` if unknown."""
    query = select(attachment).where(attachment.c.content_hash == content_hash)
    with store.reading() as connection:
        row = connection.execute(query.order_by(attachment.c.event)).mappings().first()
    if row is None:
        return None
    if digest(row["content"]) != content_hash:
        raise StoreError("error-store-damaged", path=content_hash[:12])
    return Attachment(content_hash, row["name"], row["media_type"], row["content"])
