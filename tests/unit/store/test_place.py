"""Where a SQLite record may lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.errors import StoreError
from store.place import SOUND_SQLITE, free_bytes, refuse_network_share, sqlite_is_sound

LOCAL = """\
proc /proc proc rw 0 0
/dev/vda1 / ext4 rw,relatime 0 0
/dev/sdb1 /srv/nfs ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
nonsense
"""


def mounted(kind: str, point: str) -> str:
    return f"{LOCAL}server:/office {point} {kind} rw 0 0\n"


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "davfs", "vboxsf"]
)
def test_a_network_share_is_refused_by_its_kind(kind: str) -> None:
    for folder in ("/mnt/share", "/mnt/share/gap/planner"):
        with pytest.raises(StoreError) as told:
            refuse_network_share(Path(folder), mounted(kind, "/mnt/share"))
        assert told.value.key == "error-store-share"
        assert told.value.values == {"path": folder, "kind": kind}


@pytest.mark.parametrize(
    "folder", ["/home/lan", "/srv/nfs", "/srv/nfs/record", "/var/nfs4/cifs", "/mnt/shared", "/"]
)
def test_a_local_disk_is_accepted_whatever_its_folders_are_called(folder: str) -> None:
    refuse_network_share(Path(folder), mounted("nfs", "/mnt/share"))


def test_the_mount_nearest_to_the_folder_counts() -> None:
    local_inside = mounted("nfs", "/mnt/share") + "/dev/sdc1 /mnt/share/disk xfs rw 0 0\n"
    refuse_network_share(Path("/mnt/share/disk/record"), local_inside)
    over = LOCAL + "server:/x /srv/nfs nfs rw 0 0\n"
    with pytest.raises(StoreError):
        refuse_network_share(Path("/srv/nfs"), over)


def test_a_share_whose_folder_has_a_blank_is_found() -> None:
    with pytest.raises(StoreError):
        refuse_network_share(Path("/mnt/van phong/so"), mounted("cifs", "/mnt/van\\040phong"))


def test_the_folder_of_this_test_is_local(tmp_path: Path) -> None:
    refuse_network_share(tmp_path)
    assert free_bytes(tmp_path) > 0


def test_sqlite_is_sound_from_the_release_that_mended_its_log() -> None:
    assert SOUND_SQLITE == (3, 51, 3)
    assert not sqlite_is_sound((3, 40, 1))
    assert not sqlite_is_sound((3, 51, 2))
    assert sqlite_is_sound((3, 51, 3))
    assert sqlite_is_sound((3, 52, 0))
