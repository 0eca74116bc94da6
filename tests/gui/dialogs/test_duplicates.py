"""像是同一家的: the pairs, the evidence, and what one does with them, by mouse and by keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from shiboken6 import delete

from crmdesk.domain.customer import Customer, Point
from crmdesk.domain.merging import Choice
from crmdesk.domain.order import Order
from crmdesk.gui.dialogs.duplicates import DuplicatesDialog
from crmdesk.operations import customers, history, listing, orders

TODAY = date(2026, 11, 22)


def add(desk, name, number="13800138000", **facts):
    customer = Customer(name=name, points=(Point("phone", number),), **facts)
    return customers.add_customer(desk.database, customer).new_id


@pytest.fixture
def three(desk):
    """Three entries of one shop."""
    return [add(desk, name, balance=10_000 * n) for n, name in enumerate(("王姐超市", "王姐便利店", "王姐小店"), 1)]


@pytest.fixture
def dialog(desk, three, qtbot):
    made = DuplicatesDialog(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(dialog, name):
    return [label.text() for label in dialog.findChildren(QLabel, name) if label.isVisibleTo(dialog)]


def found(dialog, name):
    """The button of a name that is shown; those of the pair before go in their own time."""
    return next((made for made in dialog.findChildren(QPushButton, name) if made.isVisible()), None)


def press(dialog, name):
    QTest.mouseClick(found(dialog, name), Qt.MouseButton.LeftButton)


def test_the_pairs_are_listed_with_their_best_reason(dialog):
    assert dialog.pairs.count() == 3
    assert "电话一样：13800138000" in dialog.pairs.item(0).text()
    assert texts(dialog, "duplicates_sentence")[0].startswith("3 对像是同一家")
    assert "✓ 电话一样：13800138000" in texts(dialog, "duplicate_evidence")


def test_a_file_without_lookalikes_says_so(desk, qtbot):
    add(desk, "王姐超市")
    made = DuplicatesDialog(desk)
    qtbot.addWidget(made)
    made.show()
    assert texts(made, "duplicates_nothing_sentence") == ["没有像是同一家的客户"]
    assert not made.merge_button.isVisible()
    assert not made.pairs.isVisible()


def test_a_choice_per_field_goes_into_the_merged_customer(dialog, desk):
    names = [texts(dialog, f"duplicate_side_{side}")[0] for side in (1, 2)]
    press(dialog, "choose_name_other")
    press(dialog, "choose_balance_both")
    press(dialog, "duplicate_merge")
    assert listing.customer_count(desk.database) == 2
    kept = [match for match in listing.find_customers(desk.database, names[1]) if match.name == names[1]]
    made = customers.get_customer(desk.database, kept[0].customer_id)
    assert made.name == names[1]
    assert made.balance == 30_000


def test_after_a_merge_the_next_pair_is_shown_and_undo_is_at_hand(dialog, desk):
    before = history.logical_dump(desk.database)
    press(dialog, "duplicate_merge")
    assert dialog.pairs.count() == 1  # both other pairs are one now
    press(dialog, "duplicate_undo")
    assert history.logical_dump(desk.database) == before
    assert dialog.pairs.count() == 3


def test_told_apart_a_pair_does_not_come_back(dialog, desk, qtbot):
    press(dialog, "duplicate_apart")
    assert dialog.pairs.count() == 2
    again = DuplicatesDialog(desk)
    qtbot.addWidget(again)
    assert again.pairs.count() == 2


def test_keys_are_enough(dialog, desk):
    QTest.keyClick(dialog.pairs, Qt.Key.Key_Down)
    QTest.keyClick(dialog.pairs, Qt.Key.Key_N)
    assert dialog.pairs.count() == 2
    left = texts(dialog, "duplicate_side_1")
    QTest.keyClick(dialog.pairs, Qt.Key.Key_S)
    assert texts(dialog, "duplicate_side_2") == left
    QTest.keyClick(dialog.pairs, Qt.Key.Key_Return)
    assert listing.customer_count(desk.database) == 2
    QTest.keyClick(dialog.pairs, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert listing.customer_count(desk.database) == 3


def test_the_other_one_is_kept_with_the_same_proposals(dialog):
    assert dialog.sides.choices() == {"name": Choice.KEEP, "balance": Choice.BOTH}
    press(dialog, "duplicate_swap")
    assert dialog.sides.choices() == {"name": Choice.KEEP, "balance": Choice.BOTH}


def test_money_is_not_shown_to_the_customer(dialog, desk):
    desk.presenting = True
    dialog.pairs.setCurrentRow(1)
    assert found(dialog, "choose_balance_both") is None


def test_a_file_for_reading_only_shows_pairs_and_changes_nothing(dialog, desk):
    desk.editable = False
    dialog.pairs.setCurrentRow(1)
    assert not dialog.merge_button.isEnabled()
    QTest.keyClick(dialog.pairs, Qt.Key.Key_N)
    assert dialog.pairs.count() == 3


def test_what_the_sheet_says_and_what_the_orders_add_up_to_bear_two_names(desk, qtbot):
    one = add(desk, "王姐超市", given_order_total=5_000_0000)
    add(desk, "王姐便利店", given_order_total=3_000_0000)
    three = add(desk, "王姐小店")
    order = Order(three, TODAY, amount=800_0000)
    desk.act(lambda _progress: orders.add_order(desk.database, order))
    made = DuplicatesDialog(desk)
    qtbot.addWidget(made)
    made.show()
    seen = set()
    for row in range(made.pairs.count()):
        made.pairs.setCurrentRow(row)
        seen |= {label.text() for label in made.sides.findChildren(QLabel) if label.text().startswith("累计")}
    assert one
    assert seen == {"累计（表里写的）", "累计（按订单）"}


def test_pairs_that_are_found_after_the_dialog_was_closed_are_nobodys(desk, three, late):
    assert len(three) == 3
    made = DuplicatesDialog(desk)
    delete(made)
    late()


def test_a_merge_goes_on_while_the_dialog_is_closed(desk, three, late):
    made = DuplicatesDialog(desk)
    late()
    made.merge()
    made.reject()
    delete(made)
    late()
    assert listing.customer_count(desk.database) == 2
