"""What need not be decided: sites and villages that leave a covering question without a trace.

A site whose villages another, no dearer site reaches as well is never needed. A village that is
reached whenever another one is asks for nothing. A village with one site left decides that site.
Each finding makes room for others, so they are repeated until nothing changes (Garfinkel and
Nemhauser 1972, *Integer Programming*, chapter 8).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from planning.columns import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """What is left to decide.

    Attributes
    ----------
    sites, villages : ndarray of int
        Undecided sites, and villages still to be reached by one of them; ascending.
    taken : ndarray of int
        Sites that belong to a cheapest plan in any case; ascending.
    """

    sites: IntArray
    villages: IntArray
    taken: IntArray


def reduce_cover(covers: BoolArray, costs: FloatArray) -> Kernel:
    """Shrink the question which sites reach every village at least cost.

    Parameters
    ----------
    covers : ndarray of bool, shape (s, v)
        Every village has a site.
    costs : ndarray of float, shape (s,)

    Returns
    -------
    Kernel
        A cheapest cover of its villages by its sites, with ``taken``, is a cheapest cover of all.
    """
    sites, villages = np.arange(covers.shape[0]), np.arange(covers.shape[1])
    taken: list[IntArray] = []
    while True:
        before = (len(sites), len(villages))
        part = covers[np.ix_(sites, villages)]
        sites = sites[~dominated_sites(part, costs[sites])]
        part = covers[np.ix_(sites, villages)]
        villages = villages[~_easier_villages(part)]
        part = covers[np.ix_(sites, villages)]
        only = np.flatnonzero(part[:, part.sum(axis=0) == 1].any(axis=1))
        if only.size:
            taken.append(sites[only])
            villages = villages[~part[only].any(axis=0)]
            sites = np.delete(sites, only)
        if (len(sites), len(villages)) == before:
            return Kernel(sites, villages, np.sort(np.concatenate([*taken, sites[:0]])))


def dominated_sites(covers: BoolArray, costs: FloatArray) -> BoolArray:
    """Tell which sites are never needed: they reach nothing, or no more than one no dearer.

    Parameters
    ----------
    covers : ndarray of bool, shape (s, v)
    costs : ndarray of float, shape (s,)

    Returns
    -------
    ndarray of bool, shape (s,)
        Of equal sites the first one stays.
    """
    reached = covers.sum(axis=1)
    rank = np.empty(len(costs), dtype=np.int64)
    rank[np.lexsort((np.arange(len(costs)), -reached, costs))] = np.arange(len(costs))
    # Only the cheapest of equal sets are compared: thousands of sites over one village are alike.
    different = _best_of_equals(covers, rank)
    dominated = np.ones(len(costs), dtype=np.bool_)
    dominated[different] = reached[different] == 0
    kept = csr_array(covers[different].astype(np.int32))
    shared = coo_array(kept @ kept.T)
    one, other = different[shared.row], different[shared.col]
    inside = (shared.data == reached[one]) & (rank[other] < rank[one])
    dominated[one[inside]] = True
    return dominated


def merge_villages(covers: BoolArray, weights: FloatArray) -> tuple[BoolArray, FloatArray]:
    """Return villages with the same sites as one, their weights summed.

    Parameters
    ----------
    covers : ndarray of bool, shape (s, v)
    weights : ndarray of float, shape (v,)

    Returns
    -------
    tuple of ndarray
        ``(s, w)`` and ``(w,)``; villages without a site or a weight are left out.
    """
    counted = covers.any(axis=0) & (weights > 0)
    kept = covers[:, counted]
    if not kept.shape[1]:
        return kept, weights[counted]
    _, first, group = np.unique(np.packbits(kept, axis=0), axis=1, return_index=True,
                                return_inverse=True)  # fmt: skip
    merged = np.zeros(len(first))
    np.add.at(merged, group.ravel(), weights[counted])
    return kept[:, first], merged


def split_parts(covers: BoolArray) -> list[tuple[IntArray, IntArray]]:
    """Return groups of sites and villages that have nothing to do with each other.

    Parameters
    ----------
    covers : ndarray of bool, shape (s, v)

    Returns
    -------
    list of tuple of ndarray of int
        Sites and villages of each group with a village, in order of its first village.
    """
    n_sites, n_villages = covers.shape
    if not n_villages:
        return []
    site, village = covers.nonzero()
    graph = coo_array(
        (np.ones(len(site), dtype=np.int8), (site, n_sites + village)),
        shape=(n_sites + n_villages, n_sites + n_villages),
    )
    _, label = connected_components(graph, directed=False)
    _, first = np.unique(label[n_sites:], return_index=True)
    return [
        (
            np.flatnonzero(label[:n_sites] == label[n_sites + at]),
            np.flatnonzero(label[n_sites:] == label[n_sites + at]),
        )
        for at in np.sort(first)
    ]


def _best_of_equals(covers: BoolArray, rank: IntArray) -> IntArray:
    """Return the best-ranked site of each different set of villages, ascending."""
    if not covers.size:
        return np.arange(len(covers))
    order = np.argsort(rank)
    _, first = np.unique(np.packbits(covers[order], axis=1), axis=0, return_index=True)
    return np.sort(order[first])


def _easier_villages(covers: BoolArray) -> BoolArray:
    """Tell which villages are reached whenever another one is; of equal ones the first stays."""
    sites = covers.sum(axis=0)
    columns = csr_array(covers.astype(np.int32))
    shared = coo_array(columns.T @ columns)
    stricter = (shared.data == sites[shared.col]) & (
        (sites[shared.col] < sites[shared.row]) | (shared.col < shared.row)
    )
    easier = np.zeros(covers.shape[1], dtype=np.bool_)
    easier[shared.row[stricter]] = True
    return easier
