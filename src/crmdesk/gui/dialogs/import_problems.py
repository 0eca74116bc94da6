"""What will happen, before it happens; and what needs a look, by kind, with the cell it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from crmdesk.domain.phrase import Phrase
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.widgets.pieces import clear_layout, line, text_label
from crmdesk.i18n import _, translatable
from crmdesk.words.labels import label
from crmdesk.words.phrases import FORMATS, say

if TYPE_CHECKING:
    from crmdesk.domain.issue import Issue, Skipped
    from crmdesk.operations.importing import Created, Preview, RowCounts, SheetResult

SHOWN_A_KIND: Final = 500
OPEN_UP_TO: Final = 12  # lines; a longer first group stays closed
ANY_VALUE: Final = "…"
COUNTS: Final = {
    "new": translatable("new"),
    "updated": translatable("filled in"),
    "unchanged": translatable("known already"),
    "merged": translatable("the same row twice"),
    "skipped": translatable("skipped"),
    "attention": translatable("need a look"),
}
CREATED: Final = ("customers", "contacts", "orders", "interactions", "follow_ups")


def summed(sheets: Sequence[SheetResult]) -> RowCounts:
    """What becomes of the rows of all sheets together, those left out apart."""
    wanted = [sheet.counts for sheet in sheets if sheet.kind != "ignored"]
    kind = type(sheets[0].counts)
    return kind(**{name: sum(getattr(counts, name) for counts in wanted) for name in COUNTS})


def created_figures(created: Created) -> list[tuple[str, str, int]]:
    """What is added: the code, the name and the number of each kind of which there is any."""
    counts = [(kind, label("table", kind), getattr(created, kind)) for kind in CREATED]
    return [one for one in counts if one[2]]


class Figures(QFrame):
    """Big figures with their names below, side by side in a card."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("card", "true")
        self._row = QHBoxLayout()
        self._row.setSpacing(40)
        self._below = text_label(self, "muted", f"{name}_below", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        column.addLayout(self._row)
        column.addWidget(line(self))
        column.addWidget(self._below)

    def say(self, figures: Sequence[tuple[str, str, int]], below: str) -> None:
        """Show figures (code, name, number) and a line of what they come from; without any, only the line."""
        clear_layout(self._row)
        for code, name, count in figures:
            self._row.addLayout(self._figure(code, name, count))
        if not figures:
            none = text_label(self, "heading", f"{self.objectName()}_none")
            none.setText(_("Nothing new in these sheets."))
            self._row.addWidget(none)
        self._row.addStretch(1)
        self._below.setText(below)

    def _figure(self, code: str, name: str, count: int) -> QVBoxLayout:
        number, words = text_label(self, "figure", f"count_{code}"), text_label(self, "muted")
        number.setText(f"{count:,}")
        words.setText(name)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(number)
        column.addWidget(words)
        return column


class ProblemsPage(QWidget):
    """What is added on top, what becomes of the rows, the problems below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.figures = Figures("import_adds", self)
        self._title = text_label(self, "heading", "import_problems_title")
        self.problems = QTreeWidget(self)
        self.problems.setObjectName("import_problems")
        self.problems.setAccessibleName(_("What needs a look"))
        self.problems.setHeaderLabels([_("Where"), _("What stands there"), _("What is the matter")])
        self.problems.setUniformRowHeights(True)
        head = self.problems.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(0, 200)
        head.resizeSection(1, 240)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.figures)
        column.addWidget(self._title)
        column.addWidget(self.problems, 1)
        column.addStretch(0)

    def show_preview(self, preview: Preview) -> None:
        """Show what the import will do and what it could not read."""
        self.figures.say(created_figures(preview.created), rows_words(summed(preview.sheets)))
        self.problems.clear()
        for sheet in preview.sheets:
            where = f"{sheet.draft.name} " if len(preview.sheets) > 1 else ""
            self._add_issues(sheet.issues, where)
            if sheet.kind != "ignored":
                self._add_skipped(sheet.skipped, where)
        for sheet in preview.sheets:
            self._add_left_out(sheet)
        first = self.problems.topLevelItem(0)
        if first is not None and first.childCount() <= OPEN_UP_TO:
            first.setExpanded(True)
        flagged = sum(len(sheet.issues) for sheet in preview.sheets)
        fine = _("Every cell was understood.")
        self._title.setText(_("{count} places need a look").format(count=f"{flagged:,}") if flagged else fine)
        self.problems.setVisible(self.problems.topLevelItemCount() > 0)

    def _add_group(self, text: str, count: int) -> QTreeWidgetItem:
        group = QTreeWidgetItem([f"{text}  ·  " + _("{count} places").format(count=f"{count:,}")])
        group.setToolTip(0, plain_tip(text))
        self.problems.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        return group

    def _add_issues(self, issues: Sequence[Issue], where: str) -> None:
        by_code: dict[str, list[Issue]] = defaultdict(list)
        for issue in issues:
            by_code[issue.code].append(issue)
        for alike in sorted(by_code.values(), key=len, reverse=True):
            group = self._add_group(kind_words(alike), len(alike))
            for issue in alike[:SHOWN_A_KIND]:
                _add_line(group, f"{where}{issue.column}{issue.row}", issue.value, say(issue.phrase))
            _add_rest(group, len(alike))

    def _add_skipped(self, skipped: Sequence[Skipped], where: str) -> None:
        by_reason: dict[str, list[Skipped]] = defaultdict(list)
        for row in skipped:
            by_reason[row.reason].append(row)
        for reason, rows in by_reason.items():
            words = say(Phrase(reason))
            group = self._add_group(_("Skipped: {why}").format(why=words), len(rows))
            for row in rows[:SHOWN_A_KIND]:
                _add_line(group, where + _("row {row}").format(row=row.row), "", words)
            _add_rest(group, len(rows))

    def _add_left_out(self, sheet: SheetResult) -> None:
        if sheet.kind == "ignored" and sheet.reason is not None:
            text = _("Sheet “{sheet}” is left out: {why}").format(sheet=sheet.draft.name, why=say(sheet.reason))
            group = QTreeWidgetItem([text])
            self.problems.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)


def rows_words(counts: RowCounts) -> str:
    """What becomes of the rows, in one line: "188 行:新的 187 · 重复的行 1"."""
    parts = [f"{_(text)} {getattr(counts, name):,}" for name, text in COUNTS.items() if getattr(counts, name)]
    return _("{count} rows: {what}").format(count=f"{counts.read:,}", what=" · ".join(parts))


def kind_words(alike: Sequence[Issue]) -> str:
    """The sentence of a kind of issue, with … where the cells differ."""
    phrase = alike[0].phrase
    values = {
        name: value if name.rpartition("_")[2] in FORMATS or _agree(alike, name) else ANY_VALUE
        for name, value in phrase.values.items()
    }
    return say(Phrase(phrase.code, values))


def _agree(alike: Sequence[Issue], name: str) -> bool:
    return len({issue.phrase.values.get(name) for issue in alike}) == 1


def _add_line(group: QTreeWidgetItem, where: str, value: str, why: str) -> None:
    item = QTreeWidgetItem([where, value.replace("\n", " "), why])
    item.setToolTip(1, plain_tip(value))
    item.setToolTip(2, plain_tip(why))
    group.addChild(item)


def _add_rest(group: QTreeWidgetItem, count: int) -> None:
    if count > SHOWN_A_KIND:
        group.addChild(QTreeWidgetItem([_("and {count} more").format(count=f"{count - SHOWN_A_KIND:,}")]))
