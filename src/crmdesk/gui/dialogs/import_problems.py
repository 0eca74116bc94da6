"""What will happen, before it happens; and what needs a look, by kind, with the cell it stands in."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from crmdesk.gui.pages.pieces import clear_layout, text_label
from crmdesk.i18n import _, translatable
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.issue import Issue
    from crmdesk.operations.importing import Created, Preview, RowCounts, SheetResult

SHOWN_A_KIND: Final = 500
COUNTS: Final = {
    "new": translatable("new"),
    "updated": translatable("filled in"),
    "unchanged": translatable("known already"),
    "merged": translatable("the same row twice"),
    "skipped": translatable("skipped"),
    "attention": translatable("need a look"),
}
CREATED: Final = ("customers", "contacts", "orders", "interactions", "follow_ups")


def total_counts(preview: Preview) -> RowCounts:
    """What becomes of the rows of all sheets together."""
    wanted = [sheet.counts for sheet in preview.sheets if sheet.kind != "ignored"]
    kind = type(preview.sheets[0].counts)
    return kind(**{name: sum(getattr(counts, name) for counts in wanted) for name in COUNTS})


def created_words(created: Created) -> str:
    """What is added, in words: "客户 188 · 订单 12"."""
    parts = [(label("table", kind), getattr(created, kind)) for kind in CREATED]
    return " · ".join(f"{name} {count:,}" for name, count in parts if count)


class ProblemsPage(QWidget):
    """The counts on top, the problems below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = QHBoxLayout()
        self._adds = text_label(self, "", "import_adds", wrap=True)
        self.problems = QTreeWidget(self)
        self.problems.setObjectName("import_problems")
        self.problems.setAccessibleName(_("What needs a look"))
        self.problems.setHeaderLabels([_("Where"), _("What stands there"), _("What is the matter")])
        self.problems.setUniformRowHeights(True)
        head = self.problems.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        head.setMaximumSectionSize(300)
        self._fine = text_label(self, "muted", "import_fine", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._figures)
        column.addWidget(self._adds)
        column.addWidget(self._fine)
        column.addWidget(self.problems, 1)

    def show_preview(self, preview: Preview) -> None:
        """Show what the import will do and what it could not read."""
        clear_layout(self._figures)
        counts = total_counts(preview)
        for name, text in COUNTS.items():
            count = getattr(counts, name)
            if count:
                self._figures.addLayout(self._figure(count, _(text), name))
        self._figures.addStretch(1)
        adds = created_words(preview.created)
        self._adds.setText(_("This adds: {what}").format(what=adds) if adds else _("Nothing new in these sheets."))
        self.problems.clear()
        for sheet in preview.sheets:
            self._add_sheet(sheet, several=len(preview.sheets) > 1)
        none = self.problems.topLevelItemCount() == 0
        self.problems.setVisible(not none)
        self._fine.setText(_("Every cell was understood."))
        self._fine.setVisible(none)

    def _figure(self, count: int, text: str, name: str) -> QVBoxLayout:
        number = QLabel(f"{count:,}", self)
        number.setProperty("role", "figure")
        number.setObjectName(f"count_{name}")
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 28, 0)
        column.setSpacing(0)
        column.addWidget(number)
        words = text_label(self, "muted")
        words.setText(text)
        column.addWidget(words)
        return column

    def _add_sheet(self, sheet: SheetResult, *, several: bool) -> None:
        by_code: dict[str, list[Issue]] = defaultdict(list)
        for issue in sheet.issues:
            by_code[issue.code].append(issue)
        where = f"{sheet.draft.name}!" if several else ""
        for issues in sorted(by_code.values(), key=len, reverse=True):
            group = QTreeWidgetItem([_("{count} places").format(count=len(issues)), "", say(issues[0].phrase)])
            self.problems.addTopLevelItem(group)
            for issue in issues[:SHOWN_A_KIND]:
                cell = f"{where}{issue.column}{issue.row}"
                group.addChild(QTreeWidgetItem([cell, issue.value, say(issue.phrase)]))
            if len(issues) > SHOWN_A_KIND:
                rest = _("and {count} more").format(count=len(issues) - SHOWN_A_KIND)
                group.addChild(QTreeWidgetItem(["", "", rest]))
        skipped = [row for row in sheet.skipped if row.reason]
        if skipped:
            title = _("Skipped rows")
            group = QTreeWidgetItem([_("{count} places").format(count=len(skipped)), "", title])
            self.problems.addTopLevelItem(group)
            for row in skipped[:SHOWN_A_KIND]:
                group.addChild(QTreeWidgetItem([f"{where}{row.row}", "", label("skipped", row.reason)]))
