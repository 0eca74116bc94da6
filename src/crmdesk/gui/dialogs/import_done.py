"""正在导入 and 好了: how far it is, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from crmdesk.gui.dialogs.import_figures import Figures, created_figures, replaced_words, rows_words, summed
from crmdesk.gui.icons import set_icon
from crmdesk.gui.widgets.pieces import line, text_label
from crmdesk.gui.widgets.progress_panel import WHAT
from crmdesk.i18n import _
from crmdesk.words.formats import count
from crmdesk.words.imported import imported_text
from crmdesk.words.phrases import one_thing

if TYPE_CHECKING:
    from crmdesk.operations.importing import ImportSummary

BAR_WIDTH = 520
STEPS_OF_BAR = 1000  # Qt's progress bar counts in 32 bits; per mille is as fine as the eye can see


class WaitingPage(QWidget):
    """A sentence, a bar, a count."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._says = text_label(self, "heading", "import_waiting", wrap=True)
        self._says.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("import_progress")
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(BAR_WIDTH)
        self._moved = text_label(self, "muted", "import_moved")
        self._moved.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(self._says)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._moved)
        column.addStretch(3)

    def say(self, text: str) -> None:
        """What is going on."""
        self._says.setText(text)
        self.bar.setAccessibleName(text)

    def begin(self) -> None:
        """Nothing is known yet of how long it takes."""
        self.bar.setRange(0, 0)
        self._moved.setText(" ")

    def move_on(self, what: str, done: object, total: object) -> None:
        """`done` of `total` (0: unknown) are through; `what` is a code of Progress."""
        number, of = int(str(done)), int(str(total))
        self.bar.setRange(0, STEPS_OF_BAR if of else 0)
        self.bar.setValue(number * STEPS_OF_BAR // of if of else 0)
        figures = f"{count(number)} / {count(of)}" if of else (count(number) if number else "")
        said = _(WHAT[what]) if what in WHAT else ""
        self._moved.setText(" ".join(part for part in (said, figures) if part) or " ")


class DonePage(QWidget):
    """What was added, what became of the rows, what needs a look."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = QLabel(self)
        set_icon(self._mark, "check", "accent_text", 40)
        self._result = text_label(self, "title", "import_result", wrap=True)
        self._result.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._figures = Figures("import_added", self)
        self._figures.setMinimumWidth(BAR_WIDTH)
        self._rows = text_label(self._figures, "muted", "import_added_below", wrap=True)
        self._figures.column.addWidget(line(self._figures))
        self._figures.column.addWidget(self._rows)
        self._changed = text_label(self._figures, "muted", "import_changed", wrap=True)
        self._figures.column.addWidget(self._changed)
        self._more = text_label(self, "muted", "import_result_more", wrap=True)
        self._more.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._result)
        column.addWidget(self._figures, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._more)
        column.addStretch(3)

    def changed_text(self) -> str:
        """What it says of values that others took the place of."""
        return self._changed.text()

    def show_summary(self, summary: ImportSummary) -> None:
        """Say what the import did."""
        self._result.setText(_("They are in your file.") if summary.step else _("Everything was in your file already."))
        if summary.remembered:
            made = summary.created
            told = imported_text(made.customers, summary.customers_met, made.orders, summary.orders_met)
            self._result.setText(told)
        self._figures.say(created_figures(summary.created))
        self._rows.setText(rows_words(summed(summary.sheets)))
        # A sheet that goes in by one drag shows no preview: what it replaced is told here.
        self._changed.setText("\n".join(replaced_words(summary.sheets)))
        self._changed.setVisible(bool(self._changed.text()))
        flagged = sum(len(sheet.issues) for sheet in summary.sheets)
        undo = _("You can take it back now or at any later time; what you change until then stays.")
        look = one_thing(_("{count} places to look at; nothing was guessed there.").format(count=count(flagged)))
        self._more.setText("\n".join(part for part in (look if flagged else "", undo if summary.step else "") if part))
