"""A cell longer than anybody writes is refused, whatever kind of file it stands in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from geo.intake.child import read_source
from geo.intake.limits import MAX_CELL_LENGTH
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError
from tests.unit.geo.intake.archive_building import ods, ods_row, xlsx
from tests.unit.geo.intake.map_building import collection, feature, geopackage, parquet

_MARK = "<Placemark><name>{}</name></Placemark>"

MAKERS: dict[str, Callable[[str], bytes]] = {
    ".csv": lambda text: f"STT,Thôn\n1,{text}\n2,b\n".encode(),
    ".xlsx": lambda text: xlsx(
        '<row r="1"><c r="A1" t="str"><v>STT</v></c><c r="B1" t="str"><v>Thôn</v></c></row>'
        f'<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>{text}</v></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="str"><v>b</v></c></row>'
    ),
    ".ods": lambda text: ods(ods_row("STT", "Thôn") + ods_row("1", text) + ods_row("2", "b")),
    ".geojson": lambda text: collection(feature(ten=text)).encode(),
    ".kml": lambda text: f"<kml>{_MARK.format(text)}</kml>".encode(),
    ".gpkg": lambda text: geopackage(f"UPDATE thon SET ten = '{text}'"),
    ".parquet": lambda text: parquet(pa.table({"ten": [text]})),
}


def read(folder: Path, suffix: str, text: str) -> RawTable:
    path = folder / "source"
    path.write_bytes(MAKERS[suffix](text))
    return read_source(path, suffix, ReadOptions(), lambda *_: None)


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_cell_may_be_as_long_as_the_limit_and_no_longer(suffix: str, tmp_path: Path) -> None:
    table = read(tmp_path, suffix, "x" * MAX_CELL_LENGTH)
    texts = [text for column in table.columns for text in column.texts.dropna()]
    assert max(map(len, texts)) == MAX_CELL_LENGTH
    with pytest.raises(DataError) as refused:
        read(tmp_path, suffix, "x" * (MAX_CELL_LENGTH + 1))
    assert refused.value.key == "error-intake-cell-long"
    assert refused.value.values["limit"] == MAX_CELL_LENGTH


def test_a_heading_of_a_map_is_as_short_as_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "source"
    path.write_text(collection(feature(**{"x" * (MAX_CELL_LENGTH + 1): 1})))
    with pytest.raises(DataError) as refused:
        read_source(path, ".geojson", ReadOptions(), lambda *_: None)
    assert refused.value.key == "error-intake-cell-long"
