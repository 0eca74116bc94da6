"""视图: 我的表 ▾. The list under a name: chosen, saved, changed, renamed and deleted from one menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.domain.changes import Changes, Kind
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.saved_view import SavedView, kept_query
from crmdesk.domain.table_layout import TableLayout
from crmdesk.gui.desk import Desk
from crmdesk.gui.widgets.pieces import MenuButton
from crmdesk.i18n import _
from crmdesk.operations import views

Shown = Callable[[], tuple[CustomerQuery, TableLayout]]


class Views(MenuButton):
    """The button. `shown()` gives what the list shows now, which is what gets saved."""

    chosen = Signal(object)  # SavedView, None: the plain list
    gone = Signal()  # the view that was shown is no more, perhaps by an undo

    def __init__(self, desk: Desk, shown: Shown, parent: QWidget) -> None:
        super().__init__(parent, "views", self._offer)
        self._desk = desk
        self._shown = shown
        self._view: SavedView | None = None
        self.retranslate()

    def view(self) -> SavedView | None:
        """The view that is shown, also after its filters were changed."""
        return self._view

    def show_view(self, view_id: int | None) -> None:
        """Show a view, None the plain list."""
        self._view = next((view for view in self._all() if view.id == view_id), None)
        self.retranslate()
        self.chosen.emit(self._view)

    def refresh(self, changes: Changes | None) -> None:
        """A view may have been renamed, or be gone."""
        if self._view is not None and (changes is None or Kind.SETTINGS in changes.kinds):
            before, self._view = self._view.id, None
            self._view = next((view for view in self._all() if view.id == before), None)
            self.retranslate()
            if self._view is None:
                self.gone.emit()

    def retranslate(self) -> None:
        """Name the view that is shown."""
        self.say(_("View: {name}").format(name=self._view.name) if self._view else _("View"))

    def save(self) -> None:
        """Ask for a name and keep what the list shows now under it."""
        name = self._desk.prompts.ask_text(_("Save as a view"), _("What is it called?"))
        query, layout = self._shown()
        if name:
            self._act(
                lambda db: views.save_view(db, name, kept_query(query), layout),
                lambda changes: self.show_view(changes.new_id),
            )

    def keep(self) -> None:
        """Keep the filters and the order of now under the name of the view that is shown."""
        view, (query, _layout) = self._view, self._shown()
        if view is not None:
            self._act(lambda db: views.change_view(db, view, kept_query(query)))

    def rename(self) -> None:
        """Ask for another name of the view that is shown."""
        view = self._mine()
        name = self._desk.prompts.ask_text(_("Rename the view"), _("What is it called?"), view.name) if view else ""
        if view is not None and name:
            self._act(lambda db: views.rename_view(db, view, name))

    def delete(self) -> None:
        """Let the view that is shown go; the toast offers Undo."""
        view = self._mine()
        if view is not None:
            self._act(lambda db: views.delete_view(db, view))

    def _mine(self) -> SavedView | None:
        if self._view is None:
            self._desk.told.emit(_("No saved view is open. Choose one first."))
        return self._view

    def _act(self, work: Callable[[Any], Changes], done: Callable[[Changes], None] | None = None) -> None:
        database = self._desk.database
        if self._desk.editable:
            self._desk.act(lambda _progress: work(database), done=done)

    def _all(self) -> list[SavedView]:
        return self._desk.read(views.saved_views) if self._desk.database is not None else []

    def _offer(self, menu: QMenu) -> None:
        current = self._view.id if self._view else None
        for view_id, name in ((None, _("My table")), *((view.id, view.name) for view in self._all())):
            entry = menu.addAction(name.replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(view_id == current)
            entry.triggered.connect(partial(self._pick, view_id))
        menu.addSeparator()
        self._offer_verbs(menu)

    def _offer_verbs(self, menu: QMenu) -> None:
        verbs: list[tuple[str, Callable[[], None]]] = [(_("Save as a view…"), self.save)]
        view = self._view
        if view is not None:
            name = view.name.replace("&", "&&")
            if kept_query(self._shown()[0]) != view.query:
                verbs.append((_('Keep the changes in "{name}"').format(name=name), self.keep))
            verbs.append((_('Rename "{name}"…').format(name=name), self.rename))
            verbs.append((_('Delete "{name}"').format(name=name), self.delete))
        for text, verb in verbs:
            entry = menu.addAction(text)
            entry.setEnabled(self._desk.editable)
            entry.triggered.connect(partial(_do, verb))

    def _pick(self, view_id: int | None, _checked: bool = False) -> None:
        self.show_view(view_id)


def _do(verb: Callable[[], None], _checked: bool = False) -> None:
    verb()
