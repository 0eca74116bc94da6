"""Renew the pictures of the documents: sample data in the real window, off screen. Run through `dev.py pictures`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

TARGET = Path(__file__).parent.parent / "docs" / "pictures"
WANTED = (
    ("today", "zh", "light"),
    ("customers", "zh", "light"),
    ("insight", "zh", "dark"),
    ("follow_ups", "en", "light"),
    ("policy", "zh", "light"),
)


def crmdesk(*arguments: str, home: Path) -> None:
    """Run the program on the day of the sample, in a home of its own."""
    own = {"HOME": str(home), "CRMDESK_TODAY": "2026-11-22", "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "zh_CN.UTF-8"}
    subprocess.run([sys.executable, "-m", "crmdesk", *arguments], env={**os.environ, **own}, check=True)


def main() -> None:
    """Make the sample once, take every page in each wanted look, keep the wanted ones."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        home = Path(folder)
        crmdesk("demo", "--out", str(home / "demo"), home=home)
        sample = next((home / "demo").glob("*.crmdesk"))
        for page, language, theme in WANTED:
            out = home / f"{language}_{theme}"
            look = ("--language", language, "--theme", theme, "--size", "1280x800")
            crmdesk("pictures", "--file", str(sample), "--out", str(out), *look, home=home)
            (TARGET / f"{page}_{language}_{theme}.png").write_bytes((out / f"{page}.png").read_bytes())


if __name__ == "__main__":
    main()
