"""＋记一笔 from the first key to the step: whom, what, and the form for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.interaction import Said
from crmdesk.gui.desk import Desk
from crmdesk.i18n import _
from crmdesk.operations import customers, follow_ups, interactions, orders
from crmdesk.progress import Progress


class LogFlow(QObject):
    """Asks what is missing, then does it in one step."""

    def __init__(self, desk: Desk, window: QWidget, add_customer: Callable[[], object]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._add_customer = add_customer

    def log(self, customer_id: int | None = None) -> None:
        """Write down what was said, or go on to another kind of entry."""
        from crmdesk.gui.dialogs.log import LogDialog

        dialog = LogDialog(self._desk, self._window)
        if customer_id is not None:
            dialog.set_customer(customer_id, self._desk.read(customers.get_customer, customer_id).name)
        if not self._desk.prompts.run(dialog):
            return
        whom = dialog.customer.customer_id()
        if dialog.other:
            self._others()[dialog.other](whom)
        elif dialog.note is not None and whom is not None:
            note, now = dialog.note, self._desk.clock.now()
            self._keep([note.said(whom, now, None)])

    def evening(self) -> None:
        """Write down the lines of an evening, in one step."""
        from crmdesk.gui.dialogs.evening import EveningDialog

        dialog = EveningDialog(self._desk, self._window)
        if self._desk.prompts.run(dialog):
            self._keep(dialog.lines)

    def order(self, customer_id: int | None = None) -> None:
        """Write down an order."""
        from crmdesk.gui.dialogs.order_form import ask_order

        whom = self._whom(customer_id, _("Order"))
        if whom is not None:
            ask_order(self._desk, self._window, whom)

    def receipt(self, customer_id: int | None = None) -> None:
        """Write down money received."""
        from crmdesk.gui.dialogs.receipt_form import ReceiptForm

        whom = self._whom(customer_id, _("Receipt"))
        if whom is None:
            return
        form = ReceiptForm(whom, self._desk.today, self._window)
        if self._desk.prompts.run(form):
            receipt, database = form.receipt(), self._desk.database
            self._act(lambda _progress: orders.add_receipt(database, receipt))

    def gift(self, customer_id: int | None = None) -> None:
        """Write down something given."""
        from crmdesk.gui.dialogs.gift_form import ask_gift

        whom = self._whom(customer_id, _("Gift"))
        if whom is not None:
            ask_gift(self._desk, self._window, whom)

    def reminder(self, customer_id: int | None = None) -> None:
        """Set a follow-up."""
        from crmdesk.gui.dialogs.follow_up_form import FollowUpForm

        whom = self._whom(customer_id, _("Reminder"))
        if whom is None:
            return
        form = FollowUpForm(FollowUp(whom, self._desk.today), self._desk, self._window)
        if self._desk.prompts.run(form):
            due, database = form.follow_up(), self._desk.database
            self._act(lambda _progress: follow_ups.add_follow_up(database, due))

    def _others(self) -> dict[str, Callable[[int | None], None]]:
        return {
            "order": self.order,
            "receipt": self.receipt,
            "gift": self.gift,
            "reminder": self.reminder,
            "customer": lambda _whom: self._new_customer(),
        }

    def _new_customer(self) -> None:
        self._add_customer()

    def _whom(self, customer_id: int | None, title: str) -> int | None:
        if customer_id is not None:
            return customer_id
        from crmdesk.gui.dialogs.pick_customer import PickCustomer

        dialog = PickCustomer(self._desk, title, self._window)
        return dialog.customer.customer_id() if self._desk.prompts.run(dialog) else None

    def _keep(self, lines: Sequence[Said]) -> None:
        database = self._desk.database
        self._act(lambda _progress: interactions.log_all(database, completing(database, lines)))

    def _act(self, work: Callable[[Progress], Changes]) -> None:
        self._desk.act(work)


def completing(database: Any, lines: Sequence[Said]) -> list[Said]:  # noqa: ANN401 -- as the desk's
    """The lines with what they complete: of several about one customer the first does, as on the day of that line.

    The last sets the next day; a day that somebody chose goes before one that was proposed.
    """
    from crmdesk.gui.pages.deeds import completed_by

    # Sorted as they came: the last one chosen, and where none was, the last one proposed.
    last = {line.interaction.customer_id: line for line in sorted(lines, key=lambda line: not line.proposed)}
    kept: list[Said] = []
    for line in lines:
        customer = line.interaction.customer_id
        first = all(one.interaction.customer_id != customer for one in kept)
        day = line.interaction.at.date()
        completes = completed_by(customers.customer_card(database, customer), day) if first else None
        kept.append(replace(line, completes=completes, next_on=line.next_on if last[customer] is line else None))
    return kept
