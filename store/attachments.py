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
from store.ledger import OWN_MACHINE_WIDE, Entry, record_in
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
_RIFF: Final = b"RIFF"


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
        if content[at : at + len(mark)] == mark and (at == 0 or content.startswith(_RIFF)):
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
        raise StoreError("error-store-attachment-kind", name=one_line(name[:80], "name") or "")
    content_hash = digest(content)
    last_part = name.replace("\\", "/").rpartition("/")[2]
    called = one_line(last_part[-100:], "name") or content_hash[:12]
    fields = {"name": called, "media_type": kind, "size": len(content)}
    entry = Entry(
        register=OWN_MACHINE_WIDE,
        kind="attachment.kept",
        subject=subjects.attachment(content_hash),
        act=Act.OBSERVE,
        fields=fields,
        rows=[(attachment, fields | {"content_hash": content_hash, "content": content})],
    )
    with store.writing() as connection:
        known = select(attachment.c.event).where(attachment.c.content_hash == content_hash)
        if not (actor.may(entry.act) and connection.execute(known).first()):
            record_in(connection, actor, [entry], f"attachment:{content_hash}", now)
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
