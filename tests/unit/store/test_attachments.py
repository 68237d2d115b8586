"""Evidence is what its first bytes say, whatever it is called."""

from __future__ import annotations

import pytest

from planning.errors import StoreError
from store.attachments import MOST_BYTES, keep_attachment, load_attachment, media_type_of
from store.history import head_of
from store.opening import Store
from tests.integration.small_record import PLANNER, PNG, moment

JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 "


def test_the_content_decides() -> None:
    assert media_type_of(PNG) == "image/png"
    assert media_type_of(JPEG) == "image/jpeg"
    assert media_type_of(WEBP) == "image/webp"
    assert media_type_of(b"%PDF-1.7\n") == "application/pdf"
    for other in (
        b"",
        b"\xff\xd8",
        b"<svg/>",
        b"MZ\x90\x00",
        b"junkjunkWEBP",
        b"GIF89a",
        b"PK\x03\x04",
    ):
        assert media_type_of(other) is None, other


def test_a_picture_with_the_name_of_a_program_is_kept_as_a_picture(store: Store) -> None:
    kept = keep_attachment(store, PLANNER, PNG, "C:\\ảnh\\setup.exe", moment())
    back = load_attachment(store, kept)
    assert back is not None
    assert (back.name, back.media_type, back.content) == ("setup.exe", "image/png", PNG)


@pytest.mark.parametrize("content", [b"#!/bin/sh\n", b"<script>alert(1)</script>", b"MZ\x90"])
def test_a_program_with_the_name_of_a_picture_is_refused(store: Store, content: bytes) -> None:
    with pytest.raises(StoreError) as told:
        keep_attachment(store, PLANNER, content, "ảnh\x00" + "x" * 2_000 + ".jpg", moment())
    assert told.value.key == "error-store-attachment-kind"
    assert len(told.value.values["name"]) <= 80
    assert head_of(store)[0] == 0


def test_evidence_too_large_is_refused_before_it_is_looked_at(store: Store) -> None:
    assert keep_attachment(store, PLANNER, PNG.ljust(MOST_BYTES, b"x"), "a", moment())
    with pytest.raises(StoreError) as told:
        keep_attachment(store, PLANNER, PNG.ljust(MOST_BYTES + 1, b"x"), "a", moment())
    assert told.value.values == {"got": 10_485_761, "most": 10_485_760}


def test_a_name_is_never_a_path(store: Store) -> None:
    for n, name in enumerate(("../../etc/passwd", "a/b\\c.png", "", "///")):
        kept = keep_attachment(store, PLANNER, PNG + bytes([n]), name, moment())
        back = load_attachment(store, kept)
        assert back is not None
        assert back.name
        assert not set(back.name) & set("/\\")
