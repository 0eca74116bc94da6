"""Set up and run crmdesk from a fresh clone, with nothing but Python 3.11 or newer.

python3 dev.py demo        sample data in the window; without a display: the main job off screen
python3 dev.py test        every check and every test
python3 dev.py run ...     the program itself, with its own arguments
python3 dev.py setup       only make .venv
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("lint-imports", "--no-cache"),
    ("mypy",),
    ("pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"),  # each keeps about a gigabyte
)


def tool(name: str) -> str:
    """The path of a command inside .venv."""
    return str(BIN / (f"{name}.exe" if os.name == "nt" else name))


def run(*command: str) -> int:
    """Run a command at the root of the tree and return its exit code."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def set_up() -> None:
    """Make .venv with the pinned versions, unless it already holds them."""
    pins = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    wanted = hashlib.sha256(b"".join(pins)).hexdigest()
    stamp = VENV / "crmdesk.stamp"
    if not (stamp.exists() and stamp.read_text() == wanted):
        print("Setting up .venv (once, about a minute)", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
        quiet = ("--quiet", "--disable-pip-version-check", "--constraint", "constraints.txt")
        pip = (tool("python"), "-m", "pip", "install", *quiet)
        for arguments in (("--upgrade", "pip"), ("--group", "dev", "--editable", ".")):
            if code := run(*pip, *arguments):
                sys.exit(code)
        stamp.write_text(wanted)
    if code := run(tool("python"), str(Path("packaging", "catalogues.py"))):
        sys.exit(code)


def check() -> int:
    """Run all checks, also after one has failed; 0 only when all passed."""
    failed = [command[0] for command in CHECKS if run(tool(command[0]), *command[1:])]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    """Do what the first argument says; return the exit code."""
    wanted, *rest = arguments or ["help"]
    if wanted not in ("demo", "test", "run", "pictures", "setup"):
        print(__doc__)
        return 0 if wanted == "help" else 2
    set_up()
    if wanted == "test":
        return check() if not rest else run(tool("pytest"), *rest)
    if wanted == "pictures":
        return run(tool("python"), str(Path("packaging", "docs_pictures.py")))
    if wanted == "demo":
        rest = ["demo", *rest]
    return 0 if wanted == "setup" else run(tool("python"), "-m", "crmdesk", *rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
