"""A list in a legacy font: asked about, then decoded whole, whatever its cells look like."""

import json
from pathlib import Path

import openpyxl

from geo.intake.sandbox import read_foreign
from geo.intake.table import RawTable, ReadOptions

# "A Mú Sung" in TCVN3: 0xF3 is "ú" there and "ó" in the Western page, and both are syllables.
TCVN3 = "Tªn th«n;X·\nTh«n Ph×n Hå;A Mó Sung\nTh«n Mét;Y Tý\n"


def cells(table: RawTable) -> list[list[str]]:
    return [column.texts.tolist() for column in table.columns]


def test_a_text_file_is_decoded_to_its_last_cell(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(TCVN3.encode("latin-1"))
    asked = read_foreign(path)
    assert {fault.key for fault in asked.faults} == {"fault-legacy-text"}
    told = read_foreign(path, ReadOptions(encoding="tcvn3"))
    assert told.names == ["Tên thôn", "Xã"]
    assert cells(told) == [["Thôn Phìn Hồ", "Thôn Một"], ["A Mú Sung", "Y Tý"]]
    assert told.faults == ()


def test_in_a_workbook_a_column_of_unicode_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("STT", "Tên thôn", "Xã", "Cáp quang"), (1, "Th«n Ph×n Hå", "Bát Xát", "chưa"),
                (2, "Th«n Mét", "Mường Khương", "có")):  # fmt: skip
        sheet.append(row)
    book.save(path)
    told = read_foreign(path, ReadOptions(encoding="tcvn3"))
    assert told.names == ["STT", "Tên thôn", "Xã", "Cáp quang"]
    assert cells(told)[1:] == [
        ["Thôn Phìn Hồ", "Thôn Một"],
        ["Bát Xát", "Mường Khương"],
        ["chưa", "có"],
    ]


def test_in_a_text_file_of_unicode_a_column_of_unicode_is_left_alone(tmp_path: Path) -> None:
    # "Hòa" and "Nà Hù" are letters of the Western page too, which TCVN3 gives another meaning.
    names = [("Th«n Phï Yªn", "Nà Hù"), ("Th«n B¶n Phè", "Hòa"), ("Th«n NËm", "Lào Cai")]
    text = "\n".join(map(";".join, [("Tªn th«n", "Xã"), *names]))
    features = [
        {"type": "Feature", "properties": {"a": a, "b": b}, "geometry": None} for a, b in names
    ]
    collection = json.dumps({"type": "FeatureCollection", "features": features})
    for file, content in (("list.csv", text), ("list.geojson", collection)):
        path = tmp_path / file
        path.write_text(content, encoding="utf-8")
        told = read_foreign(path, ReadOptions(encoding="tcvn3"))
        assert cells(told) == [
            ["Thôn Phù Yên", "Thôn Bản Phố", "Thôn Nậm"],
            ["Nà Hù", "Hòa", "Lào Cai"],
        ]
