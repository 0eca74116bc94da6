"""Pieces come one at a time once the window is shown, and at once when somebody asks."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from crmdesk.gui.jobs import Jobs
from crmdesk.gui.later import IdleQueue, Later


def test_a_piece_is_built_once_and_only_when_it_is_asked_for() -> None:
    built: list[str] = []
    piece = Later(lambda: built.append("one") or "one")
    assert not piece.built

    assert piece() == piece() == "one"

    assert piece.built
    assert built == ["one"]


def test_the_queue_builds_in_order_from_the_moment_the_window_is_shown(qtbot: QtBot) -> None:
    built: list[str] = []
    queue = IdleQueue()
    for name in ("toast", "card", "results"):
        queue.later(lambda name=name: built.append(name) or name)
    qtbot.wait(60)
    assert not built

    queue.begin()

    qtbot.waitUntil(lambda: queue.empty)
    assert built == ["toast", "card", "results"]


def test_what_was_asked_for_early_is_not_built_again(qtbot: QtBot) -> None:
    built: list[str] = []
    queue = IdleQueue()
    pieces = [queue.later(lambda name=name: built.append(name) or name) for name in ("a", "b")]
    assert pieces[1]() == "b"

    queue.begin()

    qtbot.waitUntil(lambda: queue.empty)
    assert built == ["b", "a"]


def test_what_is_announced_after_the_start_has_its_turn_too(qtbot: QtBot) -> None:
    queue = IdleQueue()
    queue.begin()

    piece = queue.later(lambda: "late")

    qtbot.waitUntil(lambda: piece.built)


def test_a_piece_that_fails_does_not_stop_the_others(qtbot: QtBot) -> None:
    queue = IdleQueue()
    queue.later(lambda: 1 / 0)
    good = queue.later(lambda: "good")

    with qtbot.captureExceptions() as errors:
        queue.begin()
        qtbot.waitUntil(lambda: good.built)

    assert [kind for kind, *_rest in errors] == [ZeroDivisionError]


def test_a_piece_that_failed_is_built_when_it_is_asked_for_again() -> None:
    built: list[str] = []

    def build() -> str:
        built.append("tried")
        return "one" if len(built) > 1 else str(1 / 0)

    piece = Later(build)
    with pytest.raises(ZeroDivisionError):
        piece()
    assert not piece.built

    assert piece() == piece() == "one"
    assert len(built) == 2


def test_nothing_is_built_for_a_window_that_is_gone(qtbot: QtBot) -> None:
    built: list[str] = []
    window = QObject()
    queue = IdleQueue(window)
    queue.later(lambda: built.append("toast") or "toast")
    queue.begin()

    window.deleteLater()

    qtbot.wait(80)
    assert not built


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.stop()


@pytest.fixture
def heavy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module that notes which thread loads it."""
    (tmp_path / "heavy_piece.py").write_text("import threading\nTHREAD = threading.current_thread()\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "heavy_piece"
    sys.modules.pop("heavy_piece", None)


def test_what_is_long_to_load_is_loaded_beside_the_window(qtbot: QtBot, jobs: Jobs, heavy: str) -> None:
    built: list[str] = []
    queue = IdleQueue(None, jobs)
    queue.later(lambda: built.append("quick") or "quick")
    queue.later(lambda: built.append(str(heavy in sys.modules)) or "long", heavy)
    queue.later(lambda: built.append("last") or "last")

    queue.begin()

    qtbot.waitUntil(lambda: queue.empty)
    assert built == ["quick", "True", "last"]
    assert sys.modules[heavy].THREAD is not threading.main_thread()


def test_what_cannot_be_loaded_is_told_by_the_building(qtbot: QtBot, jobs: Jobs) -> None:
    queue = IdleQueue(None, jobs)
    piece = queue.later(lambda: "built without it", "no_such_module")

    queue.begin()

    qtbot.waitUntil(lambda: piece.built)


def test_after_the_window_is_closed_nothing_is_loaded(qtbot: QtBot, jobs: Jobs, heavy: str) -> None:
    queue = IdleQueue(None, jobs)
    queue.later(lambda: "piece", heavy)
    queue.begin()

    queue.end()

    qtbot.wait(80)
    assert heavy not in sys.modules
