"""今天: what is due, one line that completes it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from crmdesk.domain.attention import TodayItem
from crmdesk.domain.customer import Customer
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.talk import OBJECTION, Talk
from crmdesk.gui.pages.today import TodayPage
from crmdesk.gui.pages.today_row import TodayRow, reason_text
from crmdesk.operations import customers, follow_ups, history, interactions, talks

TODAY = date(2026, 11, 22)


@pytest.fixture
def page(desk, ledger, qtbot, settle):
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    settle()
    return made


def _names(page):
    return [item.name for item in page.list.items()]


def _key(widget, key):
    QTest.keyClick(widget, key)


def test_the_date_line_has_weekday_and_lunar_day(page):
    assert page._date.text() == "11月22日 星期日  农历十月十四"


def test_promises_come_first_and_a_broken_one_says_so(page):
    assert _names(page)[0] == "李总"
    assert page.list.items()[0].promise
    row = page.findChild(TodayRow, f"today_row_{page.list.items()[0].customer_id}")
    assert "过了 2 天" in row.sentence()
    assert row._name.text().startswith("!")


def test_today_and_the_follow_ups_agree(page, desk):
    due = desk.read(follow_ups.list_follow_ups, "overdue") + desk.read(follow_ups.list_follow_ups, "today")
    assert {row.follow_up.id for row in due} >= {item.follow_up_id for item in page.list.items()}


def test_j_k_and_the_arrows_move_and_the_card_follows(page):
    _key(page.list, Qt.Key.Key_J)
    assert page.card.item().name == _names(page)[1]
    _key(page.list, Qt.Key.Key_Up)
    assert page.card.item().name == "李总"


def test_one_line_completes_writes_and_sets_the_next_then_goes_on(page, desk, ledger, write):
    first = page.list.items()[0]
    _key(page.list, Qt.Key.Key_Return)
    write(page.card.note.edit, "报价发了")
    _key(page.card.note.edit, Qt.Key.Key_Return)
    assert first.customer_id not in [item.customer_id for item in page.list.items()]
    said = desk.read(interactions.list_interactions, 5, customer=ledger.li)[0].interaction
    assert said.summary == "报价发了"
    due = desk.read(follow_ups.list_follow_ups, "open", customer=ledger.li)
    assert [row.follow_up.due_on for row in due] == [date(2026, 12, 7)]
    assert page.card.item().name == "小赵便利店"
    assert page.card.note.text() == ""
    assert "电话 1" in page._done.text()


def test_saving_is_one_step_that_undo_takes_back(page, desk, write):
    write(page.card.note.edit, "好")
    _key(page.card.note.edit, Qt.Key.Key_Return)
    assert "李总" not in _names(page)
    desk.undo()
    assert _names(page)[0] == "李总"
    assert desk.read(history.redo_name) is not None


def test_a_text_begun_waits_for_its_customer(page, write):
    write(page.card.note.edit, "写到一半")
    page.list.step(1)
    assert page.card.note.text() == ""
    page.list.step(-1)
    assert page.card.note.text() == "写到一半"


def test_the_rows_button_completes_a_promise_without_a_next_day(page, desk, ledger):
    row = page.findChild(TodayRow, f"today_row_{ledger.li}")
    row._done.click()
    assert "李总" not in _names(page)
    assert desk.read(follow_ups.list_follow_ups, "open", customer=ledger.li) == []


def test_a_row_is_moved_to_another_day(page, desk, ledger):
    row = page.findChild(TodayRow, f"today_row_{ledger.zhao}")
    row._move.fill()
    row._move.drop.actions()[2].trigger()
    assert "小赵便利店" not in _names(page)
    due = desk.read(follow_ups.list_follow_ups, "open", customer=ledger.zhao)
    assert due[0].follow_up.due_on == TODAY + timedelta(days=7)


def test_one_key_stops_following(page, desk, ledger):
    _key(page.list, Qt.Key.Key_X)
    assert "李总" not in _names(page)
    assert desk.read(follow_ups.list_follow_ups, "open", customer=ledger.li) == []


def test_the_card_copies_the_phone(page, prompts):
    page.card._phone.click()
    assert prompts.copied == ["13900139000"]


def test_the_days_summary_is_text_to_copy(page, prompts, write):
    write(page.card.note.edit, "报价发了")
    _key(page.card.note.edit, Qt.Key.Key_Return)
    prompts.on_run = lambda dialog: dialog._take()
    page._summary.click()
    assert "李总" in prompts.copied[0]
    assert "报价发了" in prompts.copied[0]


def test_presenting_hides_tiers_and_worth(page, desk, settle):
    desk.set_presenting(True)
    settle()
    for row in page.list._rows:
        assert row._tier.isHidden()
        assert row._worth.text() == ""
    assert page.card._tier.isHidden()


def test_presenting_hides_what_was_said_in_talks(page, desk, settle):
    customer = page.card.item().customer_id
    talks.note_talks(desk.database, customer, [Talk(customer, OBJECTION, TODAY, "嫌贵")])
    page.list.setFocus()
    _key(page.list, Qt.Key.Key_J)
    _key(page.list, Qt.Key.Key_K)
    settle()
    assert page.card.before.model().rowCount() == 1
    desk.set_presenting(True)
    settle()
    assert page.card.before.isHidden()
    desk.set_presenting(False)
    settle()
    assert page.card.before.model().rowCount() == 1


def test_what_can_wait_is_one_line_and_is_planned_anew(page, desk, settle):
    for number in range(14):
        added = customers.add_customer(desk.database, Customer(name=f"店{number}"))
        follow_ups.add_follow_up(desk.database, FollowUp(added.new_id, TODAY - timedelta(days=5), summary="问近况"))
    page.refresh(None)
    assert page._plan.unhurried > 0
    assert page.findChild(object, "unhurried").text() == f"还有 {page._plan.unhurried} 个不急的"
    assert not page._away.isHidden()
    page.findChild(object, "away_replan").click()
    settle()
    assert page._plan.unhurried == 0
    assert page._away.isHidden()


def test_an_empty_day_is_one_sentence_and_one_button(desk, qtbot, settle):
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    assert made._empty.isVisible()
    assert made._empty.sentence.text() == "今天没有要联系的。"
    with qtbot.waitSignal(desk.page_wanted) as told:
        made._empty.button.click()
    assert told.args == ["customers"]


def test_a_switch_of_language_puts_every_word_again(page, desk, settle):
    from crmdesk.i18n import set_language

    set_language("en")
    desk.language_changed.emit()
    settle()
    assert page._heading.text() == "Today"
    assert page._date.text() == "Sunday, November 22"
    assert page.card.note._save.text() == "Save, next"


def test_what_went_before_stands_under_the_note(page, ledger, desk, settle):
    page.list.choose(next(n for n, item in enumerate(page.list.items()) if item.customer_id == ledger.zhao))
    settle()
    assert page.card.before.isHidden()
    interactions.log_interaction(
        desk.database, Interaction(ledger.zhao, datetime(2026, 11, 1, 10), "call", "", "要涨价了")
    )
    page.list.step(-1)
    page.list.step(1)
    settle()
    assert "要涨价了" in str(page.card.before.model().index(0, 0).data())


def test_what_somebody_is_worth_stays_unsaid_while_a_customer_looks_on():
    reason = Phrase("off_rhythm", {"usual": 9, "worth_money": 3_605_0000})
    item = TodayItem(1, "王姐超市", "A", "dormant", reason, None)
    assert reason_text(item, presenting=True) == "该联系了"


def test_a_birthday_that_comes_stands_below_the_list_with_a_greeting(page, desk, prompts, qtbot) -> None:
    customers.add_customer(
        desk.database, Customer(name="李建国", salutation="李哥", birthday="1970-10-15", birthday_calendar="lunar")
    )
    page.refresh(None)
    qtbot.waitUntil(lambda: bool(page.list.care.days()))
    texts = [label.text() for label in page.list.care.findChildren(QLabel)]
    assert "生日节日 (1)" in texts
    assert "明天 11-23 农历十月十五" in texts
    links = page.list.care.findChildren(QPushButton, "care_link")
    opened = []
    desk.customer_wanted.connect(opened.append)
    links[0].click()
    assert opened == [page.list.care.days()[0].customer_id]
    links[1].click()
    assert prompts.copied == ["李哥，生日快乐，身体健康，万事顺意"]


def test_a_free_day_says_what_the_week_brings(desk, qtbot):
    whom = customers.add_customer(desk.database, Customer(name="王姐超市")).new_id
    follow_ups.add_follow_up(desk.database, FollowUp(whom, TODAY + timedelta(days=3)))
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh(None)
    assert page._empty.hint.text() == "接下来 7 天有 1 个"
