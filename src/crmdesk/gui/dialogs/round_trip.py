"""改完拖回来: what differs between an edited workbook and the file, customer by customer, and what of it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.round_trip import CellDifference, CellKind, Choice, Differences, RowDifference, RowKind
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _, translatable
from crmdesk.words.formats import EMPTY
from crmdesk.words.phrases import say
from crmdesk.words.round_trip import cell_kind, row_kind, trip_notes

SIZE: Final = QSize(1000, 640)
SCREEN_LEFT: Final = 80  # pixels of the screen that the dialog leaves free
SHARES: Final = (0.28, 0.2, 0.2)  # of the width, for all columns but the last
ROW_HEIGHT: Final = 28
MARGIN: Final = 24
OPEN_UP_TO: Final = 200  # customers; of more, only those that need a decision are opened
CHOICE: Final = Qt.ItemDataRole.UserRole
WHAT, HERE, THERE, HAPPENED = range(4)
COUNTS: Final = (
    ("changed", translatable("{count} changed")),
    ("conflict", translatable("{count} changed on both sides")),
    ("new", translatable("{count} new")),
    ("gone", translatable("{count} deleted here meanwhile")),
    ("deleted", translatable("{count} missing in the file")),
    ("unreadable", translatable("{count} unreadable")),
    ("look_only", translatable("{count} not taken: only for looking at")),
)


class RoundTripDialog(QDialog):
    """The differences, plain ones ticked; accepted when `chosen` holds what the user takes."""

    def __init__(self, found: Differences, parent: QWidget | None = None, *, pasted: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("round_trip")
        self._pasted = pasted
        self.setWindowTitle(_("Paste into the list") if pasted else _("Edit and drop back"))
        self.resize(SIZE.boundedTo(QGuiApplication.primaryScreen().availableSize() - QSize(SCREEN_LEFT, SCREEN_LEFT)))
        self._found = found
        self.chosen: frozenset[Choice] = frozenset()
        self.tree = QTreeWidget(self)
        self._settle_tree()
        self.only_open = QCheckBox(_("Only what I have to decide"), self)
        self.only_open.setObjectName("round_trip_only_open")
        self.only_open.toggled.connect(self._hide_plain)
        self.take_ticked = button(self, "round_trip_take_ticked", self._take_ticked, "")
        self.take_all = button(self, "round_trip_take_all", self._take_all, "primary")
        self._fill()
        self._lay_out()
        self.tree.itemChanged.connect(lambda _item, _column: self._count_ticked())
        self._count_ticked()
        self.tree.setFocus()

    def ticked(self) -> frozenset[Choice]:
        """What is ticked."""
        return frozenset(
            item.data(WHAT, CHOICE)
            for item in self._items()
            if item.data(WHAT, CHOICE) is not None and item.checkState(WHAT) == Qt.CheckState.Checked
        )

    def tick(self, choice: Choice, *, on: bool = True) -> None:
        """Tick one difference, or take its tick away."""
        for item in self._items():
            if item.data(WHAT, CHOICE) == choice:
                item.setCheckState(WHAT, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns keep their shares of the width."""
        super().resizeEvent(event)
        width = self.width() - 2 * MARGIN  # the tree itself is laid out only after this
        for column, share in enumerate(SHARES):
            self.tree.header().resizeSection(column, round(width * share))

    def _take_ticked(self) -> None:
        self.chosen = self.ticked()
        self.accept()

    def _take_all(self) -> None:
        """All that is plain, and what else the user ticked: conflicts and deletions are never taken unasked."""
        self.chosen = self._found.plain() | self.ticked()
        self.accept()

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(place)
            if top is not None:
                yield top
                yield from filter(None, (top.child(number) for number in range(top.childCount())))

    def _settle_tree(self) -> None:
        tree = self.tree
        tree.setObjectName("round_trip_rows")
        tree.setAccessibleName(_("What differs"))
        tree.setHeaderLabels(
            [_("Customer"), _("Here now"), _("Pasted") if self._pasted else _("In the file"), _("What happened")]
        )
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        head = tree.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)

    def _fill(self) -> None:
        few = len(self._found.rows) <= OPEN_UP_TO
        for place, row in enumerate(self._found.rows):
            item = _row_item(place, row)
            self.tree.addTopLevelItem(item)
            for cell in row.cells:
                item.addChild(_cell_item(self._found, place, row, cell, pasted=self._pasted))
            item.setExpanded(few or not self._is_plain(row))
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _is_plain(self, row: RowDifference) -> bool:
        """Whether nothing in the row asks for a decision."""
        if row.whole:
            return row.kind is RowKind.NEW and row.note is None
        return row.note is None and all(cell.kind is CellKind.CHANGED for cell in row.cells)

    def _hide_plain(self, hide: bool) -> None:
        for place, row in enumerate(self._found.rows):
            item = self.tree.topLevelItem(place)
            if item is not None:
                item.setHidden(hide and self._is_plain(row))

    def _count_ticked(self) -> None:
        count = len(self.ticked())
        self.take_ticked.setText(_("Accept the {count} ticked").format(count=count))
        self.take_ticked.setEnabled(count > 0)
        self.take_all.setEnabled(count > 0 or bool(self._found.plain()))

    def _lay_out(self) -> None:
        self.take_all.setText(_("Accept all"))
        self.take_all.setDefault(True)
        says = text_label(self, "heading", "round_trip_says", wrap=True)
        says.setText(summary(self._found))
        rule = text_label(self, "muted", "round_trip_rule", wrap=True)
        rule.setText(" ".join(self._rules()))
        cancel = QPushButton(_("Cancel"), self)
        cancel.setObjectName("round_trip_cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(lambda _checked=False: self.reject())
        self.take_ticked.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 20, MARGIN, 18)
        column.setSpacing(10)
        column.addWidget(says)
        column.addWidget(rule)
        column.addWidget(self.tree, 1)
        others, choice = (self.take_ticked,), (self.only_open,)
        column.addLayout(verb_row(self, self.take_all, cancel, between=others, left=choice))

    def _rules(self) -> Iterator[str]:
        if self._pasted:
            yield _("Blank cells leave what is there. Everything you accept is one step that can be undone.")
        else:
            yield _("Accept all leaves out what changed on both sides and never deletes anyone; tick those yourself.")
        found = self._found
        yield from trip_notes(found)


