"""One small sound file of each format, with the same two villages."""

from __future__ import annotations

import io
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import xlwt

from tests.unit.geo.intake.archive_building import (
    HEADING,
    ODS_ROWS,
    ods,
    ods_row,
    sheet_rows,
    xlsx,
    zipped,
)

_ROWS = (
    ("1", "Nậm Chảy", "Y Tý", "30"),
    ("2", "Bản Phố", "Y Tý", "41"),
    ("3", "Lùng Phình", "Bắc Hà", "22"),
)
_KML = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    "<Folder><name>Thôn</name>{}</Folder></Document></kml>"
)
_PLACEMARK = (
    '<Placemark><name>{1}</name><ExtendedData><Data name="Xã"><value>{2}</value></Data>'
    '<Data name="Số hộ"><value>{3}</value></Data></ExtendedData>'
    "<Point><coordinates>103.{0},22.{0},0</coordinates></Point></Placemark>"
)


def sound_file(kind: str) -> bytes:
    """Return the content of a sound file.

    Parameters
    ----------
    kind : str
        A key of :data:`geo.intake.formats.SUFFIXES`.
    """
    return _MAKERS[kind]()


def _csv() -> bytes:
    return "\n".join(";".join(row) for row in (HEADING, *_ROWS)).encode("utf-8-sig")


def _xlsx() -> bytes:
    merges = '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'
    numbers = '<row r="5"><c r="A5"><v>4</v></c><c r="D5"><v>12.5</v></c></row>'
    return xlsx(sheet_rows(HEADING, *_ROWS) + numbers, after=merges)


def _ods() -> bytes:
    return ods(ODS_ROWS + ods_row("3", "Lùng Phình", "Bắc Hà", "22", repeated=2))


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Thôn")
    for row, texts in enumerate((HEADING, *_ROWS)):
        for column, text in enumerate(texts):
            sheet.write(row, column, int(text) if text.isdigit() else text)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _kml() -> bytes:
    return _KML.format("".join(_PLACEMARK.format(*row) for row in _ROWS)).encode()


def _kmz() -> bytes:
    return zipped({"doc.kml": _kml()})


def _written(driver: str, name: str) -> dict[str, bytes]:
    """Write the villages with a GDAL driver and return its files by name."""
    import geopandas as gpd  # noqa: PLC0415  (only the map formats need it)

    frame = gpd.GeoDataFrame(
        {"ten": [row[1] for row in _ROWS], "so_ho": [int(row[3]) for row in _ROWS]},
        geometry=gpd.points_from_xy([103.6, 103.7, 104.3], [22.6, 22.5, 22.5]),
        crs="EPSG:4326",
    )
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        target = Path(folder) / name
        if driver == "Parquet":
            frame.to_parquet(target)
        else:
            frame.to_file(target, driver=driver, engine="pyogrio")
        return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def _archived(driver: str, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in _written(driver, name).items():
            archive.writestr(member, content)
    return buffer.getvalue()


_MAKERS: Mapping[str, Callable[[], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "xls": _xls,
    "ods": _ods,
    "kml": _kml,
    "kmz": _kmz,
    "geojson": lambda: _written("GeoJSON", "thon.geojson")["thon.geojson"],
    "gpkg": lambda: _written("GPKG", "thon.gpkg")["thon.gpkg"],
    "parquet": lambda: _written("Parquet", "thon.parquet")["thon.parquet"],
    "shp": lambda: _archived("ESRI Shapefile", "thon.shp"),
    "tab": lambda: _archived("MapInfo File", "thon.tab"),
}
