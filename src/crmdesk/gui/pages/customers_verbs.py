"""What one does with the chosen customers of the list: add, delete, stop following, export."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from crmdesk.domain.changes import Changes
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.customer_list import CustomerList


class CustomerVerbs:
    """The verbs of the list; `show(id)` shows a customer that was just added."""

    def __init__(self, desk: Desk, chosen: CustomerList, parent: QWidget, show: Callable[[int], None]) -> None:
        self._desk = desk
        self._list = chosen
        self._parent = parent
        self._show = show

    def add(self) -> None:
        """A name and Enter; the new customer is shown at once."""
        if not self._desk.editable:
            return
        from crmdesk.gui.dialogs.add_customer import AddCustomerDialog
        from crmdesk.gui.pages.deeds import act
        from crmdesk.operations import customers

        dialog = AddCustomerDialog(self._desk, self._parent)
        if self._desk.prompts.run(dialog):
            customer = dialog.customer()
            act(self._desk, lambda db: customers.add_customer(db, customer), self._added)

    def delete(self) -> None:
        """To the bin; the toast offers Undo."""
        from crmdesk.gui.pages.deeds import act
        from crmdesk.operations import customers

        ids = self._list.selected_ids()
        if ids:
            act(self._desk, lambda db: customers.delete_customers(db, ids))

    def stop_following(self) -> None:
        """不再跟进 for the selected customers."""
        from crmdesk.gui.pages.deeds import act
        from crmdesk.operations import follow_ups

        ids = self._list.selected_ids()
        if ids:
            act(self._desk, lambda db: follow_ups.stop_following(db, ids))

    def export(self) -> None:
        """Several chosen ones, else what the filters let through, else everyone."""
        ids = self._list.selected_ids()
        filtered = list(self._list.table().ids()) if self._list.query().filtered else None
        self._desk.export_requested.emit(ids if len(ids) > 1 else filtered)

    def _added(self, changes: Changes) -> None:
        if changes.new_id is not None:
            self._show(changes.new_id)
