"""Published files keep their address for ever and cannot be guessed."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from ui.publish import Publisher, read_secret

SECRET = bytes(32)


def test_the_same_content_keeps_its_address_and_is_written_once(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, SECRET)
    path = publisher.publish(b"[1]", ".json")
    assert (tmp_path / path).read_bytes() == b"[1]"
    first = (tmp_path / path).stat().st_ino
    assert publisher.publish(b"[1]", ".json") == path
    assert (tmp_path / path).stat().st_ino == first
    assert [file.name for file in (tmp_path / "layers").iterdir()] == [Path(path).name]


def test_other_content_gets_another_address(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, SECRET)
    assert publisher.publish(b"[1]", ".json") != publisher.publish(b"[2]", ".json")


def test_content_does_not_reveal_its_address_without_the_secret(tmp_path: Path) -> None:
    ours = Publisher(tmp_path, SECRET).publish(b"[1]", ".json")
    theirs = Publisher(tmp_path, bytes([1]) * 32).publish(b"[1]", ".json")
    assert ours != theirs
    assert len(Path(ours).stem) == 40


def test_only_old_files_beyond_the_kept_ones_are_removed(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, SECRET, keep=2)
    paths = [publisher.publish(bytes([i]), ".json") for i in range(5)]
    two_days_ago = time.time() - 2 * 86_400
    for path in paths[:4]:
        os.utime(tmp_path / path, (two_days_ago, two_days_ago))
    newest = publisher.publish(b"new", ".json")
    left = {f"layers/{file.name}" for file in (tmp_path / "layers").iterdir()}
    assert left == {paths[4], newest}


def test_a_file_in_use_is_as_good_as_new(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, SECRET, keep=1)
    used = publisher.publish(b"used", ".json")
    long_ago = time.time() - 9 * 86_400
    os.utime(tmp_path / used, (long_ago, long_ago))
    publisher.publish(b"used", ".json")
    publisher.publish(b"new", ".json")
    assert (tmp_path / used).is_file()


def test_the_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "state" / "secret"
    secret = read_secret(file)
    assert len(secret) == 32
    assert read_secret(file) == secret
    assert [entry.name for entry in file.parent.iterdir()] == ["secret"]
    assert read_secret(tmp_path / "other") != secret


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_only_the_owner_may_read_the_secret(tmp_path: Path) -> None:
    read_secret(tmp_path / "secret")
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_a_file_that_is_no_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"too short")
    with pytest.raises(ValueError, match="secret"):
        read_secret(tmp_path / "secret")
