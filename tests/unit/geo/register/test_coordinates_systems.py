"""Coordinate systems: named by people, stated by files, ranked by where the points land."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import CRS, Transformer

from geo.register.coordinate_order import CoordinateKind
from geo.register.datum import examine_system, find_vn2000
from geo.register.extent import Expectation, Extent
from geo.register.gazetteer import Gazetteer
from geo.register.system_names import parse_system
from geo.register.systems import candidate_systems, rank_systems, transform_to_wgs84
from planning.columns import FloatArray
from planning.errors import DataError, Severity

CHECK = (103.97, 22.486, 419543.581, 2487684.182)
TM3 = "+proj=tmerc +lat_0=0 +lon_0=104.75 +k=0.9999 +x_0=500000 +y_0=0 +units=m"
PUBLISHED = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"


def wkt(proj: str, version: str = "WKT2_2019") -> str:
    return str(CRS.from_proj4(proj).to_wkt(version))


def check_point() -> tuple[FloatArray, FloatArray]:
    return np.array([CHECK[2]]), np.array([CHECK[3]])


def test_the_candidates_are_wgs84_utm_and_all_of_vn2000() -> None:
    assert [system.code for system in candidate_systems()] == [
        3405, 3406, 4326, 4756, 5896, 5897, 5898, 5899, *range(9205, 9219), 32648, 32649,
    ]  # fmt: skip
    lao_cai = next(system for system in candidate_systems() if system.code == 9208)
    assert (lao_cai.central_meridian, lao_cai.scale) == (104.75, 0.9999)
    assert lao_cai.kind is CoordinateKind.METRES


def test_the_check_point_lands_to_the_millimetre() -> None:
    landed = transform_to_wgs84(*check_point(), CRS.from_epsg(9208))
    assert landed.lon[0] == pytest.approx(CHECK[0], abs=2e-8)
    assert landed.lat[0] == pytest.approx(CHECK[1], abs=2e-8)
    assert landed.system == "VN-2000 / TM-3 104-45 (EPSG:9208)"
    assert "VN-2000 to WGS 84" in landed.operation
    assert landed.accuracy_m == 1.0
    east, north = Transformer.from_crs(4326, 9208, always_xy=True).transform(*CHECK[:2])
    assert (round(east, 3), round(north, 3)) == CHECK[2:]


def test_what_cannot_be_transformed_is_missing_and_not_infinite() -> None:
    landed = transform_to_wgs84(
        np.array([1e300, np.nan]), np.array([1e300, 1.0]), CRS.from_epsg(9208)
    )
    assert np.isnan(landed.lon).all()
    assert np.isnan(landed.lat).all()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EPSG:9208", 9208), ("9208", 9208), ("epsg 9208", 9208), ("VN-2000 Lào Cai", 9208),
        ("VN2000 104-45", 9208), ("VN-2000 104°45'", 9208), ("VN-2000 / TM-3 104-45", 9208),
        ("VN2000 kinh tuyến trục 104,75", 9208), ("vn2000 tỉnh Yên Bái", 9208),
        ("VN-2000 105", 5897), ("VN-2000 107-45", 5899), ("VN-2000 TP Hồ Chí Minh", 9210),
        ("WGS84", 4326), ("WGS 84", 4326), ("UTM48N", 32648), ("WGS84 UTM zone 49N", 32649),
        ("VN-2000 UTM 48N", 3405), ("VN-2000", 4756), ("EPSG:3857", 3857),
    ],
)  # fmt: skip
def test_a_person_may_name_a_system_in_the_usual_ways(text: str, code: int) -> None:
    assert parse_system(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "", "EPSG:4978", "EPSG:999999", "+proj=utm +zone=48", "/etc/passwd", "http://a.b/c.prj",
        "+init=epsg:4326", "proj=pipeline step proj=axisswap", "VN-2000 Atlantis", "9" * 500,
        "urn:ogc:def:crs:EPSG::9208@x", "EPSG:9208+EPSG:5773",
    ],
)  # fmt: skip
def test_nothing_else_is_taken_for_a_system(text: str) -> None:
    with pytest.raises(DataError) as refused:
        parse_system(text)
    assert refused.value.key == "error-intake-crs"
    assert len(refused.value.values["got"]) <= 80


def test_every_zone_is_found_again_from_where_its_points_land(lao_cai: Gazetteer) -> None:
    table = lao_cai.communes
    scatter = np.random.default_rng(3).normal(0.0, 0.01, (2, len(table)))
    lon, lat = table["lon"].to_numpy() + scatter[0], table["lat"].to_numpy() + scatter[1]
    expected = Expectation(
        Extent.of_gazetteer(lao_cai), table["lon"].to_numpy(), table["lat"].to_numpy()
    )
    for code in (9206, 9208, 5897, 9209, 32648):
        x, y = Transformer.from_crs(4326, code, always_xy=True).transform(lon, lat)
        ranked = rank_systems(x, y, expected)
        found = [one.system.code for one in ranked]
        # UTM on VN-2000 and on WGS84 are 223 m apart, which the centres cannot tell.
        assert found[:2] == [3405, 32648] if code == 32648 else found[0] == code
        assert ranked[0].share_inside == 1.0
        assert 1_000 < ranked[0].median_m < 1_500
        assert ranked == rank_systems(x, y, expected)


def test_the_neighbouring_zone_is_26_km_away(lao_cai: Gazetteer) -> None:
    table = lao_cai.communes
    centres = table["lon"].to_numpy(), table["lat"].to_numpy()
    x, y = Transformer.from_crs(4326, 9208, always_xy=True).transform(*centres)
    ranked = rank_systems(x, y, Expectation(Extent.of_gazetteer(lao_cai), *centres))
    by_code = {one.system.code: one.median_m for one in ranked}
    assert by_code[9208] == pytest.approx(0.0, abs=0.01)
    assert by_code[5897] == pytest.approx(25_700, abs=100)


@pytest.mark.parametrize(
    "stated",
    [
        wkt(f"{TM3} +ellps=WGS84 +towgs84=0,0,0,0,0,0,0"),
        wkt(f"{TM3} +ellps=WGS84 +towgs84=0,0,0"),
        wkt(f"{TM3} +datum=WGS84"),
        wkt(f"{TM3} +ellps=WGS84"),
        wkt(f"{TM3} +ellps=WGS84", "WKT1_ESRI"),
        wkt(f"{TM3} +datum=WGS84", "WKT1_GDAL"),
    ],
)
def test_a_zone_of_vn2000_without_its_shift_is_223_m_off_and_said_so(stated: str) -> None:
    found = examine_system(stated, *check_point(), heading="geometry")
    (fault,) = found.faults
    assert (fault.key, fault.severity) == ("fault-crs-shift", Severity.ERROR)
    assert fault.values["code"] == "EPSG:9208"
    assert fault.values["shift"] == pytest.approx(223.0, abs=0.5)
    assert found.proposed is not None
    assert found.proposed.code == 9208


def test_vn2000_by_name_with_a_null_shift_is_seen_in_degrees_and_in_utm() -> None:
    degrees = (
        'GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563],'
        'TOWGS84[0,0,0,0,0,0,0]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
    )
    here = np.array([CHECK[0]]), np.array([CHECK[1]])
    (fault,) = examine_system(degrees, *here, heading="g").faults
    assert fault.values["code"] == "EPSG:4756"
    utm = wkt("+proj=utm +zone=48 +ellps=WGS84 +towgs84=0,0,0,0,0,0,0 +units=m", "WKT1_GDAL")
    x, y = Transformer.from_crs(4326, 3405, always_xy=True).transform(*here)
    assert examine_system(utm, x, y, heading="g").faults == ()
    named = utm.replace('PROJCS["unknown"', 'PROJCS["VN2000 UTM 48"')
    (fault,) = examine_system(named, x, y, heading="g").faults
    assert fault.values["code"] == "EPSG:3405"
    assert fault.values["shift"] == pytest.approx(223.0, abs=1.0)


@pytest.mark.parametrize("code", [9208, 4756, 3405, 32648, 4326, 5897])
def test_sound_systems_pass_in_every_spelling(code: int) -> None:
    crs = CRS.from_epsg(code)
    x, y = Transformer.from_crs(4326, code, always_xy=True).transform([CHECK[0]], [CHECK[1]])
    for version in ("WKT2_2019", "WKT1_GDAL", "WKT1_ESRI"):
        found = examine_system(str(crs.to_wkt(version)), np.asarray(x), np.asarray(y), heading="g")
        assert found.faults == ()
        assert found.crs is not None
        looks_like = find_vn2000(found.crs)
        assert (looks_like.code if looks_like else None) == (
            code if code not in {4326, 32648} else None
        )


def test_published_parameters_pass_and_the_other_rotation_convention_is_noted() -> None:
    sound = wkt(f"{TM3} +ellps=WGS84 +towgs84={PUBLISHED}")
    assert examine_system(sound, *check_point(), heading="g").faults == ()
    turned = PUBLISHED.replace("0.00928836", "-0.00928836").replace("-0.01975479", "0.01975479")
    turned = turned.replace("0.00427372", "-0.00427372").replace("--", "")
    (fault,) = examine_system(
        wkt(f"{TM3} +ellps=WGS84 +towgs84={turned}"), *check_point(), heading="g"
    ).faults
    assert fault.severity is Severity.WARNING
    assert fault.values["shift"] == pytest.approx(0.8, abs=0.1)


@pytest.mark.parametrize(
    "stated",
    [
        "+proj=longlat", "garbage", "", "/etc/passwd",
        wkt(f"{TM3} +ellps=WGS84 +nadgrids=/etc/passwd", "WKT1_GDAL"),
        str(CRS.from_epsg(4978).to_wkt()),
    ],
)  # fmt: skip
def test_a_statement_that_names_a_file_or_no_map_is_refused_unread(stated: str) -> None:
    found = examine_system(stated, *check_point(), heading="g")
    assert found.crs is None
    assert [fault.key for fault in found.faults] == ["fault-crs-unreadable"]
