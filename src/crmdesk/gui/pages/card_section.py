"""A part of the card that is only there while it has something to say: a heading, and lines with their verbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from crmdesk.domain.phrase import Refused
from crmdesk.gui.desk import Desk
from crmdesk.gui.patience import AGAIN, is_busy
from crmdesk.gui.widgets.pieces import MenuButton, button, clear_layout, text_label

Verb = tuple[str, Callable[[], object]]
"""What a menu entry says and does."""


class CardSection(QWidget):
    """Reads with `read`, says with `fill`; hidden while `fill` adds no line, and while a customer looks on."""

    filled = Signal()  # what was asked for has arrived later than the card

    def __init__(self, name: str, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._desk = desk
        self._customer = 0
        self._stage = ""
        self._known = False  # whether what was read is of this customer
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.hide()

    def show_customer(self, customer_id: int, stage: str = "") -> None:
        """Read and show what there is of a customer in that stage."""
        # The same customer's lines may stand while a step is being saved, those of the one before may not.
        known = self._known and customer_id == self._customer
        self._customer, self._stage = customer_id, stage
        try:
            self.read()
            self._known = True
        except Refused as refusal:
            self._known = known and is_busy(refusal)
            if is_busy(refusal):
                QTimer.singleShot(AGAIN, self, partial(self._ask_again, customer_id))
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts again."""
        clear_layout(self._lines)
        heading = text_label(self, "heading")
        heading.setText(self.heading())
        self._lines.addWidget(heading)
        if self._known and not self._desk.presenting:  # it is nobody's business but ours
            self.fill()
        self.setVisible(self._lines.count() > 1)

    def read(self) -> None:
        """Read what belongs to the customer."""
        raise NotImplementedError

    def heading(self) -> str:
        """What stands above the lines."""
        raise NotImplementedError

    def fill(self) -> None:
        """Add the lines."""
        raise NotImplementedError

    def add_line(self, text: str, role: str = "", *, link: Verb | None = None, name: str = "") -> None:
        """A line, with one verb at its end."""
        verb = None
        if link is not None:
            verb = button(self, name, lambda: self._do(link[1]), "link")
            verb.setText(link[0])
        self._add(text, role, *([] if verb is None else [verb]))

    def add_line_with_menu(self, text: str, role: str, title: str, verbs: Sequence[Verb], name: str) -> None:
        """A line with a menu of verbs at its end."""

        def offer(menu: QMenu) -> None:
            for said, work in verbs:
                menu.addAction(said).triggered.connect(lambda _checked=False, work=work: self._do(work))

        menu = MenuButton(self, name, offer, "link")
        menu.say(title)
        self._add(text, role, menu)

    def add_choice(self, text: str, role: str, verbs: Sequence[tuple[Verb, str]]) -> None:
        """A line that asks for a word: every verb with its name stands at its end."""
        made = []
        for (said, work), name in verbs:
            made.append(button(self, name, partial(self._do, work), "link"))
            made[-1].setText(said)
        self._add(text, role, *made)

    def add_verb(self, verb: Verb, name: str) -> None:
        """A verb on a line of its own."""
        made = button(self, name, lambda: self._do(verb[1]), "link")
        made.setText(verb[0])
        self._lines.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask_again(self, customer_id: int) -> None:
        if customer_id == self._customer and self._desk.database is not None:
            self.show_customer(customer_id, self._stage)
            self.filled.emit()

    def _add(self, text: str, role: str, *verbs: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        said = text_label(self, role, wrap=True)
        said.setText(text)
        row.addWidget(said, 1)
        for verb in verbs:
            row.addWidget(verb, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(row)

    def _do(self, work: Callable[[], object]) -> None:
        if self._desk.editable:
            work()
