"""The rows set aside: as the file has them, with what is wrong, to be mended and taken in again."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd

from geo.register.words import cell_texts
from geo.text_workbook import text_workbook
from i18n import Translator
from i18n.refusals import say_fault
from planning.errors import Severity
from planning.vocabulary import PositionBasis
from services.intake import Understanding


def set_aside_workbook(understood: Understanding, words: Translator) -> bytes:
    """Return the rows at fault as XLSX: their own cells, and a last column that says the faults.

    The heading is that of the file, so that the mended sheet can be imported over the register. A
    map file's points become two columns of degrees (EPSG:4326), empty where they are not usable.
    """
    draft = understood.draft
    at = np.flatnonzero(draft.faulty)
    said: defaultdict[int, list[str]] = defaultdict(list)
    for fault in draft.faults:
        if fault.row is not None and fault.severity is Severity.ERROR:
            said[fault.row].append(say_fault(fault, words))
    columns = [cell_texts(column).iloc[at].tolist() for column in draft.raw.columns]
    places = [] if draft.raw.geometry is None else _degrees(draft.located.frame.iloc[at])
    headings = [account.label for account in draft.cells.accounts]
    rows = [
        [
            *(None if cell != cell else cell for cell in cells),  # noqa: PLR0124 (NaN)
            "\n".join(said[int(draft.raw.rows[i])]),
        ]
        for i, *cells in zip(at, *columns, *places, strict=True)
    ]
    axes = [words(f"field-{axis}") for axis in ("longitude", "latitude")] if places else []
    return text_workbook([*headings, *axes, words("report-sentence")], rows)


def _degrees(located: pd.DataFrame) -> list[list[float | None]]:
    """Return longitudes and latitudes, empty where only the commune's centre is known."""
    own = (located["position_basis"] != PositionBasis.COMMUNE_CENTRE) & located["lon"].notna()
    return [
        [
            round(degrees, 7) if kept else None
            for degrees, kept in zip(located[axis], own, strict=True)
        ]
        for axis in ("lon", "lat")
    ]
