"""The face of printed reports: Tinos, whose measures are those of Times New Roman.

The four files are installed with the app (:mod:`ui.install_assets`) and never kept in the
repository. Fonts of the machine are not used: the same report must look the same everywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from planning.errors import PlannerError

FACE: Final = "Tinos"
FALLBACKS: Final = ("Libertinus Serif", "New Computer Modern Math", "DejaVu Sans Mono")
"""Faces within the typesetter, for signs and letters that Tinos does not have."""

_FOLDER: Final = Path(__file__).resolve().parents[2] / "static" / "vendor" / "tinos"
_FILES: Final = 4


def font_folder(folder: Path = _FOLDER) -> Path:
    """Return where the font files are.

    Raises
    ------
    PlannerError
        If they are not installed: another face would break the layout the decree asks for.
    """
    if len(list(folder.rglob("*.ttf"))) < _FILES:
        raise PlannerError("error-report-fonts", folder=str(folder))
    return folder
