"""The columns of a list as the user arranged them: taken up with the file, kept a moment after each change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from crmdesk.domain.table_layout import TableLayout
from crmdesk.gui.desk import Desk
from crmdesk.gui.widgets.table_view import TableView
from crmdesk.operations import layouts

KEPT_AFTER: Final = 700  # milliseconds from the last change


class ListLayout(QObject):
    """Watches the header of a list. `layout` is what the user wants, shown or not."""

    def __init__(self, view: TableView, desk: Desk, name: str) -> None:
        super().__init__(view)
        self._view, self._desk, self._name = view, desk, name
        self.layout = TableLayout()
        self._of: Any = None  # the file it was read from
        self._quiet = 0
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(KEPT_AFTER)
        self._wait.timeout.connect(self.keep)
        view.horizontalHeader().sectionMoved.connect(self._moved)
        view.horizontalHeader().sectionResized.connect(self._resized)
        desk.leaving.connect(self.keep)

    @property
    def outdated(self) -> bool:
        """Whether another file lies on the desk than the layout is of."""
        return self._desk.database is not None and self._of is not self._desk.database

    def switch(self, name: str) -> None:
        """Go over to the arrangement of another view."""
        if name != self._name:
            if self._wait.isActive():
                self._write()
            self._name, self._of = name, None

    def take_up(self) -> bool:
        """Read the layout of the file on the desk; whether it is another file than before."""
        fresh = self.outdated
        if fresh:
            self._wait.stop()
            self._of = self._desk.database
            self.layout = self._desk.read(layouts.table_layout, self._name)
        return fresh

    @contextmanager
    def arranging(self) -> Iterator[None]:
        """While the program itself moves and resizes, nothing is taken for a wish of the user."""
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    def hide(self, key: str, *, hidden: bool) -> None:
        """Hide a column, or show it again."""
        self._change(self.layout.hiding(key, hidden=hidden))

    def keep(self) -> None:
        """Write what is not written yet."""
        if not self._wait.isActive() and self.sender() is not self._wait:
            return
        self._write()

    def _write(self) -> None:
        self._wait.stop()
        database, name, layout = self._desk.database, self._name, self.layout
        if database is self._of and self._desk.editable:
            self._desk.run(lambda _progress: layouts.keep_table_layout(database, name, layout))

    def _moved(self, *_places: int) -> None:
        header = self._view.horizontalHeader()
        columns = self._view.table().columns()
        if not self._quiet and header.count() == len(columns):
            self._change(self.layout.moved([columns[header.logicalIndex(n)].key for n in range(len(columns))]))

    def _resized(self, number: int, _old: int, new: int) -> None:
        header, columns = self._view.horizontalHeader(), self._view.table().columns()
        last = header.visualIndex(number) == header.count() - 1  # it takes what the window leaves
        if not self._quiet and not last and number < len(columns) and new:
            self._change(self.layout.resized(columns[number].key, new))

    def _change(self, layout: TableLayout) -> None:
        if layout != self.layout:
            self.layout = layout
            self._wait.start()
