"""The shelf: registers a person has accepted, each a folder of its own, and which one is in use.

A folder is a province as :func:`services.province.province_in` opens it, with ``register.toml``
beside it: its name, where it came from and when. Folders are written under a new name and put in
place in one step; an accepted register is never changed, a newer one stands beside it.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Final

import tomli_w

from geo.writing import write_file
from planning.errors import PlannerError, StoreError
from planning.folding import fold
from services.province import PROVINCE_FILES, Province, province_in, shipped_province

STATE_VARIABLE: Final = "GAP_PLANNER_STATE"
"""Environment variable naming the folder of this installation's own files."""

SHIPPED: Final = "shipped"
"""Key of the illustrative province that ships with the product."""

_HOME: Final = ".gap-planner"
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_CARD: Final = "register.toml"
_IN_USE: Final = "in-use"


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One register on the shelf.

    Attributes
    ----------
    key : str
        Name of its folder: lower-case letters, digits and hyphens.
    name : str
        As people call it.
    source : str
        The file it was last imported from.
    accepted_at : datetime
        With time zone.
    villages : int
    illustrative : bool
        Whether its villages are invented.
    """

    key: str
    name: str
    source: str
    accepted_at: datetime
    villages: int
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """Accepted registers below a folder.

    Attributes
    ----------
    home : Path
        The installation's own folder; never served to a browser.
    """

    home: Path

    def entries(self) -> tuple[ShelfEntry, ...]:
        """Return what stands on the shelf, the newest first."""
        if not self._folder.is_dir():
            return ()
        cards = (self._card(folder) for folder in self._folder.iterdir())
        found = [card for card in cards if card is not None]
        return tuple(sorted(found, key=lambda entry: (entry.accepted_at, entry.key), reverse=True))

    def in_use(self) -> str:
        """Return the key of the register in use, :data:`SHIPPED` unless one was chosen.

        One that is gone or torn since is still named: opening it says so, rather than showing
        another province in its place.
        """
        marker = self._folder / _IN_USE
        try:
            key = marker.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return SHIPPED
        return key if _KEY.fullmatch(key) else SHIPPED

    def use(self, key: str) -> None:
        """Make a register the one that app and command line open.

        Raises
        ------
        StoreError
            If there is none with this key.
        """
        if key not in self.all_keys():
            raise StoreError(
                "error-shelf-unknown", register=key, expected=", ".join(self.all_keys())
            )
        self._folder.mkdir(parents=True, exist_ok=True)
        write_file(self._folder / _IN_USE, key.encode("ascii"))

    def all_keys(self) -> tuple[str, ...]:
        """Return every key that can be used."""
        return (SHIPPED, *(entry.key for entry in self.entries()))

    def open(self, key: str | None = None) -> Province:
        """Load a register, the one in use by default.

        Raises
        ------
        StoreError
            If there is none with this key.
        DataError
            If its files are unusable.
        """
        wanted = self.in_use() if key is None else key
        if wanted == SHIPPED:
            return shipped_province()
        card = self.entry(wanted)
        folder = self._folder / card.key
        return province_in(folder, name=card.name, illustrative=card.illustrative)

    def entry(self, key: str) -> ShelfEntry:
        """Return what is written of a register, the shipped one included.

        Raises
        ------
        StoreError
            If there is none with this key.
        """
        if key == SHIPPED:
            province = shipped_province()
            return ShelfEntry(
                key=SHIPPED,
                name=province.name,
                source=province.source,
                accepted_at=datetime.min.replace(tzinfo=UTC),
                villages=len(province.villages),
                illustrative=True,
            )
        card = self._card(self._folder / key) if _KEY.fullmatch(key) else None
        if card is None:
            raise StoreError(
                "error-shelf-unknown", register=key, expected=", ".join(self.all_keys())
            )
        return card

    def files(self, key: str) -> dict[str, bytes]:
        """Return the files of a register, the shipped one included."""
        self.entry(key)
        folder = Path(str(resources.files("data"))) if key == SHIPPED else self._folder / key
        return {
            name: (folder / name).read_bytes()
            for name in PROVINCE_FILES
            if (folder / name).is_file()
        }

    def put(self, entry: ShelfEntry, files: Mapping[str, bytes]) -> None:
        """Put a register on the shelf.

        Parameters
        ----------
        entry : ShelfEntry
            Its key must be free (:meth:`free_key`).
        files : mapping of str to bytes
            Contents by file name, as :func:`services.province.province_in` names them.

        Raises
        ------
        StoreError
            If the key is taken.
        PlannerError
            If the place cannot be written to; nothing is left behind.
        """
        target = self._folder / entry.key
        if target.exists():
            raise StoreError("error-shelf-taken", register=entry.key)
        scratch = self._folder / f".{secrets.token_hex(8)}.part"
        try:
            scratch.mkdir(parents=True)
            for name, content in files.items():
                (scratch / name).write_bytes(content)
            card = {
                "name": entry.name,
                "source": entry.source,
                "accepted_at": entry.accepted_at,
                "villages": entry.villages,
                "illustrative": entry.illustrative,
            }
            (scratch / _CARD).write_text(tomli_w.dumps(card), encoding="utf-8")
            scratch.rename(target)
        except OSError as problem:
            raise PlannerError("error-export-write", path=str(target)) from problem
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def free_key(self, name: str, moment: datetime) -> str:
        """Return a key for a new register: its folded name, the day and, if need be, a number."""
        stem = "-".join(fold(name).split())
        plain = re.sub(r"[^a-z0-9-]", "", stem)[:48].strip("-")
        # A name in another script leaves nothing: its hash still tells it from others.
        base = plain or hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
        stamped = f"{base}-{moment:%Y%m%d}"
        number = 1
        while (key := stamped if number == 1 else f"{stamped}-{number}") in {
            SHIPPED,
            *self.all_keys(),
        }:
            number += 1
        return key

    @property
    def _folder(self) -> Path:
        return self.home / "registers"

    def _unknown(self, key: str) -> StoreError:
        return StoreError("error-shelf-unknown", register=key, expected=", ".join(self.all_keys()))

    def _card(self, folder: Path) -> ShelfEntry | None:
        try:
            card = tomllib.loads((folder / _CARD).read_text(encoding="utf-8"))
            return ShelfEntry(
                key=folder.name,
                name=str(card["name"]),
                source=str(card["source"]),
                accepted_at=card["accepted_at"],
                villages=int(card["villages"]),
                illustrative=bool(card["illustrative"]),
            )
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, ValueError):
            return None


def shelf_here() -> Shelf:
    """Return this installation's shelf: :data:`STATE_VARIABLE`, else beside the program."""
    given = os.environ.get(STATE_VARIABLE)
    home = Path(given) if given else Path(__file__).resolve().parents[1] / _HOME
    return Shelf(home)
