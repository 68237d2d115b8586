"""A choice on the import page does not read the file again, and memory stays bounded."""

import numpy as np
import pandas as pd

from geo.intake.table import RawColumn, RawTable, ReadOptions
from ui.recent_tables import RecentTables


def table(rows: int) -> RawTable:
    column = RawColumn("a", pd.Series(["x"] * rows, dtype="str"))
    return RawTable((column,), np.arange(rows))


def test_the_same_file_read_the_same_way_is_read_once() -> None:
    tables, reads = RecentTables(), []

    def read() -> RawTable:
        reads.append(1)
        return table(2)

    first = tables.get("hash", ReadOptions(), read)
    assert tables.get("hash", ReadOptions(), read) is first
    tables.get("hash", ReadOptions(header_row=2), read)
    tables.get("other", ReadOptions(), read)
    assert len(reads) == 3


def test_the_tables_used_least_lately_go_first() -> None:
    tables, reads = RecentTables(), []

    def get(name: str, rows: int = 1) -> None:
        def read() -> RawTable:
            reads.append(name)
            return table(rows)

        tables.get(name, ReadOptions(), read)

    for name in "abcdefgh":
        get(name)
    get("a")
    get("i")  # the ninth: b goes, a was used since
    get("a")
    get("b")
    assert "".join(reads) == "abcdefghib"
    get("large", 500_000)  # alone it may be larger than all the others together
    get("large", 500_000)
    get("a")
    assert "".join(reads[10:]) == "largea"


def test_a_file_that_is_refused_is_not_kept() -> None:
    tables = RecentTables()

    def refuse() -> RawTable:
        raise ValueError("refused")

    for _ in range(2):
        try:
            tables.get("hash", ReadOptions(), refuse)
        except ValueError:
            continue
    assert len(tables.get("hash", ReadOptions(), lambda: table(3))) == 3
