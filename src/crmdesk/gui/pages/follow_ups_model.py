"""The rows of 跟进, with a heading row above each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from crmdesk.domain.record import FollowUpRow, InteractionRow
from crmdesk.gui.pages.next_date import day_text
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.tables import ID_ROLE, KIND_ROLE, VALUE_ROLE, TableColumn
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.care_sentences import due_text
from crmdesk.words.labels import field_label, label

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a follow-up or an interaction; a heading has the id 0. `values` a raw value per column."""

    id: int
    customer_id: int
    values: tuple[str, ...]
    tip: str = ""
    late: bool = False

    @property
    def heading(self) -> bool:
        """Whether it heads a group."""
        return self.id == 0


def heading(text: str, count: int) -> Line:
    """The line above a group."""
    return Line(0, 0, (f"{text} ({count})",))


def open_line(row: FollowUpRow, today: date, *, presenting: bool) -> Line:
    """A follow-up that is due: when, who, tier, stage, how, what."""
    due = row.follow_up
    late = (today - due.due_on).days
    when = day_text(due.due_on, today)
    if late > 0:
        when = _("{days} overdue").format(days=formats.days(late))
    if due.due_at is not None:
        when = f"{when} {formats.clock_time(due.due_at)}"
    mark = "! " if due.promise else ""
    # Where it comes from is a judgement too: 挽回.
    what = due_text(due, presenting=presenting)
    tier, stage = ("", "") if presenting else (row.tier or "", row.stage)
    name = formats.veiled(row.name) if presenting else row.name
    values = (when, mark + name, tier, stage, label("interaction", due.kind), what)
    return Line(due.id, due.customer_id, values, due.due_on.isoformat(), due.promise and late > 0)


def done_line(row: InteractionRow, today: date, *, presenting: bool) -> Line:
    """Something done: when, who, how, what came of it, what was said."""
    said = row.interaction
    outcome = label("outcome", said.outcome) if said.outcome else ""
    name = formats.veiled(row.name) if presenting else row.name
    text = " ".join(said.summary.split())
    values = (formats.ago(said.at, today), name, label("interaction", said.kind), outcome, text)
    return Line(said.id, said.customer_id, values, f"{said.at:%Y-%m-%d %H:%M}")


def open_columns() -> tuple[TableColumn, ...]:
    """The columns of what is due, as `open_line` fills them."""
    return (
        TableColumn("when", _("Due on"), "text", 136),
        TableColumn("name", field_label("name"), "text", 180),
        TableColumn("tier", field_label("tier"), "tier", 64),
        TableColumn("stage", field_label("stage"), "stage", 92),
        TableColumn("kind", _("How"), "text", 124),
        TableColumn("what", _("What to do"), "text", 300),
    )


def done_columns() -> tuple[TableColumn, ...]:
    """The columns of what was done, as `done_line` fills them."""
    return (
        TableColumn("when", _("When"), "text", 110),
        TableColumn("name", field_label("name"), "text", 180),
        TableColumn("kind", _("How"), "text", 124),
        TableColumn("outcome", _("Result"), "text", 100),
        TableColumn("what", _("What was said"), "text", 300),
    )


class FollowUpModel(QAbstractTableModel):
    """Lines behind the two tables. Not more than a few thousand, so they are held whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[TableColumn, ...] = ()
        self._lines: tuple[Line, ...] = ()

    def set_columns(self, columns: Sequence[TableColumn]) -> None:
        """Name the columns (also after a language switch)."""
        self._columns = tuple(columns)
        if columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def lines(self) -> tuple[Line, ...]:
        """All lines, headings too."""
        return self._lines

    def columns(self) -> tuple[TableColumn, ...]:
        """The columns."""
        return self._columns

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].header
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are neither chosen nor stopped at."""
        if self._lines[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, raw value, kind, tip; headings are bold."""
        line, column = self._lines[index.row()], self._columns[index.column()]
        value = line.values[index.column()] if index.column() < len(line.values) else ""
        if role == Qt.ItemDataRole.FontRole and line.heading:
            font = QFont()
            font.setBold(True)
            return font
        if role == ID_ROLE:
            return line.id
        if role == KIND_ROLE:
            return "text" if line.heading else column.kind
        if role == VALUE_ROLE:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return label(column.kind, value) if column.kind in ("tier", "stage") and not line.heading else value
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip if index.column() == 0 else plain_tip(value) if column.key == "what" else None
        return None
