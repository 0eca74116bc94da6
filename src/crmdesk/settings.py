"""The program's settings: one frozen value, read from and written to TOML."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Settings(NamedTuple):
    """What the program remembers between starts. What belongs to a file is kept in that file."""

    language: str = ""  # "zh", "en"; empty: as the system
    theme: str = ""  # "light", "dark"; empty: as the system
    last_file: str = ""
    window: str = ""  # Qt's window geometry, base64
    daily_cap: int = 8
    recent: str = ""  # paths of files opened before, newest first, one a line
    text_scale: int = 100  # percent
    after_sale_days: int = 0  # from an order to the day one asks how it went; 0: not at all


def read_settings(path: Path) -> Settings:
    """The settings kept in `path`; the defaults where it does not exist. Unknown or ill-typed entries are left out."""
    if not path.exists():
        return Settings()
    import tomllib

    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # A settings file that cannot be read costs the user a theme, never the start of the program.
        return Settings()
    known = {name: kept[name] for name, usual in Settings()._asdict().items() if type(kept.get(name)) is type(usual)}
    return Settings()._replace(**known)


def write_settings(path: Path, settings: Settings) -> None:
    """Keep the settings: written beside and renamed over, so a power cut leaves the old ones."""
    import tomli_w  # written seldom, and after the first paint

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(tomli_w.dumps(settings._asdict()), encoding="utf-8")
    part.replace(path)
