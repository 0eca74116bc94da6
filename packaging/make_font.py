"""Cut the bundled fonts out of Noto Sans CJK: `python packaging/make_font.py [folder of NotoSansCJK-*.ttc]`.

Simplified Chinese (all of U+4E00–9FFF), punctuation, full width, Latin, and the symbols that charts and lists use.
Run by hand when the set of characters changes; the result is kept in resources/fonts.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).parent.parent / "resources" / "fonts"
WEIGHTS = ("Regular", "Bold")
FAMILY = "crmdesk Sans SC"
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2BC, 0x2BC), (0x300, 0x304), (0x370, 0x3FF), (0x400, 0x45F),
    (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x21FF), (0x2200, 0x22FF),
    (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x259F), (0x25A0, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF),
    (0x3000, 0x303F), (0x3040, 0x30FF), (0x3200, 0x33FF), (0x4E00, 0x9FFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
)  # fmt: skip


def simplified(source: Path) -> TTFont:
    """The simplified Chinese face of the collection. Raises StopIteration where it holds none."""
    faces = TTCollection(source, lazy=True).fonts
    return next(face for face in faces if face["name"].getDebugName(1) == "Noto Sans CJK SC")


def cut(font: TTFont) -> TTFont:
    """The font with the characters of RANGES only, without hints and vertical layout."""
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk"]
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    return font


def rename(font: TTFont, weight: str) -> None:
    """A family name of its own, so it never hides the system's full font."""
    names = font["name"]
    wanted = {1: FAMILY, 2: weight, 4: f"{FAMILY} {weight}", 6: f"crmdeskSansSC-{weight}"}
    for record in list(names.names):
        if record.nameID in wanted:
            names.setName(wanted[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID)


def main() -> None:
    """Write the fonts and say how large they are."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    TARGET.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        font = cut(simplified(source / f"NotoSansCJK-{weight}.ttc"))
        rename(font, weight)
        target = TARGET / f"NotoSansSC-{weight}.otf"
        font.save(target)
        print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main()
