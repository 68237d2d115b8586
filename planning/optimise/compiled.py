"""Machine code for inner loops: numba behind one typed decorator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function of arrays and numbers when it is first called.

    The machine code is kept on disk, so that only the first run on a machine waits for it. Other
    threads run meanwhile. Arithmetic is that of IEEE 754 as written: nothing is reordered, results
    are the same everywhere.

    The code on disk is renewed when the function's own module changes, not when a compiled function
    of another module that it calls does: keep compiled functions that call each other together.

    Parameters
    ----------
    function : callable
        Of NumPy arrays, tuples of them and plain numbers, within what numba understands.

    Returns
    -------
    callable
        The same function, fast.
    """
    try:
        return cast(Function, numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # nowhere on this machine may the machine code be kept
        return cast(Function, numba.njit(nogil=True)(function))
