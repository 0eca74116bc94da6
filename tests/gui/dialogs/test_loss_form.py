"""为什么不来了: asked of customers who bought, in one step with what was decided; skipping it decides all the same."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from crmdesk.domain.customer import Customer
from crmdesk.domain.order import Order
from crmdesk.gui.dialogs.loss_form import LossForm, set_lost, stop_following
from crmdesk.operations.customers import add_customer, customer_card
from crmdesk.operations.history import steps
from crmdesk.operations.orders import add_order


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def prospect(desk):
    return add_customer(desk.database, Customer(name="潜客")).new_id


@pytest.fixture
def buyer(desk):
    customer = add_customer(desk.database, Customer(name="王姐超市")).new_id
    add_order(desk.database, Order(customer_id=customer, ordered_on=desk.today, amount=10_000_000))
    return customer


def newest(desk):
    return desk.read(steps)[0].name.code


def answered(dialog):
    dialog._reason.setCurrentIndex(dialog._reason.findData("competitor"))
    dialog._note.setText("换了城南那家")
    dialog.accept()


def test_the_form_can_be_skipped(parent):
    form = LossForm(parent)
    assert "先不记" in [one.text() for one in form.findChildren(QPushButton)]


def test_the_reason_and_the_stop_are_one_step(desk, prompts, buyer, parent):
    prompts.on_run = answered
    stop_following(desk, [buyer], parent)
    assert newest(desk) == "note_loss"
    assert desk.read(customer_card, buyer).standing.stopped_on == desk.today


def test_skipped_it_stops_all_the_same(desk, prompts, buyer, parent):
    prompts.on_run = lambda dialog: dialog.reject()
    stop_following(desk, [buyer], parent)
    assert newest(desk) == "stop_following"


def test_who_never_bought_cannot_be_lost_and_is_not_asked_about(desk, prompts, prospect, parent):
    stop_following(desk, [prospect], parent)
    assert prompts.asked == []
    assert newest(desk) == "stop_following"
    assert not set_lost(desk, prospect, "", parent)


def test_set_lost_keeps_the_reason_with_the_lock(desk, prompts, buyer, parent):
    prompts.on_run = answered
    assert set_lost(desk, buyer, "", parent)
    standing = desk.read(customer_card, buyer).standing
    assert (standing.stage_lock, standing.stage_lock_reason) == ("lost", "换了城南那家")
