"""What will happen, before it happens: what is added, and every count leads to its rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.gui.dialogs.import_figures import COUNTS, Figures, created_figures, summed
from crmdesk.gui.dialogs.import_issues import IssuesList
from crmdesk.gui.dialogs.import_outcomes import OutcomeList
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.widgets.pieces import button
from crmdesk.i18n import _
from crmdesk.words.formats import count
from crmdesk.words.phrases import one_thing

if TYPE_CHECKING:
    from crmdesk.operations.importing import Preview
    from crmdesk.operations.importing_outcomes import OutcomeRow

ISSUES: Final = "issues"
KINDS: Final = (ISSUES, *COUNTS)


class ProblemsPage(QWidget):
    """What is added on top, a button per outcome below it, and what the chosen one holds."""

    rows_wanted = Signal(str)  # an outcome whose rows are to be shown
    fixed = Signal(object)  # by position of the sheet: a function from what was said of it to what is said now
    save_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self._later: Preview | None = None  # came while a cell was being typed
        self.figures = Figures("import_adds", self)
        self.issues = IssuesList(self)
        self.rows = OutcomeList(self)
        self._lists = QStackedWidget(self)
        self._only_one = QButtonGroup(self)
        self.chips = {kind: self._chip(kind) for kind in KINDS}
        for page in (self.issues, self.rows):
            self._lists.addWidget(page)
            page.fixed.connect(self.fixed)
        self.issues.typed.connect(self._show_later)
        self.issues.save_wanted.connect(self.save_wanted)
        self._lay_out()

    @property
    def shown(self) -> str:
        """The outcome whose rows are shown, or "issues"."""
        return next(kind for kind, chip in self.chips.items() if chip.isChecked())

    def show_preview(self, preview: Preview) -> None:
        """Show what the import will do; the chosen outcome stays chosen while it has any rows."""
        if self.issues.tree.is_typed_in():
            self._later = preview  # filled anew, the list would take the field away with what is typed in it
            return
        self._later = None
        chosen = self.shown if self._preview is not None else ISSUES
        self._preview = preview
        counts = summed(preview.sheets)
        numbers = {name: getattr(counts, name) for name in COUNTS}
        numbers[ISSUES] = sum(len(sheet.issues) for sheet in preview.sheets)
        self.figures.say(created_figures(preview.created))
        self._say_chips(numbers)
        self.issues.show_preview(preview)
        fixed = any(preview.fixes.values())
        usual = ISSUES if numbers[ISSUES] or fixed else next((name for name in COUNTS if numbers[name]), ISSUES)
        self.choose(chosen if numbers[chosen] or (chosen == ISSUES and fixed) else usual)

    def _show_later(self) -> None:
        if self._later is not None:
            self.show_preview(self._later)

    def choose(self, kind: str) -> None:
        """Show what stands behind a count."""
        self.chips[kind].setChecked(True)
        if kind == ISSUES:
            self._lists.setCurrentWidget(self.issues)
        else:
            self.rows_wanted.emit(kind)

    def show_rows(self, outcome: str, rows: Sequence[OutcomeRow]) -> None:
        """Show the rows that were asked for, if nothing else was chosen meanwhile."""
        if self._preview is not None and self.shown == outcome:
            self.rows.show_rows(self._preview, outcome, rows)
            self._lists.setCurrentWidget(self.rows)

    def _say_chips(self, numbers: dict[str, int]) -> None:
        for kind, chip in self.chips.items():
            number = count(numbers[kind])
            if kind == ISSUES:
                chip.setText(one_thing(_("{count} places to look at").format(count=number)))
            else:
                chip.setText(one_thing(_("{what}: {count} rows").format(what=_(COUNTS[kind]), count=number)))
            chip.setVisible(bool(numbers[kind]))

    def _chip(self, kind: str) -> QPushButton:
        chip = button(self, f"outcome_{kind}", partial(self.choose, kind), "chip")
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        self._only_one.addButton(chip)
        chip.setChecked(kind == ISSUES)
        return chip

    def _lay_out(self) -> None:
        chips = FlowLayout(spacing=8)
        for chip in self.chips.values():
            chips.addWidget(chip)
        self.figures.column.addLayout(chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.figures)
        column.addWidget(self._lists, 1)
