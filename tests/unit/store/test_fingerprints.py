"""Fingerprints: a stranger with the rules of docs/reference/store.md computes the same ones."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from store.fingerprints import GENESIS, canonical, digest, hash_event, hash_row, hash_rows

EVENT = {
    "seq": 2,
    "register": "lao-cai-1",
    "kind": "observation.recorded",
    "subject": "state:LC-1:fixed",
    "version": 1,
    "actor": "lan@lao-cai.example",
    "role": "planner",
    "recorded_at": datetime(2026, 11, 2, 3, 1, tzinfo=UTC),
    "submission": "s1",
    "part": 0,
    "fields": '{"state":"fibre"}',
    "rows_hash": hash_rows([]),
    "before": GENESIS,
}


def test_known_values() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hash_rows([]) == digest(b"")
    assert hash_rows(["ab", "cd"]) == hashlib.sha256(b"ab\ncd").hexdigest()
    assert hash_row("person", {"login": "lan", "row_hash": "ignored"}) == (
        hashlib.sha256(b'person\n{"login":"lan"}').hexdigest()
    )
    assert hash_event(EVENT) == "35dad3fce3e1bbd3888b3137b10c1e63b69f834a7a91c03860bbaf2c9094fc8b"


def test_an_event_is_what_a_stranger_would_write_down() -> None:
    written = (
        '{"actor":"lan@lao-cai.example","before":"' + "0" * 64 + '",'
        '"fields":"{\\"state\\":\\"fibre\\"}","kind":"observation.recorded","part":0,'
        '"recorded_at":"2026-11-02T03:01:00.000000+00:00","register":"lao-cai-1",'
        '"role":"planner","rows_hash":"' + digest(b"") + '","seq":2,'
        '"subject":"state:LC-1:fixed","submission":"s1","version":1}'
    )
    assert hash_event(EVENT) == hashlib.sha256(written.encode()).hexdigest()
    assert hash_event(EVENT | {"hash": "whatever"}) == hash_event(EVENT)


def test_one_value_has_one_spelling() -> None:
    assert canonical({"b": 1, "a": None}) == canonical({"a": None, "b": 1}) == '{"a":null,"b":1}'
    assert canonical({"name": "Ngải Thầu"}) == '{"name":"Ngải Thầu"}'
    assert canonical({"on": date(2024, 6, 30), "yes": True}) == '{"on":"2024-06-30","yes":true}'
    assert canonical({"share": 0.1 + 0.2}) == '{"share":0.30000000000000004}'
    assert canonical({"content": b"abc"}) == canonical({"content": digest(b"abc")})


def test_an_instant_is_the_same_in_every_zone() -> None:
    there = datetime(2026, 11, 2, 10, 1, tzinfo=timezone(timedelta(hours=7)))
    assert canonical({"at": there}) == canonical({"at": EVENT["recorded_at"]})


def test_what_has_no_spelling_is_no_value() -> None:
    with pytest.raises(TypeError):
        canonical({"x": {1, 2}})


@pytest.mark.parametrize("name", list(EVENT))
def test_every_field_of_an_event_counts(name: str) -> None:
    changed = "khác" if isinstance(EVENT[name], str) else 99
    if name == "recorded_at":
        changed = datetime(2026, 11, 2, 3, 1, 0, 1, tzinfo=UTC)  # type: ignore[assignment]
    assert hash_event(EVENT | {name: changed}) != hash_event(EVENT)


def test_the_table_of_a_row_counts() -> None:
    assert hash_row("work", {"event": 1}) != hash_row("observation", {"event": 1})
