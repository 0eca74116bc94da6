"""礼物: what was given, what it cost, when; and how long contacts take."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from crmdesk.domain.effort import MOST_MINUTES, Minutes
from crmdesk.domain.gift import Gift
from crmdesk.domain.money import decimal_text, from_money
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date, field_money
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import gifts


class GiftForm(SmallForm):
    """What it was; its price may stay unknown."""

    def __init__(self, gift: Gift, parent: QWidget | None = None) -> None:
        super().__init__("gift_form", _("Gift"), _("Save"), parent)
        self._before = gift
        self._text, self._cost = QLineEdit(gift.text, self), QLineEdit(self)
        self._text.setPlaceholderText(_("A box of tea"))
        self._cost.setPlaceholderText(_("empty where you do not know"))
        self._cost.setText(decimal_text(from_money(gift.cost)) if gift.cost is not None else "")
        self._day = date_field(self, gift.given_on)
        self.add_row(_("What it was"), self._text, "gift_text")
        self.add_row(_("What it cost"), self._cost, "gift_cost")
        self.add_row(_("Day"), self._day, "gift_day")
        self._text.textChanged.connect(self.check)
        self._cost.textChanged.connect(self.check)
        self.check()

    def complete(self) -> bool:
        """A word on what it was; a price that cannot be read is not kept as unknown."""
        cost = field_money(self._cost)
        readable = not self._cost.text().strip() or (cost is not None and cost >= 0)
        return bool(self._text.text().strip()) and readable

    def gift(self) -> Gift:
        """As it stands now."""
        cost = field_money(self._cost) if self._cost.text().strip() else None
        return replace(self._before, text=self._text.text().strip(), cost=cost, given_on=field_date(self._day))


class MinutesForm(SmallForm):
    """How long a visit, a call and a message take."""

    def __init__(self, each: Minutes, parent: QWidget | None = None) -> None:
        super().__init__("minutes_form", _("How long contacts take"), _("Save"), parent)
        self._visit, self._call, self._message = (self._box(value) for value in (each.visit, each.call, each.message))
        self.add_row(_("A visit, with the way"), self._visit, "minutes_visit")
        self.add_row(_("A call"), self._call, "minutes_call")
        self.add_row(_("A message"), self._message, "minutes_message")

    def minutes(self) -> Minutes:
        """As chosen."""
        return Minutes(self._visit.value(), self._call.value(), self._message.value())

    def _box(self, value: int) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(0, MOST_MINUTES)
        box.setSuffix(_(" min"))
        box.setAlignment(Qt.AlignmentFlag.AlignHCenter)  # a style sheet does not reach the text's margin
        box.setMinimumWidth(104)
        box.setValue(value)
        return box


def ask_gift(desk: Desk, parent: QWidget, customer_id: int) -> None:
    """Ask what was given, and keep it as one step."""
    form = GiftForm(Gift(customer_id, desk.today), parent)
    if desk.prompts.run(form):
        gift = form.gift()
        act(desk, lambda db: gifts.give(db, gift))


def ask_to_change(desk: Desk, parent: QWidget, gift: Gift) -> None:
    """Put it right, as one step."""
    form = GiftForm(gift, parent)
    if desk.prompts.run(form):
        changed = form.gift()
        act(desk, lambda db: gifts.change_gift(db, changed))


def ask_minutes(desk: Desk, parent: QWidget) -> None:
    """Ask how long contacts take, and keep it in the file."""
    if not desk.editable:
        return
    form = MinutesForm(desk.read(gifts.minutes), parent)
    if desk.prompts.run(form):
        each = form.minutes()
        act(desk, lambda db: gifts.set_minutes(db, each))
