"""The passport in the card: two lines, then everything; questions are answered where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from crmdesk.domain.customer import Customer
from crmdesk.domain.order import Order, OrderLine
from crmdesk.gui.pages.detail import DetailPanel
from crmdesk.gui.pages.detail_add import AddMenu
from crmdesk.gui.pages.detail_cases import Cases
from crmdesk.operations import cases, customers, orders, passports, policies, tiers

TODAY = date(2026, 11, 22)
PATIENCE = 20_000  # milliseconds, for a machine that is busy with something else


@pytest.fixture
def best(desk) -> int:
    """The best of twenty-one customers who buy every thirty days."""
    ids = []
    for number in range(21):
        one = customers.add_customer(desk.database, Customer(name=f"客户{number}")).new_id
        ids.append(one)
        for order in range(4):
            day = TODAY - timedelta(days=9 + 30 * order)
            orders.add_order(desk.database, Order(one, day, amount=(500 - 9 * number) * 10_000))
    tiers.recompute(desk.database, "today")
    return ids[0]


@pytest.fixture
def card(desk, best, qtbot):
    made = DetailPanel(desk)
    qtbot.addWidget(made)
    made.resize(440, 800)
    made.show()
    desk.changed.connect(made.refresh)
    made.show_customer(best)
    qtbot.waitUntil(lambda: made.why.passport() is not None, timeout=PATIENCE)
    return made


def _texts(card) -> str:
    return "\n".join(label.text() for label in card.why.findChildren(QLabel) if not label.isHidden())


def _open(card) -> None:
    card.why._toggle.click()


def _press(card, name: str) -> None:
    verb = card.why.findChild(QPushButton, name)
    assert verb is not None
    verb.click()


def test_the_two_lines_say_why_and_what_would_change_it(card):
    assert card.why._toggle.text() == "为什么是 A ▸"
    assert "第 1" in card.why._reason.text()
    assert "不下单" in card.why._way.text()


def test_one_line_says_that_much_is_bought_and_little_left_unless_the_customer_looks_on(card, desk):
    assert card.why._little.isHidden()
    shown = card.why._card
    card.why.show_card(replace(shown, figures=replace(shown.figures, unprofitable="discount")))
    assert card.why._little.text() == "量大不赚钱：让得太多"
    assert not card.why._little.isHidden()
    desk.presenting = True
    card.why.retranslate()
    assert card.why._little.isHidden()


def test_the_passport_tells_rule_numbers_exclusions_and_ways(card):
    _open(card)
    told = _texts(card)
    for heading in ("规则", "凭这些数", "重点 ★", "怎样会变", "状态"):
        assert heading in told
    assert "把握：一般" in told
    assert "¥2,000" in told


def test_all_numbers_follow_at_a_click_with_what_is_not_known(card, settle):
    _open(card)
    assert "规律" not in _texts(card)
    _press(card, "why_all_numbers")
    settle()
    assert "规律" in _texts(card)
    assert "还不清楚：" in _texts(card)


def test_the_price_given_last_and_what_to_do_stand_in_the_passport(card, desk, best, qtbot):
    lines = (OrderLine(product="大米 25kg", quantity=2_000, amount=256 * 10_000),)
    _open(card)
    desk.act(lambda _progress: orders.add_order(desk.database, Order(best, TODAY, amount=256 * 10_000, lines=lines)))
    qtbot.waitUntil(lambda: "上次给他的价" in _texts(card), timeout=PATIENCE)
    assert "大米 25kg" in _texts(card)
    assert "¥128" in _texts(card)
    assert "至少每 30 天联系一次" in _texts(card)


def test_other_rules_have_their_say_at_a_click_and_are_asked_anew_after_a_change(card, desk, best, qtbot):
    _open(card)
    _press(card, "why_others")
    qtbot.waitUntil(lambda: "按别的规则" in _texts(card))
    assert "RFM（最近、频率、金额）：A" in _texts(card)
    orders.add_order(desk.database, Order(best, TODAY, amount=900 * 10_000))
    card.show_customer(best)
    qtbot.waitUntil(lambda: card.why.findChild(QPushButton, "why_others") is not None)


def test_a_question_is_answered_where_it_stands_and_taken_back(card, desk, best, qtbot):
    _open(card)
    _press(card, "potential_high")
    qtbot.waitUntil(lambda: not card.why.findChildren(QWidget, "answer_potential"), timeout=PATIENCE)
    assert {one.code: one.state for one in passports.passport(desk.database, best).exclusions}["potential"] == "passed"
    desk.undo()
    qtbot.waitUntil(lambda: bool(card.why.findChildren(QWidget, "answer_potential")), timeout=PATIENCE)


def test_needs_are_typed_in_chinese(card, desk, best, write, qtbot):
    _open(card)
    field = card.why.findChild(QWidget, "answer_needs").findChild(QLineEdit)
    field.setFocus()
    write(field, "每月二十袋米")
    _press(card, "keep_needs")
    qtbot.waitUntil(lambda: not card.why.findChildren(QWidget, "answer_needs"), timeout=PATIENCE)
    states = {one.code: one.state for one in passports.passport(desk.database, best).exclusions}
    assert states["needs"] == "passed"


def test_what_was_begun_in_an_answer_stays_while_other_things_are_saved(card, desk, best, write, qtbot):
    _open(card)
    field = card.why.findChild(QWidget, "answer_needs").findChild(QLineEdit)
    write(field, "每月")
    customers.edit_customer(desk.database, best, notes="有货车")
    card.refresh(None)
    qtbot.wait(300)
    assert [one.text() for one in card.why.findChildren(QLineEdit)] == ["每月"]


def test_two_complaints_block_a_key_account_and_are_overruled_with_a_reason(card, desk, best, prompts, qtbot):
    for cause in ("少送一袋", "又少一袋"):
        cases.open_case(desk.database, best, cause)
    card.refresh(None)
    _open(card)
    qtbot.waitUntil(lambda: card.why.findChild(QPushButton, "waive_complaints") is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "暂不列重点：常投诉" in _texts(card), timeout=PATIENCE)  # shown a moment later

    def say(form) -> None:
        assert not form._verb.isEnabled()
        form._reason.setText("仓库已经换人")
        form.accept()

    prompts.on_run = say
    _press(card, "waive_complaints")
    qtbot.waitUntil(lambda: "仓库已经换人" in _texts(card), timeout=PATIENCE)
    assert passports.passport(desk.database, best).key_account


def test_one_decides_oneself_until_a_day(card, desk, best, prompts, qtbot):
    def decide(form) -> None:
        form._choice.setCurrentIndex(form._choice.findData("C"))
        form._reason.setText("老板换了")
        form._until._ends.setChecked(True)
        form.accept()

    prompts.on_run = decide
    _open(card)
    _press(card, "why_tier")
    qtbot.waitUntil(lambda: "老板换了" in _texts(card), timeout=PATIENCE)
    override = passports.passport(desk.database, best).override
    assert (override.tier, override.until) == ("C", TODAY + timedelta(days=90))
    assert card.why._toggle.text() == "为什么是 C ▾"


def test_the_levels_offered_are_those_of_the_rules(card, desk, prompts):
    tiers.apply_policy(
        desk.database,
        policies.with_changes(tiers.current_policy(desk.database), {"levels": ["大客户", "其他"], "cuts": [0.8]}),
    )
    offered = []

    def look(form) -> None:
        offered.extend(form._choice.itemText(place) for place in range(form._choice.count()))
        form.reject()

    prompts.on_run = look
    card.why.tier_wanted.emit()
    assert offered == ["按规则来", "大客户", "其他"]


def test_a_complaint_is_noted_from_the_menu_closed_in_the_card_and_taken_back(card, desk, best, prompts, qtbot):
    assert card.care.part(Cases).isHidden()

    def note(form) -> None:
        form._cause.setText("少送一袋")
        form.accept()

    prompts.on_run = note
    menu = card.findChild(AddMenu)
    menu.fill()
    next(action for action in menu.drop.actions() if action.text() == "售后投诉…").trigger()
    qtbot.waitUntil(lambda: not card.care.part(Cases).isHidden(), timeout=PATIENCE)
    (case,) = cases.cases_of(desk.database, best)

    def close(form) -> None:
        form._action.setText("补送了")
        form._satisfied.setCurrentIndex(1)
        form.accept()

    prompts.on_run = close
    card.care.part(Cases).findChild(QPushButton, f"close_case_{case.id}").click()
    (closed,) = cases.cases_of(desk.database, best)
    assert (closed.closed_on, closed.action, closed.satisfied) == (TODAY, "补送了", True)
    desk.undo()
    desk.undo()
    qtbot.waitUntil(card.care.part(Cases).isHidden, timeout=PATIENCE)


def test_a_judgement_is_entered_from_the_menu(card, desk, best, prompts):
    def judge(form) -> None:
        form._subject.setCurrentIndex(form._subject.findData("power"))
        form._amount.setText("三万")
        assert form._verb.isEnabled() is False or form.values()["amount"]
        form._amount.setText("3万")
        form._reason.setText("老板说的")
        form.accept()

    prompts.on_run = judge
    menu = card.findChild(AddMenu)
    menu.fill()
    next(action for action in menu.drop.actions() if action.text() == "你的判断…").trigger()
    numbers = {one.code: one.value for one in passports.passport(desk.database, best).numbers}
    assert numbers["purchasing_power"] == 30_000 * 10_000


def test_while_presenting_nothing_is_said_of_tiers(card, desk, settle):
    _open(card)
    desk.set_presenting(True)
    card.refresh(None)
    settle()
    told = _texts(card)
    assert "规则" not in told
    assert "重点" not in told
    assert card.why._way.isHidden()


def test_who_never_bought_is_not_asked_why_there_is_no_tier(card, desk, qtbot):
    new = customers.add_customer(desk.database, Customer(name="李总")).new_id
    card.show_customer(new)
    qtbot.waitUntil(lambda: card.why.passport() is not None, timeout=PATIENCE)
    assert card.why._toggle.text() == "为什么是潜客 ▸"
    assert card.why._reason.text().startswith("潜客：")
    assert card.why._way.text().startswith("第一单")
    orders.add_order(desk.database, Order(new, TODAY, amount=10_000))
    card.refresh(None)
    qtbot.waitUntil(lambda: "第一单" not in card.why._way.text(), timeout=PATIENCE)
    assert card.why._toggle.text() == f"为什么是 {card._card.figures.tier} ▸"


def test_without_tiers_the_card_speaks_of_the_stage_only(card, desk, settle):
    _open(card)
    assert not card.head._star.isHidden()
    tiers.apply_policy(desk.database, policies.ready_policy("no_tiers"))
    card.refresh(None)
    settle()
    assert card.why._toggle.text() == "为什么是活跃 ▾"
    assert "等级" not in _texts(card)
    assert card.head._star.isHidden()
    assert card.why.findChild(QPushButton, "why_tier") is None


def test_in_a_list_of_names_nobody_reads_of_letters(desk, qtbot) -> None:
    only = customers.add_customer(desk.database, Customer(name="王姐超市")).new_id
    card = DetailPanel(desk)
    qtbot.addWidget(card)
    card.show()
    card.show_customer(only)
    qtbot.waitUntil(lambda: card.why.passport() is not None, timeout=PATIENCE)
    assert not card.why._way.isVisible()
    assert card.why._toggle.text() == "为什么是潜客 ▸"
