"""The rules on one page: chosen, changed, tried out beside, applied as one step; 不分等级 in the whole window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLabel, QLineEdit, QPushButton, QSpinBox

from crmdesk.domain.customer import Customer
from crmdesk.domain.order import Order
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.pages.policy import PolicyPage
from crmdesk.operations import customers, listing, orders, passports, policies, tiers
from crmdesk.operations.history import logical_dump
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)


@pytest.fixture
def page(desk, qtbot):
    for number in range(21):
        one = customers.add_customer(desk.database, Customer(name=f"客户{number}")).new_id
        for order in range(2):
            day = TODAY - timedelta(days=9 + 30 * order)
            orders.add_order(desk.database, Order(one, day, amount=(500 - 9 * number) * 10_000))
    tiers.recompute(desk.database, "today")
    made = PolicyPage(desk)
    qtbot.addWidget(made)
    made.resize(1190, 600)
    made.show()
    qtbot.waitUntil(lambda: made.ready() and "正在试算…" not in made.preview.sentences())
    return made


def _pick(page, name: str, value: object) -> None:
    box = page.findChild(QComboBox, name)
    place = box.findData(value)
    assert place >= 0, value
    box.setCurrentIndex(place)
    box.activated.emit(place)


def _tried(page, qtbot) -> str:
    def shown() -> str:
        return "\n".join(label.text() for label in page.preview.findChildren(QLabel) if not label.isHidden())

    # Qt shows what is put into a layout a moment later.
    qtbot.waitUntil(
        lambda: page.ready() and "正在试算…" not in page.preview.sentences() and page.preview.sentences()[0] in shown()
    )
    return shown()


def test_the_page_begins_with_the_rules_in_force(page):
    assert "ABC（按毛利），第 1 版" in page._state.text()
    assert page.preview.sentences()[0].startswith("这套正在用")
    assert not page._apply.isEnabled()


def test_a_cut_that_is_moved_shows_who_would_move_and_the_work_a_week(page, qtbot):
    page.editor.findChild(QSpinBox, "level_cut_0").setValue(20)
    qtbot.waitUntil(lambda: "家会变" in _tried(page, qtbot))
    told = _tried(page, qtbot)
    assert "客户4" in told
    assert "每周要联系" in told
    assert page._apply.isEnabled()


def test_applying_is_one_step_that_undo_takes_back(page, desk, qtbot):
    before = logical_dump(desk.database)
    _pick(page, "policy_ready", "three_columns")
    qtbot.waitUntil(page.ready)
    page._apply.click()
    qtbot.waitUntil(lambda: tiers.current_policy(desk.database).ready == "three_columns")
    assert tiers.current_policy(desk.database).review_on == (TODAY + timedelta(days=180)).isoformat()
    qtbot.waitUntil(lambda: "第 2 版" in page._state.text())
    desk.undo()
    qtbot.waitUntil(lambda: "第 1 版" in page._state.text())
    assert logical_dump(desk.database) == before


def test_another_day_to_look_again_is_applied_by_itself(page, desk, qtbot):
    _pick(page, "policy_ready", "three_columns")
    qtbot.waitUntil(page.ready)
    page._apply.click()
    qtbot.waitUntil(lambda: "第 2 版" in page._state.text() and page.ready())
    assert not page._apply.isEnabled()
    page.findChild(QDateEdit, "policy_review").setDate(QDate(2027, 3, 1))
    assert page._apply.isEnabled()
    page._apply.click()
    qtbot.waitUntil(lambda: tiers.current_policy(desk.database).review_on == "2027-03-01")
    assert "第 2 版" in page._state.text()  # the rules are the same, and so are everybody's levels
    qtbot.waitUntil(lambda: not page._apply.isEnabled())


def test_levels_take_ones_own_number_and_names(page, desk, write, qtbot, settle):
    _pick(page, "level_count", 2)
    settle()
    for place, name in enumerate(("大客户", "其他")):
        field = page.editor.findChild(QLineEdit, f"level_name_{place}")
        field.clear()
        write(field, name)
    assert page.editor.policy().levels == ("大客户", "其他")
    page._apply.click()
    qtbot.waitUntil(lambda: tiers.current_policy(desk.database).levels == ("大客户", "其他"))
    shown = {choice.value for choice in listing.filter_choices(desk.database).tiers}
    assert shown <= {"大客户", "其他", ""}


def test_what_makes_no_sense_is_said_and_not_applied(page):
    page.editor.findChild(QSpinBox, "level_cut_0").setValue(90)
    assert not page.editor._mistake.isHidden()
    assert page.editor.policy().cuts[0] == 0.5
    page.apply()
    assert page.editor._mistake.text() == "下一级要比上一级宽"


def test_points_take_numbers_and_weights(page, qtbot, settle):
    _pick(page, "scale", "points")
    settle()
    assert [part.indicator for part in page.editor.policy().parts] == ["recency", "frequency", "monetary"]
    page.editor.findChild(QPushButton, "part_more").click()
    settle()
    _pick(page, "part_3", "loyalty")
    assert page.editor.policy().parts[3].indicator == "loyalty"
    assert "家会变" in _tried(page, qtbot) or "没有人会变" in _tried(page, qtbot)


def test_a_number_takes_limits_of_ones_own(page, write, settle):
    _pick(page, "policy_ready", "rfm")
    settle()
    field = page.editor.findChild(QLineEdit, "part_limits_0")
    write(field, "30，60，90，180")
    field.editingFinished.emit()
    assert page.editor.policy().parts[0].limits == (30, 60, 90, 180)
    field.selectAll()
    write(field, "90，30，很久")
    field.editingFinished.emit()
    assert "一项的界线是四个" in page.editor._mistake.text()
    assert not page.editor.sound()
    assert page.editor.policy().parts[0].limits == (30, 60, 90, 180)
    field.clear()
    field.editingFinished.emit()
    assert page.editor.sound()
    assert page.editor.policy().parts[0].limits == ()


def test_a_field_of_limits_that_is_only_looked_at_changes_none(page, settle):
    _pick(page, "policy_ready", "rfm")
    settle()
    policy = page.editor.policy()
    limits = (0.00002, 1234.56, 1234567, 12345678901)
    page.editor.reshape(replace(policy, parts=(replace(policy.parts[0], limits=limits), *policy.parts[1:])))
    settle()
    field = page.editor.findChild(QLineEdit, "part_limits_0")
    assert field.text() == "0.00002、1234.56、1234567、12345678901"
    field.editingFinished.emit()
    assert page.editor.policy().parts[0].limits == limits


def test_an_exclusion_is_switched_off_and_its_list_is_typed(page, desk):
    page.editor.findChild(QCheckBox, "exclusion_new").setChecked(False)
    page.editor.findChild(QCheckBox, "exclusion_industry").setChecked(True)
    field = page.editor.findChild(QLineEdit, "limit_industry")
    field.setText("餐饮、茶庄")
    field.editingFinished.emit()
    policy = page.editor.policy()
    assert not policy.exclusion("new").on
    assert policy.exclusion("industry").listed == ("餐饮", "茶庄")


def test_levels_are_called_as_the_sheet_calls_them_at_a_click(page, desk, qtbot, settle):
    words = ("铜牌", "金牌", "银牌")
    best = listing.customer_ids(desk.database, CustomerQuery(sort=(("order_total", True),)))
    for place, one in enumerate(best):
        customers.edit_customer(desk.database, one, tier_given=words[(1, 2, 0)[place // 7]])
    page.refresh(None)
    settle()
    link = page.editor.findChild(QPushButton, "level_own_words")
    assert link.text() == "就叫表里的名字：金牌、银牌、铜牌"  # the best first, by what they bring
    link.click()
    qtbot.waitUntil(lambda: "金牌" in _tried(page, qtbot))
    assert page.editor.policy().levels == ("金牌", "银牌", "铜牌")
    page._apply.click()
    qtbot.waitUntil(lambda: tiers.current_policy(desk.database).levels == ("金牌", "银牌", "铜牌"))
    settle()
    assert page.editor.findChild(QPushButton, "level_own_words") is None


def test_what_is_done_with_a_level_is_written_there_and_told(page, desk, write, qtbot, settle):
    write(page.editor.findChild(QLineEdit, "playbook_0"), "每季上门一次")
    field = page.editor.findChild(QLineEdit, "level_name_0")
    field.selectAll()
    write(field, "老铁")
    assert page.editor.findChild(QLineEdit, "playbook_0").accessibleName() == "怎么对待 老铁"
    page._apply.click()
    qtbot.waitUntil(lambda: tiers.current_policy(desk.database).levels[0] == "老铁")
    told = [say(phrase) for phrase in tiers.policy_in_words(desk.database)]
    assert "怎么对待 老铁：每季上门一次" in told
    assert any(one.startswith("至少多久联系一次：老铁 每 30 天、B 每 60 天") for one in told)
    best = listing.customer_ids(desk.database, CustomerQuery(tiers=("老铁",)))[0]
    assert [say(phrase) for phrase in passports.passport(desk.database, best).to_do] == [
        "至少每 30 天联系一次",
        "怎么对待 老铁：每季上门一次",
    ]


def test_an_earlier_version_is_taken_again(page, desk, qtbot, settle):
    page.editor.findChild(QSpinBox, "level_cut_0").setValue(20)
    page._apply.click()
    qtbot.waitUntil(lambda: tiers.current_policy(desk.database).version == 2)
    page.refresh(None)
    settle()
    box = page.findChild(QComboBox, "policy_ready")
    assert box.itemText(box.count() - 1) == "ABC（按毛利），2026-11-22 的第 1 版"
    _pick(page, "policy_ready", "1")
    assert page.editor.policy().cuts[0] == 0.5
    assert page._apply.isEnabled()


def test_other_schemes_are_compared(page, qtbot, settle):
    page.preview.findChild(QPushButton, "policy_compare").click()
    settle()
    assert "RFM（最近、频率、金额）：" in _tried(page, qtbot)


def test_going_back_takes_the_rules_in_force(page, desk):
    _pick(page, "policy_ready", "rfm")
    page._back.click()
    assert page.editor.policy() == tiers.current_policy(desk.database)


def test_without_tiers_no_list_column_is_left(page, desk, qtbot):
    assert "tier" in {column.key for column in listing.list_columns(desk.database)}
    _pick(page, "policy_ready", "no_tiers")
    qtbot.waitUntil(page.ready)
    page._apply.click()
    qtbot.waitUntil(lambda: not tiers.current_policy(desk.database).has_levels)
    assert "tier" not in {column.key for column in listing.list_columns(desk.database)}
    assert policies.kept(desk.database)[0][0].ready == "no_tiers"


def test_the_command_box_and_the_settings_lead_there(main_window):
    main_window.actions_table["policy"].trigger()
    assert main_window.place() == "policy"
    main_window.show_place("settings").findChild(QPushButton, "show_policy").click()
    assert main_window.place() == "policy"


def test_scrolling_over_a_field_changes_nothing(page):
    field = page.editor.findChild(QSpinBox, "level_cut_0")
    page._ready.setFocus()
    middle = QPointF(field.rect().center())
    none, up = Qt.MouseButton.NoButton, QPoint(0, 120)
    turn = QWheelEvent(
        middle, middle, up, up, none, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    )
    QCoreApplication.sendEvent(field, turn)
    assert field.value() == 50
