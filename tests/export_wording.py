"""The words of an export file, for every test that writes one."""

from __future__ import annotations

from typing import Final

from geo.export import Wording

WORDING: Final = Wording(
    list_sheet="Danh sách",
    notes_sheet="Ghi chú",
    legend="Chú giải",
    columns="Giải thích cột",
    heading="Cột",
    key="Tên cố định",
    meaning="Ý nghĩa",
    choices="Giá trị được chọn",
    choose="Hãy chọn một giá trị trong danh sách.",
    field="Tên trường",
    cut="Số giá trị bị cắt",
    longitude="Kinh độ",
    latitude="Vĩ độ",
    map_class="Nhóm",
    yes="Có",
    no="Không",
    data_status="Tình trạng dữ liệu",
    page="Trang",
)
