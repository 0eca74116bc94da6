"""Two customers beside each other: why they look like one, and for each field that differs, which value stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.customer import Customer
from crmdesk.domain.merging import MONEY, Choice, Difference
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.record import CustomerRecord
from crmdesk.gui.widgets.pieces import clear_layout, line, text_label
from crmdesk.i18n import _
from crmdesk.operations.duplicates import DuplicatePair, SideBySide
from crmdesk.words import formats
from crmdesk.words.labels import field_label, label
from crmdesk.words.phrases import say

_CHIP_EDGES: Final = 30  # what the style sheet puts around a chip's text
_LABELLED: Final = ("kind", "intent")
_COUNTED: Final = ("order_total", "order_count", "last_order_on", "first_order_on")


class ChoiceButton(QPushButton):
    """A value to choose. It takes the room there is, ends in "…" where that is too little, and is ticked when taken."""

    def __init__(self, text: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._full = " ".join(text.split())
        self.setObjectName(name)
        self.setProperty("chip", True)
        self.setCheckable(True)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _on: self._fit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # The colour alone must not tell which one is taken.
        text = f"✓ {self._full}" if self.isChecked() else self._full
        room = max(self.width() - _CHIP_EDGES, 0)
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))


class Sides(QWidget):
    """The evidence above, the facts of both in two columns, and a choice per row that differs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("duplicate_sides")
        self._pair: SideBySide | None = None
        self._groups: dict[str, QButtonGroup] = {}
        self._evidence = QVBoxLayout()
        self._evidence.setSpacing(3)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(14)
        column.addLayout(self._evidence)
        column.addWidget(line(self))
        column.addLayout(self._grid)
        column.addStretch(1)

    def show_pair(self, found: DuplicatePair | None, pair: SideBySide | None, *, with_money: bool) -> None:
        """Show a pair, or nothing."""
        self._pair = pair
        self._groups = {}
        clear_layout(self._evidence)
        clear_layout(self._grid)
        if found is None or pair is None:
            return
        self._show_evidence(found)
        self._show_heads(pair)
        for difference in pair.differences:
            if with_money or difference.field not in MONEY:
                self._show_choice(difference)
        self._show_facts(pair, with_money=with_money)

    def choices(self) -> dict[str, Choice]:
        """What the user chose, by field."""
        return {field: list(Choice)[group.checkedId()] for field, group in self._groups.items()}

    def _show_evidence(self, found: DuplicatePair) -> None:
        for sign, role, phrases in (("✓", "accent", found.reasons), ("✗", "muted", found.doubts)):
            for phrase in phrases:
                self._evidence.addWidget(self._evidence_line(sign, role, phrase))

    def _evidence_line(self, sign: str, role: str, phrase: Phrase) -> QLabel:
        shown = text_label(self, role, "duplicate_evidence", wrap=True)
        shown.setText(f"{sign} {say(phrase)}")
        return shown

    def _show_heads(self, pair: SideBySide) -> None:
        for place, text, record in ((1, _("Stays"), pair.keep), (2, _("Goes into it"), pair.other)):
            head = QFrame(self)
            head.setProperty("card", "soft" if place == 1 else "raised")
            inside = QVBoxLayout(head)
            inside.setContentsMargins(12, 8, 12, 8)
            inside.setSpacing(2)
            above, name = text_label(head, "small"), text_label(head, "heading", f"duplicate_side_{place}", wrap=True)
            above.setText(text)
            name.setText(_called(record.customer))
            inside.addWidget(above)
            inside.addWidget(name)
            self._grid.addWidget(head, 0, place)

    def _show_facts(self, pair: SideBySide, *, with_money: bool) -> None:
        """What is kept from both without a question: phones, people, orders."""
        note = text_label(self, "small")
        note.setText(_("What follows is kept from both"))
        self._grid.addWidget(note, self._grid.rowCount(), 1, 1, 2)
        mine, theirs = (dict(_facts(record, with_money)) for record in (pair.keep, pair.other))
        for key in mine:
            if mine[key] or theirs[key]:
                row = self._heading(key)
                for place, text in ((1, mine[key]), (2, theirs[key])):
                    shown = text_label(self, "" if text else "muted", wrap=True)
                    shown.setText(text or formats.EMPTY)
                    shown.setContentsMargins(13, 0, 0, 0)
                    self._grid.addWidget(shown, row, place, Qt.AlignmentFlag.AlignTop)

    def _show_choice(self, difference: Difference) -> None:
        row = self._heading(difference.field, given=True)
        group = QButtonGroup(self)
        self._groups[difference.field] = group
        both = _("Add up") if isinstance(difference.keep, int) else _("Keep both")
        texts = [_value(difference.field, difference.keep), _value(difference.field, difference.other), both]
        for number, (choice, text) in enumerate(zip(Choice, texts, strict=True)):
            if choice is Choice.BOTH and not difference.may_both:
                continue
            button = ChoiceButton(text, f"choose_{difference.field}_{choice.value}", self)
            button.setAccessibleName(f"{field_label(difference.field)} {text}")
            if choice is Choice.BOTH:
                button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
                button.setFixedWidth(button.fontMetrics().horizontalAdvance(f"✓ {text}") + _CHIP_EDGES)
            button.setChecked(choice is difference.proposed)
            group.addButton(button, number)
            self._grid.addWidget(button, row, number + 1)

    def _heading(self, key: str, *, given: bool = False) -> int:
        """A heading in a row of its own; `given`: of a value to choose, which the users wrote themselves."""
        row = self._grid.rowCount()
        heading = text_label(self, "muted")
        if key in _COUNTED:  # the same word stands for what the sheet says and for what the orders add up to
            text = _("{field} in the sheet") if given else _("{field} of the orders")
            heading.setText(text.format(field=field_label(key)))
        else:
            heading.setText(field_label(key))
        heading.setMinimumHeight(heading.fontMetrics().height() + 4)
        self._grid.addWidget(heading, row, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _called(customer: Customer) -> str:
    return customer.name or customer.code


def _facts(record: CustomerRecord, with_money: bool) -> Iterable[tuple[str, str]]:
    customer, figures = record.customer, record.figures
    points = [*customer.points, *(point for contact in customer.contacts for point in contact.points)]
    phones = dict.fromkeys(formats.phone(point.value) for point in points if point.kind == "phone")
    yield "phone", "\n".join(phones)
    yield "contact_name", formats.names([contact.name for contact in customer.contacts if contact.name])
    # Without orders the figures repeat what the sheet says, and that is chosen above.
    ordered = customer.given_order_total is None and customer.given_order_count is None
    yield "order_count", formats.count(figures.order_count) if figures.order_count and ordered else ""
    if with_money:
        yield "order_total", formats.money(figures.order_total) if figures.order_total and ordered else ""
    yield "last_order_on", formats.day(figures.last_order_on) if figures.last_order_on and ordered else ""
    yield "contact_count", formats.count(figures.contact_count) if figures.contact_count else ""


def _value(field: str, value: object) -> str:
    """A value of a field that differs, as it is shown."""
    if isinstance(value, tuple):
        return formats.region(value)
    if isinstance(value, int):
        return formats.money(value) if field in MONEY else formats.count(value)
    return label(field, str(value)) if field in _LABELLED else str(value)
