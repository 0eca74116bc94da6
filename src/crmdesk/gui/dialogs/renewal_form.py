"""合同、补货: what ends on a day, or runs out some time after it was bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSpinBox, QWidget

from crmdesk.domain.renewal import CONTRACT, NOTICE, SUPPLY, Habit, Renewal
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.form_parts import SmallForm, date_field, field_date
from crmdesk.gui.pages.deeds import act
from crmdesk.i18n import _
from crmdesk.operations import orders, renewals

_USUAL_TERM = timedelta(days=365)
_USUAL_LAST = 90
_MOST_DAYS = 3650


class RenewalForm(SmallForm):
    """A contract has its last day, a supply the days it lasts; both are asked about some days before."""

    def __init__(
        self,
        renewal: Renewal,
        today: date,
        products: Sequence[str] = (),
        habits: Sequence[Habit] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("renewal_form", _("Contract or supply"), _("Save"), parent)
        self._before = renewal
        self._habits = {habit.product: habit for habit in habits}
        self._kind, self._name = QComboBox(self), QLineEdit(renewal.name, self)
        for code, text in ((CONTRACT, _("Contract that ends")), (SUPPLY, _("Goods that run out"))):
            self._kind.addItem(text, code)
        self._kind.setCurrentIndex(max(self._kind.findData(renewal.kind), 0))
        completer = QCompleter(list(products), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._name.setCompleter(completer)
        self._ends = date_field(self, renewal.ends_on or today + _USUAL_TERM)
        self._since = date_field(self, renewal.since_on or today)
        self._lasts, self._notice = self._days(1), self._days(0)
        self._lasts.setValue(renewal.lasts_days or _USUAL_LAST)
        # A day that was never typed is not kept: the orders say when it was bought last.
        self._since_typed = renewal.since_on is not None
        self._lay_out()
        self._show_kind()
        self._notice.setValue(renewal.notice_days)
        if renewal.id == 0:
            self._named(renewal.name)

    def complete(self) -> bool:
        """Goods need their name: the orders are asked for it. A contract needs none."""
        return self._chosen() == CONTRACT or bool(self._name.text().strip())

    def renewal(self) -> Renewal:
        """What was chosen."""
        supply = self._chosen() == SUPPLY
        return replace(
            self._before,
            kind=self._chosen(),
            name=self._name.text().strip(),
            ends_on=None if supply else field_date(self._ends),
            lasts_days=self._lasts.value() if supply else None,
            since_on=field_date(self._since) if supply and self._since_typed else None,
            notice_days=self._notice.value(),
        )

    def _chosen(self) -> str:
        return str(self._kind.currentData())

    def _days(self, least: int) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(least, _MOST_DAYS)
        box.setSuffix(_(" days"))
        box.setAlignment(Qt.AlignmentFlag.AlignHCenter)  # a style sheet does not reach the text's margin
        box.setMinimumWidth(104)
        return box

    def _lay_out(self) -> None:
        self.add_row(_("Kind"), self._kind, "renewal_kind")
        self.add_row(_("Name"), self._name, "renewal_name")
        self.add_row(_("Ends on"), self._ends, "renewal_ends")
        self.add_row(_("Lasts"), self._lasts, "renewal_lasts")
        self.add_row(_("Last bought"), self._since, "renewal_since")
        self.add_row(_("Ask before"), self._notice, "renewal_notice")
        self._kind.currentIndexChanged.connect(lambda _index: self._show_kind())
        self._name.textChanged.connect(self._named)
        self._since.dateChanged.connect(lambda _day: self._typed())

    def _typed(self) -> None:
        self._since_typed = True

    def _named(self, text: str) -> None:
        habit = self._habits.get(text.strip())
        if habit is not None:  # the customer's own habit is a better guess than ours
            self._lasts.setValue(habit.usual)
            if not self._since_typed:
                self._show_last(habit.last)
        self.check()

    def _show_last(self, day: date) -> None:
        """What the orders say; as long as nobody types another day it is not kept, for the orders go on."""
        self._since.blockSignals(True)
        self._since.setDate(QDate(day.year, day.month, day.day))
        self._since.blockSignals(False)

    def _show_kind(self) -> None:
        supply = self._chosen() == SUPPLY
        self._rows.setRowVisible(self._ends, not supply)
        self._rows.setRowVisible(self._lasts, supply)
        self._rows.setRowVisible(self._since, supply)
        self._name.setPlaceholderText(_("Filters") if supply else _("Yearly supply"))
        self._notice.setValue(NOTICE[self._chosen()])
        self.check()


def ask_renewal(desk: Desk, parent: QWidget, proposed: Renewal) -> None:
    """Ask what ends, and keep it as one step."""
    notice = replace(proposed, notice_days=NOTICE[proposed.kind])
    found = _asked(desk, parent, notice)
    if found is not None:
        act(desk, lambda db: renewals.add_renewal(db, found))


def ask_to_change(desk: Desk, parent: QWidget, renewal: Renewal) -> None:
    """Ask how it should read."""
    found = _asked(desk, parent, renewal)
    if found is not None:
        act(desk, lambda db: renewals.change_renewal(db, found))


def _asked(desk: Desk, parent: QWidget, renewal: Renewal) -> Renewal | None:
    habits = desk.read(renewals.habits_of, renewal.customer_id)
    form = RenewalForm(renewal, desk.today, desk.read(orders.product_names), habits, parent)
    return form.renewal() if desk.prompts.run(form) else None
