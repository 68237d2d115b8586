"""A village list as an office would write it, generated: the same every time.

Places, codes and centres are the communes of the shipped province; names, figures, states and
positions are drawn at random and describe no village.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

COMMUNES: Final = Path(__file__).resolve().parents[1] / "data" / "communes.csv"

NAME: Final = "Thôn, bản, tổ dân phố"
LONGITUDE: Final = "Kinh độ"
LATITUDE: Final = "Vĩ độ"

SHORT: Final = {
    "Mã thôn": "ID", "Thôn, bản, tổ dân phố": "THON", "Loại": "LOAI", "Mã xã cũ": "MAXA_CU",
    "Xã cũ": "XA_CU", "Mã huyện": "MA_HUYEN", "Huyện": "HUYEN", "Mã xã mới": "MAXA_MOI",
    "Xã mới": "XA_MOI", "Số hộ": "SO_HO", "Số khẩu": "SO_KHAU", "Hộ DTTS": "HO_DTTS",
    "Tỷ lệ DTTS": "TYLE_DTTS", "Dân tộc chủ yếu": "DAN_TOC", "Hộ nghèo": "HO_NGHEO",
    "Hộ cận nghèo": "CAN_NGHEO", "Khu vực": "KHU_VUC", "Thôn ĐBKK": "DBKK",
    "Biên giới": "BIEN_GIOI", "Điện lưới": "DIEN_LUOI", "Di động": "DI_DONG",
    "Cố định": "CO_DINH", "Ngày cập nhật": "NGAY", "Độ cao (m)": "DO_CAO",
    "K/c tới trung tâm xã (km)": "KC_XA", "Doanh nghiệp": "DN", "Ghi chú": "GHI_CHU",
}  # fmt: skip
"""Headings of the list, and names of no more than ten letters for a Shapefile."""

_FIRST: Final = (
    "Nậm", "Phìn", "Lao", "Tả", "Séo", "Sín", "Lùng", "Mường", "Bản", "Cốc", "Khu", "Láo", "Ngải",
    "Sử", "Trung", "Hồng", "Tân", "Vĩnh", "Thượng", "Hạ", "Pờ", "Dền", "Suối", "Khe", "Làng",
    "Đồng", "Kim", "Phú", "Xuân", "Quang", "Choản", "Ma", "Gia", "Hầu", "Tùng", "Pù",
)  # fmt: skip
_SECOND: Final = (
    "Pung", "Hồ", "Chải", "Thàng", "Cài", "Phình", "Sán", "Vai", "Khoang", "Lầu", "Giàng", "Tủng",
    "Mả", "Sung", "Thên", "Tiến", "Lập", "Thịnh", "Sơn", "Hà", "Mơ", "Lếch", "Cù", "Bay", "Ngán",
    "Vàng", "Dao", "Bát", "Xa", "Túc", "Mần", "Phàn", "Củi", "Hẻo", "Nhai", "Trại",
)  # fmt: skip
_NOTES: Final = (
    None, None, None, "Đường đất, mùa mưa khó đi", "Có nhà văn hoá", "Mới sáp nhập 2 thôn",
    "Điểm trường cách 1,5 km", "Chờ kéo điện",
)  # fmt: skip
_GROUPS: Final = ("Kinh", "Mông", "Tày", "Dao", "Giáy", "Nùng", "Hà Nhì", "Phù Lá")
_SPREAD_DEGREES: Final = 0.006


def office_list(count: int) -> gpd.GeoDataFrame:
    """Return a list of ``count`` villages with the headings of :data:`SHORT`, EPSG:4326."""
    rng = np.random.default_rng(count)
    communes = pd.read_csv(COMMUNES, dtype="str").dropna(subset=["lon", "lat"])
    at = np.sort(rng.integers(0, len(communes), count)).astype(np.int64)
    place = communes.iloc[at].reset_index(drop=True)
    in_commune = pd.Series(at).groupby(at).cumcount().to_numpy().astype(np.int64)
    is_ward = place["commune_type"].isin(["Phường", "Thị trấn"]).to_numpy()
    households = np.clip(rng.lognormal(4.4, 0.45, count).round(), 15, 480).astype(np.int64)
    people = (households * rng.normal(4.6, 0.25, count)).round().astype(np.int64)
    minority = (households * rng.beta(2.0, 0.7, count)).astype(np.int64)
    poor = (households * rng.beta(1.5, 5.0, count) * 0.7).astype(np.int64)
    table = pd.DataFrame(
        {
            "Mã thôn": place["commune_code"] + "-" + pd.Series(in_commune + 1).map("{:04d}".format),
            NAME: _names(rng, in_commune, is_ward),
            "Loại": np.where(is_ward, "Tổ dân phố", "Thôn"),
            "Mã xã cũ": place["commune_code"],
            "Xã cũ": place["commune"],
            "Mã huyện": place["district_code"],
            "Huyện": place["district"],
            "Mã xã mới": place["unit_code"],
            "Xã mới": place["unit"],
            "Số hộ": households,
            "Số khẩu": people,
            "Hộ DTTS": minority,
            "Tỷ lệ DTTS": (100.0 * minority / households).round(1),
            "Dân tộc chủ yếu": rng.choice(_GROUPS, count),
            "Hộ nghèo": poor,
            "Hộ cận nghèo": ((households - poor) * rng.beta(1.5, 8.0, count)).astype(np.int64),
            "Khu vực": place["area_class"],
            "Thôn ĐBKK": _chosen(rng, count, {"Có": 0.4, "Không": 0.6}),
            "Biên giới": np.where(place["border"] == "true", "Có", "Không"),
            "Điện lưới": _chosen(rng, count, {"Có": 0.93, "Chưa": 0.05, "Đang kéo điện": 0.02}),
            "Di động": _chosen(
                rng, count, {"3G/4G": 0.9, "Chỉ có 2G": 0.04, "Lõm sóng": 0.03, "Trắng sóng": 0.03}
            ),
            "Cố định": _chosen(rng, count, {"Cáp quang": 0.7, "Chưa có": 0.3}),
            "Ngày cập nhật": pd.Timestamp("2025-01-06")
            + pd.to_timedelta(rng.integers(0, 90, count), unit="D"),
            "Độ cao (m)": np.clip(rng.normal(800.0, 300.0, count).round(), 80, 2400),
            "K/c tới trung tâm xã (km)": rng.gamma(2.0, 2.5, count).round(1),
            "Doanh nghiệp": _chosen(rng, count, {"VNPT": 0.4, "Viettel": 0.5, "MobiFone": 0.1}),
            "Ghi chú": pd.Series(rng.choice(np.array(_NOTES, dtype=object), count), dtype="str"),
        }
    )
    lon, lat = (
        place[axis].to_numpy(dtype=np.float64) + rng.normal(0.0, _SPREAD_DEGREES, count)
        for axis in ("lon", "lat")
    )
    points = gpd.points_from_xy(lon.round(6), lat.round(6), crs="EPSG:4326")
    return gpd.GeoDataFrame(table, geometry=points)


def write_list(villages: gpd.GeoDataFrame, path: Path) -> None:
    """Write a list in the format of a path's suffix, by pandas and geopandas alone."""
    flat = pd.DataFrame(villages.drop(columns="geometry"))
    flat[LONGITUDE], flat[LATITUDE] = villages.geometry.x, villages.geometry.y
    match path.suffix:
        case ".csv":
            as_written = flat.assign(**{"Ngày cập nhật": _day_first(villages)})
            as_written.to_csv(path, index=False, encoding="utf-8-sig", sep=";")
        case ".xlsx":
            flat.to_excel(path, index=False, sheet_name="Thôn", engine="openpyxl")
        case ".parquet":
            villages.to_parquet(path)
        case ".zip":
            named = villages.rename(columns=SHORT)
            named.to_file(path, driver="ESRI Shapefile", encoding="utf-8")
        case ".kml":
            named = villages.assign(**{"Ngày cập nhật": _day_first(villages)})
            named.to_file(path, driver="KML")
        case _:
            villages.to_file(path, engine="pyogrio")


