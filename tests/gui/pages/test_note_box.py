"""The note box: one line, a key for the outcome, Enter."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from crmdesk.gui.pages.note_box import Note, NoteBox


@pytest.fixture
def box(desk, qtbot):
    made = NoteBox(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def _key(box, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(box.edit, key, modifier)


def test_one_line_and_enter_save(box, write, qtbot):
    write(box.edit, "要两箱可乐")
    with qtbot.waitSignal(box.saved) as told:
        _key(box, Qt.Key.Key_Return)
    assert told.args == [Note("要两箱可乐", "call", "", date(2026, 12, 7))]


def test_an_empty_box_saves_nothing(box, qtbot):
    with qtbot.assertNotEmitted(box.saved):
        _key(box, Qt.Key.Key_Return)


def test_a_digit_in_the_empty_box_chooses_the_outcome_and_its_day(box):
    _key(box, Qt.Key.Key_4)
    assert box.outcome() == "not_reached"
    assert box.next_date.day() == date(2026, 11, 23)
    assert box.text() == ""
    _key(box, Qt.Key.Key_4)
    assert box.outcome() == ""


def test_a_digit_after_words_is_writing(box, write):
    write(box.edit, "要")
    _key(box, Qt.Key.Key_2)
    assert box.text() == "要2"
    assert box.outcome() == ""


def test_alt_and_a_digit_choose_at_any_time(box, write, qtbot):
    qtbot.waitExposed(box)
    box.activateWindow()
    write(box.edit, "货款清了")
    box.findChild(object, "outcome_won").click()
    assert box.outcome() == "won"
    assert box.text() == "货款清了"


def test_while_a_word_is_composed_enter_and_digits_belong_to_the_input_method(box, qtbot):
    composing = QInputMethodEvent("ni hao", [])
    QCoreApplication.sendEvent(box.edit, composing)
    with qtbot.assertNotEmitted(box.saved):
        _key(box, Qt.Key.Key_Return)
        _key(box, Qt.Key.Key_1)
    assert box.outcome() == ""


def test_shift_enter_breaks_the_line(box, write, qtbot):
    write(box.edit, "一")
    with qtbot.assertNotEmitted(box.saved):
        _key(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    write(box.edit, "二")
    assert len(box.edit.toPlainText().splitlines()) == 2


def test_arrows_move_only_while_nothing_is_written(box, write, qtbot):
    with qtbot.waitSignal(box.moved) as told:
        _key(box, Qt.Key.Key_Down)
    assert told.args == [1]
    write(box.edit, "话")
    with qtbot.assertNotEmitted(box.moved):
        _key(box, Qt.Key.Key_Up)


def test_an_outcome_alone_can_be_saved_and_a_stop_sets_no_next(box, qtbot):
    _key(box, Qt.Key.Key_5)
    with qtbot.waitSignal(box.saved) as told:
        _key(box, Qt.Key.Key_Return)
    assert told.args == [Note("", "call", "stop", None)]


def test_a_draft_comes_back(box):
    box.start("visit", None, Note("写到一半", "visit", "", None))
    assert box.text() == "写到一半"
    assert box.outcome() == ""


def test_the_day_in_the_line_is_the_next_day_and_says_so(box, write):
    write(box.edit, "拜访，送了价目表，下周三再去")
    assert box.next_date.day() == date(2026, 11, 25)
    assert box.note().kind == "visit"
    assert box._next_label.text() == "下次（照你写的）"
    box.edit.setPlainText("送了价目表")
    assert box.next_date.day() == date(2026, 12, 7)
    assert box._next_label.text() == "下次"


def test_what_was_chosen_by_hand_is_stronger_than_the_line(box, write):
    box.next_date.choose(date(2026, 12, 24))
    box._kind.setCurrentIndex(box._kind.findData("mail"))
    box._kind.activated.emit(box._kind.currentIndex())
    write(box.edit, "拜访，下周三再去")
    assert (box.next_date.day(), box.note().kind) == (date(2026, 12, 24), "mail")
    assert box._next_label.text() == "下次"


def test_who_is_not_followed_any_more_has_no_next_day_whatever_is_written(box, write):
    write(box.edit, "下周三关店，不用再来")
    box.pick_outcome(4)
    assert box.next_date.day() is None
