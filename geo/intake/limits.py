"""What a foreign file may cost: memory, time and size, decided before it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MAX_FILE_BYTES: Final = 512 * 2**20
"""Largest file that is taken in; a register of 100,000 villages is a tenth of it."""

MAX_ROWS: Final = 400_000
MAX_COLUMNS: Final = 1_000
MAX_CELLS: Final = 8_000_000
"""Rows times columns of the used range; 100,000 villages with 80 columns."""

MAX_CELL_LENGTH: Final = 100_000
"""Letters of one cell, or bytes of its UTF-8; a spreadsheet holds 32,767."""


def fits(rows: int, columns: int) -> bool:
    """Tell whether a table of this size can be held."""
    return rows <= MAX_ROWS and columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child process that reads a foreign file may use.

    Attributes
    ----------
    memory_bytes : int
        Private memory. What the interpreter and its libraries map from disk, about 100 MB, comes
        on top, so that the whole stays below 1 GB.
    cpu_s : int
        Seconds of processor time.
    wall_s : float
        Seconds until the child is ended, whatever it does.
    file_bytes : int
        Largest file it may write.
    open_files : int
    """

    memory_bytes: int = 850 * 2**20
    cpu_s: int = 30
    wall_s: float = 60.0
    file_bytes: int = 2**30
    open_files: int = 64
