"""为什么不来了: asked where a customer who bought is set lost or no longer followed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLineEdit, QWidget

from crmdesk.domain.improvement import Improvement
from crmdesk.domain.loss import REASONS
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.operations import follow_ups
from crmdesk.operations.improvements import improvements_made
from crmdesk.operations.lifecycle import lose, once_bought
from crmdesk.words import formats
from crmdesk.words.lifecycle import loss_label


class LossForm(SmallForm):
    """One of a few reasons, and a line for the customer's own words. It may be skipped.

    What was changed about the reason stands below it: to who leaves for it, it may be news.
    """

    def __init__(self, parent: QWidget | None = None, made: Sequence[Improvement] = ()) -> None:
        super().__init__("loss_form", _("Why did they stop coming"), _("Note it"), parent)
        self._reason, self._note = QComboBox(self), QLineEdit(self)
        for code in REASONS:
            self._reason.addItem(loss_label(code), code)
        self._made = {one.reason: one for one in reversed(made)}  # the newest of a reason
        self._changed = text_label(self, "small", "loss_changed", wrap=True)
        self._note.setPlaceholderText(_("what they said, in one line"))
        self.add_row(_("Reason"), self._reason, "loss_reason")
        self._rows.addRow("", self._changed)
        self._reason.currentIndexChanged.connect(lambda _index: self._show_changed())
        self._show_changed()
        self.add_row(_("In their words"), self._note, "loss_note")
        for box in self.findChildren(QDialogButtonBox):
            for other in box.buttons():
                if box.buttonRole(other) == QDialogButtonBox.ButtonRole.RejectRole:
                    other.setText(_("Skip"))  # what was decided happens all the same

    def _show_changed(self) -> None:
        one = self._made.get(self.reason())
        self._rows.setRowVisible(self._changed, one is not None)
        if one is not None:
            told = _("Changed since {day}: {text}. Do they know?")
            self._changed.setText(told.format(day=formats.day(one.begun_on), text=one.text))

    def reason(self) -> str:
        """The chosen reason's code."""
        return str(self._reason.currentData())

    def note(self) -> str:
        """The words as typed."""
        return self._note.text().strip()


def stop_following(desk: Desk, ids: Sequence[int], parent: QWidget) -> None:
    """不再跟进 as one step. Of customers who bought it asks why, and goes on without an answer as well."""
    if not desk.editable or not ids:
        return
    form = LossForm(parent, _made(desk))
    if desk.read(once_bought, ids) and desk.prompts.run(form):
        reason, note = form.reason(), form.note()
        desk.act(lambda _progress: lose(desk.database, ids, reason, note, lock=False, stop=True))
    else:
        desk.act(lambda _progress: follow_ups.stop_following(desk.database, ids))


def set_lost(desk: Desk, customer_id: int, why: str, parent: QWidget) -> bool:
    """流失 by the user's own word, with the reason in the same step; False where none was given, and nothing done."""
    form = LossForm(parent, _made(desk))
    if not desk.read(once_bought, [customer_id]) or not desk.prompts.run(form):
        return False
    reason, note = form.reason(), form.note() or why
    desk.act(lambda _progress: lose(desk.database, [customer_id], reason, note, lock=True, stop=False))
    return True


def _made(desk: Desk) -> list[Improvement]:
    return [one for one, _effect in desk.read(improvements_made)]
