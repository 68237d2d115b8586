"""Which of two coordinates is which: longitude or latitude, easting or northing.

In Vietnam longitudes (102 to 110) and latitudes (8 to 23.5) do not overlap, and a northing in
metres is larger than any easting of its zone. So a swap shows, row by row; it is reported and put
right only if a person says so. Vietnamese survey lists call the *northing* X: that is their
convention and not a mistake, so it is followed and stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from geo.register.extent import Extent
from planning.columns import BoolArray, FloatArray, IntArray
from planning.errors import Fault, Severity

LARGEST_DEGREE: Final = 360.0
"""Numbers beyond this are metres."""
NORTHING_EXCEEDS_EASTING: Final = 8.1
"""Latitude from which a northing exceeds every easting of a zone (900 km, 400 km beside it)."""


class CoordinateKind(StrEnum):
    """What the numbers are."""

    DEGREES = "degrees"
    METRES = "metres"


@dataclass(frozen=True, slots=True, eq=False)
class Oriented:
    """Coordinates in the order east, north.

    Attributes
    ----------
    x, y : ndarray of float, shape (n,)
        Longitude and latitude, or easting and northing.
    at_fault : ndarray of bool, shape (n,)
        Rows of which the order contradicts the rest; their numbers are as in the file.
    faults : tuple of Fault
    """

    x: FloatArray
    y: FloatArray
    at_fault: BoolArray
    faults: tuple[Fault, ...]


def kind_of(x: FloatArray, y: FloatArray) -> CoordinateKind | None:
    """Return what most of the numbers are; ``None`` if there are none."""
    known = np.isfinite(x) & np.isfinite(y)
    if not known.any():
        return None
    large = (np.abs(x[known]) > LARGEST_DEGREE) & (np.abs(y[known]) > LARGEST_DEGREE)
    return CoordinateKind.METRES if large.mean() > 0.5 else CoordinateKind.DEGREES


def find_swapped(x: FloatArray, y: FloatArray, extent: Extent) -> BoolArray:
    """Tell which rows make sense only with their two numbers exchanged.

    Parameters
    ----------
    x, y : ndarray of float, shape (n,)
        Supposed east and north; all degrees or all metres.
    extent : Extent

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    if kind_of(x, y) is CoordinateKind.METRES:
        north = extent.country.south >= NORTHING_EXCEEDS_EASTING
        exceeds: BoolArray = (x > y) & (y > LARGEST_DEGREE)
        return exceeds & north
    country = extent.country
    return ~country.contains(x, y) & country.contains(y, x)


def orient(
    x: FloatArray,
    y: FloatArray,
    rows: IntArray,
    *,
    heading: str,
    extent: Extent,
    swap: bool = False,
    lettered: BoolArray | None = None,
    free_order: bool = False,
) -> Oriented:
    """Bring coordinates into the order east, north, or say which rows are not.

    Parameters
    ----------
    x, y : ndarray of float, shape (n,)
        As the headings call them: supposed east, supposed north.
    rows : ndarray of int, shape (n,)
    heading : str
        Named by the faults.
    extent : Extent
    swap : bool
        A person said that swapped rows are to be exchanged.
    lettered : ndarray of bool, shape (n,), optional
        Rows whose letters (E, N, Đ, B) say that they are swapped.
    free_order : bool
        Whether no heading promises an order, as in one column that holds both.

    Returns
    -------
    Oriented
    """
    swapped = find_swapped(x, y, extent)
    if lettered is not None:
        swapped |= lettered
    known = np.isfinite(x) & np.isfinite(y)
    count = int(swapped.sum())
    none = np.zeros(len(x), dtype=np.bool_)
    if not count:
        return Oriented(x, y, none, ())
    metres = kind_of(x, y) is CoordinateKind.METRES
    most = count * 2 > int(known.sum())
    if most and (metres or free_order):
        odd = known & ~swapped & find_swapped(y, x, extent)
        faults = [_northing_first(heading, x, y, count)] if metres and not free_order else []
        return Oriented(
            np.where(odd, x, y),
            np.where(odd, y, x),
            odd,
            (*faults, *_each(odd, x, y, rows, heading)),
        )
    exchanged = np.where(swapped, y, x), np.where(swapped, x, y)
    first = int(np.flatnonzero(swapped)[0])
    if swap:
        fault = Fault(
            "fault-coordinate-swapped-back",
            column=heading,
            got=_pair(x, y, first),
            values={"count": count},
            severity=Severity.WARNING,
            remedy="remedy-coordinate-swapped-back",
        )
        return Oriented(*exchanged, none, (fault,))
    if count == int(known.sum()):
        fault = Fault(
            "fault-coordinate-swapped-all",
            column=heading,
            got=_pair(x, y, first),
            values={"count": count},
            remedy="remedy-coordinate-swap",
        )
        return Oriented(x, y, swapped, (fault,))
    return Oriented(x, y, swapped, tuple(_each(swapped, x, y, rows, heading)))


def _each(
    at_fault: BoolArray, x: FloatArray, y: FloatArray, rows: IntArray, heading: str
) -> list[Fault]:
    return [
        Fault(
            "fault-coordinate-swapped",
            row=int(rows[at]),
            column=heading,
            got=_pair(x, y, at),
            remedy="remedy-coordinate-swap",
        )
        for at in np.flatnonzero(at_fault).tolist()
    ]


def _northing_first(heading: str, x: FloatArray, y: FloatArray, count: int) -> Fault:
    return Fault(
        "fault-coordinate-northing-first",
        column=heading,
        got=_pair(x, y, int(np.flatnonzero(np.isfinite(x))[0])),
        values={"count": count},
        severity=Severity.WARNING,
        remedy="remedy-coordinate-northing-first",
    )


def _pair(x: FloatArray, y: FloatArray, at: int) -> str:
    return f"{x[at]:.10g}; {y[at]:.10g}"
