"""The timeline of a card: orders, what was said, what was done, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import ceil
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.record import TimelineEntry
from crmdesk.gui.icons import pixmap
from crmdesk.gui.palette import tokens_of
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _, translatable
from crmdesk.words import formats
from crmdesk.words.labels import label

Index = QModelIndex | QPersistentModelIndex

VIEWS: Final[tuple[tuple[str, str, frozenset[str]], ...]] = (
    ("all", translatable("All"), frozenset({"order", "receipt", "interaction", "follow_up", "talk"})),
    ("contacts", translatable("Follow-ups"), frozenset({"interaction", "follow_up", "talk"})),
    ("orders", translatable("Orders"), frozenset({"order", "receipt"})),
)
EDITABLE: Final = frozenset({"order", "receipt", "interaction"})
DELETABLE: Final = frozenset({"order", "receipt", "interaction", "follow_up"})
SHOWN_AT_ONCE: Final = 40
_KEYS: Final[dict[int, str]] = {Qt.Key.Key_Return: "edit", Qt.Key.Key_Enter: "edit", Qt.Key.Key_Delete: "delete"}
_ICONS: Final = {"order": "order", "receipt": "money", "follow_up": "check", "talk": "chat"}
_CALLS: Final = {"call": "phone", "visit": "pin", "wechat": "chat", "mail": "mail", "meeting": "customers"}
_LINE_ROLE: Final = Qt.ItemDataRole.UserRole
_PAD: Final = 6
_ICON: Final = 16
_ROOT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """An entry as it is shown."""

    icon: str
    day: str
    iso: str
    text: str
    aside: str  # money at the right
    void: bool = False


def told_openly(entries: Iterable[TimelineEntry], *, presenting: bool) -> list[TimelineEntry]:
    """What may be read with a customer looking on: not what was said in talks, an objection or an offer."""
    return [entry for entry in entries if not (presenting and entry.kind == "talk")]


def timeline_line(entry: TimelineEntry, today: date) -> TimelineLine:
    """An entry in words."""
    if entry.kind in ("order", "receipt"):
        what = entry.text or label("timeline", entry.kind)
        if entry.outcome == "void" and entry.detail:
            what = f"{what} · {entry.detail}"
        icon = _ICONS[entry.kind]
    else:
        way = label("talk" if entry.kind == "talk" else "interaction", entry.detail) if entry.detail else ""
        outcome = label("outcome", entry.outcome) if entry.outcome else ""
        what = " · ".join(part for part in (way, outcome, entry.text) if part)
        icon = _CALLS.get(entry.detail, "note") if entry.kind == "interaction" else _ICONS[entry.kind]
    money = formats.money(entry.money) if entry.money is not None else ""
    day = formats.short_day(entry.on, today)
    return TimelineLine(icon, day, entry.on.isoformat(), what, money, entry.outcome == "void")


class TimelineModel(QAbstractListModel):
    """The shown lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: tuple[TimelineLine, ...] = ()
        self.widest_day = ""  # all days are as wide as the widest

    def set_lines(self, lines: Sequence[TimelineLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.widest_day = max((line.day for line in lines), key=len, default="")
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A line, or its words."""
        line = self._lines[index.row()]
        if role == _LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.day} {line.text} {line.aside}".strip()
        return line.iso if role == Qt.ItemDataRole.ToolTipRole else None


class TimelineDelegate(QStyledItemDelegate):
    """Paints day, icon, text (as many lines as it needs) and money."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the text needs at the view's width."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 300
        line: TimelineLine = index.data(_LINE_ROLE)
        place = self._text_place(QRect(0, 0, width, 10_000), option.fontMetrics, index)
        height = ceil(_laid_out(line.text, option.font, place.width()).boundingRect().height())
        return QSize(width, max(height, option.fontMetrics.height()) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the line."""
        tokens = tokens_of(option.palette)
        line: TimelineLine = index.data(_LINE_ROLE)
        rect = option.rect
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(rect, QColor(tokens.hover))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.accent))
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 4, 4)
        inner = rect.adjusted(0, _PAD, 0, -_PAD)
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line.day)
        ratio = painter.device().devicePixelRatioF()
        ink = tokens.accent_text if line.icon in ("order", "money") else tokens.muted
        top = inner.top() + (option.fontMetrics.height() - _ICON) // 2
        painter.drawPixmap(_day_width(option.fontMetrics, index) + 10, top, pixmap(line.icon, ink, _ICON, ratio))
        painter.setPen(QColor(tokens.muted if line.void else tokens.text))
        place = self._text_place(inner, option.fontMetrics, index)
        _laid_out(line.text, option.font, place.width()).draw(painter, QPointF(place.topLeft()))
        if line.aside:
            font = painter.font()
            font.setStrikeOut(line.void)
            painter.setFont(font)
            aside = inner.adjusted(0, 0, -4, 0)
            painter.drawText(aside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, line.aside)
        painter.restore()

    def _text_place(self, rect: QRect, metrics: QFontMetrics, index: Index) -> QRect:
        line: TimelineLine = index.data(_LINE_ROLE)
        left = _day_width(metrics, index) + 10 + _ICON + 8
        right = metrics.horizontalAdvance(line.aside) + 16 if line.aside else 4
        return rect.adjusted(left, 0, -right, 0)


def _day_width(metrics: QFontMetrics, index: Index) -> int:
    model = index.model()
    return metrics.horizontalAdvance(model.widest_day) if isinstance(model, TimelineModel) else 0


def _laid_out(text: str, font: QFont, width: int) -> QTextLayout:
    """The text in lines of a width: `drawText` breaks at words or anywhere, not at words where it can."""
    layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
    wrapping = QTextOption()
    wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrapping)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


class TimelineView(QListView):
    """As high as its lines: the card around it scrolls."""

    menu_wanted = Signal(int, QPoint)  # the row, and where on the screen
    verb_wanted = Signal(int, str)  # the row, and "edit" or "delete" by its key

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_list")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setModel(TimelineModel(self))
        self.setItemDelegate(TimelineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the line under the mouse, or by the menu key of the current one."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_wanted.emit(index.row(), event.globalPos() if by_mouse else below)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes the current line, Delete deletes it."""
        verb = _KEYS.get(event.key(), "")
        if verb and self.currentIndex().isValid():
            self.verb_wanted.emit(self.currentIndex().row(), verb)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here by Tab, one sees where one is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower card needs more lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def show_entries(self, entries: Sequence[TimelineEntry], today: date) -> None:
        """Show entries as lines."""
        model = self.model()
        assert isinstance(model, TimelineModel)
        model.set_lines([timeline_line(entry, today) for entry in entries])
        self.setVisible(bool(entries))
        self.fit()

    def fit(self) -> None:
        """Take the height that all lines need."""
        self.scheduleDelayedItemsLayout()
        rows = range(self.model().rowCount())
        self.setFixedHeight(max(sum(self.sizeHintForRow(row) for row in rows), 1))


class Timeline(QWidget):
    """全部 | 跟进 | 订单, the lines, and the older ones behind a button."""

    edit_wanted = Signal(object)  # TimelineEntry
    delete_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._entries: tuple[TimelineEntry, ...] = ()
        self._today = date.min
        self._limit = SHOWN_AT_ONCE
        self._views = QButtonGroup(self)
        self._heading = text_label(self, "heading")
        self._list = TimelineView(self)
        self._list.menu_wanted.connect(self._offer)
        self._list.verb_wanted.connect(self._do)
        self._list.doubleClicked.connect(lambda index: self._do(index.row(), "edit"))
        self._older = button(self, "timeline_older", self._show_older, "link")
        self._none = text_label(self, "muted", "timeline_none", wrap=True)
        self._lay_out()
        self.retranslate()

    def show_entries(self, entries: Sequence[TimelineEntry], today: date) -> None:
        """Show another customer's timeline, or the same one anew."""
        self._entries = tuple(entries)
        self._today = today
        self._fill()

    def start(self) -> None:
        """Another customer: everything, from the newest on."""
        self._limit = SHOWN_AT_ONCE
        self._views.button(0).setChecked(True)

    def lines(self) -> list[str]:
        """The shown lines as text."""
        model = self._list.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def retranslate(self) -> None:
        """Put the texts again."""
        self._heading.setText(_("Timeline"))
        for number, (_code, text, _kinds) in enumerate(VIEWS):
            self._views.button(number).setText(_(text))
        self._list.setAccessibleName(_("Timeline"))
        self._none.setText(_("Nothing here yet"))
        self._fill()

    def verbs(self, row: int) -> list[tuple[str, str]]:
        """What can be done with a shown line: each verb with its words."""
        kind = self._wanted()[row].kind
        offered = [("edit", _("Change…"))] if kind in EDITABLE else []
        return [*offered, ("delete", _("Delete"))] if kind in DELETABLE else offered

    def _offer(self, row: int, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb, text in self.verbs(row):
            menu.addAction(text).triggered.connect(partial(self._do, row, verb))
        if not menu.isEmpty():
            menu.popup(where)

    def _do(self, row: int, verb: str, _checked: bool = False) -> None:
        if verb in dict(self.verbs(row)):
            entry = self._wanted()[row]
            (self.edit_wanted if verb == "edit" else self.delete_wanted).emit(entry)

    def _wanted(self) -> list[TimelineEntry]:
        kinds = VIEWS[max(self._views.checkedId(), 0)][2]
        return [entry for entry in self._entries if entry.kind in kinds]

    def _fill(self) -> None:
        wanted = self._wanted()
        self._list.show_entries(wanted[: self._limit], self._today)
        rest = len(wanted) - self._limit
        self._older.setVisible(rest > 0)
        self._older.setText(_("{count} older").format(count=rest))
        self._none.setVisible(not wanted)

    def _show_older(self) -> None:
        self._limit += 10 * SHOWN_AT_ONCE
        self._fill()

    def _choose(self, _number: int, _checked: bool = False) -> None:
        self._limit = SHOWN_AT_ONCE
        self._fill()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self._heading)
        head.addStretch(1)
        for number, (code, _text, _kinds) in enumerate(VIEWS):
            choice = QPushButton(self)
            choice.setObjectName(f"timeline_{code}")
            choice.setCheckable(True)
            choice.setProperty("segment", True)
            choice.clicked.connect(partial(self._choose, number))
            self._views.addButton(choice, number)
            head.addWidget(choice)
        self._views.button(0).setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._list)
        column.addWidget(self._none)
        column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
