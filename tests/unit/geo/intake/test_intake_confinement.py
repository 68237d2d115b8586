"""What the child may not do, tried in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from geo.intake.archives import open_archive
from geo.intake.confinement import clean_environment
from planning.errors import DataError
from tests.unit.geo.intake.archive_building import understated, zipped

_ROOT = Path(__file__).resolve().parents[4]


def _try(room: Path, attempt: str) -> str:
    code = (
        "from pathlib import Path\n"
        "from geo.intake.confinement import guard\n"
        "import os, socket, sqlite3, subprocess, urllib.request\n"
        "guard(Path.cwd())\n"
        "try:\n"
        f"    {attempt}\n"
        "    print('done')\n"
        "except PermissionError as error:\n"
        "    print(type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-s", "-B", "-c", code],
        cwd=room,
        env=clean_environment(_ROOT, room),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or done.stderr


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd').read()",
        "open('../secret').read()",
        "open('link').read()",
        "open(b'/etc/passwd').read()",
        "Path('/etc/hostname').read_text()",
        "os.open('/etc/passwd', os.O_RDONLY)",
        "open('/var/tmp/x', 'w')",
        "open(os.__file__, 'r+')",
        "os.listdir('/')",
        "os.remove('../secret')",
        "os.rename('inside', '../outside')",
        "os.symlink('/etc', 'etc')",
        "sqlite3.connect('../secret')",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "urllib.request.urlopen('http://127.0.0.1:9/')",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
    ],
)
def test_the_child_cannot_reach_out_of_its_room(attempt: str, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (tmp_path / "secret").write_text("x")
    (room / "inside").write_text("x")
    (room / "link").symlink_to(tmp_path / "secret")
    assert _try(room, attempt) == "ConfinementError"


@pytest.mark.parametrize(
    "attempt",
    [
        "open('new', 'w').close(); open('new').read(); os.remove('new')",
        "import decimal, xml.dom.minidom, zoneinfo",
        "sqlite3.connect(':memory:').execute('select 1')",
        "open(os.__file__).read()",
    ],
)
def test_the_child_can_work_in_its_room_and_use_its_library(attempt: str, tmp_path: Path) -> None:
    assert _try(tmp_path, attempt) == "done"


def test_only_two_drivers_of_gdal_exist_there(tmp_path: Path) -> None:
    code = "import pyogrio; print(sorted(pyogrio.list_drivers()))"
    done = subprocess.run(
        [sys.executable, "-P", "-s", "-B", "-c", code],
        cwd=tmp_path,
        env=clean_environment(_ROOT, tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['ESRI Shapefile', 'MapInfo File']"


def test_nothing_of_the_parents_environment_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    monkeypatch.setenv("SECRET_TOKEN", "x")
    environment = clean_environment(_ROOT, tmp_path)
    assert not {"HTTPS_PROXY", "SECRET_TOKEN", "PATH"} & set(environment)
    assert environment["PROJ_NETWORK"] == "OFF"


def test_an_archive_that_understates_a_size_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(understated("a.txt", b"x" * 5_000_000, 10))
    with open_archive(path) as archive, pytest.raises(DataError):
        archive.read("a.txt")


def test_an_archive_is_read_and_extracted_within_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": b"abc" * 1000, "thư mục/b.txt": b""}))
    with open_archive(path) as archive:
        assert archive.names == ("a.txt", "thư mục/b.txt")
        assert archive.read("a.txt") == b"abc" * 1000
        assert archive.extract("a.txt", tmp_path / "out").read_bytes() == b"abc" * 1000
        with pytest.raises(DataError):
            archive.read("a.txt", limit=2999)
        with pytest.raises(KeyError):
            archive.read("c.txt")
