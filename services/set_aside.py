"""The rows set aside: as the file has them, with what is wrong, to be mended and taken in again."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from geo.register.words import cell_texts
from geo.text_workbook import text_workbook
from i18n import Translator
from i18n.refusals import say_fault
from planning.errors import Severity
from services.intake import Understanding


def set_aside_workbook(understood: Understanding, words: Translator) -> bytes:
    """Return the rows at fault as XLSX: their own cells, and a last column that says the faults.

    The heading is that of the file, so that the mended sheet can be imported over the register.
    """
    draft = understood.draft
    at = np.flatnonzero(draft.faulty)
    said: defaultdict[int, list[str]] = defaultdict(list)
    for fault in draft.faults:
        if fault.row is not None and fault.severity is Severity.ERROR:
            said[fault.row].append(say_fault(fault, words))
    columns = [cell_texts(column).iloc[at].tolist() for column in draft.raw.columns]
    places = [] if draft.raw.geometry is None else [draft.raw.geometry[at].tolist()]
    headings = [account.label for account in draft.cells.accounts]
    rows = [
        [
            *(None if cell != cell else cell for cell in cells),  # noqa: PLR0124 (NaN)
            "\n".join(said[int(draft.raw.rows[i])]),
        ]
        for i, *cells in zip(at, *columns, *([str(p) for p in pl] for pl in places), strict=True)
    ]
    shape = ["WKT"] if places else []
    return text_workbook([*headings, *shape, words("report-sentence")], rows)
