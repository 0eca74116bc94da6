"""The rows behind a count: who is new, what changes from what to what, why a row is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTreeWidgetItem, QVBoxLayout, QWidget

from crmdesk.domain.phrase import Phrase
from crmdesk.gui.dialogs.import_cells import CellTree, Line, add_line, add_rest, where
from crmdesk.gui.dialogs.import_figures import summed
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.widgets.pieces import button
from crmdesk.i18n import _
from crmdesk.operations.importing_fixes import as_before, row_texts, with_rows
from crmdesk.words.formats import money
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.issue import Issue
    from crmdesk.operations.importing import Preview, SheetFixes
    from crmdesk.operations.importing_outcomes import OutcomeRow

SHOWN: Final = 300
# Rows that the program takes for no data; in any of them it may be wrong, and the user says so.
TAKEABLE: Final = frozenset(
    {"total_row", "note", "section", "repeated_header", "only_row_number", "hidden_row", "left_out_by_you"}
)


class OutcomeList(QWidget):
    """The rows of one outcome; skipped ones by their reason, and they can be taken in after all."""

    fixed = Signal(object)  # by position of the sheet: a function from what was said of it to what is said now

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self.tree = CellTree("import_rows", (_("Where"), _("Customer"), _("What it tells")), self)
        self.tree.setAccessibleName(_("Rows"))
        self.take = button(self, "row_take", self._take_in, "")
        self.take.setText(_("Take this row in"))
        self.take.setAutoDefault(False)
        self.tree.itemSelectionChanged.connect(self._allow)
        verbs = QHBoxLayout()
        verbs.addWidget(self.take)
        verbs.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        column.addLayout(verbs)

    def show_rows(self, preview: Preview, outcome: str, rows: Sequence[OutcomeRow]) -> None:
        """Show the rows of an outcome; `rows` are the first of them."""
        self._preview = preview
        self.tree.clear()
        self.tree.setRootIsDecorated(outcome == "skipped")
        if outcome == "skipped":
            self._show_skipped(preview)
        else:
            updates = _updates(preview) if outcome == "updated" else {}
            for row in rows:
                changes = updates.get((row.sheet, row.row), ())
                told = " · ".join(self._change_words(row.sheet, one) for one in changes) if changes else _told(row)
                self._add_top((self._where(row.sheet, row.row), row.who, told))
            rest = getattr(summed(preview.sheets), outcome) - len(rows)
            if rest > 0:
                add_rest(self.tree.invisibleRootItem(), rest)
        self.take.setVisible(outcome == "skipped")
        self._allow()

    def _show_skipped(self, preview: Preview) -> None:
        by_reason: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, sheet in enumerate(preview.sheets):
            for skipped in sheet.skipped if sheet.kind != "ignored" else ():
                by_reason[skipped.reason].append((place, skipped.row))
        for reason, rows in sorted(by_reason.items(), key=lambda one: len(one[1])):
            group = self.tree.add_group(reason, say(Phrase(reason)), len(rows))
            shown = rows[:SHOWN]
            there = _texts(preview, shown)
            for place, row in shown:
                line = Line(place, row, "", fixed=reason == "left_out_by_you") if reason in TAKEABLE else None
                texts = [text for text in there.get((place, row), ()) if text]
                add_line(group, (self._where(place, row), "".join(texts[:1]), " · ".join(texts[1:])), line)
            add_rest(group, len(rows) - SHOWN)
        for sheet in preview.sheets:
            if sheet.kind == "ignored" and sheet.reason is not None:
                text = _('Sheet "{sheet}" is left out: {why}').format(sheet=sheet.draft.name, why=say(sheet.reason))
                item = QTreeWidgetItem([text])
                item.setToolTip(0, plain_tip(text))
                self.tree.addTopLevelItem(item)
                item.setFirstColumnSpanned(True)

    def _add_top(self, texts: Sequence[str]) -> None:
        add_line(self.tree.invisibleRootItem(), texts)

    def _where(self, sheet: int, row: int) -> str:
        assert self._preview is not None
        several = len(self._preview.sheets) > 1
        return (f"{self._preview.sheets[sheet].draft.name} " if several else "") + where(row, "")

    def _change_words(self, sheet: int, change: Issue) -> str:
        assert self._preview is not None
        columns = self._preview.sheets[sheet].draft.columns
        header = next((column.header for column in columns if column.letter == change.column), "")
        return _("{column}: {what}").format(column=header, what=say(change.phrase)) if header else say(change.phrase)

    def _lines(self) -> list[Line]:
        return self.tree.marked()

    def _allow(self) -> None:
        lines = self._lines()
        self.take.setEnabled(bool(lines))
        self.take.setText(_("Take these rows in") if len(lines) > 1 else _("Take this row in"))

    def _take_in(self) -> None:
        by_sheet = defaultdict[int, list[Line]](list)
        for line in self._lines():
            by_sheet[line.sheet].append(line)
        if by_sheet:
            self.fixed.emit({sheet: partial(_taken_in, lines) for sheet, lines in by_sheet.items()})


def _taken_in(lines: Sequence[Line], fixes: SheetFixes) -> SheetFixes:
    """The fixes with these rows in: those that the user left out as they were, the program's own as data after all."""
    before = as_before(fixes, [line.row for line in lines if line.fixed])
    return with_rows(before, [line.row for line in lines if not line.fixed])


def _texts(preview: Preview, rows: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
    """What stands in rows (position of the sheet, row)."""
    by_sheet: dict[int, list[int]] = defaultdict(list)
    for sheet, row in rows:
        by_sheet[sheet].append(row)
    return {
        (sheet, row): texts
        for sheet, mine in by_sheet.items()
        for row, texts in row_texts(preview, sheet, mine).items()
    }


def _updates(preview: Preview) -> dict[tuple[int, int], list[Issue]]:
    """What changes of known customers, by sheet and row."""
    found: dict[tuple[int, int], list[Issue]] = defaultdict(list)
    for place, sheet in enumerate(preview.sheets):
        for update in sheet.updates:
            found[place, update.row].append(update)
    return found


def _told(row: OutcomeRow) -> str:
    parts = [*row.told, *([money(row.money)] if row.money is not None else [])]
    return " · ".join(parts)
