"""The dialogs that need something to work on: a case, a block of cells, a table of the boss, a locked file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from crmdesk.domain.case import Case
from crmdesk.domain.effort import Minutes
from crmdesk.domain.gift import Gift
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.offer import Offer
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.renewal import NOTICE, SUPPLY, Renewal
from crmdesk.domain.win_back import WinBack, WinBackRates
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.case_forms import CaseForm, CloseCaseForm
from crmdesk.gui.dialogs.estimate_form import EstimateForm
from crmdesk.gui.dialogs.gift_form import GiftForm, MinutesForm
from crmdesk.gui.dialogs.interaction_form import InteractionForm
from crmdesk.gui.dialogs.offer_form import OfferForm
from crmdesk.gui.dialogs.password import PasswordDialog, UnlockDialog
from crmdesk.gui.dialogs.plan_form import PlanForm
from crmdesk.gui.dialogs.plan_start import StartPlanForm
from crmdesk.gui.dialogs.plans import PlansDialog
from crmdesk.gui.dialogs.reason_form import ReasonForm
from crmdesk.gui.dialogs.renewal_form import RenewalForm
from crmdesk.gui.dialogs.round_trip import RoundTripDialog
from crmdesk.gui.dialogs.satisfaction_form import SatisfactionForm
from crmdesk.gui.dialogs.sheet_template import SheetTemplateDialog
from crmdesk.gui.dialogs.win_back_form import WinBackForm
from crmdesk.i18n import _
from crmdesk.operations import listing, pasting_cells, plans, sheet_templates, win_backs
from crmdesk.progress import Progress

_CHANGED = "138 1234 5678\tcall first\n139 8765 4321\t"  # a block as a sheet would give it


def forms(desk: Desk, window: QWidget, customer: int) -> Iterator[tuple[str, Callable[[], QDialog]]]:
    """Small forms that a card opens, each by the name of its picture."""
    day, rates = desk.today, desk.read(win_backs.win_back_rates)
    yield "case_form", lambda: CaseForm(window)
    yield "close_case_form", lambda: CloseCaseForm(Case(0, "complaint", day, _("One bag was missing")), window)
    yield "estimate_form", lambda: EstimateForm(day, window)
    yield "interaction_form", lambda: InteractionForm(Interaction(customer, datetime.combine(day, time(9))), window)
    yield "reason_form", lambda: ReasonForm(_("Decide the tier myself"), day, window)
    yield "win_back_form", lambda: _win_back(WinBackForm(WinBack(customer, day, "visit"), day, window), rates)
    yield "renewal_form", lambda: RenewalForm(Renewal(customer), day, (), (), window)
    yield "supply_form", lambda: RenewalForm(Renewal(customer, SUPPLY, notice_days=NOTICE[SUPPLY]), day, (), (), window)
    yield "satisfaction_form", lambda: SatisfactionForm(customer, day, window)
    offered = desk.read(plans.list_plans)
    yield "plans", lambda: PlansDialog(desk, [(_("Chosen"), [customer])], window)
    yield "plan_form", lambda: PlanForm(offered[0], window)
    yield "start_plan_form", lambda: StartPlanForm(offered, [(_("Chosen"), [customer])], 8, parent=window)
    yield "offer_form", lambda: OfferForm(Offer(customer, "", day, day), window)
    yield "gift_form", lambda: GiftForm(Gift(customer, day), window)
    yield "minutes_form", lambda: MinutesForm(Minutes(), window)
    yield "unlock", lambda: UnlockDialog(desk.database.path.name, wrong=True, parent=window)
    yield "password_form", lambda: PasswordDialog(locked=True, parent=window)


def _win_back(form: WinBackForm, rates: WinBackRates) -> QDialog:
    form.show_rates(rates)
    return form


def pasted(desk: Desk, window: QWidget) -> QDialog:
    """Ctrl+V over two customers, before it is taken."""
    ids = desk.read(listing.customer_ids, CustomerQuery())[:2]
    found = desk.read(pasting_cells.compare, _CHANGED, ("phone", "notes"), ids, Progress())
    return RoundTripDialog(found, window, pasted=True)


def boss_table(desk: Desk, window: QWidget, path: Path) -> QDialog:
    """A table of the boss, about to be remembered."""
    template = desk.read(sheet_templates.recognise, path, Progress())
    facts = desk.read(sheet_templates.facts)
    examples = desk.read(sheet_templates.examples, [key for key, _name in facts])
    return SheetTemplateDialog(template, facts, examples, window)
