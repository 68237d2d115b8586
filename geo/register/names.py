"""What can be wrong with the names of villages: none, or a paragraph."""

from __future__ import annotations

from typing import Final

import numpy as np

from geo.register.cells import Cells
from planning.columns import IntArray
from planning.errors import Fault, Severity

LONGEST_NAME: Final = 150
"""Characters beyond which a name is probably the text of another column."""


def find_name_faults(cells: Cells, rows: IntArray) -> list[Fault]:
    """List what is wrong with the names.

    Parameters
    ----------
    cells : Cells
    rows : ndarray of int, shape (n,)

    Returns
    -------
    list of Fault
        An error if no column holds names, and for each row without one; a warning for each name
        longer than :data:`LONGEST_NAME`.
    """
    names = cells.by_field.get("name")
    if names is None:
        return [Fault("fault-no-name-column", remedy="remedy-no-name-column")]
    heading = cells.heading("name")
    missing = [
        Fault(
            "fault-no-name",
            int(rows[i]),
            heading,
            expected="expected-text",
            remedy="remedy-no-name",
        )
        for i in np.flatnonzero(names.isna().to_numpy())
    ]
    length = names.str.len().fillna(0).to_numpy(dtype=np.int64)
    long = [
        Fault(
            "fault-name-long",
            int(rows[i]),
            heading,
            str(names.iloc[i])[:40],
            values={"length": int(length[i]), "most": LONGEST_NAME},
            severity=Severity.WARNING,
            remedy="remedy-name-long",
        )
        for i in np.flatnonzero(length > LONGEST_NAME)
    ]
    return [*missing, *long]
