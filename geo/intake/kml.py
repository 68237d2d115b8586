"""KML and KMZ: the placemarks of all folders as one table (OGC 12-007r2).

The XML is read with entities, DTDs and references to anything outside refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

import numpy as np
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from geo.intake.archive_members import is_shadow
from geo.intake.archives import open_archive
from geo.intake.assembly import clean_name, column_of_cells, repeated_key
from geo.intake.byte_texts import finish
from geo.intake.crs import WGS84
from geo.intake.kml_placemarks import PlacemarkCollector
from geo.intake.kml_shapes import place
from geo.intake.table import RawColumn, RawTable, ReadOptions
from planning.errors import DataError, Fault, Severity

_PIECE: Final = 2**18
_LONGEST_NOTE: Final = 500
_LONGEST_LIST: Final = 200


def read_kml(path: Path, options: ReadOptions) -> RawTable:
    """Read a KML file.

    All cells are texts, since KML does not tell numbers apart. A column is called by the ``name``
    of its data, letters as they are; its ``displayName`` is kept in the metadata as
    ``displayName <name>``. ``name``, ``description`` and ``address`` are columns, and so is
    ``Folder``: names of the folders a placemark lies in, joined by `` / ``.

    Parameters
    ----------
    path : Path
    options : ReadOptions
        ``encoding`` is heeded for a legacy font; there are no layers.

    Returns
    -------
    RawTable
        In EPSG:4326, longitude first; rows count placemarks from 1. Links and overlays are not
        followed but counted in the metadata as ``links``.

    Raises
    ------
    DataError
        If the file is no KML, has a DTD, or has no placemark or more than can be held.
    """
    with path.open("rb") as file:
        table = _read(iter(lambda: file.read(_PIECE), b""), path.name, "kml")
    return finish(table, options.encoding, file=path.name)


def read_kmz(path: Path, options: ReadOptions) -> RawTable:
    """Read the document of a KMZ archive as :func:`read_kml` does; images are left alone.

    The document is ``doc.kml`` or, without one, the first KML file of the archive; a warning says
    which others there are.

    Raises
    ------
    DataError
        As :func:`read_kml`, and if the archive is unsound or holds no KML.
    """
    with open_archive(path) as archive:
        documents = [
            name for name in archive.names if name.lower().endswith(".kml") and not is_shadow(name)
        ]
        if not documents:
            raise DataError("error-intake-map-kmz-empty", file=path.name)
        document = next((name for name in documents if name.lower() == "doc.kml"), documents[0])
        table = _read(archive.chunks(document), path.name, "kmz")
    unread = [name for name in documents if name != document]
    if unread:
        table = replace(table, faults=(_unread_documents(document, unread), *table.faults))
    return finish(table, options.encoding, file=path.name)


def _read(pieces: Iterable[bytes], file: str, kind: str) -> RawTable:
    collector = _parse(iter(pieces), file)
    count = len(collector.shapes)
    if not count:
        raise DataError("error-intake-map-no-rows", file=file)
    geometry, faults = place(collector.shapes)
    faults += [repeated_key(name, times) for name, times in collector.repeated.items()]
    return RawTable(
        columns=_columns(collector, count),
        rows=np.arange(1, count + 1, dtype=np.int64),
        geometry=geometry,
        crs_wkt=WGS84,
        format=kind,
        faults=tuple(sorted(faults, key=lambda fault: fault.row or 0)),
        metadata=_metadata(collector),
    )


def _unread_documents(document: str, others: Sequence[str]) -> Fault:
    return Fault(
        "fault-intake-map-kmz-others",
        got=", ".join(others)[:_LONGEST_LIST],
        values={"document": document, "count": len(others)},
        severity=Severity.WARNING,
        remedy="remedy-intake-map-kmz-others",
    )


def _parse(pieces: Iterator[bytes], file: str) -> PlacemarkCollector:
    collector = PlacemarkCollector(file)
    parser = DefusedXMLParser(target=collector, forbid_dtd=True)
    # Past the layer that renames elements, which takes longer than all that is done with them.
    parser.parser.ordered_attributes = False
    parser.parser.StartElementHandler = collector.start
    parser.parser.EndElementHandler = collector.end
    parser.parser.CharacterDataHandler = collector.data
    for piece in pieces:
        _feed(collector, partial(parser.feed, piece), file)
    _feed(collector, parser.close, file)
    return collector


def _feed(collector: PlacemarkCollector, feed: Callable[[], object], file: str) -> None:
    try:
        feed()
    except DefusedXmlException as error:
        raise DataError("error-intake-map-xml-dtd", file=file) from error
    except ParseError as error:
        line, column = error.position
        raise DataError("error-intake-map-xml", file=file, line=line, column=column + 1) from error
    except (ValueError, LookupError) as error:
        # An encoding the declaration names and Python does not know, or not for single bytes: it
        # stands before all elements, so whatever is wrong behind it is something else.
        if collector.has_begun:
            raise
        raise DataError("error-intake-map-xml-encoding", file=file) from error


def _columns(collector: PlacemarkCollector, count: int) -> tuple[RawColumn, ...]:
    return tuple(
        column_of_cells(name, texts + [None] * (count - len(texts)))
        for (_, name), texts in collector.columns.items()
    )


def _metadata(collector: PlacemarkCollector) -> dict[str, str]:
    notes = {name: clean_name(text)[:_LONGEST_NOTE] for name, text in collector.notes.items()}
    titles = {f"displayName {name}": clean_name(text) for name, text in collector.titles.items()}
    links = {"links": str(collector.links)} if collector.links else {}
    return notes | titles | links
