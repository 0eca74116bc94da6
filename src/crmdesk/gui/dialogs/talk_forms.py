"""洽谈: noting what was said, putting it right, and settling it with what was answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from crmdesk.domain.money import decimal_text, from_money
from crmdesk.domain.talk import NEEDS, OBJECTION, OFFER, PAIN, Talk
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date, field_money
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _, translatable
from crmdesk.operations import talks
from crmdesk.words.labels import label

WIDTH: Final = 480  # what stands in an empty line is to be read whole
# Offered, never enforced: any other words are as good.
OBJECTIONS: Final = (
    translatable("Too dear"),
    translatable("Has a supplier already"),
    translatable("No hurry yet"),
    translatable("Somebody else decides"),
    translatable("Doubts the quality"),
)


class TalkForm(SmallForm):
    """Four lines and a day; each may stay empty."""

    def __init__(self, customer: int, desk: Desk, needs: str, parent: QWidget | None = None) -> None:
        super().__init__("talk_form", _("Note what was said"), _("Save"), parent)
        self.setMinimumWidth(WIDTH)
        self._customer, self._known = customer, needs
        self._needs, self._pain, self._offer, self._amount = (QLineEdit(self) for _number in range(4))
        self._needs.setText(needs)
        self._needs.setPlaceholderText(_("What do they need, and how often?"))
        self._pain.setPlaceholderText(_("What goes wrong for them today?"))
        self._offer.setPlaceholderText(_("First order 10% off, delivery included …"))
        self._amount.setPlaceholderText(_("5000, 30k …"))
        self._objection = _objections(self)
        self._day = date_field(self, desk.today)
        self.add_row(label("talk", NEEDS), self._needs, "talk_needs")
        self.add_row(label("talk", PAIN), self._pain, "talk_pain")
        self.add_row(label("talk", OFFER), self._offer, "talk_offer")
        self.add_row(_("At a price of"), self._amount, "talk_amount")
        self.add_row(label("talk", OBJECTION), self._objection, "talk_objection")
        self.add_row(_("Said on"), self._day, "talk_day")
        for line in self.findChildren(QLineEdit):
            line.textChanged.connect(self.check)
        self.check()
        self._needs.setFocus()

    def complete(self) -> bool:
        """Something has to be said; an amount that cannot be read is not kept as nothing."""
        if self._amount.text().strip() and field_money(self._amount) is None:
            return False
        return self._needs.text().strip() != self._known or any(one.says for one in self.said() if one.kind != NEEDS)

    def said(self) -> tuple[Talk, ...]:
        """What was said, as typed."""
        day = field_date(self._day)
        offer = Talk(self._customer, OFFER, day, self._offer.text().strip(), field_money(self._amount))
        texts = ((NEEDS, self._needs.text()), (PAIN, self._pain.text()), (OBJECTION, self._objection.currentText()))
        return (offer, *(Talk(self._customer, kind, day, text.strip()) for kind, text in texts))


class ChangeTalkForm(SmallForm):
    """The words, the amount of an offer, and the day."""

    def __init__(self, talk: Talk, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("change_talk_form", label("talk", talk.kind), _("Save"), parent)
        self._talk = talk
        self._text, self._amount = QLineEdit(talk.text, self), QLineEdit(self)
        self._day = date_field(self, talk.said_on or desk.today)
        self.add_row(label("talk", talk.kind), self._text, "talk_text")
        if talk.kind == OFFER:
            self._amount.setText(decimal_text(from_money(talk.amount)) if talk.amount is not None else "")
            self.add_row(_("At a price of"), self._amount, "talk_amount")
        else:
            self._amount.hide()
        self.add_row(_("Said on"), self._day, "talk_day")
        self._text.textChanged.connect(self.check)
        self._amount.textChanged.connect(self.check)
        self.check()

    def complete(self) -> bool:
        """Emptied it is deleted instead."""
        return self.talk().says and (not self._amount.text().strip() or field_money(self._amount) is not None)

    def talk(self) -> Talk:
        """As it is now."""
        amount = field_money(self._amount) if self._talk.kind == OFFER else None
        return replace(self._talk, text=self._text.text().strip(), amount=amount, said_on=field_date(self._day))


class SettleForm(SmallForm):
    """What settled it; may stay empty."""

    def __init__(self, talk: Talk, parent: QWidget | None = None) -> None:
        super().__init__("settle_talk_form", label("talk", talk.kind), _("Settled"), parent)
        self.setMinimumWidth(WIDTH)
        self._answer = QLineEdit(self)
        self._answer.setPlaceholderText(_("Took it, gave 5% off, showed a sample …"))
        self.add_row(_("What came of it"), self._answer, "talk_answer")

    def answer(self) -> str:
        """What settled it."""
        return self._answer.text().strip()


def _objections(parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setEditable(True)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems([_(text) for text in OBJECTIONS])
    box.setCurrentText("")
    return box


def ask_talks(desk: Desk, parent: QWidget, customer_id: int) -> None:
    """Ask what was said, and keep it as one step."""
    known = desk.read(talks.known_needs, customer_id)
    form = TalkForm(customer_id, desk, known.text if known else "", parent)
    if desk.prompts.run(form):
        said = form.said()
        act(desk, lambda db: talks.note_talks(db, customer_id, said))


def ask_to_change(desk: Desk, parent: QWidget, talk: Talk) -> None:
    """Put it right, as one step."""
    form = ChangeTalkForm(talk, desk, parent)
    if desk.prompts.run(form):
        changed = form.talk()
        act(desk, lambda db: talks.change_talk(db, changed))


def ask_to_settle(desk: Desk, parent: QWidget, talk: Talk) -> None:
    """Ask what settled it, and keep that as one step."""
    form = SettleForm(talk, parent)
    if desk.prompts.run(form):
        answer = form.answer()
        act(desk, lambda db: talks.settle_talk(db, talk.id, answer))
