"""The door: one plan in, the contents of its files out, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from geo.export.plan_content import PlanContent
from geo.export.plan_geojson import encode_plan_geojson
from geo.export.plan_geopackage import encode_plan_geopackage
from geo.export.plan_kmz import encode_plan_kmz
from geo.export.plan_workbook import encode_plan_xlsx

PLAN_ENCODERS: Final[Mapping[str, Callable[[PlanContent], bytes]]] = {
    "geojson": encode_plan_geojson,
    "gpkg": encode_plan_geopackage,
    "kmz": encode_plan_kmz,
    "xlsx": encode_plan_xlsx,
}
"""The forms made from the tables of a plan, by suffix."""


def canonical_json(document: Mapping[str, Any]) -> bytes:
    r"""Return a document in the one form that the same values always have.

    Keys in order, no white space, UTF-8, one line feed at the end: two certificates are the same
    when their bytes are.

    Parameters
    ----------
    document : mapping
        What JSON can hold; numbers are finite.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError, TypeError
        If it holds anything else.

    Examples
    --------
    >>> canonical_json({"b": 1, "a": "Mường"})
    b'{"a":"M\xc6\xb0\xe1\xbb\x9dng","b":1}\n'
    """
    text = json.dumps(
        document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    # Half a character pair, as a command line can hold one, becomes the escape JSON has for it.
    return text.encode(errors="backslashreplace") + b"\n"
