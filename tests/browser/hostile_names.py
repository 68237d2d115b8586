"""Names a stranger could put into a register; shown anywhere, they must do nothing.

Each would open a dialog or ask another server for something, which the recorder of every browser
test notices.
"""

import json
from pathlib import Path
from typing import Any

HOSTILE_NAMES = (
    "<script>alert('script')</script>",
    "<img src=x onerror=alert('img')>",
    "<svg/onload=alert('svg')>",
    "\"><img src='https://evil.example/x.png'>",
    "${alert('template')}",
    "`+alert('backtick')+`",
    "{{ cycler.__init__.__globals__ }}",
    "</script><script>alert('close')</script>",
    "'); alert('quote'); ('",
    "\\'-alert('escape')-\\'",
    "[x](javascript:alert('link')) ![y](https://evil.example/y.png)",
    "<iframe srcdoc=\"<script>parent.alert('frame')</script>\"></iframe>",
    "&lt;img src=x onerror=alert('entity')&gt;",
    ":red[đỏ] :material/home: $\\href{https://evil.example}{x}$",
)


def hostile_village(i: int, village_id: str, *, north: float = 0.0, **more: Any) -> dict[str, Any]:
    """Return a village all of whose names are the i-th hostile one, as a GeoJSON feature."""
    name = HOSTILE_NAMES[i]
    return {
        "type": "Feature",
        "properties": {
            "village_id": village_id,
            "name": name,
            "commune": name,
            "commune_code": f"{i:05d}",
            "district": name,
            "district_code": f"{i:03d}",
            "unit": name,
            "unit_code": f"{i:05d}",
            "people": 100 + i,
            "minority_share": 0.9,
            "grid_power": "grid",
            "mobile_state": "broadband",
            "mobile_observed_on": "2024-03-14",
            "fixed_state": "none",
            "fixed_observed_on": "2024-03-14",
            **more,
        },
        "geometry": {
            "type": "Point",
            "coordinates": [104 + i / 50, 22.3 + (i % 4) / 20 + north],
        },
    }


def write_register(folder: Path, villages: list[dict[str, Any]]) -> None:
    """Write villages as the register of a folder that the app opens."""
    collection = {"type": "FeatureCollection", "features": villages}
    (folder / "villages.geojson").write_text(json.dumps(collection), encoding="utf-8")
