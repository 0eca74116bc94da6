"""改了什么: what was put right about the reasons why customers left, and whether fewer left for them since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.improvement import Improvement
from crmdesk.domain.loss import REASONS
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date
from crmdesk.gui.dialogs.record_list import Line, RecordList
from crmdesk.gui.patience import while_there
from crmdesk.gui.widgets.pieces import button
from crmdesk.i18n import _
from crmdesk.operations import improvements
from crmdesk.words import formats
from crmdesk.words.care import effect_text, others_text, to_improve_text
from crmdesk.words.lifecycle import loss_label


class ImprovementForm(SmallForm):
    """The reason, what was changed about it, since when."""

    def __init__(self, improvement: Improvement, parent: QWidget | None = None) -> None:
        super().__init__("improvement_form", _("What was changed"), _("Save"), parent)
        self._before = improvement
        self._reason, self._text = QComboBox(self), QLineEdit(improvement.text, self)
        for code in REASONS:
            self._reason.addItem(loss_label(code), code)
        self._reason.setCurrentIndex(max(self._reason.findData(improvement.reason), 0))
        self._text.setPlaceholderText(_("Delivers the same day now"))
        self._day = date_field(self, improvement.begun_on)
        self.add_row(_("Reason"), self._reason, "improvement_reason")
        self.add_row(_("What was changed"), self._text, "improvement_text")
        self.add_row(_("Since when"), self._day, "improvement_day")
        self._text.textChanged.connect(self.check)
        self.check()

    def complete(self) -> bool:
        """Without a word nobody knows later what it was."""
        return bool(self._text.text().strip())

    def improvement(self) -> Improvement:
        """What was chosen."""
        reason, text = str(self._reason.currentData()), self._text.text().strip()
        return replace(self._before, reason=reason, begun_on=field_date(self._day), text=text)


class ImprovementsDialog(RecordList):
    """A row for each, with the losses before and since; the marked one can be changed and deleted.

    Its verb shows who left for that reason and is still gone: to them it is news.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        sentence = _("How many left for a reason before something was changed about it, and in as many days since.")
        super().__init__("improvements", _("What was changed"), sentence, _("Who can be told"), parent)
        self.resize(780, 420)
        self._desk = desk
        self._add = button(self, "add_improvement", self.add, "")
        self._add.setText(_("Note a change…"))
        self._remove = button(self, "delete_improvement", self.delete)
        self._remove.setText(_("Delete"))
        self._edit = button(self, "edit_improvement", self.edit, "")
        self._edit.setText(_("Change…"))
        for place, verb in enumerate((self._add, self._edit, self._remove)):
            self._buttons.insertWidget(place, verb)
        self.read()

    def read(self) -> None:
        """Show what there is."""
        found = self._desk.read(improvements.improvements_made)
        self._worst = self._desk.read(improvements.reason_to_improve)
        if self._worst is not None:
            self._about = to_improve_text(self._worst, loss_label(self._worst.reason))
        lines = [
            Line(
                (
                    formats.day(one.begun_on),
                    loss_label(one.reason),
                    one.text,
                    effect_text(effect),
                    others_text(effect),
                ),
                one,
            )
            for one, effect in found
        ]
        headers = (_("Since when"), _("Reason"), _("What was changed"), _("Who left for it"), _("Other reasons"))
        nothing = _("Nothing noted yet. Note what you changed about a reason why customers leave.")
        self.show_lines(headers, lines, nothing, stretched=(2,))
        for verb in (self._edit, self._remove):
            verb.setVisible(bool(lines))

    def act(self, target: object) -> None:
        """Show who left for the reason before and is still gone."""
        if isinstance(target, Improvement):
            ids = self._desk.read(improvements.who_left_before, target)
            if not ids:
                self._desk.told.emit(_("Nobody left for it before, or all came back."))
                return
            self.accept()
            self._desk.customers_wanted.emit(CustomerQuery(ids=ids))

    def add(self) -> None:
        """Ask what was changed, and keep it; the reason that costs most is proposed."""
        reason = self._worst.reason if self._worst is not None else REASONS[0]
        form = ImprovementForm(Improvement(reason, self._desk.today), self)
        if self._desk.editable and self._desk.prompts.run(form):
            made, database = form.improvement(), self._desk.database
            self._do(lambda: improvements.note_improvement(database, made))

    def edit(self) -> None:
        """Put the marked one right."""
        line, database = self._marked(), self._desk.database
        if not self._desk.editable or line is None or not isinstance(line.target, Improvement):
            return
        form = ImprovementForm(line.target, self)
        if self._desk.prompts.run(form):
            changed = form.improvement()
            self._do(lambda: improvements.change_improvement(database, changed))

    def delete(self) -> None:
        """Delete the marked one; the toast offers it back."""
        line, database = self._marked(), self._desk.database
        if self._desk.editable and line is not None and isinstance(line.target, Improvement):
            number = line.target.id
            self._do(lambda: improvements.delete_improvement(database, number))

    def _do(self, work: Callable[[], Changes]) -> None:
        self._desk.act(lambda _progress: work(), done=while_there(self, lambda _changes: self.read()))
