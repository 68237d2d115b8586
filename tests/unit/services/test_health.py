"""Whether an installation is well: each check says good or bad, and nothing that is a secret."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.main import main
from planning.errors import StoreError
from services.health import (
    Finding,
    check_backup,
    check_disk,
    check_store,
    checks_here,
    examine,
)

NOW = datetime(2024, 6, 30, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def backup(folder: Path, name: str, age: timedelta, content: bytes = b"x") -> None:
    file = folder / name
    file.write_bytes(content)
    moment = (NOW - age).timestamp()
    os.utime(file, (moment, moment))


def test_there_is_room_or_there_is_not(tmp_path: Path) -> None:
    assert check_disk(tmp_path, 1).good
    assert not check_disk(tmp_path, 2**70).good
    assert check_disk(tmp_path / "not" / "made" / "yet", 1).good


def test_the_newest_finished_backup_counts(tmp_path: Path) -> None:
    assert not check_backup(tmp_path, DAY, NOW).good
    assert not check_backup(tmp_path / "missing", DAY, NOW).good
    backup(tmp_path, "old.sqlite3", 3 * DAY)
    backup(tmp_path, ".half.sqlite3", timedelta(0))
    backup(tmp_path, "empty.sqlite3", timedelta(0), b"")
    assert not check_backup(tmp_path, DAY, NOW).good
    backup(tmp_path, "new.sqlite3", DAY)
    assert check_backup(tmp_path, DAY, NOW).good
    assert not check_backup(tmp_path, DAY, NOW + timedelta(seconds=1)).good


def test_a_check_that_fails_is_a_finding_and_keeps_no_other_from_running(tmp_path: Path) -> None:
    def locked() -> None:
        raise StoreError("error-store-locked", file=str(tmp_path))

    found = examine([*checks_here(lambda: NOW, locked), lambda: Finding("other", good=True)])
    assert not found.good
    answer = json.dumps(found.as_answer())
    assert json.loads(answer) == {
        "status": "failed",
        "checks": {"disk": "ok", "store": "failed", "other": "ok"},
    }
    assert str(tmp_path) not in answer
    assert check_store(lambda: 1) == Finding("store", good=True)


@pytest.mark.parametrize(("age", "said"), [(0, "ok"), (2, "failed")])
def test_the_command_says_it_and_its_status_too(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    age: int,
    said: str,
) -> None:
    (tmp_path / "a.sqlite3").write_bytes(b"x")
    then = (datetime.now(UTC) - age * DAY).timestamp()
    os.utime(tmp_path / "a.sqlite3", (then, then))
    monkeypatch.setenv("GAP_PLANNER_BACKUPS", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main(["health", "--format", "json"])
    assert ended.value.code == (said != "ok")
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert checks == {"disk": "ok", "backup": said, "store": "ok"}
    for language, word in (("vi", "Sao lưu"), ("en", "Backup")):
        with pytest.raises(SystemExit):
            main(["health", "--lang", language])
        assert word in capsys.readouterr().out
