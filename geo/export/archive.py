"""ZIP archives that are the same for the same contents: no clock, no user, no machine in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

Member = tuple[str, Iterable[bytes]]
"""Name within the archive and the contents, piece by piece."""


def zip_bytes(members: Iterable[Member], *, large: bool = False) -> bytes:
    """Return an archive, compressing the pieces as they come.

    Parameters
    ----------
    members : iterable of Member
        In the order of the archive.
    large : bool
        Whether a member may exceed 2 GiB; it then gets a header that old readers do not know.

    Returns
    -------
    bytes
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in members:
            # Opened by its name alone, an entry is dated 1980 and not now.
            with archive.open(name, "w", force_zip64=large) as file:
                for piece in pieces:
                    file.write(piece)
    return buffer.getvalue()
