"""MapInfo tables in an archive; nothing of a header but what was understood goes further."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.intake.mapinfo import read_mapinfo
from geo.intake.tab_header import read_tab_header, write_tab_header
from geo.intake.table import RawTable, ReadOptions
from planning.errors import DataError
from tests.unit.geo.intake.archive_building import zipped

NONE = ReadOptions()


def read(folder: Path, files: dict[str, bytes], options: ReadOptions = NONE) -> RawTable:
    path = folder / "thon.zip"
    path.write_bytes(zipped(files))
    return read_mapinfo(path, options)


def written(folder: Path, crs: str = "EPSG:4326", **columns: Any) -> dict[str, bytes]:
    """Write a table with GDAL and return its files."""
    count = len(next(iter(columns.values())))
    points = shapely.points(np.linspace(103.5, 104, count), np.full(count, 22.25))
    frame = gpd.GeoDataFrame(columns, geometry=points, crs=crs)
    frame.to_file(folder / "thon.tab", driver="MapInfo File")
    return {path.name: path.read_bytes() for path in folder.glob("thon.*") if path.suffix != ".zip"}


def test_every_type_comes_back(tmp_path: Path) -> None:
    files = written(
        tmp_path,
        TEN=["Nam Chay", "Ban Pho"],
        SO_HO=[41, 12],
        TY_LE=[99.5, 12.25],
        NGAY=pd.to_datetime(pd.Series(["2024-03-14", None])),
        DIEN=[True, False],
    )
    table = read(tmp_path, files)
    assert table.names == ["TEN", "SO_HO", "TY_LE", "NGAY", "DIEN"]
    name, households, share, day, grid = table.columns
    assert name.texts.tolist() == ["Nam Chay", "Ban Pho"]
    assert households.numbers is not None
    assert households.numbers.tolist() == [41, 12]
    assert share.numbers is not None
    assert share.numbers.tolist() == [99.5, 12.25]
    assert day.days is not None
    assert day.days.astype(str).tolist() == ["2024-03-14T00:00:00", "NaT"]
    assert grid.texts.tolist() == ["TRUE", "FALSE"]
    assert table.geometry is not None
    np.testing.assert_allclose(
        shapely.get_coordinates(table.geometry), [[103.5, 22.25], [104, 22.25]], atol=1e-6
    )
    assert table.crs_wkt == "EPSG:4326"
    assert table.faults == ()


def test_texts_are_decoded_by_the_page_the_table_names(tmp_path: Path) -> None:
    coded = "Ba\u0309n".encode("cp1258")
    files = written(tmp_path, TEN=["Baxn", "Nam"])
    files["thon.dat"] = files["thon.dat"].replace(b"Baxn", coded)
    files["thon.tab"] = files["thon.tab"].replace(b"Neutral", b"WindowsVietnamese")
    table = read(tmp_path, files)
    assert table.columns[0].texts.tolist() == ["Bản", "Nam"]
    assert table.encoding == "cp1258"
    assert table.faults == ()


def test_zeros_are_reported_since_the_format_has_no_missing_number(tmp_path: Path) -> None:
    faults = read(tmp_path, written(tmp_path, SO_HO=[0, 0, 5], N=[1, 2, 3])).faults
    assert [(fault.key, fault.column, fault.values) for fault in faults] == [
        ("fault-intake-map-zeros", "SO_HO", {"count": 2})
    ]


def test_a_table_without_map_is_a_plain_table(tmp_path: Path) -> None:
    files = written(tmp_path, TEN=["a", "b"])
    table = read(tmp_path, {name: files[name] for name in ("thon.tab", "thon.dat")})
    assert table.columns[0].texts.tolist() == ["a", "b"]
    assert table.geometry is None or all(shape is None for shape in table.geometry)


def test_the_header_handed_on_holds_nothing_of_the_file_but_types() -> None:
    text = (
        "!table\n!version 900\n!charset WindowsVietnamese\n\nDefinition Table\n"
        '  Type NATIVE Charset "WindowsVietnamese"\n  Fields 2\n'
        "    Tên_thôn Char (40) Index 1 ;\n    Số_hộ Decimal (9, 2) ;\n"
        'begin_metadata\n"\\IsReadOnly" = "FALSE"\nend_metadata\n'
    )
    header = read_tab_header(text.encode("latin-1", "ignore"), "x")
    assert header.charset == "WindowsVietnamese"
    lines = write_tab_header(header).decode("ascii").splitlines()
    assert lines[-2:] == ["    f0 Char (40) ;", "    f1 Decimal (9, 2) ;"]
    assert all("Vietnamese" not in line for line in lines)


@pytest.mark.parametrize(
    "line",
    [
        'File "/etc/passwd"',
        'File "other.tab"',
        "create view x as Select * From y",
        "Open Table a",
        "x",
    ],
)
def test_a_line_that_points_elsewhere_is_refused_and_quoted(line: str, tmp_path: Path) -> None:
    files = written(tmp_path, TEN=["a"])
    files["thon.tab"] = files["thon.tab"].replace(b"  Type", line.encode() + b"\n  Type")
    with pytest.raises(DataError) as refused:
        read(tmp_path, files)
    assert refused.value.key == "error-intake-map-tab"
    assert refused.value.values == {"file": "thon.zip", "got": line}


def test_counts_that_the_files_do_not_bear_out_are_refused(tmp_path: Path) -> None:
    files = written(tmp_path, TEN=["a", "b"])
    short_index = files | {"thon.id": files["thon.id"][:4]}
    far_index = files | {"thon.id": b"\xff\xff\xff\x7f" * 2}
    many = files | {"thon.dat": files["thon.dat"][:4] + b"\xff" * 4 + files["thon.dat"][8:]}
    for damaged in (short_index, far_index, many):
        with pytest.raises(DataError) as refused:
            read(tmp_path, damaged)
        assert refused.value.key == "error-intake-map-tab-damaged"
