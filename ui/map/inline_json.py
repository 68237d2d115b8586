"""JSON that may stand inside a script, whatever the strings in it say."""

from __future__ import annotations

import json
import re
from typing import Any, Final

# Beyond "</script>" and line separators: folium's templates turn ${…} and back-ticks into code,
# and streamlit-folium searches the script for {{ '…' }}.
_ESCAPES: Final = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&'`$"})

# branca compiles every rendered script as a Jinja template once more, so {{ … }} in a name would
# run on the server. JSON's own opening brace is never followed by one of these.
_TEMPLATE_OPENING: Final = re.compile(r"\{(?=[{%#])")


def script_json(value: Any) -> str:
    r"""Return ASCII JSON in which no string can end the script or start an expression.

    Parameters
    ----------
    value : Any
        Anything :func:`json.dumps` takes; NaN and infinity are refused.

    Returns
    -------
    str

    Examples
    --------
    >>> script_json({"name": "</script>${1}"})
    '{"name":"\\u003c/script\\u003e\\u0024{1}"}'
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    # The escaped characters never occur in JSON outside a string.
    return _TEMPLATE_OPENING.sub(r"\\u007b", text.translate(_ESCAPES))
