"""Workbooks made ugly from a clean truth, by seed: every cell comes back right, or it is flagged; every row counts."""

from __future__ import annotations

import re
import sys

import pytest

from crmdesk.excel.header_words import match_header
from ugly.books import BOOKS
from ugly.families import FAMILIES
from ugly.families import SHAPES as SIX
from ugly.judge import Verdict, judge
from ugly.shapes import SHAPES, make
from ugly.writers import DISGUISED, FORMATS

SEEDS = range(3_000, 3_002)  # more of them: `PYTHONPATH=tests python -m ugly --seeds 0-199`


@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_is_right_or_flagged_and_every_row_accounted_for(shape, tmp_path, clock):
    whole = Verdict()
    for fmt in (*FORMATS, *DISGUISED):
        for seed in SEEDS if fmt in FORMATS and shape not in BOOKS else SEEDS[:1]:
            whole.add(judge(shape, seed, fmt, tmp_path / f"{fmt}{seed}", clock))
    assert whole.faults == []
    assert whole.right > 100
    assert whole.right >= 0.99 * (whole.right + whole.flagged)


def _map_of_sheets(shared_data) -> str:
    path = shared_data.parent / "design" / "sheets.md"
    if not path.exists():
        pytest.skip("the map of real sheets is kept elsewhere")
    return path.read_text(encoding="utf-8")


def test_every_family_and_shape_of_the_map_of_real_sheets_is_made(shared_data):
    told = _map_of_sheets(shared_data)
    families = {word.rstrip("s") for word in re.findall(r"\*\*(\w+)\*\*[: ]", told)} - {"no silent errors"}
    assert families <= {name.rstrip("s") for name in FAMILIES}
    shapes = " ".join(told.partition("## Shapes")[2].partition("##")[0].split())
    assert len(re.findall(r"\d\. ", shapes)) == len(SIX)
    assert all(words.partition(",")[0] in shapes for words in SIX)
    assert all(maker in SHAPES.values() for maker in SIX.values())


def test_every_thing_that_goes_wrong_in_the_map_is_named_in_the_table(shared_data):
    told = _map_of_sheets(shared_data).partition("## What goes wrong")[2].partition("## What the importer owes")[0]
    missing = []
    for name, text in re.findall(r"- \*\*(\w+)\*\*:?(.*?)(?=\n- \*\*|\Z)", told, re.DOTALL):
        known = _words(" ".join(FAMILIES[name if name in FAMILIES else f"{name}s"]))
        missing += [f"{name}: {word}" for word in _words(text) - known - _BESIDE]
    assert missing == []


# Words that tell about a piece of the map and are none themselves; files that no library here can write.
_BESIDE = frozenset(["已倒闭", "xlsm", "xlsb", "ods", "WPS", "files"])


def _words(text: str) -> set[str]:
    """The Chinese words and forms with figures of a text: what stands in a cell, not what is said about it."""
    found = re.findall(r"[\u4e00-\u9fff★（）〃√×Ａ]+|[\d.E+,/-]*\d[\d.E+,/-]*|\.\w+", text)
    return {word.strip(".,/") for word in found}


def test_all_that_the_table_names_is_made_by_some_shape():
    called = set()
    sys.setprofile(lambda frame, event, _arg: called.add(frame.f_code) if event == "call" else None)
    try:
        for shape in SHAPES:
            for seed in range(60):
                make(shape, seed, FORMATS[seed % len(FORMATS)])
    finally:
        sys.setprofile(None)
    makers = {name: one for part, family in FAMILIES.items() if part != "Files" for name, one in family.items()}
    assert [name for name, maker in makers.items() if maker.__code__ not in called] == []


def test_every_header_word_of_the_map_means_something(shared_data):
    rows = re.findall(r"^\| ([\w, ]+) \| (.+) \|$", _map_of_sheets(shared_data), re.MULTILINE)
    words = [
        word.strip()
        for field, text in rows
        if field not in ("field", "row number")
        for word in re.split(r"[,;:]\s*", re.sub(r"\*\*.*?\*\*| may be it|\((?:高|张).*\)", "", text))
    ]
    unknown = [word for word in words if word and re.match(r"^[\u4e00-\u9fffA-Z]", word) and not match_header(word)]
    assert unknown == []
