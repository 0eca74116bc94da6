"""The real questions, answered by a script that presses their buttons."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QMessageBox, QWidget

from crmdesk.domain.phrase import Phrase
from crmdesk.gui.dialogs.pick_date import PickDate
from crmdesk.gui.prompts import Prompts


@pytest.fixture
def asking(_look) -> Prompts:
    return Prompts(lambda: None)


def press(text: str) -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == text).click()


def soon(act) -> None:
    QTimer.singleShot(50, act)


def test_a_choice_is_a_button_with_a_verb(asking) -> None:
    soon(lambda: press("改到下周"))
    assert asking.ask_choice("改期", "改到什么时候？", ["改到明天", "改到下周"]) == 1


def test_cancel_is_no_choice(asking) -> None:
    soon(lambda: press("取消"))
    assert asking.ask_choice("改期", "改到什么时候？", ["改到明天"]) is None


def test_a_confirmation_carries_its_verb(asking) -> None:
    soon(lambda: press("停下并离开"))
    assert asking.confirm("离开", "还没做完", "停下并离开")


def test_an_error_says_the_sentence(asking) -> None:
    seen = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        seen.append(box.text())
        press("关闭")

    soon(read)
    asking.error(Phrase("no_such_customer"))
    assert seen[0]
    assert "no_such_customer" not in seen[0]


def test_a_text_is_asked_for(asking) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("  王姐超市 ")
        dialog.accept()

    soon(answer)
    assert asking.ask_text("改名", "名字") == "王姐超市"


def test_a_day_is_asked_for(asking) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PickDate)
        dialog.accept()

    soon(answer)
    assert asking.ask_date("改期", date(2026, 12, 6)) == date(2026, 12, 6)


def test_a_question_before_the_window_appears_is_dressed(qtbot) -> None:
    dressed: list[str] = []
    asking = Prompts(lambda: None, lambda: dressed.append("dressed"))
    soon(lambda: QApplication.activeModalWidget().accept())
    asking.ask_date("改期", date(2026, 12, 6))
    assert dressed == ["dressed"]


def test_text_goes_to_the_clipboard(asking) -> None:
    asking.copy("13800138000")
    assert QGuiApplication.clipboard().text() == "13800138000"


def test_what_was_answered_is_gone(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    asking = Prompts(lambda: window)
    soon(lambda: QApplication.activeModalWidget().reject())
    asking.run(PickDate("改期", date(2026, 12, 6), window))
    soon(lambda: QApplication.activeModalWidget().reject())
    asking.ask_choice("改期", "哪天？", ["明天"])
    qtbot.waitUntil(lambda: not window.findChildren(QDialog))
