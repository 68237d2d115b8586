"""Run every benchmark, one after the other: ``python -m benchmarks``.

Each runs in a process of its own, so that none starts with another's memory.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Final

BENCHMARKS: Final = ("peers", "ranking", "nearest", "intake", "load", "rollout", "record")


def main() -> int:
    """Run them all; return how many failed."""
    failed = 0
    for name in BENCHMARKS:
        print(f"\n# benchmarks.{name}", flush=True)
        finished = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
        failed += finished.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