def summary(found: Differences) -> str:
    """What differs, in one line: "客户.xlsx:改了 3 处 · 新增 1 行"."""
    parts = [_(text).format(count=found.counts[kind]) for kind, text in COUNTS if found.counts.get(kind)]
    return _("{file}: {what}").format(file=found.file, what=" · ".join(parts))


def take_back(desk: Desk, found: Differences, parent: QWidget | None) -> None:
    """Show what differs and take what the user accepts, in one step."""
    if not found:
        desk.told.emit(_("{file} says the same as here. Nothing to take back.").format(file=found.file))
        return
    dialog = RoundTripDialog(found, parent)
    if not desk.prompts.run(dialog):
        return
    from crmdesk.operations import round_trip

    database, chosen = desk.database, dialog.chosen
    desk.act(lambda progress: round_trip.apply(database, found, chosen, progress), busy_text=_("Taking the edits back"))


def _row_item(place: int, row: RowDifference) -> QTreeWidgetItem:
    what = row_kind(row.kind) if row.whole else ""
    happened = " · ".join(part for part in (what, say(row.note) if row.note else "") if part)
    name = row.name or _("row {row}").format(row=row.row)
    item = QTreeWidgetItem([name, "", "", happened])
    item.setSizeHint(WHAT, QSize(0, ROW_HEIGHT))  # all rows are as high as the first
    item.setToolTip(WHAT, _("row {row}").format(row=row.row) if row.row else name)
    item.setToolTip(HAPPENED, happened)
    bold = item.font(WHAT)
    bold.setBold(True)
    item.setFont(WHAT, bold)
    if not row.whole:
        if any(cell.takeable for cell in row.cells):
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
    elif row.kind is RowKind.DELETED or row.customer is not None:
        _make_tickable(item, (place, ""), on=row.kind is RowKind.NEW and row.note is None)
    return item


def _cell_item(
    found: Differences, place: int, row: RowDifference, cell: CellDifference, *, pasted: bool
) -> QTreeWidgetItem:
    happened = cell_kind(cell.kind) if not row.whole or not cell.takeable else ""
    if pasted:
        happened = ""  # the note says it: nothing here is read from a file
    if cell.kind is CellKind.CONFLICT and cell.exported is not None:
        happened = _("{what}: it was {value} when exported").format(what=happened, value=cell.exported or EMPTY)
    if cell.note is not None:
        happened = " · ".join(part for part in (happened, f"{cell.column}{row.row} {say(cell.note)}") if part)
    texts = [cell.header, "" if row.whole else cell.here or EMPTY, cell.there or EMPTY, happened]
    item = QTreeWidgetItem([text.replace("\n", " ") for text in texts])
    for column, text in enumerate(texts):
        item.setToolTip(column, text)
    if not row.whole and cell.takeable:
        _make_tickable(item, (place, cell.key), on=found.is_plain((place, cell.key)))
    return item


def _make_tickable(item: QTreeWidgetItem, choice: Choice, *, on: bool) -> None:
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setData(WHAT, CHOICE, choice)
    item.setCheckState(WHAT, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
