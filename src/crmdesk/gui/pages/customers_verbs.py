"""What one does with the chosen customers of the list: add, delete, stop following, export, paste."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from crmdesk.domain.changes import Changes
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.customer_list import CustomerList
from crmdesk.i18n import _
from crmdesk.operations import listing

if TYPE_CHECKING:
    from crmdesk.domain.interaction import Said
    from crmdesk.gui.pages.note_box import Note


class CustomerVerbs:
    """The verbs of the list; `show(id)` shows a customer that was just added."""

    def __init__(self, desk: Desk, chosen: CustomerList, parent: QWidget, show: Callable[[int], None]) -> None:
        self._desk = desk
        self._list = chosen
        self._parent = parent
        self._show = show
        chosen.paste_wanted.connect(self.paste)

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
        from crmdesk.gui.dialogs.loss_form import stop_following

        stop_following(self._desk, self._list.selected_ids(), self._parent)

    def export(self) -> None:
        """Several chosen ones, else what the filters let through, else everyone."""
        ids = self._list.selected_ids()
        filtered = list(self._list.table().ids()) if self._list.query().filtered else None
        self._desk.export_requested.emit(ids if len(ids) > 1 else filtered)

    def plans(self) -> None:
        """培育计划, for the chosen customers or for everybody the filters let through."""
        from crmdesk.gui.dialogs.plans import PlansDialog

        chosen, shown = self._list.selected_ids(), list(self._list.table().ids())
        groups = ((_("Chosen"), chosen), (_("All in the list"), shown))
        whom = [(name, ids) for name, ids in groups if ids]
        self._desk.prompts.run(PlansDialog(self._desk, whom, self._parent))

    def said(self, begun: Mapping[int, Note]) -> list[Said]:
        """Notes begun in the cards as they are kept: each completes what its card says is next."""
        if not begun:
            return []
        from crmdesk.gui.pages.deeds import completed_by
        from crmdesk.operations import customers

        desk, now = self._desk, self._desk.clock.now()
        cards = {customer: desk.read(customers.customer_card, customer) for customer in begun}
        return [note.said(one, now, completed_by(cards[one], desk.today)) for one, note in begun.items()]

    def paste(self) -> None:
        """Cells of a sheet from the clipboard, from the chosen cell on; shown before they are taken."""
        text = QGuiApplication.clipboard().text()
        if not self._desk.editable or not text.strip():
            return
        from crmdesk.gui.dialogs.paste_cells import paste

        paste(self._desk, text, self._list.keys_from_current(), self._ids_from_chosen(), self._parent)

    def _ids_from_chosen(self) -> list[int]:
        """Everybody from the first selected row on, also those whom the list has not shown yet."""
        chosen = self._list.selected_ids()
        ids = list(self._desk.read(listing.customer_ids, self._list.query()))
        return ids[ids.index(chosen[0]) :] if chosen and chosen[0] in ids else []

    def _added(self, changes: Changes) -> None:
        if changes.new_id is not None:
            self._show(changes.new_id)
