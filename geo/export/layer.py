"""The stable name of the list where a file can hold several layers."""

from typing import Final

LAYER_NAME: Final = "priority_list"
"""Layer of the GeoPackage, ``name`` of the GeoJSON."""
