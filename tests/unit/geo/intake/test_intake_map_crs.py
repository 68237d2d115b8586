"""A stated coordinate system passes only as a plain description."""

from __future__ import annotations

import pyproj
import pytest

from geo.intake.crs import safe_crs, safe_projjson
from tests.unit.geo.intake.map_building import GRID_WKT

SHIFTED = "+proj=tmerc +lon_0=104.75 +k=0.9999 +x_0=500000 +ellps=WGS84 +units=m +type=crs"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("EPSG:9208", "EPSG:9208"),
        ("urn:ogc:def:crs:EPSG::9208", "EPSG:9208"),
        ("urn:ogc:def:crs:EPSG:6.9:3405", "EPSG:3405"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
    ],
)
def test_codes_are_kept_as_codes(stated: str, code: str) -> None:
    assert safe_crs(stated) == code


@pytest.mark.parametrize("version", ["WKT1_GDAL", "WKT1_ESRI", "WKT2_2019"])
def test_every_spelling_of_the_zone_of_lao_cai_keeps_its_figures(version: str) -> None:
    stated = safe_crs(pyproj.CRS("EPSG:9208").to_wkt(version))
    assert stated is not None
    operation = pyproj.CRS(stated).coordinate_operation
    assert operation is not None
    parameters = {parameter.name: float(parameter.value) for parameter in operation.params}
    assert parameters["Longitude of natural origin"] == 104.75
    assert parameters["Scale factor at natural origin"] == 0.9999


@pytest.mark.parametrize("shift", ["0,0,0,0,0,0,0", "-191.9,-39.3,-111.45,0,0,0,0.25"])
@pytest.mark.parametrize("version", ["WKT1_GDAL", "WKT2_2019"])
def test_a_stated_datum_shift_survives_also_if_it_is_zero(shift: str, version: str) -> None:
    stated = safe_crs(pyproj.CRS(f"{SHIFTED} +towgs84={shift}").to_wkt(version))
    assert stated is not None
    bound = pyproj.CRS.from_user_input(stated)
    assert bound.is_bound
    assert bound.coordinate_operation is not None
    towgs84 = list(bound.coordinate_operation.towgs84)
    assert towgs84[:3] == [float(part) for part in shift.split(",")][:3]


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:9/crs.wkt",
        "+proj=longlat +datum=WGS84",
        "+init=epsg:4326",
        "EPSG:4326+5773",
        "EPSG:999999999",
        "VERTCRS[]",
        'PROJCS["',
        "GEOGCS[" * 9_000,
        GRID_WKT % "/etc/passwd",
        GRID_WKT % "@null,/etc/passwd",
        pyproj.CRS(f"{SHIFTED} +nadgrids=x.gsb").to_wkt(),
    ],
)
def test_nothing_else_reaches_the_library(stated: str) -> None:
    assert safe_crs(stated) is None


def test_the_null_grid_of_web_maps_is_no_file() -> None:
    assert safe_crs(pyproj.CRS("EPSG:3857").to_wkt("WKT1_GDAL")) is not None


def test_a_json_description_passes_by_its_type() -> None:
    stated = safe_projjson(pyproj.CRS("EPSG:9208").to_json_dict())
    assert stated is not None
    assert pyproj.CRS(stated).to_epsg() == 9208
    assert safe_projjson({"type": "Transformation"}) is None
    assert safe_projjson({"type": "BoundCRS", "x": object()}) is None
    gridded = pyproj.CRS(f"{SHIFTED} +nadgrids=x.gsb").to_json_dict()
    assert safe_projjson(gridded) is None
