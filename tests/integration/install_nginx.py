"""See to it that the deployment tests have nginx: Debian's, when root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_PLACES = (Path("/usr/sbin/nginx"), Path("/usr/local/sbin/nginx"))


def nginx_command() -> str | None:
    """Return where nginx is; ``None`` without."""
    found = shutil.which("nginx")
    return found or next((str(place) for place in _PLACES if place.is_file()), None)


def main() -> int:
    """Install it if that can be done; its absence is said by the tests, and no failure here."""
    if nginx_command():
        return 0
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not root or not shutil.which("apt-get"):
        print("nginx is not installed: the tests of the server deployment will be skipped")
        return 0
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "nginx-light"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, check=False, env=quiet, stdout=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
