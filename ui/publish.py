"""Files for the browser under names nobody can guess and nobody needs to revalidate.

Streamlit serves ``static/`` to anyone who knows a name, logged in or not, and never answers "not
modified". So a published file is named after its content, keyed with a secret of this
installation: the same content keeps its address (the browser's cache stays good for ever), other
content gets another address, and without the secret no address can be worked out from data that
somebody already has.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LAYERS_FOLDER: Final = "layers"
"""Folder below ``static/`` whose files never change once written."""

_SECRET_BYTES: Final = 32
_NAME_BYTES: Final = 20
_DAY_S: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Publisher:
    """Writes content-addressed files below a static folder.

    Attributes
    ----------
    static : Path
        The folder Streamlit serves at ``/app/static``.
    secret : bytes
        Key of the names; see :func:`read_secret`.
    keep : int
        How many files stay, whatever their age; older ones stay for a day after their last use,
        since an open page may still ask for them.
    """

    static: Path
    secret: bytes
    keep: int = 200

    def publish(self, content: bytes, suffix: str) -> str:
        """Store content unless it is stored already, and return its address.

        Parameters
        ----------
        content : bytes
        suffix : str
            Ending of the name with its dot: ``".json"``, ``".js"``, ``".css"``.

        Returns
        -------
        str
            Path below the static folder, with forward slashes: ``layers/<name>.json``.
        """
        name = hashlib.blake2b(content, key=self.secret, digest_size=_NAME_BYTES).hexdigest()
        target = self.static / LAYERS_FOLDER / (name + suffix)
        if target.is_file():
            os.utime(target)
        else:
            self._write(target, content)
            self._prune(target.parent)
        return f"{LAYERS_FOLDER}/{target.name}"

    @staticmethod
    def _write(target: Path, content: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, scratch = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(scratch).chmod(0o644)
            Path(scratch).replace(target)
        except BaseException:
            Path(scratch).unlink(missing_ok=True)
            raise

    def _prune(self, folder: Path) -> None:
        # Another process may prune at the same time: a file that is gone already is fine.
        aged: list[tuple[float, Path]] = []
        for file in folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                aged.append((file.stat().st_mtime, file))
        aged.sort(reverse=True)
        limit = time.time() - _DAY_S
        for used, file in aged[self.keep :]:
            if used < limit:
                file.unlink(missing_ok=True)


def read_secret(path: Path) -> bytes:
    """Return the secret of this installation, made on first use.

    Parameters
    ----------
    path : Path
        File that only its owner may read. Two processes starting together agree on one secret.

    Returns
    -------
    bytes
        32 random bytes.

    Raises
    ------
    ValueError
        If the file is not a secret written by this function.
    """
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, scratch = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_SECRET_BYTES))
        # A hard link fails where the name is taken: the first process wins, both read the winner.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(scratch)
        Path(scratch).unlink()
    secret = path.read_bytes()
    if len(secret) != _SECRET_BYTES:
        raise ValueError(path)
    return secret
