"""While a file is being saved pages ask again; nothing is shown empty meanwhile."""

from __future__ import annotations

from crmdesk.domain.phrase import Refused
from crmdesk.gui.pages.customers import CustomersPage
from crmdesk.gui.pages.detail import DetailPanel
from crmdesk.operations import customers, listing


def _busy_times(times, question):
    """`question` as it answers while a step is being saved: refused a few times, then as ever."""
    left = [times]

    def ask(*args, **named):
        if left[0]:
            left[0] -= 1
            raise Refused("file_busy")
        return question(*args, **named)

    return ask


def test_the_list_fetches_its_rows_again(desk, ledger, qtbot, settle, monkeypatch):
    page = CustomersPage(desk)
    qtbot.addWidget(page)
    page.show()
    settle()
    monkeypatch.setattr(listing, "customer_rows", _busy_times(2, listing.customer_rows))
    page.list.table().forget()
    model = page.list.table()
    column = [c.key for c in model.columns()].index("name")
    qtbot.waitUntil(lambda: model.index(0, column).data() == "李总", timeout=2000)


def test_a_card_waits_for_its_customer(desk, ledger, qtbot, monkeypatch):
    card = DetailPanel(desk)
    qtbot.addWidget(card)
    monkeypatch.setattr(customers, "customer_card", _busy_times(1, customers.customer_card))
    card.show_customer(ledger.li)
    qtbot.waitUntil(lambda: card.customer_name() == "李总", timeout=2000)


def test_while_nothing_can_be_saved_a_line_waits(desk, ledger, qtbot, write):
    card = DetailPanel(desk)
    qtbot.addWidget(card)
    card.show_customer(ledger.li)
    desk.editable = False
    desk.editable_changed.emit(False)
    write(card.note.edit, "先记着")
    with qtbot.assertNotEmitted(card.note.saved):
        card.note.save()
    assert not card.note._save.isEnabled()
    card.facts.add("industry")
    assert not card.facts.row("industry").editing()
    assert card.note.text() == "先记着"
