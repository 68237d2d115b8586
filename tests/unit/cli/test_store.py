"""``gap-planner store``: a record verified, backed up, restored; roles given."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.store import EXIT_BREACH
from services.shelf import shelf_here
from store.history import head_of
from store.opening import FILE_NAME, Store, open_store
from tests.integration.small_record import hashes, observe, one_of_everything, seen

ENGLISH = ("--lang", "en")


@pytest.fixture
def home() -> Path:
    return shelf_here().home


@pytest.fixture
def store(home: Path) -> Any:
    opened = one_of_everything(open_store("", home))
    yield opened
    opened.close()


def tamper(home: Path) -> None:
    with closing(sqlite3.connect(home / FILE_NAME)) as outside:
        outside.execute("DROP TRIGGER observation_refuses_update")
        outside.execute("UPDATE observation SET state = 'none' WHERE event = 3")
        outside.commit()


# --- verify ------------------------------------------------------------------------------------


def test_verifying_before_anything_is_recorded_makes_no_record(run: Any, home: Path) -> None:
    told = run("store", "verify")
    assert (told.status, "Chưa có sổ" in told.out, told.err) == (0, True, "")
    assert "no record yet" in run("store", "verify", *ENGLISH).out
    assert not (home / FILE_NAME).exists()


def test_a_sound_record_says_how_much_it_holds_and_its_head(run: Any, store: Store) -> None:
    head = head_of(store)[1]
    told = run("store", "verify", *ENGLISH)
    assert told.status == 0
    assert told.out == f"The record is sound: 11 entries, 33 rows, head {head}.\n"
    vietnamese = run("store", "verify")
    assert vietnamese.status == 0
    assert head in vietnamese.out
    assert "11" in vietnamese.out


def test_the_same_as_a_document(run: Any, store: Store) -> None:
    told = run("store", "verify", "--format", "json", "--head", hashes(store)[3][:12])
    assert told.status == 0
    assert told.json == {
        "events": 11,
        "rows": 33,
        "head": head_of(store)[1],
        "head_known": True,
        "breaches": [],
    }


def test_a_tampered_row_is_named_and_the_command_fails(run: Any, store: Store, home: Path) -> None:
    tamper(home)
    told = run("store", "verify", *ENGLISH)
    assert told.status == EXIT_BREACH == 3
    assert "table observation, entry 3, row 0" in told.err
    assert "sound" not in told.out
    vietnamese = run("store", "verify")
    assert (vietnamese.status, "bảng observation, mục 3, dòng 0" in vietnamese.err) == (3, True)
    document = run("store", "verify", "--format", "json")
    assert document.status == 3
    assert document.json["breaches"] == [
        {"kind": "row", "table": "observation", "event": 3, "row": 0}
    ]


@pytest.mark.parametrize("kind", ["row", "rows", "event", "link", "end", "orphan", "version"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_breach_has_a_sentence_with_its_entry(kind: str, language: str) -> None:
    from cli.store import _sentence  # noqa: PLC0415
    from i18n.translator import translator  # noqa: PLC0415
    from store.verification import Breach  # noqa: PLC0415

    said = _sentence(Breach(kind, "work", 1234, 5), translator(language))
    assert "1234" in said
    assert "{" not in said


def test_a_head_printed_on_a_report_is_known_or_not(run: Any, store: Store) -> None:
    printed = hashes(store)[4]
    assert run("store", "verify", "--head", printed).status == 0
    told = run("store", "verify", "--head", "f" * 64, *ENGLISH)
    assert told.status == 3
    assert "does NOT hold" in told.err
    assert "sound" in told.out


@pytest.mark.parametrize(("version", "warned"), [((3, 40, 1), True), ((3, 51, 3), False)])
def test_an_old_sqlite_is_warned_about(
    run: Any, store: Store, monkeypatch: pytest.MonkeyPatch, version: Any, warned: bool
) -> None:
    monkeypatch.setattr("cli.store.sqlite_is_sound", lambda: version >= (3, 51, 3))
    for language in ("vi", "en"):
        told = run("store", "verify", "--lang", language)
        assert told.status == 0
        assert ("3.51.3" in told.err) == warned


# --- backup and restore ------------------------------------------------------------------------


def test_a_backup_and_what_it_brings_back(run: Any, store: Store, home: Path) -> None:
    then = hashes(store)
    told = run("store", "backup", *ENGLISH)
    assert told.status == 0
    (copy,) = (home / "backups").iterdir()
    assert told.out == f"Backed up: {copy}\n"
    observe(store, "later", seen(4))
    restored = run("store", "restore", copy, *ENGLISH)
    assert restored.status == 0
    assert "Restored 11 entries" in restored.out
    assert hashes(store) == then
    kept = re.search(r"kept in (.*)\.$", restored.out.strip())
    assert kept
    assert Path(kept.group(1)).is_file()
    assert run("store", "restore", copy).status == 0


def test_only_the_newest_backups_stay(run: Any, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "sao lưu"
    stranger = folder / "another.sqlite"
    for _ in range(4):
        assert run("store", "backup", "--out", folder).status == 0
        stranger.touch()
    newest = sorted(folder.glob("*.backup.sqlite"))[-1:]
    assert run("store", "backup", "--out", folder, "--keep", 2).status == 0
    left = sorted(folder.glob("*.backup.sqlite"))
    assert len(left) == 2
    assert left[:1] == newest
    assert stranger.exists()


def test_what_is_no_backup_is_refused_in_a_sentence(run: Any, store: Store, tmp_path: Path) -> None:
    garbage = tmp_path / "x.backup.sqlite"
    garbage.write_bytes(b"nothing")
    for copy in (garbage, tmp_path / "missing"):
        told = run("store", "restore", copy, *ENGLISH)
        assert told.status not in {0, 3}
        assert f"{copy} cannot be restored" in told.err
        assert "Traceback" not in told.err
    assert head_of(store)[0] == 11


def test_a_tampered_backup_is_refused(run: Any, store: Store, home: Path) -> None:
    run("store", "backup")
    (copy,) = (home / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as outside:
        outside.execute("DROP TRIGGER work_refuses_update")
        outside.execute("UPDATE work SET status = 'accepted'")
        outside.commit()
    told = run("store", "restore", copy, *ENGLISH)
    assert told.status not in {0, 3}
    assert "one place that does not fit" in " ".join(told.err.split())


def test_a_damaged_record_is_restored_and_kept(run: Any, store: Store, home: Path) -> None:
    then = hashes(store)
    run("store", "backup")
    (copy,) = (home / "backups").iterdir()
    store.close()
    (home / FILE_NAME).write_bytes(b"damaged" * 1_000)
    broken = run("store", "verify", *ENGLISH)
    assert broken.status not in {0, 3}
    assert "gap-planner store restore" in broken.err
    told = run("store", "restore", copy, *ENGLISH)
    assert told.status == 0
    assert "damaged.sqlite" in told.out
    again = open_store("", home)
    assert hashes(again) == then
    again.close()


# --- roles -------------------------------------------------------------------------------------


def test_roles_are_given_and_listed_in_both_languages(run: Any) -> None:
    assert "Nobody was given a role" in run("store", "people", *ENGLISH).out
    assert run("store", "people").status == 0
    assert run("store", "grant", "hùng", "administrator", "--name", "Hùng").status == 0
    told = run("store", "grant", "lan@x", "planner", "--name", "Nguyễn Thị Lan", *ENGLISH)
    assert (told.status, told.out) == (0, "lan@x: planner\n") or "lan@x" in told.out
    assert run("store", "grant", "mai", "steward").status == 0
    assert run("store", "grant", "mai", "none").status == 0
    english = run("store", "people", *ENGLISH).out
    assert "Nguyễn Thị Lan" in english
    assert "no role" in english
    vietnamese = run("store", "people").out
    assert vietnamese.index("hùng") < vietnamese.index("lan@x") < vietnamese.index("mai")
    assert "no role" not in vietnamese


def test_the_last_administrator_stays_one(run: Any) -> None:
    run("store", "grant", "hùng", "administrator")
    told = run("store", "grant", "hùng", "none", *ENGLISH)
    assert told.status not in {0, 3}
    assert "last administrator" in told.err


def test_a_role_there_is_not_is_refused_with_the_roles_there_are(run: Any, home: Path) -> None:
    told = run("store", "grant", "lan", "king", *ENGLISH)
    assert told.status not in {0, 3}
    for role in ("viewer", "planner", "steward", "administrator", "none"):
        assert role in told.err
    assert not (home / FILE_NAME).exists()


def test_an_address_that_cannot_be_used_is_said(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAP_PLANNER_STORE", "mysql://office/record")
    told = run("store", "verify", *ENGLISH)
    assert told.status not in {0, 3}
    assert "postgresql+psycopg" in told.err
    assert "mysql" in told.err
