"""Pieces come one at a time once the window is shown, and at once when somebody asks."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

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


def test_nothing_is_built_for_a_window_that_is_gone(qtbot: QtBot) -> None:
    built: list[str] = []
    window = QObject()
    queue = IdleQueue(window)
    queue.later(lambda: built.append("toast") or "toast")
    queue.begin()

    window.deleteLater()

    qtbot.wait(80)
    assert not built
