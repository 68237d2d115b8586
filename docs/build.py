"""Rebuild what the documentation takes from the product: ``python -m docs.build``.

Writes the generated parts of the reference (help texts, data dictionary, published figures) and
takes every picture anew. Without a browser, ``--no-pictures`` writes the generated parts only.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from docs.generated import fill, parts
from docs.pictures import take_pictures

DOCS: Final = Path(__file__).resolve().parent


def main() -> int:
    """Build and say in a line each what was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-pictures", action="store_true", help="only the generated parts")
    parser.add_argument("--only", help="only pictures whose name contains this")
    arguments = parser.parse_args()
    for page, wanted in parts().items():
        path = DOCS / page
        path.write_text(fill(path.read_text(encoding="utf-8"), wanted), encoding="utf-8")
        print(f"docs/{page}")
    if not arguments.no_pictures:
        for picture in take_pictures(DOCS / "images", arguments.only or ""):
            print(f"docs/images/{picture.name} ({picture.stat().st_size / 1000:.0f} kB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
