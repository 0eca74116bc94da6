"""像谁 on a card: there for those of whom little is known yet, computed when it is opened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from shiboken6 import delete

from crmdesk.domain.customer import Customer
from crmdesk.domain.order import Order
from crmdesk.gui.dialogs.first_contact import FirstContactForm
from crmdesk.gui.pages.detail import DetailPanel
from crmdesk.operations import customers, orders

TODAY = date(2026, 11, 22)
CAFE = {"industry": "餐饮", "source": "扫街"}


@pytest.fixture
def street(desk) -> int:
    """Forty eating places, most of which came again, and a prospect like them; the prospect's id."""
    for number in range(40):
        customer = customers.add_customer(desk.database, Customer(name=f"面馆{number}", **CAFE)).new_id
        for again in range(1 if number % 4 == 0 else 2):
            day = TODAY - timedelta(days=300 - 20 * again)
            orders.add_order(desk.database, Order(customer, day, amount=100_0000))
    late = customers.add_customer(desk.database, Customer(name="刚来的学校", industry="学校")).new_id
    orders.add_order(desk.database, Order(late, TODAY - timedelta(days=3), amount=100_0000))
    return customers.add_customer(desk.database, Customer(name="新面馆", **CAFE)).new_id


@pytest.fixture
def panel(desk, qtbot) -> DetailPanel:
    made = DetailPanel(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(panel: DetailPanel) -> str:
    return "\n".join(label.text() for label in panel.alike.findChildren(QLabel))


def test_a_prospect_sees_whom_it_is_like(panel, street, settle, desk):
    panel.show_customer(street)
    assert panel.alike.isVisible()
    assert texts(panel) == ""  # nothing is worked out before somebody asks
    panel.alike._toggle.click()
    settle()
    assert "最像的 20 家里有" in texts(panel)
    shown = []
    desk.customer_wanted.connect(shown.append)
    names = [one for one in panel.alike.findChildren(QPushButton) if one.text().startswith("面馆")]
    assert len(names) == 5
    names[0].click()
    assert customers.get_customer(desk.database, shown[0]).name == names[0].text()


def test_who_keeps_coming_speaks_for_himself(panel, street, desk):
    regular = next(record for record in customers.all_customers(desk.database) if record.customer.name == "面馆1")
    panel.show_customer(regular.customer.id)
    assert not panel.alike.isVisible()


def test_without_customers_to_be_like_the_line_is_not_there(panel, ledger):
    panel.show_customer(ledger.qian)
    assert not panel.alike.isVisible()


def test_while_presenting_nobody_is_named(panel, street, desk):
    desk.presenting = True
    panel.show_customer(street)
    assert not panel.alike.isVisible()


def test_too_little_known_leads_to_the_first_talk(panel, street, settle, desk, prompts):
    silent = customers.add_customer(desk.database, Customer(name="只有名字")).new_id
    panel.show_customer(silent)
    panel.alike._toggle.click()
    settle()
    assert "把第一次聊的记下来" in texts(panel)

    def answer(form: FirstContactForm) -> None:
        assert form.windowTitle() == "第一次和只有名字聊的"
        form._lines["needs"].setText("每天面条")
        form._boxes["industry"].setCurrentText("餐饮")
        form._boxes["source"].setCurrentText("扫街")
        form.accept()

    prompts.on_run = answer
    panel.alike.findChild(QPushButton, "alike_first_talk").click()
    settle()
    kept = customers.get_customer(desk.database, silent)
    assert (kept.industry, kept.source, dict(kept.extra)) == ("餐饮", "扫街", {"需求": "每天面条"})


def test_the_first_talk_is_also_behind_add(panel, street, desk, prompts, settle):
    prompts.on_run = lambda form: form.reject()
    panel.show_customer(street)
    panel._add_thing("first_contact")
    settle()
    assert prompts.asked == ["first_contact_form"]


def test_the_words_of_the_file_are_offered(desk, street, qtbot):
    from crmdesk.operations.first_contact import first_contact, used_words

    form = FirstContactForm(first_contact(desk.database, street), used_words(desk.database))
    qtbot.addWidget(form)
    assert form._boxes["industry"].currentText() == "餐饮"
    assert form._boxes["source"].itemText(0) == "扫街"
    assert form.told().answers == dict.fromkeys(("needs", "budget", "size", "decides", "wanted"), "")


def test_whom_one_is_like_is_told_to_nobody_where_the_card_was_closed(desk, street, late):
    made = DetailPanel(desk)
    made.show_customer(street)
    made.alike._toggle.click()
    delete(made)
    late()
