"""Who changed, and why: a list that opens the customers, and a link on Today while there is something."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from crmdesk.domain.customer import Customer
from crmdesk.gui.pages.changes import ChangesPage
from crmdesk.gui.pages.changes_link import ChangesLink
from crmdesk.operations import customers


@pytest.fixture
def page(desk, ledger, qtbot):
    made = ChangesPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    qtbot.waitUntil(made.ready)
    return made


def _told(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if not label.isHidden())


def test_a_first_standing_is_no_change(page):
    assert [kind for kind, _move in page.moves() if kind == "tier"] == []


def test_a_change_is_told_with_its_reason_and_opens_the_customer(page, desk, ledger, qtbot, settle):
    customers.set_tier(desk.database, ledger.wang, "D", "店要搬走")
    page.refresh(None)
    settle()
    told = _told(page)
    assert "→ D" in told
    assert "店要搬走" in told
    wanted = []
    desk.customer_wanted.connect(wanted.append)
    page.findChild(QPushButton, f"changed_{ledger.wang}").click()
    assert wanted == [ledger.wang]


def test_many_changes_are_scrolled_and_never_crushed(page, desk, settle):
    for number in range(40):
        made = customers.add_customer(desk.database, Customer(name=f"客户{number}")).new_id
        customers.set_tier(desk.database, made, "B")
        customers.set_tier(desk.database, made, "C", "搬远了")
    page.resize(1100, 900)
    page.refresh(None)
    page.resize(1100, 500)
    settle()
    names = [one for one in page.findChildren(QPushButton) if one.objectName().startswith("changed_")]
    assert len(names) >= 40
    assert min(one.height() for one in names) >= names[0].sizeHint().height()


def test_one_looks_back_further(page, desk, settle):
    page._spans.button(90).click()
    settle()
    assert page._feed is not None
    assert (desk.today - page._feed.since).days == 90


def test_while_presenting_no_tier_is_listed(page, desk, ledger, settle):
    customers.set_tier(desk.database, ledger.wang, "D", "店要搬走")
    desk.set_presenting(True)
    page.refresh(None)
    settle()
    assert "店要搬走" not in _told(page)


def test_today_links_there_only_while_something_changed(desk, ledger, qtbot):
    link = ChangesLink(desk, None)
    qtbot.addWidget(link)
    customers.set_tier(desk.database, ledger.li, "D", "头一次")
    link.ask()
    before = link._count
    for tier in ("C", "B"):  # two moves of one customer
        customers.set_tier(desk.database, ledger.li, tier, "店要搬走")
    link.ask()
    assert link._count == before + 1
    assert not link.isHidden()
    places = []
    desk.page_wanted.connect(places.append)
    link.click()
    assert places == ["changes"]
    desk.set_presenting(True)
    link.retranslate()
    assert link.isHidden()


def test_the_command_box_leads_there(main_window):
    main_window.actions_table["changes"].trigger()
    assert main_window.place() == "changes"
