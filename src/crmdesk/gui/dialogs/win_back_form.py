"""试着挽回: how, with what in hand, and on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from crmdesk.domain.win_back import METHODS, MOST_AHEAD, RESULTS, WinBack, WinBackRates
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date
from crmdesk.gui.dialogs.until_field import UntilField
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.patience import while_there
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.operations import win_backs
from crmdesk.words import care


class WinBackForm(SmallForm):
    """The way, the offer, the day; of one that was kept also what came of it. The way's own record stands under it."""

    def __init__(self, attempt: WinBack, today: date, parent: QWidget | None = None, *, new: bool = True) -> None:
        super().__init__("win_back_form", _("Win back"), _("Plan it") if new else _("Save"), parent)
        self._before, self._proposing = attempt, new
        self._rates: WinBackRates | None = None
        self._method, self._offer = QComboBox(self), QLineEdit(attempt.offer, self)
        for code in METHODS:
            self._method.addItem(care.method_label(code), code)
        self._method.setCurrentIndex(max(self._method.findData(attempt.method), 0))
        self._rate = text_label(self, "small", "win_back_rate", wrap=True)
        self._offer.setPlaceholderText(_("Samples, 50 off from 500"))
        self._until = UntilField(attempt.offer_until, today, self)
        self._day = date_field(self, attempt.begun_on)
        last = max(today + timedelta(days=MOST_AHEAD), attempt.begun_on)
        self._day.setMaximumDate(QDate(last.year, last.month, last.day))
        self._result = QComboBox(self)
        for code in RESULTS:
            self._result.addItem(care.result_label(code), code)
        self._result.setCurrentIndex(max(self._result.findData(attempt.result), 0))
        self._result.setVisible(not new)
        self.add_row(_("By what way"), self._method, "win_back_method")
        self._rows.addRow("", self._rate)
        self.add_row(_("With what"), self._offer, "win_back_offer")
        self.add_row(_("Offer holds"), self._until, "win_back_until")
        self.add_row(_("Day"), self._day, "win_back_day")
        if not new:
            self.add_row(_("Result"), self._result, "win_back_result")
        self._method.currentIndexChanged.connect(lambda _index: self._show_rate())
        self._method.activated.connect(lambda _index: self._choose())

    def attempt(self) -> WinBack:
        """The attempt as chosen; its day as typed."""
        return replace(
            self._before,
            method=str(self._method.currentData()),
            offer=self._offer.text().strip(),
            offer_until=self._until.until(),
            begun_on=field_date(self._day),
            result=str(self._result.currentData()),
        )

    def show_rates(self, rates: WinBackRates) -> None:
        """Tell how each way did; of a new attempt the one that won most often is proposed, unless one was chosen."""
        self._rates = rates
        if self._proposing and rates.best is not None:
            self._method.setCurrentIndex(max(self._method.findData(rates.best.method), 0))
        self._show_rate()

    def _choose(self) -> None:
        self._proposing = False

    def _show_rate(self) -> None:
        if self._rates is None:
            return  # they are still being read
        rate = self._rates.rate(str(self._method.currentData()))
        self._rate.setText(care.rate_text(rate) if rate.tried else _("Not tried this way yet"))


def ask_win_back(desk: Desk, parent: QWidget, customer_id: int) -> None:
    """Ask how, and plan it as one step. What won most often is proposed."""
    form = WinBackForm(WinBack(customer_id, desk.today, METHODS[0]), desk.today, parent)
    _fetch_rates(desk, form)
    if desk.prompts.run(form):
        attempt = form.attempt()
        act(desk, lambda db: win_backs.begin_win_back(db, attempt, attempt.begun_on))


def ask_to_change(desk: Desk, parent: QWidget, attempt: WinBack) -> None:
    """Ask how an attempt should read."""
    form = WinBackForm(attempt, desk.today, parent, new=False)
    _fetch_rates(desk, form)
    if desk.prompts.run(form):
        changed = form.attempt()
        act(desk, lambda db: win_backs.change_win_back(db, changed))


def _fetch_rates(desk: Desk, form: WinBackForm) -> None:
    """They are made of all attempts there ever were: the form does not wait for them."""
    database = desk.database
    told = while_there(form, form.show_rates)
    desk.run(lambda _progress: win_backs.win_back_rates(database), done=told, failed=lambda _error: None)
