"""备注里约好的, in the window."""

from __future__ import annotations

from datetime import date

from crmdesk.domain.customer import Customer
from crmdesk.gui.dialogs import import_proposals
from crmdesk.gui.dialogs.import_proposals import ProposalsDialog, offer_proposals
from crmdesk.operations import customers, follow_ups
from crmdesk.operations.importing import Proposal


def two(desk):
    made = []
    desk.act(lambda _: customers.add_customer(desk.database, Customer(name="王姐")), done=made.append)
    customer = made[0].new_id
    return [Proposal(customer, "王姐", date(2026, 11, day), f"预约{day}号") for day in (25, 29)]


def test_the_ticked_ones_become_follow_ups(desk, qtbot, monkeypatch) -> None:
    proposals = two(desk)
    dialog = ProposalsDialog(proposals, None)
    qtbot.addWidget(dialog)
    dialog._boxes[0][0].setChecked(False)
    assert dialog.chosen() == proposals[1:]
    monkeypatch.setattr(import_proposals, "ProposalsDialog", lambda _proposals, _parent: dialog)
    monkeypatch.setattr(desk.prompts, "run", lambda _dialog: True)
    offer_proposals(desk, proposals, None)
    assert [row.follow_up.summary for row in desk.read(follow_ups.list_follow_ups, "all")] == ["预约29号"]


def test_nothing_is_asked_where_notes_name_nothing(desk, monkeypatch) -> None:
    monkeypatch.setattr(desk.prompts, "run", lambda _dialog: 1 / 0)
    offer_proposals(desk, [], None)
