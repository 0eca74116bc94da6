"""Changing and deleting what stands in a timeline, and dropping what is planned; each is one step with Undo."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crmdesk.domain.record import TimelineEntry
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.interaction_form import InteractionForm
from crmdesk.gui.dialogs.order_form import OrderForm
from crmdesk.gui.dialogs.receipt_form import ReceiptForm
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.pages.detail_next import NextStep
from crmdesk.gui.pages.timeline import Timeline
from crmdesk.operations import follow_ups, interactions, orders


class TimelineDeeds(QObject):
    """What the menus of a card's timeline and next step do."""

    def __init__(self, desk: Desk, timeline: Timeline, next_step: NextStep, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent
        timeline.edit_wanted.connect(self.edit)
        timeline.delete_wanted.connect(self.delete)
        next_step.dropped.connect(self.drop)

    def edit(self, entry: TimelineEntry) -> None:
        """Ask how an order, a receipt or a log entry should read."""
        if not self._desk.editable:
            return
        if entry.kind == "order":
            self._edit_order(entry.id)
        elif entry.kind == "receipt":
            self._edit_receipt(entry.id)
        elif entry.kind == "interaction":
            form = InteractionForm(self._desk.read(interactions.get_interaction, entry.id), self._parent)
            if self._desk.prompts.run(form):
                said = form.interaction()
                act(self._desk, lambda db: interactions.edit_interaction(db, said))

    def delete(self, entry: TimelineEntry) -> None:
        """Delete an entry; nothing is asked, for the toast offers it back."""
        work = {
            "order": orders.delete_order,
            "receipt": orders.delete_receipt,
            "interaction": interactions.delete_interaction,
            "follow_up": follow_ups.delete_follow_up,
        }[entry.kind]
        act(self._desk, lambda db: work(db, entry.id))

    def drop(self, follow_up: int) -> None:
        """Delete a follow-up that is still to come."""
        act(self._desk, lambda db: follow_ups.delete_follow_up(db, follow_up))

    def _edit_receipt(self, receipt_id: int) -> None:
        before = self._desk.read(orders.get_receipt, receipt_id)
        form = ReceiptForm(before.customer_id, self._desk.today, self._parent, before=before)
        if self._desk.prompts.run(form):
            receipt = form.receipt()
            act(self._desk, lambda db: orders.edit_receipt(db, receipt))

    def _edit_order(self, order_id: int) -> None:
        before = self._desk.read(orders.get_order, order_id)
        products = self._desk.read(orders.product_names)
        form = OrderForm(before.customer_id, self._desk.today, products, self._parent, before=before)
        if self._desk.prompts.run(form):
            order = form.order()
            act(self._desk, lambda db: orders.edit_order(db, order))
