"""A sheet comes in: what was understood, what will happen, the import, and how to take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.import_columns import ColumnsPage
from crmdesk.gui.dialogs.import_problems import ProblemsPage, created_words
from crmdesk.gui.jobs import Job
from crmdesk.gui.pages.pieces import text_label
from crmdesk.i18n import _, translatable
from crmdesk.operations import importing
from crmdesk.progress import Progress
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.operations.importing import ImportSummary, Preview

T = TypeVar("T")
READING, COLUMNS, PROBLEMS, DONE = range(4)
STEPS: Final = (
    translatable("Reading"),
    translatable("What was understood"),
    translatable("What will happen"),
    translatable("Done"),
)
NEEDS_PASSWORD: Final = ("password_protected", "wrong_password")


class ImportWizard(QDialog):
    """Reads sheets, shows what it understood, and imports them in one step. It owns the preview."""

    def __init__(self, desk: Desk, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_wizard")
        self.setWindowTitle(_("Import"))
        self.resize(940, 640)
        self._desk = desk
        self._paths = tuple(paths)
        self._passwords: list[str] = [""] * len(self._paths)
        self._preview: Preview | None = None
        self._job: Job | None = None
        self._summary: ImportSummary | None = None
        self._heading = text_label(self, "title", "import_heading")
        self._says = text_label(self, "muted", "import_says", wrap=True)
        self.columns = ColumnsPage(self)
        self.columns.corrected.connect(self._correct)
        self.columns.left_out.connect(self._leave_out)
        self.problems = ProblemsPage(self)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("import_progress")
        self._moved = text_label(self, "muted", "import_moved")
        self._result = text_label(self, "heading", "import_result", wrap=True)
        self._result_more = text_label(self, "muted", "import_result_more", wrap=True)
        self._pages = QStackedWidget(self)
        self.back = self._button("import_back", _("Back"), lambda: self._show_step(COLUMNS))
        self.cancel = self._button("import_cancel", _("Cancel"), self.reject)
        self.undo = self._button("import_undo", _("Undo this import"), self._undo)
        self.next = self._button("import_next", "", self._go_on)
        self.next.setProperty("primary", True)
        self.next.setDefault(True)
        self._lay_out()
        desk.work_moved.connect(self._show_progress)
        self._read()

    def step(self) -> int:
        """Which step is shown: READING, COLUMNS, PROBLEMS or DONE."""
        return self._pages.currentIndex()

    def reject(self) -> None:
        """Stop what runs and close; before the import is done, nothing of it is kept."""
        if self._job is not None:
            self._job.cancel()
            self._says.setText(_("Stopping…"))
            if self._preview is not None:
                return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window is the same as Cancel."""
        if self._job is not None and self._preview is not None:
            event.ignore()
            self.reject()
            return
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Let the reading children go as the dialog ends."""
        if self._preview is not None:
            self._preview.close()
        super().done(result)

    def _read(self) -> None:
        self._show_step(READING)
        self._says.setText("、".join(path.name for path in self._paths))
        paths, passwords = self._paths, tuple(self._passwords)
        self._start(
            lambda progress: importing.preview_sheets(self._desk.database, paths, progress, passwords=passwords),
            self._show_preview,
            self._reading_failed,
        )

    def _start(
        self, work: Callable[[Progress], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run work that only reads; the wizard shows how far it is."""
        self._set_busy(True)

        def ended(then: Callable[[], None]) -> None:
            self._job = None
            self._set_busy(False)
            then()

        self._job = self._desk.jobs.start(
            work,
            done=lambda value: ended(lambda: done(value)),
            failed=lambda error: ended(lambda: failed(error)),
            cancelled=lambda: ended(lambda: QDialog.reject(self)),
            moved=self._show_progress,
        )

    def _show_preview(self, preview: Preview) -> None:
        self._preview = preview
        self.columns.show_preview(preview)
        self.problems.show_preview(preview)
        if self.step() == READING:
            self._show_step(COLUMNS)
        self._name_next()

    def _reading_failed(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.phrase.code in NEEDS_PASSWORD and self._ask_password(error.phrase):
            self._read()
            return
        self._desk.tell_error(error)
        QDialog.reject(self)

    def _ask_password(self, phrase: Phrase) -> bool:
        """Ask for the password of the workbook that the refusal names."""
        name = str(phrase.values.get("file", ""))
        place = next((n for n, path in enumerate(self._paths) if path.name == name), 0)
        given = self._desk.prompts.ask_text(_("Password"), say(phrase))
        if given:
            self._passwords[place] = given
        return bool(given)

    def _correct(self, sheet: int, columns: Sequence[Any]) -> None:
        preview = self._preview
        if preview is not None:
            self._start(
                lambda progress: importing.correct_sheet(self._desk.database, preview, sheet, columns, progress),
                self._show_preview,
                self._desk.tell_error,
            )

    def _leave_out(self, sheets: frozenset[int]) -> None:
        preview = self._preview
        if preview is not None:
            self._start(
                lambda progress: importing.leave_out(self._desk.database, preview, sheets, progress),
                self._show_preview,
                self._desk.tell_error,
            )

    def _go_on(self) -> None:
        if self.step() == COLUMNS:
            self._show_step(PROBLEMS)
        elif self.step() == PROBLEMS:
            self._import()
        else:
            self._desk.page_wanted.emit("customers")
            self.accept()

    def _import(self) -> None:
        preview = self._preview
        assert preview is not None
        self._show_step(READING)
        self._says.setText(_("Importing. Until it is done, nothing of it is in your file."))
        self._set_busy(True)
        self._job = self._desk.run(
            lambda progress: importing.import_preview(self._desk.database, preview, progress),
            done=self._imported,
            failed=self._import_failed,
            cancelled=lambda: self._import_failed(None),
            busy_text=_("Import"),
        )

    def _imported(self, summary: ImportSummary) -> None:
        self._job, self._summary = None, summary
        self._set_busy(False)
        self._desk.announce(summary.changes)
        added = created_words(summary.created)
        self._result.setText(_("Imported: {what}").format(what=added) if added else _("Nothing new in these sheets."))
        flagged = sum(len(sheet.issues) for sheet in summary.sheets)
        more = _("{count} cells need a look; the step before shows them.").format(count=flagged)
        self._result_more.setText(more if flagged else _("Every cell was understood."))
        self._show_step(DONE)

    def _import_failed(self, error: Exception | None) -> None:
        self._job = None
        self._set_busy(False)
        self._show_step(PROBLEMS)
        if error is not None:
            self._desk.tell_error(error)
        else:
            self._says.setText(_("Stopped. Nothing was imported."))

    def _undo(self) -> None:
        if self._summary is not None and self._summary.step:
            self._desk.undo_step(self._summary.step)
        self.accept()

    def _show_progress(self, what: str, done: object, total: object) -> None:
        count, of = int(str(done)), int(str(total))
        self._bar.setRange(0, of)
        self._bar.setValue(min(count, of) if of else 0)
        self._moved.setText(f"{count:,} / {of:,}" if of else (f"{count:,}" if count else ""))

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.columns, self.problems, self.next, self.back, self.undo):
            widget.setEnabled(not busy)
        if busy:
            self._bar.setRange(0, 0)
            self._moved.setText("")

    def _show_step(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        self._heading.setText(_(STEPS[step]))
        self._says.setText("")
        self.back.setVisible(step == PROBLEMS)
        self.next.setVisible(step != READING)
        self.cancel.setVisible(step != DONE)
        self.undo.setVisible(step == DONE and self._summary is not None and self._summary.step != 0)
        self._name_next()

    def _name_next(self) -> None:
        texts = (_("Import"), _("What will happen"), _("Import"), _("Show the customers"))
        self.next.setText(texts[self.step()])

    def _button(self, name: str, text: str, clicked: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: clicked())
        return button

    def _lay_out(self) -> None:
        for page in (self._waiting(), self.columns, self.problems, self._finished()):
            self._pages.addWidget(page)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        for button in (self.cancel, self.back, self.next):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self._says)
        column.addWidget(self._pages, 1)
        column.addLayout(buttons)

    def _waiting(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self._bar)
        column.addWidget(self._moved, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    def _finished(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self._result)
        column.addWidget(self._result_more)
        column.addStretch(2)
        return page
