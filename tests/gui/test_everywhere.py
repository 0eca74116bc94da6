"""Every page and dialog by keys and by ear: Tab goes everywhere, the focus is seen, everything has a name."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCalendarWidget, QDialog, QWidget
from pytestqt.qtbot import QtBot

from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.app import Program
from crmdesk.gui.main_window import MainWindow
from crmdesk.gui.page_stack import BUILDERS
from crmdesk.gui.pictures_dialogs import dialogs
from crmdesk.gui.pictures_forms import forms, pasted
from crmdesk.operations import listing

PLACES = sorted(set(BUILDERS) - {"welcome"})
SAME = 5  # a date field keeps the Tab key for year, month and day


@pytest.fixture
def window(program: Program, full_file: Path, qtbot: QtBot) -> MainWindow:
    program.files.open(full_file)
    program.window.resize(1280, 800)
    program.window.show()
    qtbot.waitUntil(lambda: program.desk.editable)
    return program.window


def stops(top: QWidget) -> list[QWidget]:
    """Where the Tab key may stop. Of buttons that belong together Tab reaches one; the arrows go on from it."""
    every = [
        part
        for part in top.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.window() is top.window()
    ]
    tab = Qt.FocusPolicy.TabFocus
    return [part for part in every if part.focusPolicy() & tab == tab and part.focusProxy() is None]


def without_name(top: QWidget) -> list[str]:
    found = []
    for part in stops(top):
        told = QAccessible.queryAccessibleInterface(part)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            found.append(f"{type(part).__name__} {part.objectName()}")
    return found


def walk(top: QWidget, first: QWidget) -> Iterator[QWidget]:
    """Where the Tab key goes from `first`, until it comes back."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    same = 0
    while (now := QApplication.focusWidget()) is not None and same < SAME:
        if now in seen and now is not seen[-1]:
            return
        same = same + 1 if seen and now is seen[-1] else 0
        if not same:
            seen.append(now)
            yield now
        QTest.keyClick(now, Qt.Key.Key_Tab)


def unseen(part: QWidget) -> bool:
    """Whether nothing shows that the keys go to a part."""
    window = part.window()
    around = QRect(part.mapTo(window, QPoint(0, 0)), part.size()).adjusted(-4, -4, 4, 4)
    focused = window.grab(around).toImage()
    part.clearFocus()
    without = window.grab(around).toImage()
    part.setFocus(Qt.FocusReason.TabFocusReason)
    return bool(focused == without)


def check(top: QWidget) -> dict[str, list[str]]:
    """What is wrong with a page or dialog: places that Tab leaves out, that do not show the focus, without a name."""
    top.activateWindow()
    wanted = stops(top)
    if not wanted:
        return {}
    reached, dark = [], []
    for part in walk(top, wanted[0]):
        reached.append(part)
        if not isinstance(part.parentWidget(), QCalendarWidget) and unseen(part):
            dark.append(part)
    left = [p for p in stops(top) if p in wanted and p not in reached and not _in_group(p)]
    found = {"left out": left, "not seen": dark}
    told = {what: [f"{type(p).__name__} {p.objectName()}" for p in parts] for what, parts in found.items()}
    return {what: names for what, names in (told | {"without a name": without_name(top)}).items() if names}


def _in_group(part: QWidget) -> bool:
    return isinstance(part, QAbstractButton) and part.group() is not None


@pytest.mark.parametrize("place", PLACES)
def test_every_page_is_walked_by_tab_and_told_by_name(window: MainWindow, qtbot: QtBot, place: str) -> None:
    page = window.show_place(place)
    qtbot.waitUntil(page.ready)
    qtbot.wait(200)  # parts built in idle moments
    assert check(window) == {}


def test_a_card_is_walked_too(window: MainWindow, qtbot: QtBot) -> None:
    customer = int(window.desk.read(listing.customer_ids, CustomerQuery())[0])
    window.desk.customer_wanted.emit(customer)
    window.stack.page("customers").tabs.open_customer(customer)
    qtbot.wait(200)
    assert check(window) == {}


def test_every_dialog_is_walked_by_tab_and_told_by_name(window: MainWindow, qtbot: QtBot) -> None:
    customer = int(window.desk.read(listing.customer_ids, CustomerQuery())[0])
    wrong = {}
    made = [*dialogs(window.desk, window), *forms(window.desk, window, customer)]
    for name, make in (*made, ("pasted", lambda: pasted(window.desk, window))):
        dialog = make()
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(lambda dialog=dialog: QApplication.activeWindow() is dialog)
        wrong[name] = check(dialog)
        dialog.done(QDialog.DialogCode.Rejected)
        dialog.deleteLater()
    assert {name: found for name, found in wrong.items() if found} == {}


def test_no_page_and_no_dialog_goes_to_the_network(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object) -> None:
        raise AssertionError("somebody wants to connect")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    for place in PLACES:
        page = window.show_place(place)
        qtbot.waitUntil(page.ready)
    for _name, make in dialogs(window.desk, window):
        make().deleteLater()
    assert "PySide6.QtNetwork" not in sys.modules
