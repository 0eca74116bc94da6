"""The program's settings: one frozen value, read from and written to TOML."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple


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
    try:
        text = path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        # A settings file that cannot be read costs the user a theme, never the start of the program.
        return Settings()
    kept = _entries(text)
    known = {name: kept[name] for name, usual in Settings()._asdict().items() if type(kept.get(name)) is type(usual)}
    return Settings()._replace(**known)


def _entries(text: str) -> dict[str, Any]:
    """The entries of a TOML file; none where it is broken."""
    plain = _plain_entries(text)
    if plain is not None:
        return plain
    import tomllib  # its patterns alone take longer to make than the list of customers to read

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _plain_entries(text: str) -> dict[str, object] | None:
    """The entries where all are as `write_settings` writes them; None where somebody else wrote some of them."""
    entries: dict[str, object] = {}
    for line in filter(None, text.split("\n")):
        name, _equals, value = line.partition(" = ")
        number = value.isascii() and value.isdecimal() and value == str(int(value))
        read = int(value) if number else _plain_text(value)
        if read is None or name in entries or not (name.isascii() and name.isidentifier()):
            return None
        entries[name] = read
    return entries


def _plain_text(value: str) -> str | None:
    """A text in quotes with no other escapes than a backslash, a quote and a new line."""
    parts = value[1:-1].split(r"\\")
    rest = "".join(parts).replace(r"\n", "").replace(r"\"", "")
    if len(value) < 2 or value[0] + value[-1] != '""' or '"' in rest or "\\" in rest or not rest.isprintable():
        return None
    return "\\".join(part.replace(r"\n", "\n").replace(r"\"", '"') for part in parts)


def write_settings(path: Path, settings: Settings) -> None:
    """Keep the settings: written beside and renamed over, so a power cut leaves the old ones."""
    import tomli_w  # written seldom, and after the first paint

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(tomli_w.dumps(settings._asdict()), encoding="utf-8")
    part.replace(path)
