"""What a site costs to build: the site itself and its microwave link to the network.

::

    new site      mobile_site + microwave link
    upgrade       mobile_renewed x mobile_site        (radio and antennas on a standing mast)
    link          microwave_radios + dishes by length + spectrum

Prices are those of :class:`planning.costs.CostBook` with its sources; a link beyond the longest
dish has no price and the site cannot be built.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from planning.columns import BoolArray, FloatArray
from planning.costs import Cost, CostBook

DISHES: Final = (
    (10_000.0, Cost.MICROWAVE_DISH_10),
    (20_000.0, Cost.MICROWAVE_DISH_20),
    (30_000.0, Cost.MICROWAVE_DISH_30),
    (40_000.0, Cost.MICROWAVE_DISH_40),
)
"""Longest link in metres each pair of dishes serves (github.com/edwardoughton/e3nb,
``scripts/inputs.py``)."""


def price_sites_vnd(book: CostBook, standing: BoolArray, backhaul_m: FloatArray) -> FloatArray:
    """Return what each candidate site costs to build.

    Parameters
    ----------
    book : CostBook
    standing : ndarray of bool, shape (s,)
        Whether a mast with its link stands there already, so that only radio and antennas are
        bought.
    backhaul_m : ndarray of float, shape (s,)
        Length of the microwave link, metres; NaN or infinite where there is none. Not looked at
        where a mast is standing.

    Returns
    -------
    ndarray of float, shape (s,)
        VND; infinite where a new site cannot be linked.
    """
    site = book.vnd(Cost.MOBILE_SITE)
    upgrade = site * book.value(Cost.MOBILE_RENEWED)
    return np.where(standing, upgrade, site + price_links_vnd(book, backhaul_m))


def price_links_vnd(book: CostBook, length_m: FloatArray) -> FloatArray:
    """Return what microwave links cost to set up.

    Parameters
    ----------
    book : CostBook
    length_m : ndarray of float, shape (n,)
        Metres.

    Returns
    -------
    ndarray of float, shape (n,)
        VND; infinite for links longer than the longest dish serves, and where the length is NaN.
    """
    radios = book.vnd(Cost.MICROWAVE_RADIOS) + book.vnd(Cost.MICROWAVE_SPECTRUM)
    reach = np.array([limit for limit, _ in DISHES])
    prices = np.array([*(radios + book.vnd(dish) for _, dish in DISHES), np.inf])
    # NaN sorts beyond the longest dish, as it should.
    return np.asarray(prices[np.searchsorted(reach, length_m)])
