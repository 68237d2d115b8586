"""The list's look in QGIS: a marker for each class, headings and choices in the reader's words.

The document is what QGIS itself calls a layer style (QML); symbols come from the one table of
colours and shapes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from geo.export.content import Content
from geo.export.table import Column, ColumnKind
from geo.symbology import SYMBOLS, Symbol

_DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_VERSION: Final = "3.28.0"
_MARKERS: Final[Mapping[str, str]] = {
    "triangle": "triangle",
    "diamond": "diamond",
    "square": "square",
    "circle": "circle",
    "dot": "circle",
    "ring": "circle",
    "plus": "cross_fill",
    "mast": "arrow",
}
"""Our shapes in the words of the QGIS simple marker."""


@dataclass(frozen=True, slots=True)
class Category:
    """How the features of one class look.

    Attributes
    ----------
    value : str
        Of the class column.
    label : str
    symbol, layer : str
        QGIS's names of the kind of symbol and of its one layer.
    options : mapping of str to str
        Of that layer.
    """

    value: str
    label: str
    symbol: str
    layer: str
    options: Mapping[str, str]


def marker_category(value: str, label: str, symbol: Symbol) -> Category:
    """Return a class of points."""
    return Category(value, label, "marker", "SimpleMarker", _simple_marker(symbol))


def line_category(value: str, label: str, colour: str, width_px: float, dash: str) -> Category:
    """Return a class of lines; ``dash`` is one of QGIS's pen styles, such as ``"solid"``."""
    options = {
        "line_color": _rgba(colour),
        "line_style": dash,
        "line_width": str(width_px),
        "line_width_unit": "Pixel",
        "capstyle": "round",
        "joinstyle": "round",
    }
    return Category(value, label, "line", "SimpleLine", options)


def qgis_style(content: Content) -> str:
    """Return a QGIS layer style: categories by class, aliases and choices by column.

    Parameters
    ----------
    content : Content

    Returns
    -------
    str
        A QML document for QGIS 3.22 or later.
    """
    categories = [
        marker_category(str(member), label, SYMBOLS[member])
        for member, label in content.legend.items()
    ]
    return style_document(content.columns, content.class_key, categories)


def style_document(
    columns: Sequence[Column], class_key: str, categories: Sequence[Category]
) -> str:
    """Return a QGIS layer style for any columns and classes.

    Parameters
    ----------
    columns : sequence of Column
    class_key : str
        The column whose values the categories are.
    categories : sequence of Category

    Returns
    -------
    str
    """
    root = ET.Element("qgis", version=_VERSION, styleCategories="Symbology|Fields|Forms")
    _add_renderer(root, class_key, categories)
    configuration = ET.SubElement(root, "fieldConfiguration")
    aliases = ET.SubElement(root, "aliases")
    for index, column in enumerate(columns, start=1):  # field 0 is the feature id
        ET.SubElement(aliases, "alias", field=column.key, index=str(index), name=column.label)
        if column.kind is ColumnKind.CHOICE:
            _add_choices(configuration, column)
    return _DOCTYPE + ET.tostring(root, encoding="unicode")


def _add_renderer(root: ET.Element, class_key: str, classes: Sequence[Category]) -> None:
    renderer = ET.SubElement(
        root,
        "renderer-v2",
        type="categorizedSymbol",
        attr=class_key,
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
    )
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for number, one in enumerate(classes):
        ET.SubElement(
            categories,
            "category",
            type="string",
            value=one.value,
            symbol=str(number),
            label=one.label,
            render="true",
        )
        symbol = ET.SubElement(symbols, "symbol", type=one.symbol, name=str(number), alpha="1")
        layer = ET.SubElement(
            symbol, "layer", {"class": one.layer, "enabled": "1", "locked": "0", "pass": "0"}
        )
        _add_options(layer, one.options)


def _simple_marker(symbol: Symbol) -> dict[str, str]:
    return {
        "name": _MARKERS[symbol.shape],
        "color": _rgba(symbol.fill) if symbol.fill else "255,255,255,0",
        "outline_color": _rgba(symbol.stroke),
        "outline_style": "solid",
        "outline_width": "1" if symbol.fill else "2",
        "outline_width_unit": "Pixel",
        "size": str(symbol.size_px),
        "size_unit": "Pixel",
    }


def _add_choices(configuration: ET.Element, column: Column) -> None:
    field = ET.SubElement(configuration, "field", name=column.key)
    widget = ET.SubElement(field, "editWidget", type="ValueMap")
    options = ET.SubElement(ET.SubElement(widget, "config"), "Option", type="Map")
    pairs = ET.SubElement(options, "Option", type="List", name="map")
    for value, label in column.choices.items():
        _add_options(pairs, {label: value})


def _add_options(parent: ET.Element, values: Mapping[str, str]) -> None:
    options = ET.SubElement(parent, "Option", type="Map")
    for name, value in values.items():
        ET.SubElement(options, "Option", type="QString", name=name, value=value)


def _rgba(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{red},{green},{blue},255"
