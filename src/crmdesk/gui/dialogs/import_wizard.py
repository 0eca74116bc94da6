"""A sheet comes in: what was understood, what will happen, the import, and how to take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.after_import import look_over
from crmdesk.gui.dialogs.import_columns import ColumnsPage
from crmdesk.gui.dialogs.import_done import DonePage, WaitingPage
from crmdesk.gui.dialogs.import_problems import ProblemsPage
from crmdesk.gui.dialogs.import_proposals import offer_proposals
from crmdesk.gui.dialogs.import_steps import StepStrip
from crmdesk.gui.dialogs.import_words import Words
from crmdesk.gui.dialogs.import_work import WizardWork, let_go
from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.prompts import Prompts
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _, translatable
from crmdesk.operations import importing, listing
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from crmdesk.operations.importing import ImportSummary, Preview

T = TypeVar("T")
READING, COLUMNS, PROBLEMS, IMPORTING, DONE = range(5)
# The reading comes before the first step: a sheet of the usual size is read before one could look at it.
STEPS: Final = (
    translatable("What was understood"),
    translatable("What will happen"),
    translatable("Importing"),
    translatable("Done"),
)
SAFE: Final = translatable("A backup is made first, and the import can be taken back at any time.")
NEEDS_PASSWORD: Final = ("password_protected", "wrong_password")
PATIENCE: Final = 400  # milliseconds
NAMED: Final = 3  # files named while many are read
LINES_WIDE, LINES_HIGH = 62, 36  # its usual size in heights of a line
LEAST: Final = QSize(780, 540)
LOW: Final = 25  # heights of a line; a lower screen shows no strip of steps
BESIDE: Final = QSize(40, 40)  # of the window stays in sight around the dialog


class ImportWizard(QDialog):
    """Reads sheets, shows what it understood, and imports them in one step. It owns the preview."""

    def __init__(self, desk: Desk, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_wizard")
        self.setWindowTitle(_("Import"))
        line = self.fontMetrics().height()
        wanted = QSize(LINES_WIDE * line, LINES_HIGH * line)
        window = parent.window().size() - BESIDE if parent is not None else wanted
        self.resize(wanted.boundedTo(window).expandedTo(LEAST))
        self._desk = desk
        self._paths = tuple(paths)
        self._passwords: list[str] = [""] * len(self._paths)
        self._preview: Preview | None = None
        self._step, self._shown = READING, -1
        self._summary: ImportSummary | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._lose_patience)
        self._low = low_screen(self)
        self._steps = StepStrip(self)
        self._steps.setVisible(not self._low)
        self._says = text_label(self, "muted", "import_says", wrap=True)
        known = bool(desk.read(listing.customer_count))
        self.columns = ColumnsPage(desk.today, self, file_has_customers=known)
        self.problems = ProblemsPage(self)
        pages = (self.columns, self.problems)
        self._words = Words(desk, pages, self._run_word, self._show_preview, self._tell, self)
        self.waiting = WaitingPage(self)
        self._work = WizardWork(desk, self, self.waiting.move_on)
        self._work.busy_changed.connect(self._show_busy)
        self.result_page = DonePage(self)
        self._pages = QStackedWidget(self)
        self.back = self._button("import_back", _("Back"), lambda: self._show_step(COLUMNS))
        self.cancel = self._button("import_cancel", _("Cancel"), self.reject)
        self.undo = self._button("import_undo", _("Undo this import"), self._undo)
        self.save = self._button("import_save", _("Save a marked copy…"), lambda: self._words.save_problems())
        self.next = self._button("import_next", "", self._go_on)
        self.next.setProperty("primary", True)
        self.next.setDefault(True)
        self._lay_out()
        desk.work_moved.connect(self.waiting.move_on)
        self._read()

    def step(self) -> int:
        """Which step is shown: READING, COLUMNS, PROBLEMS, IMPORTING or DONE."""
        return self._step

    def reject(self) -> None:
        """Cancel: stop what runs, and go back to what was there before it; with nothing running, close.

        Before the import is done, nothing of it is kept.
        """
        if self._work.busy:
            self._work.stop()
            self.cancel.setEnabled(False)
            self.waiting.say(_("Stopping…"))
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own cross leaves the wizard altogether, as soon as nothing runs any more."""
        if self._work.busy:
            event.ignore()
            self._work.stop(leave=True)
            self.reject()
            return
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Let the reading children go as the dialog ends."""
        if self._preview is not None:
            self._preview.close()
            self._preview = None
        super().done(result)
        self.deleteLater()

    def _read(self) -> None:
        self._show_step(READING)
        names = _(", ").join(path.name for path in self._paths[:NAMED]) + ("…" if len(self._paths) > NAMED else "")
        self.waiting.say(_("Reading {file}").format(file=names))
        paths, passwords, database = self._paths, tuple(self._passwords), self._desk.database
        self._work.read(
            lambda progress: importing.preview_sheets(database, paths, progress, passwords=passwords),
            self._show_preview,
            self._reading_failed,
            lambda: QDialog.reject(self),
            unheard=let_go,
        )

    def _show_preview(self, preview: Preview) -> None:
        self._preview = self._words.preview = preview
        self.columns.show_preview(preview)
        if not preview.open_end:
            self.problems.show_preview(preview)
        first = self.step() == READING
        if self._work.leaving or (first and self._work.stopping):  # it was done before it heard that it should stop
            QDialog.reject(self)
        elif first and preview.goes_in:
            self._import()
        elif first:
            self._show_step(COLUMNS)
        else:
            self._show_step(self.step())

    def _reading_failed(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.phrase.code in NEEDS_PASSWORD:
            place, given = ask_password(self._desk.prompts, self._paths, error.phrase)
            self._passwords[place] = given
            self._read() if given else QDialog.reject(self)
            return
        self._desk.tell_error(error)
        QDialog.reject(self)

    def _run_word(self, work: Callable[[Progress], T], done: Callable[[T], object]) -> None:
        if not self._work.busy:
            self._work.read(work, done, self._not_corrected, self._correction_stopped)

    def _tell(self, text: str) -> None:
        self._show_step(self.step())
        self._says.setText(text)
        self._says.show()

    def _not_corrected(self, error: Exception) -> None:
        self._desk.tell_error(error)
        self._as_before()

    def _correction_stopped(self) -> None:
        if self._work.leaving:
            QDialog.reject(self)
            return
        self._as_before()
        self._tell(_("Stopped. Everything is as it was before."))

    def _as_before(self) -> None:
        self._words.forget()
        if self._words.preview is not None:  # of cells typed one after the other the first ones may be in already
            self._show_preview(self._words.preview)

    def _go_on(self) -> None:
        if self.step() == COLUMNS and self._preview is not None and self._preview.open_end:
            self._words.work_out(self._show_problems)
        elif self.step() == COLUMNS:
            self._show_step(PROBLEMS)
        elif self.step() == PROBLEMS:
            self._import()
        else:
            self._finish()

    def _show_problems(self, preview: Preview) -> None:
        self._step = PROBLEMS
        self._show_preview(preview)

    def _import(self) -> None:
        preview, desk = self._preview, self._desk
        assert preview is not None
        self._show_step(IMPORTING)
        self.waiting.say(_("Importing. Until it is done, nothing of it is in your file."))

        def work(progress: Progress) -> tuple[ImportSummary, Changes]:
            return import_and_plan(desk, preview, progress)

        self._work.write(work, self._imported, self._import_failed, self._import_stopped, _("Import"))

    def _imported(self, both: tuple[ImportSummary, Changes]) -> None:
        self._summary, planned = both
        self.result_page.show_summary(self._summary)
        self._show_step(DONE)
        self._desk.announce(self._summary.changes)
        if planned:
            self._desk.changed.emit(planned)

    def _import_failed(self, error: Exception) -> None:
        self._show_step(PROBLEMS)
        self._desk.tell_error(error)

    def _import_stopped(self) -> None:
        if self._work.leaving:
            QDialog.reject(self)
            return
        self._show_step(PROBLEMS)
        self._says.setText(_("Stopped. Nothing was imported."))

    def _finish(self) -> None:
        desk, summary, parent = self._desk, self._summary, self.parentWidget()
        desk.page_wanted.emit("customers")
        self.accept()
        if summary is not None:
            offer_proposals(desk, summary.proposals, parent)
            look_over(desk, summary.created.customers, parent)

    def _undo(self) -> None:
        if self._summary is not None and self._summary.step:
            self._desk.undo_step(self._summary.step)
        self.accept()

    def _show_busy(self, busy: bool) -> None:
        for widget in (self.next, self.back, self.undo, self.problems.issues.save):
            widget.setEnabled(not busy)
        self.cancel.setEnabled(True)
        self.waiting.begin()
        # What is done at once leaves the page as it is; what takes longer says how far it is, in the page's place.
        self._patience.start() if busy else self._patience.stop()

    def _lose_patience(self) -> None:
        if self._words.fixing:  # the list stays: the next cell may be typed meanwhile
            self._says.setText(_("Working it out again"))
            self._says.show()
        elif self.step() in (COLUMNS, PROBLEMS):
            self.waiting.say(_("Working it out again"))
            self._pages.setCurrentWidget(self.waiting)

    def _show_step(self, step: int) -> None:
        moved, self._step = step != self._shown, step
        self._shown = step
        pages = {READING: self.waiting, COLUMNS: self.columns, PROBLEMS: self.problems, IMPORTING: self.waiting}
        self._pages.setCurrentWidget(pages.get(step, self.result_page))
        self._steps.say([_(text) for text in STEPS], max(step - 1, 0))
        self._says.setText({COLUMNS: self.columns.summary(), PROBLEMS: _(SAFE)}.get(step, ""))
        self._says.setVisible(step == COLUMNS or (step == PROBLEMS and not self._low))
        self.back.setVisible(step == PROBLEMS)
        self.next.setVisible(step not in (READING, IMPORTING))
        self.cancel.setVisible(step != DONE)
        self.undo.setVisible(step == DONE and self._summary is not None and self._summary.step != 0)
        flagged = self._summary is not None and any(sheet.issues for sheet in self._summary.sheets)
        self.save.setVisible(step == DONE and flagged)
        self.next.setText({PROBLEMS: _("Import"), DONE: _("Show the customers")}.get(step, _("Next step")))
        self.next.setEnabled(step == DONE or anything(self._preview))
        if moved:  # after a correction one goes on where one was
            self.next.setFocus()

    def _button(self, name: str, text: str, clicked: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: clicked())
        return button

    def _lay_out(self) -> None:
        for page in (self.waiting, self.columns, self.problems, self.result_page):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        # Just low enough that on a screen of 683 × 384 (1366 × 768 at 200 %) the buttons stay in sight.
        column.setContentsMargins(24, 14, 24, 12)
        column.setSpacing(10)
        column.addWidget(self._steps)
        column.addWidget(self._says)
        column.addWidget(self._pages, 1)
        others = (self.save, self.back)
        column.addLayout(verb_row(self, self.next, self.cancel, between=others, left=(self.undo,)))


def import_and_plan(desk: Desk, preview: Preview, progress: Progress) -> tuple[ImportSummary, Changes]:
    """Write the import; what rhythm and first contact ask for is written at once, so that 今天 is not empty."""
    from crmdesk.operations import today

    summary = importing.import_preview(desk.database, preview, progress)
    if not summary.step:
        return summary, Changes()
    return summary, today.plan_ahead(desk.database, cap=desk.settings.daily_cap)


def anything(preview: Preview | None) -> bool:
    """Whether a sheet is left that something is taken from."""
    return preview is not None and any(sheet.kind != "ignored" for sheet in preview.sheets)


def low_screen(widget: QWidget) -> bool:
    """Whether the screen has so little height that only what one decides by has room: 1366 × 768 at 200 %."""
    return widget.screen().availableSize().height() < LOW * widget.fontMetrics().height()


def ask_password(prompts: Prompts, paths: Sequence[Path], phrase: Phrase) -> tuple[int, str]:
    """Ask for the password of the workbook that a refusal names: its place in `paths`, and "" where none is given."""
    name = str(phrase.values.get("file", ""))
    place = next((n for n, path in enumerate(paths) if path.name == name), 0)
    again = phrase.code == "wrong_password"
    text = _("That is not the password of {file}. Its password:") if again else _("{file} has a password:")
    return place, prompts.ask_text(_("Password"), text.format(file=name)) or ""
