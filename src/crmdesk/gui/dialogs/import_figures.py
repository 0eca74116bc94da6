"""What an import adds in big figures, and what becomes of the rows in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.gui.widgets.pieces import clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.words.formats import count
from crmdesk.words.imported import COUNTS as COUNTS
from crmdesk.words.imported import rows_text
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.operations.importing import Created, RowCounts, SheetResult

REPLACED: Final = 4  # columns of which the page says what was replaced; the list of imports has all of it
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


def rows_words(counts: RowCounts) -> str:
    """What becomes of the rows, in one line: "188 行：新的 187 · 重复的行 1"."""
    return rows_text(counts.to_json())


def replaced_words(sheets: Sequence[SheetResult]) -> list[str]:
    """One line a column in which values were replaced, with the first of them: "欠款：“1200”改成“800” · 共 87 处"."""
    found: dict[str, list[str]] = {}
    for sheet in sheets:
        headers = {column.letter: column.header for column in reversed(sheet.draft.columns)}
        for update in sheet.updates:
            if update.code == "replaced":
                told = found.setdefault(headers.get(update.column) or update.column, [])
                told.append(say(update.phrase).rstrip("。."))
    lines = []
    for header, told in list(found.items())[:REPLACED]:
        of = sum(sheet.updated.get((header, "replaced"), 0) for sheet in sheets)
        rest = _("{count} in all").format(count=count(of)) if of > 1 else ""
        what = " · ".join(part for part in (told[0], rest) if part)
        lines.append(_("{column}: {what}").format(column=header, what=what))
    return lines


class Figures(QFrame):
    """Big figures with their names beside, in a card; what they come from, or what leads into it, below."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("card", "true")
        self._row = QHBoxLayout()
        self._row.setSpacing(40)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 8, 20, 8)
        self.column.setSpacing(10)
        self.column.addLayout(self._row)

    def say(self, figures: Sequence[tuple[str, str, int]]) -> None:
        """Show figures: code, name, number; without any, say that there is nothing new."""
        clear_layout(self._row)
        for code, name, number in figures:
            self._row.addLayout(self._figure(code, name, number))
        if not figures:
            none = text_label(self, "heading", f"{self.objectName()}_none")
            none.setText(_("Nothing new in these sheets."))
            self._row.addWidget(none)
        self._row.addStretch(1)

    def _figure(self, code: str, name: str, number: int) -> QVBoxLayout:
        figure, words = text_label(self, "figure", f"count_{code}"), text_label(self, "muted")
        figure.setText(f"{number:,}")
        words.setText(name)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(figure)
        column.addWidget(words)
        return column
