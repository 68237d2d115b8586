"""An order in which neighbours on the map are neighbours in memory."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_STEPS: Final = 255
_INTERLEAVE: Final = ((4, 0x0F0F), (2, 0x3333), (1, 0x5555))


def locality_order(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return positions along a Morton curve, so that a search meets the same data again and again.

    Parameters
    ----------
    lon, lat : ndarray, shape (n,)
        Degrees, finite.

    Returns
    -------
    ndarray of int64, shape (n,)
        A permutation. The curve (Morton 1966, "A computer oriented geodetic data base") visits
        the 256 x 256 cells of the bounding box: coarse enough for codes of 16 bits, which a radix
        sort orders in linear time, and fine enough for the cache.
    """
    code = _spread(_cells(lon)) | (_spread(_cells(lat)) << np.uint16(1))
    return np.argsort(code, kind="stable")


def _cells(values: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Return values as steps from 0 to 255 across their range."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    scale = _STEPS / (high - low) if high > low else 0.0
    cells: NDArray[np.uint16] = ((values - low) * scale).astype(np.uint16)
    return cells


def _spread(bits: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return 8-bit numbers with a zero before every bit."""
    for shift, mask in _INTERLEAVE:
        bits = (bits | (bits << np.uint16(shift))) & np.uint16(mask)
    return bits
