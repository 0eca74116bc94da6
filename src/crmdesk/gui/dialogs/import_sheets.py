"""The sheets of the workbooks: which are taken, with how many rows, and why the others are not; like ones as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from crmdesk.gui.palette import tokens_of
from crmdesk.gui.plain_text import plain_tip
from crmdesk.i18n import _
from crmdesk.operations.importing_groups import like_sheets
from crmdesk.words.formats import count
from crmdesk.words.labels import label
from crmdesk.words.phrases import one_thing, say

if TYPE_CHECKING:
    from crmdesk.operations.importing import Preview, SheetResult

INDENT = 14
CHECKABLE = Qt.ItemFlag.ItemIsUserCheckable
SHEETS = Qt.ItemDataRole.UserRole  # the positions that an item stands for


class SheetsList(QWidget):
    """One line per sheet, ticked where it is taken; sheets of the same headers are one line that unfolds."""

    chosen = Signal(int)
    left_out = Signal(object)  # frozenset of positions

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("import_sheets")
        self.tree.setAccessibleName(_("Sheets"))
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(INDENT)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.currentItemChanged.connect(lambda _now, _before: self.chosen.emit(self.place()))
        self.tree.itemChanged.connect(lambda item, _column: self._tick(item))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree)

    def place(self) -> int:
        """The position of the chosen sheet (of like ones the first), -1 without any."""
        return next(iter(self.places()), -1)

    def places(self) -> tuple[int, ...]:
        """The positions of the chosen sheet, or of all that are shown as one."""
        item = self.tree.currentItem()
        return tuple(item.data(0, SHEETS)) if item is not None else ()

    def show_preview(self, preview: Preview) -> None:
        """Show the sheets of a preview; at first the first one that is taken is chosen."""
        before = self.places()
        unfolded = {self._top(row).data(0, SHEETS)[0] for row in self._tops() if self._top(row).isExpanded()}
        self.tree.blockSignals(True)
        self.tree.clear()
        groups = like_sheets(preview)
        self.tree.setRootIsDecorated(any(len(group) > 1 for group in groups))
        for group in groups:
            item = self._item(preview, group)
            self.tree.addTopLevelItem(item)
            if len(group) > 1:
                item.addChildren([self._item(preview, (place,)) for place in group])
                item.setExpanded(group[0] in unfolded)
        self._choose(before or _first_taken(preview))
        self.tree.blockSignals(False)

    def _choose(self, places: Sequence[int]) -> None:
        alike = [item for item in self._items() if tuple(item.data(0, SHEETS)) == tuple(places)]
        holding = [item for item in self._items() if set(places) <= set(item.data(0, SHEETS))]
        found = alike or holding or [self._top(0)]
        self.tree.setCurrentItem(found[0])

    def _item(self, preview: Preview, group: Sequence[int]) -> QTreeWidgetItem:
        sheets = [preview.sheets[place] for place in group]
        name, told = _words(sheets, several=len(preview.paths) > 1)
        item = QTreeWidgetItem([f"{name}\n{told}"])
        item.setData(0, SHEETS, tuple(group))
        item.setSizeHint(0, QSize(0, 2 * self.fontMetrics().lineSpacing() + 14))
        item.setToolTip(0, plain_tip(f"{sheets[0].draft.workbook} · {sheets[0].draft.name}\n{told}"))
        if sheets[0].draft.kind == "ignored":
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
            item.setForeground(0, QColor(tokens_of(self.palette()).muted))
        else:
            out = sum(place in preview.left_out for place in group)
            ticks = {0: Qt.CheckState.Checked, len(group): Qt.CheckState.Unchecked}
            item.setFlags(item.flags() | CHECKABLE)
            item.setCheckState(0, ticks.get(out, Qt.CheckState.PartiallyChecked))
        return item

    def _tick(self, item: QTreeWidgetItem) -> None:
        """A tick at a group goes for all of its sheets."""
        out = {place for one in self._items() if _is_out(one) for place in one.data(0, SHEETS)}
        mine = set(item.data(0, SHEETS))
        wanted = frozenset(out | mine if _is_out(item) else out - mine)
        QTimer.singleShot(0, self, partial(self.left_out.emit, wanted))  # the list is filled anew, and is still at work

    def _tops(self) -> range:
        return range(self.tree.topLevelItemCount())

    def _top(self, row: int) -> QTreeWidgetItem:
        item = self.tree.topLevelItem(row)
        assert item is not None
        return item

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for top in map(self._top, self._tops()):
            yield top
            yield from filter(None, (top.child(row) for row in range(top.childCount())))


def _is_out(item: QTreeWidgetItem) -> bool:
    return bool(item.flags() & CHECKABLE) and item.checkState(0) == Qt.CheckState.Unchecked


def _first_taken(preview: Preview) -> tuple[int, ...]:
    taken = next((place for place, sheet in enumerate(preview.sheets) if sheet.kind != "ignored"), 0)
    return next(group for group in like_sheets(preview) if taken in group)


def _words(sheets: Sequence[SheetResult], *, several: bool) -> tuple[str, str]:
    """What an item says: the name above, what it holds or why it is not taken below."""
    first = sheets[0]
    if len(sheets) == 1:
        return (f"{first.draft.workbook} · {first.draft.name}" if several else first.draft.name), _kind_words(sheets)
    if first.draft.columns:
        return _("{count} sheets alike").format(count=count(len(sheets))), _kind_words(sheets)
    return _("{count} sheets not taken").format(count=count(len(sheets))), _kind_words(sheets)


def _kind_words(sheets: Sequence[SheetResult]) -> str:
    first = next((sheet for sheet in sheets if sheet.kind != "ignored"), sheets[0])
    if first.reason is not None:
        return say(first.reason)
    if first.kind == "ignored":
        return _("Left out")
    rows = count(sum(sheet.draft.row_count for sheet in sheets if sheet.kind != "ignored"))
    return one_thing(_("{kind} · {count} rows").format(kind=label("table", first.draft.kind), count=rows))
