"""Write the province: UTF-8, LF, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from data.builder.province import Province

LABEL: Final = "dữ liệu minh hoạ / illustrative data"
VILLAGES_NOTE: Final = (
    "Vị trí, tên và trạng thái của từng thôn là minh hoạ; tổng số theo số liệu công bố. "
    "Positions, names and the state of each village are illustrative; the totals are published "
    "figures. 2024-06-30 is nominal: the source says the first six months of 2024."
)
SITES_NOTE: Final = (
    "Điểm cáp quang và trạm phát sóng đều là minh hoạ. "
    "Fibre points and base stations are all illustrative."
)


def _as_feature(row: dict[Hashable, Any]) -> str:
    """Return one row as a GeoJSON feature on one line; ``lon, lat`` become the point."""
    position = [round(row.pop("lon"), 5), round(row.pop("lat"), 5)]
    feature = {
        "type": "Feature",
        "properties": row,
        "geometry": {"type": "Point", "coordinates": position},
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_points(table: pd.DataFrame, note: str, path: Path) -> None:
    """Write a table with ``lon, lat`` as RFC 7946 GeoJSON, one feature a line.

    Written with ``json`` and not through GDAL, whose layout changes between versions. The label
    and the note stand in ``metadata``, a foreign member that readers skip.
    """
    metadata = {"label": LABEL, "note": note, "dictionary": "README.md"}
    head = json.dumps({"type": "FeatureCollection", "metadata": metadata}, ensure_ascii=False)
    lines = ",\n".join(_as_feature(row) for row in table.to_dict("records"))
    text = f'{head[:-1]}, "features": [\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV without index; true and false in lower case."""
    flags = {
        name: table[name].map({True: "true", False: "false"})
        for name in table.select_dtypes("bool").columns
    }
    text = table.assign(**flags).to_csv(index=False, lineterminator="\n")
    path.write_text(text, encoding="utf-8", newline="\n")


def write_province(province: Province, folder: Path) -> tuple[Path, ...]:
    """Write every built file into a folder (made if absent) and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(
        folder / name
        for name in ("villages.geojson", "sites.geojson", "observations.csv", "communes.csv")
    )
    villages, sites, observations, communes = paths
    write_points(province.villages, VILLAGES_NOTE, villages)
    write_points(province.sites, SITES_NOTE, sites)
    write_table(province.observations, observations)
    write_table(province.communes, communes)
    return paths
