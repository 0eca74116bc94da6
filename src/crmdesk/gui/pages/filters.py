"""The chips above the customer list: what it can be narrowed by, only what exists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from crmdesk.domain.query import CHOICES, QUESTIONS, Choice, CustomerQuery, FilterChoices
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.widgets.pieces import MenuButton, button
from crmdesk.i18n import _, translatable
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.listing import choice_name, filter_name, set_filters, some_of

Value = str | tuple[str, str, str]

# Chip, the field of the query, the heading. Everything else lives behind ＋筛选.
CHIPS: Final = (
    ("tiers", "tier", translatable("Tier")),
    ("stages", "stage", translatable("Stage")),
    ("regions", "region", translatable("Region")),
    ("intents", "intent", translatable("Intent")),
)
JUDGEMENTS: Final = frozenset({"tier", "stage", "intent"})  # nothing for the eyes of a customer
ALWAYS: Final = frozenset({"quiet", "no_contact"})  # questions that make sense of any list
MOST_SHOWN: Final = 40  # a menu longer than the screen helps nobody


def choice_text(kind: str, value: Value) -> str:
    """A choice in words."""
    if kind in CHOICES:
        return choice_name(kind, str(value))
    if kind == "region":
        return formats.region(value) or _("No region") if isinstance(value, tuple) else value
    return label(kind, value) if isinstance(value, str) else formats.region(value)


class Filters(QWidget):
    """Chips with menus; `changed` carries the query with the filters taken in, its sort and search untouched."""

    changed = Signal(object)  # CustomerQuery

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filters")
        self._query = CustomerQuery()
        self._choices = FilterChoices()
        self._presenting = False
        self._all = button(self, "filter_all", self.clear, "chip")
        self._all.setCheckable(True)
        self._chips: dict[str, MenuButton] = {}  # made once there is something to choose
        self._set: dict[str, QPushButton] = {}  # by filter, as long as it is set
        self._more = MenuButton(self, "filter_more", self._fill_more, "chip")
        self._more.setCheckable(True)
        self._lay_out()
        self.retranslate()

    def query(self) -> CustomerQuery:
        """The query as the chips stand."""
        return self._query

    def set_query(self, query: CustomerQuery) -> None:
        """Show the filters of a query that came from elsewhere. Emits nothing."""
        self._query = query
        self.retranslate()

    def set_choices(self, choices: FilterChoices, *, presenting: bool) -> None:
        """What exists in the file now; a chip without choices is not drawn."""
        self._choices, self._presenting = choices, presenting
        self.retranslate()

    def clear(self) -> None:
        """Let everyone through again; the sort stays."""
        self._take(CustomerQuery(sort=self._query.sort))

    def retranslate(self) -> None:
        """Put the texts again and the menus anew."""
        self._all.setText(_("All"))
        self._all.setChecked(not self._query.filtered)
        if not self._chips and (self._query.filtered or self._choices != FilterChoices()):
            self._make_chips()
        for field, kind, heading in CHIPS if self._chips else ():
            self._show_chip(field, kind, _(heading))
        self._more.setText(_("＋ Filter"))
        self._more.setVisible(not self._presenting or bool(self._choices.tags))
        told = [] if self._presenting else set_filters(self._query)
        self._more.setChecked(bool(set_filters(self._query)))
        self._show_set(told)

    def _show_set(self, told: Sequence[tuple[str, str]]) -> None:
        """A chip for each filter behind ＋筛选 that is set: a click lets it go."""
        fields = [field for field, _words in told]
        for field in [field for field in self._set if field not in fields]:
            chip = self._set.pop(field)
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for field, words in told:
            if field not in self._set:
                self._set[field] = self._set_chip(field)
            self._set[field].setText(f"{words} ✕")
            self._set[field].setAccessibleName(_("Let go of the filter {words}").format(words=words))

    def _set_chip(self, field: str) -> QPushButton:
        chip = button(self, f"filter_set_{field}", partial(self._let_go, field), "chip")
        chip.setCheckable(True)
        chip.setChecked(True)
        self._row.removeWidget(self._more)
        self._row.addWidget(chip)
        self._row.addWidget(self._more)
        QWidget.setTabOrder(chip, self._more)
        chip.show()
        return chip

    def _let_go(self, field: str) -> None:
        self._take(self._query._replace(**_flag(field, getattr(CustomerQuery(), field))))

    def _show_chip(self, field: str, kind: str, heading: str) -> None:
        chip, chosen = self._chips[field], getattr(self._query, field)
        choices: Sequence[Choice] = getattr(self._choices, field)
        hidden = self._presenting and kind in JUDGEMENTS
        chip.setVisible(bool(chosen or len(choices) > 1) and not hidden)
        words = some_of([choice_text(kind, value) for value in chosen])
        chip.setText(f"{heading}: {words}" if chosen else heading)
        chip.setAccessibleName(chip.text())
        chip.setChecked(bool(chosen))

    def _fill_chip(self, field: str, kind: str, menu: QMenu) -> None:
        choices: Sequence[Choice] = getattr(self._choices, field)
        for choice in choices[:MOST_SHOWN]:
            self._add_choice(menu, field, kind, choice)

    def _add_choice(self, menu: QMenu, field: str, kind: str, choice: Choice) -> None:
        action = menu.addAction(f"{choice_text(kind, choice.value)}\t{choice.customers:,}")
        action.setCheckable(True)
        action.setChecked(choice.value in getattr(self._query, field))
        action.toggled.connect(lambda on: self._toggle(field, choice.value, on))

    def _toggle(self, field: str, value: Value, on: bool) -> None:
        chosen: tuple[Value, ...] = getattr(self._query, field)
        kept = tuple(other for other in chosen if other != value)
        changed: dict[str, Any] = {field: (*kept, value) if on else kept}
        self._take(self._query._replace(**changed))

    def _take(self, query: CustomerQuery) -> None:
        self._query = query
        self.retranslate()
        self.changed.emit(query)

    def _fill_more(self, menu: QMenu) -> None:
        """The questions, each with how many it lets through, then a menu for each kind of choices."""
        for field in () if self._presenting else QUESTIONS:
            count: int = getattr(self._choices, field)
            if count or field in ALWAYS or getattr(self._query, field):
                self._add_question(menu, field, count)
        for field in ("tags",) if self._presenting else CHOICES:
            choices: Sequence[Choice] = getattr(self._choices, field)
            # One choice alone narrows nothing, but for what not everybody has.
            if len(choices) > (0 if field in ("tags", "expected", "blocked") else 1) or getattr(self._query, field):
                self._add_choices(menu.addMenu(filter_name(field)), field, choices)

    def _add_question(self, menu: QMenu, field: str, count: int) -> None:
        action = menu.addAction(f"{filter_name(field)}\t{count:,}" if count else filter_name(field))
        action.setCheckable(True)
        action.setChecked(bool(getattr(self._query, field)))
        action.toggled.connect(lambda on: self._take(self._query._replace(**_flag(field, on))))

    def _add_choices(self, menu: QMenu, field: str, choices: Sequence[Choice]) -> None:
        chosen: Sequence[Value] = getattr(self._query, field)
        gone = [Choice(value, 0) for value in chosen if value not in {choice.value for choice in choices}]
        for choice in (*choices[:MOST_SHOWN], *gone):
            self._add_choice(menu, field, field, choice)

    def _lay_out(self) -> None:
        self._row = FlowLayout(self)
        self._row.addWidget(self._all)
        self._row.addWidget(self._more)

    def _make_chips(self) -> None:
        self._row.removeWidget(self._more)
        for field, kind, _heading in CHIPS:
            chip = MenuButton(self, f"filter_{field}", partial(self._fill_chip, field, kind), "chip")
            chip.setCheckable(True)
            self._chips[field] = chip
            self._row.addWidget(chip)
        self._row.addWidget(self._more)
        for before, after in pairwise((self._all, *self._chips.values(), self._more)):
            QWidget.setTabOrder(before, after)  # as they stand, not as they were made


def _flag(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - a flag, or what is chosen
    return {field: value}
