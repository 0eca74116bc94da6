"""＋添加 ▾: everything a card does not show because it has no content yet."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.domain.customer import Customer
from crmdesk.gui.pages.detail_values import FACTS, fact_text
from crmdesk.gui.widgets.pieces import MenuButton
from crmdesk.i18n import _
from crmdesk.words.labels import field_label, label

NEW_POINTS: Final = ("phone", "wechat", "email", "qq")
# What only a sheet brings; nobody adds it by hand.
_FROM_SHEETS: Final = frozenset({"tier_given", "stage_given", "reward_points", "balance", "receivable"})


class AddMenu(MenuButton):
    """The menu. `fact` carries a fact's key.

    `thing` carries one of order, receipt, case, renewal, plan, satisfaction, offer, gift, estimate, first_contact,
    talks, referrer, contact, follow_up, extra, tier, stage.
    """

    fact = Signal(str)
    thing = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "add_fact", self._offer, "link")
        self._customer = Customer()
        self._presenting = False
        self.retranslate()

    def show_customer(self, customer: Customer, *, presenting: bool) -> None:
        """Offer what this customer lacks."""
        self._customer, self._presenting = customer, presenting

    def retranslate(self) -> None:
        """Put the texts again."""
        self.say(_("＋ Add"))

    def _offer(self, menu: QMenu) -> None:
        for code, text in (("order", _("Order…")), ("receipt", _("Receipt…")), ("follow_up", _("Follow-up…"))):
            menu.addAction(text).triggered.connect(partial(self._tell, self.thing, code))
        menu.addSeparator()
        menu.addAction(_("Complaint…")).triggered.connect(partial(self._tell, self.thing, "case"))
        if not self._presenting:
            menu.addAction(_("Contract or supply…")).triggered.connect(partial(self._tell, self.thing, "renewal"))
            menu.addAction(_("Plan…")).triggered.connect(partial(self._tell, self.thing, "plan"))
            menu.addAction(_("Satisfaction…")).triggered.connect(partial(self._tell, self.thing, "satisfaction"))
            menu.addAction(_("Offer…")).triggered.connect(partial(self._tell, self.thing, "offer"))
            menu.addAction(_("Gift…")).triggered.connect(partial(self._tell, self.thing, "gift"))
            menu.addAction(_("What was said…")).triggered.connect(partial(self._tell, self.thing, "talks"))
            menu.addAction(_("Who brought them…")).triggered.connect(partial(self._tell, self.thing, "referrer"))
            menu.addAction(_("Your judgement…")).triggered.connect(partial(self._tell, self.thing, "estimate"))
        menu.addAction(_("First talk…")).triggered.connect(partial(self._tell, self.thing, "first_contact"))
        menu.addAction(_("Contact…")).triggered.connect(partial(self._tell, self.thing, "contact"))
        for kind in NEW_POINTS:
            menu.addAction(label("point", kind)).triggered.connect(partial(self._tell, self.fact, f"new:{kind}"))
        menu.addSeparator()
        for key in FACTS:
            if key not in _FROM_SHEETS and not fact_text(self._customer, key):
                menu.addAction(field_label(key)).triggered.connect(partial(self._tell, self.fact, key))
        menu.addAction(_("A column of your own…")).triggered.connect(partial(self._tell, self.thing, "extra"))
        menu.addSeparator()
        if not self._presenting:
            menu.addAction(_("Decide the tier myself")).triggered.connect(partial(self._tell, self.thing, "tier"))
        menu.addAction(_("Lock the stage")).triggered.connect(partial(self._tell, self.thing, "stage"))
        menu.addAction(_("Rename")).triggered.connect(partial(self._tell, self.thing, "name"))

    def _tell(self, signal: object, code: str, _checked: bool = False) -> None:
        signal.emit(code)  # type: ignore[attr-defined]
