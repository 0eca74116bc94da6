"""改了什么: noted, told with the losses before and since, deleted, and taken back."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QPushButton
from shiboken6 import delete

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer
from crmdesk.domain.improvement import Improvement
from crmdesk.domain.order import Order
from crmdesk.gui.dialogs.improvements import ImprovementsDialog
from crmdesk.gui.dialogs.loss_form import LossForm
from crmdesk.operations import customers, history, orders
from crmdesk.operations.files import open_file
from crmdesk.operations.improvements import improvements_made, note_improvement, who_left_before
from crmdesk.operations.lifecycle import lose
from crmdesk.words.care import effect_text

TODAY = date(2026, 11, 22)


def test_a_change_is_noted_told_deleted_and_taken_back(desk, prompts, qtbot):
    before = history.logical_dump(desk.database)
    dialog = ImprovementsDialog(desk)
    qtbot.addWidget(dialog)
    assert dialog._nothing.sentence.text().startswith("还没记")

    def note(form) -> None:
        assert not form._verb.isEnabled()
        form._reason.setCurrentIndex(form._reason.findData("delivery"))
        form._text.setText("改成当天送到")
        form._day.setDate(TODAY - timedelta(days=10))
        form.accept()

    prompts.on_run = note
    dialog.findChild(QPushButton, "add_improvement").click()
    [line] = dialog.lines()
    assert line.texts == ("2026-11-12", "送货慢、送错", "改成当天送到", "还早，看不出", "")

    def later(form) -> None:
        form._day.setDate(TODAY - timedelta(days=5))
        form.accept()

    prompts.on_run = later
    dialog.findChild(QPushButton, "edit_improvement").click()
    assert dialog.lines()[0].texts[0] == "2026-11-17"
    desk.undo()
    dialog.read()
    dialog.findChild(QPushButton, "delete_improvement").click()
    assert dialog.lines() == []
    desk.undo()
    assert len(improvements_made(desk.database)) == 1
    desk.undo()
    assert history.logical_dump(desk.database) == before


def test_a_change_that_is_kept_after_the_dialog_was_closed_is_kept_all_the_same(desk, prompts, late):
    dialog = ImprovementsDialog(desk)

    def note(form) -> None:
        form._text.setText("改成当天送到")
        form.accept()

    prompts.on_run = note
    dialog.add()
    delete(dialog)
    late()
    assert len(improvements_made(desk.database)) == 1


def test_losses_are_held_against_the_day_of_the_change(tmp_path):
    file = tmp_path / "店.crmdesk"
    for day, count in ((date(2026, 8, 1), 3), (date(2026, 11, 1), 1)):
        db = open_file(file, Clock(day), create=not file.exists())
        for number in range(count):
            one = customers.add_customer(db, Customer(name=f"{day} {number}")).new_id
            orders.add_order(db, Order(one, day - timedelta(days=200), amount=10_000))
            lose(db, [one], "delivery", lock=True, stop=False)
        db.close()
    db = open_file(file, Clock(TODAY))
    note_improvement(db, Improvement("delivery", date(2026, 9, 1), "改成当天送到"))
    [(made, effect)] = improvements_made(db)
    assert len(who_left_before(db, made)) == 3
    assert effect_text(effect) == "前 82 天 3 家，后 82 天 1 家 · ¥3 → ¥1"
    db.close()


def test_who_leaves_for_a_reason_that_was_put_right_may_not_know_of_it(qtbot):
    form = LossForm(
        None, [Improvement("delivery", TODAY, "改成当天送到"), Improvement("delivery", date(2026, 1, 1), "旧")]
    )
    qtbot.addWidget(form)
    assert form._changed.isHidden()
    form._reason.setCurrentIndex(form._reason.findData("delivery"))
    assert form._changed.text() == "2026-11-22 起改了：改成当天送到。他们知道吗？"
