"""回收站: the customers deleted in the last 30 days."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.record_list import Line
from crmdesk.gui.dialogs.step_list import StepList
from crmdesk.i18n import _
from crmdesk.operations import customers
from crmdesk.words.formats import moment, names


class BinDialog(StepList):
    """Deletions, newest first; bringing one back undoes it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, "bin", _("Bin"), _("Deleted customers are kept here for 30 days"), _("Bring back"), parent
        )

    def fill(self) -> None:
        """The deletions that are kept."""
        lines = [
            Line(
                (moment(entry.at), names([self._desk.veil(name) for name in entry.names], 5)),
                entry.step,
                self._desk.editable,
            )
            for entry in self._desk.read(customers.bin_entries)
        ]
        self.show_lines([_("Deleted"), _("Customers")], lines, _("The bin is empty"))
