"""Map files of text, GeoJSON and KML, nobody should have to open."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from tests.unit.geo.intake.archive_building import zipped
from tests.unit.geo.intake.hostile_files import READ, Canary, HostileFile
from tests.unit.geo.intake.map_building import (
    GRID_WKT,
    KML,
    MARK,
    POINT,
    collection,
    feature,
    hostile,
)


def hostile_texts(canary: Canary) -> Iterator[HostileFile]:
    """Make every file of this part of the corpus."""
    for make in (_json_texts, _json_kinds, _json_features, _kml, _kmz):
        yield from make(canary)


def _json_texts(canary: Canary) -> Iterator[HostileFile]:
    yield hostile("deep.geojson", "[" * 100_000 + "]" * 100_000, "map-json-depth")
    deep = collection(feature()).replace('"Thôn"', "[" * 100_000)
    yield hostile("deep-cell.geojson", deep.replace('"Th\\u00f4n"', "[" * 9999), "map-json-depth")
    giant = collection(feature(n=0)).replace('"n": 0', f'"n": {"9" * 500}')
    yield hostile("giant-number.geojson", giant, "map-json-number", READ)
    yield hostile("huge-exponent.geojson", giant.replace("9" * 500, "1e999"), "map-json-number")
    nan = collection(feature({"type": "Point", "coordinates": [math.nan, math.inf]}))
    yield hostile("nan.geojson", nan, "map-json-number")
    yield hostile("zeros.geojson", bytes(4096), "map-no-rows", "map-json", "map-json-cut", "empty")
    yield hostile("utf16.geojson", collection(feature()).encode("utf-16"), READ)
    yield hostile("utf16-bare.geojson", collection(feature()).encode("utf-16-be"), READ)
    odd = collection(feature()).encode("utf-16")[:-1]
    yield hostile("utf16-odd.geojson", odd, "utf16")
    raw = collection(feature()).replace("\\u00f4", "?").encode().replace(b"Th?n", b"Th\xf4n")
    yield hostile("latin.geojson", raw, READ)
    yield hostile(
        "surrogate.geojson", collection(feature(t="x")).replace('"x"', '"\\ud800"'), "map-json"
    )
    vrt = f"<OGRVRTDataSource><SrcDataSource>{canary.path}</SrcDataSource></OGRVRTDataSource>"
    yield hostile("vrt.geojson", vrt, "map-json", "foreign")
    twice = collection(feature()).replace('"ten":', '"ten": "khác", "ten":')
    yield hostile("twice.geojson", twice, READ)
    cell = collection(feature(t=0)).replace('"t": 0', f'"t": {"[" * 900}{"]" * 900}')
    yield hostile("nested-cell.geojson", cell, READ)
    yield hostile("lines.geojson", "\n".join([json.dumps(feature())] * 3), READ)
    yield hostile("lines-cut.geojson", json.dumps(feature()) + "\n{", "map-json", "map-json-cut")


def _json_kinds(_canary: Canary) -> Iterator[HostileFile]:
    for name, value in {
        "number": 7,
        "array": [1, 2, 3],
        "topology": {"type": "Topology", "objects": {}},
        "esri": {"features": [{"attributes": {}}]},
        "features-text": {"type": "FeatureCollection", "features": "x"},
        "type-list": {"type": ["FeatureCollection"], "features": []},
    }.items():
        yield hostile(f"{name}.geojson", json.dumps(value), "map-json-kind", "kind")
    yield hostile("bare.geojson", json.dumps(POINT), "map-json-bare")
    yield hostile("empty.geojson", collection(), "map-no-rows")


def _json_features(canary: Canary) -> Iterator[HostileFile]:
    yield hostile("numbers.geojson", collection(1, None, "x", [], feature()), READ)
    yield hostile("properties.geojson", collection({**feature(), "properties": [1, 2]}), READ)
    shapes: Mapping[str, object] = {
        "far": {"type": "Point", "coordinates": [1e308, -1e308]},
        "texts": {"type": "Point", "coordinates": ["103.9", "22.3"]},
        "flags": {"type": "Point", "coordinates": [True, False]},
        "short": {"type": "Point", "coordinates": [103.9]},
        "void": {"type": "Point", "coordinates": []},
        "wrapped": {"type": "Point", "coordinates": [[103.9, 22.3]]},
        "two-corners": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        "open-ring": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1]]]},
        "polygon": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [0, 0]]]},
        "unknown": {"type": "Circle", "coordinates": [1, 2]},
        "no-type": {"coordinates": [1, 2]},
        "text": "POINT (1 2)",
    }
    for name, shape in shapes.items():
        yield hostile(f"shape-{name}.geojson", collection(feature(shape), feature()), READ)
    nested: dict[str, Any] = POINT
    for _ in range(300):
        nested = {"type": "GeometryCollection", "geometries": [nested]}
    yield hostile("shape-nested.geojson", collection(feature(nested)), READ)
    wide = collection(feature(**{f"c{number}": 1 for number in range(2_000)}))
    yield hostile("wide.geojson", wide, "map-size")
    style = collection(feature(OGR_STYLE="SYMBOL(c:#FF0000FF)"))
    yield hostile("style.geojson", style, READ)
    for name, stated in {
        "path": {"type": "name", "properties": {"name": str(canary.path)}},
        "link": {"type": "link", "properties": {"href": canary.address}},
        "pipeline": {
            "type": "name",
            "properties": {"name": f"+proj=longlat +nadgrids={canary.path}"},
        },
        "grid": {"type": "name", "properties": {"name": GRID_WKT % canary.path}},
        "number": 4326,
    }.items():
        yield hostile(f"crs-{name}.geojson", collection(feature(), crs=stated), READ)


def _kml(canary: Canary) -> Iterator[HostileFile]:
    entity = f'<!DOCTYPE kml [<!ENTITY x SYSTEM "file://{canary.path}">]>'
    mark = MARK % "103.9,22.3"
    yield hostile("xxe.kml", entity + KML % mark.replace("Thôn", "&x;"), "map-xml-dtd")
    outside = f'<!DOCTYPE kml SYSTEM "{canary.address}">'
    yield hostile("dtd.kml", outside + KML % mark, "map-xml-dtd")
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE kml [<!ENTITY l0 "ha">{laughs}]>'
    yield hostile("laughs.kml", bomb + KML % mark.replace("Thôn", "&l9;"), "map-xml-dtd")
    link = f"<NetworkLink><Link><href>{canary.address}</href></Link></NetworkLink>"
    yield hostile("link.kml", KML % (link + mark), READ)
    yield hostile("only-link.kml", KML % link, "map-no-rows")
    overlay = f"<GroundOverlay><Icon><href>{canary.path}</href></Icon></GroundOverlay>"
    yield hostile("overlay.kml", KML % (overlay + mark), READ)
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file://{canary.path}"/>'
    yield hostile("include.kml", KML % mark.replace("Thôn", include), READ)
    yield hostile("deep.kml", KML % ("<Folder>" * 100_000), "map-xml-depth")
    yield hostile("root.kml", "<html><body/></html>", "map-kml-root", "foreign")
    yield hostile(
        "encoding.kml", "<?xml version='1.0' encoding='klingon'?><kml/>", "map-xml-encoding"
    )
    wrong = b"<?xml version='1.0' encoding='utf-8'?><kml>\xff\xfe</kml>"
    yield hostile("bytes.kml", wrong, "map-xml")
    for name, text in {
        "nan": "nan,inf",
        "far": "1e308,1e308",
        "words": "Thôn Bản",
        "one": "103.9",
        "none": "",
        "many": "1,2 3,4 5,6",
    }.items():
        yield hostile(f"coordinates-{name}.kml", KML % (MARK % text), READ)
    ring = "<Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>1,1 2,2</coordinates>"
    ring += "</LinearRing></outerBoundaryIs></Polygon></Placemark>"
    yield hostile("ring.kml", KML % ring, READ)


def _kmz(canary: Canary) -> Iterator[HostileFile]:
    good = (KML % (MARK % "103.9,22.3")).encode()
    yield hostile("slip.kmz", zipped({"doc.kml": good, "../x.kml": good}), "zip-names")
    picture = good.replace(b"<Document>", f"<Document><href>{canary.path}</href>".encode())
    yield hostile("picture.kmz", zipped({"doc.kml": picture, "a.png": b"\x89PNG"}), READ)
    yield hostile("none.kmz", zipped({"a.png": b"\x89PNG"}), "map-kmz-empty", "foreign")
    yield hostile("bomb.kmz", zipped({"doc.kml": b" " * 30_000_000}), "zip-bomb")