def _day_first(villages: gpd.GeoDataFrame) -> pd.Series[str]:
    days: pd.Series = villages["Ngày cập nhật"]
    if not pd.api.types.is_datetime64_any_dtype(days):
        return days
    written: pd.Series[str] = days.dt.strftime("%d/%m/%Y")
    return written


def _names(
    rng: np.random.Generator, in_commune: NDArray[np.int64], is_ward: NDArray[np.bool_]
) -> pd.Series[str]:
    """Return names, each once in its commune: two syllables, and a number where they run out."""
    order = rng.permutation(len(_FIRST) * len(_SECOND))
    pair = order[in_commune % len(order)]
    number = in_commune // len(order)
    return pd.Series(
        [
            f"Tổ dân phố {i + 1}"
            if ward
            else f"Thôn {_FIRST[p // len(_SECOND)]} {_SECOND[p % len(_SECOND)]}"
            + (f" {n + 1}" if n else "")
            for i, p, n, ward in zip(
                in_commune.tolist(), pair.tolist(), number.tolist(), is_ward.tolist(), strict=True
            )
        ],
        dtype="str",
    )


def _chosen(rng: np.random.Generator, count: int, shares: dict[str, float]) -> NDArray[np.object_]:
    words: NDArray[np.object_] = np.array(list(shares), dtype=object)
    return words[rng.choice(len(words), count, p=list(shares.values()))]
