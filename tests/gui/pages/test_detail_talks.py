"""How long one has been talking arrives later than the card, which may be another's by then, or closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import delete, isValid

from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Refused
from crmdesk.gui.pages.detail_talks import TalkSection
from crmdesk.operations import conversion, customers, talks


@pytest.fixture
def customer(desk) -> int:
    return customers.add_customer(desk.database, Customer(name="新面馆")).new_id


@pytest.fixture
def card(qtbot) -> Iterator[QWidget]:
    made = QWidget()
    yield made
    if isValid(made):
        delete(made)


@pytest.fixture
def section(desk, customer, card, late, monkeypatch) -> TalkSection:
    """The section of a prospect, asked how long one has been talking."""
    monkeypatch.setattr(conversion, "underway", lambda _database, _customer: "四十天了")
    monkeypatch.setattr(TalkSection, "retranslate", lambda self: self.windowTitle())  # fails where Qt's part is gone
    made = TalkSection(desk, card)
    made.show_customer(customer, "prospect")
    return made


def test_what_arrives_is_shown(section, late):
    late()
    assert section._underway == "四十天了"


def test_what_arrives_after_the_card_was_closed_is_let_go(section, card, late):
    assert section
    delete(card)
    late()


def test_what_arrives_for_the_customer_before_is_let_go(section, customer, late, monkeypatch):
    def busy(*_asked: object) -> None:
        raise Refused("file_busy")

    monkeypatch.setattr(talks, "talks_of", busy)
    section.show_customer(customer + 1, "prospect")
    late()
    assert section._underway is None
