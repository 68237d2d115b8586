"""However many faults a list has, each row at fault is known as one."""

from collections import Counter
from datetime import date

import numpy as np
import pandas as pd

from geo.intake.table import RawColumn, RawTable
from geo.register.choices import Choices
from geo.register.draft import RegisterDraft, draft_register
from geo.register.gazetteer import Gazetteer
from geo.register.words import MOST_SUGGESTIONS

COUNT = 1500
NAMES = [f"Thôn {number}" for number in range(COUNT)]


def drafted(**columns: list[str]) -> RegisterDraft:
    headings = {"name": "Tên thôn", "village_id": "Mã thôn", "power": "Điện lưới"}
    raw = RawTable(
        columns=tuple(
            RawColumn(headings[name], pd.Series(cells, dtype="str"))
            for name, cells in columns.items()
        ),
        rows=np.arange(2, COUNT + 2, dtype=np.int64),
    )
    return draft_register(raw, Choices(), Gazetteer.empty(), today=date(2026, 1, 1))


def test_rows_that_share_a_key_are_all_at_fault() -> None:
    draft = drafted(name=NAMES, village_id=["LC-1"] * COUNT)
    assert Counter(f.column for f in draft.errors if f.row)["Mã thôn"] == COUNT
    assert bool(draft.faulty.all())


def test_every_strange_word_is_a_fault_and_the_first_ones_come_with_a_proposal() -> None:
    draft = drafted(name=NAMES, power=["Có", *["Chưa cóo"] * (COUNT - 1)])
    faults = [f for f in draft.errors if f.column == "Điện lưới"]
    assert len(faults) == COUNT - 1
    assert {f.values["suggestion"] for f in faults} == {"Chưa có"}

    different = [f"Chưa có {number:04}" for number in range(COUNT)]
    proposed = [
        f.values["suggestion"]
        for f in drafted(name=NAMES, power=different).errors
        if f.column == "Điện lưới"
    ]
    assert len(proposed) == COUNT
    assert set(proposed[MOST_SUGGESTIONS:]) == {"–"}
