"""Where a store may lie: a local disk for SQLite, with a word about versions and room."""

from __future__ import annotations

import ctypes
import shutil
import sqlite3
from pathlib import Path, PureWindowsPath
from typing import Final

from planning.errors import StoreError

SOUND_SQLITE: Final = (3, 51, 3)
"""From here on a rare loss in write-ahead logging is mended (sqlite.org/wal.html, "WAL-reset")."""

_SHARES: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "9p", "fuse.sshfs", "glusterfs",
     "lustre", "fuse.rclone", "davfs", "fuse.davfs2", "fuse.s3fs", "fuse.gvfsd-fuse", "beegfs",
     "ncpfs", "vboxsf"}
)  # fmt: skip
"""Kinds of file systems whose locks SQLite cannot trust."""

_REMOTE_DRIVE: Final = 4


def refuse_network_share(folder: Path, mounts: str | None = None) -> None:
    """Refuse a folder on a network share, where SQLite's locks do not hold.

    Parameters
    ----------
    folder : Path
    mounts : str, optional
        Text in the form of ``/proc/mounts``; read from the machine by default.

    Raises
    ------
    StoreError
        ``error-store-share``.
    """
    path = str(folder.resolve())
    if path.startswith(("\\\\", "//")) or _is_remote_drive(path):
        raise StoreError("error-store-share", path=str(folder), kind="UNC")
    table = _mounts() if mounts is None else mounts
    best, kind = "", ""
    for line in table.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    if kind in _SHARES:
        raise StoreError("error-store-share", path=str(folder), kind=kind)


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _is_remote_drive(path: str) -> bool:
    kernel = getattr(getattr(ctypes, "windll", None), "kernel32", None)
    if kernel is None:
        return False  # not Windows
    return bool(kernel.GetDriveTypeW(PureWindowsPath(path).drive + "\\") == _REMOTE_DRIVE)


def sqlite_is_sound(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Tell whether SQLite is new enough not to warn about it."""
    return version >= SOUND_SQLITE


def free_bytes(folder: Path) -> int:
    """Return the room left where a folder lies."""
    return shutil.disk_usage(folder).free
