"""Names of at most ten characters for the fields of a Shapefile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 10


def field_names(keys: Sequence[str]) -> tuple[str, ...]:
    """Shorten stable keys so that they stay readable and different.

    The longest word loses its end, a letter at a time, until the name fits. If that name is
    taken, a number takes its last characters.

    Parameters
    ----------
    keys : sequence of str
        Stable keys of columns, all different.

    Returns
    -------
    tuple of str
        A name for each; the same keys always get the same names.

    Examples
    --------
    >>> field_names(["rank", "distance_score", "distance_scores", "minority_points"])
    ('rank', 'dist_score', 'dist_scor2', 'mino_point')
    """
    # Keys that fit keep their names, wherever they stand.
    taken = {key for key in keys if len(key) <= _LONGEST}
    names: list[str] = []
    for key in keys:
        name = key if len(key) <= _LONGEST else _free(_shortened(key), taken)
        taken.add(name)
        names.append(name)
    return tuple(names)


def _shortened(key: str) -> str:
    words = key.split("_")
    while len("_".join(words)) > _LONGEST:
        longest = max(range(len(words)), key=lambda at: len(words[at]))
        if len(words[longest]) == 1:
            return key[:_LONGEST]
        words[longest] = words[longest][:-1]
    return "_".join(words)


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name[: _LONGEST - len(str(number))]}{number}"
    return free
