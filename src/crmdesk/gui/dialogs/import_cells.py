"""The list of cells that need a look: lines under their kinds, the value of a line is typed over in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from crmdesk.domain.phrase import Phrase
from crmdesk.gui.plain_text import plain_tip
from crmdesk.i18n import _
from crmdesk.words.formats import count
from crmdesk.words.phrases import FORMATS, one_thing, say

if TYPE_CHECKING:
    from crmdesk.domain.issue import Issue

WHERE, VALUE, WHY = range(3)
LINE: Final = Qt.ItemDataRole.UserRole
CODE: Final = Qt.ItemDataRole.UserRole + 1
ANY_VALUE: Final = "…"
EDIT_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ROW_HIGH: Final = 1.6  # in heights of a line
SHARES: Final = (0.17, 0.2)  # of the width they take at most
WIDTHS: Final = (8.5, 11.0)  # of where and what stands there, in heights of a line

Index = QModelIndex | QPersistentModelIndex


class Line(NamedTuple):
    """What a line is about: a sheet's position, a 1-based row, a column letter ("": the whole row)."""

    sheet: int
    row: int
    column: str
    fixed: bool = False  # the user's own word, which can be taken back


class CellTree(QTreeWidget):
    """Kinds with their lines. Enter, F2 and a double click open the cell of a line; a click unfolds a kind."""

    def __init__(self, name: str, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setHeaderLabels(list(titles))
        self.setUniformRowHeights(True)
        self.setMinimumHeight(4 * self.fontMetrics().height())  # on a low screen the buttons below it come first
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setExpandsOnDoubleClick(False)
        self.itemClicked.connect(self._unfold)
        self.itemDoubleClicked.connect(lambda item, _column: self.open_cell(item))
        head = self.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)

    def add_group(self, code: str, text: str, places: int) -> QTreeWidgetItem:
        """A kind with so many lines below it."""
        group = QTreeWidgetItem([f"{text}  ·  " + one_thing(_("{count} places").format(count=count(places)))])
        group.setToolTip(0, plain_tip(text))
        group.setData(0, CODE, code)
        group.setSizeHint(0, QSize(0, round(self.fontMetrics().height() * ROW_HIGH)))
        self.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        return group

    def groups(self) -> Iterator[QTreeWidgetItem]:
        """The items at the left edge."""
        for row in range(self.topLevelItemCount()):
            group = self.topLevelItem(row)
            if group is not None:
                yield group

    def marked(self) -> list[Line]:
        """The marked lines; of a marked kind all its lines."""
        lines: dict[Line, None] = {}
        for item in self.selectedItems():
            for one in filter(None, [item, *(item.child(row) for row in range(item.childCount()))]):
                line = one.data(WHERE, LINE)
                if line is not None:
                    lines[line] = None
        return list(lines)

    def open_cell(self, item: QTreeWidgetItem | None) -> None:
        """Type over the value of a line."""
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.editItem(item, VALUE)

    def is_typed_in(self) -> bool:
        """Whether a cell is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence at the end gets the room that the others do not need."""
        super().resizeEvent(event)
        for place, (lines, share) in enumerate(zip(WIDTHS, SHARES, strict=True)):
            width = min(round(self.fontMetrics().height() * lines), round(self.width() * share))
            self.header().resizeSection(place, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the cell here, not to the button of the window."""
        item = self.currentItem()
        if event.key() in EDIT_KEYS and item is not None:
            # The Enter that ends an edit comes here as well, once the field has had it.
            if not self.is_typed_in():
                self.open_cell(item)
            self._unfold(item)
            return
        super().keyPressEvent(event)

    def _unfold(self, item: QTreeWidgetItem) -> None:
        if item.childCount():
            item.setExpanded(not item.isExpanded())


class CellEditor(QStyledItemDelegate):
    """Only what stands in the sheet is typed over, beginning with the cell as `there` knows it."""

    def __init__(self, tree: CellTree, there: Callable[[Line], str]) -> None:
        super().__init__(tree)
        self._there = there

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field over the value, none over the other columns."""
        if index.column() != VALUE:
            return None  # type: ignore[return-value]  # Qt's own way to say that there is nothing to edit
        field = QLineEdit(parent)
        field.setObjectName("cell_field")
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the cell into the field."""
        line = index.sibling(index.row(), WHERE).data(LINE)
        if isinstance(editor, QLineEdit) and line is not None:
            editor.setText(self._there(line))
            editor.selectAll()


def add_line(group: QTreeWidgetItem, texts: Sequence[str], line: Line | None = None, *, editable: bool = False) -> None:
    """A line below a kind: where, what stands there, why."""
    item = QTreeWidgetItem([text.replace("\n", " ") for text in texts])
    for place, text in enumerate(texts):
        item.setToolTip(place, plain_tip(text))
    item.setData(WHERE, LINE, line)
    if editable:
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    group.addChild(item)


def add_rest(group: QTreeWidgetItem, left: int) -> None:
    """Say that there are more lines than are shown."""
    if left > 0:
        group.addChild(QTreeWidgetItem([_("and {count} more").format(count=count(left))]))


def where(row: int, column: str) -> str:
    """A cell as spreadsheets call it, or a row."""
    return f"{column}{row}" if column else _("row {row}").format(row=row)


def kind_words(alike: Sequence[Issue]) -> str:
    """The sentence of a kind of issue, with … where the cells differ."""
    phrase = alike[0].phrase
    values = {
        name: value if name.rpartition("_")[2] in FORMATS or _agree(alike, name) else ANY_VALUE
        for name, value in phrase.values.items()
    }
    return say(Phrase(phrase.code, values))


def _agree(alike: Sequence[Issue], name: str) -> bool:
    return len({issue.phrase.values.get(name) for issue in alike}) == 1
