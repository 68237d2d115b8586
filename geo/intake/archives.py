"""ZIP archives, opened with suspicion: bounded in number, size and depth, while inflating too."""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from planning.errors import DataError

MAX_ENTRIES: Final = 2_000
MAX_MEMBER_BYTES: Final = 400 * 2**20
"""The sheet of 100,000 rows and 35 columns is about 200 MB of XML."""
MAX_TOTAL_BYTES: Final = 600 * 2**20
MAX_RATIO: Final = 250
"""Real tables stay below 60; a bomb is made near the 1,032 that deflate can reach."""
_RATIO_COUNTS_FROM: Final = 4 * 2**20
_CHUNK: Final = 2**20
_LOCAL_HEADER: Final = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC: Final = b"PK\x03\x04"
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED_BITS: Final = 0x1 | 0x40 | 0x2000
_DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    # The name that stands before a content once more, for one.
    UnicodeDecodeError,
)
"""How the reader of archives says that an entry is not what the table of contents says."""
_NESTED_SUFFIXES: Final = frozenset(
    {".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".zst", ".cab", ".jar"}
)
_NESTED_MAGIC: Final = (
    b"PK\x03\x04",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
)


class Archive:
    """An archive whose table of contents was found harmless.

    Use it in a ``with`` statement. Reading checks sizes again, because a table of contents may
    lie.

    Attributes
    ----------
    names : tuple of str
        Files in it, without folders, in the order of the archive.
    """

    def __init__(self, file: zipfile.ZipFile, shown: str, *, nested: bool) -> None:
        self._file = file
        self._shown = shown
        self._nested = nested
        self._entries = {info.filename: info for info in file.infolist() if not info.is_dir()}
        self.names = tuple(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def size(self, name: str) -> int:
        """Return the declared size of a file in bytes."""
        return self._entries[name].file_size

    def chunks(self, name: str, limit: int = MAX_MEMBER_BYTES) -> Iterator[bytes]:
        """Inflate a file piece by piece.

        Parameters
        ----------
        name : str
            One of :attr:`names`.
        limit : int
            Most bytes to inflate.

        Raises
        ------
        DataError
            If it is larger, damaged, or itself an archive.
        KeyError
            If there is no such file.
        """
        entry = self._entries[name]
        if entry.file_size > limit:
            raise DataError("error-intake-zip-size", file=self._shown, limit=limit // 2**20)
        inflated = 0
        try:
            with self._file.open(entry) as member:
                while piece := member.read(_CHUNK):
                    if inflated == 0 and not self._nested and piece.startswith(_NESTED_MAGIC):
                        raise DataError("error-intake-zip-nested", file=self._shown, member=name)
                    inflated += len(piece)
                    if inflated > min(limit, entry.file_size):
                        raise DataError(
                            "error-intake-zip-size", file=self._shown, limit=limit // 2**20
                        )
                    yield piece
        except _DAMAGES as error:
            raise DataError("error-intake-zip-damaged", file=self._shown) from error

    def read(self, name: str, limit: int = MAX_MEMBER_BYTES) -> bytes:
        """Return the content of a file; see :meth:`chunks`."""
        return b"".join(self.chunks(name, limit))

    def extract(self, name: str, target: Path, limit: int = MAX_MEMBER_BYTES) -> Path:
        """Write the content of a file to ``target``, a path of the caller's own making.

        Never pass a path built from ``name``.
        """
        with target.open("xb") as file:
            for piece in self.chunks(name, limit):
                file.write(piece)
        return target


def open_archive(path: Path, *, nested: bool = False) -> Archive:
    """Open a ZIP archive after checking its table of contents.

    Parameters
    ----------
    path : Path
    nested : bool
        Whether archives inside are tolerated, as in an office document with embedded objects;
        they are not opened either way.

    Returns
    -------
    Archive

    Raises
    ------
    DataError
        If it is no sound archive, has too many entries or too large ones, is encrypted, or names
        a file twice, outside itself or through a link.
    """
    try:
        file = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
        raise DataError("error-intake-zip-damaged", file=path.name) from error
    fault = _find_fault(file, path, nested=nested)
    if fault is not None:
        file.close()
        raise DataError(fault, file=path.name)
    return Archive(file, path.name, nested=nested)


def _find_fault(file: zipfile.ZipFile, path: Path, *, nested: bool) -> str | None:
    """Return the sentence of the first thing wrong, the dangerous ones first."""
    entries = file.infolist()
    checks: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("empty", lambda: not entries),
        ("entries", lambda: len(entries) > MAX_ENTRIES),
        ("encrypted", lambda: any(entry.flag_bits & _ENCRYPTED_BITS for entry in entries)),
        ("names", lambda: any(map(_is_outside, entries)) or _has_twins(entries)),
        ("bomb", lambda: _is_bomb(entries)),
        ("method", lambda: any(entry.compress_type not in _METHODS for entry in entries)),
        ("nested", lambda: not nested and any(map(_is_archive, entries))),
        ("damaged", lambda: not _lies_in_order(entries, path)),
    )
    return next((f"error-intake-zip-{name}" for name, fails in checks if fails()), None)


def _is_outside(entry: zipfile.ZipInfo) -> bool:
    # zipfile itself cuts a name at a NUL and turns the separator of Windows.
    for name in (entry.filename, entry.orig_filename):
        written = name.replace("\\", "/")
        if written.startswith("/") or ".." in written.split("/") or ":" in written:
            return True
        if not name or not name.isprintable() or len(name) > 255:
            return True
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in {0, stat.S_IFREG, stat.S_IFDIR}


def _has_twins(entries: list[zipfile.ZipInfo]) -> bool:
    names = {unicodedata.normalize("NFC", entry.filename).casefold() for entry in entries}
    return len(names) < len(entries)


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    inflated = sum(entry.file_size for entry in entries)
    return (
        inflated > MAX_TOTAL_BYTES
        or any(entry.file_size > MAX_MEMBER_BYTES for entry in entries)
        or any(
            entry.file_size > _RATIO_COUNTS_FROM
            and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
            for entry in entries
        )
    )


def _is_archive(entry: zipfile.ZipInfo) -> bool:
    return Path(entry.filename).suffix.lower() in _NESTED_SUFFIXES


def _lies_in_order(entries: list[zipfile.ZipInfo], path: Path) -> bool:
    """Tell whether every entry lies in the file, and none within another."""
    end_of_last = 0
    size = path.stat().st_size
    with path.open("rb") as file:
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            if entry.header_offset < end_of_last:
                return False
            file.seek(entry.header_offset)
            header = file.read(_LOCAL_HEADER.size)
            if len(header) < _LOCAL_HEADER.size or not header.startswith(_LOCAL_MAGIC):
                return False
            *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
            data = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
            end_of_last = data + entry.compress_size
            if end_of_last > size:
                return False
    return True
