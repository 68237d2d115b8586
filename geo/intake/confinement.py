"""The locks of the child process: what it may use, open and talk to.

They are set before anything that reads a file is imported. An audit hook sees what Python code
does; native libraries are held by limits of the operating system and, for GDAL, by a list of
drivers that leaves nothing that could follow a name or an address out of a file.
"""

from __future__ import annotations

import mimetypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from geo.intake.limits import Limits

_SINGLE_THREADED: Final[Mapping[str, str]] = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    # The other pools reserve more address space than the limit leaves.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
    # A buffer as large as a block of the file is set aside for each column of a CSV and shrunk:
    # kept on one heap, the remains of a hundred of them are more than the limit leaves.
    "MALLOC_MMAP_THRESHOLD_": "786432",
}
_GDAL_LOCKED: Final[Mapping[str, str]] = {
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "",
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_NUM_THREADS": "1",
    "PROJ_NETWORK": "OFF",
}
KEPT_DRIVERS: Final = ("ESRI Shapefile", "MapInfo File")
"""The only GDAL drivers the child may have."""

_KEPT_BY_SYSTEM: Final = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR")
"""Without these no process starts on Windows."""

_FORBIDDEN_EVENTS: Final = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.kill",
    "pty.",
    "webbrowser.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "winreg.CreateKey",
    "winreg.DeleteKey",
    "winreg.DeleteValue",
    "winreg.SetValue",
    "sqlite3.enable_load_extension",
    "sqlite3.load_extension",
)
_READING_EVENTS: Final = frozenset({"os.listdir", "os.scandir"})
_WRITING_EVENTS: Final = frozenset(
    {
        "os.chmod",
        "os.chown",
        "os.link",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.symlink",
        "os.truncate",
        "os.utime",
        "os.setxattr",
        "sqlite3.connect",
    }
)
_HARMLESS_FILES: Final = frozenset(
    {"/dev/null", "/dev/urandom", "/proc/self/status", *mimetypes.knownfiles}
)
"""Read by the standard library and the same for everybody."""
_WRITE_FLAGS: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class ConfinementError(PermissionError):
    """A reader reached for something outside its room."""


def clean_environment(root: Path, room: Path) -> dict[str, str]:
    """Return the whole environment of the child.

    Nothing of the parent's is passed on but what the operating system needs to start a process,
    so no proxy, credential or search path of the person reaches it.

    Parameters
    ----------
    root : Path
        Folder that holds the packages of the product.
    room : Path
        The private directory.
    """
    kept = {name: os.environ[name] for name in _KEPT_BY_SYSTEM if name in os.environ}
    return {
        **kept,
        **_SINGLE_THREADED,
        **_GDAL_LOCKED,
        "GDAL_SKIP": _drivers_to_skip(),
        "PYTHONPATH": str(root),
        "PYTHONHASHSEED": "0",
        "HOME": str(room),
        "TMPDIR": str(room),
        "TEMP": str(room),
        "TMP": str(room),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def _drivers_to_skip() -> str:
    """Return every driver of the installed GDAL that opens vector data but the two kept ones.

    The library is asked rather than a list kept, which the next version would make incomplete.
    """
    import pyogrio  # noqa: PLC0415  (the child, which also imports this module, may not need it)

    return ",".join(sorted(set(pyogrio.list_drivers()) - set(KEPT_DRIVERS)))


def limit_resources(limits: Limits) -> None:
    """Limit memory, processor time, files and dumps of this process, where the system can.

    Without :mod:`resource` (Windows) only the wall time of the parent holds.
    """
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    for name, soft, hard in (
        ("RLIMIT_CORE", 0, 0),
        ("RLIMIT_DATA", limits.memory_bytes, limits.memory_bytes),
        ("RLIMIT_CPU", limits.cpu_s, limits.cpu_s + 1),
        ("RLIMIT_FSIZE", limits.file_bytes, limits.file_bytes),
        ("RLIMIT_NOFILE", limits.open_files, limits.open_files),
    ):
        which = getattr(resource, name)
        _, ceiling = resource.getrlimit(which)
        if ceiling == resource.RLIM_INFINITY:
            ceiling = hard
        resource.setrlimit(which, (min(soft, ceiling), min(hard, ceiling)))


def guard(room: Path) -> None:
    """Refuse, from now on, sockets, processes and files outside the library and the room.

    Parameters
    ----------
    room : Path
        The private directory: the only place to write.
    """
    inside = os.path.realpath(room)
    library = tuple({os.path.realpath(place) for place in _library_places()})

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            _check_open(arguments, inside, library)
        elif event in _WRITING_EVENTS:
            for place in arguments[:2]:
                _check_place(place, (inside,))
        elif event in _READING_EVENTS:
            _check_place(arguments[0], (inside, *library))
        elif event.startswith(_FORBIDDEN_EVENTS):
            raise ConfinementError(event)

    sys.addaudithook(watch)


def _library_places() -> list[str]:
    places = [sys.prefix, sys.base_prefix, sys.exec_prefix, *(place for place in sys.path if place)]
    return [place for place in places if os.path.realpath(place) != os.sep]


def _check_open(arguments: tuple[Any, ...], inside: str, library: tuple[str, ...]) -> None:
    place, mode, flags = arguments
    writes = bool(set(mode or "") & set("wax+")) or bool((flags or 0) & _WRITE_FLAGS)
    if isinstance(place, str | bytes) and os.fsdecode(place) in _HARMLESS_FILES:
        return
    _check_place(place, (inside,) if writes else (inside, *library))


def _check_place(place: object, allowed: tuple[str, ...]) -> None:
    if not isinstance(place, str | bytes | os.PathLike):
        return
    name = os.fsdecode(place)
    if name == ":memory:":
        return
    real = os.path.realpath(name.removeprefix("file:").partition("?")[0])
    if not any(real == folder or real.startswith(folder + os.sep) for folder in allowed):
        raise ConfinementError(name)
