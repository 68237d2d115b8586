"""Open documents: what belongs to a cell and what only lies upon it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.intake.ods import read_ods
from geo.intake.table import RawTable, ReadOptions
from tests.unit.geo.intake.archive_building import HEADING, ods, ods_row

_DRAW = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
_SVG = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
_TEXT = "<text:p>Nậm Chảy</text:p>"
_OTHER = ods_row("2", "Bản Phố", "Y Tý", "41")


def read(folder: Path, rows: str) -> RawTable:
    path = folder / "thon.ods"
    path.write_bytes(ods(ods_row(*HEADING) + rows))
    return read_ods(path, ReadOptions())


def texts(table: RawTable, at: int) -> list[str | None]:
    cells = table.columns[at].texts.astype(object)
    return cells.where(cells.notna(), None).tolist()


def row(*cells: str, repeated: int = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}'
        "</table:table-row>"
    )


def cell(inner: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}>{inner}</table:table-cell>'


@pytest.mark.parametrize(
    "drawing",
    [
        f"<draw:frame {_DRAW}><draw:text-box><text:p>Hình</text:p></draw:text-box></draw:frame>",
        f"<draw:frame {_DRAW} {_SVG}><draw:image/><svg:title>Ảnh</svg:title></draw:frame>",
        f"<draw:g {_DRAW}><draw:line><text:p>1 km</text:p></draw:line></draw:g>",
        (
            f"<draw:frame {_DRAW}><draw:object><table:table><table:table-row><table:table-cell>"
            "<text:p>x</text:p></table:table-cell></table:table-row></table:table></draw:object>"
            "</draw:frame>"
        ),
    ],
)
def test_what_a_drawing_on_a_cell_says_is_not_the_cells(drawing: str, tmp_path: Path) -> None:
    cells = [cell("<text:p>1</text:p>"), cell(drawing + _TEXT), cell(_TEXT), cell(_TEXT + drawing)]
    table = read(tmp_path, row(*cells) + _OTHER)
    assert texts(table, 1) == ["Nậm Chảy", "Bản Phố"]
    assert texts(table, 3) == ["Nậm Chảy", "41"]
    assert len(table.layers) == 1


@pytest.mark.parametrize("value", ["", ' office:string-value=""'])
def test_an_error_is_cleared_and_told_wherever_it_is_repeated(value: str, tmp_path: Path) -> None:
    wrong = f'calcext:value-type="error"{value} table:number-columns-repeated="2"'
    cells = [cell("<text:p>1</text:p>"), cell(_TEXT), cell("<text:p>#N/A</text:p>", wrong)]
    table = read(tmp_path, row(*cells, repeated=2) + _OTHER)
    assert texts(table, 2) == [None, None, "Y Tý"]
    assert texts(table, 3) == [None, None, "41"]
    assert [(fault.key, fault.row, fault.column, fault.got) for fault in table.faults] == [
        ("fault-cell-error", 2, "Xã", "#N/A"),
        ("fault-cell-error", 2, "Số hộ", "#N/A"),
        ("fault-cell-error", 3, "Xã", "#N/A"),
        ("fault-cell-error", 3, "Số hộ", "#N/A"),
    ]


def test_of_very_many_errors_every_cell_is_cleared(tmp_path: Path) -> None:
    wrong = cell("<text:p>#N/A</text:p>", 'calcext:value-type="error"')
    cells = [cell("<text:p>1</text:p>"), cell(_TEXT), cell(_TEXT), wrong]
    table = read(tmp_path, row(*cells) * 1500 + _OTHER)
    assert texts(table, 3) == [None] * 1500 + ["41"]
    assert len(table.faults) == 1000
