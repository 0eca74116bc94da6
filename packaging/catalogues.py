"""Merge the catalogues of resources/locale/zh_CN (one a room) into the one that gettext reads.

Run as `python packaging/catalogues.py`; the build hook calls `compile_catalogues` as well.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent.parent / "resources" / "locale" / "zh_CN"


def merged_catalogue(folder: Path = LOCALE) -> Catalog:
    """All messages of the folder's .po files. Raises ValueError where two files translate a text differently."""
    merged = Catalog(locale="zh_CN", domain="crmdesk", charset="utf-8")
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                known = merged.get(message.id) if message.id else None
                if known and known.string != message.string:
                    raise ValueError(
                        f"{path.name}: {message.id!r} is {known.string!r} elsewhere, {message.string!r} here"
                    )
                if message.id:
                    merged.add(message.id, message.string)
    return merged


def compile_catalogues(folder: Path = LOCALE) -> Path:
    """Write LC_MESSAGES/crmdesk.mo and return its path."""
    target = folder / "LC_MESSAGES" / "crmdesk.mo"
    target.parent.mkdir(exist_ok=True)
    merged = merged_catalogue(folder)
    # Written beside and renamed over: a catalogue that cannot be merged leaves the last good one in place.
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        write_mo(file, merged)
    part.replace(target)
    return target


if __name__ == "__main__":
    compile_catalogues()
