"""A plan as KMZ for Google Earth and field phones: a folder for each wave, links in its colour.

Colours are those of the dark map, since what lies below is a satellite picture. Every text is
escaped where it becomes XML; ``description`` is HTML to its readers, so what stands there is
escaped once more and reads as plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import shapely

from geo.export.archive import zip_bytes
from geo.export.content import Cell
from geo.export.icons import icon_png
from geo.export.kmz import BALLOON, CLOSING, OPENING, icon_path, icon_style, kml_colour
from geo.export.numbers import said
from geo.export.placemarks import data_element, element, html_text
from geo.export.plan_content import (
    LINKS,
    SITES,
    VILLAGES,
    PlanContent,
    PlanTable,
    coordinates_of,
    is_point,
)
from geo.symbology import ROUTES, SYMBOLS, MapClass, RouteClass


def encode_plan_kmz(content: PlanContent) -> bytes:
    """Return a plan as a KMZ archive: ``doc.kml`` and one icon for each class of points.

    A folder for each wave, in order, with its links and the villages they connect; then what the
    plan builds without a wave, the masts, and the villages left out. ``ExtendedData`` holds the
    values under their stable keys with the reader's heading as ``displayName``.

    Parameters
    ----------
    content : PlanContent

    Returns
    -------
    bytes
        The same for the same content.
    """
    document = ("doc.kml", (piece.encode() for piece in _document(content)))
    icons = ((icon_path(member), [icon_png(SYMBOLS[member])]) for member in content.classes)
    return zip_bytes([document, *icons])


def _document(content: PlanContent) -> Iterator[str]:
    yield OPENING
    yield element("name", " · ".join(filter(None, (content.title, content.illustrative))))
    evidence = "\n".join(
        [content.subtitle, *(f"{label}: {value}" for label, value in content.notes)]
    )
    yield f"<description>{html_text(evidence)}</description>\n"
    yield from map(icon_style, content.classes)
    yield from map(_line_style, RouteClass)
    values = (data_element(key, key, value) for key, value in content.metadata.items())
    yield f"<ExtendedData>{''.join(values)}</ExtendedData>\n"
    yield from _folders(content)
    yield CLOSING


def _folders(content: PlanContent) -> Iterator[str]:
    villages, links = content.tables[VILLAGES], content.tables[LINKS]
    is_in = villages.stored["is_connected"]
    icons = [str(content.statuses[str(status)]) for status in villages.stored["status"]]
    for wave, name in [*content.waves.items(), (None, content.no_wave)]:
        drawn = RouteClass.NEVER if wave is None else content.wave_classes()[wave]
        built = [at for at, of in enumerate(links.stored["wave"]) if of == wave]
        reached = [at for at, of in enumerate(villages.stored["wave"]) if of == wave and is_in[at]]
        placemarks = [
            *_placemarks(links, built, [str(drawn)] * len(links), content),
            *_placemarks(villages, reached, icons, content),
        ]
        yield from _folder(name, placemarks)
    if SITES in content.tables:
        sites = content.tables[SITES]
        masts = [str(MapClass.PLANNED_SITE)] * len(sites)
        yield from _folder(sites.title, list(_placemarks(sites, range(len(sites)), masts, content)))
    out = [at for at, connected in enumerate(is_in) if not connected]
    yield from _folder(
        content.classes[MapClass.LEFT_OUT], list(_placemarks(villages, out, icons, content))
    )


def _folder(name: str, placemarks: Sequence[str]) -> Iterator[str]:
    if placemarks:
        yield f"<Folder>{element('name', name)}\n"
        yield from placemarks
        yield "</Folder>\n"


def _placemarks(
    table: PlanTable,
    rows: Sequence[int],
    styles: Sequence[str],
    content: PlanContent,
) -> Iterator[str]:
    """Write some rows of a table; ``styles`` names that of each of its rows."""
    shown = {column.key: table.shown(column) for column in table.columns}
    for at in rows:
        row = {key: values[at] for key, values in shown.items()}
        data = (data_element(c.key, c.label, row[c.key]) for c in table.columns)
        yield (
            f"<Placemark>{element('name', _name(table, row))}"
            f'<Snippet maxLines="0"/><description>{_description(table, row, content)}'
            f"</description><styleUrl>#{styles[at]}</styleUrl>"
            f"<ExtendedData>{''.join(data)}</ExtendedData>"
            f"{_shape(None if table.shapes is None else table.shapes[at])}</Placemark>\n"
        )


def _name(table: PlanTable, row: Mapping[str, Cell]) -> str:
    keys = {LINKS: ("from_name", "to_name"), VILLAGES: ("name",), SITES: ("site_id",)}
    parts = [row[key] for key in keys[table.key]]
    return " – ".join(str(part) for part in parts if part is not None)


def _description(table: PlanTable, row: Mapping[str, Cell], content: PlanContent) -> str:
    lines = [
        f"{column.label}: {said(row[column.key], column.kind, content.language)}"
        for column in table.columns
        if row[column.key] is not None
    ]
    return html_text("\n".join(filter(None, [*lines, content.illustrative])))


def _shape(shape: shapely.Geometry | None) -> str:
    if shape is None:
        return ""
    way = " ".join(f"{lon!r},{lat!r}" for lon, lat in coordinates_of(shape))
    if is_point(shape):
        return f"<Point><coordinates>{way}</coordinates></Point>"
    # Laid on the ground, or a long line would pass through the mountains.
    return f"<LineString><tessellate>1</tessellate><coordinates>{way}</coordinates></LineString>"


def _line_style(member: RouteClass) -> str:
    stroke = ROUTES[member]
    line = element("color", kml_colour(stroke.dark)) + element("width", str(stroke.width_px))
    return (
        f'<Style id="{member}"><LineStyle>{line}</LineStyle>'
        f"<BalloonStyle>{element('text', BALLOON)}</BalloonStyle></Style>\n"
    )
