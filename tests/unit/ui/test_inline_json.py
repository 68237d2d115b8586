"""A name in the page's own script stays a string, whatever it says."""

import json
import re
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.symbology import MapClass
from ui.map.inline_json import script_json
from ui.map.layers import LegendEntry, PlannerLayers, Villages

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--",
    "${alert(1)}",
    "`${alert(1)}`",
    "{{ 7 * 7 }}",
    "{{{ 7 * 7 }}}",
    "{% for x in y %}",
    "{# x #}",
    "{{ 'map_div' }}",
    "\u2028alert(1)\u2029",
    "'; alert(1); '",
    '"); alert(1); ("',
    "\\",
    "]]>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_string_is_read_back_as_it_was(text: str) -> None:
    written = script_json({"name": text})
    assert json.loads(written) == {"name": text}
    assert written.isascii()
    assert not re.search(r"[<>&'`$]|\{[{%#]", written)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
def test_any_value_survives_and_is_no_template(value: Any) -> None:
    written = script_json(value)
    assert json.loads(written) == value
    # branca compiles rendered scripts as Jinja templates: ours must render to itself.
    assert jinja2.Environment(autoescape=True).from_string(written).render() == written


def test_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        script_json(float("nan"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_legend_label_never_leaves_its_string(text: str) -> None:
    layers = PlannerLayers(
        base="/s",
        villages=Villages("layers/a.json", selected=text, ranked=[text]),
        legend=[LegendEntry(MapClass.NO_FIBRE, text, 1)],
    )
    content = json.loads(layers.content)
    assert content["legend"] == [["no_fibre", text, 1, ["no_fibre"], 0, 1]]
    assert content["selected"] == text
    assert content["ranked"] == [text]
