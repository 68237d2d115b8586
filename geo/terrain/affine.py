"""From columns and rows of a grid to east and north, and back."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from geo.geodesy import FloatArray


class Affine(NamedTuple):
    """``east = a column + b row + c``, ``north = d column + e row + f``.

    Columns and rows count from the corner of the first cell, so that a cell's middle is at halves.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @property
    def sound(self) -> bool:
        """Whether every cell has a place of its own, and it is not merely its number."""
        if not all(map(math.isfinite, self)) or self == (1, 0, 0, 0, 1, 0):
            return False
        turn = self.a * self.e - self.b * self.d
        return math.isfinite(turn) and turn != 0.0

    def place(self, column: FloatArray, row: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return east and north of columns and rows."""
        return (
            self.a * column + self.b * row + self.c,
            self.d * column + self.e * row + self.f,
        )

    def cell(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return column and row of east and north."""
        turn = self.a * self.e - self.b * self.d
        east, north = np.asarray(x) - self.c, np.asarray(y) - self.f
        return (self.e * east - self.b * north) / turn, (self.a * north - self.d * east) / turn

    def shifted(self, column: int, row: int) -> Affine:
        """Return the same for the part of the grid that begins at a column and row."""
        return self._replace(
            c=self.a * column + self.b * row + self.c, f=self.d * column + self.e * row + self.f
        )
