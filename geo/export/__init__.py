"""Export files: a list of villages as CSV, XLSX, GeoJSON, GeoPackage or KMZ.

Build an :class:`ExportTable`, then :func:`write_table` to a path or :func:`to_bytes` for a
download. All five files hold the same rows, values and notes.
"""

from geo.export.table import Column, ColumnKind, ExportTable, Wording
from geo.export.writing import SUFFIXES, to_bytes, write_table

__all__ = [
    "SUFFIXES",
    "Column",
    "ColumnKind",
    "ExportTable",
    "Wording",
    "to_bytes",
    "write_table",
]
