"""A small list as an office has it, for the pictures of the import: an Excel sheet in VN-2000.

The villages are invented. Three rows are at fault: a word nobody knows, a number in words, and a
position in another province.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import openpyxl
from pyproj import Transformer

TITLE: Final = "DANH SÁCH THÔN CHƯA CÓ CÁP QUANG, HUYỆN BÁT XÁT"
HEADINGS: Final = (
    "STT", "Tên thôn, bản", "Xã", "Huyện", "Số hộ", "Số khẩu", "Điện lưới", "Sóng di động",
    "Cáp quang", "Ngày khảo sát", "Toạ độ VN-2000 / X", "Toạ độ VN-2000 / Y",
)  # fmt: skip
SURVEYED: Final = date(2024, 6, 30)
_VILLAGES: Final = (
    ("Thôn Phìn Hồ", 45, 210, "Có", "4G", "Chưa", 103.62, 22.63),
    ("Thôn Lao Chải", 60, 300, "Có", "Trắng sóng", "Chưa", 103.60, 22.66),
    ("Bản Mới", 38, 170, "mai mốt", "Lõm sóng", "Có", 103.63, 22.61),
    ("Thôn Sim San", "bốn mươi", 200, "Chưa", "4G", "Chưa", 103.58, 22.64),
    ("Thôn Choản Thèn", 51, 240, "Có", "4G", "Chưa", 105.90, 21.00),
    ("Thôn Mò Phú Chải", 41, 205, "Có", "2G", "Chưa", 103.61, 22.65),
)


def write_example(folder: Path) -> Path:
    """Write the workbook and return its path: X is the northing, as Vietnamese surveyors have it.

    The zone is that of Lào Cai (EPSG:9208), which the file does not say.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    if sheet is None:
        raise TypeError(book)
    sheet.append([TITLE])
    sheet.append(list(HEADINGS))
    project = Transformer.from_crs("EPSG:4326", "EPSG:9208", always_xy=True)
    for number, (name, *figures, lon, lat) in enumerate(_VILLAGES, start=1):
        east, north = project.transform(lon, lat)
        place = (round(north, 2), round(east, 2))
        sheet.append([number, name, "Y Tý", "Bát Xát", *figures, SURVEYED, *place])
    path = folder / "danh-sach-bat-xat.xlsx"
    book.save(path)
    return path
