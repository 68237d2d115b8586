"""The one map of an archive: its main file and the files beside it that share its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from planning.errors import DataError


@dataclass(frozen=True, slots=True)
class MapMembers:
    """A map in an archive.

    Attributes
    ----------
    title : str
        Name of the main file, without folder and suffix.
    members : mapping of str to str
        Names in the archive by suffix, lower case with its point.
    """

    title: str
    members: Mapping[str, str]


def find_maps(names: Iterable[str], main: str) -> tuple[MapMembers, ...]:
    """Return every map of an archive, in the order of the archive.

    Parameters
    ----------
    names : iterable of str
        Files of the archive.
    main : str
        Suffix of the file a map cannot be without, such as ``.shp``.

    Notes
    -----
    Letters may be of either case, as systems that do not tell them apart leave them.
    """
    paths = [PurePosixPath(name) for name in names if not is_shadow(name)]
    beside: dict[tuple[str, str], dict[str, str]] = {}
    for path in paths:
        members = beside.setdefault((str(path.parent), path.stem.casefold()), {})
        members.setdefault(path.suffix.lower(), str(path))
    return tuple(
        MapMembers(path.stem, beside[str(path.parent), path.stem.casefold()])
        for path in paths
        if path.suffix.lower() == main
    )


def choose_map(maps: tuple[MapMembers, ...], wanted: str | None, file: str) -> MapMembers:
    """Return the map a person named, or the only one.

    Raises
    ------
    DataError
        If there is none, several and none was named, or none of that name.
    """
    names = ", ".join(found.title for found in maps)
    if wanted is not None:
        stem = PurePosixPath(wanted).name
        for found in maps:
            if stem in {
                found.title,
                *(PurePosixPath(name).name for name in found.members.values()),
            }:
                return found
        raise DataError("error-intake-map-layer", file=file, got=wanted, expected=names)
    if len(maps) != 1:
        raise DataError("error-intake-map-several", file=file, count=len(maps), expected=names)
    return maps[0]


def is_shadow(name: str) -> bool:
    """Tell whether a file of an archive is what macOS stores beside another, under its name."""
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith("._")
