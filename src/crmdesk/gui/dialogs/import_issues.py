"""What needs a look, by kind: a cell is typed right in its place, a row left out, the whole saved as a marked copy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QTreeWidgetItem, QVBoxLayout, QWidget

from crmdesk.gui.dialogs.import_cells import (
    CODE,
    LINE,
    VALUE,
    WHERE,
    CellEditor,
    CellTree,
    Line,
    add_line,
    add_rest,
    kind_words,
    where,
)
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _
from crmdesk.operations.importing_fixes import as_before, cell_text, with_cell, without_rows
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.issue import Issue
    from crmdesk.operations.importing import Preview, SheetFixes

SHOWN_A_KIND: Final = 500
FIXED: Final = "fixed"  # the kind of what the user said

Change = Callable[["SheetFixes", Sequence[Line]], "SheetFixes"]


class IssuesList(QWidget):
    """The list by kind, and what can be done with the marked lines."""

    fixed = Signal(object)  # by position of the sheet: a function from what was said of it to what is said now
    save_wanted = Signal()
    typed = Signal()  # a cell was closed, changed or not

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self.fixes_of: Callable[[int], SheetFixes] = self._known_fixes
        self._seek: tuple[str, int] | None = None  # where the next line to look at stands after a fix
        self._none = text_label(self, "heading", "import_no_issues", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        titles = (_("Where"), _("What stands there"), _("What is the matter"))
        self.tree = CellTree("import_problems", titles, self)
        editor = CellEditor(self.tree, self._typed_or_there)
        editor.closeEditor.connect(lambda *_how: QTimer.singleShot(0, self, self.typed.emit))
        self.tree.setItemDelegate(editor)
        self.edit = button(self, "issue_edit", lambda: self.tree.open_cell(self.tree.currentItem()), "")
        self.leave = button(self, "issue_leave", self._leave_out, "")
        self.restore = button(self, "issue_restore", self._restore, "")
        self.save = button(self, "issue_save", self.save_wanted.emit, "")
        self._say()
        self._lay_out()
        self.tree.itemChanged.connect(self._typed)
        self.tree.itemSelectionChanged.connect(self._allow)

    def show_preview(self, preview: Preview) -> None:
        """Show the problems of a preview; what was unfolded stays unfolded, the next line is marked after a fix."""
        opened = {group.data(0, CODE) for group in self.tree.groups() if group.isExpanded()}
        self._preview = preview
        self.tree.blockSignals(True)
        self.tree.clear()
        self._add_issues(preview)
        self._add_fixed(preview)
        groups = list(self.tree.groups())
        for group in groups:
            group.setExpanded(group.data(0, CODE) in opened if opened else group is groups[0])
        self.tree.blockSignals(False)
        self.tree.setVisible(bool(groups))
        self._none.setVisible(not groups)
        self.save.setVisible(any(sheet.issues for sheet in preview.sheets))
        self._mark_next()
        self._allow()

    def _known_fixes(self, sheet: int) -> SheetFixes:
        assert self._preview is not None
        return self._preview.fixes_of(sheet)

    def _add_issues(self, preview: Preview) -> None:
        by_code: dict[str, list[tuple[int, Issue]]] = defaultdict(list)
        for place, sheet in enumerate(preview.sheets):
            for issue in sheet.issues:
                by_code[issue.code].append((place, issue))
        held = [frozenset(sheet.rows.get("attention", ())) for sheet in preview.sheets]
        for code, alike in sorted(by_code.items(), key=lambda one: len(one[1]), reverse=True):
            group = self.tree.add_group(code, kind_words([issue for _place, issue in alike]), len(alike))
            for place, issue in alike[:SHOWN_A_KIND]:
                why = say(issue.phrase)
                if issue.row in held[place] and preview.sheets[place].kind != "ignored":
                    why = _("{why} This row is not taken yet.").format(why=why)
                line = Line(place, issue.row, issue.column)
                texts = (self._where(line), issue.value, why)
                add_line(group, texts, line, editable=bool(issue.column) and self._is_row(line))
            add_rest(group, len(alike) - SHOWN_A_KIND)

    def _add_fixed(self, preview: Preview) -> None:
        """What the user changed, each with its way back."""
        lines: list[tuple[Line, str, str]] = []
        for place in range(len(preview.sheets)):
            fixes = preview.fixes_of(place)
            typed = _("You typed this; it counts instead.")
            said = ((cell, text, typed) for cell, text in fixes.cells.items())
            left = (((row, ""), "", _("You left this row out.")) for row in fixes.left_out)
            taken = (((row, ""), "", _("You took this row in.")) for row in fixes.taken)
            lines += [(Line(place, *cell, fixed=True), text, why) for cell, text, why in sorted((*said, *left, *taken))]
        if lines:
            group = self.tree.add_group(FIXED, _("Changed by you"), len(lines))
            for line, text, why in lines:
                add_line(group, (self._where(line), text, why), line, editable=bool(line.column))

    def _where(self, line: Line) -> str:
        assert self._preview is not None
        several = len(self._preview.sheets) > 1
        name = f"{self._preview.sheets[line.sheet].draft.name} " if several else ""
        return name + where(line.row, line.column)

    def _is_row(self, line: Line) -> bool:
        """Whether a line is about a row of data that is taken."""
        assert self._preview is not None
        sheet = self._preview.sheets[line.sheet]
        return not line.fixed and sheet.draft.header_row < line.row and sheet.kind != "ignored"

    def _typed_or_there(self, line: Line) -> str:
        assert self._preview is not None
        typed = self.fixes_of(line.sheet).cells.get((line.row, line.column))
        return cell_text(self._preview, line.sheet, line.row, line.column) if typed is None else typed

    def _typed(self, item: QTreeWidgetItem, column: int) -> None:
        line: Line | None = item.data(WHERE, LINE)
        if line is None or column != VALUE or item.text(VALUE) == self._typed_or_there(line):
            return
        text = item.text(VALUE)
        typed = partial(self._change, [line], lambda fixes, _lines: with_cell(fixes, line.row, line.column, text))
        QTimer.singleShot(0, self, typed)  # the field is still open, and the list is filled anew

    def _leave_out(self) -> None:
        lines = [line for line in self.tree.marked() if self._is_row(line)]
        self._change(lines, lambda fixes, mine: without_rows(fixes, [line.row for line in mine]))

    def _restore(self) -> None:
        self._change([line for line in self.tree.marked() if line.fixed], _as_it_was)

    def _change(self, lines: Sequence[Line], change: Change) -> None:
        """Say something of these lines, sheet by sheet."""
        if self._preview is None or not lines:
            return
        item = self.tree.currentItem()
        group = item.parent() if item is not None else None
        if item is not None and group is not None:
            self._seek = (str(group.data(0, CODE)), group.indexOfChild(item))
        by_sheet: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            by_sheet[line.sheet].append(line)
        self.fixed.emit({sheet: partial(_changed, change, mine) for sheet, mine in by_sheet.items()})

    def _mark_next(self) -> None:
        """After a fix the next line of the kind is marked, so that one goes through them with Enter alone."""
        if self._seek is None:
            return
        code, place = self._seek
        self._seek = None
        kinds = sorted(self.tree.groups(), key=lambda one: one.data(0, CODE) != code)
        item = kinds[0].child(min(place, kinds[0].childCount() - 1)) if kinds else None
        if item is not None:
            self.tree.setCurrentItem(item)
            self.tree.setFocus()

    def _allow(self) -> None:
        lines, item = self.tree.marked(), self.tree.currentItem()
        rows = {(line.sheet, line.row) for line in lines if self._is_row(line)}
        editable = item is not None and bool(item.flags() & Qt.ItemFlag.ItemIsEditable)
        fixed = any(line.fixed for line in lines)
        self.edit.setEnabled(editable and len(lines) == 1)
        self.leave.setEnabled(bool(rows))
        self.leave.setText(_("Leave these rows out") if len(rows) > 1 else _("Leave this row out"))
        self.restore.setVisible(fixed)
        self.leave.setVisible(not fixed)

    def _say(self) -> None:
        self.tree.setAccessibleName(_("What needs a look"))
        self._none.setText(_("Every cell was understood."))
        self.edit.setText(_("Type it right"))
        self.restore.setText(_("As it was"))
        self.save.setText(_("Save a marked copy…"))
        self.save.setToolTip(_("A copy of your sheet with these cells in yellow and the reason beside them"))

    def _lay_out(self) -> None:
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        for one in (self.edit, self.leave, self.restore):
            verbs.addWidget(one)
        verbs.addStretch(1)
        verbs.addWidget(self.save)
        for one in chain((self.edit, self.leave, self.restore), (self.save,)):
            one.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._none, 1)
        column.addWidget(self.tree, 1)
        column.addLayout(verbs)


def _changed(change: Change, lines: Sequence[Line], fixes: SheetFixes) -> SheetFixes:
    return change(fixes, lines)


def _as_it_was(fixes: SheetFixes, lines: Sequence[Line]) -> SheetFixes:
    for line in lines:
        fixes = with_cell(fixes, line.row, line.column, None) if line.column else as_before(fixes, [line.row])
    return fixes
