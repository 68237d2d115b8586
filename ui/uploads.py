"""Files of users kept while a plan is worked out from them: by content, out of the browser's reach.

A plan is worked out in another process and may be asked for again, so its files must outlive the
run that received them. They are named after their content and lie in the installation's own folder,
which is not served. The oldest go when there are many.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

_KEPT: Final = 24
_NAME_BYTES: Final = 16
_NAME_LENGTH: Final = 60


def keep_upload(folder: Path, name: str, content: bytes) -> Path:
    """Store a file unless it is stored already.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    name : str
        As the user calls it: what is safe of it ends the path, so that refusals can say it.
    content : bytes

    Returns
    -------
    Path
    """
    digest = hashlib.blake2b(content, digest_size=_NAME_BYTES).hexdigest()
    own = folder / digest
    own.mkdir(parents=True, exist_ok=True)
    path = own / _safe(name)
    if not path.is_file():
        descriptor, scratch = tempfile.mkstemp(dir=own, prefix=".", suffix=".part")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(scratch).replace(path)
        _prune(folder)
    os.utime(own)
    return path


def _safe(name: str) -> str:
    """Return a file name without folders, dots in front or anything but letters and digits."""
    plain = re.sub(r"[^\w.-]+", "_", Path(name.replace("\\", "/")).name)[-_NAME_LENGTH:]
    return plain.lstrip(".") or "file"


def _prune(folder: Path) -> None:
    # Another session may prune at the same time: what is gone already is fine.
    aged: list[tuple[float, Path]] = []
    for own in folder.iterdir():
        with contextlib.suppress(OSError):
            aged.append((own.stat().st_mtime, own))
    for _, own in sorted(aged, reverse=True)[_KEPT:]:
        shutil.rmtree(own, ignore_errors=True)
