"""A planned network in the Open Fibre Data Standard 0.3: one JSON package, or GeoJSON in two files.

The standard (https://standard.ofds.info) describes networks as nodes joined by spans. Everything a
plan adds is *proposed*; the fibre points it starts from are *operational*. What a plan does not
know (owners, fibre types, whether cable hangs or lies) is left out, never guessed.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import shapely

from geo.export.content import COORDINATE_DECIMALS, clean_text
from geo.networks.network import GeoNetwork
from geo.networks.routes import Routes, routes
from planning.columns import IntArray

SCHEMA: Final = (
    "https://raw.githubusercontent.com/Open-Telecoms-Data/open-fibre-data-standard/"
    "0__3__0/schema/network-schema.json"
)
"""Which the standard asks to be the first link of a network."""
NODES_FILE: Final = "nodes.geojson"
SPANS_FILE: Final = "spans.geojson"
_CRS: Final = {
    "name": "urn:ogc:def:crs:OGC::CRS84",
    "uri": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
}
_PLANS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "gap-planner/plans")
_KM_DECIMALS: Final = 3

_Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OfdsAbout:
    """What is said of a planned network as a whole; texts in the language of the file.

    Attributes
    ----------
    plan_id : str
        What names the plan, such as its hash; the identifier of the network follows from it.
    name : str
    description : str
        Of the plan; each phase repeats it.
    publisher : str
    published_on : date
    phases : mapping of int to str
        Name of each wave, in order.
    language : str
    illustrative : str
        Label of illustrative data; empty for real data.
    accuracy : str
        How positions are known.
    operators, funders : tuple of str
        Organisations, where they are known.
    country : str
        ISO 3166-1 code of two letters.
    """

    plan_id: str
    name: str
    description: str
    publisher: str
    published_on: date
    phases: Mapping[int, str]
    language: str = "vi"
    illustrative: str = ""
    accuracy: str = ""
    operators: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    country: str = "VN"


def encode_ofds(
    network: GeoNetwork,
    edges: IntArray,
    waves: IntArray,
    names: Mapping[str, str],
    about: OfdsAbout,
) -> bytes:
    """Return a planned network as a network package.

    Parameters
    ----------
    network : GeoNetwork
    edges : ndarray of int, shape (e,)
        Indices of the edges the plan builds.
    waves : ndarray of int, shape (e,)
        Wave of each edge, keys of ``about.phases``.
    names : mapping of str to str
        Names of villages and fibre points by id; one that is not there goes by its id.
    about : OfdsAbout

    Returns
    -------
    bytes
        UTF-8 JSON. Spans run from one branching point, village or fibre point to the next.
    """
    return _bytes({"networks": [_network(network, edges, waves, names, about)]})


def encode_ofds_geojson(
    network: GeoNetwork,
    edges: IntArray,
    waves: IntArray,
    names: Mapping[str, str],
    about: OfdsAbout,
) -> dict[str, bytes]:
    """Return a planned network as feature collections of nodes and of spans.

    Parameters
    ----------
    network, edges, waves, names, about
        As in :func:`encode_ofds`.

    Returns
    -------
    dict of bytes
        By name of the file: :data:`NODES_FILE` and :data:`SPANS_FILE`. Each feature repeats what
        it refers to, as the standard asks, so that either file can be read alone.
    """
    whole = _network(network, edges, waves, names, about)
    own = {
        key: value
        for key, value in whole.items()
        if key not in {"nodes", "spans", "phases", "organisations"}
    }
    phases = {phase["id"]: phase for phase in whole.get("phases", [])}
    nodes = {node["id"]: _spelled_out(node, phases) for node in whole.get("nodes", [])}
    spans = [
        {**_spelled_out(span, phases), "start": nodes[span["start"]], "end": nodes[span["end"]]}
        for span in whole.get("spans", [])
    ]
    return {
        NODES_FILE: _features(nodes.values(), "location", "node", own),
        SPANS_FILE: _features(spans, "route", "span", own),
    }


def _network(
    network: GeoNetwork,
    edges: IntArray,
    waves: IntArray,
    names: Mapping[str, str],
    about: OfdsAbout,
) -> _Record:
    drawn = routes(network, edges, waves)
    label = clean_text(about.illustrative)
    name = clean_text(about.name)
    organisations = _organisations(about)
    phases = _phases(about, organisations)
    nodes = _nodes(network, drawn, names, phases)
    spans = _spans(drawn, nodes, phases, organisations, about)
    accuracy = " ".join(part for part in (label, clean_text(about.accuracy)) if part)
    return _without_empty(
        {
            "id": str(uuid.uuid5(_PLANS, about.plan_id)),
            "name": f"{name} ({label})" if label else name,
            "nodes": list(nodes.values()),
            "spans": spans,
            "phases": list(phases.values()),
            "organisations": organisations,
            "publisher": _without_empty({"name": clean_text(about.publisher)}),
            "publicationDate": about.published_on.isoformat(),
            "crs": _CRS,
            "accuracyDetails": accuracy,
            "language": about.language,
            "links": [{"href": SCHEMA, "rel": "describedby"}],
        }
    )


def _organisations(about: OfdsAbout) -> list[_Record]:
    said = [("publisher", about.publisher, "")]
    said += [(f"operator-{n}", name, "networkProvider") for n, name in _counted(about.operators)]
    said += [(f"funder-{n}", name, "funder") for n, name in _counted(about.funders)]
    return [
        _without_empty({"id": key, "name": clean_text(name), "roles": [role] if role else []})
        for key, name, role in said
        if clean_text(name)
    ]


def _phases(about: OfdsAbout, organisations: list[_Record]) -> dict[int, _Record]:
    label = clean_text(about.illustrative)
    text = " ".join(part for part in (label, clean_text(about.description)) if part)
    return {
        wave: _without_empty(
            {
                "id": f"phase-{wave}",
                "name": clean_text(name),
                "description": text,
                "funders": _references(organisations, "funder"),
            }
        )
        for wave, name in about.phases.items()
    }


def _nodes(
    network: GeoNetwork, drawn: Routes, names: Mapping[str, str], phases: Mapping[int, _Record]
) -> dict[int, _Record]:
    """Return the ends of spans by their node of the network, each with an id of its own."""
    whole = network.network
    first_wave: dict[int, int] = {}
    for ends, wave in zip(drawn.ends.tolist(), drawn.group.tolist(), strict=True):
        for node in ends:
            first_wave[node] = min(wave, first_wave.get(node, wave))
    roots, villages = (
        _ids_at(drawn, whole.roots, network.root_ids),
        _ids_at(drawn, whole.villages, network.village_ids),
    )
    taken: set[str] = set()
    found: dict[int, _Record] = {}
    for node in sorted(first_wave):
        ids = [*villages.get(node, []), *roots.get(node, [])]
        key = ids[0] if ids and ids[0] not in taken else f"junction-{node}"
        taken.add(key)
        existing = node in roots
        found[node] = _without_empty(
            {
                "id": clean_text(key) or f"junction-{node}",
                "name": "; ".join(clean_text(names.get(one, one)) for one in ids),
                "phase": {} if existing else _reference(phases.get(first_wave[node])),
                "status": "operational" if existing else "proposed",
                "location": {
                    "type": "Point",
                    "coordinates": np.round(
                        network.node_lonlat[node], COORDINATE_DECIMALS
                    ).tolist(),
                },
                "type": [] if node in villages else ["aggregationPoint"],
                "accessPoint": node in villages or existing,
            }
        )
    return found


def _ids_at(drawn: Routes, nodes: IntArray, ids: tuple[str, ...]) -> dict[int, list[str]]:
    """Return the ids of places by the node they are drawn at."""
    found: dict[int, list[str]] = {}
    for node, key in zip(drawn.stands_for[nodes].tolist(), ids, strict=True):
        found.setdefault(node, []).append(key)
    return found


def _spans(
    drawn: Routes,
    nodes: Mapping[int, _Record],
    phases: Mapping[int, _Record],
    organisations: list[_Record],
    about: OfdsAbout,
) -> list[_Record]:
    spans = []
    for at, (start, end) in enumerate(drawn.ends.tolist()):
        ends = nodes[start], nodes[end]
        way = np.round(shapely.get_coordinates(drawn.shapes[at]), COORDINATE_DECIMALS)
        spans.append(
            _without_empty(
                {
                    "id": f"span-{at + 1}",
                    "name": " – ".join(str(node.get("name", node["id"])) for node in ends),
                    "phase": _reference(phases.get(int(drawn.group[at]))),
                    "status": "proposed",
                    "start": ends[0]["id"],
                    "end": ends[1]["id"],
                    "directed": False,
                    "route": {"type": "LineString", "coordinates": way.tolist()},
                    "networkProviders": _references(organisations, "networkProvider"),
                    "transmissionMedium": ["fibre"],
                    "fibreLength": round(float(drawn.length_m[at]) / 1000.0, _KM_DECIMALS),
                    "countries": [about.country],
                }
            )
        )
    return spans


def _references(organisations: list[_Record], role: str) -> list[_Record]:
    return [_reference(one) for one in organisations if role in one.get("roles", [])]


def _reference(record: _Record | None) -> _Record:
    return {key: record[key] for key in ("id", "name") if key in record} if record else {}


def _without_empty(record: _Record) -> _Record:
    """Leave out what is empty: the standard knows no empty text, list or object."""
    return {key: value for key, value in record.items() if value not in ("", [], {})}


def _spelled_out(record: _Record, phases: Mapping[str, _Record]) -> _Record:
    if "phase" not in record:
        return record
    return {**record, "phase": phases[record["phase"]["id"]]}


def _features(records: Any, place: str, kind: str, network: _Record) -> bytes:
    features = [
        {
            "type": "Feature",
            "geometry": record[place],
            "properties": {
                **{key: value for key, value in record.items() if key != place},
                "network": network,
                "featureType": kind,
            },
        }
        for record in records
    ]
    return _bytes({"type": "FeatureCollection", "features": features})


def _counted(names: tuple[str, ...]) -> list[tuple[int, str]]:
    return list(enumerate(names, start=1))


def _bytes(document: _Record) -> bytes:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"
