"""What else one can say of a column: two things in one cell, and what becomes of what is there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from crmdesk.domain.existing import Existing, MatchKey, key_of, keys_for, way_of, ways
from crmdesk.gui.dialogs.import_rules import Option, other_rules, with_rule
from crmdesk.i18n import _
from crmdesk.operations.importing_policy import with_key, with_way
from crmdesk.operations.importing_rules import BLANK, raw_texts, separators_in, split_columns, whole_column
from crmdesk.words.existing import key_label, way_label

if TYPE_CHECKING:
    from crmdesk.operations.importing import Column, SheetDraft

Columns = Sequence["Column"]
Put = Callable[[Columns], object]
SPLIT: Final = "split"


def fill_column_menu(menu: QMenu, draft: SheetDraft, place: int, today: date, put: Put, *, known: bool) -> None:
    """What can be said of the column at `place`; `put` takes the columns of the sheet as they are then meant.

    `known`: the file has customers, so that something may become of what is there already.
    """
    column, columns = draft.columns[place], draft.columns
    if SPLIT in column.options:
        whole = menu.addAction(_("Read the cell as one thing again"))
        whole.triggered.connect(lambda _checked=False: put(whole_column(columns, place)))
    else:
        texts = raw_texts(draft, column)
        for sign in separators_in(texts):
            action = menu.addAction(_split_words(sign))
            action.triggered.connect(partial(_split, put, columns, place, sign, texts, today))
    for rule in other_rules(column, today.year):
        if not menu.isEmpty():
            menu.addSeparator()
        only_one = QActionGroup(menu)
        for at, (value, text) in enumerate(rule.choices):
            action = _choice(menu, text, only_one, chosen=at == rule.chosen)
            action.triggered.connect(partial(_put_rule, put, columns, place, rule.key, value))
    offered = ways(column.field) if known else ()
    if len(offered) > 1:
        _heading(menu, _("Where your file has it already"))
        only_one = QActionGroup(menu)
        choices = {way: _choice(menu, way_label(way), only_one, chosen=way is way_of(column)) for way in offered}
        for way, action in choices.items():
            action.triggered.connect(partial(_put_way, put, columns, place, way))
    if menu.isEmpty():
        menu.addAction(_("Nothing more to say of this column")).setEnabled(False)


def fill_key_menu(menu: QMenu, columns: Columns, put: Put) -> None:
    """By what the customers of a sheet are known."""
    only_one = QActionGroup(menu)
    for key in keys_for(column.field for column in columns):
        action = _choice(menu, key_label(key), only_one, chosen=key is key_of(columns))
        action.triggered.connect(partial(_put_key, put, columns, key))


def _split(
    put: Put, columns: Columns, place: int, sign: str, texts: Sequence[str], today: date, _checked: bool = False
) -> None:
    put(split_columns(columns, place, sign, texts, today))


def _put_way(put: Put, columns: Columns, place: int, way: Existing, _checked: bool = False) -> None:
    put([*columns[:place], with_way(columns[place], way), *columns[place + 1 :]])


def _put_rule(put: Put, columns: Columns, place: int, key: str, value: Option, _checked: bool = False) -> None:
    put([*columns[:place], with_rule(columns[place], key, value), *columns[place + 1 :]])


def _put_key(put: Put, columns: Columns, key: MatchKey, _checked: bool = False) -> None:
    put(with_key(columns, key))


def _split_words(sign: str) -> str:
    if sign == BLANK:
        return _("Split in two at the space")
    return _('Split in two at "{sign}"').format(sign=sign)


def _heading(menu: QMenu, text: str) -> None:
    if not menu.isEmpty():
        menu.addSeparator()
    menu.addAction(text).setEnabled(False)


def _choice(menu: QMenu, text: str, only_one: QActionGroup, *, chosen: bool) -> QAction:
    """A choice of several, of which only one is marked."""
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    only_one.addAction(action)
    return action
