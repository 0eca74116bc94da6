"""The head of a card: the name, tier and stage, what one copies most."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crmdesk.domain.customer import Customer
from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.icons import set_icon
from crmdesk.gui.pages.detail_photo import Photo
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.widgets.pieces import Chip, Elided, button, text_label
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.labels import label


def copied_points(customer: Customer) -> list[tuple[str, str, str]]:
    """What the head offers to copy: (object name, shown text, plain text) of a phone, a WeChat, the address."""
    points = [*customer.points, *(point for contact in customer.contacts for point in contact.points)]
    found: list[tuple[str, str, str]] = []
    for kind in ("phone", "wechat"):
        first = next((point.value for point in points if point.kind == kind), "")
        if first:
            shown = formats.phone(first) if kind == "phone" else f"{label('point', kind)} {first}"
            found.append((f"copy_{kind}", shown, first))
    address = place(customer)
    if address:
        found.append(("copy_address", _("Address"), address))
    return found


def place(customer: Customer) -> str:
    """Region and address in one, nothing told twice."""
    region = formats.region((customer.province, customer.city, customer.district))
    return customer.address if customer.address.startswith(region) else f"{region} {customer.address}".strip()


class DetailHead(QWidget):
    """Name, chips, copy buttons."""

    tab_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget, *, own_tab: bool) -> None:
        super().__init__(parent)
        self.setObjectName("detail_head")
        self._desk = desk
        self._card: CustomerCard | None = None
        self._name = Elided(self, "title")
        self._name.setObjectName("detail_name")
        self._photo = Photo(self)
        self._who = text_label(self, "muted", "detail_who", wrap=True)
        self._star = text_label(self, "accent", "key_star")
        self._star.setText("★")
        self._tier, self._stage = Chip("tier", self), Chip("stage", self)
        self._tab = button(self, "open_tab", self.tab_wanted.emit)
        self._tab.setVisible(not own_tab)
        set_icon(self._tab, "external", "muted", 16)
        self._copies: dict[str, QPushButton] = {}
        self._lay_out()

    def show_card(self, card: CustomerCard) -> None:
        """Show a customer."""
        self._card = card
        self._photo.show_picture(card.photo)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts again."""
        self._tab.setToolTip(_("Open in a tab of its own (Ctrl+Enter)"))
        self._tab.setAccessibleName(_("Open in a tab of its own"))
        if self._card is None:
            return
        customer, figures = self._card.customer, self._card.figures
        self._name.set_full(customer.name or customer.code)
        contact = customer.contacts[0] if customer.contacts else None
        person = f"{contact.name} {contact.title}".strip() if contact else ""
        region = formats.region((customer.province, customer.city, customer.district))
        self._who.setText(" · ".join(part for part in (customer.salutation, person, region) if part))
        self._who.setVisible(bool(self._who.text()))
        self._tier.set_value(None if self._desk.presenting else figures.tier)
        self._stage.set_value(None if self._desk.presenting else figures.stage)
        self._star.setVisible(figures.key_account and not self._desk.presenting)
        self._star.setToolTip(_("Key account"))
        self._star.setAccessibleName(_("Key account"))
        offered = {name: (shown, plain) for name, shown, plain in copied_points(customer)}
        for name, copy in self._copies.items():
            shown, plain = offered.get(name, ("", ""))
            copy.setVisible(bool(plain))
            copy.setText(shown)
            copy.setToolTip(plain_tip(_("Copy {text}").format(text=plain)))
            copy.setAccessibleName(_("Copy {text}").format(text=plain))
            copy.setProperty("plain", plain)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._name, 1)
        for chip in (self._star, self._tier, self._stage):
            top.addWidget(chip)
        top.addWidget(self._tab)
        copies = FlowLayout()
        for name in ("copy_phone", "copy_wechat", "copy_address"):
            copy = button(self, name, partial(self._copy, name), "")
            set_icon(copy, "copy", "muted", 14)
            self._copies[name] = copy
            copies.addWidget(copy)
        names = QVBoxLayout()
        names.setSpacing(6)
        names.addLayout(top)
        names.addWidget(self._who)
        who = QHBoxLayout()
        who.setSpacing(12)
        who.addWidget(self._photo, 0, Qt.AlignmentFlag.AlignTop)
        who.addLayout(names, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(who)
        column.addLayout(copies)

    def _copy(self, name: str) -> None:
        self._desk.prompts.copy(str(self._copies[name].property("plain")))
        self._desk.told.emit(_("Copied"))
