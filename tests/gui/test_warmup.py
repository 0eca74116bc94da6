"""Libraries are loaded ahead, one after the other, and the program hears when all are there."""

from __future__ import annotations

import gc
import sys

import pytest
from pytestqt.qtbot import QtBot

from crmdesk.gui.app import collect_rubbish
from crmdesk.gui.desk import Desk
from crmdesk.gui.warmup import WarmUp


def test_each_module_is_loaded_and_the_end_is_told_once(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []
    for name in ("colorsys", "chunk_that_is_not", "sndhdr_that_is_not"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    WarmUp(desk, ("colorsys", "chunk_that_is_not", "sndhdr_that_is_not"), lambda: ended.append("all")).start()

    qtbot.waitUntil(lambda: bool(ended))
    assert "colorsys" in sys.modules
    assert ended == ["all"]


def test_rubbish_is_collected_again_but_not_looked_for_in_what_stays() -> None:
    was_on = gc.isenabled()
    gc.disable()
    try:
        collect_rubbish()

        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
        (gc.enable if was_on else gc.disable)()
