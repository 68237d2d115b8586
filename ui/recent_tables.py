"""The foreign tables read last, so that a choice on the page does not read the file again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from geo.intake.table import RawTable, ReadOptions

_MOST_ROWS: Final = 400_000
_MOST_TABLES: Final = 8


class RecentTables:
    """A few tables by content and reading; the ones used least lately go first."""

    def __init__(self) -> None:
        self._tables: OrderedDict[tuple[str, ReadOptions], RawTable] = OrderedDict()
        self._lock = Lock()

    def get(self, file_hash: str, options: ReadOptions, read: Callable[[], RawTable]) -> RawTable:
        """Return a table, read now if it is not among the recent ones.

        Parameters
        ----------
        file_hash : str
            Names the content of the file.
        options : ReadOptions
        read : callable
            Reads it; called without holding others up.
        """
        key = (file_hash, options)
        with self._lock:
            if key in self._tables:
                self._tables.move_to_end(key)
                return self._tables[key]
        table = read()
        with self._lock:
            self._tables[key] = table
            self._tables.move_to_end(key)
            while self._too_much():
                self._tables.popitem(last=False)
        return table

    def _too_much(self) -> bool:
        rows = sum(map(len, self._tables.values()))
        return len(self._tables) > 1 and (len(self._tables) > _MOST_TABLES or rows > _MOST_ROWS)
