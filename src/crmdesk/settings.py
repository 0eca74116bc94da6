"""The program's settings: one frozen value, read from and written to TOML."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What the program remembers between starts. What belongs to a file is kept in that file."""

    language: str = ""  # "zh", "en"; empty: as the system
    theme: str = ""  # "light", "dark"; empty: as the system
    last_file: str = ""
    window: str = ""  # Qt's window geometry, base64
    daily_cap: int = 8
    recent: str = ""  # paths of files opened before, newest first, one a line
    text_scale: int = 100  # percent


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
    defaults = asdict(Settings())
    return Settings(
        **{f.name: kept[f.name] for f in fields(Settings) if type(kept.get(f.name)) is type(defaults[f.name])}
    )


def write_settings(path: Path, settings: Settings) -> None:
    """Keep the settings: written beside and renamed over, so a power cut leaves the old ones."""
    import tomli_w  # written seldom, and after the first paint

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(tomli_w.dumps(asdict(settings)), encoding="utf-8")
    part.replace(path)
