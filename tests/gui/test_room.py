"""Large text and small screens: nothing is cut, nothing is squeezed, everything can be reached."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crmdesk import i18n
from crmdesk.gui.app import Program
from crmdesk.gui.pictures_dialogs import dialogs
from crmdesk.gui.pictures_forms import forms
from crmdesk.gui.room import LowFrame, fit_screen
from crmdesk.gui.widgets.pieces import Elided

PLACES = ("today", "customers", "follow_ups", "insight", "policy", "changes", "settings")
SLACK = 1  # pixel of rounding


def cut_texts(top: QWidget) -> Iterator[str]:
    """The words in sight that have less room than they need; what may end in "…" has its tooltip."""
    for shown in top.findChildren(QWidget):
        if not shown.isVisible() or shown.window() is not top.window() or isinstance(shown, Elided):
            continue
        if isinstance(shown, QLabel) and shown.text():
            wide = shown.width() if shown.wordWrap() else shown.sizeHint().width()
            high = shown.heightForWidth(shown.width()) if shown.wordWrap() else shown.sizeHint().height()
        elif isinstance(shown, QAbstractButton) and shown.text():
            wide, high = shown.sizeHint().width(), shown.sizeHint().height()
        elif isinstance(shown, QPlainTextEdit):
            wide, high = shown.minimumSizeHint().width(), shown.minimumSizeHint().height()
        else:
            continue
        if wide > shown.width() + SLACK or high > shown.height() + SLACK:
            words = shown.accessibleName() or shown.text()
            yield f"{shown.objectName()} {words!r} {shown.width()}x{shown.height()} of {wide}x{high}"


def shown_at(program: Program, file: Path, qtbot: QtBot, size: QSize) -> QWidget:
    program.files.open(file)
    program.window.resize(size)
    program.window.show()
    qtbot.waitUntil(lambda: program.desk.editable)
    assert program.window.size() == size  # nothing in it asks for more
    return program.window


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("size", "scale"), [(QSize(1000, 700), 150), (QSize(911, 472), 100), (QSize(683, 344), 100)])
def test_every_page_works_with_large_text_and_on_a_small_screen(
    program: Program, full_file: Path, qtbot: QtBot, language: str, size: QSize, scale: int
) -> None:
    program.desk.set_settings(language=language, text_scale=scale)
    window = shown_at(program, full_file, qtbot, size)
    for place in PLACES:
        page = program.window.show_place(place)
        qtbot.waitUntil(page.ready)
        qtbot.wait(120)  # the lunar day comes a moment later
        frame = program.window.stack.currentWidget()
        assert isinstance(frame, LowFrame)
        assert frame.horizontalScrollBar().maximum() == 0, place
        assert page.width() <= frame.width(), place
        _settled(page, qtbot, place)
    assert window.size() == size


@pytest.fixture
def longer_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word of the program 40 % longer, as another language may say it."""
    chinese = i18n._chinese
    monkeypatch.setattr(i18n, "_chinese", lambda text: _longer(chinese(text) or text))


def _longer(text: str) -> str:
    return text + "长" * math.ceil(len(text) * 0.4) if text.strip() else text


def test_no_page_is_cut_where_every_word_is_longer(
    longer_words: None, program: Program, full_file: Path, qtbot: QtBot
) -> None:
    program.desk.set_settings(language="zh")
    program.window.retranslate()
    shown_at(program, full_file, qtbot, QSize(1280, 800))
    for place in PLACES:
        page = program.window.show_place(place)
        qtbot.waitUntil(page.ready)
        page.retranslate()
        assert "长" in page.title()
        assert page.width() <= program.window.stack.currentWidget().width(), place
        _settled(page, qtbot, place)
    assert program.window.size() == QSize(1280, 800)


def test_no_dialog_is_cut_where_every_word_is_longer(
    longer_words: None, program: Program, full_file: Path, qtbot: QtBot
) -> None:
    shown_at(program, full_file, qtbot, QSize(1280, 800))
    cut = {}
    for name, make in (*dialogs(program.desk, program.window), *forms(program.desk, program.window, 0)):
        dialog = make()
        fit_screen(dialog)
        dialog.show()
        cut[name] = list(cut_texts(dialog))
        dialog.done(0)
        dialog.deleteLater()
    assert {name: texts for name, texts in cut.items() if texts} == {}


def _settled(page: QWidget, qtbot: QtBot, place: str) -> None:
    """Parts that are built in idle moments get their room a moment after they come; then nothing is cut."""

    def whole() -> None:
        assert list(cut_texts(page)) == [], place

    qtbot.waitUntil(whole, timeout=5000)


def test_in_a_narrow_window_today_shows_the_list_or_the_card(program: Program, full_file: Path, qtbot: QtBot) -> None:
    shown_at(program, full_file, qtbot, QSize(683, 500))
    page = program.window.show_place("today")
    assert page.list.isVisible()
    assert not page.card.isVisible()
    page.list.entered.emit()
    assert page.card.isVisible()
    assert not page.list.isVisible()
    assert page.card.note.edit.hasFocus()
    page.card.findChild(QPushButton, "card_back").click()
    assert page.list.isVisible()
    program.window.resize(1280, 700)
    assert page.list.isVisible()
    assert page.card.isVisible()


def test_a_narrow_window_keeps_the_names_of_the_places_for_who_cannot_see_icons(
    program: Program, full_file: Path, qtbot: QtBot
) -> None:
    shown_at(program, full_file, qtbot, QSize(683, 500))
    customers = program.window.rail.findChild(QAbstractButton, "rail_customers")
    assert customers.text() == ""
    assert customers.accessibleName() == "客户"
    assert "客户" in customers.toolTip()
    program.window.resize(1280, 700)
    assert customers.text().strip() == "客户"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_dialog_is_cut_with_large_text(program: Program, full_file: Path, qtbot: QtBot, language: str) -> None:
    program.desk.set_settings(language=language, text_scale=150)
    shown_at(program, full_file, qtbot, QSize(1000, 700))
    cut = {}
    for name, make in dialogs(program.desk, program.window):
        dialog = make()
        fit_screen(dialog)
        dialog.show()
        cut[name] = list(cut_texts(dialog))
        dialog.done(0)
        dialog.deleteLater()
    assert {name: texts for name, texts in cut.items() if texts} == {}


def test_a_dialog_larger_than_the_screen_scrolls_and_its_buttons_can_be_reached(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    for number in range(60):
        column.addWidget(QPushButton(f"button {number}", dialog))
    last = dialog.findChildren(QPushButton)[-1]
    fit_screen(dialog)
    dialog.show()
    assert dialog.height() < dialog.screen().availableSize().height()
    frame = dialog.findChild(LowFrame)
    frame.ensureWidgetVisible(last)
    assert frame.viewport().rect().contains(last.mapTo(frame.viewport(), last.rect().center()))


def test_a_link_is_never_squeezed_below_its_line(_look, qtbot: QtBot) -> None:
    crowded = QWidget()
    qtbot.addWidget(crowded)
    column = QVBoxLayout(crowded)
    for number in range(8):
        link = QPushButton(f"还有 {number} 条", crowded)
        link.setProperty("link", True)
        column.addWidget(link)
    crowded.show()
    crowded.resize(200, 60)
    assert all(link.height() >= link.fontMetrics().height() for link in crowded.findChildren(QPushButton))
