"""Build the shipped province: ``python -m data.build [--out DIR]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from data.builder.province import build_province
from data.builder.write import write_province


def main() -> None:
    """Read the folder from the command line, build, write, and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m data.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, metavar="DIR")
    for path in write_province(build_province(), parser.parse_args().out):
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
