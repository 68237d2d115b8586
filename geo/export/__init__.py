"""Export files: a list of villages in the seven formats of :data:`SUFFIXES`.

Build an :class:`ExportTable`, then :func:`write_table` to a path or :func:`to_bytes` for a
download. All files hold the same rows, values and notes.
"""

from geo.export.delimited import Separator
from geo.export.table import Column, ColumnKind, ExportTable, Wording
from geo.export.writing import SUFFIXES, to_bytes, write_table

__all__ = [
    "SUFFIXES",
    "Column",
    "ColumnKind",
    "ExportTable",
    "Separator",
    "Wording",
    "to_bytes",
    "write_table",
]
