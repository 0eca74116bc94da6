"""What ＋添加 asks for in a dialog: order, complaint, judgement, follow-up, contact, own column, tier, name …"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.record import CustomerCard
from crmdesk.domain.renewal import Renewal
from crmdesk.domain.stage import Stage
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.case_forms import ask_case
from crmdesk.gui.dialogs.choose_with_reason import ChooseWithReason
from crmdesk.gui.dialogs.contact_form import ContactForm
from crmdesk.gui.dialogs.estimate_form import ask_estimate
from crmdesk.gui.dialogs.first_contact import ask_first_contact
from crmdesk.gui.dialogs.follow_up_form import FollowUpForm
from crmdesk.gui.dialogs.gift_form import ask_gift
from crmdesk.gui.dialogs.loss_form import set_lost
from crmdesk.gui.dialogs.offer_form import ask_offer
from crmdesk.gui.dialogs.order_form import ask_order
from crmdesk.gui.dialogs.plan_start import ask_to_start
from crmdesk.gui.dialogs.receipt_form import ReceiptForm
from crmdesk.gui.dialogs.referrer_form import ask_referrer
from crmdesk.gui.dialogs.renewal_form import ask_renewal
from crmdesk.gui.dialogs.satisfaction_form import ask_satisfaction
from crmdesk.gui.dialogs.talk_forms import ask_talks
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import customers, follow_ups, orders, tiers
from crmdesk.words.labels import label

USUAL_TIERS = ("A", "B", "C", "D")


class Things:
    """The dialogs of a card. `add_fact(key)` opens an empty fact in the card."""

    def __init__(self, desk: Desk, parent: QWidget, add_fact: Callable[[str], None]) -> None:
        self._desk = desk
        self._parent = parent
        self._add_fact = add_fact
        self._asks: dict[str, Callable[[CustomerCard], None]] = {
            "order": self._order,
            "receipt": self._receipt,
            "follow_up": self._follow_up,
            "case": self._case,
            "renewal": self._renewal,
            "plan": self._plan,
            "satisfaction": self._satisfaction,
            "gift": self._gift,
            "offer": self._offer,
            "estimate": self._estimate,
            "first_contact": self._first_contact,
            "talks": self._talks,
            "referrer": self._referrer,
            "contact": self._contact,
            "extra": self._extra,
            "tier": self._tier,
            "stage": self._stage,
            "name": self._name,
        }

    def ask(self, code: str, card: CustomerCard) -> None:
        """Ask for one of the things and keep it."""
        self._asks[code](card)

    def edit_contact(self, card: CustomerCard, number: int) -> None:
        """Change a contact; emptied, it goes."""
        if number >= len(card.customer.contacts):
            return
        form = ContactForm(card.customer.contacts[number], self._parent)
        if self._desk.prompts.run(form):
            people = list(card.customer.contacts)
            changed = form.contact()
            people[number : number + 1] = [changed] if changed.name or changed.points else []
            act(self._desk, lambda db: customers.edit_customer(db, card.customer.id, contacts=tuple(people)))

    def _contact(self, card: CustomerCard) -> None:
        form = ContactForm(None, self._parent)
        if self._desk.prompts.run(form):
            people = (*card.customer.contacts, form.contact())
            act(self._desk, lambda db: customers.edit_customer(db, card.customer.id, contacts=people))

    def _first_contact(self, card: CustomerCard) -> None:
        ask_first_contact(self._desk, self._parent, card.customer.id, card.customer.name)

    def _talks(self, card: CustomerCard) -> None:
        ask_talks(self._desk, self._parent, card.customer.id)

    def _referrer(self, card: CustomerCard) -> None:
        ask_referrer(self._desk, self._parent, card.customer.id)

    def _case(self, card: CustomerCard) -> None:
        ask_case(self._desk, self._parent, card.customer.id)

    def _renewal(self, card: CustomerCard) -> None:
        ask_renewal(self._desk, self._parent, Renewal(card.customer.id))

    def _plan(self, card: CustomerCard) -> None:
        ask_to_start(self._desk, self._parent, [(card.customer.name, [card.customer.id])])

    def _satisfaction(self, card: CustomerCard) -> None:
        ask_satisfaction(self._desk, self._parent, card.customer.id)

    def _gift(self, card: CustomerCard) -> None:
        ask_gift(self._desk, self._parent, card.customer.id)

    def _offer(self, card: CustomerCard) -> None:
        ask_offer(self._desk, self._parent, card.customer.id)

    def _estimate(self, card: CustomerCard) -> None:
        ask_estimate(self._desk, self._parent, card.customer.id)

    def _order(self, card: CustomerCard) -> None:
        ask_order(self._desk, self._parent, card.customer.id)

    def _receipt(self, card: CustomerCard) -> None:
        form = ReceiptForm(card.customer.id, self._desk.today, self._parent)
        if self._desk.prompts.run(form):
            receipt = form.receipt()
            act(self._desk, lambda db: orders.add_receipt(db, receipt))

    def _follow_up(self, card: CustomerCard) -> None:
        form = FollowUpForm(FollowUp(card.customer.id, self._desk.today), self._desk, self._parent)
        if self._desk.prompts.run(form):
            due = form.follow_up()
            act(self._desk, lambda db: follow_ups.add_follow_up(db, due))

    def _extra(self, card: CustomerCard) -> None:
        header = self._desk.prompts.ask_text(_("A column of your own"), _("Its name"))
        if header:
            self._add_fact(f"extra:{header}")

    def _name(self, card: CustomerCard) -> None:
        name = self._desk.prompts.ask_text(_("Rename"), _("Name"), card.customer.name)
        if name:
            act(self._desk, lambda db: customers.edit_customer(db, card.customer.id, name=name))

    def _tier(self, card: CustomerCard) -> None:
        # The rules' own names; without tiers, or in a file whose rules never ran, the letters everybody knows.
        levels = self._desk.read(tiers.current_policy).levels or USUAL_TIERS
        choices = [(tier, label("tier", tier)) for tier in levels]
        form = ChooseWithReason(
            _("Decide the tier myself"),
            [("", _("Let the rules decide")), *choices],
            card.standing.tier_override or card.figures.tier or "",
            card.standing.tier_override_reason,
            self._parent,
            until=card.standing.tier_override_until,
            today=self._desk.today,
        )
        if self._desk.prompts.run(form):
            code, reason, until = form.choice(), form.reason(), form.until()
            act(self._desk, lambda db: customers.set_tier(db, card.customer.id, code, reason, until))

    def _stage(self, card: CustomerCard) -> None:
        choices = [(str(stage), label("stage", stage)) for stage in Stage]
        form = ChooseWithReason(
            _("Lock the stage"),
            [("", _("Let the rhythm decide")), *choices],
            card.standing.stage_lock or card.figures.stage,
            card.standing.stage_lock_reason,
            self._parent,
        )
        if self._desk.prompts.run(form):
            code, reason = form.choice(), form.reason()
            if code == Stage.LOST and set_lost(self._desk, card.customer.id, reason, self._parent):
                return
            act(self._desk, lambda db: customers.lock_stage(db, card.customer.id, code, reason))
