"""Every page of the real window as a picture: for the handbook, and to be looked at before it counts as done."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QLoggingCategory, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from crmdesk.clock import Clock
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.app import Program, make_application
from crmdesk.gui.jobs import Jobs
from crmdesk.gui.pages.customers import CustomersPage
from crmdesk.gui.pictures_dialogs import dialogs, import_wizard
from crmdesk.gui.pictures_forms import boss_table, forms, pasted
from crmdesk.gui.room import fit_screen
from crmdesk.i18n import Language, _
from crmdesk.operations import listing
from crmdesk.settings import Settings

_PATIENCE: Final = 30.0  # seconds for a page to fill
_CALM: Final = 0.6  # seconds without anything going on; on a busy machine idle moments come late
_OTHER_SIDES: Final = (
    ("follow_ups", "mode_done", "follow_ups_done"),
    ("insight", "more_charts", "insight_more"),
)
_PLACES: Final = ("today", "customers", "follow_ups", "insight", "policy", "changes", "settings")


class Pictures:
    """A window on a copy of the file, and the pictures that are taken of it."""

    def __init__(self, out: Path, program: Program) -> None:
        self._out = out
        self._program = program
        self._window = program.window

    def take_all(self) -> list[Path]:
        """Take every picture; gives their paths."""
        return list(self._all())

    def _all(self) -> Iterator[Path]:
        for place in _PLACES:
            self._window.show_place(place)
            yield self._take(place)
        yield from self._customers()
        yield self._command_box()
        yield from self._other_sides()
        yield from self._dialogs()
        yield self._file_menu()
        yield self._toast()
        yield self._presenting()

    def _dialogs(self) -> Iterator[Path]:
        desk, window = self._program.desk, self._window
        ids = desk.read(listing.customer_ids, CustomerQuery(sort=(("order_total", True),)), 1)
        for name, make in (*dialogs(desk, window), *forms(desk, window, int(ids[0]) if ids else 0)):
            yield self._dialog(name, make())
        with TemporaryDirectory() as folder:
            yield self._dialog("import_wizard", import_wizard(desk, window, Path(folder), desk.today))
            if ids:
                yield self._dialog("round_trip", pasted(desk, window))
                yield self._dialog("boss_table", boss_table(desk, window, Path(folder) / "sample.xlsx"))

    def _customers(self) -> Iterator[Path]:
        ids = self._program.desk.read(listing.customer_ids, CustomerQuery(sort=(("order_total", True),)))
        if ids:
            self._program.desk.customer_wanted.emit(ids[0])
            yield self._take("customer")
            page = self._window.stack.page("customers")
            if isinstance(page, CustomersPage):
                page.tabs.open_customer(ids[0])
                yield self._take("customer_tab")
                yield from self._passport(page)
                page.tabs.close_tab(1)

    def _passport(self, page: CustomersPage) -> Iterator[Path]:
        """The tab's card with its reasons unfolded."""
        unfold = page.tabs.currentWidget().findChild(QAbstractButton, "why_toggle")
        if unfold is not None and unfold.isVisible():
            unfold.click()
            yield self._take("passport")

    def _other_sides(self) -> Iterator[Path]:
        """What a page shows only after a click: the done log, the further charts."""
        for place, name, picture in _OTHER_SIDES:
            page = self._window.show_place(place)
            self._settle()  # only then is it known which charts there are
            switch = page.findChild(QAbstractButton, name)
            if switch is not None and switch.isVisible():
                switch.click()
                yield self._take(picture)
                self._window.show_place(place)

    def _command_box(self) -> Path:
        box = self._window.top_bar.box
        self._window.show_place("today")
        box.begin()
        box.setText(_("Import")[:1])
        path = self._take("command_box")
        box.clear()
        box.results().hide()
        return path

    def _dialog(self, name: str, dialog: QDialog) -> Path:
        fit_screen(dialog)
        dialog.show()
        path = self._take(name, dialog)
        dialog.close()
        dialog.deleteLater()
        return path

    def _file_menu(self) -> Path:
        menu = self._window.rail.file_menu()
        menu.popup(self._window.mapToGlobal(self._window.rail.rect().topLeft()))
        path = self._take("file_menu", menu)
        menu.close()
        return path

    def _toast(self) -> Path:
        self._window.show_place("customers")
        self._window.toast.say(_("Backed up: {file}").format(file="2026-11-22.crmdesk"), _("Undo"), lambda: None)
        path = self._take("toast")
        self._window.toast.hide()
        return path

    def _presenting(self) -> Path:
        self._program.desk.set_presenting(True)
        path = self._take("presentation")
        self._program.desk.set_presenting(False)
        return path

    def _take(self, name: str, widget: QWidget | None = None) -> Path:
        self._settle()
        target = self._out / f"{name}.png"
        (widget or self._window).grab().save(str(target))
        return target

    def _settle(self) -> None:
        """Let everything arrive: jobs, timers that wait for a pause, charts drawn one by one."""
        until, calm = time.monotonic() + _PATIENCE, time.monotonic()
        while time.monotonic() < until and time.monotonic() - calm < _CALM:
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            page = self._window.stack.current()
            if not self._program.desk.jobs.idle or (page is not None and not page.ready()):
                calm = time.monotonic()
            time.sleep(0.005)


def take_pictures(
    file: Path, out: Path, clock: Clock, *, language: Language = "zh", theme: str = "light", size: tuple[int, int]
) -> list[Path]:
    """Write a picture of every page and dialog into `out`; the file itself is not touched."""
    out.mkdir(parents=True, exist_ok=True)
    # The platform without a screen says of each thing that it cannot do it; nobody needs to hear that.
    QLoggingCategory.setFilterRules("default.warning=false")
    app = QApplication.instance()
    app = app if isinstance(app, QApplication) else make_application(["crmdesk"])
    with TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        shutil.copyfile(file, copy)
        settings = Settings(language=language, theme=theme)
        program = Program(app, clock, settings, Path(folder) / "settings.toml", Jobs(app))
        program.window.resize(QSize(*size))
        program.files.open(copy)
        program.window.show()
        try:
            return Pictures(out, program).take_all()
        finally:
            program.window.close()
