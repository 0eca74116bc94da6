"""After the first import, one card: are these your best ten? Without purchases: run through them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.widgets.pieces import Chip, text_label
from crmdesk.i18n import _
from crmdesk.operations import listing
from crmdesk.words import formats

BEST = 10
SHOWN = ("tier", "name", "order_total", "last_order_on")
LINES_WIDE = 30  # in heights of a line


def look_over(desk: Desk, created: int, parent: QWidget | None) -> None:
    """Show the card that fits the data, once: after the import that brought all the customers there are."""
    # With a customer looking on, nobody is told who the best ten are.
    if desk.presenting or not created or created != desk.read(listing.customer_count):
        return
    ids = desk.read(listing.customer_ids, CustomerQuery(sort=(("order_total", True),)))
    best = [row for row in desk.read(listing.customer_rows, ids[:BEST], SHOWN) if row[3]]
    if best:
        desk.prompts.run(BestTen(desk, best, parent))
        return
    from crmdesk.gui.dialogs.triage import TriageDialog

    if desk.prompts.run(TriageOffer(created, parent)):
        desk.prompts.run(TriageDialog(desk, parent))


class Card(QDialog):
    """A heading, a sentence, what it shows, and two buttons."""

    def __init__(self, name: str, title: str, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setFixedWidth(LINES_WIDE * self.fontMetrics().height())
        heading, about = text_label(self, "title", f"{name}_title"), text_label(self, "muted", wrap=True)
        heading.setText(title)
        about.setText(text)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(28, 24, 28, 20)
        self.column.setSpacing(12)
        self.column.addWidget(heading)
        self.column.addWidget(about)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its texts need at this width; by itself a dialog with lines that wrap comes up too low."""
        super().showEvent(event)
        self.setMinimumHeight(self.column.totalHeightForWidth(self.width()))

    def add_buttons(self, no: str, yes: str) -> tuple[QPushButton, QPushButton]:
        """Two verbs at the bottom, the second is the usual one."""
        made = []
        for name, text in (("no", no), ("yes", yes)):
            button = QPushButton(text, self)
            button.setObjectName(f"{self.objectName()}_{name}")
            button.setProperty("primary", name == "yes")
            button.setDefault(name == "yes")
            made.append(button)
        made[0].clicked.connect(lambda _checked=False: self.reject())
        made[1].clicked.connect(lambda _checked=False: self.accept())
        self.column.addSpacing(4)
        self.column.addLayout(verb_row(self, made[1], made[0]))
        return made[0], made[1]


class BestTen(Card):
    """The ten that brought the most money. A name opens its card, the doubt leads to the rules."""

    def __init__(self, desk: Desk, rows: list[tuple[object, ...]], parent: QWidget | None) -> None:
        title = _("Your top {count}: are these the ones?").format(count=len(rows))
        super().__init__(
            "best_ten", title, _("By what they bought. Click a name to see why it is where it is."), parent
        )
        self._desk = desk
        self.column.addWidget(self._table(rows))
        no, _yes = self.add_buttons(_("Look at the tier rules"), _("Yes, that is them"))
        no.clicked.connect(lambda _checked=False: desk.page_wanted.emit("settings"))

    def _table(self, rows: list[tuple[object, ...]]) -> QFrame:
        card = QFrame(self)
        card.setProperty("card", "true")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for place, (customer, tier, name, money, last) in enumerate(rows):
            rank, ago, worth = (text_label(card, role) for role in ("muted", "muted", ""))
            rank.setText(str(place + 1))
            ago.setText(formats.ago(str(last or ""), self._desk.today) if last else "")
            ago.setToolTip(str(last or ""))
            worth.setText(formats.money(int(str(money))))
            chip = Chip("tier", card)
            chip.set_value(str(tier or ""))
            for at, widget in enumerate(
                (rank, chip, self._name(card, int(str(customer)), str(name or "")), ago, worth)
            ):
                side = Qt.AlignmentFlag.AlignRight if at in (0, 3, 4) else Qt.AlignmentFlag.AlignLeft
                grid.addWidget(widget, place, at, side | Qt.AlignmentFlag.AlignVCenter)
        return card

    def _name(self, card: QWidget, customer: int, name: str) -> QPushButton:
        link = QPushButton(
            card.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, self.width() // 2 - 40), card
        )
        link.setProperty("link", True)
        link.setToolTip(plain_tip(name))
        link.setAutoDefault(False)
        link.clicked.connect(partial(self._open, customer))
        return link

    def _open(self, customer: int, _checked: bool = False) -> None:
        self.accept()
        self._desk.customer_wanted.emit(customer)


class TriageOffer(Card):
    """Names without purchases: run through them once, by keys."""

    def __init__(self, count: int, parent: QWidget | None) -> None:
        text = _(
            "Your sheet tells of no purchases, so what counts is your own word. Run through the {count} customers "
            "by keys, ten a minute: how likely, when next, or not at all. You can stop and go on at any time."
        )
        title = _("Run through them once?")
        super().__init__("triage_offer", title, text.format(count=formats.count(count)), parent)
        self.add_buttons(_("Later"), _("Run through them"))
