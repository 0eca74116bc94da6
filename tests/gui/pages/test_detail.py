"""A customer's card."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.domain.customer import Contact, Point
from crmdesk.gui.pages.detail import DetailPanel
from crmdesk.operations import customers, follow_ups, interactions

TODAY = date(2026, 11, 22)


@pytest.fixture
def card(desk, ledger, qtbot, settle):
    made = DetailPanel(desk)
    qtbot.addWidget(made)
    made.resize(440, 800)
    made.show()
    desk.changed.connect(made.refresh)
    made.show_customer(ledger.wang)
    settle()
    return made


def _commit(card, key, text):
    card.facts.add(key)
    row = card.facts.row(key)
    editor = row.editor()
    editor.setPlainText(text) if hasattr(editor, "setPlainText") else editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_the_head_has_name_chips_and_what_one_copies(card, prompts):
    assert card.head._name.full() == "王姐超市"
    assert card.head._stage.value() in ("dormant", "lost")
    card.head._copies["copy_phone"].click()
    card.head._copies["copy_wechat"].click()
    card.head._copies["copy_address"].click()
    assert prompts.copied == ["13800138000", "wang_jie", "解放路 1 号"]


def test_presenting_hides_the_tier_and_its_reason(card, desk):
    before = len(card.why.sentences())
    assert card.head._tier.value()
    desk.set_presenting(True)
    card.refresh(None)
    assert card.head._tier.isHidden()
    assert len(card.why.sentences()) < before
    assert "等级" not in card.why._toggle.text()


def test_why_opens_and_tells_the_reason(card):
    assert card.why._body.isHidden()
    card.why._toggle.click()
    assert not card.why._body.isHidden()
    assert any("35 天" in sentence for sentence in card.why.sentences())


def test_the_rhythm_strip_says_what_it_shows(card):
    assert card.strip.expected() is not None
    assert "拿过 6 次货" in card.strip.sentence()


def test_the_timeline_shows_orders_and_words_and_filters_them(card):
    assert len(card.timeline.lines()) == 7
    card.timeline._views.button(1).click()
    assert len(card.timeline.lines()) == 1
    assert "隔壁开了新店" in card.timeline.lines()[0]
    card.timeline._views.button(2).click()
    assert len(card.timeline.lines()) == 6


def test_a_note_is_kept_and_plans_the_next_step(card, desk, ledger, write):
    write(card.note.edit, "下周补货")
    QTest.keyClick(card.note.edit, Qt.Key.Key_Return)
    assert desk.read(interactions.list_interactions, 1, customer=ledger.wang)[0].interaction.summary == "下周补货"
    assert card.note.text() == ""
    assert "15 天后" in card.next_step.text()


def test_a_note_completes_what_was_due(card, desk, ledger, write):
    card.show_customer(ledger.zhao)
    write(card.note.edit, "都好")
    QTest.keyClick(card.note.edit, Qt.Key.Key_Return)
    due = desk.read(follow_ups.list_follow_ups, "open", customer=ledger.zhao)
    assert [row.follow_up.due_on for row in due] == [date(2026, 12, 7)]


def test_a_broken_promise_is_red_and_completed_by_one_button(card, desk, ledger):
    card.show_customer(ledger.li)
    assert card.next_step._text.property("role") == "red"
    assert card.next_step.text().startswith("过了 2 天")
    card.next_step._done.click()
    assert card.next_step.text() == "还没约下次"


def test_the_next_step_is_moved_and_planned(card, desk, ledger):
    card.show_customer(ledger.zhao)
    card.next_step._move.fill()
    card.next_step._move.drop.actions()[0].trigger()
    assert card.next_step.text().startswith("明天")
    card.show_customer(ledger.wang)
    card.next_step._move.fill()
    card.next_step._move.drop.actions()[2].trigger()
    assert card.next_step.text().startswith("7 天后")


def test_a_stopped_customer_says_so_and_is_followed_again(card, desk, ledger):
    desk.act(lambda _progress: follow_ups.stop_following(desk.database, [ledger.wang]))
    assert card.next_step.text() == "2026-11-22 起不再跟进"
    card.next_step._resume.click()
    assert card.next_step.text() == "还没约下次"


def test_a_fact_is_text_until_it_is_clicked(card, desk, ledger):
    row = card.facts.row("address")
    assert not row.editing()
    QTest.mouseClick(row._text, Qt.MouseButton.LeftButton)
    assert row.editing()
    row.editor().setText("解放路 2 号")
    QTest.keyClick(row.editor(), Qt.Key.Key_Return)
    assert customers.get_customer(desk.database, ledger.wang).address == "解放路 2 号"
    assert card.facts.row("address").fact.text == "解放路 2 号"


def test_esc_takes_back_what_was_typed(card, desk, ledger):
    row = card.facts.row("address")
    row.open()
    row.editor().setText("别处")
    QTest.keyClick(row.editor(), Qt.Key.Key_Escape)
    assert customers.get_customer(desk.database, ledger.wang).address == "解放路 1 号"


@pytest.mark.parametrize(
    ("key", "text", "field", "value"),
    [
        ("industry", "零售", "industry", "零售"),
        ("intent", "高", "intent", "high"),
        ("tags", "老客户", "tags", ("老客户",)),
        ("notes", "周三不在", "notes", "周三不在"),
        ("extra:送货时间", "上午", "extra", {"送货时间": "上午"}),
    ],
)
def test_a_fact_without_content_is_added(card, desk, ledger, key, text, field, value):
    _commit(card, key, text)
    assert getattr(customers.get_customer(desk.database, ledger.wang), field) == value


def test_a_second_phone_is_normalised(card, desk, ledger):
    _commit(card, "new:phone", "+86 139-0000-1111")
    points = customers.get_customer(desk.database, ledger.wang).points
    assert [point.value for point in points if point.kind == "phone"] == ["13800138000", "13900001111"]


def test_a_row_that_stays_empty_goes_as_it_came(card):
    card.facts.add("industry")
    row = card.facts.row("industry")
    QTest.keyClick(row.editor(), Qt.Key.Key_Return)
    assert card.facts.row("industry") is None


def test_what_cannot_be_read_changes_nothing_and_says_so(card, desk, ledger, qtbot):
    with qtbot.waitSignal(desk.told) as told:
        _commit(card, "birthday", "生在夏天")
    assert "生在夏天" in told.args[0]
    assert customers.get_customer(desk.database, ledger.wang).birthday == ""


def test_the_add_menu_offers_only_what_is_missing(card):
    card._adder.fill()
    texts = [action.text() for action in card._adder.drop.actions()]
    assert "生日" in texts
    assert "地址" not in texts


def _trigger(card, text):
    card._adder.fill()
    next(action for action in card._adder.drop.actions() if action.text() == text).trigger()


def test_an_order_is_written_down(card, prompts, desk, ledger):
    def play(form):
        form._amount.setText("1,200.5")
        form._product.setText("可乐")
        form.accept()

    prompts.on_run = play
    _trigger(card, "订单…")
    assert "¥1,200.50" in card.timeline.lines()[0]
    assert "可乐" in card.timeline.lines()[0]


def test_a_receipt_a_follow_up_and_a_contact_are_written_down(card, prompts, desk, ledger):
    def play(form):
        for name, text in (("_amount", "300"), ("_summary", "送样品")):
            if hasattr(form, name):
                getattr(form, name).setText(text)
        if hasattr(form, "_texts"):
            form._texts["name"].setText("张伟")
            form._texts["phone"].setText("139 0000 2222")
        form.accept()

    prompts.on_run = play
    for text in ("收款…", "跟进…", "联系人…"):
        _trigger(card, text)
    customer = customers.get_customer(desk.database, ledger.wang)
    assert [contact.name for contact in customer.contacts] == ["张伟"]
    assert customer.contacts[0].points == (Point("phone", "13900002222"),)
    assert "送样品" in card.next_step.text()
    assert any("¥300" in line for line in card.timeline.lines())


def test_a_contact_is_changed_and_goes_when_it_is_emptied(card, prompts, desk, ledger):
    people = (Contact(name="张伟"), Contact(name="李娜"))
    desk.act(lambda _progress: customers.edit_customer(desk.database, ledger.wang, contacts=people))

    def empty(form):
        form._texts["name"].setText("")
        form.accept()

    prompts.on_run = empty
    card.facts.row("contact:0")._text.opened.emit()
    assert [c.name for c in customers.get_customer(desk.database, ledger.wang).contacts] == ["李娜"]


def test_the_users_own_word_on_the_tier_counts_and_keeps_its_reason(card, prompts, desk, ledger):
    def play(form):
        form._choice.setCurrentIndex(form._choice.findData("A"))
        form._reason.setText("老街坊")
        form.accept()

    prompts.on_run = play
    _trigger(card, "等级我来定")
    assert card.head._tier.value() == "A"
    assert card._card.standing.tier_override_reason == "老街坊"


def test_a_text_begun_waits_for_its_customer(card, ledger, write):
    write(card.note.edit, "写到一半")
    card.show_customer(ledger.li)
    assert card.note.text() == ""
    card.show_customer(ledger.wang)
    assert card.note.text() == "写到一半"
