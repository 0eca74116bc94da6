"""The user's word on what was understood: columns, header, cells, rows; each has the preview worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.import_columns import ColumnsPage
from crmdesk.gui.dialogs.import_header import SHOWN_ROWS, HeaderDialog
from crmdesk.gui.dialogs.import_outcomes import SHOWN
from crmdesk.gui.dialogs.import_problems import ProblemsPage
from crmdesk.i18n import _
from crmdesk.operations import importing
from crmdesk.operations.importing_fixes import first_rows
from crmdesk.progress import Progress
from crmdesk.words.formats import count
from crmdesk.words.phrases import one_thing

if TYPE_CHECKING:
    from crmdesk.operations.importing import Preview, SheetFixes

Work = Callable[[Progress], Any]
Run = Callable[[Work, Callable[[Any], object]], object]
Changes = Mapping[int, Callable[["SheetFixes"], "SheetFixes"]]
"""By position of the sheet: what the user says of its cells and rows, on top of what was said before."""


class Words:
    """Listens to both pages. `run(work, done)` works off the window's thread, one thing at a time, and tells failures;
    `show` takes a new preview, `say` a sentence.
    """

    def __init__(
        self,
        desk: Desk,
        pages: tuple[ColumnsPage, ProblemsPage],
        run: Run,
        show: Callable[[Preview], object],
        say: Callable[[str], object],
        window: QWidget,
    ) -> None:
        self.preview: Preview | None = None
        self._fixes: dict[int, SheetFixes] = {}  # as the user wants them, while they are worked out
        self._desk, self._run, self._show, self._say, self._window = desk, run, show, say, window
        columns, self._problems = pages
        columns.corrected.connect(self._correct)
        columns.left_out.connect(self._leave_out)
        columns.header_wanted.connect(self._choose_header)
        self._problems.fixed.connect(self._fix)
        self._problems.issues.fixes_of = self._fixes_of
        self._problems.rows_wanted.connect(self._show_rows)
        self._problems.save_wanted.connect(self.save_problems)

    @property
    def fixing(self) -> bool:
        """Whether what runs is about single cells and rows: more of them may be typed meanwhile."""
        return bool(self._fixes)

    def forget(self) -> None:
        """What was typed is not wanted any more: it was stopped, or could not be read."""
        self._fixes.clear()

    def work_out(self, done: Callable[[Preview], object]) -> None:
        """Have worked out what the import would do, after rules for columns."""
        preview, database = self.preview, self._desk.database
        assert preview is not None
        self._run(lambda progress: importing.work_out(database, preview, progress), done)

    def _correct(self, sheet: int, columns: Sequence[Any]) -> None:
        self._change(importing.correct_sheet, sheet, columns)

    def _leave_out(self, sheets: frozenset[int]) -> None:
        self._change(importing.leave_out, sheets)

    def _fixes_of(self, sheet: int) -> SheetFixes:
        assert self.preview is not None
        return self._fixes[sheet] if sheet in self._fixes else self.preview.fixes_of(sheet)

    def _fix(self, changes: Changes) -> None:
        running = bool(self._fixes)
        self._fixes.update({sheet: change(self._fixes_of(sheet)) for sheet, change in changes.items()})
        if not running:
            self._work_fixes_out()

    def _work_fixes_out(self) -> None:
        preview, database, wanted = self.preview, self._desk.database, dict(self._fixes)
        assert preview is not None

        def done(found: Preview) -> None:
            self.preview = found
            if self._fixes == wanted:
                self._fixes.clear()
                self._show(found)
            else:  # more was typed meanwhile
                self._work_fixes_out()

        self._run(lambda progress: importing.fix_sheets(database, preview, wanted, progress), done)

    def _choose_header(self, sheet: int) -> None:
        preview = self.preview
        assert preview is not None
        now = preview.sheets[sheet].draft.header_row
        dialog = HeaderDialog(first_rows(preview, sheet, SHOWN_ROWS), now, self._window)
        if self._desk.prompts.run(dialog) and dialog.row() != now:
            self._change(importing.correct_sheet, sheet, [], header_row=dialog.row())

    def _change(self, change: Callable[..., Preview], *word: object, **more: object) -> None:
        """Have the sheets understood by the user's word; what they would do is worked out with the next step."""
        preview, database = self.preview, self._desk.database
        self._run(lambda progress: change(database, preview, *word, progress=progress, later=True, **more), self._show)

    def _show_rows(self, outcome: str) -> None:
        from crmdesk.operations.importing_outcomes import rows_that_are

        assert self.preview is not None
        rows = rows_that_are(self.preview, outcome, SHOWN) if outcome != "skipped" else []
        self._problems.show_rows(outcome, rows)

    def save_problems(self) -> None:
        """Save the sheets with what needs a look marked, where the user says."""
        from crmdesk.operations.importing_marked import save_problems

        preview = self.preview
        assert preview is not None
        first = preview.paths[0]
        name = _("{file} - please look.xlsx").format(file=first.stem)
        to = self._desk.prompts.save_file(_("Save a marked copy"), first.with_name(name), _("Workbook (*.xlsx)"))
        if to is None:
            return

        def saved(marked: int) -> None:
            told = _("{count} places are marked in {file}. Put them right there and import that file.")
            self._say(one_thing(told.format(count=count(marked), file=to.name)))

        self._run(lambda progress: save_problems(preview, to, progress), saved)
